"""Tables as Parquet files: the same rows give the same bytes, whatever order they came in.

Rows are sorted by key, row groups have a fixed size, the writer's settings are fixed and no
time is stored. Compression is zstd. Titles, descriptions and units stand in the metadata of the
Arrow fields, which R and Python show, and, for readers that see only the key-value metadata of
the file (DuckDB's `parquet_kv_metadata`), once more as JSON under `coder.columns`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from coder.errors import E402, E408, E411, CoderError
from coder.tables._values import as_json
from coder.tables.digest import TableDigest, in_key_order
from coder.tables.disk import disk_errors, sync, temporary
from coder.tables.models import INTERIM, KEYS, SCHEMA_VERSION, TABLES, columns, dtypes

ROWS_PER_GROUP = 65_536
ROWS_PER_GROUP_OF: Mapping[str, int] = {"articles": 8_192}
"""Whole texts make rows large, so that fewer of them fill a row group."""

SPILL_BYTES = 256 * 1024 * 1024
PART_ROWS = 16_384

ARROW: Mapping[Any, pa.DataType] = {
    pl.String: pa.string(),
    pl.Int32: pa.int32(),
    pl.Float64: pa.float64(),
    pl.Boolean: pa.bool_(),
    pl.Date: pa.date32(),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A table that was written: rows, and the digest over its logical rows."""

    table: str
    path: Path
    rows: int
    digest: str


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table with the metadata of its columns and of the table.

    >>> arrow_schema("events").field("latitude").metadata[b"unit"]
    b'degrees'
    """
    model = TABLES[table] if table in TABLES else INTERIM[table]
    kinds = dtypes(table)
    fields = [
        pa.field(
            c.name,
            ARROW[kinds[c.name]],
            nullable=c.nullable,
            metadata={
                k: v
                for k, v in (("title", c.title), ("description", c.description), ("unit", c.unit))
                if v
            },
        )
        for c in columns(table)
    ]
    texts = [
        {k: v for k, v in asdict(c).items() if k in ("name", "title", "description", "unit")}
        for c in columns(table)
    ]
    return pa.schema(
        fields,
        metadata={
            "coder.table": table,
            "coder.description": (model.__doc__ or "").strip(),
            "coder.key": ",".join(KEYS[table]),
            "coder.schema_version": SCHEMA_VERSION,
            "coder.columns": as_json(texts),
        },
    )


def write_table(path: Path, table: str, df: pl.DataFrame) -> Written:
    """Writes a table that fits in memory.

    Raises E402 where the frame is not of the table's model, E422 on a full disk.
    """
    with TableWriter(path, table, spill_bytes=None) as writer:
        writer.append(df)
        return writer.close()


class TableWriter:
    """Writes a table of any size: append frames in any order, then close.

    Frames are kept up to `spill_bytes` of memory, then put aside as sorted parts beside the
    file; `close` merges the parts by ranges of the first key column, so that memory stays near
    `spill_bytes` and the bytes are those that `write_table` would write. Leaving the `with`
    block without `close` leaves no file. Example:

        with TableWriter(folder / "sentences.parquet", "sentences") as writer:
            for batch in batches:
                writer.append(frame("sentences", batch))
            written = writer.close()
    """

    def __init__(
        self,
        path: Path,
        table: str,
        *,
        spill_bytes: int | None = SPILL_BYTES,
        unique: bool = True,
    ) -> None:
        self.path, self.table = path, table
        self._spill_bytes, self._unique = spill_bytes, unique
        self._dtypes = dtypes(table)
        self._held: list[pl.DataFrame] = []
        self._held_bytes = 0
        self._parts: list[Path] = []
        self._part_folder = path.with_name(f".{path.name}.{os.getpid()}.parts")
        self._biggest = 0

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.discard()

    def append(self, df: pl.DataFrame) -> None:
        """Adds rows; raises E402 where the columns or dtypes are not those of the model."""
        if dict(df.schema) != self._dtypes:
            problem = f"got {dict(df.schema)}"
            raise CoderError(E402, place=str(self.path), table=self.table, problem=problem)
        self._held.append(df.select(list(self._dtypes)))
        self._held_bytes += int(df.estimated_size())
        if self._spill_bytes is not None and self._held_bytes > self._spill_bytes:
            self._spill()

    def close(self) -> Written:
        """Writes the file and gives its rows and digest. Raises E408 where a key stands twice and
        `unique` asks for each once."""
        digest = TableDigest(self.table)
        part = temporary(self.path)
        with disk_errors(self.path):
            try:
                with _RowGroups(part, self.table) as groups:
                    for piece in self._in_order():
                        if self._unique:
                            self._refuse_doubles(piece)
                        digest.update(piece)
                        groups.add(piece)
                sync(part)
                part.replace(self.path)
            finally:
                part.unlink(missing_ok=True)
                self.discard()
        return Written(self.table, self.path, digest.rows, digest.hexdigest())

    def _refuse_doubles(self, rows: pl.DataFrame) -> None:
        """Raises E408 where two rows, which are in order, have one key."""
        key = KEYS[self.table]
        same = pl.all_horizontal(pl.col(c).eq_missing(pl.col(c).shift()) for c in key)
        doubled = rows.select(same=same)["same"].slice(1)
        if doubled.any():
            row = rows.row(int(doubled.arg_true()[0]) + 1, named=True)
            said = ", ".join(f"{c} {row[c]}" for c in key)
            raise CoderError(E408, place=str(self.path), table=self.table, key=said)

    def discard(self) -> None:
        """Forgets the rows and removes the parts."""
        self._held, self._held_bytes, self._parts = [], 0, []
        shutil.rmtree(self._part_folder, ignore_errors=True)

    def _held_frame(self) -> pl.DataFrame:
        empty = pl.DataFrame(schema=self._dtypes)
        return in_key_order(self.table, pl.concat([empty, *self._held]))

    def _spill(self) -> None:
        with disk_errors(self.path):
            self._part_folder.mkdir(parents=True, exist_ok=True)
            part = self._part_folder / f"{len(self._parts)}.parquet"
            held = self._held_frame()
            pq.write_table(held.to_arrow(), part, compression="zstd", row_group_size=PART_ROWS)
        self._biggest = max(self._biggest, held.height)
        self._parts.append(part)
        self._held, self._held_bytes = [], 0

    def _in_order(self) -> Iterator[pl.DataFrame]:
        if not self._parts:
            yield self._held_frame()
            return
        if self._held:
            self._spill()
        key = KEYS[self.table][0]
        scans = [pl.scan_parquet(part, glob=False) for part in self._parts]
        values = pl.concat([s.select(key).collect() for s in scans])[key].drop_nulls().sort()
        bounds = values.gather_every(max(self._biggest, 1)).unique(maintain_order=True).to_list()
        col = pl.col(key)
        wanted = [col.is_null()]
        for low, high in pairwise([*bounds, None]):
            wanted.append(col >= low if high is None else (col >= low) & (col < high))
        for want in wanted:
            yield in_key_order(self.table, pl.concat([s.filter(want).collect() for s in scans]))


class _RowGroups:
    """Writes sorted frames as row groups of a fixed size."""

    def __init__(self, path: Path, table: str) -> None:
        self._schema = arrow_schema(table)
        self._size = ROWS_PER_GROUP_OF.get(table, ROWS_PER_GROUP)
        self._rest = pl.DataFrame(schema=dtypes(table))
        self._file = pq.ParquetWriter(
            path,
            self._schema,
            version="2.6",
            data_page_version="1.0",
            compression="zstd",
            compression_level=3,
            use_dictionary=True,
            write_statistics=True,
            store_schema=True,
        )

    def __enter__(self) -> _RowGroups:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None and self._rest.height:
                self._write(self._rest)
        finally:
            self._file.close()

    def add(self, df: pl.DataFrame) -> None:
        rows = pl.concat([self._rest, df])
        at = 0
        while rows.height - at >= self._size:
            self._write(rows.slice(at, self._size))
            at += self._size
        self._rest = rows.slice(at)

    def _write(self, df: pl.DataFrame) -> None:
        # One chunk a column: the pages of the file follow the chunks.
        arrow = df.rechunk().to_arrow().cast(self._schema).combine_chunks()
        self._file.write_table(arrow, row_group_size=self._size)


def read_table(path: Path, table: str) -> pl.DataFrame:
    """Reads a table; raises E411 where the file is missing, broken or of other columns.

    Example: `read_table(build / "events.parquet", "events")`.
    """
    return scan_table(path, table).collect()


def scan_table(path: Path, table: str) -> pl.LazyFrame:
    """Like `read_table`, without reading the rows yet."""
    try:
        lazy = pl.scan_parquet(path, glob=False)
        found = dict(lazy.collect_schema())
    except (OSError, pl.exceptions.PolarsError) as error:
        raise CoderError(E411, place=str(path), path=path, table=table, reason=error) from error
    if found != dtypes(table):
        reason = "its columns are not those of this version"
        raise CoderError(E411, place=str(path), path=path, table=table, reason=reason)
    return lazy


def read_pieces(path: Path, table: str) -> Iterator[pl.DataFrame]:
    """Reads a table one row group at a time, in the order of its key."""
    scan_table(path, table)
    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        piece = pl.from_arrow(file.read_row_group(group))
        assert isinstance(piece, pl.DataFrame)
        yield piece


def metadata(path: Path) -> dict[str, str]:
    """The key-value metadata of a file (`coder.table`, `coder.description` ...)."""
    stored = pq.read_schema(path).metadata or {}
    return {k.decode(): v.decode() for k, v in stored.items()}
