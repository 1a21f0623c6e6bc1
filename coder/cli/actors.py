"""`coder actors`: the dictionaries of actors and what they lack."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from coder.cli._app import app, say, write
from coder.cli.datasets import DATASET, WIDE
from coder.codebook.actors import load_actors
from coder.codebook.agents import load_agents
from coder.codebook.home import codebooks_dir
from coder.errors import E260, E261, CoderError
from coder.store.output import write as write_result
from coder.store.unresolved import COLUMNS, FORMATS, Unknown, as_rows, as_yaml
from coder.store.unresolved import unresolved as find_unresolved

actors = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Look after the dictionaries of actors.",
)
app.add_typer(actors, name="actors")


@actors.callback()
def _group() -> None:
    """Look after the dictionaries of actors."""


@actors.command()
def unresolved(
    dataset: Annotated[Path, typer.Argument(help="A dataset, or one build of it.")] = DATASET,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=1, help="List the N most frequent.")
    ] = 200,
    least: Annotated[
        int, typer.Option("--min", metavar="N", min=1, help="Leave out what stands less often.")
    ] = 1,
    sort: Annotated[
        str, typer.Option("--only", metavar="SORT", help="name or noun; both if not given.")
    ] = "",
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="yaml, csv or table.")
    ] = "yaml",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write to a file that is not there yet."),
    ] = None,
) -> None:
    """List the most frequent names and nouns among sources and targets that no dictionary knows.

    The YAML is ready to be added to codebooks/actors: entries with counts, countries and a
    sentence each, in which `???` stands for the role. docs/actors.md says how to go on.

    Examples:

        coder actors unresolved outputs/news --min 3 --out unknown.yaml

        coder actors unresolved outputs/news --only noun --format csv
    """
    if format_ not in FORMATS:
        raise CoderError(E260, what="format", name=format_, known=", ".join(FORMATS))
    if sort not in ("", "name", "noun"):
        raise CoderError(E260, what="sort", name=sort, known="name, noun")
    if out is not None and out.exists():
        raise CoderError(E261, place=str(out), why="it is there already")
    home = codebooks_dir() / "actors"
    found = find_unresolved(dataset, load_actors(home), load_agents(home), least=least)
    found = [u for u in found if sort in ("", u.sort)]
    text = _text(found[:top], format_, dataset)
    if out is None:
        write(text.removesuffix("\n"))
    else:
        _save(out, text)
    say(f"{len(found)} unknown, {min(top, len(found))} listed")


def _text(found: list[Unknown], format_: str, dataset: Path) -> str:
    if format_ == "yaml":
        return as_yaml(found, dataset.name)
    types = {"n": pa.int64(), "sources": pa.int64()}
    schema = pa.schema([(c, types.get(c, pa.string())) for c in COLUMNS])
    text = StringIO(newline="")
    write_result(pa.Table.from_pylist(as_rows(found), schema), text, format_, width=WIDE)
    return text.getvalue()


def _save(path: Path, text: str) -> None:
    """Write at once: a file of another name is renamed when it is whole."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)  # noqa: PTH105
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CoderError(E261, place=str(path), why=error.strerror or str(error)) from error
