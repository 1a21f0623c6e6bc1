"""Words of a sentence in order, and the phrases of dictionaries among them.

Phrases are found in the words as they stand, whatever the parser made of them: apart at hyphens,
without regard to case, the longest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coder.codebook.lexicon import Lexicon, subwords
from coder.matching.lists import mend_lists
from coder.matching.tag import Entry
from coder.matching.tree import TagSpan, Tree


@dataclass(frozen=True, slots=True)
class Flat:
    """The words of a sentence, apart at hyphens: `tokens` gives the token of each, `first` the
    index of the first word of each token (of the next one, where a token holds no word)."""

    words: tuple[str, ...]
    tokens: tuple[int, ...]
    first: tuple[int, ...]


def flatten(tree: Tree) -> Flat:
    """The words of a tree.

    >>> from coder.types import Parse
    >>> t = Tree(Parse(("Al-Qaeda", "bombed"), ("x", "y"), ("NNP", "VBD"), ("nsubj", "ROOT"),
    ...                (1, 1), (0, 9)))
    >>> flatten(t).words, flatten(t).tokens
    (('al', 'qaeda', 'bombed'), (0, 0, 1))
    """
    words: list[str] = []
    tokens: list[int] = []
    first: list[int] = []
    for i, word in enumerate(tree.words):
        first.append(len(words))
        for part in subwords(word):
            words.append(part)
            tokens.append(i)
    return Flat(tuple(words), tuple(tokens), tuple(first))


class PhraseIndex:
    """Phrases by their first word, each with whatever it stands for; longer ones first."""

    def __init__(self, phrases: Iterable[tuple[str, Any]]) -> None:
        index: dict[str, dict[tuple[str, ...], list[Any]]] = {}
        for phrase, meaning in phrases:
            words = subwords(phrase)
            if words:
                index.setdefault(words[0], {}).setdefault(words, []).append(meaning)
        self.index: Mapping[str, list[tuple[tuple[str, ...], list[Any]]]] = {
            word: sorted(found.items(), key=lambda item: -len(item[0]))
            for word, found in index.items()
        }

    def at(self, words: tuple[str, ...], i: int) -> Iterator[tuple[int, list[Any]]]:
        """The ends and meanings of the phrases that begin at word i, the longest first."""
        for phrase, meanings in self.index.get(words[i], ()):
            if words[i : i + len(phrase)] == phrase:
                yield i + len(phrase), meanings

    def anywhere(self, words: tuple[str, ...]) -> bool:
        """Whether any phrase stands among the words."""
        return any(True for i in range(len(words)) for _ in self.at(words, i))


class LexiconTagger:
    """Names and agents of a standalone codebook on a tree, as `coder.matching.tag` does it with
    the dictionaries that come with the program. Names go before agents."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.names = PhraseIndex((w, a) for a in lexicon.actors for w in a.words)
        self.agents = PhraseIndex((w, a) for a in lexicon.agents for w in a.words)
        self.sentence = PhraseIndex((w, True) for w in lexicon.discards.sentence)
        self.story = PhraseIndex((w, True) for w in lexicon.discards.story)

    def tag(self, tree: Tree) -> Tree:
        """The tree with `spans` and `kinds`, and with lists of names put right."""
        self._mark_all(tree)
        mended = mend_lists(tree)
        return tree if mended is None else self._mark_all(Tree(mended))

    def _mark_all(self, tree: Tree) -> Tree:
        flat = flatten(tree)
        taken = [False] * tree.n
        for index, how in ((self.names, "name"), (self.agents, "agent")):
            i = 0
            while i < len(flat.words):
                i = self._mark(tree, flat, i, index, how, taken)
        return tree

    def _mark(
        self, tree: Tree, flat: Flat, i: int, index: PhraseIndex, how: str, taken: list[bool]
    ) -> int:
        """Mark the longest phrase at word i; the word to go on with."""
        for end, meanings in index.at(flat.words, i):
            start, stop = flat.tokens[i], flat.tokens[end - 1] + 1
            if any(taken[start:stop]):
                continue
            if how == "name" and not any(w[:1].isupper() for w in tree.words[start:stop]):
                continue  # "us" is not the US
            for t in range(start, stop):
                taken[t] = True
            head = stop - 1
            entries = tuple(
                Entry("name" if how == "name" else "agent", frozenset({"actor"}), m)
                for m in meanings
            )
            tree.spans[head] = TagSpan(start, stop, entries, how)
            tree.kinds[head] = tree.kinds[head] | {"actor"}
            return end
        return i + 1

    def discards(self, tree: Tree) -> str:
        """ "story" or "sentence" where a phrase drops one of them, else ""."""
        words = flatten(tree).words
        if self.story.anywhere(words):
            return "story"
        return "sentence" if self.sentence.anywhere(words) else ""
