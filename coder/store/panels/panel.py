"""Panels: START HERE. `make_panel` gives a complete table of every unit and period.

A cell is 0 where articles were read in the period and no event was found, and missing where none
were read. Every event of the dataset is either in the table or counted in `report`, by the
reason for which it is not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from coder.errors import E727, E728, CoderError
from coder.store.panels.columns import Columns
from coder.store.panels.options import (
    PRECISIONS,
    PanelOptions,
    last_day,
    period_name,
    periods,
)
from coder.store.panels.units import OPEN_END, OPEN_START, Unit, as_states, columns_of, units
from coder.store.query import export_sql, query

MOST_ROWS = 20_000_000
CHUNK_ROWS = 400_000


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: frames of whole units in order, and what to know of it.

    `labels` says what each column is, `report` (text and number of events) where the events of
    the dataset are.
    """

    rows: int
    n_units: int
    n_periods: int
    labels: dict[str, str]
    report: list[tuple[str, int]]
    _units: list[Unit] = field(repr=False)
    _make: _Maker = field(repr=False)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The table in pieces of at most some hundred thousand rows, each of whole units."""
        step = max(1, CHUNK_ROWS // max(1, self.n_periods))
        for at in range(0, len(self._units), step):
            yield self._make(self._units[at : at + step])

    def frame(self) -> pl.DataFrame:
        """The whole table."""
        return pl.concat(list(self.frames()))


def make_panel(dataset: Path, options: PanelOptions) -> Panel:
    """A panel of a dataset.

    Raises E608, E724 and E725 for options, E726 for an unknown country, E727 for a dataset without
    articles, E728 where the panel would have more rows than `MOST_ROWS`.

    Example: `make_panel(Path("outputs/syria"), PanelOptions(unit="dyad", by="quad")).frame()`.
    """
    options = options.checked()
    read = _rows(dataset, "SELECT published, count(*) AS n FROM articles GROUP BY 1 ORDER BY 1")
    if not read.height:
        raise CoderError(E727, place=str(dataset))
    days = read["published"].to_list()
    start, end = options.start or days[0], options.end or days[-1]
    firsts = list(periods(start, end, options.period))
    exposure = _exposure(read, firsts, options.period)
    events, report = _events(dataset, options)
    chosen = units(options, events, firsts[0], last_day(firsts[-1], options.period))
    spans = _Spans(chosen, firsts, options.period)
    if spans.rows > MOST_ROWS:
        raise CoderError(E728, rows=spans.rows, most=MOST_ROWS)
    placed = _placed(events, spans, exposure, options, report)
    columns = Columns(options, columns_of(options), sorted(events["type"].unique().to_list()))
    maker = _Maker(spans, exposure, columns, columns.sums(placed))
    return Panel(spans.rows, len(chosen), len(firsts), columns.labels(), report, chosen, maker)


def _rows(dataset: Path, sql: str) -> pl.DataFrame:
    df = pl.from_arrow(query(dataset, sql))
    assert isinstance(df, pl.DataFrame)
    return df


def _exposure(read: pl.DataFrame, firsts: list[date], period: str) -> pl.DataFrame:
    """Articles published in each period; 0 where none were."""
    frame = pl.DataFrame(
        {
            "period_start": firsts,
            "period_end": [last_day(d, period) for d in firsts],
            "period": [period_name(d, period) for d in firsts],
        },
        schema={"period_start": pl.Date, "period_end": pl.Date, "period": pl.String},
    )
    per = (
        read.with_columns(period_start=_period(pl.col("published"), period))
        .group_by("period_start")
        .agg(articles_read=pl.col("n").sum().cast(pl.Int64))
    )
    return frame.join(per, on="period_start", how="left", maintain_order="left").with_columns(
        pl.col("articles_read").fill_null(0)
    )


def _period(day: pl.Expr, period: str) -> pl.Expr:
    return day.dt.truncate({"day": "1d", "week": "1w", "month": "1mo"}[period])


def _events(dataset: Path, options: PanelOptions) -> tuple[pl.DataFrame, list[tuple[str, int]]]:
    """The events that have a day, a unit and what else the options ask for, and the report."""
    every = _rows(dataset, export_sql("panel_events"))
    report = [("events in the dataset", every.height)]

    def keep(df: pl.DataFrame, want: pl.Expr, otherwise: str) -> pl.DataFrame:
        kept = df.filter(want.fill_null(value=False))
        out = df["event_id"].n_unique() - kept["event_id"].n_unique()
        if out:
            report.append((f"left out: {otherwise}", out))
        return kept

    df = keep(every, pl.col("date_start").is_not_null(), "undated")
    exact = pl.col("date_precision").is_in(PRECISIONS[options.period])
    df = keep(df, exact, f"dated less exactly than to the {options.period}")
    if options.stated_dates:
        df = keep(df, pl.col("date_basis") != "publication", "dated by publication only")
    if options.unit == "dyad":
        sides = _rows(dataset, export_sql("panel_dyads"))
        both = df.join(sides, on="event_id", how="inner", maintain_order="left")
        out = df.height - both["event_id"].n_unique()
        if out:
            report.append(("left out: the country of a side is not known", out))
        df = as_states(as_states(both, "source"), "target")
        if options.state_actors:
            df = keep(df, pl.col("of_states"), "an actor does not act for a state")
        df = keep(df, pl.col("source") != pl.col("target"), "within one country")
        if options.undirected:
            low, high = pl.min_horizontal("source", "target"), pl.max_horizontal("source", "target")
            df = df.with_columns(country_a=low, country_b=high)
        df = df.unique(["event_id", *columns_of(options)], maintain_order=True)
        return df, report
    df = keep(df, pl.col("country").is_not_null(), "the country is not known")
    if options.unit == "admin1":
        return keep(df, pl.col("admin1").is_not_null(), "the region is not known"), report
    return as_states(df, "country"), report


class _Spans:
    """Which periods each unit has: those that overlap with its time."""

    def __init__(self, chosen: list[Unit], firsts: list[date], period: str) -> None:
        self.lasts = [last_day(d, period) for d in firsts]
        self.firsts = firsts
        self.rows = sum(self._count(unit) for unit in chosen)
        self.chosen = chosen

    def _count(self, unit: Unit) -> int:
        return max(0, bisect_right(self.firsts, unit.end) - bisect_left(self.lasts, unit.start))

    def frame(self, chosen: list[Unit], names: tuple[str, ...]) -> pl.DataFrame:
        """The units with their first and last day, from `OPEN_START` to `OPEN_END`."""
        data = {name: [unit.key[n] for unit in chosen] for n, name in enumerate(names)}
        schema = dict.fromkeys(names, pl.String())
        days = {"__from": [u.start for u in chosen], "__until": [u.end for u in chosen]}
        return pl.DataFrame(data, schema=schema).with_columns(
            pl.Series(name, values, dtype=pl.Date) for name, values in days.items()
        )


def _placed(
    events: pl.DataFrame,
    spans: _Spans,
    exposure: pl.DataFrame,
    options: PanelOptions,
    report: list[tuple[str, int]],
) -> pl.DataFrame:
    """The events that fall into a cell of the table, with their period; the rest is reported."""
    names = columns_of(options)
    df = events.with_columns(period_start=_period(pl.col("date_start"), options.period))

    def keep(df: pl.DataFrame, kept: pl.DataFrame, otherwise: str) -> pl.DataFrame:
        out = df["event_id"].n_unique() - kept["event_id"].n_unique()
        if out:
            report.append((f"left out: {otherwise}", out))
        return kept

    inside = df.join(exposure, on="period_start", how="inner", maintain_order="left")
    df = keep(df, inside, "outside the time of the table")
    df = keep(
        df,
        df.filter(pl.col("articles_read") > 0),
        f"in a {options.period} of which no article was read",
    )
    listed = df.join(
        spans.frame(spans.chosen, names), on=list(names), how="inner", maintain_order="left"
    ).filter(
        pl.col("__from") <= pl.col("period_end"),
        pl.col("__until") >= pl.col("period_start"),
    )
    other = "of other units, or of no state of that time"
    df = keep(df, listed, other)
    report.append(("events in the table", df["event_id"].n_unique()))
    by_publication = df.filter(pl.col("date_basis") == "publication")["event_id"].n_unique()
    report.append(("of these dated by publication only", by_publication))
    if "fatalities" in options.measures:
        shared = df.filter(pl.col("fatalities_basis") == "shared")["event_id"].n_unique()
        report.append(("of these with a toll shared with other events, not added up", shared))
    if options.by in ("root", "quad") or "goldstein" in options.measures:
        uncoded = df.filter(pl.col("root").is_null())["event_id"].n_unique()
        report.append(("of these without a CAMEO code", uncoded))
    if options.unit == "dyad":
        report.append(("pairs of countries in these events", df.height))
    return df


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the rows of some units."""

    spans: _Spans
    exposure: pl.DataFrame
    columns: Columns
    sums: pl.DataFrame

    def __call__(self, chosen: list[Unit]) -> pl.DataFrame:
        names = self.columns.unit
        grid = (
            self.spans.frame(chosen, names)
            .join(self.exposure, how="cross", maintain_order="left_right")
            .filter(
                pl.col("__from") <= pl.col("period_end"),
                pl.col("__until") >= pl.col("period_start"),
            )
            .drop("__from", "__until", "period_end")
        )
        keys = [*names, "period_start"]
        return self.columns.finished(
            grid.join(self.sums, on=keys, how="left", maintain_order="left")
        )


__all__ = ["OPEN_END", "OPEN_START", "Panel", "make_panel"]
