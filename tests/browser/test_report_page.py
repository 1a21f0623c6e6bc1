"""The report in a real browser: it opens without an error and answers to what a person does.

Every test that uses the fixture `page` also fails on any console message, error or request.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.cli.helper import articles, coder
from tests.report_sample import ARREST, EVIL, MEETING, QUIET, STRIKE, row


def shown(page: Page) -> int:
    return page.locator("#rows tr.event").count()


def sentence(page: Page) -> str:
    """The sentence of the open row, without the names of slots."""
    return str(
        page.locator(".detail .sentence").first.evaluate(
            "p => { const c = p.cloneNode(true); c.querySelectorAll('small').forEach(s => "
            "s.remove()); return c.textContent; }"
        )
    )


def test_it_opens_with_charts_map_and_rows(page: Page) -> None:
    assert shown(page) == 3
    for chart in ("timeline-chart", "map-chart", "tolls-chart", "months-chart"):
        assert page.locator(f"#{chart} svg path").count() > 1
    assert page.inner_text("#count") == "3 events"
    assert page.locator("#countries tbody tr").count() >= 2


def test_a_search_leaves_what_matches(page: Page) -> None:
    page.fill("#q", "baalbek killed")
    expect(page.locator("#rows tr.event")).to_have_count(1)
    assert page.inner_text("#count") == "1 of 3 events"
    assert "q=baalbek" in page.evaluate("location.hash")
    page.click("#clear")
    assert shown(page) == 3


def test_a_click_shows_the_sentence_with_its_slots_and_the_rule(page: Page) -> None:
    page.fill("#q", '"air strike"')
    expect(page.locator("#rows tr.event")).to_have_count(1)
    page.click("#rows tr.event")
    page.wait_for_selector(".detail")
    assert sentence(page) == STRIKE
    for slot, words in (
        ("trigger", "air strike"),
        ("source", "Israel"),
        ("place", "Baalbek"),
        ("date", "Monday"),
    ):
        assert page.locator(f".detail mark.{slot}").first.text_content() == words
    assert "air-strike.noun" in page.inner_text(".detail .rule")
    assert "4" in page.inner_text(".detail .facts")
    page.click("#rows tr.event")
    assert page.locator(".detail").count() == 0


def test_words_of_an_article_are_shown_and_never_run(page: Page) -> None:
    page.fill("#q", "window.broken")
    expect(page.locator("#rows tr.event")).to_have_count(1)
    page.click("#rows tr.event")
    page.wait_for_selector(".detail")
    assert sentence(page) == ARREST
    assert EVIL in page.inner_text(".detail .origin")
    assert page.locator(".detail a").count() == 0  # its URL is javascript:
    assert page.evaluate("window.broken === undefined")
    assert page.locator("img").count() == 0


def test_a_link_to_an_article_is_an_address_of_the_web(page: Page) -> None:
    page.fill("#q", "mali")
    expect(page.locator("#rows tr.event")).to_have_count(1)
    page.click("#rows tr.event")
    assert sentence(page) == MEETING
    link = page.locator(".detail .origin a")
    assert link.get_attribute("href") == "https://example.org/a?b=1&c=2"


def test_filters_of_codebook_country_and_days(page: Page) -> None:
    page.select_option("#book", "acled")
    page.select_option("#code", "Air/drone strike")
    assert shown(page) == 1
    page.select_option("#book", "type")
    page.select_option("#code", "coerce.*")
    assert shown(page) == 1
    page.click("#clear")
    page.select_option("#country", "KEN")
    assert shown(page) == 1
    page.click("#chips button")
    page.fill("#to", "2024-03-11")
    expect(page.locator("#rows tr.event")).to_have_count(1)
    page.click("#clear")
    page.fill("#deaths", "4")
    expect(page.locator("#rows tr.event")).to_have_count(1)


def test_columns_sort_both_ways(page: Page) -> None:
    page.click("th[data-sort=date] button")
    newest = page.locator("#rows .open").all_inner_texts()
    assert newest == sorted(newest, reverse=True)
    assert page.get_attribute("th[data-sort=date]", "aria-sort") == "descending"
    page.click("th[data-sort=date] button")
    assert page.locator("#rows .open").all_inner_texts() == sorted(newest)


def test_a_click_on_a_country_of_the_map_chooses_it(page: Page) -> None:
    page.click("#zoom-world")
    page.click("#countries .pick >> nth=0")
    chosen = page.input_value("#country")
    assert chosen
    page.click("#clear")
    page.focus("#map-chart")
    before = page.inner_html("#map-chart svg")
    page.keyboard.press("+")
    page.wait_for_function(
        "b => document.querySelector('#map-chart svg').innerHTML !== b", arg=before
    )


def test_all_is_within_reach_of_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#rows .open").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".detail")
    assert page.locator("#rows .open").first.get_attribute("aria-expanded") == "true"
    page.locator("#books [aria-selected=true]").focus()
    before = page.locator("#books [aria-selected=true]").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.locator("#books [aria-selected=true]").inner_text() != before


def test_every_control_has_a_name(page: Page) -> None:
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, select, a')].filter(e => "
        "!(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length))"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []


def test_the_csv_has_the_chosen_events(page: Page) -> None:
    page.select_option("#country", "KEN")
    with page.expect_download() as download:
        page.click("#download")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["country"] for row in rows] == ["KEN"]
    assert rows[0]["type"].startswith("coerce.")


def test_the_address_keeps_the_choice(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    page.goto(report.as_uri() + "#?country=KEN&actor=99999&book=none")
    page.wait_for_selector("body[data-ready]")
    assert page.inner_text("#count") == "1 of 3 events"
    page.close()


def test_a_dataset_without_events_has_a_page(browser: Browser, tmp_path: Path) -> None:
    source = articles(tmp_path / "quiet.jsonl", row(QUIET, "2024-03-12"))
    assert coder("build", source, "--out", tmp_path / "quiet", "--workers", 1).code == 0
    out = tmp_path / "report.html"
    assert coder("report", tmp_path / "quiet", "--out", out).code == 0
    page, wrong = opened(browser, out)
    text = page.inner_text("#rows")
    page.context.close()
    assert ("No event matches" in text, wrong) == (True, [])


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_needs_scrolling_sideways(browser: Browser, report: Path, width: int) -> None:
    page, wrong = opened(browser, report, viewport={"width": width, "height": 800})
    page.locator("#rows .open").first.click()
    page.wait_for_selector(".detail")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.context.close()
    assert (wide <= 0, wrong) == (True, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_the_paper(browser: Browser, report: Path, scheme: str) -> None:
    page, _ = opened(browser, report, color_scheme=scheme)
    page.locator("#rows .open").first.click()
    page.wait_for_selector(".detail")
    worst = page.evaluate(CONTRAST)
    page.context.close()
    assert worst >= 4.5  # WCAG AA


CONTRAST = """() => {
  const luminance = (c) => c.match(/[\\d.]+/g).slice(0, 3).map((v) => {
    const s = v / 255;
    return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const paper = luminance(getComputedStyle(document.body).backgroundColor);
  const seen = ["body", ".note", ".eyebrow", "#count", "nav a", "th", ".open", ".detail .rule",
    "small.trigger", "small.source", "small.target", "small.place", "small.date"];
  return Math.min(...seen.map((s) => document.querySelector(s)).filter(Boolean).map((e) => {
    const ink = luminance(getComputedStyle(e).color);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  }));
}"""


def test_it_prints_in_dark_ink_on_white(browser: Browser, report: Path) -> None:
    page, wrong = opened(browser, report, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".fields").is_visible()
    assert page.pdf()[:5] == b"%PDF-"
    page.context.close()
    assert wrong == []
