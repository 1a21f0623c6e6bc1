"""What the page says in words and in its tables that no filter changes: sums, coverage, rejects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from coder.report.tables import Tables

Json = dict[str, Any]
MOST_PUBLISHERS = 25
MOST_REJECTS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """Sums of a dataset.

    `placed` events have coordinates, `with_toll` state how many died, `shared_tolls` share that
    number with others. `published` is the span of the articles.
    """

    events: int
    articles: int
    copies: int
    sentences: int
    publishers: int
    countries: int
    placed: int
    with_toll: int
    shared_tolls: int
    published: tuple[date, date] | None
    months: list[Json]
    by_publisher: list[Json]
    more_publishers: int
    rejects: list[Json]
    more_rejects: int
    rejected: int


def facts_of(tables: Tables) -> Facts:
    """The sums of a build; every figure is 0 and every list empty where there are no rows."""
    events, coverage = tables.events, tables.coverage
    shared = (pl.col("fatalities_basis") == "shared").fill_null(False)
    publishers = _publishers(coverage)
    rejects = _rejects(tables.rejects)
    return Facts(
        events=events.height,
        articles=tables.articles,
        copies=tables.copies,
        sentences=int(coverage["n_sentences"].sum()),
        publishers=coverage["publisher"].drop_nulls().n_unique(),
        countries=events["country"].drop_nulls().n_unique(),
        placed=events["latitude"].drop_nulls().len(),
        with_toll=events["fatalities_best"].drop_nulls().len(),
        shared_tolls=events.filter(shared).height,
        published=_span(events, coverage),
        months=_months(coverage),
        by_publisher=publishers[:MOST_PUBLISHERS],
        more_publishers=max(0, len(publishers) - MOST_PUBLISHERS),
        rejects=rejects[:MOST_REJECTS],
        more_rejects=max(0, len(rejects) - MOST_REJECTS),
        rejected=tables.rejects.height,
    )


def _span(events: pl.DataFrame, coverage: pl.DataFrame) -> tuple[date, date] | None:
    """First and last day of publication: of articles with events, else the months read."""
    if events.height:
        first, last = events["first_published"].min(), events["last_published"].max()
    elif coverage.height:
        first, last = coverage["period_start"].min(), coverage["period_start"].max()
    else:
        return None
    assert isinstance(first, date)
    assert isinstance(last, date)
    return first, last


def _months(coverage: pl.DataFrame) -> list[Json]:
    """Articles and mentions of each month that was read."""
    return (
        coverage.group_by("period")
        .agg(pl.col("n_articles", "n_articles_coded", "n_mentions").sum())
        .sort("period")
        .to_dicts()
    )


def _publishers(coverage: pl.DataFrame) -> list[Json]:
    counts = ("n_articles", "n_articles_coded", "n_sentences", "n_mentions")
    return (
        coverage.group_by("publisher")
        .agg(
            pl.col(counts).sum(),
            pl.col("period").min().alias("first"),
            pl.col("period").max().alias("last"),
            pl.col("period").n_unique().alias("months"),
        )
        .sort("n_articles", "publisher", descending=[True, False], nulls_last=True)
        .to_dicts()
    )


def _rejects(rejects: pl.DataFrame) -> list[Json]:
    """Rejects by step and message code, the most frequent first, each with one message."""
    return (
        rejects.sort("step", "code", "place")
        .group_by("step", "code", maintain_order=True)
        .agg(pl.len().alias("n"), pl.col("message").first(), pl.col("place").first())
        .sort("n", "code", descending=[True, False])
        .to_dicts()
    )
