"""The table `event_changes`: what became of the events of the build before.

Events keep their ids from build to build, and so do mentions; they tell what was split and merged.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from coder.errors import CoderError
from coder.tables.manifest import read_manifest
from coder.tables.models import dtypes, frame
from coder.tables.parquet import read_table

_SHAPE = {
    "event_id": pl.String,
    "change": pl.String,
    "other_event_id": pl.String,
    "codebook": pl.String,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
}
_READ = ("events", "event_mentions", "codings")
Tables = dict[str, pl.DataFrame]


def changes(before: Path | None, now: Path) -> pl.DataFrame:
    """The rows of `event_changes` between the folders of two builds.

    Empty where there was no build before, or one whose tables this version cannot read.

    >>> changes(None, Path("outputs/seeds/latest")).height
    0
    """
    if before is None:
        return frame("event_changes")
    try:
        digest = read_manifest(before / "manifest.json").digest
        old: Tables = {name: read_table(before / f"{name}.parquet", name) for name in _READ}
    except CoderError:
        return frame("event_changes")
    new: Tables = {name: read_table(now / f"{name}.parquet", name) for name in _READ}
    return compare(old, new, digest)


def compare(old: Tables, new: Tables, digest: str) -> pl.DataFrame:
    """The rows for the tables `events`, `event_mentions` and `codings` of two datasets; `digest` is
    that of the older one."""
    was, now = old["events"].select("event_id"), new["events"].select("event_id")
    gone = was.join(now, on="event_id", how="anti")
    come = now.join(was, on="event_id", how="anti")
    parts = [
        _moved(gone, old["event_mentions"], new["event_mentions"], "merged", "deleted"),
        _moved(come, new["event_mentions"], old["event_mentions"], "split", "added"),
        _columns(old["events"], new["events"]),
        _codes(old["codings"], new["codings"], was, now),
    ]
    rows = pl.concat([part.select(pl.col(c).cast(t) for c, t in _SHAPE.items()) for part in parts])
    order = list(dtypes("event_changes"))
    return rows.with_columns(previous=pl.lit(digest)).select(order).sort(order)


def _moved(
    ids: pl.DataFrame, own: pl.DataFrame, others: pl.DataFrame, moved: str, alone: str
) -> pl.DataFrame:
    """Events of one build only. Where their mentions belong to events of the other build, they are
    `moved` (merged into those, split from those), else `alone`."""
    elsewhere = (
        own.join(ids, on="event_id", how="semi")
        .select("event_id", "mention_id")
        .join(others.select("mention_id", other_event_id="event_id"), on="mention_id")
        .filter(pl.col("other_event_id") != pl.col("event_id"))
        .group_by("event_id")
        .agg(pl.col("other_event_id").min())
    )
    found = ids.join(elsewhere, on="event_id", how="left")
    known = pl.col("other_event_id").is_not_null()
    change = pl.when(known).then(pl.lit(moved)).otherwise(pl.lit(alone))
    return found.with_columns(_nothing("codebook", "field", "old", "new")).with_columns(
        change=change
    )


def _columns(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """A row for each column of an event that is in both builds and has another value."""
    names = [c for c in new.columns if c != "event_id"]
    both = old.join(new, on="event_id", suffix="__new")
    differ = both.filter(
        pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}__new")) for c in names)
    )
    parts = [
        differ.filter(pl.col(c).ne_missing(pl.col(f"{c}__new"))).select(
            "event_id",
            change=pl.lit("changed"),
            field=pl.lit(c),
            old=pl.col(c).cast(pl.String),
            new=pl.col(f"{c}__new").cast(pl.String),
        )
        for c in names
    ]
    return pl.concat(parts).with_columns(_nothing("other_event_id", "codebook"))


def _codes(
    old: pl.DataFrame, new: pl.DataFrame, was: pl.DataFrame, now: pl.DataFrame
) -> pl.DataFrame:
    """A row for each codebook that gives an event of both builds other codes."""
    both = was.join(now, on="event_id", how="semi")
    by = ["event_id", "codebook"]
    before, after = (
        codings.join(both, on="event_id", how="semi").group_by(by).agg(pl.col("code").sort())
        for codings in (old, new)
    )
    joined = before.join(after, on=by, how="full", coalesce=True, suffix="__new").with_columns(
        pl.col("code", "code__new").list.join(";")
    )
    return (
        joined.filter(pl.col("code").ne_missing(pl.col("code__new")))
        .select(*by, old="code", new="code__new", change=pl.lit("recoded"), field=pl.lit("code"))
        .with_columns(_nothing("other_event_id"))
    )


def _nothing(*names: str) -> list[pl.Expr]:
    return [pl.lit(None, pl.String).alias(name) for name in names]
