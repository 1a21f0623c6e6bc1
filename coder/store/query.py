"""Queries over a dataset that can only read it.

The database is opened read-only, and DuckDB is told, before the query runs, to touch no other
file or address and to keep that setting: not by COPY, ATTACH, read_csv or an extension.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from coder.errors import E430, E431, E432, E434, CoderError
from coder.store.database import DATABASE, one_line, split_header
from coder.store.recipes import recipe_texts
from coder.tables.dataset import find_build

_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
"""DESCRIBE, SUMMARIZE, SHOW and FROM are SELECT to DuckDB."""

_LOCKED = (
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def query(dataset: Path, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
    """The result of one reading statement over a dataset, `outputs/NAME`, a build, or a
    `.duckdb` file.

    `parameters` fill `$name` in the statement. Raises E423 where there is no dataset, E430
    where it has no database, E431 for anything but one reading statement, E432 with DuckDB's
    message where it fails.

    Example: `query(Path("outputs/syria"), "FROM timeline WHERE country = 'SYR'")`.
    """
    path = database(dataset)
    try:
        with duckdb.connect(str(path), read_only=True) as db:
            for setting in _LOCKED:
                db.execute(setting).fetchall()
            statement = _one_reading_statement(db, sql)
            result = db.sql(statement, params=dict(parameters) if parameters else None)
            return result.to_arrow_table()
    except duckdb.Error as error:
        raise CoderError(E432, reason=one_line(error)) from error


def database(dataset: Path) -> Path:
    """The database of a dataset, a build, or the file itself."""
    path = dataset if dataset.suffix == ".duckdb" else find_build(dataset) / DATABASE
    if not path.is_file():
        raise CoderError(E430, place=str(dataset), path=path.name)
    return path


def recipe(name: str) -> str:
    """The SQL of a recipe of `coder/store/sql/recipes` by its name, or by a beginning that no
    other has; raises E434.

    >>> recipe("rejects").startswith("SELECT")
    True
    """
    known = recipe_texts()
    meant = [name] if name in known else [n for n in known if name and n.startswith(name)]
    if len(meant) != 1:
        raise CoderError(E434, name=name, known=", ".join(meant or known))
    return split_header(known[meant[0]])[1]


def export_sql(name: str) -> str:
    """The SQL of `coder/store/sql/exports` that an export reads a dataset with.

    >>> export_sql("whole_events").startswith("SELECT")
    True
    """
    file = files("coder.store") / "sql" / "exports" / f"{name}.sql"
    return split_header(file.read_text(encoding="utf-8"))[1]


def _one_reading_statement(db: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = db.extract_statements(sql)
    if len(statements) != 1:
        found = f"{len(statements)} statements" if statements else "none"
        raise CoderError(E431, found=found)
    if statements[0].type not in _READING:
        raise CoderError(E431, found=statements[0].type.name)
    return statements[0]
