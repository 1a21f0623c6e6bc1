"""Counts of a deed: the numbers of its own and of the results that joined it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import cast

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.resolving.counts import combine, count_of
from coder.types import Count, CountKind

_TAKING: tuple[tuple[str, CountKind], ...] = (
    ("coerce.arrest", "arrested"),
    ("abduct", "abducted"),
    ("coerce.deport", "displaced"),
    ("mass_violence.expel", "displaced"),
    ("mass_violence.cleanse", "displaced"),
)
_THINGS = frozenset({"abduct.hijack"})


def counts_of(tree: Tree, deed: Deed, casualty_words: Collection[str]) -> tuple[Count, ...]:
    """One count for each kind (killed, injured ...), numbers of different people added up.

    "Nobody was hurt" and "no casualties" are 0 killed and 0 injured, "no deaths" 0 killed.
    """
    by_kind: dict[CountKind, list[Count]] = {}
    seen: set[tuple[str, int]] = set()
    for toll in deed.tolls:
        kind = cast("CountKind", toll.kind)
        for head in toll.heads:
            if (kind, head) in seen:
                continue
            seen.add((kind, head))
            if any(tree.heads[head] == h and tree.deps[head] == "conj" for _, h in seen):
                continue  # count_of adds conjuncts up already
            if toll.nobody:
                words = tree.text(*tree.noun_phrase(head))
                both = kind == "injured" or tree.lemmas[head] in casualty_words
                kinds: tuple[CountKind, ...] = ("killed", "injured") if both else (kind,)
                for k in kinds:
                    by_kind.setdefault(k, []).append(Count(k, 0, 0, 0, words))
                continue
            count = count_of(tree, head, kind)
            if count is not None:
                by_kind.setdefault(kind, []).append(count)
    hurt = by_kind.get("injured", ())
    if hurt and "killed" not in by_kind and all(c.high == 0 for c in hurt):
        by_kind["killed"] = [replace(c, kind="killed") for c in hurt]  # who is unhurt is alive
    taken = _taken(tree, deed)
    if taken is not None and taken.kind not in by_kind:
        by_kind[taken.kind] = [taken]
    return tuple(combine(counts) for counts in by_kind.values())


def _taken(tree: Tree, deed: Deed) -> Count | None:
    """How many people a deed takes away that kills and hurts nobody: those whom it arrests,
    abducts or drives out, where the text has a number or names one person."""
    kind = next((k for type_, k in _TAKING if deed.type.startswith(type_)), None)
    if kind is None or deed.type in _THINGS:
        return None
    heads = deed.slots.get("victims") or deed.slots.get("target", ())
    counts = []
    for head in heads:
        if any(tree.heads[head] == h and tree.deps[head] == "conj" for h in heads):
            continue  # count_of adds conjuncts up already
        person = "person" in tree.kinds[head] or tree.tags[head] in ("CD", "NNS", "NN", "NNPS")
        count = count_of(tree, head, kind) if person else None
        if count is not None:
            counts.append(count)
    if not counts:
        return None
    total = combine(counts)
    known = (total.low, total.best, total.high) != (None, None, None)
    return total if known else None
