"""The site is built whole, fetches nothing, and has the notebook with what it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)[^>]+src=["']?(?:https?:)?//"""
    r"""|<link[^>]+rel=["']?(?:stylesheet|preconnect|preload|icon)[^>]+href=["']?(?:https?:)?//"""
)


@pytest.fixture(scope="module")
def site() -> Path:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "build_site.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return ROOT / "build" / "site"


def test_every_page_is_there(site: Path) -> None:
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")} | {"notebook"}
    assert pages <= {page.stem for page in site.glob("*.html")}


def test_nothing_is_fetched_from_anywhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert _FETCHED.findall(page.read_text(encoding="utf-8")) == [], page.name
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert re.findall(r"url\([\"']?(?:https?:)?//|@import", text) == [], sheet.name


def test_the_notebook_shows_a_picture_and_a_table(site: Path) -> None:
    page = (site / "notebook.html").read_text(encoding="utf-8")
    assert "count_quad3" in page
    pictures = re.findall(r'<img[^>]+src="?([\w./-]+\.png)', page)
    assert pictures
    assert all((site / picture).stat().st_size > 5_000 for picture in pictures)
