"""The newcomer's page as written, to the plot in R and the table in statsmodels."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.helper import ROOT
from tests.pages import Reader, sample, settle

PAGES = [ROOT / "docs" / "start.md", ROOT / "docs" / "panels.md"]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("start") / "seeds")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_leads_to_its_model(
    page: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path, dataset)
    monkeypatch.chdir(tmp_path)
    reader = Reader()
    reader.read(page)
    assert reader.skipped == []
    if page.name == "start.md":
        assert Path("outputs/plot.png").stat().st_size > 5_000
        assert "count_quad3" in reader.said
