"""Articles that crash or hang a step cost themselves, each in the middle of good ones."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from coder.tables.dataset import load
from tests.brittle_coder import brittle_coder
from tests.cli.helper import CODEBOOK, articles, coder
from tests.poison_sample import poisons

GOOD = [f"Gunmen looted {n} trucks near the border of Sudan on Monday." for n in range(11, 20)]


def row(text: str) -> dict[str, str]:
    return {"published": "2024-02-14", "text": text, "language": "en"}


def events(out: Path) -> list[tuple[str, str]]:
    """What is told of each good article."""
    sentences = load(out, "sentences").select("article_id", "sentence", "text")
    told = load(out, "mentions").join(sentences, on=["article_id", "sentence"])
    return sorted(told.filter(pl.col("text").is_in(GOOD)).select("type", "text").rows())


def test_each_poison_in_the_middle_of_good_articles(tmp_path: Path) -> None:
    """Small doses of all of them; `just fuzz` gives the full ones."""
    rows = [row(GOOD[0])]
    for n, text in enumerate(poisons(1 / 400).values()):
        rows += [row(text), row(GOOD[n % len(GOOD)])]
    too_long = row("word " * 500_000)
    source = articles(tmp_path / "a.jsonl", *rows[:3], too_long, *rows[3:])
    ran = coder("build", source, "-o", tmp_path / "out", "-c", CODEBOOK, "-w", 1, "--no-cache")
    assert ran.code == 0, ran.err
    assert [text for _, text in events(tmp_path / "out")] == GOOD
    rejects = load(tmp_path / "out", "rejects")
    assert rejects.filter(pl.col("code") == "E114")["place"].to_list() == [f"{source}:4"]
    assert set(rejects["code"]) <= {"E113", "E114", "E122"}, rejects
    assert load(tmp_path / "out", "sentences")["text"].str.len_chars().max() <= 2000  # type: ignore[operator]
    assert "\x1b" not in ran.err


def test_an_article_that_ends_its_process_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coder.build.batch_coder", brittle_coder)
    lines = [row(text) for text in [*GOOD[:3], "The EXIT was shut.", *GOOD[3:]]]
    source = articles(tmp_path / "a.jsonl", *lines)
    options = ("-c", CODEBOOK, "-w", 1, "--no-cache", "--time-limit", 300)
    ran = coder("build", source, "-o", tmp_path / "out", *options)
    assert ran.code == 0, ran.err
    assert [text for _, text in events(tmp_path / "out")] == GOOD
    [reject] = load(tmp_path / "out", "rejects").iter_rows(named=True)
    assert (reject["code"], reject["place"]) == ("E456", f"{source}:4")
    coded = load(tmp_path / "out", "articles").filter(~pl.col("coded"))
    assert coded["text"].to_list() == ["The EXIT was shut."]
    assert "E456" in ran.err


def test_a_time_limit_that_is_none(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(GOOD[0]))
    ran = coder("build", source, "-o", tmp_path / "out", "--time-limit", -1)
    assert ran.code == 2
    assert ran.err.startswith("error E458 at --time-limit: -1.0 is not a time limit.")
