"""The tables of a dataset: START HERE for columns.

Each model of `models_text`, `models_events` and `models_build` is the one home of its
columns: name, dtype, nullability, checks, title, description and unit. `TABLES` lists them in
the order in which they can be checked (parents first), `KEYS` their primary keys,
`FOREIGN_KEYS` what refers to what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import pandera.polars as pa
import polars as pl

from coder.tables.models_build import (
    Coverage,
    EventChanges,
    PossibleDuplicates,
    Rejects,
    Reviews,
)
from coder.tables.models_events import (
    ArticleEvents,
    Codings,
    EventActors,
    EventMentions,
    EventPlaces,
    Events,
)
from coder.tables.models_text import Articles, Mentions, Sentences

SCHEMA_VERSION = "1"

TABLES: Mapping[str, type[pa.DataFrameModel]] = {
    "articles": Articles,
    "sentences": Sentences,
    "mentions": Mentions,
    "events": Events,
    "event_actors": EventActors,
    "event_places": EventPlaces,
    "codings": Codings,
    "event_mentions": EventMentions,
    "possible_duplicates": PossibleDuplicates,
    "event_changes": EventChanges,
    "coverage": Coverage,
    "rejects": Rejects,
    "reviews": Reviews,
}

INTERIM: Mapping[str, type[pa.DataFrameModel]] = {"article_events": ArticleEvents}

KEYS: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "sentences": ("article_id", "sentence"),
    "mentions": ("mention_id",),
    "events": ("event_id",),
    "event_actors": ("event_id", "side", "position"),
    "event_places": ("event_id", "position"),
    "codings": ("event_id", "codebook", "code"),
    "event_mentions": ("event_id", "mention_id"),
    "possible_duplicates": ("event_id", "other_event_id"),
    "event_changes": ("event_id", "change", "other_event_id", "codebook", "field"),
    "coverage": ("publisher", "publisher_country", "period"),
    "rejects": ("step", "place", "code", "message", "article_id"),
    "reviews": ("review_id",),
    "article_events": ("event_id",),
}


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of `table` must be a row of `parent`; a null among them refers to nothing."""

    table: str
    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


FOREIGN_KEYS: tuple[ForeignKey, ...] = (
    ForeignKey("sentences", ("article_id",), "articles", ("article_id",)),
    ForeignKey("mentions", ("article_id", "sentence"), "sentences", ("article_id", "sentence")),
    ForeignKey("event_mentions", ("mention_id",), "mentions", ("mention_id",)),
    ForeignKey("event_mentions", ("event_id",), "events", ("event_id",)),
    ForeignKey("event_actors", ("event_id",), "events", ("event_id",)),
    ForeignKey("event_places", ("event_id",), "events", ("event_id",)),
    ForeignKey("codings", ("event_id",), "events", ("event_id",)),
    ForeignKey("possible_duplicates", ("event_id",), "events", ("event_id",)),
    ForeignKey("possible_duplicates", ("other_event_id",), "events", ("event_id",)),
    ForeignKey("reviews", ("event_id",), "events", ("event_id",)),
    ForeignKey("reviews", ("article_id",), "articles", ("article_id",)),
)
"""`event_changes` refers to events of two builds, so its ids are not checked."""


@cache
def schema(table: str) -> pa.DataFrameSchema:
    """The pandera schema of a table, with its primary key as a check of uniqueness."""
    model = TABLES[table] if table in TABLES else INTERIM[table]
    made = model.to_schema()
    made.unique = list(KEYS[table])
    return made


@cache
def dtypes(table: str) -> dict[str, Any]:
    """Columns and polars dtypes of a table, in order.

    >>> list(dtypes("event_mentions"))
    ['event_id', 'mention_id', 'article_id', 'founding']
    """
    return {name: c.dtype.type for name, c in schema(table).columns.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column, for dictionaries and metadata."""

    name: str
    dtype: str
    nullable: bool
    title: str
    description: str
    unit: str | None
    checks: tuple[str, ...]


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in order, as its model declares them."""
    return tuple(
        Column(
            name=name,
            dtype=str(c.dtype.type),
            nullable=c.nullable,
            title=c.title or "",
            description=c.description or "",
            unit=cast(Mapping[str, Any], c.metadata or {}).get("unit"),
            checks=tuple(str(k.error or k.name) for k in c.checks),
        )
        for name, c in schema(table).columns.items()
    )


def frame(table: str, rows: Iterable[Mapping[str, Any]] = ()) -> pl.DataFrame:
    """A frame of a table from row dicts; a column that a row lacks is null.

    >>> frame("event_mentions").columns
    ['event_id', 'mention_id', 'article_id', 'founding']
    """
    return pl.DataFrame(list(rows), schema=dtypes(table), orient="row")
