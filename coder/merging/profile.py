"""What merging knows of one article's event: who, where, when, how many, in comparable form.

Profiles are made of a few rows at a time (the events of one day), so that memory does not grow
with the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LEVELS: Mapping[str, int] = {
    "exact": 0,
    "town": 1,
    "sea": 1,
    "admin2": 2,
    "admin1": 3,
    "country": 4,
}
"""Levels of places from the finest to the coarsest."""

COMPARED = (
    *("event_id", "article_id", "published", "type", "reciprocal"),
    *("date_start", "date_end", "date_precision", "date_basis"),
    *("country", "admin1", "place", "latitude", "longitude", "geo_level", "geo_basis"),
    *("fatalities_low", "fatalities_best", "fatalities_high", "fatalities_basis"),
)
"""Columns of `article_events` by which events are compared."""

COUNTRY_LEVEL = LEVELS["country"]

_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
_ARMED = frozenset({"REB", "INS", "SEP", "RAD", "UAF", "CRM"})
_LEAST_CODE = 6
"""A code without a country names somebody from two parts up: IGOUNO, but not REB or NGO."""


@dataclass(frozen=True, slots=True)
class Party:
    """A participant. `camp` is state, armed or civil by its CAMEO role, None without one.

    `code` is a CAMEO code that names somebody, `proper` a name of several capitalised words
    that no dictionary knows; where group, country, code and proper are all None, nobody is
    identified.
    """

    group: str | None
    country: str | None
    code: str | None
    proper: str | None
    camp: str | None

    @property
    def identified(self) -> bool:
        return bool(self.group or self.country or self.code or self.proper)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Two parties that are the same share at least one of these."""
        found = (
            ("group", self.group),
            ("country", self.country),
            ("code", self.code),
            ("name", self.proper),
        )
        return tuple((kind, value) for kind, value in found if value)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place; `rank` is its level in `LEVELS`, `name` is case-folded, coordinates in degrees."""

    rank: int
    country: str | None
    admin1: str | None
    admin2: str | None
    name: str | None
    geonames_id: str | None
    latitude: float | None
    longitude: float | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """One article's event as merging compares it.

    `chain` holds the types of the deeds under the type (empty where unknown); `spots` are the
    places at the finest level that the event has; `toll` is None unless low, best and high are
    one number; `rank` is the place in the order of founding: published, article id, offset.
    """

    event_id: str
    rank: int
    article_id: str
    published: date
    type: str
    chain: tuple[str, ...]
    first_day: date
    last_day: date
    by_day: bool
    dated_by_publication: bool
    country: str
    reciprocal: bool
    toll: int | None
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    spots: tuple[Spot, ...]

    @property
    def keys(self) -> set[tuple[str, str]]:
        return {key for party in (*self.sources, *self.targets) for key in party.keys}


def camp(role: str | None) -> str | None:
    """The camp of a CAMEO role.

    >>> camp("MIL"), camp("REB"), camp("CVL"), camp(None)
    ('state', 'armed', 'civil', None)
    """
    if not role:
        return None
    if role in _STATE:
        return "state"
    return "armed" if role in _ARMED else "civil"


def party(row: Mapping[str, Any]) -> Party:
    """A row of `event_actors` as a party.

    >>> row = dict(group_id=None, country=None, cameo="REB", role="REB", name="gunmen")
    >>> party(row).identified
    False
    """
    code, country, group = row["cameo"], row["country"], row["group_id"]
    if code is not None and (country is not None or len(code) < _LEAST_CODE):
        code = None
    proper = None
    if not (code or country or group):
        words = (row["name"] or "").split()
        if len(words) > 1 and all(w[:1].isupper() for w in words):
            proper = " ".join(words).casefold()
    return Party(group, country, code, proper, camp(row["role"]))


def spot(row: Mapping[str, Any]) -> Spot:
    """A row of `event_places`, or the place columns of an event, as a spot."""
    name = row["place"]
    return Spot(
        LEVELS[row["geo_level"]],
        row["country"],
        row["admin1"],
        row.get("admin2"),
        name.casefold() if name else None,
        row.get("geonames_id"),
        row["latitude"],
        row["longitude"],
        row["geo_basis"] == "inferred",
    )


def profile(
    event: Mapping[str, Any],
    actors: Iterable[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
) -> Profile:
    """The profile of a row of `article_events` (with `rank` and `chain`) from its rows of
    `event_actors` and `event_places`."""
    sides: dict[str, list[Party]] = {"source": [], "target": []}
    for row in actors:
        if row["side"] in sides:
            sides[row["side"]].append(party(row))
    spots = [spot(row) for row in places]
    if not spots and event["geo_level"] is not None:
        spots = [spot(event)]
    finest = min((s.rank for s in spots), default=COUNTRY_LEVEL)
    low, best, high = (event[f"fatalities_{n}"] for n in ("low", "best", "high"))
    exact = low is not None and low == best == high and event["fatalities_basis"] == "stated"
    chain = event.get("chain")
    return Profile(
        event_id=event["event_id"],
        rank=event["rank"],
        article_id=event["article_id"],
        published=event["published"],
        type=event["type"],
        chain=tuple(chain.split(">")[1:]) if chain else (),
        first_day=event["date_start"],
        last_day=event["date_end"],
        by_day=event["date_precision"] == "day",
        dated_by_publication=event["date_basis"] == "publication",
        country=event["country"],
        reciprocal=event["reciprocal"],
        toll=best if exact else None,
        sources=tuple(sides["source"]),
        targets=tuple(sides["target"]),
        spots=tuple(s for s in spots if s.rank == finest),
    )
