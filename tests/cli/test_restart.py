"""A build that ends in the middle: killed, stopped, on a full disk. The next goes on from there.

`CODER_KILLS=40 pytest tests/cli/test_restart.py` kills it as many times.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from coder.recode import shards
from coder.tables.dataset import latest_id, load
from tests.cli.helper import CODEBOOK, ROOT, articles
from tests.cli.test_build import build, parquet, row

KILLS = int(os.environ.get("CODER_KILLS", "2"))
PLACES = ("Sudan", "Chad", "Mali", "Niger", "Kenya", "Peru", "Oman", "Laos", "Cuba", "Fiji")


def many(n: int) -> list[dict[str, Any]]:
    """Articles of some sentences, with copies among them."""
    return [
        row(
            f"Gunmen looted {i} trucks near the border of {PLACES[i % 10]} on Monday. "
            f"Soldiers shelled the town and killed {i + 2} people, the army of {PLACES[i % 7]} "
            "said. A convoy reached the camp.",
            publisher=("Daily", "Herald")[i % 2],
        )
        for i in range(n)
    ]


def killed(source: Path, out: Path, at: int = 0, after: float | None = None) -> int:
    """Runs a build that is killed at the n-th operation on a file or after some seconds; gives its
    exit code, which is negative where it was killed."""
    command = [sys.executable, "-m", "tests.cli.killed_build", str(at)]
    command += ["build", str(source), "--out", str(out), "-c", str(CODEBOOK), "-w", "1"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"CODER_COUNT": str(out.with_suffix(".count"))},
        stderr=subprocess.PIPE,
        text=True,
    )
    if after is not None:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    _, told = process.communicate()
    out.with_suffix(".told").write_text(told, encoding="utf-8")
    return process.returncode


def test_a_killed_build_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    chance = Random(3)
    source = articles(tmp_path / "news.jsonl", *many(24))
    began = time.monotonic()
    assert killed(source, tmp_path / "whole") == 0
    seconds = time.monotonic() - began
    operations = int((tmp_path / "whole.count").read_text(encoding="ascii"))
    want = parquet(tmp_path / "whole")
    out = tmp_path / "out"
    n = died = went_on = 0
    while died < KILLS:
        assert n < 10 * KILLS
        by_time = n % 4 == 3
        code = killed(
            source,
            out,
            at=0 if by_time else 1 + chance.randrange(operations),
            after=chance.uniform(0.3, 1) * seconds if by_time else None,
        )
        n += 1
        died += code == -signal.SIGKILL
        assert code in (0, -signal.SIGKILL), (tmp_path / "out.told").read_text(encoding="utf-8")
        if latest_id(out) is not None:  # a reader sees a whole dataset at any time
            assert parquet(out) == want
        if n % 5 == 0 or died == KILLS:
            coded = {p.name for p in (out / ".coded").glob("[0-9]*")}
            ran = build(source, out)
            assert ran.code == 0, ran.err
            went_on += bool(coded) and "taken over" in ran.err
            assert parquet(out) == want
            assert load(out, "event_changes").height == 0
            assert not list(out.glob(".partial-*"))
            for name in (".coded", "latest") if n % 2 else ():
                subprocess.run(["rm", "-rf", str(out / name)], check=True)
    print(f"\n{n} builds, {died} killed, {went_on} times taken up where one had ended")


class FullDisk:
    """`write_shard`, on a disk that is full from some shard on."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __call__(self, home: Path, number: int, *args: Any) -> Any:
        if number >= self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return shards.write_shard(home, number, *args)


@pytest.mark.parametrize("error", [FullDisk(2), KeyboardInterrupt()])
def test_a_full_disk_or_a_stop_costs_what_was_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Any
) -> None:
    source = articles(tmp_path / "a.jsonl", *many(8))
    assert build(source, tmp_path / "whole", "--no-cache").code == 0
    monkeypatch.setattr("coder.intake.BATCH_CHARACTERS", 400)
    real = shards.write_shard

    def stopped(home: Path, number: int, *args: Any) -> Any:
        if number >= 2:
            raise error
        return real(home, number, *args)

    with monkeypatch.context() as patched:
        patched.setattr(
            "coder.recode.kept.write_shard", error if isinstance(error, FullDisk) else stopped
        )
        ran = build(source, tmp_path / "out")
    if isinstance(error, FullDisk):
        assert "E422" in ran.err
    assert ran.code != 0
    assert latest_id(tmp_path / "out") is None
    again = build(source, tmp_path / "out")
    assert again.code == 0
    assert "6 of 8 codings taken over, 2 coded: 2 new" in again.err
    assert parquet(tmp_path / "out") == parquet(tmp_path / "whole")


def test_what_was_left_unparsed_or_rejected_is_there_once(tmp_path: Path) -> None:
    calm = [
        row("Tea prices surpass coffee prices. Prices surpass four euros."),
        row("Prices surpass four euros."),
    ]
    source = articles(tmp_path / "a.jsonl", *many(4), *calm)
    first = build(source, tmp_path / "out")
    assert load(tmp_path / "out", "sentences")["screened_out"].sum() == 3
    want = parquet(tmp_path / "out")
    again = build(source, tmp_path / "out")
    assert (first.code, again.code) == (0, 0)
    assert "6 of 6 codings taken over, none coded anew" in again.err
    assert parquet(tmp_path / "out") == want


def test_parts_that_were_damaged_are_not_trusted(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", *many(6))
    assert build(source, tmp_path / "out").code == 0
    want = parquet(tmp_path / "out")
    coded = tmp_path / "out" / ".coded"
    files = sorted(p for p in coded.rglob("*") if p.is_file())
    assert len(files) > 10
    for names in (("mentions", "articles"), ("items",)):
        for file in [f for f in coded.rglob("*") if f.name.startswith(names)]:
            body = file.read_bytes()
            file.write_bytes(body[: len(body) // 2] + b"x" + body[len(body) // 2 + 1 :])
        ran = build(source, tmp_path / "out")
        assert ran.code == 0
        assert "codings taken over" not in ran.err
        assert parquet(tmp_path / "out") == want
