"""The same articles give the same bytes: any order of files, any number of processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.tables.manifest import read_manifest
from coder.tables.models import TABLES
from tests.cli.helper import CODEBOOK, articles, coder

PLACES = ["Sudan", "Chad", "Mali", "Niger", "Libya", "Kenya"]


def row(n: int, **more: object) -> dict[str, object]:
    text = f"Gunmen looted {n} trucks near the border of {PLACES[n % 6]} on Monday. Rain fell."
    return {"published": f"2024-02-{10 + n % 5}", "text": text, **more}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Three files with articles that stand twice, are copies of one another, or are broken."""
    folder = tmp_path_factory.mktemp("in")
    a = articles(folder / "a.jsonl", *(row(n, publisher="A") for n in range(2, 14)))
    b = articles(folder / "b.jsonl", *(row(n, publisher="B") for n in range(8, 20)), "{")
    c = articles(folder / "c.jsonl", *(row(n, publisher="A") for n in range(2, 14, 3)))
    return [str(a), str(b), str(c)]


def test_orders_and_processes(
    sources: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coder.intake.BATCH_CHARACTERS", 400)
    a, b, c = sources
    runs = {1: [a, b, c], 2: [c, b, a], 4: [b, a, c]}
    for workers, order in runs.items():
        monkeypatch.setenv("PYTHONHASHSEED", str(workers))  # of the processes that code
        limit = 0 if workers == 1 else 120
        ran = coder(
            *("build", *order, "-o", tmp_path / str(workers), "-c", CODEBOOK, "-w", workers),
            *("--no-cache", "--time-limit", limit),
        )
        assert ran.code == 0, ran.err
    one, *others = (tmp_path / str(w) / "latest" for w in runs)
    for other in others:
        for table in TABLES:
            same = (one / f"{table}.parquet").read_bytes()
            assert (other / f"{table}.parquet").read_bytes() == same, table


def test_digests_tell_which_table_differs(sources: list[str], tmp_path: Path) -> None:
    digests = []
    for name, order in (("x", sources), ("y", sources[:2])):
        ran = coder("build", *order, "-o", tmp_path / name, "-c", CODEBOOK, "-w", 1, "--no-cache")
        assert ran.code == 0
        told = coder("verify", tmp_path / name, "--tables").out.splitlines()
        assert told[0] == read_manifest(tmp_path / name / "latest" / "manifest.json").digest
        digests.append({line.split()[1]: line.split()[0] for line in told[1:]})
    differ = {table for table in TABLES if digests[0][table] != digests[1][table]}
    assert differ == {"rejects"}  # the third file holds copies only
    lost = tmp_path / "x" / "latest" / "events.parquet"
    lost.unlink()
    ran = coder("verify", tmp_path / "x")
    assert (ran.code, ran.out.startswith("events: ")) == (1, True)
