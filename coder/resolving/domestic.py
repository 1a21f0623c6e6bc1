"""Whose government "the government" is: what the sides of a deed say about each other.

"Kenya's bishops took the government to task" means Kenya's; a protest whose grievance names nobody
is aimed at the government of the country. What follows so is marked as inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.types import Actor, Filler, Where

_OF_A_COUNTRY = frozenset(
    ["GOV", "LEG", "JUD", "COP", "OPP", "PTY", "CVL", "LAB", "EDU", "HLH", "AGR", "BUS", "MED"]
)
_SUBJECTS = frozenset(["OPP", "CVL", "LAB", "EDU", "HLH", "AGR", "LEG", "JUD", "COP", "MED", "PTY"])
_RULERS = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "PTY"})
_AGAINST_RULERS = (
    "protest.demonstration",
    "protest.hunger_strike",
    "protest.strike",
    "protest.roadblock",
    "protest.riot",
)
Slots = dict[str, tuple[Filler, ...]]


def at_each_others(slots: Slots, type_: str, where: Sequence[Where]) -> Slots:
    """The slots of a mention, with countries that one side lends the other and the government as
    the target of a protest that names none.

    >>> at_each_others({}, "consult", ())
    {}
    """
    sources, targets = slots.get("source", ()), slots.get("target", ())
    place = next((w.country for w in where if w.country), None)
    theirs = _country(sources)
    if theirs and place in (None, theirs):
        targets = tuple(_of(f, theirs, _OF_A_COUNTRY) for f in targets)
    ruled = next((f.actor.country for f in targets if f.actor and f.actor.role in _RULERS), None)
    if ruled and theirs is None:
        sources = tuple(_of(f, ruled, _SUBJECTS) for f in sources)
    home = _country(sources) or place
    named = any(f.actor and f.actor.cameo for f in targets)
    if home and not named and any(type_.startswith(t) for t in _AGAINST_RULERS) and sources:
        targets = (_government(sources[0], home),)
    out = dict(slots)
    if sources:
        out["source"] = sources
    if targets:
        out["target"] = targets
    return out


def _country(fillers: Sequence[Filler]) -> str | None:
    return next((f.actor.country for f in fillers if f.actor and f.actor.country), None)


def _of(filler: Filler, country: str, roles: frozenset[str]) -> Filler:
    """A role that nothing gives a country takes this one."""
    actor = filler.actor
    if actor is None or actor.country or actor.group or actor.role not in roles:
        return filler
    if actor.cameo != actor.role or "international" in actor.kinds:
        return filler
    code = f"{country}{actor.role}"
    return replace(
        filler, actor=replace(actor, country=country, cameo=code, resolved_by="inferred")
    )


def _government(protesters: Filler, country: str) -> Filler:
    """The government that a protest is aimed at; its words are those of the protesters."""
    actor = Actor(
        text=protesters.text,
        name="government",
        cameo=f"{country}GOV",
        country=country,
        role="GOV",
        group=None,
        kinds=frozenset({"government", "state", "inferred"}),
        resolved_by="inferred",
    )
    return replace(protesters, head=-1, actor=actor)
