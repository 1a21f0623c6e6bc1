"""Parquet files: what is stored, for whom, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coder.errors import CoderError
from coder.tables import dictionary
from coder.tables.digest import dataset_digest, table_digest
from coder.tables.disk import is_disk_full, write_text
from coder.tables.models import KEYS, TABLES, columns, frame
from coder.tables.parquet import (
    TableWriter,
    arrow_schema,
    metadata,
    read_pieces,
    read_table,
    scan_table,
    write_table,
)
from tests.tables_sample import tables

DICTIONARY = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_data_dictionary_is_current() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary.render(), (
        "run: python -m coder.tables.dictionary docs/data-dictionary.md"
    )


def test_the_data_dictionary_names_every_column() -> None:
    page = dictionary.render()
    for table in TABLES:
        assert f"\n## {table}\n" in page
        for c in columns(table):
            assert f"\n| `{c.name}` | {c.dtype} |" in page


@pytest.mark.parametrize("table", list(TABLES))
def test_round_trip(tmp_path: Path, table: str) -> None:
    df = tables()[table].sort(KEYS[table])
    written = write_table(tmp_path / "t.parquet", table, df)
    got = read_table(tmp_path / "t.parquet", table)
    assert got.equals(df)
    assert got.schema == df.schema
    assert (written.rows, written.digest) == (df.height, table_digest(table, df))
    assert [p.name for p in tmp_path.iterdir()] == ["t.parquet"]


def test_what_a_file_says_of_itself(tmp_path: Path) -> None:
    write_table(tmp_path / "t.parquet", "events", tables()["events"])
    stored = pq.read_schema(tmp_path / "t.parquet")
    assert stored.field("fatalities_best").metadata == {
        b"title": b"Killed",
        b"description": b"The number stated, the minimum for 'at least'. Unknown is null, never 0.",
        b"unit": b"people",
    }
    assert not stored.field("event_id").nullable
    assert stored.field("date_start").type == pa.date32()
    about = metadata(tmp_path / "t.parquet")
    assert (about["coder.table"], about["coder.key"]) == ("events", "event_id")
    assert about["coder.description"].startswith("One row is an event")
    column = pq.ParquetFile(tmp_path / "t.parquet").metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"


def test_types_are_those_that_every_reader_knows() -> None:
    kinds = {str(f.type) for table in TABLES for f in arrow_schema(table)}
    assert kinds == {"string", "int32", "double", "bool", "date32[day]"}


def many(n: int, seed: int = 0) -> pl.DataFrame:
    rows = [
        {
            "article_id": f"a{i // 7:04d}",
            "sentence": i % 7,
            "start": i,
            "end": i + 1,
            "text": None if i % 5 == 0 else "é" * (i % 11),
            "screened_out": False,
            "n_mentions": i % 3,
        }
        for i in range(n)
    ]
    random.Random(seed).shuffle(rows)
    return frame("sentences", rows)


def test_spilling_gives_the_bytes_of_writing_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coder.tables.parquet.ROWS_PER_GROUP", 100)
    whole = write_table(tmp_path / "whole.parquet", "sentences", many(1500))
    assert pq.ParquetFile(whole.path).num_row_groups == 15
    for size, spill in ((1, 10_000), (13, 2_000), (400, 5_000), (1500, 1)):
        path = tmp_path / f"{size}.parquet"
        with TableWriter(path, "sentences", spill_bytes=spill) as writer:
            for piece in many(1500, seed=size).iter_slices(size):
                writer.append(piece)
            assert list(tmp_path.glob(".*.parts/*.parquet"))
            written = writer.close()
        assert path.read_bytes() == whole.path.read_bytes()
        assert written.digest == whole.digest
    assert not list(tmp_path.glob(".*"))
    assert pl.concat(read_pieces(whole.path, "sentences")).equals(
        many(1500).sort("article_id", "sentence")
    )


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    for spill in (None, 2_000):
        with TableWriter(path, "sentences", spill_bytes=spill) as writer:
            writer.append(many(100))
            writer.append(many(100, seed=1)[40:41])
            with pytest.raises(CoderError, match="E408"):
                writer.close()
        assert not list(tmp_path.iterdir())


def test_spilling_with_unknown_keys(tmp_path: Path) -> None:
    row = tables()["coverage"]
    df = pl.concat(
        [
            row.with_columns(publisher=pl.lit(p, dtype=pl.String), period=pl.lit(m))
            for p in (None, "B", "A")
            for m in ("2024-02", "2024-01")
        ]
    )
    whole = write_table(tmp_path / "a.parquet", "coverage", df)
    with TableWriter(tmp_path / "b.parquet", "coverage", spill_bytes=1) as writer:
        for piece in df.iter_slices(1):
            writer.append(piece)
        assert writer.close().rows == 6
    assert (tmp_path / "b.parquet").read_bytes() == whole.path.read_bytes()


def test_a_writer_left_without_close_leaves_nothing(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.parquet", "sentences", spill_bytes=1) as writer:
        writer.append(many(50))
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.parquet"
    before = write_table(path, "sentences", many(10)).path.read_bytes()

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.ParquetWriter.write_table", fail)
    with pytest.raises(CoderError, match="E422"):
        write_table(path, "sentences", many(20))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["t.parquet"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_really_full_disk_is_recognised() -> None:
    # Opened here, not named: a writer that is given a path removes it when it fails.
    with (
        pytest.raises(OSError, match=r"[Nn]o space left") as caught,
        Path("/dev/full").open("wb", buffering=0) as full,
    ):
        pq.write_table(pa.table({"a": list(range(10_000))}), full)
    assert is_disk_full(caught.value)
    outer = ValueError("x")
    outer.__cause__ = caught.value
    assert is_disk_full(outer)


def test_a_full_disk_is_told_from_other_errors() -> None:
    assert is_disk_full(RuntimeError("IO Error: No space left on device (os error 28)"))
    assert not is_disk_full(PermissionError(13, "Permission denied"))
    assert not is_disk_full(None)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    df = tables()["event_mentions"]
    for wrong in (df.drop("founding"), df.with_columns(x=1), df.with_columns(founding=1)):
        with pytest.raises(CoderError, match="E402"):
            write_table(tmp_path / "t.parquet", "event_mentions", wrong)
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_not_the_table_are_refused(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.parquet", "events", tables()["events"]).path
    with pytest.raises(CoderError, match="E411"):
        read_table(path, "mentions")
    with pytest.raises(CoderError, match="E411"):
        scan_table(tmp_path / "none.parquet", "events")
    path.write_bytes(b"PAR1 no parquet")
    with pytest.raises(CoderError, match="E411"):
        read_table(path, "events")


def test_the_digest_sees_every_change_and_no_encoding(tmp_path: Path) -> None:
    made = tables()
    digest = dataset_digest(made)
    assert dataset_digest(dict(reversed(list(made.items())))) == digest
    events = made["events"]
    for change in (
        pl.lit("ACT").alias("country"),
        pl.lit(None, dtype=pl.String).alias("country"),
        pl.lit("").alias("admin1"),
        pl.lit(10, dtype=pl.Int32).alias("fatalities_high"),
        pl.lit(14.500001).alias("latitude"),
        pl.lit(True).alias("hedged"),
        (pl.col("date_end") + pl.duration(days=1)).alias("date_end"),
    ):
        assert dataset_digest(made | {"events": events.with_columns(change)}) != digest
    write_table(tmp_path / "t.parquet", "events", events)
    pq.write_table(
        pq.read_table(tmp_path / "t.parquet"), tmp_path / "u.parquet", compression="snappy"
    )
    assert dataset_digest(made | {"events": pl.read_parquet(tmp_path / "u.parquet")}) == digest
    zero, minus = (events.with_columns(latitude=pl.lit(x)) for x in (0.0, -0.0))
    assert table_digest("events", zero) == table_digest("events", minus)


def test_changes_since_an_earlier_build_are_not_in_the_digest() -> None:
    made = tables()
    changed = frame("event_changes", [{"event_id": "e1", "change": "added"}])
    assert dataset_digest(made | {"event_changes": changed}) == dataset_digest(made)
    assert table_digest("event_changes", changed) != table_digest(
        "event_changes", made["event_changes"]
    )


def test_neighbouring_texts_are_told_apart() -> None:
    row = tables()["event_mentions"]
    one = row.with_columns(event_id=pl.lit("ab"), mention_id=pl.lit("c"))
    two = row.with_columns(event_id=pl.lit("a"), mention_id=pl.lit("bc"))
    assert table_digest("event_mentions", one) != table_digest("event_mentions", two)
    split = pl.concat([row.with_columns(mention_id=pl.lit(m)) for m in ("ab", "c")])
    other = pl.concat([row.with_columns(mention_id=pl.lit(m)) for m in ("a", "bc")])
    assert table_digest("event_mentions", split) != table_digest("event_mentions", other)


def test_a_text_file_is_written_whole(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "é\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\n"
    with pytest.raises(CoderError, match="E424"):
        write_text(tmp_path / "none" / "a.txt", "x")
