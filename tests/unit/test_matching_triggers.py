"""Trigger phrases: particles, passives, nouns with prepositions, and what is no trigger."""

from __future__ import annotations

import pytest

from coder.codebook.model import Rule, Trigger
from coder.matching.triggers import Form, Triggers, compile_phrase
from tests.coding_sample import tagged

PREPOSITIONS = frozenset({"of", "on", "to", "between"})


def rule(**trigger: tuple[str, ...]) -> Rule:
    return Rule(id="a.rule", type="assault", trigger=Trigger(**trigger))


def found(text: str, **trigger: tuple[str, ...]) -> list[str]:
    """The words of every place where the trigger fires."""
    tree, triggers = tagged(text), Triggers([rule(**trigger)], PREPOSITIONS)
    return [
        " ".join(tree.words[t] for t in tokens)
        for i in range(tree.n)
        for _, tokens in triggers.at(tree, i)
    ]


@pytest.mark.parametrize(
    ("form", "phrase", "head", "before", "after"),
    [
        ("verb", "carry out", "carry", (), ("out",)),
        ("verb", "open fire on", "open", (), ("fire", "on")),
        ("noun", "air strike", "strike", ("air",), ()),
        ("noun", "exchange of fire", "exchange", (), ("of", "fire")),
        ("noun", "hand-to-hand fight", "hand", (), ("to", "hand", "fight")),
        ("noun", "Drone Attack", "attack", ("drone",), ()),
        ("adj", "under siege", "under", (), ("siege",)),
    ],
)
def test_phrases_are_compiled(
    form: Form, phrase: str, head: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    pattern = compile_phrase(rule(), form, phrase, PREPOSITIONS)
    assert (pattern.head, pattern.before, pattern.after) == (head, before, after)
    assert pattern.size == 1 + len(before) + len(after)


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The jets bombed the town.", {"verb": ("bomb",)}, ["bombed"]),
        ("The town was bombed by jets.", {"verb": ("bomb",)}, ["bombed"]),
        ("Troops shot down the drone.", {"verb": ("shoot down",)}, ["shot down"]),
        ("Troops shot the drone down.", {"verb": ("shoot down",)}, ["shot down"]),
        ("Troops shot the guard.", {"verb": ("shoot down",)}, []),
        ("Soldiers opened fire on the crowd.", {"verb": ("open fire",)}, ["opened fire"]),
        ("An air strike hit the town.", {"noun": ("air strike",)}, ["air strike"]),
        ("Two air strikes hit the town.", {"noun": ("air strike",)}, ["air strikes"]),
        ("An air-strike hit the town.", {"noun": ("air strike",)}, ["air strike"]),
        ("A strike hit the town.", {"noun": ("air strike",)}, []),
        ("The exchange of fire ended.", {"noun": ("exchange of fire",)}, ["exchange of fire"]),
        ("The exchange of prisoners ended.", {"noun": ("exchange of fire",)}, []),
        ("The attack began.", {"verb": ("attack",)}, []),
        ("Rebels attacked the base.", {"noun": ("attack",)}, []),
        ("The attack helicopter landed.", {"noun": ("attack",)}, []),
    ],
)
def test_triggers_fire(text: str, trigger: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert found(text, **trigger) == expected


def test_a_word_with_two_keys_fires_once() -> None:
    assert found("They strike at dawn.", verb=("strike",)) == ["strike"]
