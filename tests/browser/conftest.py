"""A browser for the tests of pages: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cli.helper import coder
from tests.report_sample import build

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    out = folder / "report.html"
    ran = coder("report", build(folder), "--out", out)
    assert ran.code == 0, ran.err
    return out


def opened(browser: Browser, path: Path, **settings: object) -> tuple[Page, list[str]]:
    """A page that is ready, and what went wrong in it: errors, warnings, requests."""
    page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}"))
    page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
    page.on("request", lambda r: wrong.append(f"request: {r.url}") if r.url[:4] == "http" else None)
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("body[data-searchable]")
    return page, wrong


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    made, wrong = opened(browser, report, viewport={"width": 1280, "height": 900})
    yield made
    made.context.close()
    assert wrong == []
