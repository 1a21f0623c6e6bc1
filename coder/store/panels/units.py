"""The units of a panel and the time in which each of them exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from coder.codebook.gazetteer_data import read_place_data
from coder.codebook.home import codebooks_dir
from coder.codebook.states import load_states
from coder.errors import E726, CoderError
from coder.store.panels.options import PanelOptions

OPEN_START, OPEN_END = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its key (one or two parts, as the columns of the panel), first and last day."""

    key: tuple[str, ...]
    start: date = OPEN_START
    end: date = OPEN_END


def columns_of(options: PanelOptions) -> tuple[str, ...]:
    """The columns that name a unit."""
    if options.unit == "dyad":
        return ("country_a", "country_b") if options.undirected else ("source", "target")
    return ("country", "admin1") if options.unit == "admin1" else ("country",)


def units(options: PanelOptions, events: pl.DataFrame, first: date, last: date) -> list[Unit]:
    """All units on the list that exist on some day from `first` to `last`, in order.

    Countries and dyads follow the dated list of states; regions those of the gazetteer and of the
    events. Raises E726 for a country of the options that is not there.
    """
    if options.unit == "admin1":
        return _regions(events, options.countries)
    countries = _countries(options, events, first, last)
    known = {unit.key[0] for unit in countries}
    wanted = _wanted(options.countries, known)
    if options.unit == "country":
        return [unit for unit in countries if unit.key[0] in wanted]
    pairs = [
        Unit((a.key[0], b.key[0]), max(a.start, b.start), min(a.end, b.end))
        for a in countries
        for b in countries
        if (a.key < b.key if options.undirected else a.key != b.key)
    ]
    alone = len(options.countries) == 1
    return [
        pair
        for pair in pairs
        if pair.start <= pair.end
        and (wanted.intersection(pair.key) if alone else wanted.issuperset(pair.key))
    ]


def _countries(options: PanelOptions, events: pl.DataFrame, first: date, last: date) -> list[Unit]:
    states = load_states()
    found = [
        Unit((s.code,), s.start or OPEN_START, s.end or OPEN_END)
        for s in states.values()
        if s.existed(first, last)
    ]
    if options.territories:
        seen = {code for name in columns_of(options) for code in events[name].to_list()}
        found += [Unit((code,)) for code in seen - states.keys()]
    return sorted(found, key=lambda unit: unit.key)


def _wanted(asked: tuple[str, ...], known: set[str]) -> set[str]:
    missing = sorted(set(asked) - known)
    if missing:
        raise CoderError(E726, country=", ".join(missing))
    return set(asked) or known


def _regions(events: pl.DataFrame, asked: tuple[str, ...]) -> list[Unit]:
    """Regions have today's names and countries at all times."""
    listed = {(r.country, r.name) for r in read_place_data(codebooks_dir() / "places").regions}
    keys = sorted(listed | set(events.select("country", "admin1").unique().rows()))
    wanted = _wanted(asked, {country for country, _ in keys})
    return [Unit(key) for key in keys if key[0] in wanted]


def as_states(events: pl.DataFrame, column: str) -> pl.DataFrame:
    """The events with codes of today's countries as the states of their day: South Sudan is Sudan
    before July 2011, as the list of states says."""
    rules = [s for s in load_states().values() if s.before is not None]
    table = pl.DataFrame(
        {
            column: [s.code for s in rules],
            "__start": [s.start for s in rules],
            "__before": [s.before for s in rules],
        },
        schema={column: pl.String, "__start": pl.Date, "__before": pl.String},
    )
    earlier = pl.col("__start").is_not_null() & (pl.col("date_start") < pl.col("__start"))
    for _ in range(3):  # Kosovo, Serbia, Serbia and Montenegro, Yugoslavia
        events = (
            events.join(table, on=column, how="left", maintain_order="left")
            .with_columns(pl.when(earlier).then("__before").otherwise(column).alias(column))
            .drop("__start", "__before")
        )
    return events
