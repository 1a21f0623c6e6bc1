"""Publication dates, read strictly: a date that could mean two days is refused."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate

from coder.errors import E110, E111, E112, CoderError

_ISO = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[Tt ]+(\S.*))?$", re.ASCII)
_CLOCK = re.compile(
    r"\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?"
    r"\s*(?:[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:\s*\[\S+\])?$",
    re.ASCII,
)
_DAY_MONTH = re.compile(
    r"(?:[^\W\d_]{2,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([^\W\d_]{3,9})\.?,?[\s-]+(\d{4})"
    r"(?:,?\s+(\S.*))?$"
)
_MONTH_DAY = re.compile(
    r"(?:[^\W\d_]{2,9}\.?,?\s+)?([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
    r"(?:,?\s+(\S.*))?$"
)
_NUMBERS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b", re.ASCII)


def parse_published(value: object, date_format: str | None = None) -> date:
    """The day of publication as it is written; a time of day and its zone shift nothing.

    Read are ISO 8601 dates and datetimes (also 20240203 and 2024/02/03), RFC 2822 dates and
    "3 February 2024" or "February 3, 2024" in English; with `date_format` that form alone.
    "13/02/2024" is refused like "03/02/2024": reading only the days after the 12th would
    leave a sample of each month. Raises E110 (nothing there), E111 (no date), E112 (ambiguous).

    >>> parse_published("2024-02-03T23:30:00-05:00")
    datetime.date(2024, 2, 3)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = "" if value is None else str(value).strip()
    if not text:
        raise CoderError(E110)
    shown = text[:60]
    if date_format is not None:
        try:
            return datetime.strptime(text, date_format).date()  # noqa: DTZ007 (the day as written)
        except ValueError:
            reason = f"it is not of the form {date_format}"
            raise CoderError(E111, value=shown, reason=reason) from None
    if len(text) > 100:
        raise CoderError(E111, value=shown, reason="it is too long")
    if got := _ISO.match(text):
        return _day(got[1], got[3], got[4], got[5], shown)
    if got := _DAY_MONTH.match(text):
        return _named(got[1], got[2], got[3], shown)
    if got := _MONTH_DAY.match(text):
        return _named(got[2], got[1], got[3], shown)
    if _NUMBERS.match(text):
        raise CoderError(E112, value=shown)
    raise CoderError(E111, value=shown, reason="the form is not known")


def has_time(value: object) -> bool:
    """Whether a date as written says a time of day too.

    >>> has_time("2024-02-03T10:00Z"), has_time("2024-02-03")
    (True, False)
    """
    if isinstance(value, datetime):
        return True
    return isinstance(value, str) and re.search(r"\d:\d\d|\d[Tt]\d", value) is not None


def _named(day: str, month: str, year: str, shown: str) -> date:
    # The e-mail parser of the standard library knows English month names in any locale.
    got = parsedate(f"{day} {month[:3]} {year} 00:00:00")
    full = parsedate(f"{day} {month} {year} 00:00:00")
    if got is None or (full is None and month.casefold() != "sept"):
        raise CoderError(E111, value=shown, reason=f"{month!r} is not a month")
    return _day(year, str(got[1]), day, None, shown)


def _day(year: str, month: str, day: str, clock: str | None, shown: str) -> date:
    if clock is not None and _CLOCK.match(clock) is None:
        raise CoderError(E111, value=shown, reason="what follows the date is not a time")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise CoderError(E111, value=shown, reason=str(error)) from None
