"""`coder score`, `coder compare` and `coder sample`: how good it is, and what changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import Codebook, Json, Model, app, options, say, write
from coder.errors import E609, CoderError
from coder.evaluate.accuracy import render as accuracy_page
from coder.evaluate.compare import compare as compare_results
from coder.evaluate.judged import read_judged
from coder.evaluate.petrarch_records import RecordReport, is_records, score_records
from coder.evaluate.report import KINDS
from coder.evaluate.report import errors as list_errors
from coder.evaluate.sample import write_sample
from coder.evaluate.score import score as score_gold
from coder.evaluate.score import score_file
from coder.lines import code_lines
from coder.parsing.cache import ParseCache, mend
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Coder


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="A file of gold (.jsonl) or a folder of them.")],
    json_: Json = False,
    brief: Annotated[bool, typer.Option("--brief", help="Only the main figures.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="The main figures as a page in Markdown.")
    ] = False,
    errors: Annotated[
        str | None,
        typer.Option("--errors", metavar="KIND", help=f"List errors: {', '.join(KINDS)}, a slot."),
    ] = None,
    set_: Annotated[
        str | None, typer.Option("--set", metavar="NAME", help="The set of gold for --errors.")
    ] = None,
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="S", help="Codes to compare: cameo, plover ..")
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option("--predictions", metavar="FILE", help="Lines of `coder code` to score."),
    ] = None,
    codebook: Codebook = None,
    model: Model = DEFAULT_MODEL,
    cache: Annotated[
        Path, typer.Option("--cache", metavar="DIR", help="Folder of the cache of parses.")
    ] = Path("outputs/.parses"),
) -> None:
    """Score the coder, or a file of predictions, against gold.

    Precision, recall and F with 95 % intervals for each set of gold. Half A of the gold is for
    looking at errors, half B is only scored. GOLD may also be an XML file of PETRARCH's unit-test
    records, to test an imported codebook; --errors all lists those that are not right.

    Examples:

        coder score gold/ --brief

        coder score gold/ --errors missed --set wire
    """
    if is_records(gold):
        mend(cache)
        coder = Coder(options(codebook, model), ParseCache(cache))
        _show_records(_score_records(gold, coder), errors=errors is not None, json_=json_)
        return
    if errors and not set_:
        raise CoderError(E609, place="--errors", needed="--set NAME", command="score")
    if predictions is not None:
        report = score_file(gold, predictions)
    else:
        mend(cache)
        coder = Coder(options(codebook, model), ParseCache(cache))
        report = score_gold(gold, lambda lines: list(code_lines(coder, lines)))
    if errors:
        for row in list_errors(report, set_ or "", errors, scheme=scheme):
            write(json.dumps(row, ensure_ascii=False))
    elif markdown:
        write(accuracy_page(report, datetime.now(UTC).date().isoformat()).rstrip("\n"))
    else:
        write(report.to_json() if json_ else report.render(brief=brief).rstrip("\n"))


def _score_records(gold: Path, coder: Coder) -> RecordReport:
    """The records of a file, compared in the last codebook that the coder has."""
    name = list(coder.books.ontologies)[-1]
    return score_records(gold, lambda lines: list(code_lines(coder, lines)), name)


def _show_records(report: RecordReport, *, errors: bool, json_: bool) -> None:
    if errors:
        for row in report.wrong():
            write(json.dumps(row, ensure_ascii=False))
    else:
        write(report.to_json() if json_ else report.render().rstrip("\n"))


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="A dataset, or a file of `coder code` lines.")],
    new: Annotated[Path, typer.Argument(help="The same kind of thing, made later.")],
    json_: Json = False,
) -> None:
    """Show what is coded otherwise in NEW than in OLD, and by which rules.

    Example:

        coder compare outputs/before outputs/after
    """
    found = compare_results(old, new)
    write(found.to_json() if json_ else found.render().rstrip("\n"))


@app.command()
def sample(
    dataset: Annotated[Path | None, typer.Argument(help="The dataset to draw from.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="CSV", help="The sheet to write.")
    ] = None,
    n: Annotated[
        int, typer.Option("-n", min=1, help="Events, and as many sentences without an event.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same rows.")] = 0,
    judged: Annotated[
        Path | None, typer.Option("--judged", metavar="CSV", help="A sheet that was filled in.")
    ] = None,
) -> None:
    """Draw a sample to check by eye, or read what a filled-in sheet says.

    Write yes or no into the columns that end in _ok, and into event_missed.

    Examples:

        coder sample outputs/news --out sheet.csv -n 50

        coder sample --judged sheet.csv
    """
    if judged is not None:
        write(read_judged(judged).render().rstrip("\n"))
        return
    if dataset is None or out is None:
        needed = "a DATASET and --out CSV, or --judged CSV"
        raise CoderError(E609, needed=needed, command="sample")
    rows = write_sample(dataset, out, events=n, uncoded=n, seed=seed)
    say(f"{rows} rows -> {out}")
