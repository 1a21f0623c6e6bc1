"""How rules are tried: what is refused early would have failed, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from coder.codebook.model import Condition
from coder.matching.conditions import Conditions, Scene
from coder.matching.deed import Deed
from coder.matching.evidence import Evidence, evidence
from coder.matching.match import Trace
from coder.matching.paths import Paths
from coder.matching.plan import Under
from coder.matching.tree import Tree, mask_of
from coder.matching.types import is_a
from coder.types import Sentence
from tests.coding_sample import at, coder, hand_made, mentions, words

SETS = {"craft": frozenset({"jet", "gun boat"})}
KINDS = {"weapon": frozenset({"drone", "missile"})}


def asked(condition: dict[str, Any]) -> list[Evidence]:
    return evidence(Condition.model_validate(condition), SETS, KINDS)


def kinds(*names: str) -> Evidence:
    return Evidence(kinds=frozenset(names))


def named(*names: str) -> Evidence:
    return Evidence(words=frozenset(names))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"slot": "source", "is": ["armed", "police"]}, [kinds("armed", "police")]),
        ({"slot": "source", "is": ["armed", "pronoun"]}, []),  # a pronoun has no kind of its own
        ({"slot": "source", "is": "armed", "or_empty": "true"}, []),
        ({"slot": "source", "filled": "true"}, []),
        ({"slot": "source", "filled": "false"}, []),
        ({"slot": "weapon", "filled": "true"}, [kinds("drone", "missile")]),
        ({"at": ">dobj", "has": ["truce", "deal"]}, [named("truce", "deal")]),
        ({"at": ">dobj", "has": "set:craft"}, [named("jet", "gun boat", "boat")]),
        (
            {"at": ">dobj", "within": ["kind:armed", "rebel"]},
            [Evidence(frozenset({"armed"}), frozenset({"rebel"}))],
        ),
        ({"trigger": ["hit"]}, [named("hit")]),
        ({"not": {"slot": "source", "is": "armed"}}, []),
        ({"form": "past"}, []),
        ({"all": [{"trigger": "hit"}, {"form": "past"}]}, [named("hit")]),
        (
            {"any": [{"trigger": "hit"}, {"slot": "source", "is": "armed"}]},
            [Evidence(frozenset({"armed"}), frozenset({"hit"}))],
        ),
        ({"any": [{"trigger": "hit"}, {"form": "past"}]}, []),
    ],
)
def test_what_a_sentence_must_hold(condition: dict[str, Any], expected: list[Evidence]) -> None:
    assert asked(condition) == expected


def drones() -> Tree:
    """Drones hit it; rebels fled."""
    tree = hand_made(
        ("Drones", "drone", "NNS", "nsubj", 1),
        ("hit", "hit", "VBD", "ROOT", 1),
        ("it", "it", "PRP", "dobj", 1),
        (";", ";", ":", "punct", 1),
        ("rebels", "rebel", "NNS", "nsubj", 5),
        ("fled", "flee", "VBD", "conj", 1),
    )
    tree.kinds[0] = frozenset({"drone"})
    return tree


def test_labels_are_bits() -> None:
    tree = drones()
    assert tree.own[0] & mask_of(["dobj", "nsubj"])
    assert not tree.own[0] & mask_of(["dobj"])
    assert tree.below[1] & mask_of(["conj"])
    assert not tree.below[5] & mask_of(["dobj", "conj"])
    assert tree.kids(1, "dobj", "conj") == [2, 5]


def test_a_path_is_not_walked_where_it_leads_nowhere() -> None:
    paths, tree = Paths({}, {}), drones()
    assert words(tree, paths.walk(">nsubj{kind:drone}", tree, at(tree, "hit"))) == ["Drones"]
    assert list(tree.walked) == [(">nsubj{kind:drone}", 1)]
    assert not paths.walk(">nsubj{kind:missile}", tree, at(tree, "hit"))  # no missile is named
    assert not paths.walk(">prep>pobj", tree, at(tree, "hit"))  # no child is a preposition
    assert not paths.walk("<dobj", tree, at(tree, "Drones"))
    assert len(tree.walked) == 1


@pytest.mark.parametrize("condition", [
    {"at": ">prep>pobj", "has": "town"},
    {"at": ">prep>pobj", "has": "town", "or_empty": "true"},
    {"at": ">prep>pobj", "filled": "false"},
    {"not": {"at": ">prep>pobj", "has": "town"}},
    {"all": [{"at": ">prep>pobj", "filled": "false"}, {"at": ">nsubj", "is": "drone"}]},
    {"all": [{"at": ">prep", "filled": "true"}, {"at": ">nsubj", "is": "drone"}]},
    {"any": [{"at": ">prep", "filled": "true"}, {"at": ">nsubj", "is": "drone"}]},
    {"any": [{"at": ">prep", "filled": "true"}, {"at": "<dobj", "filled": "true"}]},
    {"any": [{"at": ">prep", "filled": "false"}, {"form": "noun"}]},
    {"not": {"any": [{"at": ">prep", "filled": "true"}, {"at": "<dobj", "filled": "true"}]}},
    {"not": {"all": [{"at": ">prep", "filled": "false"}, {"at": "<dobj", "filled": "false"}]}},
])  # fmt: skip
def test_an_answer_without_judging_is_the_judged_one(condition: dict[str, Any]) -> None:
    conditions = Conditions({}, Paths({}, {}), is_a)
    test = conditions.compiled(Condition.model_validate(condition))
    tree = drones()
    for head in range(tree.n):
        scene = Scene(tree, head, (head,), {}, frozenset({"verb"}), None)
        assert test(scene) is test.judge(scene)


def test_what_must_be_there_is_asked_before_what_must_not() -> None:
    conditions = Conditions({}, Paths({}, {}), is_a)
    given = [
        Condition.model_validate(c)
        for c in (
            {"not": {"slot": "source", "is": "sport"}},
            {"not": {"at": "<dobj", "has": "mark"}},
            {"slot": "target", "filled": "true"},
            {"at": ">dobj", "filled": "true"},
        )
    ]
    expected = [conditions.compiled(given[n]) for n in (3, 2, 1, 0)]
    assert list(conditions.in_order(given)) == expected


def test_deeds_under_a_trigger_are_found_as_far_as_somebody_looks() -> None:
    looked: list[int] = []

    def find() -> Iterator[tuple[int, Deed | None]]:
        for t in (4, 7, 9):
            looked.append(t)
            yield t, None

    under = Under(find())
    assert next(iter(under)) == (4, None)
    assert looked == [4]
    assert [t for t, _ in under] == [4, 7, 9]
    assert [t for t, _ in under] == [4, 7, 9]
    assert looked == [4, 7, 9]


def test_a_traced_run_skips_nothing_and_finds_the_same() -> None:
    texts = [test.text for rule in coder().books.rules for test in rule.tests][::23]
    for text, parse in zip(texts, coder().parses(texts), strict=True):
        sentence = Sentence("a", 0, 0, len(text), text)
        [plain] = coder().match([sentence], [parse])
        [traced] = coder().match([sentence], [parse], [Trace()])
        found, also = ([(d.rule.id, d.type, d.tokens, d.slots, d.suppressed, d.chain)
                        for d in m.deeds] for m in (plain, traced))  # fmt: skip
        assert found == also, text


def test_what_follows_the_last_deed_changes_nothing() -> None:
    deed = "Rebels shelled Minna on Friday."
    told = mentions(f"{deed} The library of Lagos opens at nine on Monday.")
    assert told == {k: v for k, v in mentions(deed).items() if k in told}
    assert "assault.shelling" in told
