"""Tagging: names before nouns, longer before shorter, weak agents, and kinds that yield."""

from __future__ import annotations

import pytest

from coder.matching.phrases import tokens_of
from coder.matching.tag import head_of
from tests.coding_sample import at, tagged


def kinds(text: str, word: str) -> frozenset[str]:
    tree = tagged(text)
    return tree.kinds[at(tree, word)]


def how(text: str, word: str) -> str | None:
    tree = tagged(text)
    span = tree.spans.get(at(tree, word))
    return span.how if span else None


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("France closed the border.", "France", "name"),
        ("French troops left.", "French", "adjective"),
        ("The French left.", "French", "demonym"),
        ("Soldiers left.", "Soldiers", "agent"),
        ("The table broke.", "table", None),
    ],
)
def test_how_a_phrase_is_used(text: str, word: str, expected: str | None) -> None:
    assert how(text, word) == expected


def test_a_longer_name_keeps_its_words() -> None:
    tree = tagged("The Islamic State militants left.")
    assert [(tree.text(s.start, s.end), s.how) for s in tree.spans.values()] == [
        ("Islamic State", "name"),
        ("militants", "agent"),
    ]


def test_a_name_is_no_common_noun() -> None:
    assert "state" in kinds("Chad closed the border.", "Chad")
    tree = tagged("The Revolutionary Guard left.")
    assert {s.how for s in tree.spans.values()} == {"name"}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The forces left.", False),
        ("Security forces left.", True),
        ("Syrian forces left.", True),
        ("Five hundred forces left.", True),
    ],
)
def test_a_weak_word_needs_support(text: str, actor: bool) -> None:
    assert ("actor" in kinds(text, "forces")) is actor


def test_a_weak_word_takes_kinds_over() -> None:
    assert "armed" in kinds("Members of the militia left.", "Members")
    assert "armed" not in kinds("Members of the choir left.", "Members")


def test_an_adjective_is_national_and_no_civilian() -> None:
    assert {"national"} <= kinds("French troops left.", "French")
    assert "civilian" not in kinds("French troops left.", "French")
    assert "civilian" in kinds("Two Frenchmen left.", "Frenchmen")


def test_an_unknown_name_takes_the_kinds_of_its_title() -> None:
    assert "actor" in kinds("Foreign Minister Karimi left.", "Karimi")
    assert "actor" not in kinds("Karimi left.", "Karimi")


def test_numbers_are_no_kind() -> None:
    assert kinds("Seven left.", "Seven") == frozenset()


def test_phrases_are_cut_as_the_tokeniser_does() -> None:
    assert list(tokens_of("al-Shabab")) == ["al", "Shabab"]
    assert list(tokens_of("People's Front")) == ["People", "'s", "Front"]


def test_the_head_of_a_span_hangs_on_a_word_outside() -> None:
    tree = tagged("The Red Cross workers left.")
    assert tree.words[head_of(tree, 1, 4)] == "workers"
    assert head_of(tree, 0, tree.n) == tree.root
