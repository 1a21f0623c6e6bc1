"""`coder report` and `coder docs`: pages for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import app, say
from coder.cli.datasets import DATASET
from coder.report.codebook_names import names_for
from coder.report.page import write_report


@app.command()
def report(
    dataset: Annotated[Path, typer.Argument(help="A dataset, or one build of it.")] = DATASET,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="HTML", help="The page to write.")
    ] = Path("outputs/report.html"),
    title: Annotated[
        str | None, typer.Option("--title", help="Its heading; default: the dataset's name.")
    ] = None,
    codebook: Annotated[
        list[str] | None,
        typer.Option(
            "--codebook", "-c", metavar="FILE",
            help="A codebook file of yours that the dataset was coded with, for its labels.",
        ),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the words of articles out of the page.")
    ] = False,
) -> None:
    """Write a dataset as one HTML page: charts, a map, and every event with its sentence.

    The page needs no network and no server: open it, mail it, put it beside a paper.

    Example:

        coder report outputs/news --out news.html --title "Border closures 2024"
    """
    names = names_for(dataset, codebook or ())
    n = write_report(dataset, out, title=title, names=names, text=not no_text)
    say(f"{n:,} events, {out.stat().st_size / 1e6:.1f} MB -> {out}")
