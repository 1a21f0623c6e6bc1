"""Frames of polars, pandas and Arrow as articles. pandas is not imported: who gives one has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import pyarrow as pa

from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.articles.tabular import column_values, needed_columns
from coder.errors import E770, CoderError
from coder.types import Article, Reject

PLACE = "articles"
"""How the frame is named where a row of it is."""
Columns = Mapping[str, list[object]]
"""The values of some rows, under the names of article fields."""
AT_ONCE = 1024
"""Rows that stand in memory as Python values."""


def read_frame(frame: object, options: ReadOptions) -> Iterator[Article | Reject]:
    """The articles of a frame; `Article.row` is the number of the row, from 1.

    Raises E770 for what is no frame and E108 for a missing column, by the call itself.

    >>> frame = pl.DataFrame({"Date": ["2024-02-03"], "body": ["Shells fell on the town."]})
    >>> [article.text for article in read_frame(frame, ReadOptions())]
    ['Shells fell on the town.']
    """
    return _articles(_pieces(frame, options), options)


def _articles(pieces: Iterator[Columns], options: ReadOptions) -> Iterator[Article | Reject]:
    reader = RecordReader(options, PLACE)
    row = 0
    for values in pieces:
        for record in zip(*values.values(), strict=True):
            row += 1
            yield reader.fields(dict(zip(values, record, strict=True)), row=row)


def _pieces(frame: Any, options: ReadOptions) -> Iterator[Columns]:
    """Columns of some rows after another."""
    if isinstance(frame, pl.DataFrame | pl.LazyFrame):
        return _polars_pieces(frame.lazy().collect(), options)
    if hasattr(frame, "iloc") and hasattr(frame, "columns"):
        return _pandas_pieces(frame, options)
    return _arrow_pieces(_arrow(frame), options)


def _polars_pieces(frame: pl.DataFrame, options: ReadOptions) -> Iterator[Columns]:
    columns = needed_columns(frame.columns, PLACE, options)
    return (
        {field: part[name].to_list() for field, name in columns.items()}
        for part in frame.iter_slices(AT_ONCE)
    )


def _arrow_pieces(table: pa.Table, options: ReadOptions) -> Iterator[Columns]:
    columns = needed_columns(table.column_names, PLACE, options)
    used = table.select(list(dict.fromkeys(columns.values())))
    return (
        {field: column_values(batch.column(name)) for field, name in columns.items()}
        for batch in used.to_batches(AT_ONCE)
    )


def _pandas_pieces(frame: Any, options: ReadOptions) -> Iterator[Columns]:
    listed = [str(name) for name in frame.columns]
    columns = needed_columns(listed, PLACE, options)
    at = {field: listed.index(name) for field, name in columns.items()}
    return (
        {field: _pandas_values(frame.iloc[row : row + AT_ONCE, n]) for field, n in at.items()}
        for row in range(0, len(frame), AT_ONCE)
    )


def _pandas_values(column: Any) -> list[object]:
    missing = column.isna().tolist()
    return [None if gone else value for value, gone in zip(column.tolist(), missing, strict=True)]


def _arrow(frame: Any) -> pa.Table:
    """A table of what has the Arrow interface: Table, RecordBatch, a reader, a relation."""
    if isinstance(frame, pa.Table):
        return frame
    if isinstance(frame, pa.RecordBatch):
        return pa.Table.from_batches([frame])
    if hasattr(frame, "__arrow_c_stream__"):
        return pa.table(frame)
    raise CoderError(E770, place=PLACE, kind=type(frame).__name__)
