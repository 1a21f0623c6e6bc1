"""Phrases of the dictionaries: which of them stand at the words of a sentence.

Looked up by their first two words. What single words mean is remembered, since it depends on the
word, its lemma and its tag alone, and the same words come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from coder.matching.tree import Tree

How = Literal["name", "adjective", "demonym", "seat", "agent", "kind"]
_REMEMBERED = 100_000
"""Words of which the entries are remembered, at most."""
_HYPHENS = frozenset("-–‑")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: an actor entry or agent with how the phrase is used, or kinds."""

    how: How
    kinds: frozenset[str]
    actor: Any = None
    form: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    tokens: tuple[str, ...]
    exact: bool
    lemma_last: bool
    entry: Entry


class Phrases:
    """An index from the first word of a phrase to its phrases.

    >>> from coder.types import Parse
    >>> phrases = Phrases()
    >>> phrases.add("gun boat", Entry("kind", frozenset({"ship"})), lemma=True)
    >>> tree = Tree(Parse(("Gun", "boats", "sank"), ("gun", "boat", "sink"), ("NN", "NNS", "VBD"),
    ...                   ("compound", "nsubj", "ROOT"), (1, 2, 2), (0, 4, 10)))
    >>> [(start, end) for start, end, entry in phrases.found(tree)]
    [(0, 2)]
    """

    def __init__(self) -> None:
        self.single: dict[str, list[Phrase]] = {}
        self.longer: dict[str, dict[str, list[Phrase]]] = {}
        self._one: dict[tuple[str, str, str], tuple[Entry, ...]] = {}

    def add(self, word: str, entry: Entry, lemma: bool = False) -> None:
        """A phrase: in lower case any spelling of it is meant; with `lemma`, also the plural of
        its last word."""
        exact = word != word.lower()
        tokens = tuple(t for t in tokens_of(word if exact else word.lower()))
        if not tokens:
            return
        phrase = Phrase(tokens, exact, lemma and not exact, entry)
        if len(tokens) == 1:
            self.single.setdefault(tokens[0].lower(), []).append(phrase)
        else:
            self.longer.setdefault(tokens[0].lower(), {}).setdefault(tokens[1].lower(), []).append(
                phrase
            )

    def found(self, tree: Tree) -> Iterator[tuple[int, int, Entry]]:
        """What the dictionaries have at each token: start, end and entry."""
        for i, key in enumerate(zip(tree.words, tree.lemmas, tree.tags, strict=True)):
            known = self._one.get(key)
            if known is None:
                known = self._alone(tree, i, key)
            for entry in known:
                yield i, i + 1, entry
            if tree.lower[i] in self.longer or key[1] in self.longer:
                for phrase in self._longer(tree, i):
                    end = _match(tree, i, phrase)
                    if end:
                        yield i, end, phrase.entry

    def _alone(self, tree: Tree, i: int, key: tuple[str, str, str]) -> tuple[Entry, ...]:
        """Entries of one word. Remembered by the word, its lemma and its tag, on which alone they
        depend."""
        lower, lemma = tree.lower[i], tree.lemmas[i]
        keys = (lower,) if lower == lemma else (lower, lemma)
        phrases = (phrase for k in keys for phrase in self.single.get(k, ()))
        found = tuple(phrase.entry for phrase in phrases if _match(tree, i, phrase))
        if len(self._one) == _REMEMBERED:
            self._one.clear()
        self._one[key] = found
        return found

    def _longer(self, tree: Tree, i: int) -> Iterator[Phrase]:
        """Phrases of several words that may begin at token i, by their first two words."""
        lower, lemma = tree.lower[i], tree.lemmas[i]
        for key in (lower,) if lower == lemma else (lower, lemma):
            longer = self.longer.get(key)
            if longer is None:
                continue
            j = i + 1
            while j < tree.n and tree.words[j] in _HYPHENS:
                j += 1
            if j < tree.n:
                yield from longer.get(tree.lower[j], ())
                if tree.lemmas[j] != tree.lower[j]:
                    yield from longer.get(tree.lemmas[j], ())


def tokens_of(phrase: str) -> Iterable[str]:
    """The words of a dictionary phrase as the tokeniser would cut them, hyphens left out."""
    for word in re.split(r"\s+|[-–‑](?!\d)", phrase):
        m = re.fullmatch(r"(.+)(['’]s)", word)
        if m:
            yield from m.groups()
        elif word:
            yield word


def _match(tree: Tree, i: int, phrase: Phrase) -> int:
    j = i
    last = len(phrase.tokens) - 1
    for n, token in enumerate(phrase.tokens):
        while n and j < tree.n and tree.words[j] in _HYPHENS:
            j += 1
        if j >= tree.n:
            return 0
        word = tree.words[j]
        if phrase.exact:
            ok = (
                word == token
                or (n == last and word == token + "s" and phrase.entry.how == "kind")
                or (word.isupper() and len(word) > 4 and word == token.upper())
            )
        elif phrase.lemma_last and n == last:
            ok = tree.lower[j] == token or (tree.lemmas[j] == token and not tree.is_verb(j))
        else:
            ok = tree.lower[j] == token
        if not ok:
            return 0
        j += 1
    if (
        phrase.lemma_last
        and tree.tags[j - 1].startswith(("VB", "MD", "IN"))
        and tree.tags[j - 1] != "VBG"
    ):
        return 0
    return j
