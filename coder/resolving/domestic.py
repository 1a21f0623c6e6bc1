"""Whose government "the government" is: what the sides of a deed say about each other.

"Kenya's bishops took the government to task" means Kenya's; a protest whose grievance names nobody
is aimed at the government of the country. What follows so is marked as inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.types import Actor, Filler, Where

_OF_A_COUNTRY = frozenset(
    [
        "GOV",
        "LEG",
        "JUD",
        "COP",
        "OPP",
        "PTY",
        "CVL",
        "LAB",
        "EDU",
        "HLH",
        "AGR",
        "BUS",
        "MED",
        "ELI",
    ]
)
_SUBJECTS = frozenset(["OPP", "CVL", "LAB", "EDU", "HLH", "AGR", "LEG", "JUD", "COP", "MED", "PTY"])
_TRADES = frozenset({"LAB", "EDU", "HLH", "AGR"})
"""Roles of people who demand something from the state that they live in."""
_RULERS = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "PTY"})
_RULED = frozenset({"OPP", "PTY", "LAB", "EDU", "MED", "HLH", "AGR", "LEG", "ELI"})
_REBEL = frozenset({"REB", "OPP"})
_STATE = frozenset({None, "GOV", "MIL"})
_AGAINST_RULERS = (
    "protest.demonstration",
    "protest.hunger_strike",
    "protest.strike",
    "protest.roadblock",
    "protest.riot",
)
_TO_RULERS = ("demand", "appeal", "accuse", "condemn", "reject", "threaten", *_AGAINST_RULERS)
"""What the people of a country say to its rulers, though they call them by the country's name."""
_TALKS = ("consult", "intend", "reject", "agreement", "yield", "appeal", "demand", "reduce.talks")
_TO_THE_STATE = (
    "yield.ceasefire.broken",
    "yield.demobilize",
    "group_change.dissolve",
    "yield.surrender",
    "yield.withdraw",
)
_OVER_THE_STATE = ("coerce.emergency", "coerce.curfew")
_TO_THE_PEOPLE = ("yield.reform", "yield.ease_dissent")
_TO_A_PEOPLE = ("mass_violence", "assault.sexual", "coerce.torture")
"""What is done to people, so that a country that stands for them means its civilians."""
_ON_THE_PEOPLE = (*_TO_A_PEOPLE, "assault.kill", "property.loot", "property.arson")
_MEASURES = ("coerce.repress", "coerce.curfew", "coerce.restrict", "coerce.arrest")
Slots = dict[str, tuple[Filler, ...]]


def at_each_others(
    slots: Slots, type_: str, where: Sequence[Where], deed: Filler | None = None
) -> Slots:
    """The slots of a mention, with countries that one side lends the other and the government as
    the target of a protest that names none. `deed` has the words of the deed itself, for crowds
    of which there is no other word: "riots broke out in Nairobi".

    >>> at_each_others({}, "consult", ())
    {}
    """
    sources, targets = slots.get("source", ()), slots.get("target", ())
    place = next((w.country for w in where if w.country), None)
    theirs = _country(sources)
    between = "mediat" in type_ and len({_country((f,)) for f in targets} - {None, theirs}) > 0
    if theirs and place in (None, theirs) and not between:
        rebels = _REBEL if type_.startswith(_TALKS) else frozenset[str]()
        targets = tuple(_of(f, theirs, _OF_A_COUNTRY | rebels) for f in targets)
    ruled = next((f.actor.country for f in targets if f.actor and f.actor.role in _RULERS), None)
    if ruled and theirs is None:
        sources = tuple(_of(f, ruled, _SUBJECTS) for f in sources)
    state = next((f.actor.country for f in targets if f.actor and f.actor.role in _STATE), None)
    with_them = type_.startswith(_TALKS) and "mediat" not in type_
    if state and theirs is None and with_them:
        sources = tuple(_of(f, state, _REBEL) for f in sources)
    subject = next((f.actor.country for f in targets if f.actor and f.actor.role in _RULED), None)
    if subject and theirs is None and place in (None, subject):
        sources = tuple(_of(f, subject, _RULERS) for f in sources)
    shared = _country(targets)
    if shared and len(targets) > 1:
        targets = tuple(_of(f, shared, _SUBJECTS | _RULERS | _REBEL) for f in targets)
    if any(type_.startswith(t) for t in _AGAINST_RULERS):
        sources = tuple(_citizens(f, type_) for f in sources)
        if place and not any(f.actor and f.actor.cameo for f in sources):
            sources = _crowd(sources or targets or ((deed,) if deed else ()), place, type_)
    home = _country(sources) or place
    named = any(f.actor and f.actor.cameo for f in targets)
    if home and not named and any(type_.startswith(t) for t in _AGAINST_RULERS) and sources:
        targets = (_government(sources[0], home),)
    sources, targets = _to_rulers(sources, targets, type_, place)
    theirs = theirs or _country(sources)
    if theirs and not named and place in (None, theirs):
        targets = _at_home(sources[0], theirs, type_) or targets
    if type_.startswith(_TO_A_PEOPLE) or (place and type_.startswith("assault.bomb")):
        targets = tuple(_people(f) for f in targets)
    if place and sources and not targets and type_.startswith(_ON_THE_PEOPLE):
        targets = (_inferred(sources[0], place, "CVL", frozenset({"civilian"})),)
    out = dict(slots)
    if sources:
        out["source"] = sources
    if targets:
        out["target"] = targets
    return out


def threatened(slots: Slots, deeds: Sequence[str], where: Sequence[Where]) -> Slots:
    """The slots of a threat with whom it is aimed at where no word says so: those who threaten to
    march or strike mean their government, a state that threatens arrests or curfews its people.

    `deeds` are the types of what is threatened.

    >>> threatened({}, ["protest.strike"], ())
    {}
    """
    sources, targets = slots.get("source", ()), slots.get("target", ())
    if len(sources) != 1 or any(f.actor and f.actor.cameo for f in targets):
        return slots
    actor = sources[0].actor
    abroad = any(w.country and actor and w.country != actor.country for w in where)
    if actor is None or actor.country is None or abroad:
        return slots
    if actor.role in _SUBJECTS and any(d.startswith("protest") for d in deeds):
        return slots | {"target": (_government(sources[0], actor.country),)}
    if actor.role in ("GOV", "COP", None) and any(d.startswith(_MEASURES) for d in deeds):
        civilians = _inferred(sources[0], actor.country, "CVL", frozenset({"civilian"}))
        return slots | {"target": (civilians,)}
    return slots


def _country(fillers: Sequence[Filler]) -> str | None:
    return next((f.actor.country for f in fillers if f.actor and f.actor.country), None)


def _of(filler: Filler, country: str, roles: frozenset[str]) -> Filler:
    """A role that nothing gives a country takes this one."""
    actor = filler.actor
    if actor is None or actor.country or actor.group or actor.role not in roles:
        return filler
    if actor.cameo != actor.role or "international" in actor.kinds:
        return filler
    code = f"{country}{actor.role}"
    return replace(
        filler, actor=replace(actor, country=country, cameo=code, resolved_by="inferred")
    )


def _at_home(source: Filler, country: str, type_: str) -> tuple[Filler, ...]:
    """Whom a deed between a state and those who defy it is done to: rebels lay down their arms to
    their country, a government gives way to its citizens."""
    actor = source.actor
    if actor is None or actor.country != country:
        return ()
    if actor.role == "REB" and type_.startswith(_TO_THE_STATE):
        return (_inferred(source, country, None, frozenset({"country", "state"})),)
    if actor.role in _SUBJECTS and type_.startswith("demand"):
        return (_government(source, country),)
    if actor.role in ("GOV", None, "MIL") and type_.startswith(_OVER_THE_STATE):
        return (_inferred(source, country, None, frozenset({"land"})),)
    if actor.role in ("COP", "MIL", "GOV", None) and type_.startswith("coerce.repress"):
        return (_inferred(source, country, "CVL", frozenset({"civilian"})),)
    if actor.role in ("GOV", "LEG", None) and type_.startswith(_TO_THE_PEOPLE):
        return (_inferred(source, country, "CVL", frozenset({"civilian"})),)
    return ()


def _to_rulers(
    sources: tuple[Filler, ...], targets: tuple[Filler, ...], type_: str, place: str | None
) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """Both sides of what people tell the rulers of the country that they live in."""
    ruling = _country(targets)
    demanded = type_.startswith("demand") and _country(sources) is None
    if ruling and demanded and place in (None, ruling):
        sources = tuple(_of(f, ruling, _TRADES) for f in sources)
    if len(sources) == 1 and type_.startswith(_TO_RULERS):
        targets = tuple(_rulers(f, sources[0]) for f in targets)
    return sources, targets


def _rulers(filler: Filler, source: Filler) -> Filler:
    """Their own country as people at home speak of it: "nurses demanded that Harare pay them"."""
    actor, own = filler.actor, source.actor
    if actor is None or own is None or own.role not in _SUBJECTS:
        return filler
    if actor.country != own.country or actor.cameo != actor.country:
        return filler
    if not {"country", "state"} & actor.kinds or "land" in actor.kinds:
        return filler
    return replace(filler, actor=replace(actor, role="GOV", cameo=f"{actor.country}GOV"))


def _citizens(filler: Filler, type_: str) -> Filler:
    """Whoever takes to the streets is its people, not the state: "Georgians", "Lima"."""
    actor = filler.actor
    if actor is None or actor.country is None or actor.cameo != actor.country:
        return filler
    role = _role_of_crowd(type_)
    return replace(filler, actor=replace(actor, role=role, cameo=f"{actor.country}{role}"))


def _people(filler: Filler) -> Filler:
    """The people of a country or town that somebody massacres or drives out."""
    actor = filler.actor
    if actor is None or actor.country is None or actor.cameo != actor.country:
        return filler
    return replace(filler, actor=replace(actor, role="CVL", cameo=f"{actor.country}CVL"))


def _crowd(sides: tuple[Filler, ...], place: str, type_: str) -> tuple[Filler, ...]:
    """Those who protest though nobody says who they are: the people of the place."""
    role = _role_of_crowd(type_)
    return tuple(_inferred(f, place, role, frozenset({"civilian"})) for f in sides[:1])


def _role_of_crowd(type_: str) -> str:
    return "LAB" if type_ == "protest.strike" else "CVL"


def _government(protesters: Filler, country: str) -> Filler:
    """The government that a protest is aimed at; its words are those of the protesters."""
    return _inferred(protesters, country, "GOV", frozenset({"government", "state"}))


_NAMES = {None: "state", "GOV": "government", "CVL": "citizens", "LAB": "workers"}


def _inferred(other: Filler, country: str, role: str | None, kinds: frozenset[str]) -> Filler:
    """A side that follows from the other one, with the words of that one."""
    actor = Actor(
        text=other.text,
        name=_NAMES[role],
        cameo=f"{country}{role or ''}",
        country=country,
        role=role,
        group=None,
        kinds=kinds | {"inferred"},
        resolved_by="inferred",
    )
    return replace(other, head=-1, actor=actor)
