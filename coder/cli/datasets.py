"""`coder query` and `coder verify`: datasets that were built."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import app, write
from coder.store.output import write as write_result
from coder.store.query import query as run_query
from coder.store.query import recipe
from coder.store.recipes import questions
from coder.tables.verify import table_digests
from coder.tables.verify import verify as verify_build

DATASET = Path("outputs/seeds")
WIDE = 200
"""Width of tables that go into a file or another program, in characters."""


@app.command()
def query(
    sql: Annotated[
        str,
        typer.Argument(
            metavar="SQL",
            help="A SELECT, or with --recipe the name of one or its beginning; none lists them.",
        ),
    ] = "",
    dataset: Annotated[
        Path, typer.Option("--dataset", "-d", metavar="DIR", help="The dataset to ask.")
    ] = DATASET,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv or json.")
    ] = "table",
    named: Annotated[
        bool, typer.Option("--recipe", help="SQL is the name of a question of docs/queries.md.")
    ] = False,
    spreadsheet: Annotated[
        bool, typer.Option("--spreadsheet", help="CSV in which no cell is taken for a formula.")
    ] = False,
) -> None:
    """Ask a dataset a question in SQL. Nothing but the dataset can be read, nothing written.

    docs/data-dictionary.md lists tables and columns, docs/queries.md has questions to copy.

    Example:

        coder query "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY n DESC"
    """
    if named and not sql:
        for name, question in questions().items():
            write(f"{name:<24} {question}")
        return
    result = run_query(dataset, recipe(sql) if named else sql)
    text = StringIO(newline="")
    width = None if sys.stdout.isatty() else WIDE
    write_result(result, text, format_, spreadsheet=spreadsheet, width=width)
    write(text.getvalue().removesuffix("\n"))


@app.command()
def verify(
    dataset: Annotated[Path, typer.Argument(help="A dataset, or one build of it.")],
    tables: Annotated[
        bool, typer.Option("--tables", help="Also the digest of each table, to see what differs.")
    ] = False,
) -> None:
    """Read every table of a dataset and compare its digest with the manifest.

    Equal digests mean equal rows, on any machine. The exit code is 1 where something differs.

    Example:

        coder verify outputs/news
    """
    digest, findings = verify_build(dataset)
    for finding in findings:
        write(finding)
    if findings:
        raise typer.Exit(1)
    write(digest)
    if tables:
        for table, its_own in table_digests(dataset).items():
            write(f"{its_own}  {table}")
