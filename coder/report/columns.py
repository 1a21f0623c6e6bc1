"""Events as columns of small numbers, for the page's table, filters, charts and map.

Every column has one entry for each event, the newest reports first. Text stands once, in a
list beside the columns, and a column holds indexes into it; -1 is unknown. Days count from
1970-01-01.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from coder.report.names import Names, country_name, shape_id
from coder.report.packing import NONE, indexed
from coder.report.tables import Tables

Json = dict[str, Any]
FLAGS = (
    *("attempted", "intercepted", "hedged", "disputed", "background", "reciprocal"),
    *("toll shared", "toll in words", "toll disputed"),
)
"""What the bits of the column `flags` say, from the lowest."""

_DIGITS = 3
"""Decimals of coordinates on the map: about 100 metres."""


def event_columns(tables: Tables, names: Names) -> Json:
    """The columns and their lists. `sources` and `targets` index lists of actors."""
    events = tables.events
    types, type_at = indexed(events["type"])
    countries, country_at = indexed(events["country"])
    precisions, precision_at = indexed(events["date_precision"])
    places, place_at = _places(events)
    actors, combos, sides = _sides(tables)
    days = events["date_start"].to_physical()
    return {
        "n": events.height,
        "flag_names": FLAGS,
        "types": [[name, names.type_label(name)] for name in types],
        "countries": [[code, country_name(code), shape_id(code)] for code in countries],
        "precisions": precisions,
        "places": places,
        "actors": actors,
        "combos": combos,
        "books": _books(tables),
        "day": days.to_list(),
        "days": (events["date_end"].to_physical() - days).to_list(),
        "precision": precision_at,
        "type": type_at,
        "country": country_at,
        "place": place_at,
        **sides,
        "killed": events["fatalities_best"].to_list(),
        "killed_low": events["fatalities_low"].to_list(),
        "killed_high": events["fatalities_high"].to_list(),
        "injured": events["injured_best"].to_list(),
        "articles": events["n_articles"].to_list(),
        "flags": _flags(events),
    }


def _places(events: pl.DataFrame) -> tuple[list[list[Any]], list[int]]:
    """Places as [name, first level, country, latitude, longitude, level], and each event's."""
    parts = ["place", "admin1", "country", "latitude", "longitude", "geo_level"]
    key = pl.concat_str([pl.col(p).cast(pl.String).fill_null("") for p in parts], separator="\t")
    rounded = events.select(
        *parts[:3], pl.col("latitude", "longitude").round(_DIGITS), "geo_level"
    ).with_columns(pl.when(pl.col("geo_level").is_not_null()).then(key).alias("key"))
    keys, at = indexed(rounded["key"])
    first = rounded.drop_nulls("key").unique("key", keep="first").sort("key")
    assert first["key"].to_list() == keys
    return [list(row) for row in first.select(parts).rows()], at


def _sides(tables: Tables) -> tuple[list[list[str | None]], list[list[int]], Json]:
    """Actors as [name, CAMEO code], lists of them that act together, and the two columns."""
    chosen = tables.actors.filter(pl.col("side").is_in(["source", "target"])).with_columns(
        pl.concat_str("name", pl.lit("\t"), pl.col("cameo").fill_null("")).alias("key")
    )
    keys, at = indexed(chosen["key"])
    grouped = (
        chosen.with_columns(pl.Series("actor", at, dtype=pl.Int32))
        .group_by("row", "side", maintain_order=True)
        .agg(pl.col("actor").unique(maintain_order=True).cast(pl.String).str.join(" "))
    )
    lists, list_at = indexed(grouped["actor"])
    grouped = grouped.with_columns(pl.Series("list", list_at, dtype=pl.Int32))
    actors = [[name, code or None] for name, _, code in (k.partition("\t") for k in keys)]
    columns = {
        side: _column(grouped.filter(pl.col("side") == side), tables)
        for side in ("source", "target")
    }
    return actors, [[int(a) for a in text.split()] for text in lists], columns


def _column(grouped: pl.DataFrame, tables: Tables) -> list[int]:
    """The value of `list` for each event, NONE where there is no row."""
    joined = tables.events.select("row").join(
        grouped.select("row", "list"), on="row", how="left", maintain_order="left"
    )
    return joined["list"].fill_null(NONE).to_list()


def _books(tables: Tables) -> list[Json]:
    """For each codebook its codes with labels, lists of codes that stand together, a column."""
    out = []
    for (book,), rows in sorted(tables.codings.group_by("codebook")):
        codes, at = indexed(rows["code"])
        labels: Mapping[str, str | None] = dict(rows.select("code", "label").rows())
        grouped = (
            rows.with_columns(pl.Series("at", at, dtype=pl.Int32))
            .sort("row", "at")
            .group_by("row", maintain_order=True)
            .agg(pl.col("at").cast(pl.String).str.join(" "))
        )
        lists, list_at = indexed(grouped["at"])
        grouped = grouped.with_columns(pl.Series("list", list_at, dtype=pl.Int32))
        out.append(
            {
                "id": book,
                "codes": [[code, labels.get(code) or code] for code in codes],
                "combos": [[int(c) for c in text.split()] for text in lists],
                "at": _column(grouped, tables),
            }
        )
    return out


def _flags(events: pl.DataFrame) -> list[int]:
    basis = pl.col("fatalities_basis")
    tests = (
        pl.col("status") == "attempted",
        pl.col("completion") == "intercepted",
        *(pl.col(name) for name in ("hedged", "disputed", "background", "reciprocal")),
        *((basis == name).fill_null(False) for name in ("shared", "words", "range")),
    )
    bits = [test.cast(pl.Int32) * 2**n for n, test in enumerate(tests)]
    return events.select(pl.sum_horizontal(bits).alias("flags"))["flags"].to_list()
