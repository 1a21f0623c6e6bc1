"""Whose hands a weapon was in: the owner of the aircraft, drone or ship that it came from, the
forces that tell of those whom they killed or shot down, armed people of whom no more is known.

Fills empty sources only, but for people without a name who set off bombs or open fire: they are no
civilians but unidentified armed men.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.resolving.fillers import Fillers
from coder.resolving.scene import Scene
from coder.types import Filler

_ARMED_DEEDS = (
    "assault.bomb",
    "assault.assassinate",
    "assault.small_arms",
    "assault.grenade",
    "assault.ambush",
)
_CARRIERS = frozenset({"aircraft", "drone", "warship", "vehicle_military"})
_FROM = frozenset({"from", "by", "aboard"})
_FORCES = frozenset({"MIL", "COP"})
_FOES = frozenset({"REB", "UAF", "CRM"})
_SHOT_DOWN = "disrupt.intercept"


def as_gunman(tree: Tree, filler: Filler, type_: str) -> Filler:
    """ "A man blew himself up", "two girls set off their vests": unidentified armed people."""
    actor = filler.actor
    if actor is None or actor.role != "CVL" or filler.head < 0 or actor.group is not None:
        return filler
    if not type_.startswith(_ARMED_DEEDS) or tree.kinds[filler.head].isdisjoint({"person"}):
        return filler
    if any("actor" in tree.kinds[c] for c in tree.kids(filler.head, "amod", "compound", "poss")):
        return filler  # angry villagers, Hindu youths
    if tree.kinds[filler.head] & {"worker", "protester", "student", "religious", "ethnic"}:
        return filler
    named = replace(actor, role="UAF", cameo="UAF", country=None, kinds=actor.kinds - {"civilian"})
    return replace(filler, actor=named)


def by_whose_arms(
    scene: Scene, deed: Deed, fillers: Fillers, speaker: Filler | None, targets: Sequence[Filler]
) -> tuple[Filler, ...]:
    """The source of a deed of force that names nobody: whose aircraft or drone it came from, or
    the forces that tell of it."""
    if deed.type.startswith("assault"):
        for head in _carriers(scene.tree, deed):
            owner = fillers.one(scene, head)
            if owner.actor and owner.actor.cameo and owner.actor.cameo != "UAF":
                return (owner,)
    return _who_tells(deed, speaker, targets)


def whose_weapon(
    scene: Scene, deed: Deed, fillers: Fillers, sources: Sequence[Filler]
) -> tuple[Filler, ...]:
    """Against whom drones or missiles are shot down: the nation that they are said to be of."""
    if not deed.type.startswith(_SHOT_DOWN):
        return ()
    tree, own = scene.tree, {f.actor.country for f in sources if f.actor}
    for arm in deed.slots.get("weapon", ()):
        for c in tree.kids(arm, "amod", "compound", "nmod", "poss"):
            whose = fillers.one(scene, c)
            actor = whose.actor
            if c in tree.spans and actor and actor.cameo and actor.country not in {None, *own}:
                return (whose,)
    return ()


def _carriers(tree: Tree, deed: Deed) -> Iterator[int]:
    """Heads of what the weapons of a deed came from: "bombs from an army drone"."""
    arms = [t for heads in (deed.slots.get("weapon", ()), (deed.head,)) for t in heads]
    for arm in arms:
        for t in sorted(tree.subtree(arm)):
            carrier = tree.deps[t] == "pobj" and tree.kinds[t] & _CARRIERS
            if carrier and tree.lower[tree.heads[t]] in _FROM:
                yield t


def _who_tells(deed: Deed, speaker: Filler | None, targets: Sequence[Filler]) -> tuple[Filler, ...]:
    """ "Nine drones were shot down, the air force said", "Eleven rebels were killed, the army
    said": forces tell of what they did to their foes."""
    actor = speaker.actor if speaker is not None else None
    if speaker is None or actor is None or actor.role not in _FORCES:
        return ()
    hit = [f.actor for f in targets if f.actor and f.actor.cameo]
    theirs = any(a.country == actor.country and a.role not in _FOES for a in hit if a.country)
    if deed.type.startswith(_SHOT_DOWN) and not theirs:
        return (speaker,)
    if deed.type.startswith("assault.kill") and hit and all(a.role in _FOES for a in hit):
        return (speaker,)
    return ()


def of_its_sender(scene: Scene, fillers: Fillers, filler: Filler) -> Filler:
    """ "Poland's army massed two brigades": the brigades are of whoever sends them."""
    tree, actor, head = scene.tree, filler.actor, filler.head
    if actor is None or head < 0 or actor.cameo != actor.role or actor.role not in _FORCES:
        return filler
    if actor.group is not None or tree.deps[head] not in ("dobj", "nsubjpass"):
        return filler
    for c in tree.kids(tree.heads[head], "nsubj", "agent"):
        sender = c if tree.deps[c] == "nsubj" else next(iter(tree.kids(c, "pobj")), c)
        country = fillers.actor(scene, sender).country
        if country is not None:
            owned = replace(actor, country=country, cameo=f"{country}{actor.role}")
            return replace(filler, actor=replace(owned, resolved_by="inferred"))
    return filler
