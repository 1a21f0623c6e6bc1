"""A batch that hangs, dies or bloats costs only the part of it that does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import chain
from operator import methodcaller

import polars as pl
import pytest

from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.engines import crew, engine
from coder.engines.guard import Guard, slow
from coder.engines.local import run_batches
from coder.errors import CoderError
from coder.salvage import guard as guard_of_articles
from coder.salvage import guard_of, join, parts, refuse, time_limit
from coder.tables.models import frame
from coder.tables.rows import article_row
from coder.types import Article
from tests.breakable import make_upper

GOOD = [["a", "b"], ["c"], ["d", "e"]]


def guard(seconds: float = 60, memory: int = 1 << 40) -> Guard[list[str], list[str]]:
    return Guard(
        seconds=lambda batch: seconds,
        parts=lambda batch: [[word] for word in batch],
        refuse=lambda batch, loss: [loss.message.code],
        join=lambda results: list(chain(*results)),
        memory=memory,
    )


@pytest.mark.parametrize(
    ("word", "limits", "code"),
    [
        ("hang", guard(seconds=0.7), "E455"),
        ("sleep", guard(seconds=0.7), "E455"),
        ("crash", guard(), "E456"),
        ("exit", guard(), "E456"),
        ("bloat", guard(memory=400 << 20), "E457"),
    ],
)
def test_only_the_word_that_breaks_its_process_is_refused(
    word: str, limits: Guard[list[str], list[str]], code: str
) -> None:
    batches = [*GOOD, ["f", word, "g"], *GOOD]
    good = [[w.upper() for w in batch] for batch in GOOD]
    found = list(run_batches(make_upper, batches, 2, limits))
    assert found == [*good, ["F", code, "G"], *good]


def test_a_batch_of_one_and_a_batch_of_nothing_else() -> None:
    batches = [["exit"], ["a"], ["exit", "exit"]]
    assert list(run_batches(make_upper, batches, 1, guard())) == [["E456"], ["A"], ["E456"] * 2]


def test_a_large_batch_sent_to_a_process_that_hangs_hangs_nobody() -> None:
    """Its pipe is full and it takes nothing: whoever sends to it waits."""
    large = ["x" * 5_000_000]
    found = list(run_batches(make_upper, [["hang"], large, large], 1, guard(seconds=0.7)))
    assert [len(words[0]) for words in found] == [4, 5_000_000, 5_000_000]


def test_processes_that_all_die_are_no_fault_of_the_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crew, "DEATHS", 3)
    with pytest.raises(CoderError) as raised:
        list(run_batches(make_upper, [["exit"], ["exit"], ["exit"]], 2, guard()))
    assert raised.value.code == "E601"


def test_an_error_still_stops_the_run() -> None:
    make: Callable[[], Callable[[list[str]], list[str]]] = partial(methodcaller, "nothing")
    with pytest.raises(AttributeError):
        list(run_batches(make, GOOD, 2, guard()))


def test_articles_are_divided_refused_and_joined() -> None:
    reader = RecordReader(ReadOptions(), "a.jsonl")
    read = [
        reader.article({"text": f"Rain fell on {day} towns.", "published": "2024-02-03"}, row=day)
        for day in (1, 2, 3)
    ]
    articles = frame(
        "articles", [article_row(a, a.article_id) for a in read if isinstance(a, Article)]
    ).with_columns(coded=pl.Series([True, False, True]))
    divided = parts(articles)
    assert sum(p.height for p in divided) == articles.height
    assert [p["coded"].sum() for p in divided] == [1] * (articles.height - 1)
    refused = join([refuse(part, slow(9), keep_text=False) for part in divided])
    rows = [f.drop("coded", "text").sort("row") for f in (refused.frames["articles"], articles)]
    assert rows[0].equals(rows[1])
    assert refused.frames["articles"]["text"].null_count() == articles.height
    assert not refused.frames["articles"]["coded"].any()
    assert refused.n_articles == articles.height
    assert [r.article_id for r in refused.rejects] == articles.filter("coded")[
        "article_id"
    ].to_list()
    assert {r.code for r in refused.rejects} == {"E455"}
    assert "more than 9 seconds" in refused.rejects[0].message
    assert refused.frames["kept"].is_empty()
    assert refused.frames["sentences"].equals(frame("sentences"))


def test_a_long_article_may_take_longer() -> None:
    lengths = pl.DataFrame({"n_characters": [1_000_000, 100]})
    assert time_limit(10, lengths) == 60
    assert guard_of_articles(10).seconds(lengths[1:]) == 10


def test_limits_that_are_none() -> None:
    assert guard_of(0, keep_text=True) is None
    for value in (-1.0, float("nan"), float("inf")):
        with pytest.raises(CoderError) as raised:
            guard_of(value, keep_text=True)
        assert raised.value.code == "E458"


def test_engines_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CoderError) as raised:
        engine("spark")
    assert raised.value.code == "E459"
    monkeypatch.setitem(sys.modules, "ray", None)  # as where it is not installed
    run, room = engine("ray")
    for use in (room, lambda: list(run(make_upper, GOOD, 1))):
        with pytest.raises(CoderError) as raised:
            use()
        assert raised.value.code == "E460"
