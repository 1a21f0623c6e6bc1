"""How often actors, dates, places and numbers are right, given a match under CAMEO's roots."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from coder.evaluate.figures import Figure, share_of
from coder.evaluate.match import Match
from coder.evaluate.outcome import Outcome
from coder.evaluate.slots import (
    country_of,
    lenient_actor,
    lenient_name,
    same_actor,
    same_country,
    same_date,
    same_name,
)

Judgement = Callable[[Outcome, Match], bool]
SLOTS: dict[str, tuple[Callable[[Match], object], Judgement]] = {
    "source": (
        lambda m: m.wanted.pair[0],
        lambda _, m: same_actor(m.wanted.pair[0], m.sides[0]),
    ),
    "source, lenient": (
        lambda m: m.wanted.pair[0],
        lambda _, m: lenient_actor(m.wanted.pair[0], m.sides[0]),
    ),
    "source country": (
        lambda m: country_of(m.wanted.pair[0]),
        lambda _, m: country_of(m.wanted.pair[0]) == country_of(m.sides[0]),
    ),
    "target": (
        lambda m: m.wanted.pair[1],
        lambda _, m: same_actor(m.wanted.pair[1], m.sides[1]),
    ),
    "target, lenient": (
        lambda m: m.wanted.pair[1],
        lambda _, m: lenient_actor(m.wanted.pair[1], m.sides[1]),
    ),
    "target country": (
        lambda m: country_of(m.wanted.pair[1]),
        lambda _, m: country_of(m.wanted.pair[1]) == country_of(m.sides[1]),
    ),
    "date": (
        lambda m: m.wanted.event.date,
        lambda _, m: same_date(m.wanted.event, m.coded.get("event_date")),
    ),
    "country": (
        lambda m: m.wanted.event.country,
        lambda _, m: same_country(m.wanted.event.country, m.coded.get("country")),
    ),
    "place": (
        lambda m: m.wanted.event.place,
        lambda _, m: same_name(m.wanted.event.place, m.coded.get("place")),
    ),
    "place, lenient": (
        lambda m: m.wanted.event.place,
        lambda _, m: lenient_name(m.wanted.event.place, m.coded.get("place")),
    ),
    "admin1": (
        lambda m: m.wanted.event.admin1,
        lambda _, m: lenient_name(m.wanted.event.admin1, m.coded.get("admin1")),
    ),
    "fatalities": (
        lambda m: m.wanted.event.fatalities,
        lambda one, m: one.toll(m, "fatalities") == m.wanted.event.fatalities,
    ),
    "injured": (
        lambda m: m.wanted.event.injured,
        lambda one, m: one.toll(m, "injured") == m.wanted.event.injured,
    ),
    "inter1 and inter2": (
        lambda m: m.wanted.event.inter1 or m.wanted.event.inter2,
        lambda _, m: _inter(m),
    ),
}
_TOLLS = ("fatalities", "injured")
# Of these gold knows that there is none, so that a value is an invention.
_EMPTY: dict[str, Callable[[Outcome, Match], object]] = {
    "source": lambda _, m: m.sides[0],
    "target": lambda _, m: m.sides[1],
    "fatalities": lambda one, m: one.toll(m, "fatalities"),
    "injured": lambda one, m: one.toll(m, "injured"),
}


def _inter(match: Match) -> bool:
    event, coded = match.wanted.event, match.coded
    gold = sorted((event.inter1 or "", event.inter2 or ""))
    return gold == sorted((coded.get("inter1") or "", coded.get("inter2") or ""))


def slot_cases(outcomes: Sequence[Outcome], slot: str) -> Iterator[tuple[Outcome, Match, bool]]:
    """The matched pairs for which gold has a value in a slot, and whether the coded one is right.

    A toll counts once an event of gold, however many pairs it has.
    """
    value, right = SLOTS[slot]
    for one in outcomes:
        seen: set[str] = set()
        for match in one.matchings["cameo"].matches:
            if value(match) is None:
                continue
            if slot in _TOLLS and match.wanted.event.event_id in seen:
                continue
            seen.add(match.wanted.event.event_id)
            yield one, match, right(one, match)


def slot_figures(outcomes: Sequence[Outcome]) -> list[Figure]:
    """The accuracy of every slot over the matched pairs for which gold has a value."""
    return list(_figures(outcomes))


def _figures(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    for slot in SLOTS:
        yield share_of(slot, [right for _, _, right in slot_cases(outcomes, slot)])
        if slot in _EMPTY and any(True for _ in slot_cases(outcomes, slot)):
            empty = [
                _EMPTY[slot](one, m) is None
                for one in outcomes
                for m in one.matchings["cameo"].matches
                if SLOTS[slot][0](m) is None
            ]
            yield share_of(f"{slot} left empty", empty)
