"""ACLED's kinds of actors (`inter`), derived from actors and the country of the event.

State forces outside their own country are External/Other forces; so are peacekeepers. The order
follows ACLED: protesters and rioters first, civilians second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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
_ON_CIVILIANS = frozenset({"Attack", "Sexual violence", "Abduction/forced disappearance"})
"""Violence that ACLED records of civilians alone: whoever suffers it counts as one."""
_ONE_SIDED = frozenset(
    ["Suicide bomb", "Grenade", "Remote explosive/landmine/IED", "Air/drone strike", "Arrests",
     "Shelling/artillery/missile attack", "Chemical weapon", "Looting/property destruction",
     "Other"]
)  # fmt: skip
"""Types in which officials without arms are civilians to ACLED."""
_BY_STATE = frozenset({"Arrests", "Government regains territory"})
"""Types that are the work of a state where nobody is named."""
_GAINS = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
_ARMED = frozenset({"MIL", "COP", "SPY", "REB", "INS", "SEP", "UAF", "CRM", "IMG"})
_FIGHTERS = frozenset({REBEL, POLITICAL, IDENTITY})
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
    if code == "Agreement":
        first, second = _parties(event)
    elif code == "Peaceful protest":
        first, second = first if first == PROTESTERS else PROTESTERS, None
    elif code in ("Protest with intervention", "Excessive force against protesters"):
        met = (kind for kind in (first, second) if kind not in (None, PROTESTERS, CIVILIANS))
        first, second = PROTESTERS, next(met, STATE)
    elif crowd == RIOTERS:
        first, second = _riot(first, second, code, event)
    else:
        first, second = _attackers(first, second, code, event), _victims(second, first, code, event)
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


def _attackers(first: str | None, second: str | None, code: str, event: ArticleEvent) -> str | None:
    """The first side, where nothing or too little is known of it."""
    violent = event.type.startswith(("assault", "abduct", "kill"))
    if code == "Suicide bomb" and first == CIVILIANS:
        return POLITICAL  # a girl with a bomb is no bystander
    if first is not None:
        return first
    if code in _BY_STATE:
        return STATE
    return POLITICAL if violent and second is not None else None


def _victims(second: str | None, first: str | None, code: str, event: ArticleEvent) -> str | None:
    """The second side as the type of the event has it."""
    if code in _ON_CIVILIANS:
        return CIVILIANS
    unarmed = _unarmed(event.targets)
    if code == "Arrests":
        return CIVILIANS if second is not None and not _armed(event.targets) else second
    if code in _ONE_SIDED and second == STATE and unarmed:
        return CIVILIANS
    if code in _GAINS and second in (CIVILIANS, None) and _bare(event.targets):
        return STATE if first in _FIGHTERS else second
    return second


def _riot(
    first: str | None, second: str | None, code: str, event: ArticleEvent
) -> tuple[str | None, str | None]:
    """The sides of a riot: the crowd, and whom it meets."""
    if first is None and second != RIOTERS:
        first = RIOTERS
    if second is None and code == "Mob violence":
        second = CIVILIANS
    if any(m.reciprocal for m in event.mentions) and event.type.startswith("protest"):
        second = RIOTERS if second in (None, CIVILIANS) else second
    return first, second


def _parties(event: ArticleEvent) -> tuple[str | None, str | None]:
    """The first two sides of an agreement: who has nobody opposite shares a side with the other
    party, so that two kinds of one side count as two parties."""
    kinds = [
        [k for a in side if (k := kind_of(a, None))] for side in (event.sources, event.targets)
    ]
    if all(kinds):
        return kinds[0][0], kinds[1][0]
    known = list(dict.fromkeys(kinds[0] or kinds[1]))
    return (known[0] if known else None), (known[1] if len(known) > 1 else None)


def civilians_targeted(event: ArticleEvent, code: str, rule: Literal["always", "victims"]) -> bool:
    """Whether ACLED would mark an event as targeting civilians. `rule` is what the codebook says of
    the type: `always`, or `victims` where it depends on who is hit.
    """
    return rule == "always" or inter_of(event, code).get("inter2") == CIVILIANS


def turned(inter1: str | None, inter2: str | None, source: str | None, target: str | None) -> bool:
    """Whether ACLED's first actor is our target: its order is not who did it to whom.

    `source` and `target` are ACLED's kinds of our two sides. Where kinds tell nothing, the order
    stays: source first.

    >>> turned("Protesters", "State forces", "State forces", "Civilians")
    True
    >>> turned("State forces", "Civilians", "State forces", "Civilians")
    False
    """

    def fits(kind: str | None, side: str | None) -> bool:
        crowd = kind in (PROTESTERS, RIOTERS) and side in (CIVILIANS, PROTESTERS, RIOTERS)
        return kind is not None and (kind == side or crowd)

    straight = fits(inter1, source) + fits(inter2, target)
    return fits(inter1, target) + fits(inter2, source) > straight


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
    return bool(known) and not any(a.role is None or a.role in _ARMED for a in known)


def _armed(actors: Sequence[Actor]) -> bool:
    return any(a.role in _ARMED for a in actors)


def _bare(actors: Sequence[Actor]) -> bool:
    return all(a.role is None for a in actors)
