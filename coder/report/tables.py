"""The tables of one build that a report needs, read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from coder.tables.dataset import MANIFEST, find_build
from coder.tables.manifest import Manifest, read_manifest
from coder.tables.parquet import scan_table

Scan = Callable[[str], pl.LazyFrame]
NEWEST_FIRST = ("first_published", "date_start", "event_id")


@dataclass(frozen=True, slots=True)
class Tables:
    """A build: its manifest, its events and what hangs on them.

    The newest reports come first; `row` counts events from 0.
    """

    manifest: Manifest
    events: pl.DataFrame
    actors: pl.DataFrame
    places: pl.DataFrame
    codings: pl.DataFrame
    evidence: pl.DataFrame
    coverage: pl.DataFrame
    rejects: pl.DataFrame
    articles: int
    copies: int


def read_tables(dataset: Path) -> Tables:
    """The newest build of a dataset. Raises E411, E423, E425.

    `evidence` has a row for each mention of each event with its sentence and article, the
    founding mention first.
    """
    folder = find_build(dataset)

    def scan(name: str) -> pl.LazyFrame:
        return scan_table(folder / f"{name}.parquet", name)

    events = (
        scan("events")
        .sort(NEWEST_FIRST, descending=[True, True, False], nulls_last=True)
        .with_row_index("row")
        .collect()
    )
    rows = events.lazy().select("event_id", "row")
    articles = scan("articles").select(pl.len(), (~pl.col("coded")).sum().alias("copies")).collect()
    return Tables(
        manifest=read_manifest(folder / MANIFEST),
        events=events,
        actors=_by_row(scan("event_actors"), rows, "side", "position"),
        places=_by_row(scan("event_places"), rows, "position"),
        codings=_by_row(scan("codings"), rows, "codebook", "code"),
        evidence=_evidence(scan, rows),
        coverage=scan("coverage").collect(),
        rejects=scan("rejects").collect(),
        articles=int(articles["len"][0]),
        copies=int(articles["copies"][0] or 0),
    )


def _by_row(table: pl.LazyFrame, rows: pl.LazyFrame, *keys: str) -> pl.DataFrame:
    return table.join(rows, on="event_id").sort("row", *keys).collect()


def _evidence(scan: Scan, rows: pl.LazyFrame) -> pl.DataFrame:
    mentions = scan("mentions").select(
        *("mention_id", "sentence", "type", "about_chain", "rule", "start", "end", "slots"),
        "date_text",
    )
    sentences = scan("sentences").select(
        "article_id", "sentence", "text", pl.col("start").alias("sentence_start")
    )
    articles = scan("articles").select(
        "article_id", "published", "publisher", "headline", "url", "input_id", "file"
    )
    return (
        scan("event_mentions")
        .join(rows, on="event_id")
        .join(mentions, on="mention_id")
        .join(sentences, on=["article_id", "sentence"])
        .join(articles, on="article_id")
        .sort("row", "founding", "published", "mention_id", descending=[False, True, False, False])
        .collect()
    )
