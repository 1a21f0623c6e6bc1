"""Named paths: each kind of step, the tests, and what cannot be read."""

from __future__ import annotations

import pytest

from coder.errors import CoderError
from coder.matching.paths import Paths, antecedent, finite, passive
from coder.matching.tree import Tree
from tests.coding_sample import at, hand_made, words

SETS = {"carry": frozenset({"mount", "stage"})}


def siege() -> Tree:
    """Rebels who besieged Port mounted raids and fled with hostages."""
    return hand_made(
        ("Rebels", "rebel", "NNS", "nsubj", 4),
        ("who", "who", "WP", "nsubj", 2),
        ("besieged", "besiege", "VBD", "relcl", 0),
        ("Port", "port", "NNP", "dobj", 2),
        ("mounted", "mount", "VBD", "ROOT", 4),
        ("raids", "raid", "NNS", "dobj", 4),
        ("and", "and", "CC", "cc", 4),
        ("fled", "flee", "VBD", "conj", 4),
        ("with", "with", "IN", "prep", 7),
        ("hostages", "hostage", "NNS", "pobj", 8),
    )


def walk(path: str, word: str, definitions: dict[str, list[str]] | None = None) -> list[str]:
    tree = siege()
    return words(tree, Paths(definitions or {}, SETS).walk(path, tree, at(tree, word)))


@pytest.mark.parametrize(
    ("path", "start", "found"),
    [
        (">nsubj", "mounted", ["Rebels"]),
        (">dobj|nsubj", "mounted", ["Rebels", "raids"]),
        (">*", "fled", ["with"]),
        (">prep[with]>pobj", "fled", ["hostages"]),
        (">prep[on,at]>pobj", "fled", []),
        (">dobj[raid]", "mounted", ["raids"]),
        (">dobj[raids]", "mounted", ["raids"]),
        ("<dobj", "raids", ["mounted"]),
        ("<nsubj", "raids", []),
        ("<dobj[raid]", "raids", ["mounted"]),
        ("<dobj[siege]", "raids", []),
        ("<*", "raids", ["mounted"]),
        ("<*", "mounted", []),
        ("<dobj{set:carry}>nsubj", "raids", ["Rebels"]),
        ("<dobj{!set:carry}>nsubj", "raids", []),
        (">nsubj{kind:armed}", "mounted", []),
        (">nsubj{!kind:armed}", "mounted", ["Rebels"]),
        (">*{dep:conj|cc}", "mounted", ["and", "fled"]),
        (">*{verb}", "mounted", ["fled"]),
        (">*{noun}", "mounted", ["Rebels", "raids"]),
        (">*{NNS}", "mounted", ["Rebels", "raids"]),
        (">*{finite}", "mounted", ["fled"]),
        ("<conj{root}", "fled", ["mounted"]),
        ("<conj{!root}", "fled", []),
        (">conj{active}", "mounted", ["fled"]),
        (">conj{passive}", "mounted", []),
        (">dobj{adj}", "mounted", []),
        (">prep[set:carry]", "fled", []),
        (">iobj || >dobj", "mounted", ["raids"]),
        (">nsubj", "besieged", ["Rebels"]),  # who: the noun that it stands for
    ],
)
def test_steps(path: str, start: str, found: list[str]) -> None:
    assert walk(path, start) == found


def test_a_named_path_tries_its_alternatives_in_order() -> None:
    named = {"doer": [">agent>pobj", ">nsubj", "<conj>nsubj"], "victim": ["@doer{!kind:armed}"]}
    assert walk("doer", "mounted", named) == ["Rebels"]
    assert walk("doer", "fled", named) == ["Rebels"]
    assert walk("victim", "fled", named) == ["Rebels"]
    assert walk("<dobj@doer", "raids", named) == ["Rebels"]


def test_a_path_that_calls_itself_comes_to_an_end() -> None:
    assert walk("up", "hostages", {"up": ["<pobj|prep@up", "<conj"]}) == ["mounted"]
    assert walk("round", "raids", {"round": ["@round"]}) == []


def test_a_path_that_stays_where_it_began_finds_nothing() -> None:
    assert walk("{verb}", "mounted") == []


def test_a_walk_is_remembered_on_the_tree() -> None:
    tree, paths = siege(), Paths({"doer": [">nsubj"]}, {})
    first = paths.walk("doer", tree, 4)
    assert paths.walk("doer", tree, 4) is first
    assert tree.walked["doer", 4] == [0]


def test_light_words_are_looked_through() -> None:
    paths = Paths({"about.through": [">dobj", ">prep>pobj"]}, {})
    assert words(siege(), paths.through(siege(), 7)) == ["hostages"]
    assert Paths({}, {}).through(siege(), 7) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (">nsubj]", "nothing readable at ']'"),
        ("<ROOT", "nothing readable at '<ROOT'"),
        (">prep[set:nowhere]", "there is no set nowhere"),
        ("{brave}", "there is no such test"),
        ("nobody", "there is no path of this name"),
    ],
)
def test_what_cannot_be_read_is_e252(path: str, said: str) -> None:
    with pytest.raises(CoderError) as caught:
        Paths({}, {}).check(path)
    assert caught.value.code == "E252"
    assert said in caught.value.text


def test_a_call_of_an_unknown_path_is_e252() -> None:
    paths = Paths({"doer": ["@nobody"]}, {})
    with pytest.raises(CoderError) as caught:
        paths.walk("doer", siege(), 4)
    assert caught.value.code == "E252"


def test_a_relative_that_stands_for_its_noun() -> None:
    tree = siege()
    assert antecedent(tree, at(tree, "who")) == at(tree, "Rebels")
    assert antecedent(tree, at(tree, "raids")) == at(tree, "raids")


def test_passive_and_finite_verbs() -> None:
    tree = hand_made(
        ("Towns", "town", "NNS", "nsubjpass", 2),
        ("were", "be", "VBD", "auxpass", 2),
        ("shelled", "shell", "VBN", "ROOT", 2),
        ("and", "and", "CC", "cc", 2),
        ("burned", "burn", "VBN", "conj", 2),
        ("fleeing", "flee", "VBG", "advcl", 2),
        ("men", "man", "NNS", "dobj", 5),
        ("armed", "arm", "VBN", "acl", 6),
    )
    assert [passive(tree, i) for i in (2, 4, 5, 7)] == [True, True, False, True]
    assert [finite(tree, i) for i in (2, 4, 5)] == [True, False, False]
