"""`coder.open_dataset`: a dataset as polars tables, in SQL, and the sentences behind an event."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from coder.errors import E410, E771, E772, CoderError
from coder.store.database import VIEWS
from coder.store.panels.options import PanelOptions
from coder.store.panels.panel import make_panel
from coder.store.query import database, query, recipe
from coder.store.recipes import questions
from coder.tables.dataset import MANIFEST, find_build
from coder.tables.manifest import Manifest, read_manifest
from coder.tables.models import TABLES
from coder.tables.parquet import read_table

SENTENCES = "FROM sentences_behind($id)"


def open_dataset(path: Path | str) -> Dataset:
    """The latest build of the dataset folder `path`, one build of it, or an `events.duckdb`.

    Raises CoderError: E423 where there is no dataset, E430 where it has no database.

    >>> import coder
    >>> dataset = coder.open_dataset("outputs/seeds")  # doctest: +SKIP
    >>> dataset.events.height  # doctest: +SKIP
    121
    """
    return Dataset(Path(path))


class Dataset:
    """One build of a dataset. Later builds of the same folder do not change what it gives.

    Each table and view is an attribute with a polars frame, read on first use and kept:
    `dataset.events`, `dataset.mentions`, `dataset.events_cameo`. docs/data-dictionary.md has
    their columns, docs/queries.md the views.
    """

    def __init__(self, path: Path) -> None:
        self.path = path if path.suffix == ".duckdb" else find_build(path)
        self._database = database(self.path)
        self._tables: dict[str, pl.DataFrame] = {}

    def __repr__(self) -> str:
        return f"Dataset({str(self.path)!r})"

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *TABLES, *VIEWS})

    def __getattr__(self, name: str) -> pl.DataFrame:
        if name not in TABLES and name not in VIEWS:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.table(name)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables and views."""
        return (*TABLES, *VIEWS)

    def table(self, name: str) -> pl.DataFrame:
        """A table or view as a frame. Raises E410 for another name, E411 for a broken file."""
        if name not in self._tables:
            file = self.path / f"{name}.parquet"
            if name not in self.tables:
                raise CoderError(E410, table=name, known=", ".join(self.tables))
            self._tables[name] = (
                read_table(file, name)
                if name in TABLES and file.exists()
                else self.sql(f"FROM {name}")
            )
        return self._tables[name]

    def sql(self, statement: str, **values: object) -> pl.DataFrame:
        """The answer to one reading statement; `values` fill its `$name`.

        Numbers that DuckDB gives as decimals become Int64 or Float64. Raises E431 for anything
        but one reading statement, E432 with DuckDB's message where it fails.

        Example: `dataset.sql("FROM events WHERE country = $c", c="SYR")`.
        """
        return _plain(pl.DataFrame(query(self._database, statement, values or None)))

    def ask(self, name: str) -> pl.DataFrame:
        """The answer to a question of docs/queries.md by its name or the beginning of it.

        `dataset.questions` lists them. Raises E434 for another name.
        """
        return self.sql(recipe(name))

    @property
    def questions(self) -> dict[str, str]:
        """The questions that `ask` knows, by name."""
        return questions()

    def sentences(self, event_id: str) -> pl.DataFrame:
        """The mentions behind an event, the founding one first: `sentence_text`, `rule`,
        `trigger`, where they stand, and the article. Raises E771 where there is no such event."""
        found = self.sql(SENTENCES, id=event_id)
        if not found.height:
            raise CoderError(E771, place=str(self.path), event=event_id)
        return found

    def panel(self, unit: str = "country", period: str = "month", **options: Any) -> pl.DataFrame:
        """A complete table of units and periods, as docs/panels.md says; `options` are those of
        `coder.store.panels.options.PanelOptions`: by, measures, start, end, countries, lags ...

        Raises E608, E724-E728 for options, E772 for one that there is not.

        Example: `dataset.panel("country", "month", by="quad", measures=("count", "goldstein"))`.
        """
        known = PanelOptions.__slots__
        for name in options:
            if name not in known:
                raise CoderError(E772, place="panel", name=name, known=", ".join(known))
        chosen = PanelOptions(unit=unit, period=period, **options)
        return make_panel(self._database, chosen).frame()

    @cached_property
    def manifest(self) -> Manifest:
        """What built the dataset: versions, codebooks, model, counts, digest. Raises E423 for a
        database without its build."""
        folder = self.path.parent if self.path.suffix == ".duckdb" else self.path
        return read_manifest(find_build(folder) / MANIFEST)


def _plain(df: pl.DataFrame) -> pl.DataFrame:
    """Sums of DuckDB are decimals of 38 digits; nobody computes with these."""
    return df.with_columns(
        pl.col(name).cast(pl.Float64 if kind.scale else pl.Int64)
        for name, kind in df.schema.items()
        if isinstance(kind, pl.Decimal)
    )
