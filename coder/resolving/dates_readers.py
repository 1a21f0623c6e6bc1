"""What each form of `dates_grammar` means: from a match to a period, or to nothing.

A reader is a function of the match and the sentence's `Reading` (publication date, context
date, what else the sentence says) and is found by its name in `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.easter import easter

from coder.codebook.wordlists import TimeWords, load_number_words, load_time_words
from coder.resolving import dates_calendar as cal
from coder.resolving.counts_numbers import parse_number
from coder.resolving.dates_calendar import Period

Match = re.Match[str]


@dataclass(slots=True)
class Reading:
    """What the readers know of the sentence.

    `ahead(match)` says whether the words look to the future; `known` are the periods that
    were read so far, by the place of their words; `governed(match)` is a stated period under
    the words ("a day after the vote on Friday").
    """

    published: date
    context: date | None
    ahead: Callable[[Match], bool]
    plausible: Callable[[Match, str], bool]
    governed: Callable[[Match], Period | None]
    known: list[tuple[int, Period]] = field(default_factory=list)

    def anchor(self, place: int) -> Period | None:
        """The day that "a week earlier" counts from: the last stated before, or the context."""
        before = [p for at, p in self.known if at < place and p.precision == "day"]
        if before:
            return before[-1]
        return None if self.context is None else cal.day(self.context, "context")


Reader = Callable[[Match, Reading], Period | None]


def _words() -> TimeWords:
    return load_time_words()


def _month(text: str) -> int:
    name = text.lower().rstrip(".")
    words = _words()
    return words.months.get(name) or words.month_short[name]


def _weekday(text: str) -> int:
    name = text.lower().rstrip(".")
    words = _words()
    return words.weekdays[name] if name in words.weekdays else words.weekday_short[name]


def _day(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else load_number_words().ordinals[text.lower()]


def _part(text: str | None) -> str:
    if text is None:
        return ""
    words = _words()
    lower = text.lower()
    return "early" if lower in words.early else "mid" if lower in words.mid else "late"


def _number(text: str) -> int | None:
    lower = text.lower().split()
    if lower and all(w in load_number_words().articles for w in lower):
        return 1
    return parse_number(lower)


def _relative(text: str | None) -> str:
    """ "last", "next", "this" or ""."""
    if text is None:
        return ""
    words = _words()
    lower = text.lower()
    return "last" if lower in words.last else "next" if lower in words.next else "this"


def nothing(_match: Match, _reading: Reading) -> None:
    """A name or a habit: its words are closed to the other forms."""


def feast(match: Match, reading: Reading) -> Period | None:
    name = match["feast"].lower().replace("’", "'")
    words = _words()
    if name in words.feasts:
        month, day = map(int, words.feasts[name].split("-"))
        return cal.day(cal.date_near(reading.published, month, day, reading.ahead(match)))
    found = [easter(reading.published.year + k) + timedelta(words.easter[name]) for k in (-1, 0, 1)]
    if reading.ahead(match):
        return cal.day(min(d for d in found if d >= reading.published))
    return cal.day(max(d for d in found if d <= reading.published))


def numeric(match: Match, _reading: Reading) -> Period | None:
    """Year first, or day and month where only one order is possible (or both say the same)."""
    day, month = _day(match["d"]), _day(match["m"])
    if match.start("y") > match.start("d"):
        if month > 12:
            day, month = month, day
        elif day <= 12 and day != month:
            return None  # 3/5/2021 is March here and May there
    return cal.day(date(int(match["y"]), month, day))


def day_month(match: Match, reading: Reading) -> Period | None:
    month, day = _month(match["m"]), _day(match["d"])
    if match["y"]:
        return cal.day(date(int(match["y"]), month, day))
    if not reading.plausible(match, "day"):
        return None
    return cal.day(cal.date_near(reading.published, month, day, reading.ahead(match)))


def day_range(match: Match, reading: Reading) -> Period | None:
    """Both days, or None where "28 April and 3 May" are two dates of their own."""
    found = match.groupdict()
    two_months = found.get("m2") is not None
    joined = match["to"].strip().lower() in _words().range_and
    if two_months and joined and not match["open"]:
        return None
    last_month = _month(found["m2"] if two_months else found["m"])
    if match["y"]:
        last = date(int(match["y"]), last_month, _day(match["d2"]))
    else:
        ahead = reading.ahead(match)
        last = cal.date_near(reading.published, last_month, _day(match["d2"]), ahead)
    month, day = _month(match["m"]), _day(match["d"])
    first_year = int(found.get("y1") or last.year)
    first = date(first_year, month, day)
    if first > last and not found.get("y1"):
        first = date(first_year - 1, month, day)
    return cal.span(cal.day(first), cal.day(last))


def month_range(match: Match, reading: Reading) -> Period | None:
    month, last_month = _month(match["m"]), _month(match["m2"])
    if match["y"]:
        last_year = int(match["y"])
    else:
        last_year, _ = cal.month_near(reading.published, last_month, reading.ahead(match))
    first_year = int(match["y1"] or last_year - (month > last_month))
    return cal.span(cal.month_of(first_year, month), cal.month_of(last_year, last_month))


def weekday_range(match: Match, reading: Reading) -> Period | None:
    """The latest such stretch; two weekdays joined by "and" are two dates of their own."""
    if match["to"].strip().lower() in _words().range_and and not match["open"]:
        return None
    if reading.ahead(match):
        first = cal.weekday_after(reading.published, _weekday(match["wd"]))
        last = cal.weekday_after(first, _weekday(match["wd2"]))
    else:
        last = cal.weekday_before(reading.published, _weekday(match["wd2"]))
        first = cal.weekday_before(last, _weekday(match["wd"]))
    return cal.span(cal.day(first), cal.day(last))


def year_range(match: Match, _reading: Reading) -> Period | None:
    to = match["to"].strip().lower()
    if not match["open"] and to.isalpha():
        return None
    return cal.span(cal.year_of(int(match["y"])), cal.year_of(int(match["y2"])))


def month(match: Match, reading: Reading) -> Period | None:
    found = match.groupdict()
    number, part = _month(match["m"]), _part(found.get("part"))
    if found.get("y"):
        return cal.month_of(int(match["y"]), number, part)
    relative = _relative(found.get("rel"))
    now = reading.published
    if found.get("unit"):
        return cal.month_of(now.year + {"last": -1, "this": 0, "next": 1}[relative], number)
    if not relative and not part and not reading.plausible(match, "month"):
        return None
    ahead = relative == "next" or (relative != "last" and reading.ahead(match))
    return cal.month_of(*cal.month_near(now, number, ahead, relative in ("last", "next")), part)


def ago(match: Match, reading: Reading) -> Period | None:
    n, unit = _amount(match)
    if n is None:
        return cal.vague_past(reading.published, unit)
    period = cal.offset(reading.published, -n, unit)
    weekday = match.groupdict().get("wd")
    if not weekday:
        return period
    if unit in cal.YEARS:  # "ten years ago on Friday": this Friday's date, ten years before
        near = cal.weekday_before(reading.published, _weekday(weekday))
        return cal.day(near.replace(year=near.year - n * cal.YEARS[unit]))
    return cal.day(cal.weekday_before(period.end, _weekday(weekday)))


def _amount(match: Match) -> tuple[int | None, str]:
    """How many of which unit; the number is None where the words give none ("a few")."""
    words = _words()
    unit, text = words.units[match["unit"].lower()], match["n"].lower()
    if not text or text in words.few:
        return None, unit
    if text in words.half_a:
        years = cal.YEARS.get(unit, 0) // 2
        return (years, "year") if years else (None, unit)
    return _number(text), unit


def offset(match: Match, reading: Reading) -> Period | None:
    anchor = reading.anchor(match.start())
    return None if anchor is None else _shift(match, anchor)


def offset_deed(match: Match, reading: Reading) -> Period | None:
    """ "two days after the vote": counted from a date of the vote, else from the context."""
    anchor = reading.governed(match)
    if anchor is None and reading.context is not None:
        anchor = cal.day(reading.context, "context")
    return None if anchor is None else _shift(match, anchor)


def _shift(match: Match, anchor: Period) -> Period | None:
    n, unit = _amount(match)
    if n is None:
        return None
    moved = cal.offset(anchor.start, -n if match["before"] else n, unit)
    return Period(moved.start, moved.end, moved.precision, anchor.basis)


def window(match: Match, reading: Reading) -> Period | None:
    unit = _words().units[match["unit"].lower()]
    n = _number(match["n"]) if match["n"] else 1
    return None if n is None else cal.window_before(reading.published, n, unit)


def weekday(match: Match, reading: Reading) -> Period | None:
    found = match.groupdict()
    number = _weekday(match["wd"])
    now = reading.published
    week = _relative(found.get("rel2"))
    if week:
        monday = cal.week_of(now).start + timedelta({"last": -7, "this": 0, "next": 7}[week])
        return cal.day(monday + timedelta(number))
    relative = _relative(found.get("rel"))
    if relative == "next":
        return cal.day(cal.weekday_after(now, number, strictly=True))
    if relative == "last":
        return cal.day(cal.weekday_before(now, number, strictly=True))
    if reading.ahead(match):
        return cal.day(cal.weekday_after(now, number))
    return cal.day(cal.weekday_before(now, number))


def weekend(match: Match, reading: Reading) -> Period | None:
    """Its Saturday and Sunday; "last weekend", written on a weekend, is the one before."""
    saturday = _words().weekdays["saturday"]
    now = reading.published
    relative = _relative(match["rel"])
    if relative == "next" or reading.ahead(match):
        return cal.weekend_of(cal.weekday_after(now, saturday, strictly=relative == "next"))
    latest = cal.weekday_before(now, saturday)
    if relative == "last" and (now - latest).days < 2:
        latest -= timedelta(7)
    return cal.weekend_of(latest)


def unit(match: Match, reading: Reading) -> Period | None:
    name = _words().units[match["unit"].lower()]
    relative = _relative(match["rel"])
    now = reading.published
    step = {"last": -1, "this": 0, "next": 1}[relative]
    if name == "week":
        period = cal.week_of(now + timedelta(7 * step))
    elif name == "month":
        period = cal.month_of(*cal.add_months(now.year, now.month, step))
    elif name == "year":
        period = cal.year_of(now.year + step)
    else:
        return None
    if step == 0 and match["earlier"]:
        return Period(period.start, now, period.precision)
    if step == 0 and match["later"] and reading.ahead(match):
        return Period(now, period.end, period.precision)
    return period


def deictic(match: Match, reading: Reading) -> Period | None:
    return cal.day(reading.published + timedelta(_words().deictic[match["word"].lower()]))


def overnight(_match: Match, reading: Reading) -> Period | None:
    """The morning's date: the one day that the sentence states, if it lies within the week,
    else the day of publication."""
    days = {p.start for _, p in reading.known if p.precision == "day" and p.start == p.end}
    near = [d for d in days if 0 <= (reading.published - d).days < 7]
    return cal.day(near[0] if len(near) == 1 and len(days) == 1 else reading.published)


def beside(match: Match, reading: Reading) -> Period | None:
    anchor = reading.anchor(match.start())
    if anchor is None:
        return None
    days = _words().beside[match["word"].lower()]
    return cal.day(anchor.start + timedelta(days), anchor.basis)


def ordinal_day(match: Match, reading: Reading) -> Period | None:
    if not reading.plausible(match, "ordinal"):
        return None
    ahead = reading.ahead(match)
    return cal.day(cal.day_of_month_near(reading.published, _day(match["d"]), ahead))


def year(match: Match, reading: Reading) -> Period | None:
    if not match["part"] and not reading.plausible(match, "year"):
        return None
    return cal.year_of(int(match["y"]), _part(match["part"]))


READERS: dict[str, Reader] = {
    reader.__name__: reader
    for reader in (
        nothing, feast, numeric, day_month, day_range, month_range, weekday_range, year_range,
        month, ago, offset, offset_deed, window, weekday, weekend, unit, deictic, overnight,
        beside, ordinal_day, year,
    )
}  # fmt: skip
# These need the other dates of the sentence and are read after them.
RELATIVE = frozenset({"offset", "offset_deed", "overnight", "beside"})
