"""What a panel is made of: units, periods, measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coder.errors import E608, E724, E725, CoderError

UNITS = ("country", "admin1", "dyad")
PERIODS = ("day", "week", "month")
BY = ("type", "root", "quad")
MEASURES = ("count", "fatalities", "goldstein")
PRECISIONS = {
    "day": ("day",),
    "week": ("day", "week"),
    "month": ("day", "week", "month"),
}
"""How exactly a date must be known to be put into a period."""


@dataclass(frozen=True, slots=True)
class PanelOptions:
    """A panel to make.

    `start` and `end` are days (default: the first and last day of publication), `countries` ISO
    3166 codes to keep (a dyad needs both, or the only one). `onset` is how many quiet periods
    come before an onset, `lags` how far columns are shifted. `stated_dates` leaves out events
    dated by publication, `state_actors` keeps pairs of which both act for a state, `territories`
    adds units seen in the dataset that are on no list of states.
    """

    unit: str = "country"
    period: str = "month"
    by: str | None = None
    measures: tuple[str, ...] = ("count",)
    start: date | None = None
    end: date | None = None
    countries: tuple[str, ...] = ()
    undirected: bool = False
    onset: int | None = None
    lags: tuple[int, ...] = ()
    stated_dates: bool = False
    state_actors: bool = False
    territories: bool = False

    def checked(self) -> PanelOptions:
        """These options; raises E608 for a word that is none of the known, E724 for a number."""
        for what, values, known in (
            ("--unit", (self.unit,), UNITS),
            ("--period", (self.period,), PERIODS),
            ("--by", (self.by,) if self.by else (), BY),
            ("--measure", self.measures, MEASURES),
        ):
            for value in values:
                if value not in known:
                    raise CoderError(E608, place=what, value=value, known=", ".join(known))
        for what, numbers in (("--onset", (self.onset,)), ("--lag", self.lags)):
            for n in numbers:
                if n is not None and n < 1:
                    raise CoderError(E724, place=what, value=n)
        if self.start and self.end and self.start > self.end:
            raise CoderError(E725, start=self.start, end=self.end)
        return self


def first_day(day: date, period: str) -> date:
    """The first day of the period that a day lies in; weeks begin on Monday.

    >>> first_day(date(2024, 2, 4), "week")
    datetime.date(2024, 1, 29)
    """
    if period == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if period == "week" else day


def last_day(first: date, period: str) -> date:
    """The last day of the period that begins on a day."""
    if period == "month":
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first + timedelta(days=6) if period == "week" else first


def periods(start: date, end: date, period: str) -> Iterator[date]:
    """The first days of all periods from the one of `start` to the one of `end`.

    >>> [d.isoformat() for d in periods(date(2024, 1, 31), date(2024, 3, 1), "month")]
    ['2024-01-01', '2024-02-01', '2024-03-01']
    """
    day = first_day(start, period)
    while day <= end:
        yield day
        day = last_day(day, period) + timedelta(days=1)


def period_name(first: date, period: str) -> str:
    """A period as text: 2024-02-03, 2024-W05 (ISO 8601) or 2024-02.

    >>> period_name(date(2024, 1, 29), "week")
    '2024-W05'
    """
    if period == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    return first.isoformat()[:7] if period == "month" else first.isoformat()
