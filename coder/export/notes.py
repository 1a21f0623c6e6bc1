"""The notes beside an export: what it was made of, by what, and what is empty in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.errors import CoderError
from coder.export.layout import DISCLAIMER, Layout
from coder.tables.dataset import MANIFEST, find_build
from coder.tables.manifest import Manifest, read_manifest


@dataclass(frozen=True, slots=True)
class Origin:
    """A dataset and the manifest of its build, where it has one."""

    dataset: Path
    manifest: Manifest | None

    def lines(self) -> list[str]:
        """What made the dataset, a line each, without a path of this machine."""
        m = self.manifest
        if m is None:
            return ["- Dataset: a database without a manifest beside it"]
        model = f"{m.model.name} {m.model.version}" if m.model else "none"
        books = ", ".join(f"{b.id} {b.version}" for b in m.codebooks if b.version) or "none"
        return [
            f"- Build: {m.build_id}",
            f"- Digest of the dataset: {m.digest}",
            f"- event-coder: {m.versions.get('coder', 'unknown')}",
            f"- Codebooks: {books}",
            f"- Model: {model}",
        ]


def origin(dataset: Path) -> Origin:
    """Where a dataset comes from: a folder of builds, one build, or a database file."""
    folder = dataset.parent if dataset.suffix == ".duckdb" else find_build(dataset)
    try:
        return Origin(dataset, read_manifest(folder / MANIFEST))
    except CoderError:
        return Origin(dataset, None)


def layout_notes(
    layout: Layout, origin: Origin, file: str, rows: int, left_out: int, always: Iterable[str] = ()
) -> str:
    """The notes of an export in the columns of another project, as Markdown."""
    parts = [
        f"# Notes on {file}",
        "",
        DISCLAIMER.format(title=layout.title),
        "",
        *origin.lines(),
        f"- Rows: {rows}; one row is {layout.row}",
    ]
    if left_out:
        parts.append(f"- Left out: {left_out} row(s) where {layout.left_out}")
    if not layout.header:
        parts.append("- No line of column names, as in the files of that project")
    parts += [f"- {line}" for line in always]
    parts += ["", "| n | column | state | note |", "|---|---|---|---|"]
    for n, field in enumerate(layout.fields, start=1):
        state = "always empty" if field.value is None else "filled where known"
        parts.append(f"| {n} | {field.name} | {state} | {field.note} |")
    return "\n".join(parts) + "\n"


def table_notes(
    file: str, table: str, origin: Origin, rows: int, columns: Sequence[tuple[str, str]],
    always: Iterable[str] = (),
) -> str:  # fmt: skip
    """The notes of an export of a table or view, as Markdown."""
    parts = [
        f"# Notes on {file}",
        "",
        f"The table `{table}` of a dataset made by event-coder.",
        "",
        *origin.lines(),
        f"- Rows: {rows}",
        *(f"- {line}" for line in always),
        "",
        "| column | meaning |",
        "|---|---|",
        *(f"| {name} | {meaning} |" for name, meaning in columns),
    ]
    return "\n".join(parts) + "\n"
