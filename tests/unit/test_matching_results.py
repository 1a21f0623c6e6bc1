"""Deeds of whole sentences: results and their tolls, slots, several weapons, inner deeds."""

from __future__ import annotations

import pytest

from coder.matching.deed import Deed
from coder.matching.match import Trace
from coder.matching.tree import Tree
from coder.types import Sentence
from tests.coding_sample import coder, deeds, tagged, words


def told(text: str) -> list[tuple[str, str]]:
    """Type and trigger word of the deeds that are mentions."""
    tree = tagged(text)
    return [(d.type, tree.words[d.head]) for d in deeds(text) if not d.suppressed]


def only(text: str) -> tuple[Tree, Deed]:
    [deed] = [d for d in deeds(text) if not d.suppressed]
    return tagged(text), deed


@pytest.mark.parametrize(
    ("text", "kind", "people"),
    [
        ("Israeli warplanes bombed Tyre, killing four civilians.", "killed", "civilians"),
        ("An air strike by Turkey on Kobani killed four people.", "killed", "people"),
        ("A suicide bomber killed five soldiers in Kano.", "killed", "soldiers"),
        ("Shells fired by rebels fell on a market, wounding six people.", "injured", "people"),
    ],
)
def test_a_result_joins_the_deed_that_caused_it(text: str, kind: str, people: str) -> None:
    tree, deed = only(text)
    assert [(t.kind, words(tree, t.heads)) for t in deed.tolls] == [(kind, [people])]
    assert not deed.orphan


def test_a_toll_without_its_deed_is_an_orphan() -> None:
    _, deed = only("Nine soldiers were killed.")
    assert deed.orphan
    assert [t.kind for t in deed.tolls] == ["killed"]


def test_what_a_strike_hit_is_told_of_the_strike() -> None:
    text = "Israel carried out air strikes, hitting a base in Homs."
    [result] = [d for d in deeds(text) if d.suppressed]
    _, strike = only(text)
    assert result.suppressed == f"result of {strike.rule.id}"
    assert words(tagged(text), strike.slots["target"]) == ["base"]


def test_one_verb_with_two_weapons_is_two_deeds() -> None:
    assert told("Turkey fired missiles and drones at Syria.") == [
        ("assault.drone", "fired"),
        ("assault.missile", "fired"),
    ]
    assert told("Turkey fired missiles at Syria.") == [("assault.missile", "fired")]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Iran and Russia attacked Israel and Jordan.", ["Iran", "Russia"], ["Israel", "Jordan"]),
        ("A group of fighters attacked the base.", ["fighters"], ["base"]),
        ("The base was attacked by rebels.", ["rebels"], ["base"]),
        ("Iran and Iraq attacked each other.", ["Iran"], ["Iraq"]),
    ],
)
def test_slots_are_widened(text: str, source: list[str], target: list[str]) -> None:
    tree, deed = only(text)
    assert words(tree, deed.slots["source"]) == source
    assert words(tree, deed.slots["target"]) == target


def test_deeds_done_to_one_another_are_mutual() -> None:
    assert only("Iran and Iraq attacked each other.")[1].mutual
    assert not only("Iran and Iraq attacked Syria.")[1].mutual


def test_a_threatened_deed_is_no_mention() -> None:
    text = "Kenya threatened to attack Somalia."
    assert told(text) == [("threaten", "threatened")]
    [inner] = [d for d in deeds(text) if d.suppressed]
    assert inner.suppressed.endswith(": did not happen")
    [outer] = [d for d in deeds(text) if not d.suppressed]
    assert outer.chain == ("threaten", "assault")
    assert words(tagged(text), outer.slots["target"]) == ["Somalia"]


def test_a_condemned_deed_did_happen() -> None:
    assert told("France condemned the attack on the embassy.") == [
        ("condemn", "condemned"),
        ("assault", "attack"),
    ]


def test_the_longer_phrase_keeps_its_words() -> None:
    assert told("There was an exchange of fire between rebels and troops in Mali.") == [
        ("assault.clash", "exchange")
    ]


def test_a_sentence_without_a_deed() -> None:
    assert deeds("The library opens at nine.") == []


def test_a_trace_says_what_was_tried() -> None:
    text = "The weather was fine and rebels attacked the base."
    [parse] = coder().parses([text])
    trace = Trace()
    coder().match([Sentence("a", 0, 0, len(text), text)], [parse], [trace])
    fired = [a.rule.id for a in trace.attempts if not a.failed]
    assert fired
    assert all(a.slots == {} for a in trace.attempts if a.failed)
