"""Trigger words: from the lemmas of a sentence to the rules that they may fire.

Common verbs head hundreds of phrases ("take part", "take aim"): a phrase is looked for only where
its longest other word stands in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from coder.codebook.model import Rule
from coder.matching.tree import Tree, mask_of

Form = Literal["verb", "noun", "adj", "aux"]
_NOMINAL = frozenset(
    [
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "conj",
        "attr",
        "appos",
        "ROOT",
        "compound",
        "oprd",
        "dative",
        "nmod",
    ]
)
_APART = mask_of(["nsubj", "csubj", "conj", "relcl", "aux"])


@dataclass(frozen=True, slots=True)
class Pattern:
    """One trigger phrase of a rule: its head lemma, the words before and after the head, and its
    place among all phrases, which are tried in the order of the codebooks."""

    rule: Rule
    form: Form
    head: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    number: int = 0

    @property
    def size(self) -> int:
        return 1 + len(self.before) + len(self.after)


@dataclass(slots=True)
class _Head:
    """The patterns of one head lemma and one form: single words, and phrases by the longest of
    their other words."""

    single: list[Pattern] = field(default_factory=list)
    phrases: dict[str, list[Pattern]] = field(default_factory=dict)

    def add(self, pattern: Pattern) -> None:
        others = (*pattern.before, *pattern.after)
        if others:
            self.phrases.setdefault(max(others, key=len), []).append(pattern)
        else:
            self.single.append(pattern)


class Triggers:
    """The trigger phrases of all rules, indexed by head lemma.

    `prepositions` are the words before which the head of a noun phrase stands.
    """

    def __init__(self, rules: Iterable[Rule], prepositions: frozenset[str]) -> None:
        self.index: dict[str, list[Pattern]] = {}
        self._heads: dict[str, dict[Form, _Head]] = {}
        forms: tuple[Form, ...] = ("verb", "noun", "adj", "aux")
        number = 0
        for rule in rules:
            for form in forms:
                for phrase in getattr(rule.trigger, form):
                    pattern = compile_phrase(rule, form, phrase, prepositions, number)
                    self.index.setdefault(pattern.head, []).append(pattern)
                    heads = self._heads.setdefault(pattern.head, {})
                    heads.setdefault(form, _Head()).add(pattern)
                    number += 1

    def verbs(self) -> frozenset[str]:
        """Head lemmas of the verb phrases of all rules."""
        return frozenset(
            head for head, patterns in self.index.items() if any(p.form == "verb" for p in patterns)
        )

    def heads(self, tree: Tree) -> list[int]:
        """Tokens that head a trigger phrase, if the other words stand there."""
        known = self.index
        lower = tree.lower
        return [i for i, w in enumerate(tree.lemmas) if w in known or lower[i] in known]

    def at(self, tree: Tree, i: int) -> list[tuple[Pattern, tuple[int, ...]]]:
        """Patterns whose head is token i, with the tokens of the phrase in order."""
        lemma, lower = tree.lemmas[i], tree.lower[i]
        found = self._headed(lemma, tree, i)
        return found if lower == lemma else found + self._headed(lower, tree, i)

    def _headed(self, word: str, tree: Tree, i: int) -> list[tuple[Pattern, tuple[int, ...]]]:
        forms = self._heads.get(word)
        if forms is None:
            return []
        here: list[Pattern] = []
        for form, head in forms.items():
            if _fits(form, tree, i):
                here += head.single
                for other in head.phrases.keys() & tree.vocabulary:
                    here += head.phrases[other]
        here.sort(key=_number)
        return [(p, tokens) for p in here if (tokens := find(p, tree, i)) is not None]


_number = attrgetter("number")


def compile_phrase(
    rule: Rule, form: Form, phrase: str, prepositions: frozenset[str], number: int = 0
) -> Pattern:
    """A phrase as head and other words: "carry out" is a verb and its particle, "exchange of fire"
    a noun with what follows it, "air strike" a noun with what precedes it."""
    words = phrase.lower().replace("-", " ").split()
    at = 0
    if form == "noun":
        at = next((n - 1 for n, w in enumerate(words) if n and w in prepositions), len(words) - 1)
        if at and words[at] in ("up", "down", "off"):
            at -= 1  # "build-up", "stand-off": the particle is no head
    return Pattern(rule, form, words[at], tuple(words[:at]), tuple(words[at + 1 :]), number)


def find(pattern: Pattern, tree: Tree, i: int) -> tuple[int, ...] | None:
    """The tokens of a pattern around its head i, which is of the right form, or None when the other
    words are not there."""
    if not (pattern.before or pattern.after):
        return (i,)
    used = [i]
    at = i
    for word in reversed(pattern.before):
        found = _left(tree, i, at, word)
        if found is None:
            return None
        used.append(found)
        at = found
    for n, word in enumerate(pattern.after, 1):
        found = _right(tree, used, word)
        if found is None and pattern.form == "verb" and n < len(pattern.after):
            found = _under_object(tree, i, word, pattern.after[n])
        if found is None:
            return None
        used.append(found)
    return tuple(sorted(used))


def _fits(form: Form, tree: Tree, i: int) -> bool:
    tag, dep = tree.tags[i], tree.deps[i]
    if form == "aux":
        return dep == "aux"
    if form == "verb":
        return tag.startswith("VB") and dep not in ("amod", "compound", "aux", "auxpass")
    if form == "noun":
        if tag.startswith("NN"):
            return dep != "compound" or tree.heads[i] < i
        return (
            tag in ("VBG", "VB", "VBP")
            and dep in _NOMINAL
            and not tree.kids(i, "dobj", "nsubj", "aux")
            and bool(tree.kids(i, "det", "poss", "amod", "compound") or dep == "pobj")
        )
    return tag.startswith(("JJ", "VBN", "RB")) and dep not in ("amod", "compound")


def _under_object(tree: Tree, verb: int, prep: str, noun: str) -> int | None:
    """ "set the post on fire": the preposition where the parser hung it on the object."""
    for thing in tree.kids(verb, "dobj", "nsubjpass"):
        for c in tree.kids(thing, "prep"):
            if _is(tree, c, prep) and any(_is(tree, g, noun) for g in tree.kids(c, "pobj")):
                return c
    return None


def _is(tree: Tree, i: int, word: str) -> bool:
    return tree.lemmas[i] == word or tree.lower[i] == word


def _left(tree: Tree, head: int, at: int, word: str) -> int | None:
    j = at - 1
    while j >= 0 and tree.words[j] == "-":
        j -= 1
    if j >= 0 and _is(tree, j, word):
        return j
    lo = tree.noun_phrase(head)[0]
    for j in range(at - 1, lo - 1, -1):
        if _is(tree, j, word) and tree.deps[j] in ("compound", "amod", "nmod", "conj"):
            return j
    return None


def _right(tree: Tree, used: list[int], word: str) -> int | None:
    for u in used:
        for c in tree.children[u]:
            if (
                c not in used
                and not tree.own[c] & _APART
                and not (tree.deps[c] == "prep" and c < used[0])  # "On Monday, ... called"
                and _is(tree, c, word)
            ):
                return c
    last = max(used) + 1
    while last < tree.n and tree.words[last] == "-":
        last += 1
    if last < tree.n and _is(tree, last, word):
        return last
    # a particle that the parser took for the head of an object ("shot down the drone")
    for c in tree.children[used[0]]:
        for g in tree.children[c]:
            if tree.deps[c] in ("advmod", "prt") and g not in used and _is(tree, g, word):
                return g
    return None
