"""Datelines: the place of filing that stands before the first words of a news text."""

from __future__ import annotations

import re

_WORD = r"[^\W\d_](?:[^\W\d_]|[.'\u2019\u02bc-])*"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,4}}(?:, ?{_WORD}(?: {_WORD}){{0,3}})?"
# The day is tried before a second part of the place (the place is lazy).
_DAY = r"(?:,? (?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,9}\.?)(?:,? \d{4})?)"
_AGENCY = r" ?\((?P<agency>[^()\n]{2,40})\)"
_START = re.compile(
    rf"\s*(?P<place>{_PLACE}?){_DAY}?(?:{_AGENCY})? ?(?P<end>\u2014|\u2013|--|-|:)[ \n]"
)
_LONGEST = 120


def is_place_name(words: str) -> bool:
    """Whether words look like the place of a dateline: capitals before the first comma.

    >>> is_place_name("TEL AVIV"), is_place_name("KYIV, Ukraine"), is_place_name("The army")
    (True, True, False)
    """
    first, _, rest = words.partition(",")
    letters = [c for c in first if c.isalpha()]
    return len(letters) > 1 and first.upper() == first and _capitalised(rest)


def find_dateline(text: str) -> str | None:
    """The place in the dateline at the start of a text, as written, or None.

    A place in capitals is enough before a dash or colon; one in mixed case needs the
    agency in brackets and a dash after it. Day and agency are left out. Whether the words
    name a place is for the gazetteer to say.

    >>> find_dateline("BEIRUT, March 3 (Reuters) - Shells fell.")
    'BEIRUT'
    """
    got = _START.match(text[:_LONGEST])
    if got is None:
        return None
    place = got["place"]
    if is_place_name(place):
        return place
    if got["agency"] and got["end"] != ":" and _capitalised(place):
        return place
    return None


def _capitalised(words: str) -> bool:
    """Whether every word of more than three letters starts with a capital, and one does."""
    parts = [w for w in re.split(r"[ ,/]+", words) if w]
    if not parts:
        return True
    return parts[0][0].isupper() and all(w[0].isupper() or len(w) < 4 for w in parts)
