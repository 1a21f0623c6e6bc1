"""Conditions of rules: what must hold of slots, modifiers, form and the deed underneath.

Each condition is compiled once to a test of a scene. A rule is judged on what is cheap to know and
seldom so first: conditions on the trigger and along paths before those that need a slot filled, and
what must be there before what must not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from coder.codebook.model import Condition
from coder.matching.paths import Paths
from coder.matching.tree import Tree
from coder.matching.words import TokenTest, is_kind, is_word, within


class DeedLike(Protocol):
    """What a condition may ask of the deed under a trigger."""

    @property
    def type(self) -> str: ...
    @property
    def slots(self) -> Mapping[str, tuple[int, ...]]: ...


class SlotsLike(Protocol):
    """Slots by name: all filled, or filled when they are asked for."""

    def get(self, name: str, default: tuple[int, ...], /) -> tuple[int, ...]: ...


class SceneLike(Protocol):
    """A trigger with its slots, on which conditions are judged."""

    @property
    def tree(self) -> Tree: ...
    @property
    def head(self) -> int: ...
    @property
    def tokens(self) -> tuple[int, ...]: ...
    @property
    def slots(self) -> SlotsLike: ...
    @property
    def forms(self) -> frozenset[str]: ...
    @property
    def about(self) -> DeedLike | None: ...


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene of which all is known."""

    tree: Tree
    head: int
    tokens: tuple[int, ...]
    slots: Mapping[str, tuple[int, ...]]
    forms: frozenset[str]
    about: DeedLike | None


Test = Callable[[SceneLike], bool]
Tokens = Callable[[SceneLike], Sequence[int]]
_PRONOUNS = ("PRP", "PRP$")


class Conditions:
    """Compiles and judges conditions. `is_a(type, pattern)` tells whether a type falls under a
    pattern."""

    def __init__(
        self,
        sets: Mapping[str, frozenset[str]],
        paths: Paths,
        is_a: Callable[[str, str], bool],
    ) -> None:
        self.sets, self.paths, self.is_a = sets, paths, is_a
        self._compiled: dict[int, tuple[Condition, Test]] = {}

    def failed(self, conditions: Sequence[Condition], scene: SceneLike) -> Condition | None:
        """The first condition that does not hold, or None."""
        for condition in conditions:
            if not self.holds(condition, scene):
                return condition
        return None

    def holds(self, c: Condition, scene: SceneLike) -> bool:
        return self.compiled(c)(scene)

    def compiled(self, c: Condition) -> Test:
        """A condition as a test. Compiled once: the rules of a file share what is `common`."""
        known = self._compiled.get(id(c))
        if known is None:
            known = self._compiled[id(c)] = c, _both(list(self._tests(c)))
        return known[1]

    def in_order(self, conditions: Sequence[Condition]) -> tuple[Test, ...]:
        """Tests of conditions, those first that are cheap and likely to fail."""
        return tuple(self.compiled(c) for c in sorted(conditions, key=_cost))

    def _tests(self, c: Condition) -> Iterator[Test]:
        """One test for each key of a condition; all must hold."""
        if c.trigger:
            yield self._trigger(c.trigger)
        if c.form:
            yield _form(c.form)
        if c.about:
            yield self._about(c.about)
        if c.any_:
            yield _either([self.compiled(x) for x in c.any_])
        if c.all_:
            yield _both([self.compiled(x) for x in c.all_])
        if c.not_ is not None:
            yield _not(self.compiled(c.not_))
        if c.same_or_empty:
            yield self._same(c.same_or_empty)
        if c.slot is not None or c.at is not None:
            yield self._of_tokens(c)

    def _trigger(self, words: Sequence[str]) -> Test:
        has = is_word(words, self.sets)

        def test(scene: SceneLike) -> bool:
            tree = scene.tree
            for t in scene.tokens:
                if has(tree, t):
                    return True
            return False

        return test

    def _about(self, patterns: Sequence[str]) -> Test:
        def test(scene: SceneLike) -> bool:
            about = scene.about
            return about is not None and any(self.is_a(about.type, p) for p in patterns)

        return test

    def _of_tokens(self, c: Condition) -> Test:
        """A condition on the tokens of a slot or at a path: each key asks for one that fits."""
        tokens = self._tokens(c)
        if c.filled is False:
            return lambda scene: not tokens(scene)
        empty = c.or_empty and not c.filled
        asked: list[TokenTest] = []
        if c.has:
            asked.append(is_word(c.has, self.sets))
        if c.is_:
            asked.append(is_kind(c.is_))
        if c.within:
            asked.append(within(c.within, self.sets))
        if len(asked) == 1:
            [only] = asked

            def one(scene: SceneLike) -> bool:
                found = tokens(scene)
                tree = scene.tree
                for t in found:
                    if only(tree, t):
                        return True
                return empty and not found

            return one

        def test(scene: SceneLike) -> bool:
            found = tokens(scene)
            if not found:
                return empty
            return all(any(fits(scene.tree, t) for t in found) for fits in asked)

        return test

    def _tokens(self, c: Condition) -> Tokens:
        if c.slot is not None:
            return _slot(c.slot)
        walks = [self.paths[path.strip()].walk for path in (c.at or "").split("||")]
        if len(walks) == 1:
            [walk] = walks
            return lambda scene: walk(scene.tree, scene.head)
        return lambda scene: list(
            dict.fromkeys(t for walk in walks for t in walk(scene.tree, scene.head))
        )

    def _same(self, slots: Sequence[str]) -> Test:
        """The slots that are filled, but for pronouns, share a token or a lemma."""
        sides = [_slot(name) for name in slots]

        def test(scene: SceneLike) -> bool:
            tree = scene.tree
            groups = []
            for side in sides:
                tokens = [t for t in side(scene) if tree.tags[t] not in _PRONOUNS]
                if tokens:
                    groups.append({tree.lemmas[t] for t in tokens} | {str(t) for t in tokens})
            return len(groups) < 2 or bool(set.intersection(*groups))

        return test


# --- tests made of tests --------------------------------------------------------------------


def _both(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def test(scene: SceneLike) -> bool:
        for holds in tests:
            if not holds(scene):
                return False
        return True

    return test


def _either(tests: Sequence[Test]) -> Test:
    def test(scene: SceneLike) -> bool:
        for holds in tests:
            if holds(scene):
                return True
        return False

    return test


def _not(holds: Test) -> Test:
    return lambda scene: not holds(scene)


def _form(wanted: Sequence[str]) -> Test:
    must = frozenset(f for f in wanted if not f.startswith("!"))
    must_not = frozenset(f.lstrip("!") for f in wanted if f.startswith("!"))

    def test(scene: SceneLike) -> bool:
        forms = scene.forms
        return must <= forms and must_not.isdisjoint(forms)

    return test


def _slot(name: str) -> Tokens:
    if not name.startswith("about."):
        return lambda scene: scene.slots.get(name, ())
    inner = name.removeprefix("about.")
    return lambda scene: scene.about.slots.get(inner, ()) if scene.about else ()


# --- what a condition asks for --------------------------------------------------------------


def _asks_slots(c: Condition) -> bool:
    """Whether a condition needs a slot filled or the deed underneath."""
    inside = (*c.any_, *c.all_, *((c.not_,) if c.not_ else ()))
    own = c.slot is not None or c.about or c.same_or_empty
    return bool(own) or any(_asks_slots(x) for x in inside)


def _cost(c: Condition) -> tuple[bool, bool]:
    """What must be there is seldom there, and what must not be hardly ever is: the first comes
    before the second, and before either what asks for the trigger and the words around it."""
    return _asks_slots(c), c.not_ is not None
