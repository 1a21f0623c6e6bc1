"""Writes `events.duckdb`: the tables of a build, what their columns mean, views and macros.

The file holds the rows themselves, so that it opens from any working directory and can be sent
alone. It is written in the storage format of DuckDB 1.0, which every later client reads.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb
import polars as pl

from coder.errors import E424, E462, CoderError
from coder.tables.disk import disk_errors, is_disk_full, sync, temporary
from coder.tables.models import TABLES, columns, dtypes
from coder.tables.parquet import scan_table

DATABASE = "events.duckdb"
STORAGE_VERSION = "v1.0.0"

TYPES = {
    pl.String: "VARCHAR",
    pl.Int32: "INTEGER",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
}

TEXTS = {"articles": ("text",), "sentences": ("text",)}
"""Columns that are left empty where the text may not be passed on."""

VIEWS = (
    "event_sides",
    "events_cameo",
    "events_plover",
    "acled_records",
    "events_acled",
    "events_strikes",
    "ceasefires",
    "claims",
    "events_wide",
    "dyads",
    "event_sentences",
    "timeline",
)
"""Views in the order in which they are made; each is `sql/NAME.sql`."""

MACROS = (
    "goldstein_positive",
    "goldstein_negative",
    "km_between",
    "dyad_month",
    "country_week",
    "top_dyads",
    "events_near",
    "counts_near",
    "independent_publishers",
    "reporting_lag",
    "sentences_behind",
)
"""Macros in the order in which they are made; each is `sql/macros/NAME.sql`."""


def write_database(build: Path, *, text: bool = True, path: Path | None = None) -> Path:
    """Writes the database of the Parquet files in a build's folder and gives its path.

    Without `text` the texts of articles and sentences are left out; offsets, hashes and URLs
    stay. A table without a file is empty. Raises E411 where a file does not fit its model,
    E422 on a full disk, E424 where the database cannot be written.

    Example: `write_database(Path("outputs/syria/latest"), text=False, path=Path("send.duckdb"))`.
    """
    path = path or build / DATABASE
    part = temporary(path)
    part.unlink(missing_ok=True)
    with disk_errors(path):
        try:
            _write(part, build.resolve(), text=text)
            sync(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
            Path(f"{part}.wal").unlink(missing_ok=True)
    return path


def check_path(folder: Path) -> None:
    """Raises E462 for a folder in which no database can be: DuckDB takes a ? for the beginning of
    options, and a \\ for the border of a folder."""
    for character in "?" if os.sep == "\\" else "?\\":
        if character in str(folder.absolute()):
            raise CoderError(E462, place=str(folder), path=folder, character=character)


def view_sql(name: str) -> tuple[str, str]:
    """The comment at the head of a view's file, and its SELECT.

    >>> view_sql("dyads")[0].startswith("One row")
    True
    """
    return split_header((_sql() / f"{name}.sql").read_text(encoding="utf-8"))


def macro_sql(name: str) -> tuple[str, str]:
    """The comment at the head of a macro's file, and its CREATE MACRO.

    >>> macro_sql("top_dyads")[0].startswith("One row")
    True
    """
    return split_header((_sql() / "macros" / f"{name}.sql").read_text(encoding="utf-8"))


def macro_call(name: str) -> str:
    """How a macro is called, with the values that its parameters have by default.

    >>> macro_call("top_dyads")
    'top_dyads(n := 20)'
    """
    return macro_sql(name)[1].removeprefix("CREATE MACRO ").partition(" AS")[0]


def split_header(text: str) -> tuple[str, str]:
    """The comment lines at the head of a SQL file joined to one text, and the rest.

    >>> split_header("-- One,\\n-- two.\\nSELECT 1;\\n")
    ('One, two.', 'SELECT 1;')
    """
    lines = text.splitlines()
    n = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    header = " ".join(line.removeprefix("--").strip() for line in lines[:n])
    return header, "\n".join(lines[n:]).strip()


def _sql() -> Traversable:
    return files("coder.store") / "sql"


def _write(file: Path, build: Path, *, text: bool) -> None:
    try:
        with duckdb.connect() as db:
            for statement in _statements(file, build, text=text):
                # A result that is not read to its end would block the connection.
                db.execute(statement).fetchall()
    except duckdb.IOException as error:
        if is_disk_full(error):
            raise
        raise CoderError(E424, place=str(file), path=file, reason=one_line(error)) from error


def _statements(file: Path, build: Path, *, text: bool) -> Iterator[str]:
    # Progress and spilling belong to the machine, not to the folder of the user.
    yield "SET temp_directory = ''"
    yield f"ATTACH {quoted(file)} AS made (STORAGE_VERSION '{STORAGE_VERSION}')"
    yield "USE made"
    for table in TABLES:
        yield from _table(table, build / f"{table}.parquet", text=text)
    for name in VIEWS:
        header, select = view_sql(name)
        yield f"CREATE VIEW {name} AS {select}"
        yield f"COMMENT ON VIEW {name} IS {quoted(header)}"
    for name in MACROS:
        header, create = macro_sql(name)
        yield create
        kind = "TABLE " if " AS TABLE" in create else ""
        yield f"COMMENT ON MACRO {kind}{name} IS {quoted(header)}"
    yield "CHECKPOINT made"
    yield "USE memory"
    yield "DETACH made"


def _table(table: str, source: Path, *, text: bool) -> Iterator[str]:
    kinds = dtypes(table)
    known = columns(table)
    declared = ", ".join(
        f'"{c.name}" {TYPES[kinds[c.name]]}{"" if c.nullable else " NOT NULL"}' for c in known
    )
    yield f"CREATE TABLE {table} ({declared})"
    if source.exists():
        left_out = () if text else TEXTS.get(table, ())
        names = ", ".join(
            f'NULL AS "{c.name}"' if c.name in left_out else f'"{c.name}"' for c in known
        )
        scan_table(source, table)  # refuses a file of other columns
        yield f"INSERT INTO {table} SELECT {names} FROM read_parquet({quoted(source)})"
    yield f"COMMENT ON TABLE {table} IS {quoted((TABLES[table].__doc__ or '').strip())}"
    for c in known:
        meaning = f"{c.title}: {c.description}" + (f" [{c.unit}]" if c.unit else "")
        yield f'COMMENT ON COLUMN {table}."{c.name}" IS {quoted(meaning)}'


def quoted(value: object) -> str:
    """A SQL string.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + str(value).replace("'", "''") + "'"


def one_line(error: Exception) -> str:
    """The first paragraph of DuckDB's message on one line, without the full stop.

    >>> one_line(ValueError("No such\\ntable!\\n\\nLINE 1: SELECT"))
    'No such table!'
    """
    first = str(error).strip().split("\n\n", maxsplit=1)[0]
    return " ".join(first.split()).rstrip(".")
