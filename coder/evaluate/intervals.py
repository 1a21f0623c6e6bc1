"""95% intervals: Wilson's for shares, the bootstrap over items for F1."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_Z = 1.959963984540054
RESAMPLES = 1000


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Wilson's 95% interval of a share; (0, 1) where nothing was counted.

    Source: Wilson (1927), JASA 22:209-212.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if n <= 0:
        return 0.0, 1.0
    share, z2 = hits / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    spread = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low = 0.0 if hits <= 0 else max(0.0, middle - spread)
    high = 1.0 if hits >= n else min(1.0, middle + spread)
    return low, high


def f1(tp: float, fp: float, fn: float) -> float | None:
    """F1, or None where there is nothing to find and nothing was found."""
    whole = 2 * tp + fp + fn
    return 2 * tp / whole if whole else None


def resamples(n: int, seed: int = 0) -> Floats:
    """How often each of `n` items is drawn in each resample: shape (RESAMPLES, n)."""
    if n == 0:
        return np.zeros((RESAMPLES, 0))
    generator = np.random.default_rng(seed)
    return generator.multinomial(n, [1 / n] * n, size=RESAMPLES).astype(np.float64)


def bootstrap_f1(counts: Floats, weights: Floats) -> tuple[float, float]:
    """The 95% percentile interval of F1 over resampled items.

    `counts` has a row of tp, fp, fn for each item: shape (items, 3); `weights` comes from
    `resamples`. Resamples without any event are left out; (0, 1) where all are.
    """
    tp, fp, fn = (weights @ counts).T if len(counts) else np.zeros((3, RESAMPLES))
    whole = 2 * tp + fp + fn
    usable = whole > 0
    if not usable.any():
        return 0.0, 1.0
    low, high = np.percentile(2 * tp[usable] / whole[usable], [2.5, 97.5])
    return float(low), float(high)


def bootstrap_ratio(parts: Floats, weights: Floats) -> tuple[float, float]:
    """The 95% percentile interval of the harmonic mean of two averages over resampled items.

    `parts` has a row of (sum of precisions, sum of recalls, mentions) for each item.
    """
    precision, recall, n = (weights @ parts).T if len(parts) else np.zeros((3, RESAMPLES))
    usable = (n > 0) & (precision + recall > 0)
    if not usable.any():
        return 0.0, 1.0
    p, r = precision[usable] / n[usable], recall[usable] / n[usable]
    low, high = np.percentile(2 * p * r / (p + r), [2.5, 97.5])
    return float(low), float(high)
