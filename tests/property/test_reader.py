"""Whatever the bytes of a file, reading gives articles, rejects or a `CoderError`."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.articles.clean import clean_text
from coder.articles.dateline import find_dateline
from coder.articles.dates import parse_published
from coder.articles.options import ReadOptions
from coder.articles.read import read_articles
from coder.articles.record import RecordReader
from coder.errors import CoderError
from coder.types import Article, Reject

SUFFIXES = [".txt", ".jsonl", ".csv", ".tsv", ".parquet", ".xml", ".txt.gz", ".jsonl.gz"]
FRAGMENTS = [
    b" date 2024-02-03 ROME: ",
    b"date,text\n2024-02-03,",
    b'{"date": "2024-02-03", "text": "',
    b'"}\n',
    b'<Sentences><Sentence date="20240203"><Text>',
    b"</Text></Sentence>",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b'"',
    b"\r\n",
    b"PAR1",
    b"\x1f\x8b\x08",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\x00",
    b"word ",
]
CONTENT = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=5)), max_size=12).map(
        b"".join
    ),
)
FAST = settings(max_examples=150, deadline=None)


def clean(article: Article) -> bool:
    article.text.encode()  # no lone surrogate is left
    return article.text == clean_text(article.text) and bool(article.text.strip())


@FAST
@given(CONTENT, st.sampled_from(SUFFIXES))
def test_any_bytes(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        # In a folder no fault of a file stops the reading.
        for got in read_articles([folder], ReadOptions(max_chars=100)):
            assert isinstance(got, Reject) or clean(got)
        code = None
        try:
            for got in read_articles([str(path)], ReadOptions(max_chars=100)):
                assert isinstance(got, Reject) or clean(got)
        except CoderError as error:
            code = error.code
        assert code in {None, "E102", "E106", "E107", "E108", "E117"}


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.binary(max_size=5),
)


@FAST
@given(
    st.dictionaries(st.sampled_from(["Text", "date", "lang", "id", "published_at", "x"]), VALUES)
)
def test_any_record(record: dict[str, object]) -> None:
    got = RecordReader(ReadOptions(), "a").article(record, row=1)
    assert isinstance(got, Reject) or clean(got)


# Line ends that close a file, and blanks before the body, belong to the file.
BODIES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(
    lambda t: (
        t == t.lstrip().rstrip("\n")
        and any(c.isalnum() for c in t)
        and "\ufeff" not in t
        and clean_text(t) == t
    )
)


@FAST
@given(BODIES, st.dates(min_value=date(1000, 1, 1)))
def test_text_round_trip(body: str, day: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(f" date {day} NEW YORK, N.Y.: {body}\n", encoding="utf-8", newline="\r\n")
        [got] = read_articles([str(path)], ReadOptions(check_language=False))
        assert isinstance(got, Article)
        assert (got.text, got.published, got.dateline) == (body, day, "NEW YORK, N.Y.")


@FAST
@given(BODIES, st.dates())
def test_jsonl_round_trip(body: str, day: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        row = {"id": "1", "text": f" {body}\n", "published": day.isoformat()}
        path.write_text(json.dumps(row), encoding="utf-8")
        [got] = read_articles([str(path)], ReadOptions(check_language=False))
        assert isinstance(got, Article)
        assert (got.text, got.published) == (f" {body}\n", day)


@given(st.text(max_size=40))
def test_dates_never_fail_otherwise(value: str) -> None:
    try:
        got: date | str = parse_published(value)
    except CoderError as error:
        got = error.code
    assert isinstance(got, date) or got in {"E110", "E111", "E112"}


@given(st.dates())
def test_dates_round_trip(day: date) -> None:
    assert parse_published(day.isoformat()) == day
    assert parse_published(day.isoformat().replace("-", "")) == day


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert find_dateline(once) is None or find_dateline(once) in once
