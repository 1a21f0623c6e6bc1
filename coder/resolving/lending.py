"""What earlier sentences of an article lend to later ones: the day and the places of the last deed.

A day and a place that were stated hold for the next sentences that state none. A sentence without
a deed ("Police drove into the village on Monday.") lends its own to the next sentence only.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from coder.types import When, Where

REACH = 3
"""For how many sentences a day and a place that were stated hold for deeds that state none."""
NEXT = 1
"""The same for what a sentence without a deed states, and for statements."""


class Lending:
    """The day and the places that an article has stated last, and in which sentence."""

    def __init__(self) -> None:
        self._day: tuple[int, int, When] | None = None
        self._place: tuple[int, int, tuple[Where, ...]] | None = None

    @property
    def places(self) -> tuple[Where, ...]:
        """The places stated last."""
        return self._place[2] if self._place is not None else ()

    def day(self, index: int, reach: int = REACH) -> When | None:
        """The day that holds in sentence `index`, with the basis "context"; None without one."""
        if self._day is None:
            return None
        at, most, when = self._day
        if not 0 <= index - at <= min(most, reach):
            return None
        return replace(when, basis="context", start_token=-1, end_token=-1)

    def anchor(self, index: int) -> date | None:
        """The day from which "the next day" of sentence `index` counts."""
        when = self.day(index)
        return when.start if when is not None and when.precision == "day" else None

    def note(self, index: int, when: When | None, where: tuple[Where, ...], reach: int) -> None:
        """Remember what sentence `index` states; of several deeds the first counts."""
        if when is not None and (self._day is None or self._day[0] != index):
            self._day = (index, reach, when)
        stated = any(w.basis == "stated" for w in where)
        if stated and (self._place is None or self._place[0] != index):
            self._place = (index, reach, where)

    def complete(
        self,
        index: int,
        when: When | None,
        where: tuple[Where, ...],
        *,
        abroad: bool = False,
        within: Collection[str | None] | None = None,
    ) -> tuple[When | None, tuple[Where, ...]]:
        """Day and place of a deed in sentence `index`, from the sentences before where it states
        none; what it states is noted. Places of another country than the one inferred from its
        sides are not its own, unless these may be `abroad` (peacekeepers); of `within`, where it is
        given, only places of these countries are."""
        self.note(index, when, where, REACH)
        if when is None:
            when = self.day(index)
        if any(w.basis == "stated" for w in where) or self._place is None:
            return when, where
        at, most, before = self._place
        if index - at > most:
            return when, where
        if within is not None and not any(w.country in within for w in before):
            return when, where
        known = next((w.country for w in where if w.country and w.basis == "inferred"), None)
        if known is None or abroad or any(w.country == known for w in before):
            where = tuple(replace(w, basis="inferred") for w in before)
        return when, where
