"""The command line: thin commands over the library."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.contract import events_of
from coder.errors import CoderError
from coder.evaluate.report import errors as list_errors
from coder.evaluate.score import score as score_gold
from coder.parsing.cache import ParseCache
from coder.pipeline import Coder, Options
from coder.types import Article, Reject

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Code news articles into a dataset of events.")


def code_lines(coder: Coder, lines: Iterable[dict[str, Any]], everything: bool = False, batch: int = 128) -> Iterator[dict[str, Any]]:
    """Contract lines for `{"id","published","text"}` dicts, in order."""
    reader = RecordReader(ReadOptions(check_language=False), "<stdin>")
    pending: list[tuple[Any, Article | Reject]] = []

    def flush() -> Iterator[dict[str, Any]]:
        coded = iter(coder.code([a for _, a in pending if isinstance(a, Article)]))
        for key, got in pending:
            if isinstance(got, Reject):
                yield {"id": key, "error": {"code": got.code, "message": got.message}}
                continue
            one = next(coded)
            if one.rejects:
                yield {"id": key, "error": {"code": one.rejects[0].code, "message": one.rejects[0].message}}
            else:
                yield {"id": key, "events": events_of(one, everything=everything)}
        pending.clear()

    for n, line in enumerate(lines, 1):
        pending.append((line.get("id"), reader.article(line, row=n)))
        if len(pending) >= batch:
            yield from flush()
    yield from flush()


@app.command()
def code(
    codebook: Annotated[list[str] | None, typer.Option("--codebook", "-c")] = None,
    model: str = Options().model,
    all_: Annotated[bool, typer.Option("--all")] = False,
) -> None:
    """Code JSON lines {"id","published","text"} from stdin; write one JSON line for each."""
    coder = Coder(Options(tuple(codebook or Options().codebooks), model))
    lines = (json.loads(line) for line in sys.stdin if line.strip())
    for out in code_lines(coder, lines, all_):
        print(json.dumps(out, ensure_ascii=False))


@app.command()
def score(
    gold: Path,
    json_: Annotated[bool, typer.Option("--json")] = False,
    brief: bool = False,
    errors: str = "",
    set_: Annotated[str, typer.Option("--set")] = "",
    scheme: str = "",
    cache: Path = Path("outputs/.parses"),
) -> None:
    """Score the coder against gold."""
    coder = Coder(cache=ParseCache(cache))
    report = score_gold(gold, lambda lines: list(code_lines(coder, lines)))
    if errors:
        for row in list_errors(report, set_, errors, scheme=scheme or None):
            print(json.dumps(row, ensure_ascii=False))
    elif json_:
        print(json.dumps(report.to_json()))
    else:
        print(report.render(brief=brief))


def main() -> None:
    """Entry point: errors that a user can act on are printed without a traceback."""
    try:
        app()
    except CoderError as error:
        typer.echo(error.render(), err=True)
        raise SystemExit(2) from None
