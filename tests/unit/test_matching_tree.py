"""The tree that everything walks on: labels that no walk can be caught in."""

from __future__ import annotations

from datetime import date

import pytest

from coder.matching.tree import Tree
from coder.resolving.dates import find_dates
from coder.resolving.dates_attach import date_for
from coder.types import Parse


def tree(deps: tuple[str, ...], heads: tuple[int, ...] = (1, 1, 1)) -> Tree:
    words = ("Rebels", "shelled", "Friday")
    return Tree(Parse(words, ("rebel", "shell", "friday"), ("NNS", "VBD", "NNP"), deps,
                      heads, (0, 7, 15)))  # fmt: skip


@pytest.mark.parametrize("label", ["conj", "prep", "pobj", "advcl", "ccomp", "relcl"])
def test_a_root_is_a_root_whatever_the_parser_calls_it(label: str) -> None:
    assert tree(("nsubj", label, "npadvmod")).deps == ["nsubj", "ROOT", "npadvmod"]


def test_a_walk_up_from_a_root_called_conjunct_ends() -> None:
    apart = tree(("nsubj", "conj", "conj"), heads=(1, 1, 2))
    found = find_dates(apart, date(2024, 2, 3))
    assert [w.start for w in found] == [date(2024, 2, 2)]
    assert date_for(apart, 1, found, lambda _: False) in (None, found[0])
