"""`coder query` and `coder verify`: datasets that were built."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import app, write
from coder.tables.verify import verify as verify_build

DATASET = Path("outputs/seeds")


@app.command()
def verify(
    dataset: Annotated[Path, typer.Argument(help="A dataset, or one build of it.")],
) -> None:
    """Read every table of a dataset and compare its digest with the manifest.

    Equal digests mean equal rows, on any machine. The exit code is 1 where something differs.

    Example:

        coder verify outputs/news
    """
    digest, findings = verify_build(dataset)
    for finding in findings:
        write(finding)
    if findings:
        raise typer.Exit(1)
    write(digest)
