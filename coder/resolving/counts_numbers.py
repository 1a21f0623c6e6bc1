"""Exact numbers in digits and words: "12,000", "1.2 million", "twenty-one", "two dozen"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from coder.codebook.wordlists import load_number_words

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LIMIT = 10**12


@lru_cache(maxsize=1)
def number_tokens() -> frozenset[str]:
    """Every word that can be part of a number written in words (without "a" and "and")."""
    words = load_number_words()
    return frozenset((*words.units, *words.tens, *words.scales))


def is_number_token(word: str) -> bool:
    """Whether one token is a number or part of one: "12,000", "twenty", "million"."""
    return (word[:1].isdigit() and _DIGITS.fullmatch(word) is not None) or _in_words(word)


def _in_words(word: str) -> bool:
    known = number_tokens()
    if word in known:
        return True
    left, hyphen, right = word.partition("-")
    return bool(hyphen) and left in known and right in known


def parse_number(words: Sequence[str]) -> int | None:
    """The number that these lower-case words are, all of them, or None.

    Hyphens between words are skipped, also as words of their own.

    >>> parse_number(["1.2", "million"]), parse_number(["a", "hundred", "and", "five"])
    (1200000, 105)
    >>> parse_number(["twenty", "-", "one"]), parse_number(["half", "a", "dozen"])
    (21, 6)
    """
    parts = [p for w in words for p in w.split("-") if p]
    if not parts:
        return None
    share = 1
    if parts[0] == "half" and len(parts) == 3:
        share, parts = 2, parts[1:]
    value = _value(parts)
    if value is None:
        return None
    value /= share
    return int(value) if value.denominator == 1 and value < _LIMIT else None


def _value(parts: list[str]) -> Fraction | None:
    known = load_number_words()
    total = Fraction(0)
    current: Fraction | None = None
    room = _LIMIT  # what comes next must be smaller than this: "two three" is no number
    last_scale = _LIMIT
    for i, part in enumerate(parts):
        number: Fraction | None = None
        if part[:1].isdigit() and _DIGITS.fullmatch(part):
            number = Fraction(part.replace(",", ""))
        elif part in known.units or part in known.tens:
            number = Fraction(known.units.get(part, known.tens.get(part, 0)))
        elif part in known.articles and i == 0 and len(parts) > 1 and parts[1] in known.scales:
            number = Fraction(1)
        elif part in known.scales:
            scale = known.scales[part]
            if scale == known.scales["hundred"] and (current or 1) < 100:
                current, room = (Fraction(1) if current is None else current) * scale, scale
            elif scale < last_scale:
                total += (Fraction(1) if current is None else current) * scale
                current, room, last_scale = None, scale, scale
            else:
                return None
            continue
        elif part == "and" and 0 < i < len(parts) - 1 and (current or total):
            continue
        if number is None or number >= room:
            return None
        current = number if current is None else current + number
        room = 10 if part in known.tens else 0
    return total + (current or 0)
