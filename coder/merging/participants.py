"""Actors and places of a merged event, from those of its members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from coder.merging.compare import SAME, UNKNOWN, parties_alike
from coder.merging.profile import COUNTRY_LEVEL, LEVELS, party

Row = dict[str, Any]

_MIRROR = {"source": "target", "target": "source"}


def merged_actors(
    event_id: str, members: Iterable[tuple[bool, Iterable[Mapping[str, Any]]]]
) -> list[Row]:
    """Rows of `event_actors` of one event: each participant once on its side.

    `members` are, in the order of founding, whether a member's sides are swapped, and its rows.
    Of two rows of one participant the better known one stays, in the place of the first; one
    whom nobody identifies adds nothing to a side on which somebody stands.
    """
    sides: dict[str, list[Row]] = {}
    for swapped, rows in members:
        standing = {side: list(known) for side, known in sides.items()}
        for row in rows:
            side = _MIRROR.get(row["side"], row["side"]) if swapped else row["side"]
            new = {**row, "event_id": event_id, "side": side}
            if standing.get(side):
                _take_in(sides[side], new)
            else:
                sides.setdefault(side, []).append(new)
    return [
        {**row, "position": position}
        for side in sorted(sides)
        for position, row in enumerate(sides[side])
    ]


def _take_in(known: list[Row], new: Row) -> None:
    one = party(new)
    if not one.identified:
        return
    for n, row in enumerate(known):
        other = party(row)
        if parties_alike(other, one) is SAME or (
            not other.identified and parties_alike(other, one) is UNKNOWN
        ):
            if _knowledge(new) > _knowledge(row):
                known[n] = new
            return
    known.append(new)


def _knowledge(row: Mapping[str, Any]) -> tuple[bool, int, bool]:
    """How well an actor is known: by role beside the country, by code, by group."""
    return bool(row["role"]), len(row["cameo"] or ""), bool(row["group_id"])


def merged_places(event_id: str, members: Iterable[Iterable[Mapping[str, Any]]]) -> list[Row]:
    """Rows of `event_places` of one event: those of the first member, then what others add.

    The first member is the one whose main place is the event's. A place that a listed one lies
    in adds nothing.
    """
    places: list[Row] = []
    for rows in members:
        places += [{**row, "event_id": event_id} for row in rows if not _covered(row, places)]
    return [{**row, "position": position} for position, row in enumerate(places)]


def _covered(row: Mapping[str, Any], places: Iterable[Mapping[str, Any]]) -> bool:
    level = LEVELS[row["geo_level"]]
    for other in places:
        if other["country"] != row["country"]:
            continue
        if level == COUNTRY_LEVEL:
            return True
        if row["geonames_id"] and row["geonames_id"] == other["geonames_id"]:
            return True
        if level == LEVELS["admin1"] and row["admin1"] == other["admin1"]:
            return True
        if row["place"] == other["place"] and row["geo_level"] == other["geo_level"]:
            return True
    return False
