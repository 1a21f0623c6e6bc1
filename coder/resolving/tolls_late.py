"""Tolls of sentences that tell of no violence themselves: "Killed: 3.", "No injuries were
reported.". They are those of the violent deed in one of the two sentences before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coder.matching.deed import Deed
from coder.resolving.places_infer import VIOLENT, kind_of
from coder.resolving.scene import Matched
from coder.resolving.tolls_read import nearest, read_tolls, with_tolls
from coder.types import Count, Mention

_REACH = 2
_EVENTS = ("actual", "attempted")


def _violent(item: Matched) -> list[Deed]:
    return [d for d in item.deeds if not d.suppressed and kind_of(d.type) in VIOLENT]


def tolls_beside(item: Matched) -> Mapping[int, Sequence[Count]]:
    """The counts of a sentence that no rule reads, by the head of the deed that they belong to."""
    deeds = _violent(item)
    return nearest(read_tolls(item.tree, item.deeds), deeds) if deeds else {}


def with_late_tolls(mentions: list[Mention], matched: Sequence[Matched]) -> list[Mention]:
    """The mentions, the last violent one before a sentence of tolls with the counts of these."""
    out = list(mentions)
    for item in matched:
        if _violent(item):
            continue
        counts = [c for _, c in read_tolls(item.tree, item.deeds)]
        index = item.sentence.index
        for n in range(len(out) - 1, -1, -1) if counts else ():
            m = out[n]
            ours = m.status in _EVENTS and kind_of(m.type) in VIOLENT
            if ours and 0 < index - m.sentence <= _REACH:
                first = next(k for k in range(n + 1) if _together(out[k], m))
                out[first] = replace(out[first], counts=with_tolls(out[first].counts, counts))
                break
    return out


def _together(m: Mention, other: Mention) -> bool:
    """Whether a mention is the first violent one of the other's sentence."""
    return m.sentence == other.sentence and m.status in _EVENTS and kind_of(m.type) in VIOLENT
