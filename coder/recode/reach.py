"""How far an edit of codebooks reaches: the articles that may be coded otherwise after it.

Each change gives words that an article must hold for the change to come to anything there, or the
families of events that it must have. Where that cannot be said, all articles are reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from coder.recode.items import Items, Named, everywhere
from coder.recode.probes import Probes
from coder.recode.words import Phrase, phrase

T = TypeVar("T")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Reach:
    """What an edit reaches: all articles, or those that `probes` meet. `why` are the changes in the
    words of a user ("rule air-strike.noun")."""

    everything: bool = False
    probes: Probes = field(default_factory=Probes)
    why: tuple[str, ...] = ()

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            self.everything or other.everything,
            self.probes | other.probes,
            tuple(dict.fromkeys((*self.why, *other.why))),
        )


def reach(old: Items, new: Items) -> Reach:
    """What reaches from one state of the codebooks to another.

    >>> from coder.codebook.load import load_codebooks
    >>> from coder.recode.items import read_items
    >>> items = read_items(load_codebooks())
    >>> bool(reach(items, items).probes)
    False
    """
    found = Reach()
    for part in (_whole, _rules, _paths, _types, _words, _codes, _actors, _places):
        found |= part(old, new)
    return found


def _whole(old: Items, new: Items) -> Reach:
    names = changed(old.whole, new.whole) + changed(old.roles, new.roles)
    names += changed(old.regions, new.regions)
    return Reach(everything=bool(names), why=tuple(names))


def _rules(old: Items, new: Items) -> Reach:
    if _moved(old.rules, new.rules):
        return Reach(everything=True, why=("the order of rules",))
    names = changed(old.rules, new.rules)
    return Reach(probes=_of_rules(old, new, names), why=tuple(f"rule {n}" for n in names))


def _of_rules(old: Items, new: Items, names: Iterable[str]) -> Probes:
    texts = {p for n in names for items in (old, new) if n in items.rules for p in _of(items, n)}
    return Probes(whole=_phrases(texts))


def _of(items: Items, rule: str) -> Iterable[str]:
    return items.rules[rule].phrases


def _paths(old: Items, new: Items) -> Reach:
    found = Reach()
    for name in changed(old.paths, new.paths):
        why = (f"path {name}",)
        below = _on_paths(old, {name}) | _on_paths(new, {name})
        if any(everywhere(n) for n in below):
            return Reach(everything=True, why=why)
        rules = [
            rule
            for items in (old, new)
            for rule, item in items.rules.items()
            if not below.isdisjoint(item.paths)
        ]
        found |= Reach(probes=_of_rules(old, new, rules), why=why)
    return found


def _on_paths(items: Items, names: set[str]) -> set[str]:
    """These paths and all that name them."""
    while True:
        more = {n for n, path in items.paths.items() if not names.isdisjoint(path.phrases)}
        if more <= names:
            return names
        names = names | more


def _types(old: Items, new: Items) -> Reach:
    found = Reach()
    for name in changed(old.types, new.types):
        rules = [
            rule
            for items in (old, new)
            for rule, item in items.rules.items()
            if any(_related(name, t) for t in item.types)
        ]
        found |= Reach(probes=_of_rules(old, new, rules), why=(f"type {name}",))
    return found


def _related(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _words(old: Items, new: Items) -> Reach:
    """Sets and kinds are compared with the words of a text: a word that came or went matters where
    it stands. Parts of words are enough, since some sets are looked for inside longer words."""
    found = Reach()
    for name in changed(old.sets, new.sets):
        words = {*old.sets.get(name, ())} ^ {*new.sets.get(name, ())}
        found |= Reach(probes=Probes(parts=_phrases(words)), why=(f"set {name}",))
    return found


def _codes(old: Items, new: Items) -> Reach:
    found = Reach()
    for book in dict.fromkeys((*old.codes, *new.codes)):
        before, after = old.codes.get(book, {}), new.codes.get(book, {})
        if _moved(before, after):
            found |= Reach(probes=Probes(roots=frozenset({"*"})), why=(f"the lines of {book}",))
            continue
        for name in changed(before, after):
            roots = {root for part in (before, after) if name in part for root in part[name].roots}
            code = name.removeprefix("label ").partition(" ")[0].partition("#")[0]
            found |= Reach(probes=Probes(roots=frozenset(roots)), why=(f"{book} {code}",))
    return found


def _actors(old: Items, new: Items) -> Reach:
    if _moved(old.actors, new.actors):
        return Reach(everything=True, why=("the order of actors",))
    found = _named("actor", old.actors, new.actors, lambda one: _phrases(one.phrases))
    return found | _named("agent", old.agents, new.agents, lambda one: _phrases(one.phrases))


def _places(old: Items, new: Items) -> Reach:
    """A place is found by the first word of a name of it; stop words by any part."""
    if _moved(old.places, new.places):
        return Reach(everything=True, why=("the order of places",))
    found = _named("place", old.places, new.places, _firsts)
    firsts = {p for one in found.probes.parts for p in one}
    if any(len(p) <= _SHORT or p == "saint" for p in firsts):
        found |= Reach(everything=True)  # articles and "St." have several spellings
    for name in changed(old.stop, new.stop):
        words = {*old.stop.get(name, ())} ^ {*new.stop.get(name, ())}
        starts = frozenset(one[:1] for one in _phrases(words))
        found |= Reach(probes=Probes(parts=starts), why=(f"the names under {name}",))
    return found


def _firsts(place: Named) -> frozenset[Phrase]:
    return frozenset(one[:1] for one in _phrases(place.phrases))


def _named(
    what: str,
    old: Mapping[str, Named],
    new: Mapping[str, Named],
    probes: Callable[[Named], frozenset[Phrase]],
) -> Reach:
    found = Reach()
    for name in changed(old, new):
        both = [probes(part[name]) for part in (old, new) if name in part]
        words = frozenset[Phrase]().union(*both)
        found |= Reach(probes=Probes(parts=words), why=(f"{what} {name}",))
    return found


def changed(old: Mapping[str, T], new: Mapping[str, T]) -> list[str]:
    """Names of what is in one only, or not the same in both.

    >>> changed({"a": 1, "b": 2}, {"b": 3, "c": 4})
    ['a', 'b', 'c']
    """
    return [n for n in dict.fromkeys((*old, *new)) if old.get(n) != new.get(n)]


def _moved(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Whether what is in both stands in another order."""
    return [n for n in old if n in new] != [n for n in new if n in old]


def _phrases(texts: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(phrase(text) for text in texts)
