"""Scores of single codes on half A of the gold, for the pages of codebooks.

Half B is only scored as a whole, so that no code is tuned on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder.evaluate.intervals import f1
from coder.evaluate.match import exact_cameo
from coder.evaluate.outcome import SCHEMES, Outcome

DEV = "A"


@dataclass(frozen=True, slots=True)
class CodeScore:
    """How often a code was found, given wrongly and missed."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float | None:
        """The F1, None where there is nothing to measure.

        >>> CodeScore(found=3, wrong=1, missed=1).f1
        0.75
        """
        return f1(self.found, self.wrong, self.missed)


def scores_by_code(outcomes: Sequence[Outcome], codebook: str) -> dict[str, CodeScore]:
    """The score of each code of a codebook that half A has or the coder gave.

    Empty for a codebook that gold knows nothing of. A CAMEO code is found only where it is
    exactly gold's or one that gold accepts. Sets without labels of the codebook do not count.
    """
    if codebook not in SCHEMES:
        return {}
    with_gold = {
        one.item.set
        for one in outcomes
        if one.matchings[codebook].matches or one.matchings[codebook].missed
    }
    found: dict[str, list[int]] = {}

    def count(code: str | None, at: int) -> None:
        if code:
            found.setdefault(code, [0, 0, 0])[at] += 1

    for one in outcomes:
        if one.item.half != DEV or one.item.set not in with_gold:
            continue
        matching = one.matchings[codebook]
        for match in matching.matches:
            coded, gold = match.coded.get(codebook), getattr(match.wanted.event, codebook)
            if codebook != "cameo" or exact_cameo(match.wanted.event, match.coded):
                count(coded, 0)
            else:
                count(coded, 1)
                count(gold, 2)
        for spurious in matching.spurious:
            count(spurious.get(codebook), 1)
        for missed in matching.missed:
            count(getattr(missed.event, codebook), 2)
    return {code: CodeScore(*counts) for code, counts in sorted(found.items())}
