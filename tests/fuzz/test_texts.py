"""Any bytes and any text: reading, splitting, cleaning, dates of publication."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coder.articles.clean import clean_text
from coder.articles.dateline import find_dateline
from coder.articles.dates import has_time, parse_published
from coder.articles.options import ReadOptions
from coder.articles.read import read_articles
from coder.articles.record import RecordReader
from coder.articles.syndication import signature
from coder.errors import CoderError
from coder.parsing.split import LONGEST, spans
from coder.types import Reject
from tests.fuzz.shares import share
from tests.property.test_reader import CONTENT, SUFFIXES, VALUES, clean

FRAGMENTS = st.sampled_from(
    'Mr.|Gen.|a.m.|p.m.| Monday|GMT|U.S.|...|?!|.”|."|’|«|» |)| - |\n|\n\n|\n \t\n|\r|\x0b|\x85|'
    "\u2028|\u00a0|\u200b|\u202e|\ufeff|\x00|\x1b[2J|\ud800|\udc00|é|e\u0301|😀|👩‍👩‍👧|1.5|1,000|"
    "http://a.b/c|a@b.org|No. 5|St.|etc. |i.e. |‘|(Reuters)|LONDON, |<p>|&amp;|{{x}}|$1|=1+1".split(
        "|"
    )
)
WORDS = st.sampled_from("The rebels bombed a town in Homs on Friday killing five".split())
TEXTS = st.lists(
    FRAGMENTS | WORDS | st.just(" ") | st.just(". ") | st.text(max_size=8), max_size=40
).map("".join)
LONG = st.tuples(TEXTS, st.integers(1, 900)).map(lambda pair: (pair[0] * pair[1])[:30_000])


@share(22)
@given(TEXTS | LONG)
def test_sentences_cover_the_text_and_are_short(text: str) -> None:
    text = clean_text(text)
    at = 0
    for start, end in spans(text):
        assert at <= start < end <= len(text)
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        assert end - start <= LONGEST
        at = end
    assert text[at:].strip() == ""


@share(10)
@given(TEXTS)
def test_a_text_is_cleaned_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode()
    assert (find_dateline(once) or "") in once
    signature(once)


@share(12)
@given(CONTENT, st.sampled_from(SUFFIXES))
def test_any_bytes_of_a_file(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{suffix}").write_bytes(content)
        for got in read_articles([folder], ReadOptions(max_chars=100)):
            assert isinstance(got, Reject) or clean(got)


@share(8)
@given(
    st.dictionaries(
        st.sampled_from(["Text", "date", "lang", "id", "published_at", "publisher", "x"]),
        VALUES | TEXTS | st.just("2024-02-03"),
    )
)
def test_any_record(record: dict[str, object]) -> None:
    got = RecordReader(ReadOptions(), "a").article(record, row=1)
    assert isinstance(got, Reject) or clean(got)


DATES = st.lists(
    st.sampled_from(
        "3|03|31|2024|02|Feb|February|Sept.|Mon|,|-|/|.|:|T|Z|+05:00| |th|١|²|0".split("|")
    )
    | st.text(max_size=3),
    max_size=9,
).map("".join)


@share(10)
@given(DATES)
def test_dates_of_publication(text: str) -> None:
    has_time(text)
    try:
        got: date | str = parse_published(text)
    except CoderError as error:
        got = error.code
    assert isinstance(got, date) or got in {"E110", "E111", "E112"}
