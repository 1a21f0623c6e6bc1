"""`coder code` and `coder explain`: single texts."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from coder.cli._app import Codebook, Json, Model, app, options, write
from coder.cli._explained import render
from coder.errors import E606, E607, CoderError
from coder.explain import explain as explain_text
from coder.lines import AT_ONCE, code_lines
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Coder


@app.command()
def code(
    codebook: Codebook = None,
    model: Model = DEFAULT_MODEL,
    all_: Annotated[
        bool, typer.Option("--all", help="Also mentions that are no events: denied, planned ...")
    ] = False,
) -> None:
    """Code JSON lines from standard input, a JSON line for each on standard output.

    A line is {"id": ..., "published": "2024-02-03", "text": "a sentence or an article"}. The
    answer is {"id": ..., "events": [...]}, or {"id": ..., "error": {"code", "message"}} where
    the line cannot be read. docs/contract.md lists the keys of an event.

    Example:

        coder code < texts.jsonl > events.jsonl
    """
    coder = Coder(options(codebook, model))
    lines = (line for line in sys.stdin.buffer if line.strip())
    for n, answer in enumerate(code_lines(coder, lines, everything=all_), 1):
        write(json.dumps(answer, ensure_ascii=False))
        if n % AT_ONCE == 0:
            sys.stdout.flush()


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence, or a short text, in quotes.")],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="Day of publication; default: today."),
    ] = None,
    codebook: Codebook = None,
    model: Model = DEFAULT_MODEL,
    json_: Json = False,
) -> None:
    """Show how a sentence is coded and why.

    Its parse; each rule that fired, with its slots; each rule whose trigger stands there but
    whose conditions do not hold, with the one that failed; and the events.

    Example:

        coder explain "Jets bombed Homs on Friday, killing four." --published 2024-02-03
    """
    if not sentence.strip():
        raise CoderError(E607)
    shown = explain_text(Coder(options(codebook, model)), sentence, _day(published))
    if json_:
        write(json.dumps(shown.to_json(), ensure_ascii=False, indent=1, default=str))
    else:
        write(render(shown))


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CoderError(E606, place="--published", value=text) from None
