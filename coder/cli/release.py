"""`coder release`: a folder to publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import app, say
from coder.cli.datasets import DATASET
from coder.cli.exports import Dataset
from coder.export.citation import Credits
from coder.export.release import release as make_release
from coder.export.write import FORMATS


@app.command()
def release(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="A new folder for the release.")
    ],
    title: Annotated[str, typer.Option("--title", help="Title of the dataset.")],
    author: Annotated[
        list[str] | None,
        typer.Option(
            "--author",
            help='"Family name, Given name", or an organisation. May be given several times.',
        ),
    ] = None,
    dataset: Dataset = DATASET,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave texts of articles and sentences out.")
    ] = False,
    licence: Annotated[
        str | None,
        typer.Option("--licence", help="Your terms, best as an SPDX id: CC-BY-4.0."),
    ] = None,
    version: Annotated[
        str | None, typer.Option("--version", help="Version of the dataset; else its build.")
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"Exports to add: {', '.join(FORMATS)}. May be given several times.",
        ),
    ] = None,
    codebook: Annotated[
        list[Path] | None,
        typer.Option(
            "--codebook", "-c", metavar="FILE", help="A codebook of yours, as the build read it."
        ),
    ] = None,
) -> None:
    """Write a dataset as a folder to publish.

    It holds tables, database, data dictionary, codebooks, the terms of each file, CITATION.cff and
    a BibTeX entry with the versions of program, codebooks and model and the dates of the corpus.

    Example:

        coder release --out release --title "Strikes in the news" --author "Doe, Jane" --no-text
    """
    made = make_release(
        dataset,
        out,
        Credits(title, tuple(author or ()), version, licence),
        text=not no_text,
        formats=tuple(format_ or ()),
        codebooks=tuple(codebook or ()),
    )
    for name in made.missing:
        say(f"note: the codebook {name} is not that of the build and is left out; see --codebook")
    say(f"{len(made.files)} files -> {made.path}")
