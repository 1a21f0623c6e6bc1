"""Patterns of words around a trigger, and the sides that dictionaries give."""

from __future__ import annotations

import pytest

from coder.codebook.lexicon import Lexicon, LexiconActor, LexiconAgent, LexiconCode, subwords
from coder.matching.lexical import Flat, LexiconTagger
from coder.matching.sequence import Party, Places, Sequences
from coder.resolving.lexicon import codes_of
from tests.parses import parse

SETS = {"syn.tool": frozenset({"hammer", "spy glass"})}


def fit(
    pattern: str, text: str, parties: tuple[Party, ...] = ()
) -> dict[str, tuple[int, ...]] | None:
    """How a pattern fits around the word VERB of a text whose every word is a token."""
    words = subwords(text)
    at = words.index("verb")
    flat = Flat(words, tuple(range(len(words))), tuple(range(len(words))))
    phrases = tuple((p.start, p.end) for p in parties)
    return Sequences(SETS).fit(pattern, flat, Places(parties, phrases), (at, at + 1), len(words))


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("* gold", "they VERB much gold", True),
        ("*_gold", "they VERB much gold", False),
        ("*_gold", "they VERB gold", True),
        ("* gold", "gold they VERB", False),
        ("said *", "they said that they VERB", True),
        ("said_*", "they said that they VERB", False),
        ("will_not *", "they will not now VERB", True),
        ("will_not_*", "they will not now VERB", False),
        ("will_not_*", "they will not VERB", True),
        ("said will_*_talks", "he said they will VERB talks", True),
        ("said will_*_talks", "he said they will VERB long talks", False),
        ("* &syn.tool", "they VERB a spy glass", True),
        ("* &syn.tool", "they VERB a spy", False),
        ("* old_&syn.tool now", "they VERB old spy glass now", True),
        ("* long-range gun", "they VERB a long range gun", True),
        ("* a b", "they VERB a c a b", True),
        ("*", "they VERB", True),
    ],
)
def test_a_pattern_fits_or_does_not(pattern: str, text: str, fits: bool) -> None:
    assert (fit(pattern, text) is not None) is fits


def test_marks_stand_for_parties() -> None:
    parties = (Party(0, 1, (0,)), Party(3, 4, (3,)), Party(5, 8, (5, 7)))
    text = "chad did VERB mali from kenya and uganda"
    assert fit("+ * from $", text, parties) == {"+": (0,), "$": (5, 7)}
    assert fit("* ^ from +", text, parties) == {"+": (5, 7)}
    assert fit("* %", text, parties) == {"%": (5, 7)}
    assert fit("% *", text, parties) is None


def actor(code: str, *words: str) -> LexiconActor:
    return LexiconActor(words=words, codes=(LexiconCode(code=code),))


LEXICON = Lexicon(
    (actor("NRG", "norga"), actor("SLV", "selvia", "selvian"), actor("A/B", "the twins")),
    (
        LexiconAgent(words=("soldier", "soldiers"), code="MIL"),
        LexiconAgent(words=("lawmakers",), code="LEG"),
        LexiconAgent(words=("relief workers",), code="NGO", before=True),
    ),
)


@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        ("Selvian soldiers marched.", "soldiers", ["SLVMIL"]),
        ("Soldiers from Norga marched.", "Soldiers", ["NRGMIL"]),
        ("Soldiers marched.", "Soldiers", ["MIL"]),
        ("Norga relief workers marched.", "workers", ["NGONRG"]),
        ("Lawmakers of Norga and Selvia met.", "Lawmakers", ["NRGLEG", "SLVLEG"]),
        ("Lawmakers in Norga and Selvia met.", "Lawmakers", ["NRGLEG", "SLVLEG"]),
        ("We saw the Twins there.", "Twins", ["A", "B"]),
        ("The norga of the house met.", "house", []),
    ],
)
def test_codes_are_put_one_behind_the_other(text: str, word: str, codes: list[str]) -> None:
    tree = LexiconTagger(LEXICON).tag(parse(text))
    assert codes_of(tree, tree.words.index(word), None) == codes
