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

>>> from coder.types import Parse
>>> t = Tree(Parse(("Dogs", "bark"), ("dog", "bark"), ("NNS", "VBP"), ("nsubj", "ROOT"),
...                (1, 1), (0, 5)))
>>> Paths({"doer": [">nsubj"]}, {}).walk("doer", t, 1)
[0]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from coder.errors import E252, CoderError
from coder.matching.tree import Tree

Step = Callable[[Tree, int], list[int]]
_TOKEN = re.compile(
    r"\s*(?:(?P<dir>[<>])(?P<deps>\*|[a-z|]+)(?:\[(?P<words>[^\]]*)\])?|@(?P<name>[\w.]+)|\{(?P<test>[^}]+)\})"
)
_DEPTH = 12


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
        self._inline: dict[str, list[list[Step]]] = {}
        self._named: dict[str, list[list[Step]]] = {}
        for name, alternatives in definitions.items():
            self._named[name] = [self._compile(a) for a in alternatives]

    def walk(self, path: str, tree: Tree, start: int) -> list[int]:
        """Tokens that a path leads to: `path` is a name or an expression. Remembered on the tree,
        since the rules of one trigger ask for the same paths."""
        known = tree.walked.get((path, start))
        if known is None:
            known = tree.walked[path, start] = self._walk(path, tree, start)
        return known

    def _walk(self, path: str, tree: Tree, start: int) -> list[int]:
        alternatives = self._named.get(path)
        if alternatives is None:
            alternatives = self._inline.get(path)
            if alternatives is None:
                alternatives = self._inline[path] = self._alternatives(path)
        return self._first(alternatives, tree, start, 0)

    def _alternatives(self, path: str) -> list[list[Step]]:
        out: list[list[Step]] = []
        for part in path.split(" || "):
            out += self._named.get(part) or [self._compile(part)]
        return out

    def through(self, tree: Tree, start: int) -> list[int]:
        """Where the path `about.through` leads: what light and transparent words only carry."""
        out: list[int] = []
        for alternative in self.definitions.get("about.through", ()):
            out += self.walk(alternative, tree, start)
        return out

    def check(self, path: str) -> None:
        """Raise E252 when `path` is neither a known name nor a readable expression."""
        if path in self._named:
            return
        if re.fullmatch(r"[\w.]+", path):
            raise CoderError(E252, path=path, problem="there is no path of this name")
        self._alternatives(path)

    def _first(
        self, alternatives: list[list[Step]], tree: Tree, start: int, depth: int
    ) -> list[int]:
        for steps in alternatives:
            at = [start]
            for step in steps:
                nxt: list[int] = []
                for token in at:
                    for found in step(tree, token):
                        if found not in nxt:
                            nxt.append(found)
                at = nxt
                if not at:
                    break
            if at and at != [start]:
                return at
        return []

    def _compile(self, text: str) -> list[Step]:
        steps: list[Step] = []
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
                steps.append(self._move(m["dir"], m["deps"], m["words"]))
            elif m["name"]:
                steps.append(self._call(m["name"]))
            else:
                steps.append(self._filter(m["test"].strip()))
        return steps

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

    def _move(self, direction: str, deps: str, words: str | None) -> Step:
        labels = None if deps == "*" else frozenset(deps.split("|"))
        allowed = self._words(words) if words is not None else None

        def down(tree: Tree, i: int) -> list[int]:
            return [
                antecedent(tree, c)
                for c in tree.children[i]
                if (labels is None or tree.deps[c] in labels)
                and (allowed is None or tree.lemmas[c] in allowed or tree.lower[c] in allowed)
            ]

        def up(tree: Tree, i: int) -> list[int]:
            h = tree.heads[i]
            if h == i or (labels is not None and tree.deps[i] not in labels):
                return []
            if (
                allowed is not None
                and tree.lemmas[i] not in allowed
                and tree.lower[i] not in allowed
            ):
                return []
            return [h]

        return down if direction == ">" else up

    def _call(self, name: str) -> Step:
        depth = 0

        def call(tree: Tree, i: int) -> list[int]:
            nonlocal depth
            if name not in self._named:
                raise CoderError(E252, path=name, problem="there is no path of this name")
            if depth > _DEPTH:
                return []
            depth += 1
            try:
                return self._first(self._named[name], tree, i, depth)
            finally:
                depth -= 1

        return call

    def _filter(self, test: str) -> Step:
        wanted = not test.startswith("!")
        holds = self._test(test.lstrip("!"))
        return lambda tree, i: [i] if holds(tree, i) is wanted else []

    def _test(self, test: str) -> Callable[[Tree, int], bool]:
        if test.startswith("set:"):
            words = self._words(test)
            return lambda tree, i: tree.lemmas[i] in words
        if test.startswith("kind:"):
            kinds = frozenset(test[5:].split("|"))
            return lambda tree, i: not kinds.isdisjoint(tree.kinds[i])
        if test.startswith("dep:"):
            labels = frozenset(test[4:].split("|"))
            return lambda tree, i: tree.deps[i] in labels
        if test in _TESTS:
            return _TESTS[test]
        if re.fullmatch(r"[A-Z$]{2,4}", test):
            return lambda tree, i: tree.tags[i] == test
        raise CoderError(E252, path=test, problem="there is no such test")


def antecedent(tree: Tree, i: int) -> int:
    """The noun that a relative pronoun stands for; any other token is returned as it is."""
    if tree.tags[i] in ("WDT", "WP") or (
        tree.lower[i] == "that"
        and tree.tags[i] in ("WDT", "IN", "DT")
        and tree.deps[i].startswith("nsubj")
    ):
        for a in (i, *tree.ancestors(i)):
            if tree.deps[a] == "relcl":
                return tree.heads[a]
    return i


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
