"""ACLED's order of the two sides of a merged event: which of ours is its first actor."""

from __future__ import annotations

import json

import polars as pl

from coder.coding.code import ACLED
from coder.coding.inter import kind_of, turned
from coder.types import Actor

ACTOR1 = "actor1_is"
"""Key of `extra`, written where it is `target`: the side of ours that ACLED names first."""


def with_order(codings: pl.DataFrame, events: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """`codings` with `actor1_is` in the `extra` of ACLED's codes, from merged `events` and
    `event_actors`: the kinds of actors in `inter1` and `inter2` say which side stands first."""
    ours = codings.filter(pl.col("codebook") == ACLED).select("event_id")
    kinds = _kinds(ours, events, actors)

    def told(row: dict[str, str]) -> str:
        extra = json.loads(row["extra"] or "{}")
        sides = (kinds.get((row["event_id"], side)) for side in ("source", "target"))
        if not turned(extra.get("inter1"), extra.get("inter2"), *sides):
            return row["extra"]
        return json.dumps(extra | {ACTOR1: "target"}, ensure_ascii=False, sort_keys=True,
                          separators=(",", ":"))  # fmt: skip

    said = pl.struct("event_id", "extra").map_elements(told, return_dtype=pl.String)
    return codings.with_columns(
        extra=pl.when(pl.col("codebook") == ACLED).then(said).otherwise("extra")
    )


def _kinds(
    ours: pl.DataFrame, events: pl.DataFrame, actors: pl.DataFrame
) -> dict[tuple[str, str], str | None]:
    """ACLED's kind of each side of each event: that of its first actor with any."""
    rows = (
        actors.filter(pl.col("side").is_in(["source", "target"]))
        .join(ours, on="event_id", how="semi")
        .join(events.select("event_id", at="country"), on="event_id")
        .sort("event_id", "side", "position")
    )
    kinds: dict[tuple[str, str], str | None] = {}
    for a in rows.iter_rows(named=True):
        key = (a["event_id"], a["side"])
        if kinds.get(key) is None:
            actor = Actor(
                a["text"], a["name"], a["cameo"], a["country"], a["role"], a["group_id"],
                frozenset((a["kinds"] or "").split(";")) - {""},
            )  # fmt: skip
            kinds[key] = kind_of(actor, a["at"])
    return kinds
