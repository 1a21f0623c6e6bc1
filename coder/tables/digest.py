"""Digests of tables over their logical rows, whatever the encoding on disk.

The rows are put in the order of the primary key; each column is hashed as its validity (one
byte a row) and its values (little-endian numbers; UTF-8 bytes and their lengths). The same
data give the same digest with any row group size, compression, writer and platform.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl

from coder.tables.models import KEYS, dtypes

HISTORY = frozenset({"event_changes"})
"""Tables about the build before, left out of the digest of a dataset: the same input gives the
same digest whether or not something was built before it."""

BYTES_PER_VALUE: Mapping[Any, str] = {pl.Int32: "<i4", pl.Float64: "<f8", pl.Date: "<i4"}


class TableDigest:
    """The digest of one table, fed with its rows in the order of its key, in any pieces.

    >>> from coder.tables.models import frame
    >>> d = TableDigest("event_mentions")
    >>> d.update(frame("event_mentions"))
    >>> len(d.hexdigest())
    64
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self.rows = 0
        self._columns = {
            name: (hashlib.sha256(), hashlib.sha256(), hashlib.sha256()) for name in dtypes(table)
        }

    def update(self, df: pl.DataFrame) -> None:
        self.rows += df.height
        for name, (valid, values, lengths) in self._columns.items():
            column = df[name]
            valid.update(column.is_not_null().cast(pl.UInt8).to_numpy().tobytes())
            if column.dtype == pl.String:
                filled = column.fill_null("")
                sizes = filled.str.len_bytes().cast(pl.Int64)
                lengths.update(sizes.to_numpy().astype("<i8").tobytes())
                values.update("".join(filled.to_list()).encode())
            elif column.dtype == pl.Boolean:
                values.update(column.fill_null(False).cast(pl.UInt8).to_numpy().tobytes())
            else:
                numbers = column.to_physical().fill_null(0).to_numpy()
                if column.dtype == pl.Float64:
                    # -0.0 and 0.0 are one number, and NaN has many bit patterns.
                    numbers = np.where(np.isnan(numbers), np.nan, numbers + 0.0)
                values.update(numbers.astype(BYTES_PER_VALUE[column.dtype]).tobytes())

    def hexdigest(self) -> str:
        """sha256 over table name, row count, and name, dtype and hashes of each column."""
        whole = hashlib.sha256(f"{self.table}\n{self.rows}\n".encode())
        for name, dtype in dtypes(self.table).items():
            valid, values, lengths = (h.hexdigest() for h in self._columns[name])
            whole.update(f"{name}\t{dtype}\t{valid}\t{values}\t{lengths}\n".encode())
        return whole.hexdigest()


def in_key_order(table: str, df: pl.DataFrame) -> pl.DataFrame:
    """Rows by primary key, then, where a key stands twice, by all other columns."""
    keys = list(KEYS[table])
    df = df.select(list(dtypes(table)))
    if df.select(pl.struct(keys).is_duplicated().any()).item():
        keys += [c for c in df.columns if c not in keys]
    return df.sort(keys)


def table_digest(table: str, df: pl.DataFrame) -> str:
    """The digest of one table; the order of its rows does not matter."""
    digest = TableDigest(table)
    digest.update(in_key_order(table, df))
    return digest.hexdigest()


def combine(digests: Mapping[str, str]) -> str:
    """The digest of a dataset from those of its tables, without `HISTORY`."""
    lines = (f"{name}\t{digests[name]}\n" for name in sorted(digests) if name not in HISTORY)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def dataset_digest(tables: Mapping[str, pl.DataFrame]) -> str:
    """The digest of a dataset over the sorted logical rows of every table but `HISTORY`.

    >>> from coder.tables.models import frame
    >>> dataset_digest({"events": frame("events")}) == dataset_digest({})
    False
    """
    return combine({name: table_digest(name, df) for name, df in tables.items()})


def digest_of_pieces(table: str, pieces: Iterable[pl.DataFrame]) -> str:
    """The digest of a table read piece by piece in the order of its key."""
    digest = TableDigest(table)
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
