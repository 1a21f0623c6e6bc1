"""The two sides of a war of which a whole article tells: a truce without parties is theirs, and who
shells or bombs the one without being named is the other.

Only where all hostile deeds of the article that name both sides name the same two. Such sides are
inferred; deeds that anybody may do (bombs, killings, abductions) get none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.types import Actor, Filler, Mention

_HOSTILE = (
    "assault",
    "disrupt.intercept",
    "threaten",
    "territory",
    "accuse",
    "yield.ceasefire",
    "consult.negotiate",
    "consult",
)
"""What tells who the two sides are."""
_BY_ARMIES = (
    "assault.missile",
    "assault.shelling",
    "assault.air_strike",
    "assault.drone",
    "disrupt.intercept",
)
_BETWEEN = ("yield.ceasefire", "agreement.peace")
_BYSTANDERS = frozenset({"CVL", "BUS", "MED", "NGO", "REF", "IGO", "INT", "LAB", "EDU"})
_LEAST = 2
"""Mentions that must name the two sides before more is inferred from them."""
_Side = tuple[str, bool]


def with_warring_sides(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the sides that follow from a war between two.

    >>> with_warring_sides([])
    []
    """
    sides = _two(mentions)
    if sides is None:
        return list(mentions)
    return [_completed(m, sides) for m in mentions]


def _two(mentions: Sequence[Mention]) -> tuple[Filler, Filler] | None:
    """A filler for each side, where the article tells of two and no more."""
    found: dict[frozenset[_Side], list[tuple[Filler, Filler]]] = {}
    for m in mentions:
        if not m.type.startswith(_HOSTILE) or m.background:
            continue
        for one in m.sources:
            for other in m.targets:
                a, b = _side(one.actor), _side(other.actor)
                if a and b and a != b:
                    found.setdefault(frozenset((a, b)), []).append((one, other))
    if len(found) != 1:
        return None
    [pairs] = found.values()
    return pairs[0] if len(pairs) >= _LEAST else None


def _side(actor: Actor | None) -> _Side | None:
    """The side of a war that an actor is on: its country, and whether it is the state's."""
    if actor is None or actor.country is None or actor.role in _BYSTANDERS:
        return None
    if "place" in actor.kinds and not actor.kinds & {"country", "state"}:
        return None
    return actor.country, actor.role in ("REB", "UAF")


def _completed(mention: Mention, sides: tuple[Filler, Filler]) -> Mention:
    known = [f for f in (*mention.sources, *mention.targets) if f.actor and f.actor.cameo]
    if mention.type.startswith(_BETWEEN) and not known:
        one, other = (_as(f, "GOV") for f in sides)
        return replace(mention, slots={**mention.slots, "source": (one,), "target": (other,)})
    if not mention.type.startswith(_BY_ARMIES) or any(
        f.actor and f.actor.cameo for f in mention.sources
    ):
        return mention
    hit = {f.actor.country for f in mention.targets if f.actor and f.actor.role}
    if len({_country(f) for f in sides}) < 2 or len(hit) != 1:
        return mention
    authors = [f for f in sides if _country(f) not in hit]
    if len(authors) != 1:
        return mention
    return replace(mention, slots={**mention.slots, "source": (_as(authors[0], "MIL"),)})


def _country(filler: Filler) -> str | None:
    return filler.actor.country if filler.actor else None


def _as(filler: Filler, role: str) -> Filler:
    """A side as its government or army; rebels are what they are."""
    actor = filler.actor
    if actor is None:
        return filler
    if actor.role in (None, "GOV", "MIL") and actor.country is not None:
        actor = replace(actor, role=role, cameo=f"{actor.country}{role}", group=None)
    return replace(filler, head=-1, actor=replace(actor, resolved_by="inferred"))
