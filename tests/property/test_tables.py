"""For any rows: what is written is read again, and order and batches leave no trace."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.tables.check import check
from coder.tables.digest import table_digest
from coder.tables.models import KEYS, columns, dtypes, frame
from coder.tables.parquet import TableWriter, read_table, write_table

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=6)
VALUES = {
    pl.String: TEXT,
    pl.Int32: st.integers(-(2**31), 2**31 - 1),
    pl.Float64: st.floats(allow_nan=False),
    pl.Boolean: st.booleans(),
    pl.Date: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
}
SMALL = ["event_mentions", "sentences", "codings", "event_places", "coverage"]


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, pl.DataFrame]:
    """A small table and rows of its columns, each key once, valid or not."""
    table = draw(st.sampled_from(SMALL))
    kinds = dtypes(table)
    row = st.fixed_dictionaries(
        {
            c.name: st.none() | VALUES[kinds[c.name]] if c.nullable else VALUES[kinds[c.name]]
            for c in columns(table)
        }
    )
    found = draw(st.lists(row, max_size=8, unique_by=lambda r: tuple(r[k] for k in KEYS[table])))
    return table, frame(table, found)


@given(rows(), st.randoms(use_true_random=False), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_bytes_hang_on_the_rows_alone(made: tuple[str, pl.DataFrame], random, size: int) -> None:  # type: ignore[no-untyped-def]
    table, df = made
    order = list(range(df.height))
    random.shuffle(order)
    shuffled = df[order]
    with tempfile.TemporaryDirectory() as name:
        one, two = Path(name) / "one.parquet", Path(name) / "two.parquet"
        written = write_table(one, table, df)
        with TableWriter(two, table, spill_bytes=0) as writer:
            for piece in shuffled.iter_slices(size):
                writer.append(piece)
            again = writer.close()
        assert one.read_bytes() == two.read_bytes()
        assert written.digest == again.digest == table_digest(table, shuffled)
        assert read_table(one, table).equals(df.sort(KEYS[table]))


@given(rows())
@settings(max_examples=60, deadline=None)
def test_a_checked_table_is_sound_and_every_lost_row_is_told(
    made: tuple[str, pl.DataFrame],
) -> None:
    table, df = made
    good, rejects = check(table, df)
    assert check(table, good)[1] == []
    assert good.height + len({r.place.rpartition("]")[0] for r in rejects}) >= df.height
    assert (good.height == df.height) == (rejects == [])
    assert set(good.rows()) <= set(df.rows())
