"""Why a deed is nobody's politics: what a check is, and the kinds that all of them ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coder.matching.deed import Deed
from coder.matching.tree import Tree

VIOLENT = ("assault", "abduct", "property", "protest.riot", "protest.mob", "mass_violence")
ARMS = frozenset({"weapon", "munition", "aircraft", "violence_noun", "suicide_weapon", "armed"})
FORCES = frozenset({"armed", "nonstate_armed", "state_force", "police", "protester", "rioter"})
POLITICAL = frozenset(
    {
        "politic",
        "armed",
        "state",
        "organisation",
        "protester",
        "religious",
        "ethnic",
        "media",
        "ngo",
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """`holds` for deeds of `types`: they are left out, and `why` is told to who asks."""

    types: tuple[str, ...]
    holds: Callable[[Tree, Deed], bool]
    why: str
