"""The sides of a deed one by one: what a filler is in that slot, and fillers that mean nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coder.matching.tree import Tree
from coder.types import Actor, Filler

Slots = dict[str, tuple[Filler, ...]]
_POINTERS = frozenset({"PRP", "PRP$", "WP", "WDT"})
_SOMEBODY = frozenset({"person", "people", "actor", "armed", "organisation", "group", "body"})
_HAPPENINGS = frozenset(
    """
    violence_noun abstract time document event_peaceful accident weather natural_force disease
    crime_ordinary money sport
    """.split()
)
"""What happens, is said or is thought: no side of a deed."""
_ACTLESS = _HAPPENINGS | frozenset(
    """
    weapon munition bomb_weapon suicide_weapon shell_weapon missile grenade firearm blade chemical
    crowd_weapon thrown_weapon drone vehicle vehicle_military goods building infrastructure
    """.split()
)
"""What does nothing by itself."""


def with_side(slots: Slots, name: str, fillers: tuple[Filler, ...]) -> Slots:
    rest = {n: got for n, got in slots.items() if n != name}
    return rest | ({name: fillers} if fillers else {})


def as_person(tree: Tree, filler: Filler) -> Filler:
    """Whoever is killed, abducted or beaten and has no name is a civilian: "120", "a sorcerer"."""
    actor = filler.actor
    if actor is None or actor.cameo or filler.head < 0 or tree.tags[filler.head] in _POINTERS:
        return filler
    if (
        tree.lower[filler.head] in ("one", "none", "nobody")
        or not tree.words[filler.head].isalnum()
    ):
        return filler
    if (
        tree.kinds[filler.head] - {"person", "number", "people", "weak", "power"}
        and tree.tags[filler.head] != "CD"
    ):
        return filler  # a thing that dictionaries know
    return replace(filler, actor=replace(actor, role="CVL", cameo="CVL"))


def if_known(filler: Filler) -> Filler:
    """ "The authorities" of no country that the text tells: nobody known."""
    actor = filler.actor
    if actor is None or actor.cameo != "GOV" or "weak" not in actor.kinds:
        return filler
    return replace(filler, actor=replace(actor, role=None, cameo=None))


def as_refugee(filler: Filler) -> Filler:
    """Ordinary people who are given asylum are refugees."""
    actor = filler.actor
    if actor is None or actor.role != "CVL":
        return filler
    code = f"{actor.country or ''}REF"
    return replace(filler, actor=replace(actor, role="REF", cameo=code))


def as_blue_helmet(filler: Filler) -> Filler:
    """Peacekeepers who are attacked are so as those of the mission, whoever sent them."""
    actor = filler.actor
    if actor is None or "peacekeeper" not in actor.kinds or actor.role != "MIL":
        return filler
    return replace(filler, actor=replace(actor, role="IGO", cameo="IGOPKO"))


def is_date(tree: Tree, filler: Filler) -> bool:
    """Whether a day was taken for a side: "13 May"."""
    actor = filler.actor
    if actor is None or actor.cameo is not None or filler.head < 0:
        return False
    around = (filler.head, tree.heads[filler.head], *tree.children[filler.head])
    number = tree.tags[filler.head] == "CD"
    return "time" in tree.kinds[filler.head] or (
        number and any("time" in tree.kinds[t] for t in around)
    )


def countries_of(slots: Slots, name: str) -> set[str]:
    return {f.actor.country for f in slots.get(name, ()) if f.actor and f.actor.country}


def of_one_phrase(sources: tuple[Filler, ...], targets: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """The sources without the one of their own phrase that is the target: "the presidents of Chad
    and Niger spoke"."""
    aimed = {f.actor.cameo for f in targets if f.actor}
    if len(sources) != 2 or sources[0].head != sources[1].head:
        return sources
    return tuple(f for f in sources if f.actor is None or f.actor.cameo not in aimed) or sources


def may_act(tree: Tree, filler: Filler) -> bool:
    """Whether a source is somebody: no weapon, blast, report or stray number ("three others")."""
    actor = filler.actor
    if actor is None or actor.cameo is not None or filler.head < 0:
        return True
    if actor.kinds & _SOMEBODY or tree.tags[filler.head] in _POINTERS:
        return True
    number = tree.tags[filler.head] == "CD" or tree.lemmas[filler.head] in ("other", "another")
    return not number and tree.kinds[filler.head].isdisjoint(_ACTLESS)


def may_be_target(tree: Tree, filler: Filler) -> bool:
    """Whether a target is somebody or something that stands somewhere: no decision, no attack."""
    actor = filler.actor
    if actor is None or actor.cameo is not None or filler.head < 0:
        return True
    if actor.kinds & _SOMEBODY or tree.tags[filler.head] in _POINTERS:
        return True
    return tree.tags[filler.head] != "CD" and tree.kinds[filler.head].isdisjoint(_HAPPENINGS)


def is_somebody(filler: Filler) -> bool:
    """Whether a side is known, or is people that no dictionary knows."""
    actor = filler.actor
    return actor is not None and (actor.cameo is not None or "person" in actor.kinds)


def is_known(fillers: Iterable[Filler]) -> bool:
    return any(f.actor and f.actor.cameo for f in fillers)


def actors_of(fillers: Iterable[Filler]) -> list[Actor]:
    return [f.actor for f in fillers if f.actor is not None]


def shared_out(slots: Slots, *, mutual: bool) -> Slots:
    """Both sides of a mutual deed that one phrase names, as in "the two sides agreed", face each
    other."""
    sources = slots.get("source", ())
    one_phrase = len(sources) == 2 and sources[0].head == sources[1].head
    if mutual and one_phrase and not slots.get("target"):
        return slots | {"source": sources[:1], "target": sources[1:]}
    return slots


def without_self(slots: Slots) -> Slots:
    """A target that is the source over again (one head token) is left out; of several conjoined
    sources the one that is the target too is only that: "Angola and Namibia agreed"."""
    sources, targets = slots.get("source", ()), slots.get("target", ())
    twice = {f.head for f in sources} & {f.head for f in targets}
    if len(sources) == 2 and len({f.head for f in sources}) == 2 and len(twice) == 1:
        kept = tuple(f for f in sources if f.head not in twice)
        slots = with_side(slots, "source", kept)
    said = {(f.head, f.actor.cameo if f.actor else None) for f in slots.get("source", ())}
    kept = tuple(
        f
        for f in slots.get("target", ())
        if (f.head, f.actor.cameo if f.actor else None) not in said
    )
    return with_side(slots, "target", kept)


def is_political(slots: Slots) -> bool:
    """Whether a side is one that acts in politics or war, though it has no name: "the rebels"."""
    return any(f.actor and "politic" in f.actor.kinds for got in slots.values() for f in got)
