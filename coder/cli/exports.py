"""`coder export`: datasets as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import app, say
from coder.cli.datasets import DATASET
from coder.export.write import FORMATS, WIDE, ExportOptions
from coder.export.write import export as run_export

Dataset = Annotated[
    Path, typer.Option("--dataset", "-d", metavar="DIR", help="The dataset to read.")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace files of the same name that are there.")
]


@app.command()
def export(
    name: Annotated[str, typer.Argument(metavar="FORMAT", help=f"{', '.join(FORMATS)}.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the file and its notes.")
    ],
    dataset: Dataset = DATASET,
    table: Annotated[
        str,
        typer.Option(
            "--table", metavar="NAME", help="Table or view for csv, dta, sav, geoparquet, jsonl."
        ),
    ] = WIDE,
    header: Annotated[
        bool, typer.Option("--header", help="Names of columns also where the format has none.")
    ] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="Leave texts that look like formulas as they are.")
    ] = False,
    replace: Replace = False,
) -> None:
    """Write a dataset as a file for another program, with notes beside it.

    acled, gdelt, icews, polecat and phoenix have the columns of these projects; ids and names of
    files say that the rows are machine-coded and none of that project's data. csv, dta (Stata), sav
    (SPSS), geoparquet and jsonl hold a table or view. The notes say what is empty and why.

    Example:

        coder export acled --dataset outputs/news --out exports
    """
    options = ExportOptions(table, exact, True if header else None, replace)
    made = run_export(dataset, name, out, options)
    left = f", {made.left_out} left out" if made.left_out else ""
    say(f"{made.rows} rows{left} -> {made.path} (notes: {made.notes.name})")
