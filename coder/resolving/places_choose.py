"""Which place a name means, and which of an event's places is its main one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

from coder.codebook.gazetteer import Place
from coder.codebook.gazetteer_names import fold
from coder.resolving.places_chain import contains
from coder.resolving.places_spans import RANK, PlaceSpan
from coder.types import GeoBasis, GeoLevel, Where

SENTENCE, ARTICLE, DATELINE = 3.0, 1.0, 1.5
"""Weights of a country named in the sentence, elsewhere in the article, in the dateline."""
_UNCUED = 0.4
"""A name without a preposition of place ("US troops") says less of where things happen."""
_SMALL = 15_000
"""A town below this, in a country that nothing else names, is taken for a namesake."""
_LARGE = 100_000
_CAPITAL = 300_000
"""A capital counts as a town of this many people at least."""
_NOTHING = 0.05
_LEVEL_SCORE: dict[GeoLevel, float] = {
    "country": 9.0, "sea": 7.0, "admin1": 5.8, "admin2": 5.5, "exact": 5.5, "town": 0.0
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known around a name: countries (ISO3) with weights, and regions named.

    `regions` holds (ISO3, admin1 name).
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    regions: frozenset[tuple[str, str]] = frozenset()

    def without(self, span: PlaceSpan) -> PlaceContext:
        """The context as it is without what a name of the same sentence adds to it: no name is
        evidence for itself."""
        here = _sole_country(span)
        if here is None or here not in self.countries:
            return self
        weights = dict(self.countries)
        weights[here] -= _weight(span, SENTENCE)
        if weights[here] < _NOTHING:
            del weights[here]
        return PlaceContext(weights, self.regions)

    @property
    def first(self) -> str | None:
        """The country with the greatest weight, None where there is none."""
        return max(self.countries, key=lambda c: (self.countries[c], c), default=None)


def place_context(
    sentence: Iterable[PlaceSpan] = (),
    article: Iterable[PlaceSpan] = (),
    dateline: Iterable[PlaceSpan] = (),
    countries: Mapping[str, float] | None = None,
) -> PlaceContext:
    """The context of a sentence from the places found in it, in the article and the dateline.

    `countries` adds what other steps know (the actors' countries, say). A name counts only
    where all its candidates agree on the country.
    """
    weights: dict[str, float] = dict(countries or {})
    regions: set[tuple[str, str]] = set()
    for weight, spans in ((SENTENCE, sentence), (ARTICLE, article), (DATELINE, dateline)):
        for span in spans:
            here = _sole_country(span)
            if here is None:
                continue
            weights[here] = weights.get(here, 0.0) + _weight(span, weight)
            regions.update(
                (here, c.admin1) for c in span.candidates if c.level == "admin1" and c.admin1
            )
    return PlaceContext(weights, frozenset(regions))


def _weight(span: PlaceSpan, weight: float) -> float:
    return weight if span.cue else weight * _UNCUED


def _sole_country(span: PlaceSpan) -> str | None:
    """The country of a name that can only mean one: towns that are small, or known by this name
    besides their own, say nothing."""
    main = [c for c in span.candidates if c.level != "town" or c.capital or _is_known(c)]
    found = {c.country for c in main}
    return found.pop() if len(found) == 1 else None


def _is_known(c: Place) -> bool:
    return c.population >= (_LARGE if c.alternate else _SMALL)


def resolve(span: PlaceSpan, context: PlaceContext, basis: GeoBasis = "stated") -> Where:
    """The place that a name means: the region stated beside it decides, then the countries of
    the context, then size. `Where.name` is the name as written (None for a country).

    A name without a fitting candidate keeps its words and gets the stated or, failing that,
    the context's country, without coordinates: an unknown place never empties a row.
    """
    stated = choose(span.within[0], context) if span.within else None
    chosen = choose(span, context)
    if chosen is None:
        country = stated.country if stated is not None else context.first
        region = stated.admin1 if stated is not None else None
        level = span.level or "town"
        # A quarter of a town has the town's coordinates.
        town = stated if stated is not None and stated.level == "town" else None
        return Where(
            name=span.text,
            country=country,
            level=level,
            basis=basis,
            admin1=span.text if level == "admin1" else region,
            latitude=None if town is None else town.latitude,
            longitude=None if town is None else town.longitude,
            text=span.text,
            start_token=span.start,
            end_token=span.end,
        )
    return Where(
        name=None if chosen.level == "country" else span.text,
        country=chosen.country,
        level=chosen.level,
        basis=basis,
        admin1=chosen.admin1 or (stated.admin1 if stated is not None else None),
        latitude=chosen.latitude,
        longitude=chosen.longitude,
        geonames_id=chosen.geonames_id,
        text=span.text,
        start_token=span.start,
        end_token=span.end,
    )


def choose(span: PlaceSpan, context: PlaceContext) -> Place | None:
    """The best candidate of a name, or None where none fits what is stated around it."""
    fitting: Sequence[Place] = span.candidates
    for larger in span.within:
        stated = choose(larger, context)
        if stated is None:
            continue
        inside = [c for c in fitting if contains(stated, c)]
        if not inside and stated.level not in ("country", "admin1"):
            continue
        fitting = inside
        if inside:
            break
        return None
    if not fitting:
        return None
    best = max(fitting, key=lambda c: _score(c, span, fitting, context))
    return None if not span.within and _is_namesake(best, span, context) else best


def _is_namesake(best: Place, span: PlaceSpan, context: PlaceContext) -> bool:
    """Whether a town lies in a country that nothing else names, so that the name is more likely
    that of a place which no gazetteer has, in the country that the text is about."""
    if best.level != "town" or not context.countries or best.country in context.countries:
        return False
    if best.capital:
        return False
    if best.population < _SMALL or span.level in ("admin1", "admin2"):
        return True
    # Who is named may act abroad; a place that is named beside it says where things happen.
    placed = max(context.countries.values()) >= SENTENCE
    return placed and best.alternate and best.population < _CAPITAL


def _score(c: Place, span: PlaceSpan, among: Sequence[Place], context: PlaceContext) -> float:
    # A context of one adjective weighs little beside a large town elsewhere.
    total = sum(context.countries.values()) + 2.0
    score = 6.0 * context.countries.get(c.country or "", 0.0) / total
    if c.admin1 is not None and (c.country or "", c.admin1) in context.regions:
        score += 1.5
    score += log10(_size(c) + 10) if c.level == "town" else _LEVEL_SCORE[c.level]
    if c.alternate:
        score -= 1.5
    if c.level == "admin1" and span.level != "admin1":
        # Kharkiv without a word for a region is the city.
        own = fold(c.name) == fold(span.text)
        if own and any(
            x.level == "town" and x.admin1 == c.admin1 and x.country == c.country for x in among
        ):
            score -= 3.0
    if span.level is not None and span.level == c.level:
        score += 6.0
    return score


def _size(c: Place) -> int:
    return max(c.population, _CAPITAL) if c.capital else c.population


def main_place(wheres: Sequence[Where]) -> Where | None:
    """The main place of an event: the first, or a more specific one that lies in it.

    `wheres` are in the order of `places_for`: the first is the surest. A place of no known
    country gives way to one that has a country.

    >>> lbn = Where(None, "LBN", "country", "stated")
    >>> main_place([lbn, Where("Baalbek", "LBN", "town", "stated"),
    ...             Where("Haifa", "ISR", "town", "stated")]).name
    'Baalbek'
    """
    if not wheres:
        return None
    first = next((w for w in wheres if w.country is not None), wheres[0])
    inside = [w for w in wheres if w is first or _lies_in(w, first)]
    return max(inside, key=lambda w: min(RANK[w.level], RANK["town"]))


def _lies_in(small: Where, large: Where) -> bool:
    if small.country != large.country or RANK[small.level] <= RANK[large.level]:
        return False
    return large.level == "country" or small.admin1 == large.admin1 is not None
