"""Unit ids: records that a codebook would count as one event share one.

A codebook with `units` counts one event for a day, a place, a pair of actors and a code, whatever
the number of strikes or clashes, and says which code stands for others there. Other codebooks count
events as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import polars as pl

from coder.codebook.ontology_model import Unit

Units = Mapping[str, Sequence[Unit]]
"""The units of each codebook that has any, by its id."""
UNIT_CODE = "unit_code"
"""Key of `extra` for the code of the whole unit, where another record of it gives the name."""


def with_units(
    codings: pl.DataFrame, events: pl.DataFrame, actors: pl.DataFrame, units: Units
) -> pl.DataFrame:
    """`codings` with `unit_id` set, from merged `events` and `event_actors`.

    An event without a date or country, or of unknown actors, is its own unit: unknown values
    prove nothing. Both orders of a pair are one pair. A record whose unit has the code of another
    one says so in `extra`.
    """
    ours = codings.filter(pl.col("codebook").is_in(list(units)))
    if ours.is_empty():
        return codings.with_columns(unit_id="event_id")
    keyed = _keyed(ours, events, actors, units)
    made = keyed.with_columns(_unit_code=_winners(keyed, units)).with_columns(
        _unit=pl.concat_str("days", "place", "pair", "_unit_code", separator="\x1f").map_elements(
            _hash, return_dtype=pl.String, skip_nulls=True
        )
    )
    told = pl.struct("extra", "code", "_unit_code").map_elements(_told, return_dtype=pl.String)
    mine = made.select("event_id", "codebook", "code", "_unit", _told=told)
    return (
        codings.join(mine, on=["event_id", "codebook", "code"], how="left", maintain_order="left")
        .with_columns(unit_id=pl.coalesce("_unit", "event_id"), extra=pl.coalesce("_told", "extra"))
        .select(codings.columns)
    )


def _keyed(
    codings: pl.DataFrame, events: pl.DataFrame, actors: pl.DataFrame, units: Units
) -> pl.DataFrame:
    """`codings` with `days`, `place` and `pair`, null where they are not known."""
    place = pl.concat_str(
        "country",
        pl.col("admin1").fill_null(""),
        pl.col("place").fill_null("").str.to_lowercase(),
        separator="|",
    )
    days = pl.concat_str(pl.col("date_start", "date_end").cast(pl.String), separator="/")
    keys = events.select("event_id", days=days, place=place)
    known = codings.join(keys, on="event_id", how="left", maintain_order="left")
    apart = [
        (book, code, role)
        for book, rules in units.items()
        for unit in rules
        for code in (*unit.first, *unit.takes)
        for role in unit.roles_apart
    ]
    left_out = pl.DataFrame(apart, schema=["codebook", "code", "role"], orient="row").cast(
        pl.String
    )
    sides = actors.filter(pl.col("side").is_in(["source", "target"]))
    who = (
        codings.select("event_id", "codebook", "code")
        .join(sides, on="event_id")
        .join(left_out, on=["codebook", "code", "role"], how="anti")
        .sort("event_id", "codebook", "code", "side", "position")
        .group_by("event_id", "codebook", "code", "side", maintain_order=True)
        .agg(who=pl.coalesce("cameo", "group_id", "name").first())
        .group_by("event_id", "codebook", "code", maintain_order=True)
        .agg(pair=pl.col("who").sort().str.join("+"))
    )
    return known.join(who, on=["event_id", "codebook", "code"], how="left", maintain_order="left")


def _winners(keyed: pl.DataFrame, units: Units) -> pl.Series:
    """The code of each row's unit: its own, or that of the record that stands for it."""
    present: dict[tuple[str | None, ...], set[str]] = {}
    rows = list(keyed.select("codebook", "days", "place", "pair", "code").iter_rows())
    for *key, code in rows:
        present.setdefault(tuple(key), set()).add(code)
    return pl.Series(
        [
            code if None in key else _stands_for(code, present[tuple(key)], units[key[0]])
            for *key, code in rows
        ],
        dtype=pl.String,
    )


def _stands_for(code: str, present: set[str], units: Sequence[Unit]) -> str:
    for unit in units:
        if code in unit.first or code in unit.takes:
            return next((first for first in unit.first if first in present), code)
    return code


def _told(row: Mapping[str, str | None]) -> str | None:
    if row["code"] == row["_unit_code"]:
        return row["extra"]
    extra = json.loads(row["extra"] or "{}") | {UNIT_CODE: row["_unit_code"]}
    return json.dumps(extra, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
