"""`coder build`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from coder.articles.options import ReadOptions
from coder.build import BuildOptions, BuildResult, Progress, Silent
from coder.build import build as build_dataset
from coder.cli._app import Codebook, Model, app, options, say
from coder.cli._progress import Bar
from coder.errors import E441, E603, CoderError
from coder.parsing.cache import LIMIT
from coder.parsing.parse import DEFAULT_MODEL
from coder.salvage import SECONDS

SHOWN = 5
_MB = 1024 * 1024


@app.command()
def build(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATHS",
            help="Files, folders or quoted patterns of articles (.txt .jsonl .csv .tsv .parquet "
            ".xml, also .gz), or - for JSON lines on standard input.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the dataset.")],
    codebook: Codebook = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-w", metavar="N", help="Processes; default: one for each core."),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="local, or ray for the machines of a Ray cluster (docs/scaling.md).",
        ),
    ] = "local",
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            help="An article that takes longer is left out (a long one may take more); 0: no "
            "limit.",
        ),
    ] = SECONDS,
    model: Model = DEFAULT_MODEL,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=NAME",
            help="The column of a field whose name is not found by itself, e.g. text=story. "
            "May be given several times.",
        ),
    ] = None,
    date_format: Annotated[
        str | None,
        typer.Option("--date-format", metavar="FORMAT", help="How dates are written: %d/%m/%Y."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Publisher of articles that name none.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first row that fails a check.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")] = False,
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache",
            help="Take nothing over from builds before, and keep nothing for the next.",
        ),
    ] = False,
    cache_limit: Annotated[
        int,
        typer.Option(
            "--cache-limit", metavar="MB", help="Parses to keep for next time, in megabytes."
        ),
    ] = LIMIT // _MB,
    no_text: Annotated[
        bool,
        typer.Option("--no-text", help="Leave the words of articles out; offsets and URLs stay."),
    ] = False,
) -> None:
    """Code articles into a dataset: Parquet tables and events.duckdb in DIR/latest.

    Every article needs a publication date. Rows that cannot be used are listed in the table
    `rejects` with the reason; the rest is coded. The dataset of before stays until the new one is
    whole.

    Example:

        coder build news/ --out outputs/news
    """
    chosen = BuildOptions(
        coder=options(codebook, model),
        read=ReadOptions(columns(column), date_format, publisher=publisher),
        workers=workers,
        time_limit=time_limit,
        engine=engine,
        strict=strict,
        cache=not no_cache,
        cache_bytes=_bytes(cache_limit),
        keep_text=not no_text,
        command=("coder", *context.obj),
    )
    with Bar() if _on_terminal() and not quiet else _Plain() as progress:
        result = build_dataset(paths, out, chosen, progress)
    if not quiet:
        _tell(result, out)


def _bytes(megabytes: int) -> int:
    if megabytes < 1:
        raise CoderError(E441, place="--cache-limit", value=megabytes)
    return megabytes * _MB


class _Plain(Silent):
    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        return


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def columns(given: list[str] | None) -> dict[str, str]:
    """`field=name` pairs as a dict.

    >>> columns(["text=story"])
    {'text': 'story'}
    """
    pairs = {}
    for pair in given or ():
        name, equals, column = pair.partition("=")
        if not (name and equals and column):
            raise CoderError(E603, place="--column", value=pair)
        pairs[name.strip()] = column.strip()
    return pairs


def _tell(result: BuildResult, out: Path) -> None:
    rows, seconds = result.rows, sum(result.manifest.timings.values())
    say(
        f"{rows('articles')} articles, {rows('sentences')} sentences, {rows('mentions')} mentions, "
        f"{rows('events')} events in {seconds:.1f} s -> {out / 'latest'}"
    )
    for note in result.notes:
        say(f"note: {note}")
    if result.ties:
        say(f"note: rules tied on {sum(result.ties.values())} triggers; coder explain shows why")
    if result.rejects:
        say(f"{len(result.rejects)} rejected (table rejects has all):")
        for reject in result.rejects[:SHOWN]:
            say(f"  {reject.code} at {reject.place}: {reject.message}")
