"""The country of a deed that no words place: inferred from who acts and who is acted upon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from coder.codebook.gazetteer import Gazetteer
from coder.matching.types import is_a
from coder.types import Filler, Where

DeedKind = Literal["force", "protest", "defence", "own", "there", "shared", "other"]
VIOLENT: tuple[DeedKind, ...] = ("force", "protest", "defence")
"""Kinds of deeds that happen on the ground, so that any place of the clause may be theirs."""
_KINDS: dict[str, DeedKind] = {
    "assault": "force",
    "mass_violence": "force",
    "abduct": "force",
    "property": "force",
    "territory": "force",
    "coerce.cyber": "force",
    "disrupt": "defence",
    "coerce": "protest",
    "protest": "protest",
    "aid.asylum": "own",
    "consult.visit": "there",
    "consult.host": "own",
    "aid": "shared",
    "agreement": "shared",
    "consult": "shared",
    "cooperate": "shared",
    "yield.ceasefire": "shared",
    "topic": "other",
}
"""By the root of the type, the first that fits. Every other type is an act of its source."""


def kind_of(type_: str) -> DeedKind | None:
    """How the country of a deed of a type is inferred; None where it is not.

    >>> kind_of("assault.bomb"), kind_of("accuse.crime"), kind_of("consult.negotiate")
    ('force', 'own', 'shared')
    """
    found: list[DeedKind] = [k for root, k in _KINDS.items() if is_a(type_, root)]
    kind = found[0] if found else "own"
    return None if kind == "other" else kind


def inferred_country(
    gazetteer: Gazetteer,
    kind: DeedKind,
    target: str | None = None,
    source: str | None = None,
    dateline: Where | None = None,
) -> Where | None:
    """Where an event was when no place is stated, or None: nothing is guessed from thin air.

    A deed of force is placed in its target's country, and without one in the dateline's; a
    protest in the protesters' country, else in that of whom it is against; a visit in the host's;
    what two sides do together (talks, aid, a truce) only where both are of one country; statements
    and other acts of a state in the country of whoever acts. What is left has the place of the
    dateline at most. `target` and `source` are ISO3; `dateline` is a resolved place. The basis is
    "inferred" or "dateline".

    >>> inferred_country(g, "force", target="YEM").country  # doctest: +SKIP
    'YEM'
    """
    code = {
        "force": target,
        "protest": source or target,
        "defence": source,
        "own": source,
        "there": target,
        "shared": source if source == target else None,
        "other": None,
    }[kind]
    place = gazetteer.country(code) if code is not None else None
    if place is not None:
        return Where(
            None, place.country, "country", "inferred",
            latitude=place.latitude, longitude=place.longitude,
        )  # fmt: skip
    if dateline is None:
        return None
    return as_dateline(dateline)


def as_dateline(dateline: Where) -> Where:
    """The place of the dateline as the place of a deed."""
    return Where(
        dateline.name, dateline.country, dateline.level, "dateline", dateline.admin1,
        dateline.admin2, dateline.latitude, dateline.longitude, dateline.geonames_id,
        dateline.text,
    )  # fmt: skip


def country_of(slots: Mapping[str, Sequence[Filler]], slot: str) -> str | None:
    """The country of a side: that of its first actor who has one."""
    return next((f.actor.country for f in slots.get(slot, ()) if f.actor and f.actor.country), None)
