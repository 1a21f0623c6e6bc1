"""Slots of a deed: who stands where the paths of a rule lead, widened to all who are meant.

A conjunction fills a slot with all of its members; "dozens of sites used by militias" are the
militias, and "a wave of drones" are drones.

A slot is filled once for all rules that look for it along the same paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coder.codebook.model import Rule
from coder.matching.paths import Path, Paths
from coder.matching.tree import Tree

Found = dict[str, tuple[int, ...]]
_SIDES = ("source", "target")
_INNER = "about."
_EMPTY_WORDS = frozenset({"there", "it"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where the fillers of a slot are looked for: paths in order, the first that leads anywhere.

    `words_too` says that a word of the trigger may fill it, and that nothing is widened: the weapon
    of "a drone attack".
    """

    number: int
    paths: tuple[Path, ...]
    words_too: bool

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of which the sentence must hold one for the slot to be filled, empty where it need
        not."""
        asked = [path.kinds for path in self.paths]
        return frozenset[str]().union(*asked) if all(asked) else frozenset()


class Slots:
    """Fills slots along paths; `group_nouns` are lemmas that only count what stands under them."""

    def __init__(self, paths: Paths, group_nouns: frozenset[str]) -> None:
        self.paths, self.group_nouns = paths, group_nouns
        self.owner = paths["owner"]
        self._sources: dict[tuple[tuple[str, ...], bool], Source] = {}

    def sources(self, rule: Rule, form: str) -> dict[str, Source]:
        """The slots of a rule, sides first. Those taken from the deed underneath are left to
        `take_over`."""
        names = (*_SIDES, *(s for s in rule.slots if s not in (*_SIDES, "about")))
        out: dict[str, Source] = {}
        for name in names:
            default = f"{form}.{'doer' if name == 'source' else 'on'}"
            key = tuple(_of_own(rule.slots.get(name, (default,)))), name == "weapon"
            if key not in self._sources:
                walked = tuple(self.paths[path] for path in key[0])
                self._sources[key] = Source(len(self._sources), walked, key[1])
            out[name] = self._sources[key]
        return out

    def find(
        self, source: Source, tree: Tree, trigger: int, tokens: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Head tokens of what fills a slot, () where nothing does. Remembered on the tree."""
        key = (source.number, trigger, tokens)
        known = tree.filled.get(key)
        if known is None:
            if source.words_too:
                known = tuple(self._first(source.paths, tree, trigger, ()))
            else:
                found = self._first(source.paths, tree, trigger, tokens)
                known = self.widen(tree, found, trigger, tokens) if found else ()
            tree.filled[key] = known
        return known

    @staticmethod
    def _first(
        paths: Sequence[Path], tree: Tree, trigger: int, tokens: tuple[int, ...]
    ) -> Sequence[int]:
        """What the first path that leads anywhere but to the trigger finds."""
        own, below = tree.own[trigger], tree.below[trigger]
        for path in paths:
            if own & path.own or below & path.below:
                found = [t for t in path.walk(tree, trigger) if t not in tokens]
                if found:
                    return found
        return ()

    def widen(
        self, tree: Tree, found: Sequence[int], trigger: int, tokens: tuple[int, ...]
    ) -> tuple[int, ...]:
        """With the conjuncts of each filler, and the people behind a thing: "dozens of sites used
        by militias" are the militias. Expletives are no fillers."""
        out: list[int] = []
        stack = list(found)
        while stack:
            t = stack.pop(0)
            if t in out or t == trigger or _fills_nothing(tree, t):
                continue
            inside = self._counted(tree, t)
            if inside:
                stack = inside + stack
                continue
            stack = [
                c for c in tree.kids(t, "conj") if not tree.is_verb(c) and c not in tokens
            ] + stack
            if "actor" not in tree.kinds[t]:
                owners = self.owner.walk(tree, t)
                if owners:
                    stack = [*owners, *stack]
                    continue
            out.append(t)
        return tuple(out)

    def _counted(self, tree: Tree, t: int) -> list[int]:
        """What stands under a word that only counts or groups it: "waves of drones"."""
        if tree.lemmas[t] not in self.group_nouns:
            return []
        inside = [
            p for c in tree.kids(t, "prep") if tree.lower[c] == "of" for p in tree.kids(c, "pobj")
        ]
        if "actor" in tree.kinds[t] and not any("actor" in tree.kinds[p] for p in inside):
            return []
        return inside


def _of_own(paths: Sequence[str]) -> Iterator[str]:
    """Paths that start at the trigger, up to `none`, which ends the search."""
    for path in paths:
        if path == "none":
            return
        if not path.startswith(_INNER):
            yield path.removeprefix("path:")


def _fills_nothing(tree: Tree, t: int) -> bool:
    """Expletives ("there were") and verbs are no fillers, unless a dictionary knows them."""
    if tree.lower[t] in _EMPTY_WORDS and tree.deps[t] == "expl":
        return True
    return tree.is_verb(t) and tree.tags[t] != "VBG" and t not in tree.spans


def take_over(slots: Found, rule: Rule, inner: Mapping[str, tuple[int, ...]]) -> None:
    """Fill slots that are still empty from the deed underneath, where the rule says so."""
    for name, wanted in rule.slots.items():
        if slots.get(name):
            continue
        for path in wanted:
            if path.startswith(_INNER):
                slots[name] = inner.get(path.removeprefix(_INNER), ())
                if slots[name]:
                    break


def settle_both_sides(tree: Tree, slots: Found, reciprocal: bool) -> bool:
    """Share the sources of a deed done to one another out over both sides, and tell whether it
    says "each other"."""
    several = len(slots.get("source", ())) > 1
    mutual = several and any(_each_other(tree, t) for t in slots.get("target", ()))
    if mutual:
        slots["target"] = ()
    if (reciprocal or mutual) and several and not slots.get("target"):
        slots["source"], slots["target"] = slots["source"][:1], slots["source"][1:]
    return mutual


def _each_other(tree: Tree, t: int) -> bool:
    """ "each other", "one another"."""
    return tree.lower[t] in ("other", "another") and t > 0 and tree.lower[t - 1] in ("each", "one")
