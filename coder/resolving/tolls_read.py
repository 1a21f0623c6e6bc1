"""Tolls that stand beside a deed without being one: "and a dozen hurt", "Killed: 3.", "No injuries
were reported.", "escaped unhurt", "were among those killed".

Rules read a toll where it is a deed or its result. What they leave is read here, by the words of
`numbers.yaml` and the parse, and is given to the violent deed of the sentence or of one before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from coder.codebook.wordlists import load_number_words
from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.resolving.counts import count_of
from coder.resolving.counts_numbers import parse_number
from coder.resolving.tolls_stated import stated_tolls
from coder.types import Count, CountKind

Found = tuple[int, Count]
"""A token that tells a toll, and the count."""
_BOTH: tuple[CountKind, ...] = ("killed", "injured")
_SUBJECTS = ("nsubj", "nsubjpass")
_PHRASE = 5
_MODAL = frozenset({"would", "could", "may", "might", "can", "will", "should", "to"})


def read_tolls(tree: Tree, deeds: Sequence[Deed]) -> list[Found]:
    """The tolls of a sentence that none of its `deeds` counts, in order.

    >>> read_tolls(parse("Killed: 3."), ())  # doctest: +SKIP
    [(0, Count(kind='killed', low=3, best=3, high=3, words='Killed: 3', who=''))]
    """
    words = load_number_words()
    told = {*words.killed, *words.injured, *words.deaths, *words.injuries, *words.casualties}
    known = {*told, *words.unhurt, *words.treated}
    out: list[Found] = list(stated_tolls(tree))
    if known.isdisjoint(tree.lower):
        return out
    blocked = _counted(deeds)
    for i, word in enumerate(tree.lower):
        if word in told or word in words.unhurt or _is_treated(tree, i):
            out += ((i, c) for c in _at(tree, i, i in blocked))
    return out


def _counted(deeds: Sequence[Deed]) -> frozenset[int]:
    """Tokens of deeds that count their own people, or that are about something else."""
    own = (d for d in deeds if d.rule.effect)
    aside = (d for d in own if d.tolls or (d.suppressed and not d.suppressed.startswith("result")))
    return frozenset(t for d in aside for t in d.tokens)


def _at(tree: Tree, i: int, blocked: bool) -> Iterator[Count]:
    words, word = load_number_words(), tree.lower[i]
    nobody = _nobody(tree, i)
    yield from (Count(k, 0, 0, 0, tree.text(*tree.noun_phrase(i))) for k in nobody)
    if nobody:
        return
    kind: CountKind = "killed" if word in words.killed or word in words.deaths else "injured"
    listed = _listed(tree, i)
    if listed is not None:
        yield Count(kind, listed, listed, listed, tree.text(i, i + 3))
        return
    if blocked or word in words.casualties or not _is_told(tree, i):
        return
    for head in _people(tree, i):
        count = count_of(tree, head, kind)
        if count is not None and count.best is not None:
            yield count
            return
    part = _among(tree, i)
    count = None if part is None else count_of(tree, part, kind)
    if count is not None and count.best is not None:
        yield replace(count, high=None)


def _nobody(tree: Tree, i: int) -> tuple[CountKind, ...]:
    """What nobody suffered: "no injuries", "without casualties", "escaped unhurt"."""
    words, word = load_number_words(), tree.lower[i]
    if word in words.unhurt:
        return _BOTH
    if not tree.is_noun(i) or word not in (*words.deaths, *words.injuries, *words.casualties):
        return ()
    at = i
    while tree.deps[at] == "conj" and tree.is_noun(tree.heads[at]):
        at = tree.heads[at]
    none = any(tree.lower[c] in words.no for c in tree.kids(at, "det", "neg", "nummod"))
    free = tree.deps[at] == "pobj" and tree.lower[tree.heads[at]] in words.without
    if not none and not free:
        return ()
    if word in words.casualties:
        return _BOTH
    if word in words.deaths:
        return ("killed",)
    dead = any(tree.lower[j] in words.deaths for j in range(tree.n) if j != i)
    return ("injured",) if dead else _BOTH


def _is_treated(tree: Tree, i: int) -> bool:
    """Whether people were brought to a doctor: "eleven were treated for burns"."""
    words = load_number_words()
    if tree.lower[i] not in words.treated or not tree.is_verb(i):
        return False
    after = (w for p in tree.kids(i, "prep") for w in tree.lower[p : p + _PHRASE])
    return any(w in words.treated_for for w in after)


def _listed(tree: Tree, i: int) -> int | None:
    """The number after a colon: "Killed: 3"."""
    if i + 2 >= tree.n or tree.words[i + 1] not in (":", "=", "-"):
        return None
    return parse_number([tree.lower[i + 2]]) if tree.lower[i + 2][0].isdigit() else None


def _is_told(tree: Tree, i: int) -> bool:
    """Whether it happened: no "could be killed", "to be killed", "not killed"."""
    for at in (i, tree.heads[i]):
        if any(tree.lower[c] in _MODAL for c in tree.kids(at, "aux")):
            return False
        if tree.kids(at, "neg"):
            return False
    return True


def _people(tree: Tree, i: int) -> Iterator[int]:
    """Tokens that may head the phrase of those who were killed or hurt."""
    if tree.tags[i] in ("JJ", "NN", "NNS") and tree.kids(i, "nummod"):
        yield i  # "three dead"
    if tree.tags[i] == "VBG":
        yield from tree.kids(i, "dobj") if tree.deps[i] == "advcl" else ()
        return
    if tree.deps[i] in ("amod", "acl", "relcl"):
        return
    yield from tree.kids(i, *_SUBJECTS)
    if tree.deps[i] in ("oprd", "xcomp", "acomp") and tree.lemmas[tree.heads[i]] in (
        load_number_words().stated_as
    ):
        yield from tree.kids(tree.heads[i], "nsubjpass")  # "eight were reported killed"
    before = i - 1
    if (
        tree.deps[i] in ("conj", "dep", "parataxis")
        and before >= 0
        and (tree.tags[before] == "CD" and tree.heads[before] != i)
    ):
        yield before  # "over 180 injured"
    up = tree.heads[i]
    alone = tree.deps[i] == "conj" and tree.is_verb(up) and not tree.kids(i, *_SUBJECTS)
    if alone and tree.tags[i] in ("VBN", "VBD"):
        # "was shot and killed"; "shot and killed two men"
        yield from tree.kids(i, "dobj")
        yield from tree.kids(up, "nsubjpass")
        if not tree.kids(up, "nsubjpass"):
            yield from (c for c in tree.kids(up, "dobj") if c > i)


def _among(tree: Tree, i: int) -> int | None:
    """Five guards, in "Five guards were among those killed"."""
    words = load_number_words()
    at = i
    while tree.heads[at] != at and tree.lower[at] not in words.among:
        at = tree.heads[at]
        if tree.is_verb(at) and at != i:
            return None
    if tree.lower[at] not in words.among:
        return None
    verb = tree.heads[at]
    return tree.kid(verb, *_SUBJECTS) if tree.is_verb(verb) else None


def nearest(tolls: Sequence[Found], deeds: Sequence[Deed]) -> dict[int, list[Count]]:
    """The counts for each deed (by its head): those of the nearest deed before the toll, else of
    the first one after it. `deeds` are the violent ones of the sentence."""
    out: dict[int, list[Count]] = {}
    for at, count in tolls:
        before = [d for d in deeds if min(d.tokens) <= at]
        deed = max(before, key=lambda d: min(d.tokens)) if before else deeds[0]
        out.setdefault(deed.head, []).append(count)
    return out


def with_tolls(counts: tuple[Count, ...], more: Collection[Count]) -> tuple[Count, ...]:
    """The counts with those of kinds that have no number yet. A toll that has risen takes the
    place of the one that was given first, whose words it keeps."""
    out = {c.kind: c for c in counts}
    for count in more:
        known = out.get(count.kind)
        if known is None or (known.best is None and known.high is None):
            out[count.kind] = count
        elif "toll" in count.words and (count.best or 0) > (known.best or known.high or 0):
            out[count.kind] = replace(count, words=f"{count.words}; {known.words}")
    return tuple(out.values())
