"""The words of an article in one line of text, and whether a changed phrase can be among them.

A line holds every word of the article with its lemma and what a rule may make of it, folded (lower
case, no accents) and each between spaces. Two phrases that are equal anywhere in coding are equal
when folded, so a phrase whose parts are not in the line was never met in the article.
"""

from __future__ import annotations

from collections.abc import Iterable

from coder.codebook.gazetteer_names import fold
from coder.types import Article, Parse

UNPARSED = ""
"""The line of an article that was left unparsed: any change of the codebooks reaches it."""
Phrase = tuple[str, ...]
"""The folded parts of a phrase; an article that it can reach holds all of them."""


def word_line(article: Article, parses: Iterable[Parse]) -> str:
    """The words of an article in one line.

    >>> from datetime import date
    >>> parse = Parse(("Rebels", "fired"), ("rebel", "fir"), ("NNS", "VBD"), ("nsubj", "ROOT"),
    ...               (1, 1), (0, 7))
    >>> word_line(Article("a", "Rebels fired", date(2024, 2, 3), "h"), [parse])
    ' fir fire fired rebe rebel rebels '
    """
    found: set[str] = set()
    for parse in parses:
        found.update(parse.words)
        found.update(parse.lemmas)
        for word, lemma in zip(parse.words, parse.lemmas, strict=True):
            if word.endswith(("ed", "ing", "ED", "ING")):
                found.add(lemma + "e")  # a repair takes "fir" of "fired" for "fire"
            elif word[-3:].lower() == "ies":
                found.add(word[:-3] + "y")
            if word[-1:] in ("s", "S"):
                found.update((word[:-1], word[:-2]))  # plurals of words taken for names
    for text in (article.dateline, article.headline, article.publisher):
        if text:
            found.update(text.replace(",", " ").split())
    parts = {part for word in found for part in fold(word).split()}
    return f" {' '.join(sorted(parts))} "


def phrase(text: str) -> Phrase:
    """The parts of a phrase of a codebook.

    >>> phrase("Sana'a air-base"), phrase("people's army")
    (('sanaa', 'air', 'base'), ('people', 'army'))
    """
    text = text.replace("’", "'")
    words = [w.removesuffix("'s") for w in text.replace("-", " ").split()]
    return tuple(part for word in words for part in fold(word).split())
