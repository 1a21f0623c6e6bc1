"""The pool of processes: results in order, few batches ahead, and processes that fail."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from functools import partial
from operator import methodcaller

import pytest

from coder.codebook.load import load_codebooks
from coder.engines.crew import AHEAD
from coder.engines.local import run_batches
from coder.errors import CoderError

upper = partial(methodcaller, "upper")


def test_results_come_in_order_and_batches_are_taken_as_they_are_needed() -> None:
    taken: list[str] = []

    def batches() -> Iterator[str]:
        for letter in "abcdefghij":
            taken.append(letter)
            yield letter

    results = run_batches(upper, batches(), workers=2)
    assert next(results) == "A"
    assert len(taken) == 2 * AHEAD + 1
    assert list(results) == list("BCDEFGHIJ")


def test_an_error_with_its_code_crosses_between_processes() -> None:
    make = partial(load_codebooks, ["nothing"])
    for workers in (1, 2):
        with pytest.raises(CoderError) as raised:
            list(run_batches(make, ["a"], workers))  # type: ignore[arg-type]
        assert (raised.value.code, raised.value.place) == ("E251", "nothing")
        assert raised.value.render().startswith("error E251 at nothing: There is no codebook")


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(CoderError) as raised:
        list(run_batches(partial(partial, os._exit), [3, 3], workers=2))
    assert raised.value.code == "E601"


def test_leaving_early_ends_the_processes() -> None:
    results = run_batches(upper, iter("abcdefgh"), workers=2)
    assert next(results) == "A"
    assert isinstance(results, Iterator)
    results.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 10
    while multiprocessing.active_children() and time.monotonic() < until:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []


def test_leaving_in_the_middle_of_large_results_hangs_nowhere_and_spoils_nothing() -> None:
    """Ended in the middle of a result, a process leaves half a message in its pipe; the runs
    before and after must not notice."""
    for _ in range(3):
        large = run_batches(upper, ("abc" * 300_000 for _ in range(8)), workers=2)
        assert next(large)[:3] == "ABC"
        large.close()  # type: ignore[attr-defined]
        with pytest.raises(CoderError):
            list(run_batches(partial(partial, os._exit), [3, 3], workers=2))
        assert list(run_batches(upper, iter("abcd"), workers=2)) == list("ABCD")


def test_an_error_of_any_kind_says_where_it_was_raised() -> None:
    make = partial(methodcaller, "nothing_has_this_name")
    with pytest.raises(AttributeError) as raised:
        list(run_batches(make, ["a"], workers=2))
    assert "In a process that codes articles" in raised.value.__notes__[0]


def test_one_worker_is_closed_at_the_end() -> None:
    closed: list[bool] = []

    class Worker:
        def __call__(self, batch: str) -> str:
            return batch * 2

        def close(self) -> None:
            closed.append(True)

    assert list(run_batches(Worker, ["a", "b"], workers=1)) == ["aa", "bb"]
    assert closed == [True]
