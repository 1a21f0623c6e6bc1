"""Conditions of rules: each key, alone and combined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from coder.codebook.model import Condition
from coder.matching.conditions import Conditions, Scene
from coder.matching.paths import Paths
from coder.matching.tree import Tree
from coder.matching.types import is_a
from tests.coding_sample import hand_made

SETS = {"craft": frozenset({"jet", "gun boat"}), "raze": frozenset({"flatten"})}


@dataclass
class Inner:
    type: str
    slots: dict[str, tuple[int, ...]]


def tree() -> Tree:
    """Three enemy jets flattened it near Port."""
    made = hand_made(
        ("Three", "three", "CD", "nummod", 2),
        ("enemy", "enemy", "JJ", "amod", 2),
        ("jets", "jet", "NNS", "nsubj", 3),
        ("flattened", "flatten", "VBD", "ROOT", 3),
        ("it", "it", "PRP", "dobj", 3),
        ("near", "near", "IN", "prep", 3),
        ("Port", "port", "NNP", "pobj", 5),
    )
    made.kinds[1] = frozenset({"armed"})
    made.kinds[2] = frozenset({"aircraft"})
    return made


def holds(condition: dict[str, Any], inner: Inner | None = None) -> bool:
    slots = {"source": (2,), "target": (4,), "count": (0,), "place": (6,), "nothing": ()}
    scene = Scene(tree(), 3, (3,), slots, frozenset({"verb", "past"}), inner)
    conditions = Conditions(SETS, Paths({"doer": [">nsubj"]}, SETS), is_a)
    return conditions.holds(Condition.model_validate(condition), scene)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"slot": "source", "has": "jet"}, True),
        ({"slot": "source", "has": "jets"}, True),
        ({"slot": "source", "has": ["tank", "ship"]}, False),
        ({"slot": "source", "has": "set:craft"}, True),
        ({"slot": "target", "has": "set:craft"}, False),
        ({"slot": "source", "is": "aircraft"}, True),
        ({"slot": "source", "is": ["armed", "police"]}, False),
        ({"slot": "place", "is": "proper"}, True),
        ({"slot": "source", "is": "proper"}, False),
        ({"slot": "target", "is": "pronoun"}, True),
        ({"slot": "place", "is": "singular"}, True),
        ({"slot": "source", "is": "singular"}, False),
        ({"slot": "count", "is": "number"}, True),
        ({"slot": "source", "within": "kind:armed"}, True),
        ({"slot": "source", "within": "enemy"}, True),
        ({"slot": "source", "within": ["set:raze", "kind:civilian"]}, False),
        ({"slot": "source", "filled": "true"}, True),
        ({"slot": "source", "filled": "false"}, False),
        ({"slot": "nothing", "filled": "true"}, False),
        ({"slot": "nothing", "filled": "false"}, True),
        ({"slot": "nothing", "has": "jet"}, False),
        ({"slot": "nothing", "has": "jet", "or_empty": "true"}, True),
        ({"slot": "target", "has": "jet", "or_empty": "true"}, False),
        ({"at": "doer", "has": "jet"}, True),
        ({"at": ">prep>pobj", "has": "port"}, True),
        ({"at": ">iobj", "filled": "false"}, True),
        ({"trigger": ["flatten"]}, True),
        ({"trigger": "set:raze"}, True),
        ({"trigger": ["bomb"]}, False),
        ({"form": ["past"]}, True),
        ({"form": ["past", "!passive"]}, True),
        ({"form": ["passive"]}, False),
        ({"form": ["!past"]}, False),
        ({"any": [{"trigger": "bomb"}, {"form": "verb"}]}, True),
        ({"any": [{"trigger": "bomb"}, {"form": "noun"}]}, False),
        ({"all": [{"trigger": "flatten"}, {"form": "verb"}]}, True),
        ({"all": [{"trigger": "flatten"}, {"form": "noun"}]}, False),
        ({"not": {"form": "noun"}}, True),
        ({"not": {"form": "verb"}}, False),
        ({"slot": "source", "has": "jet", "form": "noun"}, False),
        ({"about": ["assault"]}, False),
        ({"same_or_empty": ["source", "nothing"]}, True),
        ({"same_or_empty": ["source", "place"]}, False),
        ({"same_or_empty": ["source", "target"]}, True),  # a pronoun may be anybody
    ],
)
def test_keys(condition: dict[str, Any], expected: bool) -> None:
    assert holds(condition) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"about": ["assault.*"]}, True),
        ({"about": ["assault.drone"]}, True),
        ({"about": ["yield", "protest"]}, False),
        ({"slot": "about.target", "has": "port"}, True),
        ({"slot": "about.source", "filled": "false"}, True),
        ({"same_or_empty": ["place", "about.target"]}, True),
        ({"same_or_empty": ["source", "about.target"]}, False),
    ],
)
def test_the_deed_underneath(condition: dict[str, Any], expected: bool) -> None:
    assert holds(condition, Inner("assault.drone", {"target": (6,)})) is expected


def test_words_of_two_parts_are_found_with_a_space_or_a_hyphen() -> None:
    boats = hand_made(
        ("gun", "gun", "NN", "compound", 2),
        ("-", "-", "HYPH", "punct", 2),
        ("boats", "boat", "NNS", "nsubj", 3),
        ("fired", "fire", "VBD", "ROOT", 3),
    )
    scene = Scene(boats, 3, (3,), {"source": (2,)}, frozenset(), None)
    conditions = Conditions(SETS, Paths({}, SETS), is_a)
    assert conditions.holds(Condition(slot="source", has=("set:craft",)), scene)


def test_the_first_condition_that_fails_is_named() -> None:
    scene = Scene(tree(), 3, (3,), {"source": (2,)}, frozenset({"verb"}), None)
    conditions = Conditions(SETS, Paths({}, SETS), is_a)
    good, bad = Condition(form=("verb",)), Condition(form=("noun",))
    assert conditions.failed([good, bad], scene) is bad
    assert conditions.failed([good], scene) is None


def test_slot_and_at_do_not_go_together() -> None:
    with pytest.raises(ValueError, match="either `slot` or `at`"):
        Condition(slot="source", at=">nsubj")
