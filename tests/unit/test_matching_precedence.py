"""Which rule wins on one trigger: each reason, in both orders, and ties."""

from __future__ import annotations

from typing import Any

import pytest

from coder.codebook.model import Rule
from coder.matching.deed import Deed
from coder.matching.precedence import Precedence, common_ancestor
from coder.matching.qualifiers import Qualifiers


def deed(
    rule: str,
    type_: str = "assault",
    *,
    tokens: tuple[int, ...] = (3,),
    about: Deed | None = None,
    **more: Any,
) -> Deed:
    made = Rule.model_validate({"id": rule, "type": type_, "trigger": {"verb": ["hit"]}, **more})
    fine = Qualifiers("actual", "completed", False)
    return Deed(made, type_, 3, tokens, {}, frozenset(), fine, about)


INNER = deed("inner.rule")
PAIRS = {
    "user over core": (deed("user.rule"), deed("core.rule", tokens=(3, 4))),
    "own over object only": (deed("b"), deed("a", tokens=(3, 4), inner_only="true")),
    "override": (deed("b", overrides=["a"]), deed("a", tokens=(3, 4))),
    "longer trigger": (deed("b", tokens=(3, 4)), deed("a", "assault.drone")),
    "deed underneath": (deed("b", "threaten", about=INNER), deed("a", "threaten.force")),
    "longer chain": (
        deed("b", "deny", about=deed("t", "threaten", about=INNER)),
        deed("a", "deny.more", about=INNER),
    ),
    "more specific type": (
        deed("b", "assault.drone"),
        deed("a", requires=[{"form": ["verb"]}]),
    ),
    "more conditions": (
        deed("b", requires=[{"form": ["verb"]}, {"slot": "source", "is": ["armed"]}]),
        deed("a", "protest", requires=[{"form": ["verb"]}]),
    ),
}


@pytest.mark.parametrize("reason", PAIRS)
def test_reasons(reason: str) -> None:
    winner, loser = PAIRS[reason]
    precedence = Precedence({"user.rule"})
    assert precedence.beats(winner, loser)
    assert not precedence.beats(loser, winner)
    for order in ([winner, loser], [loser, winner]):
        assert precedence.choose(order) is winner
    assert precedence.ties == {}
    assert winner.tied_with == ()


def test_a_tie_codes_the_common_ancestor_and_is_counted() -> None:
    precedence = Precedence(set())
    one, two = deed("b", "assault.drone"), deed("a", "assault.missile")
    chosen = precedence.choose([one, two])
    assert chosen is two
    assert (two.type, two.tied_with) == ("assault", ("a", "b"))
    assert precedence.ties == {("a", "b"): 1}


def test_a_tie_without_an_ancestor_keeps_the_first_rule() -> None:
    chosen = Precedence(set()).choose([deed("b", "protest"), deed("a", "yield")])
    assert chosen is not None
    assert (chosen.type, chosen.tied_with) == ("yield", ("a", "b"))


def test_rules_of_one_type_are_no_tie() -> None:
    precedence = Precedence(set())
    chosen = precedence.choose([deed("b"), deed("a")])
    assert chosen is not None
    assert (chosen.rule.id, chosen.tied_with) == ("a", ())
    assert precedence.ties == {}


@pytest.mark.parametrize(
    ("types", "common"),
    [
        (["assault.drone", "assault.missile"], "assault"),
        (["assault.drone", "assault"], "assault"),
        (["a.b.c", "a.b.d"], "a.b"),
        (["assault", "assaults"], ""),
        (["yield", "protest"], ""),
        (["yield.truce"], "yield.truce"),
        ([], ""),
    ],
)
def test_common_ancestors(types: list[str], common: str) -> None:
    assert common_ancestor(types) == common
