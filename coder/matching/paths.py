"""Named dependency paths: a small language for walking a parse, compiled to closures.

A path is a list of alternatives, tried in order until one finds something. An alternative is
steps written after one another:

    >nsubj              to the children with this label
    >prep[on,against]   ... whose word or lemma is in the list (a name after set: is a word set)
    <dobj               to the head, if the token's own label is this one
    <prep[with]         ... and its own word is in the list
    <conj|advcl         labels joined with | are alternatives
    @doer               the path named doer, from here
    {passive}           stay only if the test holds; {!passive} if it does not
    >*                  all children whatever their label

Tests: verb, noun, adj, passive, active, VBN, VBG, VB (tags), root, finite, objectless, set:NAME
(lemma in a word set), kind:NAME (a kind of the token), dep:LABEL (own label). A path that lands on
a relative pronoun ("who", "which", "that") goes on to the noun that it stands for.

Most paths lead nowhere from most tokens, so each alternative knows the labels that its first move
needs, and the kinds that its tests do: a look at the bits of a token (`Tree.own`, `Tree.below`) and
at the kinds of the sentence (`Tree.held`) refuses it before anything is walked.

>>> from coder.types import Parse
>>> t = Tree(Parse(("Dogs", "bark"), ("dog", "bark"), ("NNS", "VBP"), ("nsubj", "ROOT"),
...                (1, 1), (0, 5)))
>>> Paths({"doer": [">nsubj"]}, {}).walk("doer", t, 1)
[0]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coder.errors import E252, CoderError
from coder.matching.tree import ANY, Tree, mask_of

Step = Callable[[Tree, int], Sequence[int]]
"""From a token to the tokens that one step leads to, each of them once."""
_TOKEN = re.compile(
    r"\s*(?:(?P<dir>[<>])(?P<deps>\*|[a-z|]+)(?:\[(?P<words>[^\]]*)\])?|@(?P<name>[\w.]+)|\{(?P<test>[^}]+)\})"
)
_DEPTH = 12
_NOWHERE: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One alternative of a path: its steps, the labels of which the token itself (`own`) or a child
    of it (`below`) must have one, as bits, and the kinds of which the sentence must hold one, empty
    where it need not."""

    own: int
    below: int
    kinds: frozenset[str]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A path ready to walk: its alternatives in order, and what the least of them needs."""

    text: str
    own: int
    below: int
    kinds: frozenset[str]
    routes: tuple[Route, ...]

    def walk(self, tree: Tree, start: int) -> Sequence[int]:
        """Tokens that the path leads to. Remembered on the tree, since the rules of one trigger ask
        for the same paths."""
        own, below = tree.own[start], tree.below[start]
        if not (own & self.own or below & self.below):
            return _NOWHERE
        if self.kinds and self.kinds.isdisjoint(tree.held):
            return _NOWHERE
        known = tree.walked.get((self.text, start))
        if known is None:
            known = tree.walked[self.text, start] = self.first(tree, start)
        return known

    def first(self, tree: Tree, start: int) -> Sequence[int]:
        """What the first alternative that leads anywhere finds."""
        own, below = tree.own[start], tree.below[start]
        for route in self.routes:
            if own & route.own or below & route.below:
                if route.kinds and route.kinds.isdisjoint(tree.held):
                    continue
                found = _follow(route.steps, tree, start)
                if found:
                    return found
        return _NOWHERE


def _follow(steps: Sequence[Step], tree: Tree, start: int) -> Sequence[int]:
    at: Sequence[int] = (start,)
    for step in steps:
        if len(at) == 1:
            at = step(tree, at[0])
        else:
            at = list(dict.fromkeys(found for token in at for found in step(tree, token)))
        if not at:
            return _NOWHERE
    return _NOWHERE if len(at) == 1 and at[0] == start else at


class Paths:
    """The named paths of a codebook, ready to walk.

    `definitions` maps a name to its alternatives, `sets` a name to its lemmas. Raises E252
    for a path that cannot be read.
    """

    def __init__(
        self, definitions: Mapping[str, Sequence[str]], sets: Mapping[str, frozenset[str]]
    ) -> None:
        self.sets = sets
        self.definitions = dict(definitions)
        self._known: dict[str, Path] = {}
        self._named: dict[str, Path] = {}
        for name, alternatives in definitions.items():
            routes = [self._compile(a) for a in alternatives]
            self._named[name] = self._known[name] = _path(name, routes)
        through = self.definitions.get("about.through", ())
        self._through = tuple((self._lemmas(text), self[text]) for text in through)

    def __getitem__(self, path: str) -> Path:
        """A path by name or expression, compiled when it is first asked for."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = _path(path, self._alternatives(path))
        return known

    def walk(self, path: str, tree: Tree, start: int) -> Sequence[int]:
        """Tokens that a path leads to: `path` is a name or an expression."""
        return self[path].walk(tree, start)

    def _alternatives(self, path: str) -> list[Route]:
        out: list[Route] = []
        for part in path.split(" || "):
            named = self._named.get(part)
            out += named.routes if named and named.routes else [self._compile(part)]
        return out

    def through(self, tree: Tree, start: int) -> list[int]:
        """Where the path `about.through` leads: what light and transparent words only carry."""
        out: list[int] = []
        for lemmas, path in self._through:
            if not lemmas or tree.lemmas[start] in lemmas:
                out += path.walk(tree, start)
        return out

    def _lemmas(self, text: str) -> frozenset[str]:
        """The lemmas on which a path may start, where it begins with a set; else none are named."""
        begins = re.match(r"\s*\{set:(\w+)\}", text)
        return self.sets[begins[1]] if begins else frozenset()

    def check(self, path: str) -> None:
        """Raise E252 when `path` is neither a known name nor a readable expression."""
        if path in self._named:
            return
        if re.fullmatch(r"[\w.]+", path):
            raise CoderError(E252, path=path, problem="there is no path of this name")
        self._alternatives(path)

    def _compile(self, text: str) -> Route:
        steps: list[Step] = []
        own, below, kinds, moved = 0, ANY, frozenset[str](), False
        if re.match(r"\s*[a-z][\w.]*", text):
            text = "@" + text.lstrip()  # a named path with something after it
        pos = 0
        while pos < len(text.rstrip()):
            m = _TOKEN.match(text, pos)
            if not m:
                raise CoderError(
                    E252, path=text, problem=f"nothing readable at {text[pos : pos + 12]!r}"
                )
            pos = m.end()
            if m["dir"]:
                labels = ANY if m["deps"] == "*" else mask_of(m["deps"].split("|"))
                if not moved:
                    own, below = (0, labels) if m["dir"] == ">" else (labels, 0)
                steps.append(self._move(m["dir"], labels, m["words"]))
                moved = True
            elif m["name"]:
                steps.append(self._call(m["name"]))
                moved = True
            else:
                test = m["test"].strip()
                steps.append(self._filter(test))
                if test.startswith("kind:"):
                    kinds = frozenset(test[5:].split("|"))
        return Route(own, below, kinds, tuple(steps))

    def _words(self, text: str | None) -> frozenset[str]:
        words: set[str] = set()
        for part in (text or "").split(","):
            part = part.strip()
            if part.startswith("set:"):
                if part[4:] not in self.sets:
                    raise CoderError(E252, path=text, problem=f"there is no set {part[4:]}")
                words |= self.sets[part[4:]]
            elif part:
                words.add(part)
        return frozenset(words)

    def _move(self, direction: str, labels: int, words: str | None) -> Step:
        allowed = self._words(words) if words is not None else None

        def down(tree: Tree, i: int) -> Sequence[int]:
            if not tree.below[i] & labels:
                return _NOWHERE
            own = tree.own
            found = [c for c in tree.children[i] if own[c] & labels]
            if allowed is not None:
                lemmas, lower = tree.lemmas, tree.lower
                found = [c for c in found if lemmas[c] in allowed or lower[c] in allowed]
            if found and tree.relatives:
                return list(dict.fromkeys(tree.relatives.get(c, c) for c in found))
            return found

        def up(tree: Tree, i: int) -> Sequence[int]:
            head = tree.heads[i]
            if head == i or not tree.own[i] & labels:
                return _NOWHERE
            if (
                allowed is not None
                and tree.lemmas[i] not in allowed
                and tree.lower[i] not in allowed
            ):
                return _NOWHERE
            return (head,)

        return down if direction == ">" else up

    def _call(self, name: str) -> Step:
        depth = 0

        def call(tree: Tree, i: int) -> Sequence[int]:
            nonlocal depth
            if name not in self._named:
                raise CoderError(E252, path=name, problem="there is no path of this name")
            if depth > _DEPTH:
                return _NOWHERE
            depth += 1
            try:
                return self._named[name].first(tree, i)
            finally:
                depth -= 1

        return call

    def _filter(self, test: str) -> Step:
        wanted = not test.startswith("!")
        holds = self._test(test.lstrip("!"))
        return lambda tree, i: (i,) if holds(tree, i) is wanted else _NOWHERE

    def _test(self, test: str) -> Callable[[Tree, int], bool]:
        if test.startswith("set:"):
            words = self._words(test)
            return lambda tree, i: tree.lemmas[i] in words
        if test.startswith("kind:"):
            kinds = frozenset(test[5:].split("|"))
            return lambda tree, i: not kinds.isdisjoint(tree.kinds[i])
        if test.startswith("dep:"):
            labels = mask_of(test[4:].split("|"))
            return lambda tree, i: tree.own[i] & labels != 0
        if test in _TESTS:
            return _TESTS[test]
        if re.fullmatch(r"[A-Z$]{2,4}", test):
            return lambda tree, i: tree.tags[i] == test
        raise CoderError(E252, path=test, problem="there is no such test")


def _path(text: str, routes: Sequence[Route]) -> Path:
    own = below = 0
    for route in routes:
        own |= route.own
        below |= route.below
    asked = [route.kinds for route in routes]
    kinds = frozenset[str]().union(*asked) if all(asked) else frozenset[str]()
    return Path(text, own, below, kinds, tuple(routes))


def antecedent(tree: Tree, i: int) -> int:
    """The noun that a relative pronoun stands for; any other token is returned as it is."""
    return tree.relatives.get(i, i)


def passive(tree: Tree, i: int) -> bool:
    """Whether a verb is passive: with an auxiliary, or a bare participle on a noun."""
    if tree.is_passive(i):
        return True
    if tree.tags[i] != "VBN" and tree.tags[i] != "VBD":
        return False
    if tree.tags[i] == "VBN" and tree.deps[i] in ("acl", "amod") and not tree.kids(i, "nsubj"):
        return True
    if tree.deps[i] == "conj" and not tree.kids(i, "nsubj", "dobj", "aux"):
        head = tree.heads[i]
        return tree.is_verb(head) and passive(tree, head) and tree.tags[i] == "VBN"
    return False


def finite(tree: Tree, i: int) -> bool:
    """Whether a verb is finite: a finite tag, or a finite auxiliary beside it."""
    return tree.tags[i] in ("VBD", "VBZ", "VBP") or any(
        tree.tags[c] in ("VBD", "VBZ", "VBP", "MD") for c in tree.kids(i, "aux", "auxpass")
    )


_TESTS: dict[str, Callable[[Tree, int], bool]] = {
    "verb": lambda tree, i: tree.is_verb(i),
    "noun": lambda tree, i: tree.is_noun(i) or tree.tags[i] in ("PRP", "CD"),
    "adj": lambda tree, i: tree.tags[i].startswith("JJ"),
    "passive": passive,
    "active": lambda tree, i: tree.is_verb(i) and not passive(tree, i),
    "objectless": lambda tree, i: not tree.kids(i, "dobj", "ccomp", "xcomp"),
    "root": lambda tree, i: tree.heads[i] == i,
    "finite": finite,
}
