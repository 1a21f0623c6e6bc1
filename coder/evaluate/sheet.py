"""The CSV sheet of a sample: its columns, and cells that a spreadsheet never runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from coder.errors import E506, CoderError
from coder.harmless import is_formula

JUDGEMENTS = (
    *("type_ok", "source_ok", "target_ok", "date_ok", "place_ok", "fatalities_ok"),
    "event_missed",
)
COLUMNS = (
    *("kind", "event_id", "sentence", "type", "codes", "source", "target", "date", "country"),
    *("place", "fatalities", "rule", "stratum", "weight"),
    *JUDGEMENTS,
    "note",
)
_YES = frozenset({"1", "y", "yes", "true", "ok", "x"})
_NO = frozenset({"0", "n", "no", "false"})


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before = + - @ tab.

    >>> safe_cell("=1+1"), safe_cell("fine")
    ("'=1+1", 'fine')
    """
    return f"'{text}" if is_formula(text) else text


def plain_cell(cell: str) -> str:
    """The text of a cell that `safe_cell` wrote.

    >>> plain_cell("'=1+1"), plain_cell("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and is_formula(cell[1:]) else cell


def write_sheet(path: str | Path, rows: Iterable[Mapping[str, object]]) -> int:
    """Write a sheet and return its number of rows. Missing values are empty cells.

    The byte order mark lets spreadsheets see that it is UTF-8.
    """
    listed = list(rows)
    with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in listed:
            cells = ((name, row.get(name)) for name in COLUMNS)
            writer.writerow({k: safe_cell("" if v is None else str(v)) for k, v in cells})
    return len(listed)


def read_sheet(path: str | Path) -> list[dict[str, str]]:
    """The rows of a sheet, filled in or not. Raises CoderError E506."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise CoderError(E506, place=str(path), why=f"no column {', '.join(missing)}")
            return [{k: plain_cell(row[k] or "") for k in COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise CoderError(E506, place=str(path), why=str(problem)) from problem


def judgement(row: Mapping[str, str], column: str, place: str) -> bool | None:
    """A person's yes or no, None where the cell is empty. Raises CoderError E506.

    >>> judgement({"type_ok": "Y"}, "type_ok", "sheet.csv:2")
    True
    """
    said = row[column].strip().casefold()
    if not said:
        return None
    if said in _YES or said in _NO:
        return said in _YES
    raise CoderError(E506, place=place, why=f"{column} is {row[column]!r}, not yes or no")
