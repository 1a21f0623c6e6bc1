"""Whether two articles' events are one event: what agrees, and what proof is lacking.

`compare` is the whole rule of merging for a pair of one day and one country. None means that
they contradict each other; a verdict without lacks means that they are the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from coder.merging.profile import COUNTRY_LEVEL, LEVELS, Party, Profile, Spot

NEAR_KM = 10.0
"""An exact place this near to a town's centre is taken to be in it."""
FAR_KM = 50.0
"""An exact place this far from a town's centre is outside of it."""

_TOWN = LEVELS["town"]
_ADMIN1 = LEVELS["admin1"]
_KM_PER_DEGREE = 111.2


class Likeness(IntEnum):
    """How two values stand to each other; unknown proves nothing and contradicts nothing."""

    DIFFERENT = 0
    UNKNOWN = 1
    SAME = 2


DIFFERENT, UNKNOWN, SAME = Likeness.DIFFERENT, Likeness.UNKNOWN, Likeness.SAME


@dataclass(frozen=True, slots=True)
class Verdict:
    """What agrees in a pair without contradiction, and what is lacking to call it one event.

    `closeness` orders the matches of one event: more agreement is larger.
    """

    agrees: tuple[str, ...]
    lacks: tuple[str, ...]
    closeness: tuple[int, ...]
    swapped: bool = False


def compare(a: Profile, b: Profile) -> Verdict | None:
    """The verdict on two events of one first day and one country, None where they differ.

    - type: equal, or one the ancestor of the other, and so for the deeds under it;
    - place: the same at the coarser of the two precisions. A country that was only inferred
      proves nothing by itself: there types must be equal and both sides the same;
    - actors: some source or target is the same, no known side differs;
    - date: by day for both; a longer time that both share needs a place below the country
      and an actor in common, a day that is only the day of publication needs either the
      place or both sides;
    - toll: two exact numbers are the same, or rise with the later publication.
    """
    if not one_line(a.type, b.type):
        return None
    if a.chain and b.chain and not all(map(one_line, a.chain, b.chain)):
        return None
    where, level, inferred = _places(a.spots, b.spots)
    if where is DIFFERENT:
        return None
    source, target, swapped = _both_sides(a, b)
    if source is DIFFERENT or target is DIFFERENT:
        return None

    actors = SAME in (source, target)
    both_sides = source is SAME and target is SAME
    fine = where is SAME and level < COUNTRY_LEVEL
    same_place = where is SAME and (not inferred or (both_sides and a.type == b.type))
    dated = a.by_day and b.by_day
    guessed = a.dated_by_publication or b.dated_by_publication
    same_date = (dated or (fine and actors)) and (not guessed or fine or both_sides)
    same_toll = _tolls_fit(a, b)

    checks = (("place", same_place), ("actors", actors), ("date", same_date), ("toll", same_toll))
    agrees = ["type", "date", "country"] if same_date else ["type", "country"]
    agrees += [name for name, good in checks[:2] if good]
    closeness = (
        int(a.type == b.type),
        COUNTRY_LEVEL - level if where is SAME else 0,
        int(source) + int(target),
        int(a.toll is not None and a.toll == b.toll),
    )
    lacks = tuple(name for name, good in checks if not good)
    return Verdict(tuple(agrees), lacks, closeness, swapped)


def one_line(a: str, b: str) -> bool:
    """Whether two types are equal or one is the ancestor of the other.

    >>> one_line("assault", "assault.drone"), one_line("assault.air_strike", "assault.drone")
    (True, False)
    """
    return a == b or a.startswith(b + ".") or b.startswith(a + ".")


def parties_alike(x: Party, y: Party) -> Likeness:
    """Whether two participants are the same: by group, or by country and camp, or by code."""
    if x.camp and y.camp and x.camp != y.camp:
        return DIFFERENT
    if not x.identified or not y.identified:
        return UNKNOWN
    if x.proper or y.proper:
        # A name that no dictionary knows may be another word for somebody known.
        return SAME if x.proper == y.proper else UNKNOWN
    if x.group and x.group == y.group:
        return SAME
    if x.group and y.group and x.camp == y.camp == "armed":
        # Several armed groups fight from one country; organs of one state act for it.
        return DIFFERENT
    if x.country or y.country:
        if x.country != y.country:
            return DIFFERENT
        # A bare country is its state; of others from there it says too little.
        stand_in = x.camp != y.camp and "state" not in (x.camp, y.camp)
        return UNKNOWN if stand_in else SAME
    return SAME if x.code and x.code == y.code else DIFFERENT


def _side(xs: Iterable[Party], ys: Sequence[Party]) -> Likeness:
    likeness = [parties_alike(x, y) for x in xs for y in ys]
    if not likeness:
        return UNKNOWN
    return max(likeness)


def _both_sides(a: Profile, b: Profile) -> tuple[Likeness, Likeness, bool]:
    """Likeness of the sources and of the targets; for what both sides do, also crosswise."""
    straight = (_side(a.sources, b.sources), _side(a.targets, b.targets))
    if not (a.reciprocal or b.reciprocal):
        return *straight, False
    crossed = (_side(a.sources, b.targets), _side(a.targets, b.sources))
    if _fit(crossed) > _fit(straight):
        return *crossed, True
    return *straight, False


def _fit(sides: tuple[Likeness, Likeness]) -> tuple[int, int]:
    return min(sides), sum(sides)


def _places(xs: Sequence[Spot], ys: Sequence[Spot]) -> tuple[Likeness, int, bool]:
    """Likeness of the places, the coarser level, and whether the place was only inferred."""
    if not xs or not ys:
        return UNKNOWN, COUNTRY_LEVEL, False
    level = max(xs[0].rank, ys[0].rank)
    likeness = max(spots_alike(x, y) for x in xs for y in ys)
    inferred = level == COUNTRY_LEVEL and any(
        s.inferred for spots in (xs, ys) for s in spots if s.rank == level
    )
    return likeness, level, inferred


def spots_alike(x: Spot, y: Spot) -> Likeness:
    """Whether two places are the same at the coarser of their levels."""
    level = max(x.rank, y.rank)
    if x.country and y.country and x.country != y.country:
        return DIFFERENT
    if level == COUNTRY_LEVEL:
        return _equal(x.country, y.country)
    admin1 = _equal(x.admin1, y.admin1)
    if level == _ADMIN1 or admin1 is DIFFERENT:
        return admin1
    if level > _TOWN:
        return _equal(_district(x), _district(y))
    if x.geonames_id and x.geonames_id == y.geonames_id:
        return SAME
    if x.name and x.name == y.name:
        both = x.geonames_id and y.geonames_id
        return DIFFERENT if both and x.rank == y.rank else SAME
    return _by_distance(x, y)


def _district(s: Spot) -> str | None:
    if s.admin2:
        return s.admin2.casefold()
    return s.name if s.rank == LEVELS["admin2"] else None


def _by_distance(x: Spot, y: Spot) -> Likeness:
    """Places of different names: two towns differ, a spot may lie in a town that is near."""
    if x.rank == y.rank == _TOWN:
        return DIFFERENT
    km = _kilometres(x, y)
    if km is None:
        return UNKNOWN
    if km > FAR_KM:
        return DIFFERENT
    return SAME if km <= NEAR_KM and x.rank != y.rank else UNKNOWN


def _kilometres(x: Spot, y: Spot) -> float | None:
    """Distance on a sphere, by the equirectangular rule: exact enough for a town."""
    if x.latitude is None or x.longitude is None or y.latitude is None or y.longitude is None:
        return None
    across = (x.longitude - y.longitude + 180) % 360 - 180
    across *= math.cos(math.radians((x.latitude + y.latitude) / 2))
    return _KM_PER_DEGREE * math.hypot(across, x.latitude - y.latitude)


def _equal(x: str | None, y: str | None) -> Likeness:
    if not x or not y:
        return UNKNOWN
    return SAME if x == y else DIFFERENT


def _tolls_fit(a: Profile, b: Profile) -> bool:
    if a.toll is None or b.toll is None or a.toll == b.toll:
        return True
    first, later = (a, b) if a.published < b.published else (b, a)
    if first.published == later.published or first.toll is None or later.toll is None:
        return False
    return first.toll < later.toll
