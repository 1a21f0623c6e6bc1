"""The forms of time expressions, as regular expressions over the words of `time.yaml`.

A form is written with `<name>` for a list of words. Months and weekdays must be capitalised
(or all in capitals), the other words may be in any case. `FORMS` are tried in order: what an
earlier form has taken is closed to the later ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from coder.codebook.wordlists import load_number_words, load_time_words

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"[12]\d{3}"
# Groups that several forms have. Readers know them by name: d day, m month, y year, wd weekday,
# n amount; d2, m2 ... belong to the end of a range, y1 to its beginning.
_OPEN = r"(?P<open><range_open> )?"
_TO = r"(?P<to><to>)"
_Y = rf"(?:,? (?P<y>{_YEAR})(?![\w,]\w))?"
_Y1 = rf"(?:,? (?P<y1>{_YEAR}),?)?"
_AMOUNT = r"(?P<n><number>|<few>|<half_a>)[ -](?P<unit><unit>)"
_PART = r"(?P<part><part>)[ -](?:(?i:of) )?"
_DATED = r"(?:(?P<wd><weekday_any>),? )?(?:(?i:the) )?"

# Name of the reader in `dates_readers`, and the form.
FORMS: tuple[tuple[str, str], ...] = (
    ("nothing", r"<names>"),
    ("nothing", r"<habit> (?:\w+ )?(?:<weekday>|<month>|<weekend>)"),
    ("feast", r"(?P<feast><feasts>)"),
    # 28 April - 3 May 2021; from April 28 to May 3, 2021
    ("day_range", rf"{_OPEN}(?P<d><day>) (?P<m><mon>){_Y1}{_TO}(?P<d2><day>) (?P<m2><mon>){_Y}"),
    ("day_range", rf"{_OPEN}(?P<m><mon>) (?P<d><day>){_Y1}{_TO}(?P<m2><mon>) (?P<d2><day>){_Y}"),
    # 3 to 5 May 2021; May 3-5, 2021
    ("day_range", rf"{_OPEN}(?P<d><day>){_TO}(?P<d2><day>) (?P<m><mon>){_Y}"),
    ("day_range", rf"{_OPEN}(?P<m><mon>) (?P<d><day>){_TO}(?P<d2><day>){_Y}"),
    # between March and May 2021; from Friday to Sunday; 2011-2014
    ("month_range", rf"<range_open> (?P<m><month>){_Y1}{_TO}(?P<m2><month>){_Y}"),
    ("weekday_range", rf"{_OPEN}(?P<wd><weekday>){_TO}(?P<wd2><weekday>)"),
    ("year_range", rf"{_OPEN}(?P<y>{_YEAR}){_TO}(?P<y2>{_YEAR})"),
    # 2021-05-03; 25/12/2020
    ("numeric", rf"(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d><day>)"),
    ("numeric", rf"(?P<d><day>)(?P<s>[-/.])(?P<m><day>)(?P=s)(?P<y>{_YEAR})"),
    # Friday, 28 January 2024; the 28th of January; 28-Jan-2024; January 28th, 2024
    ("day_month", rf"(?P<d><day>)-(?P<m><mon>)-(?P<y>{_YEAR})"),
    ("day_month", rf"{_DATED}(?P<d><day>|<ordinal>) (?:(?i:of) )?(?P<m><mon>)(?!\w){_Y}"),
    ("day_month", rf"{_DATED}(?P<m><mon>) (?:(?i:the) )?(?P<d><day>|<ordinal>)(?![:.,]?\d){_Y}"),
    # mid-November 2021; May last year; late May; last March
    ("month", rf"(?:{_PART})?(?P<m><mon>),? (?:(?i:of) )?(?P<y>{_YEAR})"),
    ("month", r"(?P<m><month>),? (?:(?i:of) )?(?P<rel><rel>) (?P<unit><year_word>)"),
    ("month", rf"(?:{_PART}|(?P<rel><rel>) )?(?P<m><month>)"),
    # two days ago; a week ago on Friday; weeks ago; three weeks later; a day after the vote
    ("ago", rf"{_AMOUNT} <ago>(?: (?:<on> )?(?P<wd><weekday>))?"),
    ("ago", r"(?P<n>)(?P<unit><unit>) <ago>"),
    (
        "offset",
        rf"{_AMOUNT} (?:(?P<before><earlier>|(?i:before)(?=[ .,;:)]*$|[,;]))|(?P<after><later>))",
    ),
    ("offset_deed", rf"{_AMOUNT} (?:(?P<before><before_deed>)|(?P<after><after_deed>))"),
    # in the past three days
    ("window", r"<window> (?:<the> )?<last> (?:(?P<n><number>) )?(?P<unit><unit>)"),
    # Friday night; late on Friday; last Friday; Friday last week; on Fri.
    (
        "weekday",
        (
            r"(?:<before_day> (?:<on> )?)?(?:(?:<the> )?(?P<rel><rel>) )?(?P<wd><weekday>)"
            r"(?:,? (?:(?i:of) )?(?P<rel2><rel>) (?P<unit><week_word>))?(?: <parts>)?"
        ),
    ),
    ("weekday", r"<on> (?P<wd><weekday_short>)"),
    ("weekend", r"(?:(?:<the> )?(?P<rel><rel>) )?<weekend>"),
    # last week; earlier this month
    (
        "unit",
        (
            r"(?:(?P<earlier><earlier_in>) |(?P<later><later_in>) )?"
            r"(?:<the> )?(?P<rel><rel>) (?P<unit><unit>)"
        ),
    ),
    ("deictic", r"(?:<before_day> )?(?P<word><deictic>)(?: <parts>)?"),
    ("overnight", r"<overnight>"),
    ("beside", r"(?:<before_day> )?(?P<word><beside>)"),
    ("ordinal_day", r"(?i:the) (?P<d><day>)(?<=[a-zA-Z])"),
    ("year", rf"(?:(?P<part><part>)[ -])?(?P<y>{_YEAR})"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form: its reader, and the kind of word without which it cannot match ("" for
    none in particular)."""

    reader: str
    needs: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms in order, and the kinds (month, weekday, year, unit, other) of each word."""

    forms: tuple[Form, ...]
    kinds: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """The forms compiled over the words of the codebook; compiled once."""
    parts = _parts()
    # `(?P<name>` is a group, any other `<name>` a list of words.
    named = re.compile(r"(?<!\?P)<([a-z_]+)>")
    forms: list[Form] = []
    for reader, form in FORMS:
        text = named.sub(lambda m: parts[m[1]], form)
        pattern = re.compile(rf"(?<![\w$€£.])(?:{text})(?!\w)")
        forms.append(Form(reader, _needs(reader, form), pattern))
    return Grammar(tuple(forms), _kinds())


def _needs(reader: str, form: str) -> str:
    if reader == "nothing":
        return ""
    marks = {"<mon": "month", "<unit>)": "unit", "<weekday": "weekday", _YEAR: "year"}
    return next((kind for mark, kind in marks.items() if mark in form), "other")


def _parts() -> dict[str, str]:
    words = load_time_words()
    numbers = load_number_words()
    small = [*numbers.units, *numbers.tens, *numbers.scales]
    spoken = f"(?:(?i:half an?|an?)[ -])?{_any(small)}(?:(?:[ -]| and ){_any(small)})*"
    relative = [*words.last, *words.next, *words.this]
    month = _names(words.months)
    weekday = _names(words.weekdays)
    return {
        "month": month,
        "mon": rf"(?:{month}|{_names(words.month_short)}\b\.?)",
        "weekday": weekday,
        "weekday_short": rf"{_names(words.weekday_short)}\b\.?",
        "weekday_any": rf"(?:{weekday}|{_names(words.weekday_short)}\b\.?)",
        "day": rf"{_DAY}(?:(?i:st|nd|rd|th))?(?!\d)",
        "ordinal": _any(numbers.ordinals),
        "number": rf"(?:\d[\d,]*|{spoken}|{_any(numbers.articles)})",
        "to": rf"(?: ?{_any([*words.range_to, *words.range_and])} ?)",
        "part": _any([*words.early, *words.mid, *words.late]),
        "rel": _any(relative),
        "unit": _any(words.units),
        "week_word": _any([w for w, unit in words.units.items() if unit == "week"]),
        "year_word": _any([w for w, unit in words.units.items() if unit == "year"]),
        "on": "(?i:on)",
        "feasts": _any([*words.feasts, *words.easter]),
        "deictic": _any(words.deictic),
        "beside": _any(words.beside),
        **{
            name: _any(getattr(words, name))
            for name in (
                "names", "habit", "range_open", "few", "half_a", "ago", "earlier", "later",
                "before_deed", "after_deed", "window", "the", "last", "before_day", "parts",
                "weekend", "earlier_in", "later_in", "overnight",
            )
        },
    }  # fmt: skip


def _any(words: Iterable[str]) -> str:
    """One of these words in any case, longest first; an apostrophe may be curly."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?i:" + "|".join(re.escape(w).replace("'", "['’]") for w in ordered) + ")"


def _names(words: Iterable[str]) -> str:
    """One of these words with a capital, or all in capitals."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(f"{w.capitalize()}|{w.upper()}" for w in ordered) + ")"


def _kinds() -> dict[str, frozenset[str]]:
    """The kinds of each lower-case token that a time expression must have one of.

    An expression of several words is stood for by its last one.
    """
    words = load_time_words()
    phrases = [*words.deictic, *words.beside, *words.feasts, *words.easter]
    ordinals = [f"{d}{end}" for d in range(1, 32) for end in ("st", "nd", "rd", "th")]
    last_words = [p.rsplit(" ", 1)[-1] for p in phrases]
    listed: dict[str, list[str]] = {
        "month": [*words.months, *words.month_short, *(f"{w}." for w in words.month_short)],
        "weekday": [*words.weekdays, *words.weekday_short, *(f"{w}." for w in words.weekday_short)],
        "unit": [*words.units],
        "year": [str(year) for year in range(1000, 3000)],
        "other": [*words.overnight, *words.weekend, *last_words, *ordinals],
    }
    out: dict[str, set[str]] = {}
    for kind, tokens in listed.items():
        for token in tokens:
            out.setdefault(token, set()).add(kind)
    return {token: frozenset(kinds) for token, kinds in out.items()}
