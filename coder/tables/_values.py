"""How values of `coder.types` are written into cells: joined strings, JSON, tolls.

Unknown is always None, never an empty string or 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from coder.types import Count, CountKind, Filler, Where


def known(text: str | None) -> str | None:
    """The text, or None where it is empty."""
    return text or None


def joined(parts: Iterable[str | None]) -> str | None:
    """Parts joined with ";", an unknown one empty; None where nothing is known.

    A ";" within a part becomes ",", so that the positions of two columns stay aligned.

    >>> joined(["USAMIL", None]), joined([None])
    ('USAMIL;', None)
    """
    cells = [(part or "").replace(";", ",") for part in parts]
    return ";".join(cells) if any(cells) else None


def as_json(value: Any) -> str:
    """Compact JSON with sorted keys: equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def span(filler: Filler) -> dict[str, Any]:
    """Where a filler stands in the article's text, and its words."""
    return {"start": filler.start, "end": filler.end, "text": filler.text}


def toll(counts: Sequence[Count], kind: CountKind) -> Count | None:
    """The count of a kind that stands for an event: the largest one that has a number.

    Of several counts a smaller one is as a rule a part of the largest ("nine people, three of
    them children"), so they are not added up. A count of words alone ("dozens") is the toll
    only where no other has a number.

    >>> toll([Count("killed", 3, 3, 3, "three"), Count("killed", 9, 9, 9, "nine")], "killed").best
    9
    """
    best: Count | None = None
    for one in counts:
        if one.kind == kind and (best is None or size(one) > size(best)):
            best = one
    return best


def size(one: Count) -> int:
    """The number by which counts are compared; -1 where there are words only."""
    return next((n for n in (one.best, one.low, one.high) if n is not None), -1)


def numbers(counts: Sequence[Count], kind: CountKind, stem: str) -> dict[str, int | None]:
    """Columns `stem_low`, `stem_best`, `stem_high` of a toll."""
    one = toll(counts, kind)
    return {
        f"{stem}_low": one.low if one else None,
        f"{stem}_best": one.best if one else None,
        f"{stem}_high": one.high if one else None,
    }


def main_place(where: Sequence[Where]) -> dict[str, Any]:
    """The columns of the main place (the first): country, admin1, place, coordinates, basis."""
    at = where[0] if where else None
    return {
        "country": known(at.country) if at else None,
        "admin1": known(at.admin1) if at else None,
        "place": known(at.name) if at else None,
        "latitude": at.latitude if at else None,
        "longitude": at.longitude if at else None,
        "geo_level": at.level if at else None,
        "geo_basis": at.basis if at else None,
    }
