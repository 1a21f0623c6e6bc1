"""The tables of a built dataset, for sampling and comparing: lazily, from its Parquet files."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from coder.errors import E423, CoderError
from coder.tables.parquet import scan_table


def dataset_folder(path: str | Path) -> Path:
    """The folder with the tables: `path` itself or its `latest`. Raises CoderError E423."""
    path = Path(path)
    for folder in (path, path / "latest"):
        if (folder / "events.parquet").exists():
            return folder
    raise CoderError(E423, place=str(path), path=path)


def is_dataset(path: str | Path) -> bool:
    """Whether there is a built dataset under a path."""
    return Path(path).is_dir()


def table(folder: Path, name: str) -> pl.LazyFrame:
    """A table of a dataset. Raises CoderError E411 where it is missing or broken."""
    return scan_table(folder / f"{name}.parquet", name)


def codes_by_event(folder: Path) -> pl.LazyFrame:
    """Each event's codes as one text, in the order of codebooks: `cameo=195 plover=ASSAULT`."""
    pair = pl.concat_str("codebook", pl.lit("="), "code")
    return (
        table(folder, "codings")
        .group_by("event_id")
        .agg(pair.sort_by("codebook", "code").alias("codes"))
        .with_columns(pl.col("codes").list.join(" "))
    )


def actors_by_event(folder: Path, side: str) -> pl.LazyFrame:
    """The participants of one side of each event as one text: code and name, in order."""
    words = pl.concat_str(pl.col("cameo").fill_null("?"), pl.lit(" "), pl.col("name"))
    return (
        table(folder, "event_actors")
        .filter(pl.col("side") == side)
        .group_by("event_id")
        .agg(words.sort_by("position").alias(side))
        .with_columns(pl.col(side).list.join("; "))
    )
