"""Numbers that a text states as a toll: "the death toll rose to eight", "officials put the toll at
12", "six bodies were pulled from the rubble", "the army lost 10 men", "3,000 people fled".

Tolls of a war, a year or of all that has been since some day are aggregates and none of a deed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from coder.matching.tree import Tree
from coder.resolving.counts import count_of
from coder.resolving.counts_phrases import find_quantity
from coder.types import Count

_MOVES = frozenset(
    """
    rise climb stand reach jump grow increase mount soar go remain be pass exceed top hit double
    """.split()
)
_PUTS = frozenset("put bring raise take place give set lift revise push".split())
_AT = frozenset({"to", "at", "of"})
_SUMS = frozenset({"war", "year", "years", "decade", "month", "months", "since", "so", "overall"})
"""Words by which a toll is that of more than one deed."""
_OTHER_TOLLS = frozenset({"road", "covid", "covid-19", "flood", "quake", "earthquake", "phone"})
_FOUND = frozenset("pull recover find retrieve collect count dig bring".split())
_BODIES = frozenset({"body", "corpse"})
_FLEE = frozenset({"flee"})
_DRIVE = frozenset({"displace", "uproot"})
_NUMBER = 4


def stated_tolls(tree: Tree) -> Iterator[tuple[int, Count]]:
    """The tolls that a sentence states, each with the token that tells it.

    >>> list(stated_tolls(parse("The death toll rose to eight.")))  # doctest: +SKIP
    [(2, Count(kind='killed', low=8, best=8, high=8, words='toll rose to eight', who=''))]
    """
    for i, lemma in enumerate(tree.lemmas):
        if lemma == "toll":
            count = _of_toll(tree, i)
            if count is not None:
                yield i, count
        elif lemma in _BODIES and tree.tags[i] == "NNS":
            verb = tree.heads[i]
            if tree.deps[i] in ("nsubjpass", "dobj") and tree.lemmas[verb] in _FOUND:
                yield from _counted(tree, verb, i, "killed")
        elif lemma == "lose" and tree.is_verb(i):
            for lost in tree.kids(i, "dobj"):
                men = tree.lower[lost] == "men" or "armed" in tree.kinds[lost]
                if men and tree.kids(lost, "nummod"):
                    yield from _counted(tree, i, lost, "killed")
        elif lemma in _FLEE and tree.is_verb(i):
            for who in tree.kids(i, "nsubj"):
                yield from _counted(tree, i, who, "displaced")
        elif lemma in _DRIVE and tree.is_verb(i):
            for who in tree.kids(i, "dobj", "nsubjpass"):
                yield from _counted(tree, i, who, "displaced")


def _of_toll(tree: Tree, i: int) -> Count | None:
    if not {tree.lower[c] for c in tree.kids(i, "compound", "amod")}.isdisjoint(_OTHER_TOLLS):
        return None
    if not _SUMS.isdisjoint(tree.lower):
        return None
    verb = tree.heads[i]
    moved = tree.deps[i] in ("nsubj", "nsubjpass") and tree.lemmas[verb] in _MOVES | _PUTS
    put = tree.deps[i] == "dobj" and tree.lemmas[verb] in _PUTS
    start = max(i, verb) if moved or put else i
    if not (moved or put) and not (i + 1 < tree.n and tree.lower[i + 1] == "of"):
        return None
    for at in range(start + 1, min(start + 1 + _NUMBER, tree.n)):
        if tree.lower[at] in _AT or (moved and at == start + 1):
            lo = at + 1 if tree.lower[at] in _AT else at
            quantity = find_quantity(tree, lo, min(lo + _NUMBER, tree.n))
            if quantity is not None and quantity.start <= lo + 2:
                words = tree.text(i, quantity.end)
                return Count("killed", quantity.low, quantity.best, quantity.high, words, "")
    return None


def _counted(
    tree: Tree, at: int, who: int, kind: Literal["killed", "displaced"]
) -> Iterator[tuple[int, Count]]:
    if any(tree.lower[c] in ("not", "never") for c in tree.kids(at, "neg")):
        return
    if any(tree.tags[c] == "MD" for c in tree.kids(at, "aux")):
        return
    count = count_of(tree, who, kind)
    if count is not None and count.best is not None and count.best > 1:
        yield at, count
