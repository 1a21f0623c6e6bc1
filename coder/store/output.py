"""Results of queries as a table for a terminal, as CSV or as JSON.

Texts come from newspapers and are not to be trusted: control characters, which could steer a
terminal, are shown as escapes in tables and in JSON; CSV can be made safe for spreadsheets,
which would run a cell that starts like a formula.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TextIO

import pyarrow as pa
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coder.errors import E433, CoderError
from coder.harmless import is_formula, visible

FORMATS = ("table", "csv", "json")

FOLD = 30
"""A table is not made wider for the sake of cells longer than so many characters."""

_CONTROL_IN_JSON = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def write(
    result: pa.Table,
    out: TextIO,
    name: str = "table",
    *,
    spreadsheet: bool = False,
    width: int | None = None,
) -> None:
    """Writes a result in a format of `FORMATS`; raises E433 for another one.

    `spreadsheet` makes CSV safe for spreadsheets, `width` is that of a table in characters.
    """
    if name == "table":
        write_table(result, out, width=width)
    elif name == "csv":
        write_csv(result, out, spreadsheet=spreadsheet)
    elif name == "json":
        write_json(result, out)
    else:
        raise CoderError(E433, name=name, known=", ".join(FORMATS))


def write_table(result: pa.Table, out: TextIO, *, width: int | None = None) -> None:
    """A table for reading, with the number of rows under it.

    Where the columns do not stand side by side in the width, each row is a list of its fields.
    """
    console = Console(file=out, width=width, highlight=False, soft_wrap=False)
    names = [visible(name) for name in result.column_names]
    cells = [["" if v is None else visible(_text(v)) for v in row] for row in _rows(result)]
    if _natural_width(names, cells) <= console.width:
        console.print(_side_by_side(result.schema, names, cells))
    else:
        for n, row in enumerate(cells, start=1):
            console.print(Text(f"row {n}", style="dim"))
            console.print(_fields(names, row))
    rows = result.num_rows
    console.print(Text(f"{rows} row" if rows == 1 else f"{rows} rows", style="dim"))


def _natural_width(names: Sequence[str], cells: Sequence[Sequence[str]]) -> int:
    """Characters that a line of the table needs when long texts are folded."""
    widest = [max(map(cell_len, column)) for column in zip(names, *cells, strict=True)]
    return sum(min(w, FOLD) + 3 for w in widest)


def _side_by_side(schema: pa.Schema, names: Sequence[str], cells: Iterable[Sequence[str]]) -> Table:
    table = Table(header_style="bold", show_edge=False)
    for field, name in zip(schema, names, strict=True):
        kind = field.type
        number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
        number = number or pa.types.is_decimal(kind)
        table.add_column(Text(name), justify="right" if number else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _fields(names: Iterable[str], row: Iterable[str]) -> Table:
    table = Table(show_header=False, show_edge=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, cell in zip(names, row, strict=True):
        table.add_row(Text(name), Text(cell))
    return table


def write_csv(result: pa.Table, out: TextIO, *, spreadsheet: bool = False) -> None:
    """CSV with a header; unknown is an empty cell.

    With `spreadsheet` a text that a spreadsheet would take for a formula gets a ' before it.
    Numbers stay as they are.
    """
    writer = csv.writer(out, lineterminator="\n")
    safe = _not_a_formula if spreadsheet else str
    writer.writerow([safe(name) for name in result.column_names])
    for row in _rows(result):
        writer.writerow(
            ["" if v is None else safe(v) if isinstance(v, str) else _text(v) for v in row]
        )


def write_json(result: pa.Table, out: TextIO) -> None:
    """A JSON list with one object a row, each on its own line; unknown is null."""
    names = result.column_names
    out.write("[")
    for n, row in enumerate(_rows(result)):
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_text)
        out.write(",\n " if n else "\n ")
        out.write(_CONTROL_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", line))
    out.write("\n]\n" if result.num_rows else "]\n")


def _not_a_formula(text: str) -> str:
    return f"'{text}" if is_formula(text) else text


def _rows(result: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in result.to_batches():
        columns = [[_plain(v) for v in _values(column)] for column in batch.columns]
        yield from zip(*columns, strict=True)


def _values(column: pa.Array) -> list[Any]:
    """The values of a column; days and times that Python does not have come as text."""
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError):
        return [_value(cell) for cell in column]


def _value(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except (ValueError, OverflowError):
        pass
    try:
        return cell.cast(pa.string()).as_py()
    except pa.ArrowException:
        return "out of range"


def _plain(value: Any) -> Any:
    """Values that JSON has; sums of DuckDB come as decimals, days become ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
