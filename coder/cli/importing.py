"""`coder import`: dictionaries of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import Json, app, say, write
from coder.codebook.importers.petrarch import (
    QUARANTINE,
    FileSummary,
    Import,
    read_dictionaries,
    summary,
    write_codebook,
)

importing = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Bring dictionaries of other programs over to a codebook.",
)
app.add_typer(importing, name="import")


@importing.callback()
def _group() -> None:
    """Bring dictionaries of other programs over to a codebook."""


@importing.command()
def petrarch(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATHS...", help="Dictionaries, or folders of them (*.txt)."),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="A new folder for the codebook.")
    ],
    codebook_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="Id of the codebook, its column of codes.")
    ] = "petrarch",
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="Title of the codebook.")
    ] = "Imported from PETRARCH dictionaries",
    json_: Json = False,
) -> None:
    """Import dictionaries of PETRARCH or TABARI: verbs, actors, agents, discards and issues.

    What kind a file is follows from its lines. Records that do not parse are set aside in
    quarantine.tsv, with file, line and reason. docs/import.md says what comes over.

    Examples:

        coder import petrarch dictionaries/ --out my-codebook

        coder code --codebook my-codebook < texts.jsonl
    """
    read = read_dictionaries(paths)
    write_codebook(read, out, codebook_id, title)
    if json_:
        import json

        write(json.dumps(summary(read), ensure_ascii=False, indent=1))
    else:
        for line in _lines(read):
            write(line)
    for path in read.left_out:
        say(f"left out: {path} is of no known kind")
    found = [q for quarantine in read.quarantines for q in quarantine.found]
    notes = sum(q.reason.startswith("note: ") for q in found)
    say(f"{len(found) - notes} records set aside, {notes} notes: {out / QUARANTINE}")
    say(f"Next: coder check {out}")


def _lines(read: Import) -> list[str]:
    out = []
    for file in read.files:
        dialect = {"words": " (dialect A: words)", "nouns": " (dialect B: nouns)"}.get(
            file.dialect, ""
        )
        out.append(f"{file.file}: {file.kind}{dialect}")
        out += _counts(file)
    return out


def _counts(file: FileSummary) -> list[str]:
    kinds = dict.fromkeys((*file.counts, *file.aside))
    width = max(map(len, kinds))
    rows = []
    for kind in kinds:
        aside = file.aside.get(kind, 0)
        more = f"  and {aside:,} set aside" if aside else ""
        rows.append(f"  {kind:<{width}}  {file.counts.get(kind, 0):>7,}{more}")
    return rows
