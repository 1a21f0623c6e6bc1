"""Conditions of rules: what must hold of slots, modifiers, form and the deed underneath."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from coder.codebook.model import Condition
from coder.matching.paths import Paths
from coder.matching.tree import NP_LEFT, Tree


class DeedLike(Protocol):
    """What a condition may ask of the deed under a trigger."""

    @property
    def type(self) -> str: ...
    @property
    def slots(self) -> Mapping[str, tuple[int, ...]]: ...


@dataclass(frozen=True, slots=True)
class Scene:
    """A trigger with its slots, on which conditions are judged."""

    tree: Tree
    head: int
    tokens: tuple[int, ...]
    slots: Mapping[str, tuple[int, ...]]
    forms: frozenset[str]
    about: DeedLike | None


class Conditions:
    """Judges conditions. `is_a(type, pattern)` tells whether a type falls under a pattern."""

    def __init__(
        self,
        sets: Mapping[str, frozenset[str]],
        paths: Paths,
        is_a: Callable[[str, str], bool],
    ) -> None:
        self.sets, self.paths, self.is_a = sets, paths, is_a

    def failed(self, conditions: Sequence[Condition], scene: Scene) -> Condition | None:
        """The first condition that does not hold, or None."""
        for condition in conditions:
            if not self.holds(condition, scene):
                return condition
        return None

    def holds(self, c: Condition, scene: Scene) -> bool:
        if c.any_ and not any(self.holds(x, scene) for x in c.any_):
            return False
        if c.all_ and not all(self.holds(x, scene) for x in c.all_):
            return False
        if c.not_ is not None and self.holds(c.not_, scene):
            return False
        if c.trigger and not any(self._word(scene.tree, t, c.trigger) for t in scene.tokens):
            return False
        if c.form and not all((f.lstrip("!") in scene.forms) != f.startswith("!") for f in c.form):
            return False
        if c.about and not (
            scene.about is not None and any(self.is_a(scene.about.type, p) for p in c.about)
        ):
            return False
        if c.same_or_empty and not self._same(c.same_or_empty, scene):
            return False
        if c.slot is None and c.at is None:
            return True
        tokens = self._tokens(c, scene)
        if not tokens:
            if c.filled is False:
                return True
            return c.or_empty and not (c.filled)
        if c.filled is False:
            return False
        if c.has and not any(self._word(scene.tree, t, c.has) for t in tokens):
            return False
        if c.is_ and not any(self._kind(scene.tree, t, c.is_) for t in tokens):
            return False
        return not c.within or any(self._within(scene.tree, t, c.within) for t in tokens)

    def _tokens(self, c: Condition, scene: Scene) -> Sequence[int]:
        if c.slot is not None:
            if c.slot.startswith("about."):
                return scene.about.slots.get(c.slot[6:], ()) if scene.about else ()
            return scene.slots.get(c.slot, ())
        at = c.at or ""
        if "||" not in at:
            return self.paths.walk(at, scene.tree, scene.head)
        found = [
            t
            for path in at.split("||")
            for t in self.paths.walk(path.strip(), scene.tree, scene.head)
        ]
        return list(dict.fromkeys(found))

    def _word(self, tree: Tree, i: int, words: Sequence[str]) -> bool:
        for word in words:
            if word.startswith("set:"):
                if self._in_set(tree, i, self.sets[word[4:]]):
                    return True
            elif tree.lemmas[i] == word or tree.lower[i] == word:
                return True
        return False

    @staticmethod
    def _in_set(tree: Tree, i: int, words: frozenset[str]) -> bool:
        if tree.lemmas[i] in words or tree.lower[i] in words:
            return True
        if i and f"{tree.lower[i - 1]} {tree.lemmas[i]}" in words:
            return True
        return (
            i > 1 and tree.words[i - 1] == "-" and f"{tree.lower[i - 2]} {tree.lemmas[i]}" in words
        )

    def _kind(self, tree: Tree, i: int, kinds: Sequence[str]) -> bool:
        own = tree.kinds[i]
        for kind in kinds:
            if kind == "proper":
                if tree.tags[i] in ("NNP", "NNPS"):
                    return True
            elif kind == "pronoun":
                if tree.tags[i] in ("PRP", "PRP$", "WP") or tree.lower[i] == "others":
                    return True
            elif kind == "singular":
                if tree.tags[i] in ("NN", "NNP"):
                    return True
            elif kind == "number":
                if tree.tags[i] == "CD":
                    return True
            elif kind in own:
                return True
        return False

    def _within(self, tree: Tree, i: int, tests: Sequence[str]) -> bool:
        """Whether the token or a modifier on its left (or under "of") passes one of the tests,
        each a word, a set or `kind:NAME`."""
        kinds = [t[5:] for t in tests if t.startswith("kind:")]
        words = [t for t in tests if not t.startswith("kind:")]
        stack, depth = [(i, 0)], 0
        while stack:
            j, depth = stack.pop()
            if (words and self._word(tree, j, words)) or (kinds and self._kind(tree, j, kinds)):
                return True
            if depth < 3:
                for c in tree.children[j]:
                    near = tree.deps[c] in NP_LEFT or tree.deps[c] == "conj"
                    if (
                        near
                        or (tree.deps[c] == "prep" and tree.lower[c] == "of")
                        or tree.deps[j] == "prep"
                    ):
                        stack.append((c, depth + 1))
        return False

    def _same(self, slots: Sequence[str], scene: Scene) -> bool:
        groups = []
        for slot in slots:
            tokens = [
                t
                for t in self._tokens(Condition(slot=slot), scene)
                if scene.tree.tags[t] not in ("PRP", "PRP$")
            ]
            if tokens:
                groups.append({scene.tree.lemmas[t] for t in tokens} | {str(t) for t in tokens})
        return len(groups) < 2 or bool(set.intersection(*groups))
