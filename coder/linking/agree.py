"""Whether what two mentions say agrees: types, sides, days, places, tolls. What is unknown
contradicts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coder.types import Actor, Filler, Mention, When, Where

GENERIC = {"assault", "assault.kill", "assault.injure", "assault.strike"}
REMOTE = (
    "assault.air_strike",
    "assault.drone",
    "assault.missile",
    "assault.shelling",
    "assault.bomb",
)


def types_agree(a: str, b: str) -> bool:
    """Whether two types lie on one line, or one says no more than that there was an attack.

    >>> types_agree("assault", "assault.drone"), types_agree("assault.bomb", "assault.drone")
    (True, False)
    """
    if a == b or a.startswith(b + ".") or b.startswith(a + "."):
        return True
    return (a in GENERIC and b.startswith(REMOTE)) or (b in GENERIC and a.startswith(REMOTE))


def actors(fillers: Iterable[Filler]) -> list[Actor]:
    """The actors of fillers that a code or a dictionary entry identifies."""
    return [f.actor for f in fillers if f.actor is not None and (f.actor.cameo or f.actor.group)]


def share(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether two sides have somebody in common."""
    return any(compatible(x, y) for x in a for y in b)


def compatible(x: Actor, y: Actor) -> bool:
    """Whether two actors may be one: of one group, or of one country and not on two sides there."""
    if x.group and x.group == y.group:
        return True
    if x.country and y.country and x.country == y.country:
        if "inferred" in (x.resolved_by, y.resolved_by):
            return True  # whose a store or a base is, the article has said before
        sides = {"REB", "UAF", "CRM", "OPP", "CVL"}
        return (x.role in sides) == (y.role in sides) or x.role is None or y.role is None
    if x.country is None or y.country is None:
        return x.role is not None and x.role == y.role
    return x.cameo is not None and x.cameo == y.cameo


def sides_agree(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether two sides may be one."""
    return not a or not b or share(a, b)


def days_agree(a: When | None, b: When | None) -> bool:
    """Whether two times overlap; what only the context gives proves nothing."""
    if a is None or b is None or "context" in (a.basis, b.basis):
        return True
    return a.start <= b.end and b.start <= a.end


def stated(places: Iterable[Where]) -> set[str]:
    """Names of places within countries that the text itself gives."""
    return {w.name for w in places if w.name and w.basis == "stated" and w.level != "country"}


def places_agree(a: Sequence[Where], b: Sequence[Where]) -> bool:
    """Whether two events may have been at one place."""
    ca = {w.country for w in a if w.country and w.basis == "stated"}
    cb = {w.country for w in b if w.country and w.basis == "stated"}
    if ca and cb and not ca & cb:
        return False
    sa, sb = stated(a), stated(b)
    if not sa or not sb or sa & sb:
        return True
    levels = {w.level for w in (*a, *b) if w.name and w.basis == "stated" and w.level != "country"}
    return "admin1" in levels and len(levels) > 1  # a town, and the province that it may lie in


def tolls_disagree(a: Mention, b: Mention) -> bool:
    """Two stated tolls of one kind that differ speak of two events, unless one is a bound or is
    called the toll and is higher: it has risen."""
    for x in a.counts:
        for y in b.counts:
            if x.kind == y.kind and x.best is not None and y.best is not None and x.best != y.best:
                more = x if x.best > y.best else y
                risen = "toll" in more.words.lower()
                return x.high is not None and y.high is not None and not risen
    return False
