"""De-duplication within articles: are mentions of one event given one `event_id`?"""

from __future__ import annotations

from collections.abc import Sequence

from coder.evaluate.figures import Figure, as_counts
from coder.evaluate.intervals import Floats, bootstrap_ratio
from coder.evaluate.outcome import Outcome


def cluster_figures(outcomes: Sequence[Outcome], weights: Floats) -> list[Figure]:
    """B-cubed precision, recall and F1 of the coded events over the matched mentions.

    Source: Bagga and Baldwin (1998). Mentions that were not found are not judged here.
    """
    parts = as_counts([_bcubed(_clusters(one)) for one in outcomes])
    precision, recall, n = (float(total) for total in parts.sum(axis=0))
    if not n:
        return []
    p, r = precision / n, recall / n
    value = 2 * p * r / (p + r)
    low, high = bootstrap_ratio(parts, weights)
    return [
        Figure("de-duplication precision (B-cubed)", p, 0.0, 1.0, int(n), detail=True),
        Figure("de-duplication recall (B-cubed)", r, 0.0, 1.0, int(n), detail=True),
        Figure("de-duplication (B-cubed F1)", value, low, high, int(n)),
    ]


def _clusters(one: Outcome) -> dict[str, tuple[str, str]]:
    """Gold's and the coder's cluster of each mention of gold that was found."""
    found: dict[str, tuple[str, str]] = {}
    for match in one.matchings["cameo"].matches:
        event, coded = match.wanted.event, match.coded
        if event.cluster is not None:
            name = str(coded.get("event_id") or f"row {coded.index}")
            found.setdefault(event.event_id, (event.cluster, name))
    return found


def _bcubed(mentions: dict[str, tuple[str, str]]) -> tuple[float, float, float]:
    """The sums of the mentions' precisions and recalls, and their number.

    >>> _bcubed({"0.0": ("x", "1"), "1.0": ("x", "2")})
    (2.0, 1.0, 2.0)
    """
    pairs = list(mentions.values())
    precision = recall = 0.0
    for gold, coded in pairs:
        both = sum(pair == (gold, coded) for pair in pairs)
        precision += both / sum(other == coded for _, other in pairs)
        recall += both / sum(other == gold for other, _ in pairs)
    return precision, recall, float(len(pairs))
