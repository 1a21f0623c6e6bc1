"""Files of Stata (.dta, of version 14, which R's haven reads whole) and SPSS (.sav), with labels.

Written by pyreadstat, which comes with the extra `export`.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Literal

import polars as pl

from coder.errors import E721, CoderError
from coder.export.labels import Labelled

NAME_LIMIT = {"dta": 32, "sav": 64}
LABEL_LIMIT = {"dta": 80, "sav": 256}
VALUE_LIMIT = {"dta": 32_000, "sav": 120}
TEXT_LIMIT = {"dta": 2_000_000, "sav": 32_767}
"""Bytes of a text that a cell can hold."""

RESERVED = frozenset(
    ["_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_skip", "byte", "double",
     "float", "if", "in", "int", "long", "strL", "using", "with", "all", "and", "by", "eq", "ge",
     "gt", "le", "lt", "ne", "not", "or", "to"]
)  # fmt: skip
"""Words that Stata or SPSS take for their own."""


def write_statistics(
    data: Labelled, path: Path, kind: Literal["dta", "sav"], title: str = ""
) -> tuple[str, ...]:
    """Writes a frame with its labels and gives notes of what the format could not hold.

    Unknown numbers and days are missing values; an unknown text is an empty one, since neither
    format has missing texts. Raises E721 where pyreadstat is not installed.
    """
    library = _pyreadstat(kind)
    notes: list[str] = []
    names = short_names(data.frame.columns, kind)
    notes += [
        f"column {old} is named {new}: names of .{kind} have fewer signs"
        for old, new in names.items()
        if old != new
    ]
    frame = _plain(data.frame, kind, notes).rename(names)
    options = {"version": 14} if kind == "dta" else {"row_compress": True}
    writer = library.write_dta if kind == "dta" else library.write_sav
    writer(
        frame,
        str(path),
        file_label=_cut(title, 80 if kind == "dta" else 64),
        column_labels={
            new: _cut(data.columns.get(old, old), LABEL_LIMIT[kind]) for old, new in names.items()
        },
        variable_value_labels={
            names[old]: {n: _cut(text, VALUE_LIMIT[kind]) for n, text in values.items()}
            for old, values in data.values.items()
        },
        **options,
    )
    return tuple(notes)


def short_names(names: list[str], kind: str) -> dict[str, str]:
    """Names that a format takes, all different: letters, digits and _, beginning with a letter.

    >>> short_names(["end", "2x", "a.b"], "dta")
    {'end': 'end', '2x': 'v2x', 'a.b': 'a_b'}
    """
    limit, made, taken = NAME_LIMIT[kind], dict[str, str](), set[str]()
    for name in names:
        base = re.sub(r"\W", "_", name, flags=re.ASCII)
        base = base if re.match(r"[A-Za-z]", base) else f"v{base}"
        base = f"{base}_" if base in RESERVED else base
        short, n = base[:limit], 1
        while short.lower() in taken:
            n += 1
            short = f"{base[: limit - len(str(n)) - 1]}_{n}"
        taken.add(short.lower())
        made[name] = short
    return made


def _plain(df: pl.DataFrame, kind: str, notes: list[str]) -> pl.DataFrame:
    """Only whole numbers, real numbers, days and texts; large whole numbers become real ones."""
    made = []
    for name, dtype in df.schema.items():
        column = pl.col(name)
        if dtype == pl.String:
            made.append(_texts(df, name, kind, notes))
        elif dtype.is_integer():
            top = df[name].abs().max()
            small = top is None or (isinstance(top, int) and top < 2_000_000_000)
            made.append(column.cast(pl.Int32 if small else pl.Float64))
        elif dtype.is_numeric():
            made.append(column.cast(pl.Float64).fill_nan(None))
        elif dtype == pl.Date:
            made.append(column)
        elif dtype == pl.Null:
            made.append(pl.lit("").alias(name))
        elif isinstance(dtype, pl.List | pl.Struct | pl.Array):
            notes.append(f"column {name} is left empty: a cell cannot hold a list")
            made.append(pl.lit("").alias(name))
        else:
            made.append(column.cast(pl.String).fill_null(""))
    return df.select(made)


def _texts(df: pl.DataFrame, name: str, kind: str, notes: list[str]) -> pl.Expr:
    limit = TEXT_LIMIT[kind]
    long = int((df[name].str.len_bytes() > limit).sum())
    if long:
        notes.append(f"column {name}: {long} text(s) cut at {limit} bytes")
    # Neither format can hold a null character, and pyreadstat stops at one.
    whole = pl.col(name).fill_null("").str.replace_all("\x00", "", literal=True)
    return (
        whole.map_elements(lambda t: _cut_bytes(t, limit), return_dtype=pl.String)
        if long
        else whole
    )


def _cut_bytes(text: str, limit: int) -> str:
    return text.encode("utf-8")[:limit].decode("utf-8", "ignore")


def _cut(text: str, limit: int) -> str:
    """A label within its limit in bytes, cut at a word.

    >>> _cut("First day: First day of the event.", 24)
    'First day: First ...'
    """
    if len(text.encode("utf-8")) <= limit:
        return text
    cut = _cut_bytes(text, limit - 4)
    return f"{cut.rpartition(' ')[0] or cut} ..."


def _pyreadstat(kind: str) -> ModuleType:
    try:
        import pyreadstat
    except ImportError as error:
        raise CoderError(E721, package="pyreadstat", what=f".{kind} files") from error
    return pyreadstat
