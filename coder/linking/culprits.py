"""Who is meant where a sentence does not say it: claims name the unknown attacker, condemnations
and vows of revenge are aimed at whoever did the deed that they speak of.

Works on the mentions of one article in order of their triggers and fills empty sides only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.types import Filler, Mention

_VIOLENT = ("assault", "abduct", "mass_violence", "property", "coerce.repress")
_AIMED = ("threaten.retaliation", "condemn", "protest_formally")
_UNKNOWN_ROLES = frozenset({"UAF", "REB", "CRM", None})
_NEAR = 12


def name_culprits(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with sources that were claimed and targets that follow from the deed spoken of.

    >>> name_culprits([])
    []
    """
    out = list(mentions)
    for n, mention in enumerate(out):
        if mention.type == "claim" or mention.type.startswith("accuse"):
            claimed = mention.sources if mention.type == "claim" else mention.targets
            known = tuple(f for f in claimed if f.actor and f.actor.cameo)
            at = _latest(out, n, unnamed=True)
            if known and at is not None and (mention.about or mention.type == "claim"):
                out[at] = _with(out[at], "source", known)
        if mention.type.startswith(_AIMED) and not any(
            f.actor and f.actor.cameo for f in mention.targets
        ):
            culprits = _about_sources(mention) or _sources_against(out, n, mention)
            if culprits:
                out[n] = _with(mention, "target", culprits)
    return out


def _with(mention: Mention, slot: str, fillers: tuple[Filler, ...]) -> Mention:
    return replace(mention, slots={**mention.slots, slot: fillers})


def _latest(mentions: Sequence[Mention], n: int, unnamed: bool) -> int | None:
    """The nearest violent mention before n (or in its sentence) whose source nobody has named."""
    for at in sorted(range(len(mentions)), key=lambda i: (i > n, abs(i - n))):
        m = mentions[at]
        if at == n or not m.type.startswith(_VIOLENT) or m.status not in ("actual", "attempted"):
            continue
        if (at > n and m.sentence != mentions[n].sentence) or mentions[
            n
        ].sentence - m.sentence > _NEAR:
            continue
        if unnamed and any(
            f.actor
            and (
                f.actor.group
                or f.actor.role not in _UNKNOWN_ROLES
                or f.actor.resolved_by == "named"
            )
            for f in m.sources
            if f.actor and f.actor.cameo
        ):
            return None
        return at
    return None


def _about_sources(mention: Mention) -> tuple[Filler, ...]:
    own = {f.actor.country for f in mention.sources if f.actor and f.actor.country}
    for link in mention.about:
        known = tuple(
            f for f in link.sources if f.actor and f.actor.cameo and f.actor.country not in own
        )
        if known:
            return known
    return ()


def _sources_against(mentions: Sequence[Mention], n: int, speech: Mention) -> tuple[Filler, ...]:
    """Sources of the nearest violent deed that others than the speaker did."""
    own = {f.actor.country for f in speech.sources if f.actor}
    for at in sorted(range(len(mentions)), key=lambda i: (i > n, abs(i - n))):
        m = mentions[at]
        near = 0 <= speech.sentence - m.sentence <= _NEAR
        if (
            at == n
            or not near
            or not m.type.startswith(_VIOLENT)
            or m.status not in ("actual", "attempted")
        ):
            continue
        others = tuple(
            f for f in m.sources if f.actor and f.actor.cameo and f.actor.country not in own
        )
        if others:
            return others
    return ()
