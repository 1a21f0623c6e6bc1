"""Slots of a deed: who stands where the paths of a rule lead, widened to all who are meant.

A conjunction fills a slot with all of its members; "dozens of sites used by militias" are the
militias, and "a wave of drones" are drones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder.codebook.model import Rule
from coder.matching.paths import Paths
from coder.matching.tree import Tree

Found = dict[str, tuple[int, ...]]
_SIDES = ("source", "target")
_INNER = "about."
_EMPTY_WORDS = frozenset({"there", "it"})


class Slots:
    """Fills slots along paths; `group_nouns` are lemmas that only count what stands under them."""

    def __init__(self, paths: Paths, group_nouns: frozenset[str]) -> None:
        self.paths, self.group_nouns = paths, group_nouns

    def fill(
        self, rule: Rule, form: str, tree: Tree, trigger: int, tokens: tuple[int, ...]
    ) -> Found:
        """Head tokens of every slot of a rule; () where nothing fills it. Slots taken from the deed
        underneath are left to `take_over`."""
        names = (*_SIDES, *(s for s in rule.slots if s not in (*_SIDES, "about")))
        slots: Found = {}
        for name in names:
            default = f"{form}.{'doer' if name == 'source' else 'on'}"
            paths = rule.slots.get(name, (default,))
            if name == "weapon":  # may be a word of the trigger: "a drone attack"
                slots[name] = tuple(self._first(paths, tree, trigger, ()))
            else:
                found = self._first(paths, tree, trigger, tokens)
                slots[name] = self.widen(tree, found, trigger, tokens)
        return slots

    def _first(
        self, paths: Sequence[str], tree: Tree, trigger: int, tokens: tuple[int, ...]
    ) -> list[int]:
        """What the first path that leads anywhere finds; `none` ends the search."""
        for path in paths:
            if path == "none":
                break
            if path.startswith(_INNER):
                continue
            found: list[int] = []
            for token in self.paths.walk(path.removeprefix("path:"), tree, trigger):
                if token not in tokens and token not in found:
                    found.append(token)
            if found:
                return found
        return []

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
                owners = self.paths.walk("owner", tree, t)
                if owners:
                    stack = owners + stack
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
