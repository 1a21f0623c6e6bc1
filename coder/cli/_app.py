"""The Typer app, the options that several commands share, and small helpers."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from coder.codebook.load import DEFAULT_CODEBOOKS
from coder.harmless import visible, visible_lines
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Options

app = typer.Typer(
    name="coder",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Code news articles into a checked dataset of political events.\n\n"
    "Begin with `coder build ARTICLES --out DIR`, then `coder query`. Words and codes are in "
    "YAML codebooks; `coder init` writes one of your own to start from.",
)

Codebook = Annotated[
    list[str] | None,
    typer.Option(
        "--codebook",
        "-c",
        metavar="ID",
        help="A codebook to code with: an id that comes with the program, or the path of a YAML "
        "file of yours or of the folder of an imported one. May be given several times. "
        f"Default: {', '.join(DEFAULT_CODEBOOKS)}.",
    ),
]
Model = Annotated[
    str, typer.Option("--model", metavar="NAME", help="An English spaCy pipeline with a parser.")
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]


def options(codebook: list[str] | None, model: str = DEFAULT_MODEL) -> Options:
    """The options of a coder from those of a command."""
    return Options(tuple(codebook or DEFAULT_CODEBOOKS), model)


def say(text: str) -> None:
    """A line for people, on stderr, so that standard output holds results only."""
    typer.echo(visible(text), err=True)


def write(text: str) -> None:
    """A line of a result, or several, in UTF-8 whatever the terminal.

    What goes to a terminal does not steer it; what goes elsewhere stays as it is.
    """
    if sys.stdout.isatty():
        text = visible_lines(text)
    out: Any = getattr(sys.stdout, "buffer", None)
    if out is None:
        sys.stdout.write(text + "\n")
    else:
        out.write(text.encode("utf-8", "replace") + b"\n")
