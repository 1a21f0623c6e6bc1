"""Dates come back in whatever format they are written, and no text breaks the reader."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.matching.tree import Tree
from coder.resolving.counts import count_of
from coder.resolving.dates import find_dates
from coder.resolving.dates_attach import date_for
from coder.types import Parse
from tests.parses import parse

LONG = "January February March April May June July August September October November December"
SHORT = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec."
BARE = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
FORMATS = (
    "{d} {long} {y}", "{d} {short} {y}", "{d} {bare} {y}", "{long} {d}, {y}", "{short} {d}, {y}",
    "{bare} {d} {y}", "{d}{th} {long} {y}", "the {d}{th} of {long} {y}", "{long} {d}{th}, {y}",
    "{y}-{m:02}-{d:02}", "{y}/{m:02}/{d:02}", "{d:02}-{bare}-{y}", "{weekday}, {d} {long} {y}",
    "{weekday}, {long} {d}, {y}",
)  # fmt: skip
YEARLESS = ("{d} {long}", "{long} {d}", "{short} {d}", "{d} {short}", "{weekday}, {d} {long}")
days = st.dates(date(1800, 1, 1), date(2150, 12, 31))


def write(form: str, d: date) -> str:
    th = "th" if 10 < d.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(d.day % 10, "th")
    return form.format(
        d=d.day, m=d.month, y=d.year, th=th, long=LONG.split()[d.month - 1],
        short=SHORT.split()[d.month - 1], bare=BARE.split()[d.month - 1],
        weekday=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[
            d.weekday()
        ],
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(days, st.sampled_from(FORMATS), st.dates(date(1800, 1, 1), date(2150, 12, 31)))
def test_a_full_date_comes_back(d: date, form: str, published: date) -> None:
    found = find_dates(parse(f"Rebels burned the mill on {write(form, d)}."), published)
    assert [(w.start, w.end, w.precision) for w in found] == [(d, d, "day")]


@settings(max_examples=80, deadline=None)
@given(days, st.sampled_from(YEARLESS), st.integers(0, 364))
def test_a_date_without_a_year_is_the_latest(d: date, form: str, ago: int) -> None:
    published = date.fromordinal(d.toordinal() + ago)
    found = find_dates(parse(f"Rebels burned the mill on {write(form, d)}."), published)
    assert [w.start for w in found] == [d]


VOCABULARY = """on in the last next a two 31 February 2024 0 days ago week later Friday May to
between and 5 - , . weekend half century before after more than at least dozen people 12,000 of
None 's 99999999 every year month early mid"""
WORDS = st.sampled_from(VOCABULARY.split())


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any words with any tree over them: parsers make mistakes too."""
    words = draw(st.lists(WORDS | st.text(min_size=1, max_size=6), min_size=1, max_size=14))
    tags, deps, heads = [], [], []
    for i in range(len(words)):
        tags.append(draw(st.sampled_from(["NN", "NNS", "NNP", "VBD", "IN", "CD", "JJ", "DT"])))
        heads.append(draw(st.integers(0, i)))
        deps.append(draw(st.sampled_from(["prep", "pobj", "nummod", "conj", "advcl", "compound"])))
    starts = [sum(len(w) + 1 for w in words[:i]) for i in range(len(words))]
    lemmas = tuple(w.lower() for w in words)
    return Tree(Parse(tuple(words), lemmas, tuple(tags), tuple(deps), tuple(heads), tuple(starts)))


@settings(max_examples=200, deadline=None)
@given(trees(), st.dates(), st.none() | st.dates())
def test_no_text_raises(tree: Tree, published: date, context: date | None) -> None:
    found = find_dates(tree, published, context)
    for when in found:
        assert when.start <= when.end
        assert 0 <= when.start_token < when.end_token <= tree.n
        assert when.text == tree.text(when.start_token, when.end_token)
    for i in range(tree.n):
        chosen = date_for(tree, i, found, lambda token: token % 3 == 0)
        assert chosen is None or chosen in found
        count = count_of(tree, i, "killed")
        if count is not None and count.low is not None and count.high is not None:
            assert count.low <= count.high
