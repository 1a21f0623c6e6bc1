"""The pages whose commands take long, typed by a reader: README.md and the guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.helper import ROOT, coder
from tests.pages import Block, Reader, sample, settle


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("docs") / "seeds")


@pytest.fixture
def desk(tmp_path: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(tmp_path, dataset)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readme_does_what_it_says(desk: Path) -> None:
    reader = Reader()
    reader.read(ROOT / "README.md")
    assert reader.skipped == []


def test_the_guide_does_what_it_says(desk: Path) -> None:
    """Its codebook fails as shown, is mended as shown, and codes its articles as shown."""
    book = Path("borders.yaml")

    def edit(block: Block) -> None:
        text = book.read_text(encoding="utf-8")
        if block.body.startswith("    slots:"):
            text = re.sub(r"(?m)^(    trigger: \{verb: .*\n)", lambda m: m[1] + block.body, text)
        else:
            text = text.replace("\nlabels:\n", f"\n{block.body}\nlabels:\n", 1)
        book.write_text(text, encoding="utf-8")

    Reader(edit, ["coder check borders.yaml"], ("there is no set",)).read(
        ROOT / "docs" / "codebook-guide.md"
    )
    assert coded() == ["CLOSED", "OPENED", "THREATENED", "CLOSED"]


def coded() -> list[str]:
    """What `coder code` gives for the guide's articles in its codebook, in order."""
    ran = coder("code", "-c", "borders.yaml", stdin=Path("news.jsonl").read_bytes())
    return re.findall(r'"borders": "(\w+)"', ran.out)
