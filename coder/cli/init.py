"""`coder init`: files to start a codebook of one's own from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import app, say
from coder.codebook.home import codebooks_dir
from coder.errors import E605, CoderError
from coder.tables.disk import write_text

TEMPLATE = "template"
"""Folder of the files, beside the codebooks."""


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to write into; made if missing.")
    ] = Path(),
) -> None:
    """Write an example codebook of your own, and notes on how to go on.

    Files that are there are never overwritten.

    Example:

        coder init my-study
    """
    files = sorted(f for f in (codebooks_dir() / TEMPLATE).iterdir() if f.is_file())
    for file in files:
        if (folder / file.name).exists():
            raise CoderError(E605, place=str(folder / file.name), path=folder / file.name)
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        write_text(folder / file.name, file.read_text(encoding="utf-8"))
        say(f"wrote {folder / file.name}")
    say(f"Next: coder check {folder / 'my_codebook.yaml'}")
