"""Text files: CSV, tab-separated, JSON lines.

A spreadsheet runs a cell that begins like a formula; such texts get a ' before them, unless the
file is to be exact. Numbers stay as they are, negative ones too.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Literal

import polars as pl

from coder.harmless import FORMULA

_BREAKS = r"[\t\r\n\x0b\x0c\x1c-\x1e\u0085\u2028\u2029]+"


def harmless(df: pl.DataFrame) -> pl.DataFrame:
    """The frame with a ' before each text that a spreadsheet would run.

    >>> harmless(pl.DataFrame({"a": ["=1+1", "a-b", None], "n": [-1, 2, 3]})).rows()
    [("'=1+1", -1), ('a-b', 2), (None, 3)]
    """
    text = pl.col(pl.String)
    quoted = pl.when(text.str.contains(FORMULA)).then(pl.lit("'") + text).otherwise(text)
    return df.with_columns(quoted.name.keep())


def write_separated(
    df: pl.DataFrame,
    path: Path | IO[bytes],
    *,
    separator: Literal[",", "\t"] = ",",
    header: bool = True,
    exact: bool = False,
) -> None:
    """Writes CSV, or tab-separated text, in UTF-8; unknown is an empty cell.

    CSV is quoted where needed. Tab-separated text is not, as its readers expect: tabs and ends of
    lines within a cell become a blank.
    """
    flat = df.with_columns(
        pl.col(name).map_elements(_list_text, return_dtype=pl.String)
        for name, kind in df.schema.items()
        if isinstance(kind, pl.List | pl.Struct)
    )
    if separator == "\t":
        flat = flat.with_columns(pl.col(pl.String).str.replace_all(_BREAKS, " "))
    if not exact:
        flat = harmless(flat)
    flat.write_csv(
        path,
        separator=separator,
        include_header=header,
        quote_style="necessary" if separator == "," else "never",
    )


def _list_text(value: object) -> str:
    parts = value if isinstance(value, list | pl.Series) else [value]
    return ";".join("" if part is None else str(part) for part in parts)


def write_jsonl(df: pl.DataFrame, path: Path) -> None:
    """Writes JSON lines in UTF-8, one object a row; unknown is null."""
    df.write_ndjson(path)
