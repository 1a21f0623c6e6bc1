"""The page `docs/cli.md`, made of the help texts: `python -m coder.cli._docs docs/cli.md`."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from typer.cli import get_docs_for_click
from typer.main import get_command

from coder.cli._commands import app


def page() -> str:
    """The page as Markdown."""
    command = get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="coder")
    lines = (line.rstrip() for line in text.splitlines())
    notes = (
        "Exit codes: 0 all right, 1 findings (`check`, `verify`), 2 an error that you can mend, "
        "130 stopped with Ctrl-C. `--debug` after any command shows the details of an error."
    )
    return "\n".join(lines).rstrip() + f"\n\n## Exit codes\n\n{notes}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8", newline="\n")
