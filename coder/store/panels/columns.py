"""The columns of a panel: sums by unit and period, zeros and missing values, onsets and lags."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from coder.store.panels.options import PanelOptions

QUADS = {
    "1": "verbal cooperation",
    "2": "material cooperation",
    "3": "verbal conflict",
    "4": "material conflict",
}
ROOTS = tuple(f"{n:02d}" for n in range(1, 21))
NAMES = {
    "country": "Country or state (ISO 3166-1 alpha-3)",
    "admin1": "First-order region",
    "source": "State whose actors act (ISO 3166-1 alpha-3)",
    "target": "State whose actors are acted upon (ISO 3166-1 alpha-3)",
    "country_a": "State of the pair that sorts first (ISO 3166-1 alpha-3)",
    "country_b": "State of the pair that sorts second (ISO 3166-1 alpha-3)",
    "period_start": "First day of the period",
    "period": "Period",
    "articles_read": "Articles published in the period that were read: exposure",
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: name, label, the sum over events, and whether no event makes it 0."""

    name: str
    label: str
    value: pl.Expr
    zero: bool = True


class Columns:
    """The columns that the options ask for, over events of these types."""

    def __init__(self, options: PanelOptions, unit: tuple[str, ...], types: list[str]) -> None:
        self.unit, self.options = unit, options
        self.measured = [*_of(options, None, "", "")]
        for value, slug, meaning in _values(options.by, types):
            chosen = pl.col(options.by or "") == value
            self.measured += _of(options, chosen, f"_{slug}", f", {meaning}")
        self.counts = [c.name for c in self.measured if re.match(r"count(_|$)", c.name)]
        self.totals = [c.name for c in _of(options, None, "", "")]

    def sums(self, events: pl.DataFrame) -> pl.DataFrame:
        """One row for each unit and period with any event."""
        return events.group_by([*self.unit, "period_start"], maintain_order=True).agg(
            c.value.alias(c.name) for c in self.measured
        )

    def finished(self, grid: pl.DataFrame) -> pl.DataFrame:
        """The rows of whole units: zeros where articles were read, onsets and lags."""
        read = pl.col("articles_read") > 0
        grid = grid.with_columns(
            pl.when(read).then(pl.col(c.name).fill_null(0)).alias(c.name)
            for c in self.measured
            if c.zero
        )
        grid = grid.with_columns(self._onset(name) for name in self.counts if self.options.onset)
        return grid.with_columns(
            pl.col(name).shift(n).over(self.unit).alias(f"{name}_lag{n}")
            for n in self.options.lags
            for name in self.totals
        )

    def _onset(self, name: str) -> pl.Expr:
        """1 in a period with events after so many without any; missing where that is not known."""
        before = [
            pl.col(name).shift(n).over(self.unit) == 0
            for n in range(1, (self.options.onset or 0) + 1)
        ]
        # Where any earlier period had events it is none, whatever is missing (Kleene logic).
        begins = (pl.col(name) > 0) & pl.all_horizontal(before)
        known = pl.col(name).is_not_null()
        return pl.when(known).then(begins.cast(pl.Int32)).alias(_onset_name(name))

    def labels(self) -> dict[str, str]:
        """What each column is."""
        made = {name: NAMES[name] for name in (*self.unit, "period_start", "period")}
        made["articles_read"] = NAMES["articles_read"]
        made |= {c.name: c.label for c in self.measured}
        known = dict(made)
        if self.options.onset:
            quiet = f"{self.options.onset} {self.options.period}(s)"
            for name in self.counts:
                made[_onset_name(name)] = f"Onset after {quiet} without: {known[name]}"
        for n in self.options.lags:
            for name in self.totals:
                made[f"{name}_lag{n}"] = f"{n} {self.options.period}(s) before: {known[name]}"
        return made


def _onset_name(name: str) -> str:
    return "onset" + name.removeprefix("count")


def _values(by: str | None, types: list[str]) -> list[tuple[str, str, str]]:
    """Values to divide by: the value, the end of the column's name, what it means."""
    if by == "quad":
        return [(value, f"quad{value}", label) for value, label in QUADS.items()]
    if by == "root":
        return [(root, f"root{root}", f"CAMEO root {root}") for root in ROOTS]
    if by == "type":
        return [(t, t.replace(".", "_"), f"type {t}") for t in types]
    return []


def _of(options: PanelOptions, chosen: pl.Expr | None, slug: str, meaning: str) -> list[_Column]:
    """The columns of the measures, over all events or the chosen ones."""
    # Not a literal, whose sum in a group is 1.
    every = pl.col("event_id").is_not_null()
    some = every if chosen is None else chosen.fill_null(value=False)
    own = some & (pl.col("fatalities_basis").fill_null("") != "shared")
    score = pl.col("goldstein")
    made: list[_Column] = []
    if "count" in options.measures:
        made.append(_Column(f"count{slug}", f"Events{meaning}", some.sum().cast(pl.Int32)))
    if "fatalities" in options.measures:
        toll = pl.col("fatalities_best")
        made += [
            _Column(
                f"fatalities{slug}",
                f"Killed, numbers stated for the event alone{meaning}",
                toll.filter(own).sum().cast(pl.Int64),
            ),
            _Column(
                f"toll_unknown{slug}",
                f"Events without a number of killed{meaning}",
                (some & toll.is_null()).sum().cast(pl.Int32),
            ),
        ]
    if "goldstein" in options.measures:
        made += [
            _Column(
                f"goldstein{slug}", f"Mean Goldstein score{meaning}", score.filter(some).mean(),
                zero=False,
            ),
            _Column(
                f"goldstein_positive{slug}",
                f"Sum of Goldstein scores above 0{meaning}",
                score.filter(some & (score > 0)).sum(),
            ),
            _Column(
                f"goldstein_negative{slug}",
                f"Sum of Goldstein scores below 0{meaning}",
                score.filter(some & (score < 0)).sum(),
            ),
        ]  # fmt: skip
    return made
