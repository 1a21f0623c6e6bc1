"""Places whose country an adjective tells: "the Georgian village of Ergneti", "the Nepali capital".

An unknown village is so of the country that its noun says, a namesake that of the country where
it lies; "the Nepali capital" is Kathmandu where no name follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.codebook.gazetteer import Gazetteer
from coder.matching.tree import Tree
from coder.resolving.places_spans import RANK, PlaceSpan

_MODIFIERS = ("amod", "compound", "nmod", "poss")


def with_natives(tree: Tree, found: Sequence[PlaceSpan], gazetteer: Gazetteer) -> list[PlaceSpan]:
    """The places of a sentence, with the countries that adjectives tell and with capitals."""
    out = [_told(tree, span, gazetteer) for span in found]
    taken = {t for span in out for t in range(span.start, span.end)}
    out += _capitals(tree, gazetteer, taken)
    return sorted(out, key=lambda span: span.start)


def _told(tree: Tree, span: PlaceSpan, gazetteer: Gazetteer) -> PlaceSpan:
    """A place with the country of the noun that it is named by."""
    if span.within or RANK[span.coarsest] < RANK["admin1"]:
        return span
    noun = _noun_before(tree, span, gazetteer)
    country = None if noun is None else next(_nations(tree, noun), None)
    place = None if country is None else gazetteer.country(country)
    if place is None:
        return span
    if span.candidates and not any(c.country == country for c in span.candidates):
        return span
    whole = PlaceSpan(span.start, span.end, span.head, place.name, (place,), "country")
    return replace(span, within=(whole,))


def _noun_before(tree: Tree, span: PlaceSpan, gazetteer: Gazetteer) -> int | None:
    """The noun of place before a name: "the village of X", "the village X"."""
    at = span.start - 1
    if at >= 1 and tree.lower[at] == "of":
        at -= 1
    lists = gazetteer.words.lists
    if at < 0 or not tree.is_noun(at):
        return None
    known = tree.lemmas[at].lower() in gazetteer.words.types or tree.lower[at] in lists["parts"]
    return at if known else None


def _nations(tree: Tree, noun: int) -> Iterator[str]:
    """Codes of the countries whose adjective or name modifies a noun."""
    for c in tree.kids(noun, *_MODIFIERS):
        span = tree.spans.get(c)
        if span is None or span.end > noun + 1:
            continue
        codes = {
            e.actor.country
            for e in span.entries
            if getattr(e.actor, "kind", "") == "country" and e.actor.country
        }
        if len(codes) == 1:
            yield codes.pop()


def _capitals(tree: Tree, gazetteer: Gazetteer, taken: set[int]) -> Iterator[PlaceSpan]:
    """ "The Nepali capital", "Nepal's capital", where no name stands beside it."""
    for t in range(tree.n):
        if tree.lower[t] != "capital" or tree.tags[t] != "NN" or t in taken:
            continue
        if t + 1 < tree.n and (tree.is_noun(t + 1) or t + 1 in taken):
            continue  # capital punishment, the capital Kathmandu
        if any(tree.tags[c].startswith("NNP") for c in tree.kids(t, "appos")):
            continue  # "the Nepali capital, Kathmandu"
        if tree.deps[t] in ("appos", "compound", "attr"):
            continue
        nation = next(_nations(tree, t), None)
        place = None if nation is None else gazetteer.capital(nation)
        if place is not None:
            yield PlaceSpan(t, t + 1, t, place.name, (place,), None, "strong")
