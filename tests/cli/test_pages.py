"""`coder report` and `coder docs`: what the pages hold, read without a browser."""

from __future__ import annotations

import base64
import hashlib
import importlib
import re
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from coder.evaluate.gold import half_of
from coder.report import charts
from tests.cli.helper import CODEBOOK, ROOT, articles, coder
from tests.report_sample import ARREST, EVIL, STRIKE, build, part


class Page(HTMLParser):
    """Elements of a page: tags with attributes, and the text of each script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self._in: str = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts[-1] += data
        elif self._in != "style":
            self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def page(dataset: Path) -> str:
    out = dataset.parent / "report.html"
    ran = coder("report", dataset, "--out", out, "--title", f"Test {EVIL}")
    assert ran.code == 0, ran.err
    assert ran.out == ""
    return out.read_text(encoding="utf-8")


def table(dataset: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(dataset / "latest" / f"{name}.parquet")


def test_every_event_stands_in_the_page_with_its_values(dataset: Path, page: str) -> None:
    data, evidence = part(page, "data"), part(page, "evidence")
    events = table(dataset, "events")
    assert data["n"] == events.height > 2
    known = {e["event_id"]: e for e in events.to_dicts()}
    for n, event_id in enumerate(evidence["ids"]):
        event = known.pop(event_id)
        assert data["types"][data["type"][n]][0] == event["type"]
        assert data["killed"][n] == event["fatalities_best"]
        country = data["countries"][data["country"][n]][0] if data["country"][n] >= 0 else None
        assert country == event["country"]
        place = data["places"][data["place"][n]] if data["place"][n] >= 0 else [None] * 6
        assert (place[0], place[5]) == (event["place"], event["geo_level"])
    assert known == {}


def test_codes_are_those_of_the_table_of_codings(dataset: Path, page: str) -> None:
    data, evidence = part(page, "data"), part(page, "evidence")
    got = {
        (evidence["ids"][n], book["id"], book["codes"][code][0])
        for book in data["books"]
        for n, at in enumerate(book["at"])
        if at >= 0
        for code in book["combos"][at]
    }
    rows = table(dataset, "codings").select("event_id", "codebook", "code").rows()
    assert got == set(rows)


def spans(evidence: dict[str, Any], sentence: str) -> list[tuple[str, str]]:
    """The words of each kind of span in the first mention of a sentence."""
    at = evidence["sentences"].index(sentence)
    mention = list(accumulate(evidence["sentence"])).index(at)
    first = list(accumulate(evidence["spans_first"]))
    out = []
    for n in range(first[mention], first[mention + 1]):
        start = evidence["span_start"][n]
        words = sentence[start : start + evidence["span_length"][n]]
        out.append((evidence["kinds"][evidence["span_kind"][n]], words))
    return out


def test_spans_are_the_words_of_the_slots(page: str) -> None:
    assert spans(part(page, "evidence"), STRIKE) == [
        ("trigger", "air strike"),
        ("source", "Israel"),
        ("target", "four people"),
        ("place", "Baalbek"),
        ("date", "Monday"),
    ]


def test_rules_are_told_in_words(page: str) -> None:
    rules = {rule[0]: rule for rule in part(page, "evidence")["rules"]}
    assert rules["air-strike.noun"][1].startswith("The noun “air strike”")
    assert rules["air-strike.noun"][2] == [["assault.air_strike", "Air strike"]]


def test_no_text_of_an_article_becomes_html(page: str) -> None:
    read = Page(page)
    assert EVIL in part(page, "evidence")["sentences"][0] + ARREST
    assert len(read.scripts) == 5
    assert read.named("img") == []
    assert "window.broken" not in "".join(read.scripts)
    assert [a for _, attributes in read.tags for a in attributes if a.startswith("on")] == []
    assert EVIL in read.text  # the title and the publisher, as text


def test_only_the_page_s_own_scripts_may_run_and_nothing_is_loaded(page: str) -> None:
    read = Page(page)
    policy = next(str(m["content"]) for m in read.named("meta") if "http-equiv" in m)
    allowed = re.findall(r"sha256-([^']+)", policy)
    running = [
        text
        for attributes, text in zip(read.named("script"), read.scripts, strict=True)
        if "type" not in attributes
    ]
    digests = [base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in running]
    assert allowed == digests
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe-eval" not in policy
    assert [a for _, a in read.tags if "src" in a] == []
    assert [a["href"] for a in read.named("a") if not str(a["href"]).startswith("#")] == []
    assert read.named("link") == []


def test_coverage_and_rejects_are_told(page: str) -> None:
    text = re.sub(r"\s+", " ", Page(page).text)
    assert "4 articles were read" in text
    assert "E111" in text
    assert [m["period"] for m in part(page, "data")["months"]] == ["2024-03", "2024-04"]


def test_the_same_dataset_gives_the_same_page(dataset: Path, page: str, tmp_path: Path) -> None:
    again = tmp_path / "again.html"
    assert coder("report", dataset, "--out", again, "--title", f"Test {EVIL}").code == 0
    assert again.read_text(encoding="utf-8") == page


def test_without_text_no_sentence_is_in_the_page(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert coder("report", dataset / "latest", "--out", out, "--no-text").code == 0
    evidence = part(out.read_text(encoding="utf-8"), "evidence")
    assert set(evidence["sentences"]) == {None}
    assert evidence["span_kind"] == []


def test_a_file_of_the_user_s_is_left_as_it_is(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("mine", encoding="utf-8")
    ran = coder("report", dataset, "--out", out)
    assert ran.code == 2
    assert "E751" in ran.err
    assert out.read_text(encoding="utf-8") == "mine"


def test_there_must_be_a_dataset(tmp_path: Path) -> None:
    ran = coder("report", tmp_path, "--out", tmp_path / "report.html")
    assert (ran.code, "E423" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_says_how_to_install_it(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def without(name: str, *args: Any) -> Any:
        if name in ("altair", "vl_convert"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr("coder.report.extra.import_module", without)
    charts.specs.cache_clear()
    ran = coder("report", dataset, "--out", tmp_path / "report.html")
    assert ran.code == 2
    assert "E750" in ran.err
    assert "pip install 'event-coder[report]'" in ran.err


def test_no_module_imports_the_extra_at_its_head() -> None:
    heavy = re.compile(r"(?m)^\s*(?:import|from) (?:altair|vl_convert|playwright)\b")
    assert [p.name for p in (ROOT / "coder").rglob("*.py") if heavy.search(p.read_text())] == []


# --- codebooks ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    ran = coder("docs", CODEBOOK, "--out", folder / "out", "--cache", folder / "cache")
    assert ran.code == 0, ran.err
    assert "2 codes, 2 with examples" in ran.err
    return folder / "out"


def test_a_codebook_page_says_what_the_file_says(pages: Path) -> None:
    html = (pages / "convoys.html").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", Page(html).text)
    for said in (
        "Aid convoys",
        "Convoy arrived",
        "Aid convoy looted: the goods are taken by others on the way",
        "The verb “reach” or “arrive”",
        "Its subject is a word of the set convoy word (caravan, column, convoy, lorry ...)",
        "The storm reached the camp on Monday.",
    ):
        assert said in text
    assert '<mark class="trigger">looted</mark>' in html
    assert '<mark class="source">Gunmen</mark>' in html
    assert Page(html).scripts == []


def test_the_markdown_has_the_same_codes(pages: Path) -> None:
    text = (pages / "convoys.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^### (.+)$", text)[:2] == [
        "ARRIVED Convoy arrived",
        "LOOTED Convoy looted",
    ]
    assert "- **Gunmen** (source) **looted** (trigger) **the trucks** (target)" in text


def test_half_a_of_gold_gives_scores(tmp_path: Path) -> None:
    event = {"cameo": "195", "target": "LBN"}
    items = [
        {"id": f"x{n}", "published": "2024-03-15", "text": text, "events": [event]}
        for n, text in enumerate([STRIKE, "Rain fell in Lebanon."] * 8)
    ]
    half_a = [half_of(str(item["id"])) for item in items]
    found, missed = half_a[::2].count("A"), half_a[1::2].count("A")
    assert min(found, missed) > 0
    book = tmp_path / "mine.yaml"
    book.write_text(
        'codebook: {id: cameo, version: "1", title: Strikes}\n'
        "labels:\n  '195': {label: Air strike}\n"
        "codes:\n  - {code: '195', from: [assault.air_strike.*]}\n",
        encoding="utf-8",
    )
    gold = articles(tmp_path / "gold.jsonl", *items)
    ran = coder("docs", book, "--gold", gold, "--out", tmp_path, "--cache", tmp_path / "cache")
    assert ran.code == 0, ran.err
    said = f"{found} found, 0 wrong, {missed} missed"
    assert said in (tmp_path / "cameo.md").read_text(encoding="utf-8")


def test_a_codebook_without_codes_has_no_page(tmp_path: Path) -> None:
    book = tmp_path / "empty.yaml"
    book.write_text('codebook: {id: empty, version: "1", title: Empty}\n', encoding="utf-8")
    ran = coder("docs", book, "--out", tmp_path / "out", "--cache", tmp_path / "cache")
    assert (ran.code, "E752" in ran.err) == (2, True)
    assert not (tmp_path / "out").exists()
