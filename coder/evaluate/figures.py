"""A figure: a share or an F1 with its 95% interval, and how many cases it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from coder.evaluate.intervals import Floats, bootstrap_f1, f1, wilson
from coder.evaluate.match import Matching


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where there is nothing to measure; `n` counts the cases under it.

    `n` is the number of gold events for recall and F1, of coded events for precision, of
    matched pairs for slots, of items for shares of items. `hits` is the numerator of a
    share, None for an F1. `detail` figures are left out of the plain table.
    """

    name: str
    value: float | None
    low: float
    high: float
    n: int
    hits: int | None = None
    detail: bool = False


def share(name: str, hits: int, n: int, *, detail: bool = False) -> Figure:
    """A proportion with Wilson's interval.

    >>> share("source", 9, 10).value
    0.9
    """
    low, high = wilson(hits, n)
    return Figure(name, hits / n if n else None, low, high, n, hits, detail)


def share_of(name: str, outcomes: Iterable[bool]) -> Figure:
    """The share of outcomes that are true."""
    listed = list(outcomes)
    return share(name, sum(listed), len(listed))


def f1_figures(
    name: str, counts: Floats, weights: Floats, *, only_f1: bool = False
) -> list[Figure]:
    """Precision, recall and F1 of counts (a row of tp, fp, fn for each item)."""
    tp, fp, fn = (int(total) for total in counts.sum(axis=0)) if len(counts) else (0, 0, 0)
    low, high = bootstrap_f1(counts, weights)
    return [
        share(f"{name} precision", tp, tp + fp, detail=only_f1),
        share(f"{name} recall", tp, tp + fn, detail=only_f1),
        Figure(f"{name} F1", f1(tp, fp, fn), low, high, tp + fn),
    ]


def count_matchings(matchings: Sequence[Matching]) -> Floats:
    """The counts of each item: shape (items, 3) of tp, fp, fn."""
    return as_counts(
        [
            (len(matching.matches), len(matching.spurious), len(matching.missed))
            for matching in matchings
        ]
    )


def as_counts(rows: Sequence[tuple[float, float, float]]) -> Floats:
    """Rows of three numbers as an array of shape (rows, 3)."""
    return np.array(rows, dtype=np.float64).reshape(-1, 3)
