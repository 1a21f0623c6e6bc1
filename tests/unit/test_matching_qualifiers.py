"""Negation, modality, conditions, fiction, memory, attempts and hedges, by the parse."""

from __future__ import annotations

import pytest

from coder.matching.qualifiers import Qualifiers
from tests.coding_sample import at, coder, tagged


def read(text: str, word: str) -> Qualifiers:
    tree = tagged(text)
    return coder().matcher.qualify.read(tree, at(tree, word))


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Rebels attacked the base.", "attacked", "actual"),
        ("The base was attacked by rebels.", "attacked", "actual"),
        ("Rebels launched an attack on the base.", "attack", "actual"),
        ("Rebels managed to seize the port.", "seize", "actual"),
        ("The rebels are said to have seized the port.", "seized", "actual"),
        ("The army did not attack the village.", "attack", "negated"),
        ("The army never attacked the village.", "attacked", "negated"),
        ("The army failed to attack the village.", "attack", "negated"),
        ("The army stopped short of bombing the village.", "bombing", "negated"),
        ("The rebels left without bombing the village.", "bombing", "negated"),
        ("No rebels attacked the base.", "attacked", "negated"),
        ("Nobody attacked the base.", "attacked", "negated"),
        ("Rebels did not launch an attack on the base.", "attack", "negated"),
        ("There was no attack on the base.", "attack", "negated"),
        ("The army may attack the village.", "attack", "hypothetical"),
        ("The army planned to attack the village.", "attack", "hypothetical"),
        ("The army feared a possible attack on the village.", "attack", "hypothetical"),
        ("If the army attacks the village, people will flee.", "attacks", "hypothetical"),
        ("Had the rebels attacked the port, the army would have won.", "attacked", "hypothetical"),
        ("The novel tells how the army attacked the village.", "attacked", "hypothetical"),
        ("The army will attack the village on Monday.", "attack", "scheduled"),
    ],
)
def test_status(text: str, word: str, status: str) -> None:
    assert read(text, word).status == status


def test_attempts() -> None:
    assert read("Police reported an attempted attack on the bank.", "attack") == Qualifiers(
        "attempted", "attempted", False
    )
    assert read("Troops seized weapons in an abortive raid.", "raid").completion == "attempted"
    assert read("Troops seized weapons in a raid.", "raid").completion == "completed"


@pytest.mark.parametrize(
    ("text", "word", "hedged"),
    [
        ("Rebels reportedly attacked the base.", "attacked", True),
        ("Rebels appear to have attacked the base.", "attacked", True),
        ("The alleged attack killed a guard.", "attack", True),
        ("Rebels attacked the base.", "attacked", False),
        ("Rebels attacked the reportedly empty base.", "attacked", False),
    ],
)
def test_hedges(text: str, word: str, hedged: bool) -> None:
    assert read(text, word).hedged is hedged


@pytest.mark.parametrize(
    ("text", "word", "past"),
    [
        ("The army once bombed the village.", "bombed", True),
        ("The army bombed the village two decades ago.", "bombed", True),
        ("A monument to the attack on the village was unveiled.", "attack", True),
        ("Thousands commemorated the attack on the village.", "attack", True),
        ("A court convicted two men of attacking the village.", "attacking", True),
        ("The army bombed the village on Monday.", "bombed", False),
        ("Thousands fled the attack on the village.", "attack", False),
    ],
)
def test_deeds_told_from_the_past(text: str, word: str, past: bool) -> None:
    tree = tagged(text)
    assert coder().matcher.qualify.long_past(tree, at(tree, word)) is past


@pytest.mark.parametrize(
    ("text", "word", "forms"),
    [
        ("Rebels attacked the base.", "attacked", {"verb", "past"}),
        ("The base was attacked.", "attacked", {"verb", "passive", "past"}),
        ("Rebels will attack the base.", "attack", {"verb", "future"}),
        ("Rebels may attack the base.", "attack", {"verb", "modal"}),
        ("Rebels attack the base.", "attack", {"verb", "present"}),
        ("We have attacked the base.", "attacked", {"verb", "perfect", "past", "first_person"}),
        ("Rebels launched an attack.", "attack", {"noun", "past"}),
        ("The army will find and punish them.", "punish", {"verb", "future"}),
        ("Attack the base!", "Attack", {"verb", "imperative"}),
    ],
)
def test_forms(text: str, word: str, forms: set[str]) -> None:
    tree = tagged(text)
    assert coder().matcher.qualify.forms(tree, at(tree, word)) == forms
