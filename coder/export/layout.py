"""What a format of another project is: its columns in order, where each comes from, what is empty.

A layout has the column names of that project's files, nothing else of it. What we do not know
stays empty, and the notes beside an export say so for each column. Column lists: the
projects' codebooks and the headers of their files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import polars as pl

PREFIX = "machine-coded-"
"""Every id of an export in the layout of another project begins with this."""

DISCLAIMER = (
    "Machine-coded by event-coder in the column layout of {title}. These are no data of that "
    "project, nor made, checked or endorsed by the people behind it."
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in the format, the value (None: always empty), and what to know."""

    name: str
    value: pl.Expr | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A format: `source` is the SQL of `store/sql/exports`, `prepare` adds to its rows what SQL
    cannot, `keep` drops rows that the format has no place for (`left_out` says which).

    `separator` and `header` are those of the project's own files; `row` says what one row is.
    """

    name: str
    title: str
    codebook: str
    source: str
    row: str
    fields: tuple[Field, ...]
    separator: Literal[",", "\t"]
    header: bool
    prepare: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows
    keep: pl.Expr | None = None
    left_out: str = ""

    @property
    def suffix(self) -> str:
        return ".csv" if self.separator == "," else ".tsv"

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]


def arranged(layout: Layout, rows: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The rows in the columns of a layout, and how many `keep` left out.

    >>> layout = Layout("x", "X", "cameo", "pairs", "event", (Field("a", pl.col("n") + 1),
    ...     Field("b", None)), ",", True)
    >>> arranged(layout, pl.DataFrame({"n": [1]}))[0].rows()
    [(2, None)]
    """
    prepared = layout.prepare(rows)
    kept = prepared if layout.keep is None else prepared.filter(layout.keep)
    cells = [
        (pl.lit(None, dtype=pl.String) if field.value is None else field.value).alias(field.name)
        for field in layout.fields
    ]
    return kept.select(cells), prepared.height - kept.height


def compact(column: str) -> pl.Expr:
    """A day as YYYYMMDD."""
    return pl.col(column).dt.strftime("%Y%m%d")


def iso(column: str) -> pl.Expr:
    """A day as YYYY-MM-DD."""
    return pl.col(column).dt.strftime("%Y-%m-%d")


def pair_id() -> pl.Expr:
    """The id of one source and target of an event: that of the event and a number."""
    return pl.lit(PREFIX) + pl.col("event_id") + "-" + pl.col("nth").cast(pl.String)


def town() -> pl.Expr:
    """The name of the place where it is a town or a spot."""
    return pl.when(pl.col("geo_level").is_in(["exact", "town"])).then(pl.col("place"))
