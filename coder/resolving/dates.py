"""Time expressions of a sentence, resolved against the day of publication.

What is taken for granted: a weekday, a date without a year and a month without a year are the
latest such ones up to the publication, or the next ones where the clause speaks of the future
("will meet on Friday"). "Weekend" is its Saturday and Sunday, a night is its first day
("Friday night", "last night"), "overnight" its morning. Offsets in weeks keep the nominal
day. Durations, ages, habits, anniversaries, decades and centuries are no dates.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta

from coder.codebook.wordlists import load_time_words
from coder.matching.tree import Tree
from coder.resolving.dates_calendar import Period
from coder.resolving.dates_grammar import load_grammar
from coder.resolving.dates_readers import READERS, RELATIVE, Reading
from coder.resolving.dates_tree import looks_ahead, plausible
from coder.types import When

_BACKGROUND = timedelta(14)
_SHORTEST_JOINED = 4  # "mid-2021", "2024-02-03" may be one token
_JOINTS = re.compile(r"[-–—/.]")


def find_dates(tree: Tree, published: date, context: date | None = None) -> list[When]:
    """The time expressions of a sentence in order, each resolved.

    "A week earlier" and "the next day" count from the last date that the sentence states
    before them, else from `context` (the day that the text is about; basis "context"), and are
    left out where there is neither.

    For "Rebels shelled Minna late on Friday, a day after talks ended." published on
    2024-02-04 (a Sunday): one `When`, 2024-02-02, precision "day", text "late on Friday".
    """
    kinds = time_kinds(tree)
    return _Finder(tree, published, context).found(kinds) if kinds else []


def time_kinds(tree: Tree) -> set[str]:
    """The kinds of time words among the tokens (month, weekday, year, unit, other); with none
    of them the sentence has no time expression. The cheap test before the real one."""
    known = load_grammar().kinds
    out: set[str] = set()
    for word in tree.lower:
        if word in known:
            out |= known[word]
        elif len(word) > _SHORTEST_JOINED and (word[0].isdigit() or "-" in word):
            parts = [known[part] for part in _JOINTS.split(word) if part in known]
            out.update(*parts)
    return out


def is_background(when: When, published: date) -> bool:
    """Whether all of it lies more than 14 days before the publication."""
    return published - when.end > _BACKGROUND


class _Finder:
    """One pass over one sentence."""

    def __init__(self, tree: Tree, published: date, context: date | None) -> None:
        self.tree = tree
        self.text = tree.text(0, tree.n)
        self.starts = _offsets(tree)
        self.taken: list[tuple[int, int]] = []
        self.whens: list[When] = []
        self.reading = Reading(
            published,
            context,
            ahead=lambda m: looks_ahead(tree, *self.tokens(m)),
            plausible=lambda m, kind: plausible(tree, *self.tokens(m), kind),
            governed=self.governed,
        )

    def found(self, kinds: set[str]) -> list[When]:
        later: list[tuple[str, re.Match[str]]] = []
        for form in load_grammar().forms:
            if form.needs and form.needs not in kinds:
                continue
            for match in form.pattern.finditer(self.text):
                if form.reader in RELATIVE:
                    later.append((form.reader, match))
                else:
                    self.read(form.reader, match)
        for name, match in later:
            self.read(name, match)
        return sorted(self.whens, key=lambda w: w.start_token)

    def tokens(self, match: re.Match[str]) -> tuple[int, int]:
        """First token and one past the last token that the match touches."""
        return bisect_right(self.starts, match.start()) - 1, bisect_right(
            self.starts, match.end() - 1
        )

    def read(self, name: str, match: re.Match[str]) -> None:
        start, end = match.span()
        if any(start < b and a < end for a, b in self.taken):
            return
        lo, hi = self.tokens(match)
        if hi < self.tree.n and _is_name(self.tree.words[hi]):
            return
        try:
            period = READERS[name](match, self.reading)
        except (ValueError, OverflowError):  # 31 February, the year 12000: no other date either
            self.taken.append((start, end))
            return
        if period is None:
            if name == "nothing":
                self.taken.append((start, end))
            return
        self.taken.append((start, end))
        self.reading.known.append((start, period))
        self.reading.known.sort(key=lambda known: known[0])
        text = self.tree.text(lo, hi)
        self.whens.append(
            When(period.start, period.end, period.precision, period.basis, text, lo, hi)
        )

    def governed(self, match: re.Match[str]) -> Period | None:
        """The first day stated under the last word of the match ("a day after X on Friday")."""
        _, hi = self.tokens(match)
        end = self.tree.span(hi - 1)[1]
        for when in sorted(self.whens, key=lambda w: w.start_token):
            if hi <= when.start_token < end and when.precision == "day":
                return Period(when.start, when.end, when.precision, when.basis)
        return None


def _offsets(tree: Tree) -> list[int]:
    """Offset of each token in `tree.text(0, tree.n)`, where a gap of any length is one space."""
    starts = tree.parse.starts
    out: list[int] = []
    at = 0
    for i, word in enumerate(tree.words):
        if i and starts[i] > starts[i - 1] + len(tree.words[i - 1]):
            at += 1
        out.append(at)
        at += len(word)
    return out


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word.lower() in load_time_words().name_heads
