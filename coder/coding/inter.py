"""ACLED's kinds of actors (`inter`), derived from actors and the country of the event.

State forces outside their own country are External/Other forces; so are peacekeepers. The order
follows ACLED: protesters and rioters first, civilians second.
"""

from __future__ import annotations

from collections.abc import Sequence

from coder.types import Actor, ArticleEvent

STATE, REBEL, POLITICAL, IDENTITY = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
)
RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = (
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
_ROLES = {
    STATE: ("MIL", "COP", "GOV", "SPY", "JUD", "LEG"),
    REBEL: ("REB", "INS", "SEP"),
    POLITICAL: ("UAF", "CRM"),
    CIVILIANS: (
        *("CVL", "MED", "EDU", "REF", "NGO", "LAB"),
        *("BUS", "HLH", "AGR", "OPP", "PTY", "ELI"),
    ),
}
_BY_ROLE = {role: kind for kind, roles in _ROLES.items() for role in roles}


def kind_of(actor: Actor, country: str | None, demonstration: bool = False) -> str | None:
    """ACLED's kind of one actor at an event in `country` (ISO 3166 alpha-3 or None).

    >>> kind_of(Actor("US troops", "US troops", "USAMIL", "USA", "MIL"), "IRQ")
    'External/Other forces'
    """
    stated = next((k[6:] for k in actor.kinds if k.startswith("inter:")), None)
    if demonstration and (
        actor.role in ("CVL", "OPP", "LAB", "EDU", "HLH", "AGR", None) or "protester" in actor.kinds
    ):
        return RIOTERS if "rioter" in actor.kinds else PROTESTERS
    if "peacekeeper" in actor.kinds or (actor.cameo or "").startswith("IGOPKO"):
        return EXTERNAL
    kind = stated or _BY_ROLE.get(actor.role or "")
    if kind is None and actor.country is not None:
        kind = STATE if actor.kinds & {"country", "armed", "state_force", "aircraft"} else CIVILIANS
    if (
        kind == STATE
        and country is not None
        and actor.country is not None
        and actor.country != country
    ):
        return EXTERNAL
    return kind


def inter_of(event: ArticleEvent) -> dict[str, str]:
    """`inter1`, `inter2` and `interaction` of an event, in ACLED's order; absent where unknown."""
    country = event.where[0].country if event.where else None
    demonstration = event.type.startswith("protest")
    first = _first(event.sources, country, demonstration)
    second = _first(event.targets, country, False)
    if event.type.startswith("protest"):
        second = (
            None if second not in (STATE,) or not event.type.endswith("intervention") else second
        )
    if (
        first is None
        and second is not None
        and event.type.startswith(("assault", "abduct", "kill"))
    ):
        first = POLITICAL
    if (first == CIVILIANS and second not in (None, CIVILIANS)) or (
        second in (PROTESTERS, RIOTERS)
    ):
        first, second = second, first
    out: dict[str, str] = {}
    if first:
        out["inter1"] = first
    if second:
        out["inter2"] = second
    if first:
        out["interaction"] = f"{first}-{second}" if second else f"{first} only"
    return out


def _first(actors: Sequence[Actor], country: str | None, demonstration: bool) -> str | None:
    return next((k for a in actors if (k := kind_of(a, country, demonstration)) is not None), None)
