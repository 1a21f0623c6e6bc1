"""The quantity of a noun phrase: its number words and how firmly they are meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from coder.codebook.wordlists import load_number_words
from coder.matching.tree import Tree
from coder.resolving.counts_numbers import is_number_token, parse_number


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds and the tokens that say it, from `start` up to `end`."""

    low: int | None
    best: int | None
    high: int | None
    start: int
    end: int


Phrases = list[tuple[tuple[str, ...], str]]


@lru_cache(maxsize=1)
def _before() -> Phrases:
    """Phrases before a number with their meaning, longest first."""
    words = load_number_words()
    return _phrases(least=words.at_least, most=words.at_most, about=words.about)


@lru_cache(maxsize=1)
def _after() -> Phrases:
    """Phrases after a number with their meaning, longest first."""
    words = load_number_words()
    return _phrases(least=words.after_at_least, most=words.after_at_most, about=words.after_about)


def _phrases(**named: tuple[str, ...]) -> Phrases:
    found = [(tuple(p.split()), name) for name, phrases in named.items() for p in phrases]
    return sorted(found, key=lambda item: -len(item[0]))


def find_quantity(tree: Tree, lo: int, hi: int) -> Quantity | None:
    """The first number in the tokens lo to hi, with what stands around it; tokens before lo
    are looked at where they belong to it ("between 10 and", "at least").

    At least 20: (20, 20, None); up to 40: (None, None, 40); about 30: (None, 30, None);
    10 to 15: (10, 10, 15), the best figure being the lower one; exactly 4: (4, 4, 4).
    """
    i = lo
    while i < hi:
        run = _number_at(tree, i, hi)
        if run is None:
            i += 1
            continue
        end, value = run
        if not _is_share(tree, end):
            return _with_range(tree, i, end, value)
        i = end
    return None


def _number_at(tree: Tree, i: int, hi: int) -> tuple[int, int] | None:
    """End and value of the longest number that begins at token i."""
    lower = tree.lower
    if i > 0 and lower[i - 1] == "-" and is_number_token(lower[i]):
        return None  # the tail of "mid-40s", "AK-47"
    words = load_number_words()
    if not (is_number_token(lower[i]) or lower[i] in words.articles or lower[i] == "half"):
        return None
    best: tuple[int, int] | None = None
    for end in range(i + 1, min(hi, i + 12) + 1):
        if lower[end - 1] == "-" or lower[end - 1] == "and":
            continue
        value = parse_number(lower[i:end])
        if value is None and end > i + 3:
            break
        if value is not None:
            best = end, value
    return best


def _is_share(tree: Tree, end: int) -> bool:
    """Whether the number that ends at token `end` counts no people: a share, an age, part of a
    compound ("two-day")."""
    words = load_number_words()
    after = tree.lower[end] if end < tree.n else ""
    if after in words.shares:
        return True
    if after == "-" and end + 1 < tree.n:
        tail = tree.lower[end + 1]
        joined = (*words.after_about, *words.after_at_least)
        return tail not in joined and not is_number_token(tail)
    return False


def _with_range(tree: Tree, start: int, end: int, value: int) -> Quantity:
    words = load_number_words()
    lower = tree.lower
    # "20 to 30": the second number follows.
    if end + 1 < tree.n and lower[end] in (*words.range_to, *words.range_and):
        opened = start > 0 and lower[start - 1] in words.range_open
        if lower[end] in words.range_to or opened:
            second = _number_at_free(tree, end + 1)
            if second is not None and second[1] > value:
                return Quantity(value, value, second[1], start - opened, second[0])
    # The same where only the second number stands in the window.
    if start > 1 and lower[start - 1] in (*words.range_to, *words.range_and):
        first = _number_ending(tree, start - 1)
        if first is not None and first[1] < value:
            opened = first[0] > 0 and lower[first[0] - 1] in words.range_open
            if opened or lower[start - 1] in words.range_to:
                return Quantity(first[1], first[1], value, first[0] - opened, end)
    return _with_phrase(tree, start, end, value)


def _number_at_free(tree: Tree, i: int) -> tuple[int, int] | None:
    if not is_number_token(tree.lower[i]):
        return None
    best: tuple[int, int] | None = None
    for end in range(i + 1, min(tree.n, i + 6) + 1):
        value = parse_number(tree.lower[i:end])
        if value is not None:
            best = end, value
    return best


def _number_ending(tree: Tree, end: int) -> tuple[int, int] | None:
    """Start and value of the longest number that ends before token `end`."""
    best: tuple[int, int] | None = None
    for start in range(end - 1, max(-1, end - 6), -1):
        if not (is_number_token(tree.lower[start]) or tree.lower[start] == "-"):
            break
        value = parse_number(tree.lower[start:end])
        if value is not None and tree.lower[start] != "-":
            best = start, value
    return best


def _with_phrase(tree: Tree, start: int, end: int, value: int) -> Quantity:
    lower = tree.lower
    skip = start - 1 if start and lower[start - 1] in load_number_words().singular else start
    for at in dict.fromkeys((start, skip)):
        for phrase, name in _before():
            begin = at - len(phrase)
            if begin >= 0 and tuple(lower[begin:at]) == phrase:
                return _bounded(name, value, begin, end)
    after = end + 1 if end < tree.n and lower[end] == "-" else end
    for phrase, name in _after():
        if tuple(lower[after : after + len(phrase)]) == phrase:
            return _bounded(name, value, start, after + len(phrase))
    return Quantity(value, value, value, start, end)


def _bounded(name: str, value: int, start: int, end: int) -> Quantity:
    if name == "least":
        return Quantity(value, value, None, start, end)
    if name == "most":
        return Quantity(None, None, value, start, end)
    return Quantity(None, value, None, start, end)
