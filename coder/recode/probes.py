"""Questions to the word lines of articles: which of them hold a phrase that changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from coder.recode.words import UNPARSED, Phrase

_AT_ONCE = 400
"""So many phrases of several parts are asked for one by one; of more, the longest part only."""


@dataclass(frozen=True, slots=True)
class Probes:
    """What articles are asked for: `whole` phrases must stand as words, of `parts` it is enough
    that a word holds them; `roots` are families of event types that an article has."""

    whole: frozenset[Phrase] = frozenset()
    parts: frozenset[Phrase] = frozenset()
    roots: frozenset[str] = frozenset()

    def __or__(self, other: Probes) -> Probes:
        return Probes(self.whole | other.whole, self.parts | other.parts, self.roots | other.roots)

    def __bool__(self) -> bool:
        return bool(self.whole or self.parts or self.roots)

    def met(self) -> pl.Expr:
        """Whether a row with the columns `words` and `roots` is reached."""
        words = pl.col("words")
        asked = [words == UNPARSED, _held(words, self.parts)]
        asked.append(_held(words, [tuple(f" {p} " for p in one) for one in self.whole]))
        if "*" in self.roots:
            asked.append(pl.col("roots").str.len_chars() > 1)
        elif self.roots:
            asked.append(_any(pl.col("roots"), [f" {root} " for root in self.roots]))
        return pl.any_horizontal(asked)


def _held(words: pl.Expr, phrases: Collection[Phrase]) -> pl.Expr:
    if any(not one for one in phrases):
        return pl.lit(value=True)  # a phrase of signs only: nobody knows where it stands
    single = {one[0] for one in phrases if len(one) == 1}
    longer = [one for one in phrases if len(one) > 1]
    if len(longer) > _AT_ONCE:
        single |= {max(one, key=len) for one in longer}
        longer = []
    asked = [_any(words, sorted(single))] if single else []
    asked += [
        pl.all_horizontal([words.str.contains(p, literal=True) for p in one])
        for one in sorted(longer)
    ]
    return pl.any_horizontal(asked) if asked else pl.lit(value=False)


def _any(column: pl.Expr, texts: Sequence[str]) -> pl.Expr:
    return column.str.contains_any(list(texts))
