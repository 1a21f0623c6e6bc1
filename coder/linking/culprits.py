"""Who is meant where a sentence does not say it: claims name the unknown attacker, condemnations
and vows of revenge are aimed at whoever did the deed that they speak of, and who fires, shoots down
or calls a truce in a war of two sides does so towards the other one.

Works on the mentions of one article in order of their triggers and fills empty sides only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.types import Actor, Filler, Mention

_VIOLENT = ("assault", "abduct", "mass_violence", "property", "coerce.repress")
_AIMED = ("threaten.retaliation", "condemn", "protest_formally")
_WHOEVER = frozenset({None, "CRM", "UAF"})
"""Those who did it, without a name: "revenge awaits the criminals"."""
_TWO_SIDED = (
    "assault",
    "disrupt.intercept",
    "threaten.retaliation",
    "threaten.defy",
    "yield.ceasefire",
    "yield.suspend_attacks",
)
"""Deeds of a war that have an opposite side."""
_REBEL = frozenset({"REB", "UAF", "CRM", "OPP", "CVL"})
_UNKNOWN_ROLES = frozenset({"UAF", "REB", "CRM", None})
_BLAME = ("blam", "responsib", "behind", "finger", "suspect")
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
            bound = mention.about or mention.type == "claim" or _blames(out, n, at)
            told = mention.status in ("actual", "attempted")
            if known and at is not None and bound and told and not _suffers(out[at], known):
                out[at] = _with(out[at], "source", known)
        if mention.type.startswith(_AIMED) and not any(
            f.actor and f.actor.cameo not in _WHOEVER for f in mention.targets
        ):
            culprits = _about_sources(mention) or _sources_against(out, n, mention)
            if culprits:
                out[n] = _with(mention, "target", culprits)
    for n, mention in enumerate(out):
        if mention.type.startswith(_TWO_SIDED) and not any(
            f.actor is None or f.actor.cameo or "person" in f.actor.kinds for f in mention.targets
        ):
            foe = _foe(out, n, mention)
            if foe:
                out[n] = _with(mention, "target", foe)
    return out


def _blames(mentions: Sequence[Mention], n: int, at: int | None) -> bool:
    """Whether an accusation that names no deed is of one told right before: "a bomb went off;
    police blamed the front"."""
    said = mentions[n].trigger.lower()
    near = at is not None and at < n and mentions[n].sentence - mentions[at].sentence <= 1
    return near and any(w in said for w in _BLAME)


def _suffers(mention: Mention, fillers: Sequence[Filler]) -> bool:
    """Whether those who are blamed for a deed are its target."""
    codes = {f.actor.cameo for f in fillers if f.actor}
    return any(f.actor and f.actor.cameo in codes for f in mention.targets)


def _foe(mentions: Sequence[Mention], n: int, mention: Mention) -> tuple[Filler, ...]:
    """The other side of the nearest hostile deed in which a source of this mention took part."""
    own = [f.actor for f in mention.sources if f.actor and f.actor.cameo]
    together = mention.reciprocal and len(own) > 1  # they agree with or fight each other
    if not own or together or mention.status not in ("actual", "attempted"):
        return ()
    for at in sorted(range(len(mentions)), key=lambda i: (abs(i - n), i > n)):
        m = mentions[at]
        if at == n or not m.type.startswith(_TWO_SIDED):
            continue
        sides = (_named(m.sources), _named(m.targets))
        for mine, theirs in (sides, sides[::-1]):
            against = tuple(f for f in theirs if not any(_one_side(f.actor, a) for a in own))
            if against and any(_one_side(f.actor, a) for f in mine for a in own):
                return tuple(_inferred(f) for f in against)
    return ()


def _named(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    """Fillers that are parties to a war: with a country or group, and no bystanders."""
    return tuple(
        f
        for f in fillers
        if f.actor
        and (f.actor.country or f.actor.group)
        and f.actor.role not in ("CVL", "BUS", "MED", "NGO", "REF")
        and "place" not in f.actor.kinds
    )


def _one_side(x: Actor | None, y: Actor) -> bool:
    if x is None:
        return False
    if x.group and x.group == y.group:
        return True
    return x.country == y.country is not None and (x.role in _REBEL) == (y.role in _REBEL)


def _inferred(filler: Filler) -> Filler:
    if filler.actor is None:
        return filler
    return replace(filler, actor=replace(filler.actor, resolved_by="inferred"))


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
    spoken = {link.type for link in speech.about}
    nearest = sorted(range(len(mentions)), key=lambda i: (i > n, abs(i - n)))
    for at in sorted(nearest, key=lambda i: mentions[i].type not in spoken):
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
