"""How a column and a check across columns are declared in the models.

`column` is pandera's `Field` with the three texts that every column has: title, description
and unit. `rule` is a check over several columns whose name is the sentence that a user reads
when a row breaks it. Dtypes are kept to String, Int32, Float64, Boolean and Date, which R,
Stata and old versions of DuckDB read alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

COUNTRY = r"^[A-Z]{3}$"
TYPE = r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"
SLOT = r"^[a-z][a-z0-9_]*$"


def column(
    title: str,
    description: str,
    *,
    unit: str | None = None,
    null: bool = False,
    **checks: Any,
) -> Any:
    """A column of a model; `checks` are those of `pandera.polars.Field` (ge, isin, ...).

    `null` says whether the value may be unknown. Example:

    >>> isinstance(column("Start", "First code point.", unit="code points", ge=0), object)
    True
    """
    return pa.Field(
        title=title, description=description, nullable=null, metadata={"unit": unit}, **checks
    )


def key(title: str, description: str, *, null: bool = False) -> Any:
    """A column that holds an id: a string that is never empty."""
    return column(title, description, null=null, str_length={"min_value": 1})


def choice(title: str, description: str, values: object, *, null: bool = False) -> Any:
    """A column whose allowed values are those of a `Literal`.

    >>> from coder.types import GeoLevel
    >>> field = choice("Level", "How exact the place is.", GeoLevel)
    """
    return column(title, description, null=null, isin=list(get_args(values)))


def count(title: str, description: str, unit: str, *, null: bool = False, least: int = 0) -> Any:
    """A column of whole numbers of `unit`, `least` or more."""
    return column(title, description, unit=unit, null=null, ge=least)


def country(title: str, description: str) -> Any:
    """A column of ISO 3166 alpha-3 codes."""
    return column(title, description, unit="ISO 3166-1 alpha-3", null=True, str_matches=COUNTRY)


def rule(name: str, holds: pl.Expr) -> Any:
    """A check over the columns of a row: `holds` is true where the row is right.

    A comparison with an unknown value is null and counts as right.
    """

    def check(_model: type[pa.DataFrameModel], data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds.fill_null(True))

    check.__name__ = name.replace(" ", "_")
    decorate: Callable[..., Any] = pa.dataframe_check
    return decorate(check, name=name, error=name)


def in_order(*columns: str) -> Any:
    """Known values of these columns never fall from left to right."""
    pairs = [pl.col(a) <= pl.col(b) for i, a in enumerate(columns) for b in columns[i + 1 :]]
    holds = pl.all_horizontal([p.fill_null(True) for p in pairs])
    return rule(" <= ".join(columns), holds)


def together(*columns: str) -> Any:
    """These columns are all known or all unknown."""
    first, *rest = columns
    same = [pl.col(first).is_null() == pl.col(c).is_null() for c in rest]
    return rule(f"{', '.join(columns)} are known together", pl.all_horizontal(same))


def is_json(name: str) -> Any:
    """The column holds JSON where it is known."""
    good = pl.col(name).is_null() | pl.col(name).str.json_path_match("$").is_not_null()
    return rule(f"{name} is JSON", good)
