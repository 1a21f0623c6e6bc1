"""Tables: CSV (comma, semicolon or tab) and Parquet, read row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import pyarrow as pa
import pyarrow.parquet as pq

from coder.articles.decoding import has_undecoded, open_text
from coder.articles.fields import NEEDED, find_columns
from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.articles.rejects import reject
from coder.errors import E102, E107, E108, E117, CoderError
from coder.types import Article, Reject

_DELIMITERS = ",;\t"
_BATCH = 1024
"""Rows of Parquet in memory at a time."""


def read_csv(path: str, options: ReadOptions) -> Iterator[Article | Reject]:
    """The articles of a CSV file with a header row; `Article.row` is the line a row starts at.

    The separator is the one of comma, semicolon and tab that cuts the header into most cells.
    A row with more or fewer cells than the header is rejected. Raises E108 for a missing
    column, and E102, E106, E107.
    """
    reader = RecordReader(options, path)
    # The limit of the csv module is one for the process; it is only ever raised.
    limit = 4 * options.max_chars + 65536
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    with open_text(path, options.encoding) as stream:
        head = stream.readline(1 << 20)
        rest = iter(lambda: stream.readline(limit), "")
        rows = csv.reader(chain([head], rest), delimiter=max(_DELIMITERS, key=head.count))
        try:
            names = next(rows, [])
        except csv.Error as error:
            raise CoderError(E117, place=f"{path}:1", reason=str(error)) from None
        at = {name: i for i, name in reversed(list(enumerate(names)))}
        columns = {f: at[n] for f, n in needed_columns(names, path, options).items()}
        while True:
            line = rows.line_num + 1
            place = f"{path}:{line}"
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield reject(E117, place, reason=str(error))
                continue
            if not any(cells):
                continue
            if len(cells) != len(names):
                reason = f"it has {len(cells)} cells, the header has {len(names)}"
                yield reject(E117, place, reason=reason)
            elif any(map(has_undecoded, cells)):
                yield reject(E107, place, encoding=stream.encoding)
            else:
                yield reader.fields({f: cells[i] for f, i in columns.items()}, row=line)


def read_parquet(path: str, options: ReadOptions) -> Iterator[Article | Reject]:
    """The articles of a Parquet file; `Article.row` is the number of the row, from 1.

    Only the columns that are used are read, `_BATCH` rows at a time. Raises E108 for a
    missing column, E102 for a file that Arrow cannot read.
    """
    reader = RecordReader(options, path)
    row = 0
    try:
        with pq.ParquetFile(path) as file:
            columns = needed_columns(file.schema_arrow.names, path, options)
            used = sorted(set(columns.values()))
            for batch in file.iter_batches(_BATCH, columns=used, use_threads=False):
                values = {f: column_values(batch.column(n)) for f, n in columns.items()}
                for i in range(batch.num_rows):
                    row += 1
                    yield reader.fields({f: v[i] for f, v in values.items()}, row=row)
    except (OSError, pa.ArrowException, KeyError) as error:
        reason = str(error).split("\n")[0].rstrip(".") or type(error).__name__
        raise CoderError(E102, place=path, path=path, reason=reason) from None


def needed_columns(names: Sequence[str], path: str, options: ReadOptions) -> Mapping[str, str]:
    """Article field -> column of a table at `path`; raises E108 where a needed one is missing."""
    columns = find_columns(names, options.columns)
    for needed in NEEDED:
        if needed not in columns:
            found = ", ".join(n for n in names if n) or "none"
            raise CoderError(E108, place=path, needed=needed, found=found)
    return columns


def column_values(column: pa.Array) -> list[object]:
    """The values of a column; one that Python cannot hold is given as empty bytes."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError):  # broken UTF-8, a year after 9999
        return [_value(cell) for cell in column]


def _value(cell: pa.Scalar) -> object:
    try:
        value: object = cell.as_py()
    except (ValueError, OverflowError):
        return b""
    return value
