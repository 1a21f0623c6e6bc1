"""ACLED's event type of each sub-event type. Source: the public ACLED codebook."""

from __future__ import annotations

_SUB_TYPES = {
    "Battles": (
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    ),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Protests": (
        "Peaceful protest",
        "Protest with intervention",
        "Excessive force against protesters",
    ),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
    "Violence against civilians": (
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    ),
}
_TYPE_OF = {sub: kind for kind, subs in _SUB_TYPES.items() for sub in subs}


def acled_event_type(sub_type: str) -> str:
    """The event type of a sub-event type; one that is not ACLED's stands for itself.

    >>> acled_event_type("Grenade")
    'Explosions/Remote violence'
    """
    return _TYPE_OF.get(sub_type, sub_type)
