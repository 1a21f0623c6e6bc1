"""A stratified sample of a dataset, for a person to check by eye.

Events are drawn by type, sentences without an event by whether the screen took them out, so
that a sample shows both what is wrong among the coded and what was missed. Every row keeps
how many events or sentences of the dataset it stands for, its weight.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from coder.evaluate.dataset import actors_by_event, codes_by_event, dataset_folder, table
from coder.evaluate.sheet import write_sheet

Row = dict[str, Any]


def write_sample(
    dataset: str | Path,
    sheet: str | Path,
    *,
    events: int = 100,
    uncoded: int = 100,
    seed: int = 0,
) -> int:
    """Draw a sample of a dataset into a CSV sheet and return the number of rows.

    The same dataset, numbers and seed give the same sheet. Raises CoderError E411, E423.

    >>> write_sample("outputs/news", "check.csv", events=50, seed=7)  # doctest: +SKIP
    150
    """
    return write_sheet(sheet, draw(dataset, events=events, uncoded=uncoded, seed=seed))


def draw(dataset: str | Path, *, events: int = 100, uncoded: int = 100, seed: int = 0) -> list[Row]:
    """The rows of a sample: events by type, then uncoded sentences."""
    folder = dataset_folder(dataset)
    return [*_events(folder, events, seed), *_uncoded(folder, uncoded, seed)]


def _events(folder: Path, size: int, seed: int) -> Iterator[Row]:
    ids = table(folder, "events").select("event_id", "type").collect()
    chosen = _draw_ids(ids.select("type", "event_id").rows(), size, seed)
    founding = table(folder, "event_mentions").filter(pl.col("founding"))
    mentions = table(folder, "mentions").select("mention_id", "sentence", "rule")
    sentences = table(folder, "sentences").select(
        "article_id", "sentence", pl.col("text").alias("sentence_text")
    )
    rows = (
        table(folder, "events")
        .filter(pl.col("event_id").is_in(list(chosen)))
        .join(founding, on="event_id", how="left")
        .join(mentions, on="mention_id", how="left")
        .join(sentences, on=["article_id", "sentence"], how="left")
        .join(codes_by_event(folder), on="event_id", how="left")
        .join(actors_by_event(folder, "source"), on="event_id", how="left")
        .join(actors_by_event(folder, "target"), on="event_id", how="left")
        .sort("type", "event_id")
        .collect()
    )
    for row in rows.iter_rows(named=True):
        yield {
            "kind": "event",
            "event_id": row["event_id"],
            "sentence": row["sentence_text"],
            **{k: row[k] for k in ("type", "codes", "source", "target", "country", "place")},
            "date": _days(row["date_start"], row["date_end"]),
            "fatalities": _toll(row["fatalities_low"], row["fatalities_high"]),
            "rule": row["rule"],
            "stratum": row["type"],
            "weight": chosen[row["event_id"]],
        }


def _uncoded(folder: Path, size: int, seed: int) -> Iterator[Row]:
    of_events = table(folder, "event_mentions").select("mention_id")
    with_event = (
        table(folder, "mentions")
        .join(of_events, on="mention_id", how="semi")
        .select("article_id", "sentence")
    )
    without = (
        table(folder, "sentences")
        .filter(pl.col("text").is_not_null())
        .join(with_event, on=["article_id", "sentence"], how="anti")
        .with_columns(
            pl.concat_str("article_id", pl.lit("#"), "sentence").alias("id"),
            pl.when("screened_out")
            .then(pl.lit("screened out"))
            .otherwise(pl.lit("parsed, no event"))
            .alias("stratum"),
        )
    )
    chosen = _draw_ids(without.select("stratum", "id").collect().rows(), size, seed)
    rows = without.filter(pl.col("id").is_in(list(chosen))).sort("stratum", "id").collect()
    for row in rows.iter_rows(named=True):
        yield {
            "kind": "uncoded",
            "event_id": row["id"],
            "sentence": row["text"],
            "stratum": row["stratum"],
            "weight": chosen[row["id"]],
        }


def _draw_ids(rows: Sequence[tuple[str, str]], size: int, seed: int) -> dict[str, str]:
    """Chosen ids with their weights, from rows of (stratum, id)."""
    strata: dict[str, list[str]] = {}
    for stratum, key in rows:
        strata.setdefault(stratum, []).append(key)
    chosen: dict[str, str] = {}
    shares = allocate({name: len(keys) for name, keys in strata.items()}, size)
    for name, n in shares.items():
        keys = sorted(strata[name])
        # A generator for each stratum: one more type elsewhere does not change the others.
        # It draws ids, not for secrecy but to be repeatable.
        for key in random.Random(f"{seed}/{name}").sample(keys, n):
            chosen[key] = f"{len(keys) / n:.6g}"
    return chosen


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many to draw from each stratum: one of each while they last, the rest in proportion.

    Where `n` is smaller than the number of strata the largest ones get one each, and a sample
    says nothing about the others.

    >>> allocate({"a": 90, "b": 9, "c": 1}, 12)
    {'a': 9, 'b': 2, 'c': 1}
    """
    order = sorted((name for name, size in sizes.items() if size), key=lambda k: (-sizes[k], k))
    given = dict.fromkeys(order[: max(0, n)], 1)
    left = min(n, sum(sizes.values())) - len(given)
    room = sum(sizes[name] - 1 for name in given)
    if left > 0 and room:
        exact = {name: left * (sizes[name] - 1) / room for name in given}
        for name, part in exact.items():
            given[name] += int(part)
        rest = left - sum(int(part) for part in exact.values())
        by_remainder = sorted(exact, key=lambda k: (int(exact[k]) - exact[k], k))
        for name in by_remainder[:rest]:
            given[name] += 1
    return given


def _days(first: object, last: object) -> str | None:
    if first is None:
        return None
    return str(first) if first == last or last is None else f"{first} to {last}"


def _toll(low: int | None, high: int | None) -> str | None:
    """A toll as a person reads it: 4, 3 to 5, at least 20."""
    if low is None:
        return None if high is None else f"at most {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"
