"""Exports: a dataset as a file for other programs, with notes beside it.

START HERE: `export` reads the dataset through its database, arranges the rows and writes
`FILE` and `FILE.notes.md`. Both appear whole or not at all, and never in place of a file that
is there, unless asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from coder.errors import E605, E720, E722, E723, E733, CoderError
from coder.export.geoparquet import write_geoparquet
from coder.export.labels import column_label, labelled
from coder.export.layout import Layout, arranged
from coder.export.layouts import LAYOUTS
from coder.export.notes import Origin, layout_notes, origin, table_notes
from coder.export.statistics import write_statistics
from coder.export.text import write_jsonl, write_separated
from coder.store.query import export_sql, query
from coder.tables.disk import disk_errors, sync, temporary, write_text

PLAIN = {"csv": ".csv", "dta": ".dta", "sav": ".sav", "geoparquet": ".parquet", "jsonl": ".jsonl"}
FORMATS = (*LAYOUTS, *PLAIN)
WIDE = "events_wide"
QUOTED = "texts that a spreadsheet would run begin with a '"


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, its notes, its rows, and how many rows were left out."""

    path: Path
    notes: Path
    rows: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a file is written.

    `exact` leaves texts that look like formulas as they are, `header` overrides whether the file
    has a line of names, `replace` allows files of the same name to be replaced.
    """

    table: str = WIDE
    exact: bool = False
    header: bool | None = None
    replace: bool = False


def export(
    dataset: Path,
    name: str,
    out: Path,
    options: ExportOptions = ExportOptions(),
) -> Exported:
    """Writes a dataset in a format of `FORMATS` into the folder `out`.

    Layouts of other projects give `machine-coded-NAME`, the others a table or view of the dataset
    (JSON lines of `events_wide`: events with all under them). Raises E720 for another format, E721
    without the extra that it needs, E722 for a table that is not there, E723 where nothing is
    coded in the codebook of a layout, E605 where a file is there already, E733 for a database of an
    earlier version.

    Example: `export(Path("outputs/syria"), "acled", Path("out"))`.
    """
    if name not in FORMATS:
        raise CoderError(E720, name=name, known=", ".join(FORMATS))
    known = table_names(dataset)
    if WIDE not in known:
        raise CoderError(E733, place=str(dataset), view=WIDE)
    if name in LAYOUTS:
        return _layout(dataset, LAYOUTS[name], out, options)
    return _table(dataset, name, out, options, known)


def rows_of(dataset: Path, sql: str) -> pl.DataFrame:
    """The result of a query as a frame; sums of DuckDB become real numbers or whole ones."""
    df = pl.from_arrow(query(dataset, sql))
    assert isinstance(df, pl.DataFrame)
    whole = [n for n, t in df.schema.items() if isinstance(t, pl.Decimal)]
    return df.with_columns(pl.col(whole).cast(pl.Float64))


def table_names(dataset: Path) -> list[str]:
    """The tables and views of a dataset."""
    found = rows_of(
        dataset,
        "SELECT table_name AS name FROM duckdb_tables() UNION ALL "
        "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY name",
    )
    return found["name"].to_list()


def _layout(dataset: Path, layout: Layout, out: Path, options: ExportOptions) -> Exported:
    rows = rows_of(dataset, export_sql(layout.source))
    if not rows.height:
        raise CoderError(E723, place=str(dataset), codebook=layout.codebook, format=layout.name)
    made, left_out = arranged(layout, rows)
    header = layout.header if options.header is None else options.header
    path = out / f"machine-coded-{layout.name}{layout.suffix}"
    always = [] if options.exact else [QUOTED]
    notes = layout_notes(layout, origin(dataset), path.name, made.height, left_out, always)
    with Target(path, options.replace) as part:
        write_separated(made, part, separator=layout.separator, header=header, exact=options.exact)
    return Exported(path, _with_notes(path, notes), made.height, left_out)


def _table(
    dataset: Path, name: str, out: Path, options: ExportOptions, known: list[str]
) -> Exported:
    table = options.table
    if table not in known:
        raise CoderError(E722, name=table, known=", ".join(known))
    whole = name == "jsonl" and table == WIDE
    sql = export_sql("whole_events") if whole else f'FROM "{table}" ORDER BY ALL'
    rows = rows_of(dataset, sql)
    path = out / f"{table}{PLAIN[name]}"
    where = origin(dataset)
    with Target(path, options.replace) as part:
        always = write_frame(rows, part, name, where, table=table, options=options)
    columns = [(c, column_label(c, table)) for c in rows.columns]
    notes = table_notes(path.name, table, where, rows.height, columns, always)
    return Exported(path, _with_notes(path, notes), rows.height)


def write_frame(
    rows: pl.DataFrame, path: Path, name: str, where: Origin, *, table: str = "",
    labels: dict[str, str] | None = None, options: ExportOptions = ExportOptions(),
) -> tuple[str, ...]:  # fmt: skip
    """Writes a frame in a plain format or as Parquet and gives what is to be noted.

    `labels` are those of columns that no table of the dataset has.
    """
    version = where.manifest.versions.get("coder", "") if where.manifest else ""
    title = f"{table} (event-coder {version})".replace(" )", ")")
    if name == "csv":
        write_separated(rows, path, exact=options.exact, header=options.header is not False)
        return () if options.exact else (QUOTED,)
    if name == "jsonl":
        write_jsonl(rows, path)
    elif name == "geoparquet":
        if not {"latitude", "longitude"} <= set(rows.columns):
            raise CoderError(E722, name=f"{table} with coordinates", known="events_wide, events")
        write_geoparquet(rows, path, title)
    elif name == "parquet":
        rows.write_parquet(path, compression="zstd")
    else:
        data = labelled(rows, table)
        data.columns.update(labels or {})
        kind: Literal["dta", "sav"] = "dta" if name == "dta" else "sav"
        notes = write_statistics(data, path, kind, title)
        return (*notes, "an unknown text is an empty one")
    return ()


class Target:
    """The path to write at first; it is renamed when the block ends without an error.

    Raises E605 where the file or its notes are there and are not to be replaced.
    """

    def __init__(self, path: Path, replace: bool) -> None:
        self.path, self.part = path, temporary(path)
        for there in (path, notes_path(path)):
            if there.exists() and not replace:
                raise CoderError(E605, place=str(there), path=there)

    def __enter__(self) -> Path:
        with disk_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._guard = disk_errors(self.path)
        self._guard.__enter__()
        return self.part

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                sync(self.part)
                self.part.replace(self.path)
                self._guard.__exit__(None, None, None)
            else:
                self._guard.__exit__(type(error), error, error.__traceback__)
        finally:
            self.part.unlink(missing_ok=True)


def notes_path(path: Path) -> Path:
    """Where the notes of a file are.

    >>> notes_path(Path("a.csv")).name
    'a.csv.notes.md'
    """
    return path.with_name(f"{path.name}.notes.md")


def _with_notes(path: Path, text: str) -> Path:
    write_text(notes_path(path), text)
    return notes_path(path)
