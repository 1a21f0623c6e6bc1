"""Figures over records of the PLOVER gold standard: one type for each text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coder.evaluate.figures import Figure, share_of
from coder.evaluate.intervals import f1, resamples
from coder.evaluate.match import trigger_overlap
from coder.evaluate.outcome import Outcome


def gsr_figures(outcomes: Sequence[Outcome]) -> list[Figure]:
    """The share coded, the right type among those coded, and the macro F1 of types."""
    gold = [one.item.events[0].plover or "" for one in outcomes]
    coded = [best_type(one) for one in outcomes]
    right = [g == c for g, c in zip(gold, coded, strict=True) if c is not None]
    types = sorted(set(gold))
    hits = np.array([[g == t and c == t for t in types] for g, c in zip(gold, coded, strict=True)])
    false = np.array([[g != t and c == t for t in types] for g, c in zip(gold, coded, strict=True)])
    missed = np.array(
        [[g == t and c != t for t in types] for g, c in zip(gold, coded, strict=True)]
    )
    values = [
        f1(*(int(part[:, k].sum()) for part in (hits, false, missed))) or 0.0
        for k in range(len(types))
    ]
    weights = resamples(len(outcomes))
    tp, fp, fn = (weights @ part.astype(np.float64) for part in (hits, false, missed))
    whole = 2 * tp + fp + fn
    each = np.divide(2 * tp, whole, out=np.full_like(tp, np.nan), where=whole > 0)
    low, high = np.percentile(np.nanmean(each, axis=1), [2.5, 97.5])
    macro = sum(values) / len(values)
    made = [
        share_of("coded", [c is not None for c in coded]),
        share_of("right type among coded", right),
        Figure("macro F1 of types", macro, float(low), float(high), len(outcomes)),
    ]
    for k, name in enumerate(types):
        found = [c == name for g, c in zip(gold, coded, strict=True) if g == name]
        made.append(share_of(f"  {name} found", found))
        made.append(Figure(f"  {name} F1", values[k], 0.0, 1.0, int(hits[:, k].sum()), detail=True))
    return made


def best_type(one: Outcome) -> str | None:
    """The PLOVER type that answers a record: the right one if any event has it, else that of
    the event whose trigger shares most words with the record's."""
    rows = [coded for coded in one.coded if coded.get("plover")]
    if not rows:
        return None
    event = one.item.events[0]
    best = max(
        rows,
        key=lambda c: (c.get("plover") == event.plover, trigger_overlap(event, c), -c.index),
    )
    return str(best.get("plover"))
