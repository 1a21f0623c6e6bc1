"""Which organ of a state acts, in a report that runs on: its government speaks and deals, its armed
forces strike.

A sentence or two that name a state mean it as a whole ("Oman condemned the raid" is OMN). A longer
report tells of governments and armies by the names of their states, one for the other, and its
events are compared with each other: there the state that speaks is its government (OMNGOV) and the
state that fires its armed forces (OMNMIL). The country that is a place or is hit as a whole keeps
its bare code. What follows so is marked as inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.types import Actor, Filler, Mention

LONG = 6
"""Sentences from which a text is a report that runs on."""
_FORCE = ("assault", "disrupt", "territory", "mass_violence", "force", "yield.withdraw")
"""What armed forces do."""
_NOBODY_S = ("abduct", "protest", "property", "group_change", "threaten.protest")
"""What says nothing about which organ it is."""
_ARMIES = ("assault.clash", "disrupt.intercept", "yield.ceasefire.broken")
"""Of deeds of force, those that are done to armed forces too."""
_PARTS = frozenset(
    """
    northern southern eastern western northeastern northwestern southeastern southwestern
    """.split()
)
"""Words for a part of a land."""
_DEALS = (
    "consult",
    "agreement",
    "accuse",
    "appeal",
    "condemn",
    "cooperate",
    "demand",
    "deny",
    "intend",
    "praise",
    "reduce.break_relations",
    "reduce.halt_talks",
    "reject",
    "statement",
    "support",
    "yield.ceasefire",
)
"""What is said to governments and done with them."""


def with_organs(mentions: Sequence[Mention], sentences: int) -> list[Mention]:
    """The mentions of a text of so many sentences, bare states as the organ that acts.

    >>> with_organs([], 20)
    []
    """
    if sentences < LONG:
        return list(mentions)
    return [_with_organs(m) for m in mentions]


def _with_organs(mention: Mention) -> Mention:
    slots = dict(mention.slots)
    for name, role in (("source", _acting(mention.type)), ("target", _facing(mention.type))):
        if role and slots.get(name):
            slots[name] = tuple(_as(f, role) for f in slots[name])
    return replace(mention, slots=slots)


def _acting(type_: str) -> str | None:
    if type_.startswith("yield.ceasefire.broken") or type_.startswith(_FORCE):
        return "MIL"
    return None if type_.startswith(_NOBODY_S) else "GOV"


def _facing(type_: str) -> str | None:
    if type_.startswith(_ARMIES):
        return "MIL"
    return "GOV" if type_.startswith(_DEALS) else None


def _as(filler: Filler, role: str) -> Filler:
    actor = filler.actor
    if actor is None or not _is_bare_state(actor):
        return filler
    if not _PARTS.isdisjoint(actor.text.lower().replace("-", " ").split()):
        return filler  # southern Lebanon is no government
    code = f"{actor.country}{role}"
    return replace(filler, actor=replace(actor, role=role, cameo=code, resolved_by="inferred"))


def _is_bare_state(actor: Actor) -> bool:
    """Whether a state is named and nothing of it: no land, building or ship."""
    return (
        actor.country is not None
        and actor.role is None
        and actor.cameo == actor.country
        and not actor.kinds.isdisjoint(("country", "state"))
        and "land" not in actor.kinds
    )
