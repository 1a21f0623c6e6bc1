"""Conditions of rules: what must hold of slots, modifiers, form and the deed underneath.

Each condition is compiled once to a test of a scene. A rule is judged on what is cheap to know and
seldom so first: conditions on the trigger and along paths before those that need a slot filled, and
what must be there before what must not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from coder.codebook.model import Condition
from coder.matching.evidence import evidence
from coder.matching.paths import Path, Paths
from coder.matching.tree import ANY, Tree
from coder.matching.words import TokenTest, is_kind, is_word, within


class DeedLike(Protocol):
    """What a condition may ask of the deed under a trigger."""

    @property
    def type(self) -> str: ...
    @property
    def slots(self) -> Mapping[str, tuple[int, ...]]: ...


class SceneLike(Protocol):
    """A trigger with its slots, on which conditions are judged."""

    @property
    def tree(self) -> Tree: ...
    @property
    def head(self) -> int: ...
    @property
    def tokens(self) -> tuple[int, ...]: ...
    @property
    def forms(self) -> frozenset[str]: ...
    @property
    def about(self) -> DeedLike | None: ...
    def slot(self, name: str) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene of which all is known."""

    tree: Tree
    head: int
    tokens: tuple[int, ...]
    slots: Mapping[str, tuple[int, ...]]
    forms: frozenset[str]
    about: DeedLike | None

    def slot(self, name: str) -> tuple[int, ...]:
        """What fills one slot, () where nothing does."""
        return self.slots.get(name, ())


Judge = Callable[[SceneLike], bool]
Tokens = Callable[[SceneLike], Sequence[int]]
_PRONOUNS = ("PRP", "PRP$")


class Test(NamedTuple):
    """A condition compiled. Where neither the trigger has one of the labels `own` nor a child of it
    one of `below` (bits, as in `Tree`), the answer is `otherwise`, and nothing need be judged."""

    own: int
    below: int
    otherwise: bool
    judge: Judge

    def __call__(self, scene: SceneLike) -> bool:
        tree, head = scene.tree, scene.head
        if tree.own[head] & self.own or tree.below[head] & self.below:
            return self.judge(scene)
        return self.otherwise


def _always(judge: Judge) -> Test:
    """A test that asks for no label."""
    return Test(0, ANY, False, judge)


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
            yield _always(self._trigger(c.trigger))
        if c.form:
            yield _always(_form(c.form))
        if c.about:
            yield _always(self._about(c.about))
        if c.any_:
            yield _either([self.compiled(x) for x in c.any_])
        if c.all_:
            yield _both([self.compiled(x) for x in c.all_])
        if c.not_ is not None:
            yield _not(self.compiled(c.not_))
        if c.same_or_empty:
            yield _always(self._same(c.same_or_empty))
        if c.slot is not None or c.at is not None:
            yield self._of_tokens(c)

    def _trigger(self, words: Sequence[str]) -> Judge:
        has = is_word(words, self.sets)

        def test(scene: SceneLike) -> bool:
            tree = scene.tree
            for t in scene.tokens:
                if has(tree, t):
                    return True
            return False

        return test

    def _about(self, patterns: Sequence[str]) -> Judge:
        def test(scene: SceneLike) -> bool:
            about = scene.about
            return about is not None and any(self.is_a(about.type, p) for p in patterns)

        return test

    def _of_tokens(self, c: Condition) -> Test:
        """A condition on the tokens of a slot or at a path: each key asks for one that fits."""
        empty = c.filled is False or (c.or_empty and not c.filled)
        if c.slot is not None:
            return Test(0, ANY, empty, self._fits(c, _slot(c.slot), empty))
        paths = [self.paths[path.strip()] for path in (c.at or "").split("||")]
        own = below = 0
        for path in paths:
            own |= path.own
            below |= path.below
        return Test(own, below, empty, self._fits(c, _at(paths), empty))

    def _fits(self, c: Condition, tokens: Tokens, empty: bool) -> Judge:
        if c.filled is False:
            return lambda scene: not tokens(scene)
        asked: list[TokenTest] = []
        if c.has:
            asked.append(is_word(c.has, self.sets))
        if c.is_:
            asked.append(is_kind(c.is_))
        if c.within:
            asked.append(within(c.within, self.sets))
        needed = [(one.kinds, one.words) for one in evidence(c, self.sets, {})]

        def test(scene: SceneLike) -> bool:
            tree = scene.tree
            for kinds, words in needed:
                if kinds.isdisjoint(tree.held) and words.isdisjoint(tree.vocabulary):
                    return False
            found = tokens(scene)
            if not found:
                return empty
            for fits in asked:
                for t in found:
                    if fits(tree, t):
                        break
                else:
                    return False
            return True

        return test

    def _same(self, slots: Sequence[str]) -> Judge:
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
    return tests[0] if len(tests) == 1 else _joined(tests, True)


def _either(tests: Sequence[Test]) -> Test:
    return _joined(tests, False)


def _joined(tests: Sequence[Test], every: bool) -> Test:
    """All of the tests (`every`) or one of them. The first that fails decides "all", the first that
    holds "one of"; so labels without which one of them decides are labels that the whole needs."""

    def judge(scene: SceneLike) -> bool:
        tree, head = scene.tree, scene.head
        own, below = tree.own[head], tree.below[head]
        for t_own, t_below, otherwise, holds in tests:
            if own & t_own or below & t_below:
                if holds(scene) is not every:
                    return not every
            elif otherwise is not every:
                return not every
        return every

    needy = [t for t in tests if not t.below & ANY]
    deciding = next((t for t in needy if t.otherwise is not every), None)
    if deciding is not None:
        return Test(deciding.own, deciding.below, not every, judge)
    if tests and len(needy) == len(tests):
        own = below = 0
        for t in tests:
            own, below = own | t.own, below | t.below
        return Test(own, below, every, judge)
    return _always(judge)


def _not(test: Test) -> Test:
    holds = test.judge
    return Test(test.own, test.below, not test.otherwise, lambda scene: not holds(scene))


def _form(wanted: Sequence[str]) -> Judge:
    must = frozenset(f for f in wanted if not f.startswith("!"))
    must_not = frozenset(f.lstrip("!") for f in wanted if f.startswith("!"))

    def test(scene: SceneLike) -> bool:
        forms = scene.forms
        return must <= forms and must_not.isdisjoint(forms)

    return test


def _slot(name: str) -> Tokens:
    if not name.startswith("about."):
        return lambda scene: scene.slot(name)
    inner = name.removeprefix("about.")
    return lambda scene: scene.about.slots.get(inner, ()) if scene.about else ()


def _at(paths: Sequence[Path]) -> Tokens:
    walks = [path.walk for path in paths]
    if len(walks) == 1:
        [walk] = walks
        return lambda scene: walk(scene.tree, scene.head)
    return lambda scene: list(
        dict.fromkeys(t for walk in walks for t in walk(scene.tree, scene.head))
    )


# --- what a condition asks for --------------------------------------------------------------


def _asks_slots(c: Condition) -> bool:
    """Whether a condition needs a slot filled or the deed underneath."""
    inside = (*c.any_, *c.all_, *((c.not_,) if c.not_ else ()))
    own = c.slot is not None or c.about or c.same_or_empty
    return bool(own) or any(_asks_slots(x) for x in inside)


def _cost(c: Condition) -> tuple[bool, bool]:
    """What must be there is seldom there, and what must not be hardly ever is: the first comes
    before the second. Of two alike, the one that needs no slot comes first."""
    return c.not_ is not None, _asks_slots(c)
