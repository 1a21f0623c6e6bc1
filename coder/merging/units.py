"""Unit ids: records that a codebook would count as one event share one.

ACLED counts one event for a day, a place, a pair of actors and a sub-event type, whatever the
number of strikes or clashes. Other codebooks count events as they are.
"""

from __future__ import annotations

from hashlib import blake2b

import polars as pl

ACLED = "acled"


def with_units(codings: pl.DataFrame, events: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """`codings` with `unit_id` set, from merged `events` and `event_actors`.

    An event without a date or country, or of unknown actors, is its own unit: unknown values
    prove nothing. Both orders of a pair are one pair.
    """
    pairs = (
        actors.filter(pl.col("side").is_in(["source", "target"]))
        .sort("event_id", "side", "position")
        .group_by("event_id", "side", maintain_order=True)
        .agg(who=pl.coalesce("cameo", "group_id", "name").first())
        .group_by("event_id", maintain_order=True)
        .agg(pair=pl.col("who").sort().str.join("+"))
    )
    place = pl.concat_str(
        "country",
        pl.col("admin1").fill_null(""),
        pl.col("place").fill_null("").str.to_lowercase(),
        separator="|",
    )
    days = pl.concat_str(pl.col("date_start", "date_end").cast(pl.String), separator="/")
    keys = events.select("event_id", days=days, place=place).join(pairs, on="event_id", how="left")
    known = codings.join(keys, on="event_id", how="left", maintain_order="left")
    text = pl.concat_str("days", "place", "pair", "code", separator="\x1f")
    unit = pl.when(pl.col("codebook") == ACLED).then(text)
    hashed = pl.col("__unit").map_elements(_hash, return_dtype=pl.String, skip_nulls=True)
    return (
        known.with_columns(__unit=unit)
        .with_columns(unit_id=pl.coalesce(hashed, "event_id"))
        .select(codings.columns)
    )


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
