"""A parse with its children, spans and word tests: what matching and resolving walk on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from coder.types import Parse


class TagSpan(NamedTuple):
    """Words of a sentence that a dictionary knows: tokens `start` up to `end`, and its entries."""

    start: int
    end: int
    entries: tuple[Any, ...]
    how: str


ANY = 1
"""The bit that every token has: asking for it asks for nothing."""


class _Bits(dict[str, int]):
    """A bit for each dependency label, given out as labels are met."""

    def __missing__(self, label: str) -> int:
        bit = self[label] = 2 << len(self)
        return bit


class _Masks(dict[tuple[str, ...], int]):
    """The bits of several labels together."""

    def __missing__(self, labels: tuple[str, ...]) -> int:
        self[labels] = mask = mask_of(labels)
        return mask


_BITS = _Bits()
_MASKS = _Masks()


def mask_of(labels: Iterable[str]) -> int:
    """The bits of some labels: `tree.own[i] & mask` tells whether token i has one of them, and
    `tree.below[i] & mask` whether one of its children has."""
    mask = 0
    for label in labels:
        mask |= _BITS[label]
    return mask


class Tree:
    """Navigation over one `Parse`.

    >>> from coder.types import Parse
    >>> t = Tree(Parse(("Dogs", "bark"), ("dog", "bark"), ("NNS", "VBP"), ("nsubj", "ROOT"),
    ...                (1, 1), (0, 5)))
    >>> t.children[1], t.root, t.span(0)
    ([0], 1, (0, 1))
    """

    __slots__ = (
        "_ends",
        "_held",
        "below",
        "children",
        "deps",
        "filled",
        "heads",
        "kinds",
        "lemmas",
        "lower",
        "n",
        "near",
        "own",
        "parse",
        "relatives",
        "spans",
        "tags",
        "vocabulary",
        "walked",
        "words",
    )

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.n = len(parse)
        self.words, self.tags = parse.words, parse.tags
        self.lemmas = _lemmas(parse)
        self.heads = parse.heads
        self.deps = _deps(parse)
        self.lower = [w.lower() for w in parse.words]
        self.own = [_BITS[dep] | ANY for dep in self.deps]
        """The label of each token as bits (`mask_of`)."""
        self.below = [ANY] * self.n
        """The labels of the children of each token as bits."""
        self.children: list[list[int]] = [[] for _ in parse.words]
        for i, h in enumerate(parse.heads):
            if h != i:
                self.children[h].append(i)
                self.below[h] |= self.own[i]
        self.relatives: dict[int, int] = dict(self._relatives())
        """Relative pronouns ("who", "which", "that") with the nouns that they stand for."""
        self.vocabulary = frozenset((*self.lower, *self.lemmas))
        """All words and lemmas of the sentence."""
        self.kinds: list[frozenset[str]] = [_NO_KINDS] * self.n
        """Kinds of each token, filled by `coder.matching.tag`."""
        self.spans: dict[int, TagSpan] = {}
        """Dictionary names by the token that heads them, filled by `coder.matching.tag`."""
        self.walked: dict[tuple[str, int], Sequence[int]] = {}
        """Answers of `Paths.walk` on this tree."""
        self.filled: dict[tuple[int, int, tuple[int, ...]], tuple[int, ...]] = {}
        """Answers of `Slots.find` on this tree."""
        self.near: dict[int, list[int]] = {}
        """Answers of `beside` on this tree."""
        self._held: frozenset[str] | None = None
        self._ends: list[tuple[int, int] | None] = [None] * self.n

    @property
    def root(self) -> int:
        """The first root of the sentence."""
        for i, h in enumerate(self.heads):
            if h == i:
                return i
        return 0

    @property
    def held(self) -> frozenset[str]:
        """The kinds of all tokens together. To be asked for when tagging is done."""
        if self._held is None:
            self._held = frozenset().union(*self.kinds)
        return self._held

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of token i with one of these dependency labels (all when none is given)."""
        if not deps:
            return self.children[i]
        mask = _MASKS[deps]
        if not self.below[i] & mask:
            return []
        return [c for c in self.children[i] if self.own[c] & mask]

    def kid(self, i: int, *deps: str) -> int | None:
        """The first such child, or None."""
        mask = _MASKS[deps]
        if self.below[i] & mask:
            for c in self.children[i]:
                if self.own[c] & mask:
                    return c
        return None

    def span(self, i: int) -> tuple[int, int]:
        """First token and one past the last token of the subtree of i."""
        got = self._ends[i]
        if got is None:
            lo, hi = i, i + 1
            seen = {i}
            stack = list(self.children[i])
            while stack:
                c = stack.pop()
                if c in seen:
                    continue
                seen.add(c)
                lo, hi = min(lo, c), max(hi, c + 1)
                stack.extend(self.children[c])
            got = self._ends[i] = (lo, hi)
        return got

    def subtree(self, i: int) -> list[int]:
        """Tokens of the subtree of i, in order."""
        out, stack = [], [i]
        while stack:
            c = stack.pop()
            out.append(c)
            stack.extend(self.children[c])
        return sorted(out)

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of i from the nearest up to the root."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def verb_over(self, i: int) -> int | None:
        """Token i where it is a verb, else the nearest verb above it; None where there is none."""
        return next((a for a in (i, *self.ancestors(i)) if self.is_verb(a)), None)

    def text(self, lo: int, hi: int) -> str:
        """The words from token lo up to hi, as they stand in the sentence."""
        p = self.parse
        out = []
        for i in range(lo, hi):
            if i > lo and p.starts[i] > p.starts[i - 1] + len(p.words[i - 1]):
                out.append(" ")
            out.append(p.words[i])
        return "".join(out)

    def noun_phrase(self, i: int) -> tuple[int, int]:
        """Tokens of the noun phrase of head i: its left modifiers, the head and a hyphenated or
        "of" tail, without relative clauses, appositions and conjuncts."""
        lo = i
        for c in self.children[i]:
            if c < i and self.deps[c] in NP_LEFT:
                lo = min(lo, self.span(c)[0])
        hi = i + 1
        for c in self.children[i]:
            if c > i and self.deps[c] == "prep" and self.lower[c] == "of" and c == hi:
                hi = self.span(c)[1]
        return lo, hi

    def is_passive(self, i: int) -> bool:
        return bool(self.below[i] & _PASSIVE)

    def is_verb(self, i: int) -> bool:
        return self.tags[i].startswith("VB")

    def is_noun(self, i: int) -> bool:
        return self.tags[i].startswith("NN")

    def _relatives(self) -> Iterator[tuple[int, int]]:
        for i, tag in enumerate(self.tags):
            if tag in ("WDT", "WP") or (
                self.lower[i] == "that" and tag in ("IN", "DT") and self.deps[i].startswith("nsubj")
            ):
                for a in (i, *self.ancestors(i)):
                    if self.deps[a] == "relcl":
                        yield i, self.heads[a]
                        break


def _deps(parse: Parse) -> Sequence[str]:
    """Labels, where a root is a root whatever the parser calls it, so that every walk up a chain
    of labels ends, and a clause before a semicolon is beside the next one, not its complement."""
    roots = [i for i, h in enumerate(parse.heads) if h == i and parse.deps[i] != "ROOT"]
    if not roots and ";" not in parse.words:
        return parse.deps
    out = list(parse.deps)
    for i in roots:
        out[i] = "ROOT"
    for i, dep in enumerate(out):
        head = parse.heads[i]
        if dep in ("ccomp", "advcl") and i < head and ";" in parse.words[i:head]:
            out[i] = "parataxis"
    return out


def _lemmas(parse: Parse) -> Sequence[str]:
    """Lemmas, with the plural taken off words that the tagger took for names: "Rockets were
    fired", "Missiles slammed", "two F-16s", "French Rafales"."""
    out: list[str] | None = None
    for i, tag in enumerate(parse.tags):
        if not parse.words[i].endswith("s") or tag[:2] not in ("NN", "CD"):
            continue
        word = parse.words[i].lower()
        if parse.lemmas[i] != word or len(word) < 4 or word.endswith("ss"):
            continue
        first = i == 0 or not parse.words[i - 1].isalpha()
        plural = tag == "NNPS" or (tag == "NNP" and first and _is_past(parse, i + 1))
        if plural or (word[-2].isdigit() and parse.words[i][0].isupper()):
            out = out or list(parse.lemmas)
            out[i] = _singular(word)
    return out or parse.lemmas


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("shes", "ches", "sses", "xes")) else word[:-1]


def _is_past(parse: Parse, i: int) -> bool:
    return i < len(parse.tags) and parse.tags[i] in ("VBD", "VBP", "VBN")


_NO_KINDS: frozenset[str] = frozenset()
NP_LEFT = frozenset(
    [
        "compound",
        "amod",
        "nmod",
        "det",
        "poss",
        "nummod",
        "quantmod",
        "advmod",
        "predet",
        "nounmod",
        "case",
        "neg",
        "punct",
        "npadvmod",
    ]
)
_PASSIVE = mask_of(["auxpass", "nsubjpass", "csubjpass", "agent"])
