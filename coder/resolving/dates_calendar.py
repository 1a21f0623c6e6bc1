"""Calendar arithmetic for time expressions: spans of days, weeks, months and years.

Pure functions over `datetime.date`; weekdays are 0 (Monday) to 6, months 1 to 12. A date
outside of the years 1 to 9999 raises ValueError or OverflowError.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from coder.types import DateBasis, DatePrecision

# First and last day of the parts of a month that writers name; None is the last of the month.
_MONTH_PARTS: dict[str, tuple[int, int | None]] = {
    "early": (1, 10), "mid": (15, 20), "late": (21, None),
}  # fmt: skip
_YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
YEARS = {"year": 1, "decade": 10, "century": 100}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days: first and last day, and how exactly the text says it."""

    start: date
    end: date
    precision: DatePrecision
    basis: DateBasis = "stated"


def day(d: date, basis: DateBasis = "stated") -> Period:
    return Period(d, d, "day", basis)


def week_of(d: date) -> Period:
    """The week of a day, Monday to Sunday."""
    monday = d - timedelta(d.weekday())
    return Period(monday, monday + timedelta(6), "week")


def month_of(year: int, month: int, part: str = "") -> Period:
    """A month, or its "early", "mid" (from the 15th) or "late" (from the 21st) part."""
    first, last = _MONTH_PARTS.get(part, (1, None))
    last = last or monthrange(year, month)[1]
    return Period(date(year, month, first), date(year, month, last), "month")


def year_of(year: int, part: str = "") -> Period:
    """A year, or its "early", "mid" or "late" third."""
    first, last = _YEAR_PARTS.get(part, (1, 12))
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), "year")


def weekday_before(d: date, weekday: int, strictly: bool = False) -> date:
    """The latest such weekday on (or, strictly, before) a day."""
    back = (d.weekday() - weekday) % 7
    return d - timedelta(back or (7 if strictly else 0))


def weekday_after(d: date, weekday: int, strictly: bool = False) -> date:
    """The first such weekday on (or, strictly, after) a day."""
    ahead = (weekday - d.weekday()) % 7
    return d + timedelta(ahead or (7 if strictly else 0))


def weekend_of(saturday: date) -> Period:
    return Period(saturday, saturday + timedelta(1), "week")


def date_near(d: date, month: int, day_of_month: int, ahead: bool = False) -> date:
    """The latest such day of the year on or before `d`; the first on or after it if `ahead`."""
    step = 1 if ahead else -1
    for years in range(9):  # 29 February may be eight years away
        year = d.year + step * years
        if day_of_month <= monthrange(year, month)[1]:
            found = date(year, month, day_of_month)
            if (found >= d) if ahead else (found <= d):
                return found
    raise ValueError(f"no day {day_of_month} in month {month}")


def month_near(d: date, month: int, ahead: bool = False, strictly: bool = False) -> tuple[int, int]:
    """Year and month of the latest such month up to that of `d`, or the first from it on."""
    if ahead:
        later = month < d.month or (strictly and month == d.month)
        return d.year + later, month
    return d.year - (month > d.month or (strictly and month == d.month)), month


def day_of_month_near(d: date, day_of_month: int, ahead: bool = False) -> date:
    """The latest such day of a month ("the 12th") on or before `d`, or the first from it on."""
    year, month = d.year, d.month
    for _ in range(4):  # the 31st may be two months away
        if day_of_month <= monthrange(year, month)[1]:
            found = date(year, month, day_of_month)
            if (found >= d) if ahead else (found <= d):
                return found
        year, month = add_months(year, month, 1 if ahead else -1)
    raise ValueError(f"no day {day_of_month}")


def add_months(year: int, month: int, n: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + n
    return months // 12, months % 12 + 1


def offset(d: date, n: int, unit: str) -> Period:
    """The time `n` units from a day: the day itself for hours and days; the nominal day, with
    the precision of a week, for weeks; the month or the year for longer units.

    >>> offset(date(2024, 2, 3), -3, "week").start
    datetime.date(2024, 1, 13)
    """
    if unit == "hour":
        return day(d + timedelta(int(n / 24)))
    if unit == "day":
        return day(d + timedelta(n))
    if unit in ("week", "fortnight"):
        nominal = d + timedelta(n * (7 if unit == "week" else 14))
        return Period(nominal, nominal, "week")
    if unit == "month":
        return month_of(*add_months(d.year, d.month, n))
    return year_of(d.year + n * YEARS[unit])


def vague_past(d: date, unit: str) -> Period | None:
    """The stretch before `d` that "days ago", "a few weeks ago", "several months ago" allow."""
    if unit == "day":
        return Period(d - timedelta(7), d - timedelta(2), "week")
    if unit in ("week", "fortnight"):
        return Period(d - timedelta(31), d - timedelta(7), "month")
    if unit == "month":
        return Period(date(d.year - 1, d.month, 1), d - timedelta(31), "year")
    return None


def window_before(d: date, n: int, unit: str) -> Period:
    """ "in the past three days": from n units before `d` to `d`."""
    if unit == "hour":
        return Period(d - timedelta(-(-n // 24)), d, "day")
    if unit == "day":
        return Period(d - timedelta(n), d, "day" if n <= 2 else "week")
    if unit in ("week", "fortnight"):
        days = n * (7 if unit == "week" else 14)
        return Period(d - timedelta(days), d, "week" if days == 7 else "month")
    months = n if unit == "month" else n * 12 * YEARS[unit]
    year, month = add_months(d.year, d.month, -months)
    first = date(year, month, min(d.day, monthrange(year, month)[1]))
    return Period(first, d, "month" if months == 1 else "year")


def span(first: Period, last: Period) -> Period | None:
    """From the first day of one period to the last of another; None if they are out of order."""
    if last.end < first.start:
        return None
    return Period(first.start, last.end, first.precision, first.basis)
