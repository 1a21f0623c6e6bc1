"""Screening leaves out only articles on which no rule can fire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from coder.codebook.model import Rule
from coder.matching.evidence import Evidence
from coder.matching.screen import Screen
from coder.matching.triggers import Pattern
from coder.parsing.forms import Forms
from coder.pipeline import Coder
from coder.types import Article

ARTICLES = (
    "Rebels shelled Minna on Monday.",
    "The weather was nice. (Radio)",
    "They cannot strike; workers struck again in Lagos.",
    "Police said they'd been firing at the crowd.",
    "The ministers' talks. Angola's striking miners fled.",
    "(Radio)",
    "Blossoms smelled sweet.",
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def article(text: str) -> Article:
    return Article("a", text, date(2024, 2, 3), "h")


def same(word: str) -> frozenset[str]:
    return frozenset({word})


def pattern(*words: str) -> Pattern:
    rule = Rule.model_validate({"id": "r", "type": "t", "trigger": {"verb": [" ".join(words)]}})
    return Pattern(rule, "verb", words[0], (), words[1:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They throw stones at us.", True),
        ("Stones were all they throw", True),
        ("They throw it.", False),  # the other word of the phrase is not there
        ("Overthrow of stones", False),  # inside another word
    ],
)
def test_all_words_of_a_phrase(text: str, expected: bool) -> None:
    assert Screen([(pattern("throw", "stone"), ())], same).may_tell(text) is expected


def test_one_word_of_each_set() -> None:
    needed = (Evidence(words=frozenset({"tax", "levy"})), Evidence(frozenset({"armed"})))
    screen = Screen([(pattern("raise"), needed)], same)
    assert screen.may_tell("They raise a levy.")  # who is armed is known after tagging
    assert not screen.may_tell("They raise a child.")


def test_a_word_of_any_form_is_always_there() -> None:
    forms: Callable[[str], None] = lambda _: None  # noqa: E731
    assert Screen([(pattern("be"), ())], forms).may_tell("Anything.")


@pytest.mark.parametrize(
    ("lemma", "word"),
    [
        ("strike", "struck"),
        ("strike", "striking"),
        ("flee", "fled"),
        ("carry", "carries"),
        ("can", "cannot"),
        ("be", "'s"),
        ("stage", "staging"),
        ("leaf", "leaves"),
        ("gunman", "gunmen"),
    ],
)
def test_forms_of_a_lemma(coder: Coder, lemma: str, word: str) -> None:
    assert isinstance(coder.parser.forms, Forms)
    assert word in (coder.parser.forms.of(lemma) or ())


def test_every_lemma_leads_back_to_its_word(coder: Coder) -> None:
    forms = coder.parser.forms
    assert forms is not None
    for text in ARTICLES:
        [parse] = coder.parser.parse([text])
        for word, lemma in zip(parse.words, parse.lemmas, strict=True):
            known = forms.of(lemma)
            assert known is None or any(word.lower() in w for w in known), (word, lemma)


def test_the_same_events_with_and_without(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [article(text) for text in ARTICLES]
    screened = coder.code(given)
    monkeypatch.setattr(Coder, "screen", None)
    whole = coder.code(given)
    assert [one.events for one in screened] == [one.events for one in whole]
    assert [one.mentions for one in screened] == [one.mentions for one in whole]
    assert screened[0].events
    assert screened[5].screened == (0,)
    assert not screened[0].screened


def test_what_is_left_out_is_not_parsed(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Coder, "parses", lambda _, texts: asked.extend(texts) or [])
    [one] = coder.code([article("(Radio)")])
    assert not asked
    assert one.sentences
    assert not one.events
