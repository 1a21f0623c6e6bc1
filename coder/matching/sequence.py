"""Patterns of words around a trigger: whether they fit, and where they put source and target.

`"said would * troops against +"`: words before and after the trigger `*`. A blank lets other
words between, `_` does not. `&name` is a word or phrase of a set; `$` is where the source stands,
`+` the target, `%` several who are both; `^` skips a noun phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coder.codebook.lexicon import subwords
from coder.matching.lexical import Flat, PhraseIndex

_MARKS = frozenset("$+%^")


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a pattern: words side by side, a set, or a mark. `joined` to what stands nearer to
    the trigger (a `_` between them)."""

    words: tuple[str, ...]
    set: str
    mark: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern as elements from the trigger outwards; its weight is the words that it asks for."""

    before: tuple[Element, ...]
    after: tuple[Element, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that can be a side: words `start` up to `end`, and the tokens that head its
    members (more than one for a list)."""

    start: int
    end: int
    heads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What marks may stand for in one sentence: parties, and all noun phrases as (start, end)."""

    parties: tuple[Party, ...]
    phrases: tuple[tuple[int, int], ...]


Found = dict[str, tuple[int, ...]]


def compile_words(text: str) -> Compiled:
    """A pattern as elements.

    >>> [e.words for e in compile_words("said *_talks with +").after]
    [('talks',), ('with',), ()]
    """
    before, _, after = text.lower().partition("*")
    left = list(_elements(before, before=True))[::-1]
    right = list(_elements(after, before=False))
    weight = sum(max(1, len(e.words)) for e in (*left, *right) if e.mark not in ("^",))
    return Compiled(tuple(left), tuple(right), weight)


def _elements(text: str, *, before: bool) -> Iterator[Element]:
    for piece in text.split():
        parts = piece.split("_")
        for n, part in enumerate(parts):
            if not part:
                continue
            # The trigger is on the right of what stands before it.
            joined = (n + 1 < len(parts)) if before else (n > 0)
            if before and n + 1 == len(parts) - 1 and not parts[-1]:
                joined = text.rstrip().endswith(piece) and text.endswith(piece)
            if part in _MARKS:
                yield Element((), "", part, joined)
            elif part.startswith("&"):
                yield Element((), part[1:], "", joined)
            else:
                words = subwords(part)
                if words:
                    yield Element(words, "", "", joined)


class Sequences:
    """Fits patterns; `sets` are the word sets of the codebook."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets
        self._sets: dict[str, PhraseIndex] = {}
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, text: str) -> Compiled:
        got = self._compiled.get(text)
        if got is None:
            got = self._compiled[text] = compile_words(text)
        return got

    def fit(
        self, text: str, flat: Flat, places: Places, trigger: tuple[int, int], end: int
    ) -> Found | None:
        """Where a pattern puts the sides, {} where it puts none, None where it does not fit.

        `trigger` are the first word of the trigger and one past its last; words from `end` on
        belong to another clause.
        """
        pattern = self.compiled(text)
        before = self._left(pattern.before, 0, flat, places, trigger[0])
        if before is None:
            return None
        after = self._right(pattern.after, 0, flat, places, trigger[1], end)
        return None if after is None else {**before, **after}

    def _right(
        self, elements: Sequence[Element], k: int, flat: Flat, places: Places, at: int, end: int
    ) -> Found | None:
        if k == len(elements):
            return {}
        element = elements[k]
        for start in (at,) if element.joined else range(at, end):
            for stop, heads in self._from(element, flat, places, start, end):
                rest = self._right(elements, k + 1, flat, places, stop, end)
                if rest is not None:
                    return {element.mark: heads, **rest} if heads else rest
        return None

    def _left(
        self, elements: Sequence[Element], k: int, flat: Flat, places: Places, at: int
    ) -> Found | None:
        if k == len(elements):
            return {}
        element = elements[k]
        for stop in (at,) if element.joined else range(at, 0, -1):
            for start, heads in self._until(element, flat, places, stop):
                rest = self._left(elements, k + 1, flat, places, start)
                if rest is not None:
                    return {element.mark: heads, **rest} if heads else rest
        return None

    def _from(
        self, element: Element, flat: Flat, places: Places, start: int, end: int
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Where an element that begins at word `start` ends, and the heads that it names."""
        if start >= end:
            return
        if element.mark == "^":
            yield from ((stop, ()) for begin, stop in places.phrases if begin == start)
        elif element.mark:
            for party in places.parties:
                if party.start == start and (element.mark != "%" or len(party.heads) > 1):
                    yield party.end, party.heads
        elif element.set:
            yield from ((stop, ()) for stop, _ in self._set(element.set).at(flat.words, start))
        elif flat.words[start : start + len(element.words)] == element.words:
            yield start + len(element.words), ()

    def _until(
        self, element: Element, flat: Flat, places: Places, stop: int
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Where an element that ends before word `stop` begins, and the heads that it names."""
        if stop <= 0:
            return
        if element.mark == "^":
            yield from ((start, ()) for start, end in places.phrases if end == stop)
        elif element.mark:
            for party in places.parties:
                if party.end == stop and (element.mark != "%" or len(party.heads) > 1):
                    yield party.start, party.heads
        elif element.set:
            for start in range(stop - 1, -1, -1):
                if any(end == stop for end, _ in self._set(element.set).at(flat.words, start)):
                    yield start, ()
        else:
            start = stop - len(element.words)
            if start >= 0 and flat.words[start:stop] == element.words:
                yield start, ()

    def _set(self, name: str) -> PhraseIndex:
        got = self._sets.get(name)
        if got is None:
            got = self._sets[name] = PhraseIndex((w, True) for w in self.sets.get(name, ()))
        return got
