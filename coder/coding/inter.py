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


def kind_of(actor: Actor, country: str | None) -> str | None:
    """ACLED's kind of one actor at an event in `country` (ISO 3166 alpha-3 or None).

    >>> kind_of(Actor("US troops", "US troops", "USAMIL", "USA", "MIL"), "IRQ")
    'External/Other forces'
    """
    stated = next((k[6:] for k in actor.kinds if k.startswith("inter:")), None)
    if "peacekeeper" in actor.kinds or (actor.cameo or "").startswith("IGOPKO"):
        return EXTERNAL
    if "land" in actor.kinds:
        return None  # a country under emergency rule, not those who rule it
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


_CROWDS = {"Peaceful protest": PROTESTERS, "Protest with intervention": PROTESTERS,
           "Excessive force against protesters": PROTESTERS, "Violent demonstration": RIOTERS,
           "Mob violence": RIOTERS}  # fmt: skip
"""What the crowd of a sub-event type is called."""
_ONE_SIDED = frozenset(
    ["Attack", "Abduction/forced disappearance", "Sexual violence", "Suicide bomb", "Grenade",
     "Remote explosive/landmine/IED", "Arrests", "Air/drone strike"]
)  # fmt: skip
"""Violence in which officials without arms are civilians to ACLED."""
_ON_CIVILIANS = frozenset({"Mob violence", "Sexual violence", "Abduction/forced disappearance"})
"""Violence that ACLED records of civilians alone."""
_OFFICIALS = frozenset({"GOV", "JUD", "LEG"})
_STRATEGIC = frozenset({"Agreement", "Arrests", "Change to group/activity", "Other"})
"""Types whose place tells nothing of who is at home: a treaty is signed abroad."""


def inter_of(event: ArticleEvent, code: str = "") -> dict[str, str]:
    """`inter1`, `inter2` and `interaction` of an event coded as a sub-event type, in ACLED's order;
    absent where unknown.
    """
    country = event.where[0].country if event.where and code not in _STRATEGIC else None
    crowd = _CROWDS.get(code)
    first = _side(event.sources, country, crowd, event, source=True)
    second = _side(event.targets, country, crowd, event, source=False)
    if code in _ONE_SIDED and second == STATE and _unarmed(event.targets):
        second = CIVILIANS
    if code == "Peaceful protest":
        first, second = first if first == PROTESTERS else PROTESTERS, None
    elif code in ("Protest with intervention", "Excessive force against protesters"):
        sides = {first, second} - {None, PROTESTERS, CIVILIANS}
        first, second = PROTESTERS, next(iter(sorted(filter(None, sides))), STATE)
    elif crowd == RIOTERS and first is None and second != RIOTERS:
        first = RIOTERS
    if second is None and code in _ON_CIVILIANS:
        second = CIVILIANS
    violent = event.type.startswith(("assault", "abduct", "kill"))
    if first is None and second is not None and violent:
        first = POLITICAL
    if (first == CIVILIANS and second not in (None, CIVILIANS)) or (
        second in (PROTESTERS, RIOTERS) and first != second
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


def _side(
    actors: Sequence[Actor], country: str | None, crowd: str | None, event: ArticleEvent, *,
    source: bool,
) -> str | None:  # fmt: skip
    """The kind of a side: that of its first known actor. Of a crowd and those it meets, whoever
    demonstrates is the crowd, and those dispersed; victims of a mob stay civilians."""
    kind = next((k for a in actors if (k := kind_of(a, country)) is not None), None)
    if crowd is None or kind not in (CIVILIANS, PROTESTERS, RIOTERS):
        return kind
    demonstrates = event.type.startswith("protest")
    both = any(m.reciprocal for m in event.mentions)
    against_crowd = not source and (not demonstrates or both)
    victims = not source and event.type.startswith(("assault", "protest.mob"))
    if (source and (demonstrates or crowd == RIOTERS)) or (against_crowd and not victims):
        return crowd
    return kind


def _unarmed(actors: Sequence[Actor]) -> bool:
    known = [a for a in actors if a.role or a.country]
    return bool(known) and all(a.role in _OFFICIALS for a in known)
