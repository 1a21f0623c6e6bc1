"""Numbers of people come back however they are written, and no tree breaks their readers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.matching.tree import Tree
from coder.resolving.counts import combine
from coder.resolving.tolls_read import read_tolls, with_tolls
from coder.resolving.tolls_stated import stated_tolls
from coder.types import Count
from tests.parses import parse
from tests.property.test_dates import trees

VERBS = ("rose to", "climbed to", "stood at", "reached", "stands at", "jumped to")
numbers = st.integers(2, 99_999)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    low = draw(st.none() | st.integers(0, 500))
    best = draw(st.none() | st.integers(low or 0, 600))
    high = draw(st.none() | st.integers(best or low or 0, 700))
    return Count("killed", low, best, high, draw(st.sampled_from(["ten", "toll at ten"])))


@settings(max_examples=60, deadline=None)
@given(numbers, st.sampled_from(VERBS))
def test_a_stated_toll_comes_back(number: int, verb: str) -> None:
    found = list(stated_tolls(parse(f"The death toll {verb} {number:,}.")))
    assert [(c.kind, c.low, c.best, c.high) for _, c in found] == [("killed", *[number] * 3)]


@settings(max_examples=200, deadline=None)
@given(trees())
def test_no_tree_raises(tree: Tree) -> None:
    for at, count in read_tolls(tree, ()):
        assert 0 <= at < tree.n
        if count.low is not None and count.high is not None:
            assert count.low <= count.high


@given(counts(), counts())
def test_tolls_of_a_kind_are_one_and_never_fall(first: Count, second: Count) -> None:
    [kept] = with_tolls((first,), (second,))
    if first.best is not None:
        assert kept.best is not None
        assert kept.best >= first.best
        assert kept == first or first.words in kept.words


@given(st.lists(counts(), min_size=1, max_size=4))
def test_sums_hold_their_parts(parts: list[Count]) -> None:
    total = combine(parts)
    assert total.low is None or all(total.low >= (c.low or 0) for c in parts)
    if total.low is not None and total.high is not None:
        assert total.low <= total.high
