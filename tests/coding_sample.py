"""Texts coded with the bundled codebooks, for tests: everything is loaded once a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from coder.contract import Row, events_of
from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.pipeline import Coder
from coder.types import Actor, Article, CodedArticle, Mention, Parse, Sentence

DAY = date(2024, 3, 15)
"""A Friday: the publication date of all texts."""


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder()


def article(text: str, article_id: str = "a", published: date = DAY) -> Article:
    return Article(article_id, text, published, "hash")


@lru_cache(maxsize=1024)
def coded(text: str) -> CodedArticle:
    """One text, coded by itself."""
    [one] = coder().code([article(text)])
    assert one.rejects == ()
    return one


def rows(text: str, *, everything: bool = False) -> list[Row]:
    return events_of(coded(text), everything=everything)


def mentions(text: str) -> dict[str, Mention]:
    """The mentions of a text by their types."""
    return {m.type: m for m in coded(text).mentions}


def tagged(text: str) -> Tree:
    """The tree of one sentence with kinds and dictionary names."""
    [parse] = coder().parses([text])
    return coder().tagger.tag(Tree(parse))


def deeds(text: str) -> list[Deed]:
    """The deeds of one sentence, suppressed ones included."""
    [parse] = coder().parses([text])
    [matched] = coder().match([Sentence("a", 0, 0, len(text), text)], [parse])
    return list(matched.deeds)


def words(tree: Tree, tokens: Sequence[int]) -> list[str]:
    return [tree.words[t] for t in tokens]


def at(tree: Tree, word: str) -> int:
    """The only token with this word."""
    [i] = [i for i in range(tree.n) if tree.words[i] == word]
    return i


def actor_of(phrase: str) -> Actor:
    """The actor of a phrase that stands as the subject of a sentence."""
    text = f"{phrase[0].upper()}{phrase[1:]} attacked the convoy."
    tree = tagged(text)
    head = tree.kid(at(tree, "attacked"), "nsubj")
    assert head is not None
    countries: dict[int, str] = {}
    return coder().resolver.actors.resolve(tree, head, DAY, countries)


def hand_made(*tokens: tuple[str, str, str, str, int]) -> Tree:
    """A tree of (word, lemma, tag, dependency, head)."""
    columns = list(zip(*tokens, strict=True))
    starts, n = [], 0
    for word in columns[0]:
        starts.append(n)
        n += len(word) + 1
    return Tree(Parse(*columns, tuple(starts)))
