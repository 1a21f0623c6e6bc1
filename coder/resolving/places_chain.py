"""Larger places stated beside a name: "Kaya, Burkina Faso", "Foube (Centre-Nord)", "Syria's
Idlib", "the Julan quarter of Fallujah"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.codebook.gazetteer import Place, PlaceWords
from coder.matching.tree import Tree
from coder.resolving.places_spans import RANK, PlaceSpan

_LINKS = frozenset({",", "(", "in", "of", "the", "-"})
_MOST_BETWEEN = 5
_SMALL = 15_000
_TOWN = 5_000
_LARGE = 100_000


def chain(tree: Tree, found: Sequence[PlaceSpan], words: PlaceWords) -> list[PlaceSpan]:
    """The spans, each with the larger places stated beside it, from the last to the first."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        gap = range(here.end, after.start)
        if len(gap) == 1 and tree.tags[after.start - 1] == "POS":
            if _inside(after, here):
                out[i + 1] = replace(after, within=(here, *after.within))
        elif 0 < len(gap) <= _MOST_BETWEEN and all(_links(tree, j, words) for j in gap):
            between = tree.lower[here.end : after.start]
            if between[-1] == "of" and between[-2:-1] and between[-2] in words.lists["compass"]:
                continue  # "X, south of Y" is not in Y
            if _spot(tree, between, here, after):
                out[i] = replace(here, within=(after, *after.within), quarter=True)
            elif _quarter(between, here, after, words):
                larger = (after, *after.within)
                out[i] = replace(here, candidates=(), within=larger, quarter=True)
            elif not {",", "(", "in", "of"}.isdisjoint(between) and (
                _inside(here, after) or _closed(tree, between, after, found)
            ):
                after = out[i + 1] = _narrowed(_as_region(after), here)
                out[i] = replace(here, within=(after, *after.within))
    return out


def _as_region(span: PlaceSpan) -> PlaceSpan:
    """The larger of two names, as the region that it must be: Idlib in "Saraqib, Idlib"."""
    if span.level is None and span.coarsest == "admin1":
        return replace(span, level="admin1")
    return span


def _narrowed(large: PlaceSpan, small: PlaceSpan) -> PlaceSpan:
    """The larger name with only those of its candidates that hold the smaller one: in "Tumeremo,
    Bolivar state" the Bolivar of Venezuela."""
    held = tuple(b for b in large.candidates if any(contains(b, c) for c in small.candidates))
    return replace(large, candidates=held) if held else large


def _links(tree: Tree, j: int, words: PlaceWords) -> bool:
    word, lists = tree.lower[j], words.lists
    noun = tree.lemmas[j].lower()
    return (
        word in _LINKS
        or word in lists["compass"]
        or word in words.types
        or noun in lists["quarters"]
    )


def _towns(span: PlaceSpan) -> bool:
    if not span.candidates and span.within:
        return _towns(span.within[0])
    return any(c.level == "town" and c.population >= _TOWN for c in span.candidates)


def _quarter(between: list[str], here: PlaceSpan, after: PlaceSpan, words: PlaceWords) -> bool:
    """Whether "the X quarter of Y" or "X forest, Y" says that X is a part or a spot of town Y."""
    if not _towns(after) or RANK[after.coarsest] < RANK["admin1"]:
        return False
    if here.candidates and not all(c.level in ("town", "admin1") for c in here.candidates):
        return False
    size = max((c.population for c in after.candidates), default=_LARGE)
    if any(c.population > max(size, _LARGE) for c in here.candidates):
        return False  # "the Paris suburb of Pantin"
    return between[0] in words.lists["quarters"] and between[1:2] in (["of"], ["in"], [","])


def _spot(tree: Tree, between: list[str], here: PlaceSpan, after: PlaceSpan) -> bool:
    """Whether an unknown name is of something in a large town: "the Ritz in Riyadh"."""
    large = any(c.level == "town" and c.population >= _LARGE for c in after.candidates)
    if here.candidates or not large or here.level in ("admin1", "admin2", "town"):
        return False
    if between == ["in"]:
        return True
    listed = tree.deps[after.head] == "conj"
    return (
        between == [","]
        and not listed
        and after.end < tree.n
        and (tree.lower[after.end] in (",", ".", ";"))
    )


def _inside(small: PlaceSpan, large: PlaceSpan) -> bool:
    """Whether `large` can be the region or country of `small`."""
    if RANK[large.coarsest] > RANK["admin2"]:
        return False
    if not small.candidates:
        return RANK[small.coarsest] > RANK[large.coarsest]
    if RANK[small.coarsest] == RANK["country"] == RANK[large.coarsest]:
        return False
    if any(contains(big, c) for big in large.candidates for c in small.candidates):
        return True
    # No candidate lies there: a list ("Damascus, Iraq"), unless all we know are small towns.
    return all(c.level == "town" and c.population < _SMALL for c in small.candidates)


def _closed(tree: Tree, between: list[str], large: PlaceSpan, found: Sequence[PlaceSpan]) -> bool:
    """Whether ", Sagaing." can only be the region of what stands before it, not a list."""
    if between[-1] not in (",", "(") or len(large.candidates) == 0:
        return False
    if RANK[large.coarsest] > RANK["admin1"] or large.coarsest == "sea":
        return False
    if between[-1] == "(":
        return True
    end = large.end
    if len([1 for s in found if s.end < large.end and tree.deps[s.head] == "conj"]) > 0:
        return False
    return end >= tree.n or tree.words[end] in (".", ";", ")", ":")


def contains(large: Place, small: Place) -> bool:
    """Whether one place lies in the other, by country and region."""
    if large.country is None or RANK[large.level] >= RANK[small.level]:
        return False
    if large.country != small.country:
        return False
    return large.level != "admin1" or large.admin1 == small.admin1 or small.admin1 is None
