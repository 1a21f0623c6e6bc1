"""START HERE for merging: the same event in several articles becomes one event.

    article events -> copies folded -> blocks (first day, country, family of types)
    -> clusters and doubts -> one row each, with actors, places, codes and mentions

`coder.merging.compare` holds the rule for a pair, `coder.merging.cluster` how clusters grow.
Blocks are taken one day after another, so that only a few days' events are unpacked at a time.
The result does not hang on the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from coder.merging.cluster import Cluster, Doubt, cluster
from coder.merging.columns import member_ranks, merged_columns
from coder.merging.order import with_order
from coder.merging.participants import merged_actors, merged_places
from coder.merging.profile import COMPARED, profile
from coder.merging.units import Units, with_units

FOUNDING = ("published", "article_id", "start", "event_id")
"""The order in which events found one another: the first gives the event its id."""

_PROVENANCE = ("article_id", "syndication_id", "publisher", "published", "mention_id", "start")
"""Columns of `article_events` that `events` has not."""

PIECE = 2_000
"""Days are unpacked together until they hold so many events."""

_DOUBTS = dict.fromkeys(("event_id", "other_event_id", "agrees", "lacks"), pl.String)


@dataclass(frozen=True, slots=True)
class Merged:
    """The tables after merging, each sorted by its key."""

    events: pl.DataFrame
    event_actors: pl.DataFrame
    event_places: pl.DataFrame
    codings: pl.DataFrame
    event_mentions: pl.DataFrame
    possible_duplicates: pl.DataFrame

    def tables(self) -> dict[str, pl.DataFrame]:
        """The frames by the names of their tables."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class _Found:
    """What clustering found: `assigned` maps members to founders where they are not the same."""

    assigned: dict[str, str]
    swapped: set[str]
    doubts: list[Doubt]


def merge(
    article_events: pl.DataFrame,
    event_actors: pl.DataFrame,
    event_places: pl.DataFrame,
    codings: pl.DataFrame,
    event_mentions: pl.DataFrame,
    *,
    articles: pl.DataFrame | None = None,
    mentions: pl.DataFrame | None = None,
    units: Units | None = None,
) -> Merged:
    """Merges articles' events over articles. Frames have the columns of the tables' models,
    `article_events` those of the interim model.

    With `articles` (article_id, syndication_id, publisher, published, coded) each printing of a
    coded text counts as a report, its publisher and its day too. With `mentions` (mention_id,
    about_chain) threats or demands of different deeds are different events. `units` say what each
    codebook counts as one event.

    Example: `merge(*frames, articles=articles, mentions=mentions).tables()`.
    """
    events = article_events.sort(FOUNDING).with_row_index("rank")
    events = _with_chain(events, mentions)
    copies = _copies(events)
    firsts = events.join(copies, on="event_id", how="anti")
    found = _clusters(firsts, event_actors, event_places)
    founders = _founders(events, copies, found)
    members = founders.filter(~pl.col("copy"))

    merged = _events(events, members, _reports(events, founders, articles))
    merged = merged.select([c for c in article_events.columns if c not in _PROVENANCE])
    several = members.filter(pl.len().over("founder") > 1)
    actors = _actors(event_actors, several, copies, found.swapped)
    places = _places(event_places, several, copies, events)
    codes = with_order(_codings(codings, members, events), merged, actors)
    return Merged(
        events=merged.sort("event_id"),
        event_actors=actors.sort("event_id", "side", "position"),
        event_places=places.sort("event_id", "position"),
        codings=with_units(codes, merged, actors, units or {}).sort("event_id", "codebook", "code"),
        event_mentions=_mentions(event_mentions, founders),
        possible_duplicates=_doubts(found.doubts),
    )


def _with_chain(events: pl.DataFrame, mentions: pl.DataFrame | None) -> pl.DataFrame:
    if mentions is None:
        return events.with_columns(chain=pl.lit(None, pl.String))
    chains = mentions.select("mention_id", chain="about_chain")
    return events.join(chains, on="mention_id", how="left", maintain_order="left")


def _copies(events: pl.DataFrame) -> pl.DataFrame:
    """Events of reprints that were coded more than once, with the event of the first printing.

    The same words in copies of one text tell of the same event, whatever each is dated by.
    """
    words = ["syndication_id", "type", "start"]
    nth = events.with_columns(nth=pl.int_range(pl.len()).over("article_id", "type", "start"))
    return (
        nth.with_columns(first=pl.col("event_id").first().over(*words, "nth"))
        .filter(pl.col("first") != pl.col("event_id"))
        .select("event_id", "first")
    )


def _clusters(events: pl.DataFrame, actors: pl.DataFrame, places: pl.DataFrame) -> _Found:
    block = ["date_start", "country", "family"]
    crowded = (
        events.select("rank", "chain", *COMPARED)
        .with_columns(family=pl.col("type").str.split(".").list.first())
        .filter(pl.all_horizontal(pl.col(*block).is_not_null()))
        .filter(pl.len().over(block) > 1)
        .sort(*block, "rank")
        .with_columns(piece=pl.int_range(pl.len()).first().over("date_start") // PIECE)
    )
    found = _Found({}, set(), [])
    starts = crowded["piece"].rle().struct.field("len")
    at = 0
    for n in starts:
        days = crowded.slice(at, n)
        at += n
        ids = days.select("event_id")
        who = _grouped(ids, actors, "side", "position")
        where = _grouped(ids, places, "position")
        for _, rows in groupby(days.to_dicts(), key=itemgetter(*block)):
            clusters, doubts = cluster(
                [
                    profile(row, who.get(row["event_id"], ()), where.get(row["event_id"], ()))
                    for row in rows
                ]
            )
            _note(found, clusters)
            found.doubts += doubts
    return found


def _note(found: _Found, clusters: list[Cluster]) -> None:
    for one in clusters:
        for member, swapped in zip(one.members[1:], one.swapped[1:], strict=True):
            found.assigned[member.event_id] = one.founder.event_id
            if swapped:
                found.swapped.add(member.event_id)


def _grouped(ids: pl.DataFrame, rows: pl.DataFrame, *order: str) -> dict[str, list[Any]]:
    """Rows of these events by event, in order."""
    grouped: dict[str, list[Any]] = {}
    for row in rows.join(ids, on="event_id", how="semi").sort("event_id", *order).to_dicts():
        grouped.setdefault(row["event_id"], []).append(row)
    return grouped


def _founders(events: pl.DataFrame, copies: pl.DataFrame, found: _Found) -> pl.DataFrame:
    """event_id, founder, rank, copy: to which event each article's event belongs."""
    assigned = pl.DataFrame(
        {"first": list(found.assigned), "assigned": list(found.assigned.values())},
        schema={"first": pl.String, "assigned": pl.String},
    )
    return (
        events.select("event_id", "rank")
        .join(copies, on="event_id", how="left")
        .with_columns(copy=pl.col("first").is_not_null(), first=pl.coalesce("first", "event_id"))
        .join(assigned, on="first", how="left")
        .select("event_id", "rank", "copy", founder=pl.coalesce("assigned", "first"))
        .sort("rank")
    )


def _reports(
    events: pl.DataFrame, founders: pl.DataFrame, articles: pl.DataFrame | None
) -> pl.DataFrame:
    """Counts of reports of each merged event over its articles and their uncoded copies."""
    printing = ["article_id", "syndication_id", "publisher", "published"]
    rows = events.join(founders.select("event_id", "founder"), on="event_id")
    n_mentions = rows.group_by("founder").agg(pl.col("n_mentions").sum())
    told = rows.select("founder", *printing).unique()
    if articles is not None:
        copies = articles.filter(~pl.col("coded")).select(printing)
        texts = told.select("founder", "syndication_id").unique()
        reprints = texts.join(copies, on="syndication_id").select("founder", *printing)
        told = pl.concat([told, reprints]).unique(["founder", "article_id"])
    count = pl.Int32
    counts = told.group_by("founder").agg(
        n_articles=pl.col("article_id").n_unique().cast(count),
        n_publishers=pl.col("publisher").drop_nulls().n_unique().cast(count),
        n_independent=pl.col("syndication_id").n_unique().cast(count),
        first_published=pl.col("published").min(),
        last_published=pl.col("published").max(),
    )
    return counts.join(n_mentions, on="founder")


def _events(events: pl.DataFrame, members: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    rows = events.join(members.select("event_id", "founder"), on="event_id")
    several = pl.len().over("founder") > 1
    columns = [c for c in events.columns if c not in (*_PROVENANCE, "rank", "chain")]
    counted = [c for c in reports.columns if c != "founder"]
    single = rows.filter(~several).select(columns)
    merged = (
        rows.filter(several)
        .sort("rank")
        .with_columns(*member_ranks(), __order="rank")
        .group_by("founder", maintain_order=True)
        .agg(merged_columns())
        .rename({"founder": "event_id"})
    )
    # Copies add reports but no values, so every event takes its counts from the reports.
    kept = [c for c in columns if c not in counted]
    return pl.concat(
        [single.select(kept), merged.select([pl.col(c).cast(events.schema[c]) for c in kept])]
    ).join(reports, left_on="event_id", right_on="founder")


def _actors(
    actors: pl.DataFrame, several: pl.DataFrame, copies: pl.DataFrame, swapped: set[str]
) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for founder, ids, known in _by_founder(several, actors, "side", "position"):
        rows += merged_actors(founder, [(i in swapped, known.get(i, ())) for i in ids])
    return _with_rest(actors, several, copies, rows)


def _places(
    places: pl.DataFrame, several: pl.DataFrame, copies: pl.DataFrame, events: pl.DataFrame
) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    ranks = events.select("event_id", *member_ranks())
    best_first = several.join(ranks, on="event_id").sort("founder", "__place", "rank")
    for founder, ids, known in _by_founder(best_first, places, "position"):
        rows += merged_places(founder, [known.get(i, ()) for i in ids])
    return _with_rest(places, several, copies, rows)


def _by_founder(
    several: pl.DataFrame, table: pl.DataFrame, *order: str
) -> Iterator[tuple[str, list[str], dict[str, list[Any]]]]:
    """Each founder of several, the ids of its members, and their rows of a table by id."""
    known = _grouped(several.select("event_id"), table, *order)
    members: dict[str, list[str]] = {}
    for event_id, founder in several.select("event_id", "founder").iter_rows():
        members.setdefault(founder, []).append(event_id)
    for founder, ids in members.items():
        yield founder, ids, known


def _with_rest(
    table: pl.DataFrame, several: pl.DataFrame, copies: pl.DataFrame, rows: list[dict[str, Any]]
) -> pl.DataFrame:
    """Rows of events that stand alone, and the rows made for the others."""
    rest = table.join(several, on="event_id", how="anti").join(copies, on="event_id", how="anti")
    return pl.concat([rest, pl.DataFrame(rows, schema=table.schema, orient="row")])


def _codings(codings: pl.DataFrame, members: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The codes of the member that tells the most: of the most specific type, then the first;
    for each codebook, since a member may have no code in one."""
    depths = events.select("event_id", "rank", *member_ranks()).drop("__place", "__date")
    best = pl.col("event_id") == pl.col("event_id").first().over("founder", "codebook")
    return (
        codings.join(members.select("event_id", "founder"), on="event_id")
        .join(depths, on="event_id")
        .sort("__depth", "rank")
        .filter(best)
        .with_columns(event_id="founder")
        .select(codings.columns)
    )


def _mentions(event_mentions: pl.DataFrame, founders: pl.DataFrame) -> pl.DataFrame:
    own = pl.col("event_id") == pl.col("founder")
    return (
        event_mentions.join(founders.select("event_id", "founder"), on="event_id")
        .with_columns(founding=pl.col("founding") & own)
        .with_columns(event_id="founder")
        .select(event_mentions.columns)
        .sort("event_id", "mention_id")
    )


def _doubts(doubts: list[Doubt]) -> pl.DataFrame:
    rows = [(d.first, d.second, ";".join(d.agrees), ";".join(d.lacks)) for d in doubts]
    return pl.DataFrame(rows, schema=_DOUBTS, orient="row").sort("event_id", "other_event_id")
