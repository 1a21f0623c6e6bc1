"""On which side the speaker stands who reports a deed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from coder.types import Actor, Attribution, Filler


def attribution_of(
    speaker: Filler | None, slots: Mapping[str, tuple[Filler, ...]], anonymous: Collection[str]
) -> Attribution:
    """narrator where nobody is named as speaking; perpetrator or victim side where the speaker
    belongs to the source or the target; else a third party, or anonymous where the speaker's noun
    is one of `anonymous` (witness, source).

    >>> attribution_of(None, {}, ())
    'narrator'
    """
    if speaker is None:
        return "narrator"
    actor = speaker.actor
    if actor is None or actor.cameo is None:
        head = speaker.text.lower().split()[-1].rstrip("s")
        return "anonymous" if head in anonymous else "third party"
    if any(_same_side(actor, f.actor) for f in slots.get("source", ())):
        return "perpetrator"
    if any(_same_side(actor, f.actor) for f in slots.get("target", ())):
        return "victim side"
    return "third party"


def _same_side(a: Actor, b: Actor | None) -> bool:
    if b is None:
        return False
    if a.group is not None and a.group == b.group:
        return True
    rebels = {"REB", "UAF", "CRM"}
    if (a.role in rebels) != (b.role in rebels):
        return False
    return a.country is not None and a.country == b.country
