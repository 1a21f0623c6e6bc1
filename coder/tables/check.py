"""Checks of whole tables: rows that fail become rejects, and so does what refers to them.

pandera runs a model's checks only on a collected frame (of a `LazyFrame` it sees the schema
alone), so `check` takes a `DataFrame`. A frame with wrong columns or dtypes is a fault of the
program, not of a row, and always stops.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandera.errors
import polars as pl

from coder.errors import E401, E402, E403, E404, E405, E406, E407, E410, CoderError, Message
from coder.tables.models import FOREIGN_KEYS, INTERIM, KEYS, TABLES, ForeignKey, dtypes, schema
from coder.types import Reject

Codes = Mapping[str, Collection[str]]
"""Codebook id to the codes that it has."""

CHILDREN_NEEDED = (("events", "event_mentions", "event_id"),)
"""A row of the first table needs a row of the second: every event has a sentence behind it."""

SHOWN = 80


def check(
    table: str,
    df: pl.DataFrame,
    *,
    codes: Codes | None = None,
    strict: bool = False,
) -> tuple[pl.DataFrame, list[Reject]]:
    """The rows of `df` that keep every check of the table's model, and a reject for each failure.

    Of rows with one key the first by all its values is kept, so that the result does not hang
    on the order of rows. With `codes`, each code of `codings` must be one of its codebook's.
    Raises E402 where columns or dtypes are wrong, E407 where `strict` and any row fails.

    >>> from coder.tables.models import frame
    >>> good, rejects = check("event_mentions", frame("event_mentions"))
    >>> good.height, rejects
    (0, [])
    """
    _columns_fit(table, df)
    bad, rejects = _row_failures(table, df)
    if table == "codings" and codes is not None:
        unknown = _unknown_codes(df, codes)
        rejects += unknown[1]
        bad |= unknown[0]
    good = df if not bad else _without(df, bad)
    good, doubled = _first_of_each_key(table, good)
    rejects += doubled
    if strict and rejects:
        raise CoderError(E407, place=rejects[0].place, n=len(rejects), first=rejects[0].message)
    return good, rejects


def check_tables(
    tables: Mapping[str, pl.DataFrame],
    *,
    codes: Codes | None = None,
    strict: bool = False,
) -> tuple[dict[str, pl.DataFrame], list[Reject]]:
    """`check` on each table, then the foreign keys among those that are given.

    A row whose parent is missing or was removed is removed too, and so on down; an event that
    loses its last mention goes as well. A parent table that is not given is not looked into.
    """
    good: dict[str, pl.DataFrame] = {}
    rejects: list[Reject] = []
    for table in [name for name in TABLES if name in tables]:
        good[table], failed = check(table, tables[table], codes=codes)
        rejects += failed
    for name in tables:
        if name not in TABLES:
            raise CoderError(E410, table=name, known=", ".join(TABLES))
    while True:
        lost = _remove_orphans(good)
        if not lost:
            break
        rejects += lost
    if strict and rejects:
        raise CoderError(E407, place=rejects[0].place, n=len(rejects), first=rejects[0].message)
    return good, rejects


def missing_parents(key: ForeignKey, child: pl.DataFrame, parent: pl.DataFrame) -> pl.DataFrame:
    """Rows of `child` whose reference is fully known and is no row of `parent`."""
    referring = child.filter(pl.all_horizontal(pl.col(key.columns).is_not_null()))
    return referring.join(
        parent.select(key.parent_columns),
        left_on=list(key.columns),
        right_on=list(key.parent_columns),
        how="anti",
    )


def _columns_fit(table: str, df: pl.DataFrame) -> None:
    if table not in TABLES and table not in INTERIM:
        raise CoderError(E410, table=table, known=", ".join(TABLES))
    want = dtypes(table)
    problems = [f"{c} is missing" for c in want if c not in df.columns]
    problems += [f"{c} is not a column of it" for c in df.columns if c not in want]
    problems += [
        f"{c} is {df.schema[c]}, not {want[c]}"
        for c in df.columns
        if c in want and df.schema[c] != want[c]
    ]
    if problems:
        raise CoderError(E402, table=table, problem="; ".join(problems))


def _row_failures(table: str, df: pl.DataFrame) -> tuple[set[int], list[Reject]]:
    model = schema(table)
    try:
        model.validate(df, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
    else:
        return set(), []
    bad: set[int] = set()
    rejects: list[Reject] = []
    for case in cases.sort("index", "column", "check").iter_rows(named=True):
        if case["index"] is None:
            raise CoderError(E402, table=table, problem=f"{case['column']}: {case['check']}")
        if case["check"] == "multiple_fields_uniqueness":
            continue
        row = df.row(case["index"], named=True)
        over_columns = case["column"] not in row
        column = "" if over_columns else case["column"]
        bad.add(case["index"])
        rejects.append(
            _reject(
                E401,
                place(table, row, column),
                row,
                column=column or "The row",
                value=_involved(row, case["check"]) if over_columns else _short(row[column]),
                check=case["check"],
            )
        )
    return bad, rejects


def _first_of_each_key(table: str, df: pl.DataFrame) -> tuple[pl.DataFrame, list[Reject]]:
    keys = list(KEYS[table])
    twice = df.select(pl.struct(keys).is_duplicated()).to_series()
    if not twice.any():
        return df, []
    index = df.with_row_index("__row").filter(twice)
    rest = [c for c in df.columns if c not in keys]
    later = index.sort([*keys, *rest]).filter(~pl.struct(keys).is_first_distinct())
    rejects = []
    for row in later.iter_rows(named=True):
        value = ", ".join(str(row[k]) for k in keys)
        rejects.append(_reject(E404, place(table, row), row, value=value))
    return _without(df, set(later["__row"])), rejects


def _unknown_codes(df: pl.DataFrame, codes: Codes) -> tuple[set[int], list[Reject]]:
    pairs = [(book, code) for book, known in codes.items() for code in known]
    known = pl.DataFrame(
        pairs, schema={"codebook": pl.String, "code": pl.String}, orient="row"
    ).unique()
    rows = df.with_row_index("__row").join(known, on=["codebook", "code"], how="anti")
    rejects = [
        _reject(
            E405,
            place("codings", row, "code"),
            row,
            codebook=row["codebook"],
            value=row["code"],
        )
        for row in rows.iter_rows(named=True)
    ]
    return set(rows["__row"]), rejects


def _remove_orphans(good: dict[str, pl.DataFrame]) -> list[Reject]:
    """One pass over the references; changes `good`."""
    rejects: list[Reject] = []
    for ref in FOREIGN_KEYS:
        if ref.table not in good or ref.parent not in good:
            continue
        lost = missing_parents(ref, good[ref.table], good[ref.parent])
        if lost.is_empty():
            continue
        keys = list(KEYS[ref.table])
        good[ref.table] = good[ref.table].join(lost, on=keys, how="anti", nulls_equal=True)
        for row in lost.iter_rows(named=True):
            value = ", ".join(str(row[c]) for c in ref.columns)
            at = place(ref.table, row, ref.columns[0])
            names = ", ".join(ref.columns)
            rejects.append(_reject(E403, at, row, columns=names, value=value, parent=ref.parent))
    for table, child, on in CHILDREN_NEEDED:
        if table not in good or child not in good:
            continue
        lost = good[table].join(good[child], on=on, how="anti")
        good[table] = good[table].join(lost, on=on, how="anti")
        rejects += [
            _reject(E406, place(table, row), row, child=child) for row in lost.iter_rows(named=True)
        ]
    return rejects


def place(table: str, row: Mapping[str, object], column: str = "") -> str:
    """Where a value stands: `table[key].column`.

    >>> place("sentences", {"article_id": "a1", "sentence": 3}, "start")
    'sentences[a1,3].start'
    """
    at = ",".join(str(row[k]) for k in KEYS[table])
    return f"{table}[{at}]" + (f".{column}" if column else "")


def _reject(message: Message, at: str, row: Mapping[str, object], **fields: object) -> Reject:
    article = row.get("article_id")
    text = f"{message.text.format(**fields)} {message.fix.format(**fields)}"
    return Reject("write", message.code, text, at, str(article) if article else None)


def _involved(row: Mapping[str, object], rule: str) -> str:
    """The values of the columns that a rule over several columns names."""
    words = rule.replace(",", " ").split()
    return ", ".join(f"{c}={_short(row[c])}" for c in row if c in words)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def _without(df: pl.DataFrame, rows: set[int]) -> pl.DataFrame:
    return df.with_row_index("__row").filter(~pl.col("__row").is_in(sorted(rows))).drop("__row")
