"""Writes a panel as a file, with notes on what each column is and where all events are."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from coder.errors import E729, CoderError
from coder.export.notes import origin, table_notes
from coder.export.text import write_separated
from coder.export.write import Exported, ExportOptions, Target, notes_path, write_frame
from coder.store.panels.panel import Panel
from coder.tables.disk import write_text

ENDINGS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".dta": "dta",
    ".sav": "sav",
    ".jsonl": "jsonl",
}


_ZERO = (
    "0 means that articles were read in the period and no event was found; empty means that no "
    "article was read"
)


def write_panel(panel: Panel, dataset: Path, path: Path, *, replace: bool = False) -> Exported:
    """Writes a panel in the format that the ending of `path` names.

    Parquet and CSV are written piece by piece; Stata and SPSS need the whole table in memory.
    Raises E729 for another ending, E605 where the file is there, E721 without pyreadstat.
    """
    if path.suffix not in ENDINGS:
        raise CoderError(E729, path=path, known=", ".join(ENDINGS))
    name, where = ENDINGS[path.suffix], origin(dataset)
    noted: tuple[str, ...] = ()
    with Target(path, replace) as part:
        if name == "parquet":
            _write_parquet(panel, part)
        elif name == "csv":
            _write_csv(panel, part)
        else:
            noted = write_frame(
                panel.frame(),
                part,
                name,
                where,
                labels=panel.labels,
                options=ExportOptions("panel"),
            )
    size = f"{panel.n_units} units, {panel.n_periods} periods, {panel.rows} rows"
    lines = [
        size,
        _ZERO,
        *(f"{text}: {n}" for text, n in panel.report),
        *noted,
    ]
    text = table_notes(path.name, "panel", where, panel.rows, list(panel.labels.items()), lines)
    write_text(notes_path(path), text)
    return Exported(path, notes_path(path), panel.rows)


def _write_parquet(panel: Panel, path: Path) -> None:
    writer: pq.ParquetWriter | None = None
    try:
        for frame in panel.frames():
            table = frame.to_arrow()
            if writer is None:
                described = [
                    f.with_metadata({"description": panel.labels[f.name]}) for f in table.schema
                ]
                schema = table.schema
                for n, one in enumerate(described):
                    schema = schema.set(n, one)
                writer = pq.ParquetWriter(path, schema, compression="zstd", version="2.6")
            writer.write_table(table.cast(writer.schema))
    finally:
        if writer is not None:
            writer.close()


def _write_csv(panel: Panel, path: Path) -> None:
    with path.open("wb") as out:
        for n, frame in enumerate(panel.frames()):
            write_separated(frame, out, header=n == 0)
