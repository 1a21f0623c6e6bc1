"""What columns and their values mean, for programs that show labels.

Labels of columns are the titles of the data dictionary; a column with a closed list of values
becomes a number with value labels, which Stata, SPSS and R tabulate and model as categories.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from coder.tables.models import TABLES, schema

OF_VIEWS = {
    "source": "Source: CAMEO code of the first actor that acts",
    "source_name": "Source: name of the first actor that acts",
    "source_country": "Source: its country (ISO 3166-1 alpha-3)",
    "target": "Target: CAMEO code of the first actor acted upon",
    "target_name": "Target: name of the first actor acted upon",
    "target_country": "Target: its country (ISO 3166-1 alpha-3)",
    "sources": "Sources: codes of all, joined with ;",
    "targets": "Targets: codes of all, joined with ;",
    "mirror": "Mirror: the other direction of what both sides do",
    "cameo": "CAMEO code",
    "root": "CAMEO root code",
    "quad_class": "Quad class of CAMEO",
    "goldstein": "Goldstein score of the CAMEO code",
    "plover": "PLOVER event type",
    "plover_modes": "PLOVER modes, joined with ;",
    "plover_contexts": "PLOVER contexts, joined with ;",
    "plover_quad": "Quad class of PLOVER",
    "plover_score": "PLOVER score",
    "sub_event_type": "ACLED sub-event type",
    "event_type": "ACLED event type",
    "disorder_type": "ACLED disorder type",
    "inter1": "ACLED kind of actor 1",
    "inter2": "ACLED kind of actor 2",
    "interaction": "ACLED interaction",
    "actor1": "First actor in ACLED's order",
    "assoc_actor_1": "Further actors of the first side",
    "actor2": "Second actor in ACLED's order",
    "assoc_actor_2": "Further actors of the second side",
    "civilian_targeting": "ACLED: civilians are the target",
    "acled_unit": "ACLED unit: records that ACLED counts as one share it",
    "unit_id": "Unit: records that the codebook counts as one share it",
    "n_records": "Records: events as coded in the unit",
    "fatalities": "Killed: lowest number stated",
    "shared_fatalities": "Killed, stated for several events together",
    "fatalities_rule": "Rule by which the number of killed was chosen",
    "strikes": "Code of the codebook strikes",
}
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
OF_VALUES: dict[str, dict[int, str]] = {"quad_class": QUADS, "plover_quad": QUADS}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A frame for a statistics program: categories as numbers, with the labels of both."""

    frame: pl.DataFrame
    columns: dict[str, str]
    values: dict[str, dict[int, str]] = field(default_factory=dict)


def column_label(name: str, table: str = "events") -> str:
    """The label of a column of a table or view; its name where nothing is known of it.

    >>> column_label("fatalities_low"), column_label("x")
    ('Fewest killed: Lowest number stated.', 'x')
    """
    known = schema(table).columns if table in TABLES else {}
    column = known.get(name) or (None if name in OF_VIEWS else schema("events").columns.get(name))
    if column is not None:
        return f"{column.title}: {column.description}"
    return OF_VIEWS.get(name, name)


def choices(name: str, table: str = "events") -> list[str]:
    """The closed list of values of a column, in the order of its model; empty where it has none.

    >>> choices("date_precision")
    ['day', 'week', 'month', 'year']
    """
    columns = schema(table if table in TABLES else "events").columns
    if name not in columns:
        return []
    for check in columns[name].checks:
        if check.name == "isin":
            return [str(v) for v in check.statistics["allowed_values"]]
    return []


def labelled(df: pl.DataFrame, table: str = "events") -> Labelled:
    """The frame with closed lists as numbers from 1, truth as 0 and 1, and all labels."""
    values: dict[str, dict[int, str]] = {}
    made: list[pl.Expr] = []
    for name, kind in df.schema.items():
        allowed = choices(name, table) if kind == pl.String else []
        if allowed:
            codes = {value: n for n, value in enumerate(allowed, start=1)}
            values[name] = {n: value for value, n in codes.items()}
            made.append(pl.col(name).replace_strict(codes, default=None, return_dtype=pl.Int32))
        elif kind == pl.Boolean:
            values[name] = {0: "no", 1: "yes"}
            made.append(pl.col(name).cast(pl.Int32))
        elif name in OF_VALUES and kind.is_integer():
            values[name] = OF_VALUES[name]
    labels = {name: column_label(name, table) for name in df.columns}
    return Labelled(df.with_columns(made), labels, values)
