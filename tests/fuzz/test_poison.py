"""Every poison at its full size, in the middle of good articles, with a short time limit."""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl
import pytest

from coder.tables.dataset import load
from tests.cli.helper import CODEBOOK, articles, coder
from tests.poison_sample import poisons

GOOD = [f"Gunmen looted {n} trucks near the border of Sudan on Monday." for n in (11, 12)]
LIMIT = 10


@pytest.mark.parametrize("name", poisons(0))
def test_a_poison_costs_itself(tmp_path: Path, name: str) -> None:
    texts = [GOOD[0], poisons()[name], GOOD[1]]
    rows = [{"published": "2024-02-14", "text": t, "language": "en"} for t in texts]
    source = articles(tmp_path / "a.jsonl", *rows)
    began = time.monotonic()
    limit = ("--time-limit", LIMIT)
    ran = coder(
        *("build", source, "-o", tmp_path / "out", "-c", CODEBOOK, "-w", 2, "--no-cache"), *limit
    )
    assert ran.code == 0, ran.err
    out = tmp_path / "out"
    assert load(out, "mentions").filter(pl.col("type") == "convoy.looting").height == 2
    codes = load(out, "rejects")["code"].to_list()
    print(f"{name:20} {time.monotonic() - began:6.1f} s  {codes or 'coded'}")
    assert set(codes) <= {"E113", "E455", "E457"}
