"""`coder report` and `coder docs`: pages for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import Model, app, options, say
from coder.cli.datasets import DATASET
from coder.evaluate.by_code import scores_by_code
from coder.evaluate.score import score as score_gold
from coder.examples import examples_of
from coder.lines import code_lines
from coder.parsing.cache import ParseCache, mend
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Coder
from coder.report.codebook_entries import Score, entries
from coder.report.codebook_names import names_for
from coder.report.codebook_page import write_pages
from coder.report.html import PAGE_MARK, check_ours
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
            "--codebook",
            "-c",
            metavar="FILE",
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
    check_ours(out, PAGE_MARK)
    names = names_for(dataset, codebook or ())
    n = write_report(dataset, out, title=title, names=names, text=not no_text)
    say(f"{n:,} events, {out.stat().st_size / 1e6:.1f} MB -> {out}")


@app.command()
def docs(
    codebook: Annotated[
        str, typer.Argument(help="Id of a codebook that comes along, or a YAML file of yours.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="The folder for the two pages.")
    ] = Path("outputs/codebooks"),
    gold: Annotated[
        Path | None,
        typer.Option("--gold", metavar="GOLD", help="Gold whose half A gives each code its score."),
    ] = None,
    model: Model = DEFAULT_MODEL,
    cache: Annotated[
        Path, typer.Option("--cache", metavar="DIR", help="Folder of the cache of parses.")
    ] = Path("outputs/.parses"),
) -> None:
    """Print a codebook as HTML and Markdown: codes, rules in plain words, coded examples.

    The pages are made of the same files that code, so they cannot say anything else.

    Examples:

        coder docs acled --out pages

        coder docs my_codebook.yaml --gold gold/
    """
    mend(cache)
    coder = Coder(options([codebook], model), ParseCache(cache))
    name = next(iter(coder.books.ontologies), codebook)
    scores: dict[str, Score] = {}
    examples = examples_of(coder, name)
    if gold is not None:
        scored = score_gold(gold, lambda lines: list(code_lines(coder, lines)))
        scores = {
            code: Score(s.found, s.wrong, s.missed, s.f1)
            for code, s in scores_by_code(scored.outcomes, name).items()
        }
    pages = entries(coder.books, name, examples, scores)
    html, markdown = write_pages(pages, out)
    say(f"{len(pages.codes)} codes, {pages.reached} with examples -> {html}, {markdown}")
