"""The setting of an article's deeds: the place of each, and what earlier sentences lend later ones.

A deed's own place comes from the parse, then from its clause, then from the sentences before,
then by inference from the sides and the dateline; its day likewise from the sentences before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from coder.matching.deed import Deed
from coder.matching.reporting import Reporting
from coder.matching.tree import Tree
from coder.matching.types import is_a
from coder.resolving.dates import is_background
from coder.resolving.dates_attach import date_for
from coder.resolving.lending import NEXT, Lending
from coder.resolving.places import PlaceFinder
from coder.resolving.places_choose import PlaceContext, main_place, place_context, resolve
from coder.resolving.places_deed import places_for, relation
from coder.resolving.places_infer import (
    VIOLENT,
    DeedKind,
    as_dateline,
    country_of,
    inferred_country,
    kind_of,
)
from coder.resolving.places_spans import PlaceSpan
from coder.resolving.places_told import is_topic, told_at
from coder.resolving.scene import Matched, Scene
from coder.types import Filler, When, Where

_NAMED = 0.5
"""Weight of a country whose actors a sentence names, among the evidence for namesakes."""


_CONDITIONS = frozenset({"if", "unless", "whether"})
_ABROAD = frozenset({"IGO", "PKO", "NGO"})
"""Sides that are struck outside of their country."""


class Setting:
    """Days and places of one article, read in order."""

    def __init__(
        self,
        places: PlaceFinder,
        reporting: Reporting,
        published: date,
        dateline: str | None = None,
    ) -> None:
        self.places, self.reporting, self.published = places, reporting, published
        self.dateline: Where | None = None
        self._dateline_spans: list[PlaceSpan] = []
        self._seen: list[PlaceSpan] = []
        self.lending = Lending()
        self._home: str | None = None
        self._named: set[str] = set()
        if dateline:
            self._read_dateline(dateline)

    @property
    def home(self) -> str | None:
        """The country that the article is about so far: that of its first placed deed."""
        if self._home is None:
            self._home = next((w.country for w in self.lending.places if w.country), None)
        return self._home

    @property
    def only(self) -> str | None:
        """The country that the article names, if it has named one and no other so far."""
        return next(iter(self._named)) if len(self._named) == 1 else None

    def name(self, countries: Iterable[str | None]) -> None:
        """Note countries that the article names, of places and of actors."""
        self._named.update(c for c in countries if c)

    def places_of(self, item: Matched) -> dict[int, Where]:
        """What the places of a sentence mean, by the first token of each."""
        context = self._context(item)
        self._seen += item.places
        return {s.start: resolve(s, context.without(s)) for s in item.places}

    def where(
        self, scene: Scene, deed: Deed, slots: Mapping[str, Sequence[Filler]], *, speech: bool
    ) -> tuple[Where, ...]:
        """The places of a deed, the main one first; inferred from its sides if none is stated."""
        sources = set(deed.slots.get("source", ()))
        if speech or is_a(deed.type, "reduce.sanction") or is_a(deed.type, "reduce.aid"):
            chosen = self._of_statement(scene, deed, sources)
        else:
            chosen = self._of_deed(scene, deed, sources)
        found = list(dict.fromkeys(scene.wheres[s.start] for s in chosen))
        if found:
            main = main_place(found)
            return tuple(sorted(found, key=lambda w: w is not main))
        kind = kind_of(deed.type)
        if kind not in VIOLENT or kind is None:
            return ()
        return self._inferred(kind, slots, self.dateline)

    def supplied(
        self,
        deed: Deed,
        slots: Mapping[str, Sequence[Filler]],
        where: tuple[Where, ...],
        speaker: Filler | None,
    ) -> tuple[Where, ...]:
        """The places of a deed whose sides are settled: where nothing places it, the country that
        the sides give, as inferred."""
        kind = kind_of(deed.type)
        if where or kind is None:
            return where
        dateline = self.dateline
        acts = country_of(slots, "source")
        if kind != "force" and (acts is None or dateline is None or dateline.country != acts):
            dateline = None  # who speaks of a country from another one is not placed there
        if dateline is not None and kind != "force":
            return (as_dateline(dateline),)
        found = self._inferred(kind, slots, dateline)
        told = speaker.actor.country if speaker is not None and speaker.actor else None
        if not found and kind in ("force", "defence") and told is not None and told != acts:
            # "Drones came in from X, Y's air force said": whoever counts them is who was hit.
            return self._inferred("own", {"source": (speaker,)} if speaker else {}, None)
        return found

    def _inferred(
        self, kind: DeedKind, slots: Mapping[str, Sequence[Filler]], dateline: Where | None
    ) -> tuple[Where, ...]:
        target, source = country_of(slots, "target"), country_of(slots, "source")
        guess = inferred_country(self.places.gazetteer, kind, target, source, dateline)
        return (guess,) if guess is not None else ()

    def _of_deed(self, scene: Scene, deed: Deed, sources: set[int]) -> list[PlaceSpan]:
        """The places of a deed that is not said: its own, else those of its clause."""
        tree, words = scene.tree, self.places.words
        violent, deeds = kind_of(deed.type) in VIOLENT, scene.item.deeds
        own: list[PlaceSpan] = []
        near: list[PlaceSpan] = []
        for head in (deed.head, *(r.head for r in deed.results)):
            for span in places_for(tree, head, scene.item.places, words, sources):
                tie = relation(tree, head, span, words, sources)
                if tie in ("deed", "target", "modifier"):
                    own.append(span)
                elif not (tie == "loose" and _elsewhere(tree, deed, span.head, deeds, violent)):
                    near.append(span)
        return own or [s for s in near if not _of_no_deed(tree, s.head, scene.item.deeds)]

    def _of_statement(self, scene: Scene, deed: Deed, sources: set[int]) -> list[PlaceSpan]:
        """The places of a statement: where it was made, never those of what it speaks of."""
        tree, words, spans = scene.tree, self.places.words, scene.item.places
        own = [
            s
            for s in places_for(tree, deed.head, spans, words, sources)
            if relation(tree, deed.head, s, words, sources) in ("deed", "target", "modifier")
            and not is_topic(tree, deed.head, s)
        ]
        return own or told_at(tree, deed.head, deed.speaker, sources, spans, words, self.reporting)

    def complete(
        self,
        index: int,
        deed: Deed,
        slots: Mapping[str, Sequence[Filler]],
        when: When | None,
        where: tuple[Where, ...],
        *,
        same: bool,
    ) -> tuple[When | None, tuple[Where, ...]]:
        """Day and place of a deed in sentence `index`, with what earlier sentences lend. Talks and
        measures take a place only in a country of their own sides, unless the sentence goes on
        about the `same` people as the one before."""
        targets = slots.get("target", ())
        abroad = any(f.actor and f.actor.role in _ABROAD for f in targets)
        kind = kind_of(deed.type)
        sides = {country_of(slots, "source"), country_of(slots, "target")} - {None}
        court = is_a(deed.type, "legal") and not sides
        within = None if kind in VIOLENT or court else sides
        if same:
            within = None
        return self.lending.complete(index, when, where, abroad=abroad, within=within)

    def note(self, scene: Scene) -> None:
        """Remember the day and the places of a sentence that tells of no deed."""
        tree, words = scene.tree, self.places.words
        root = next((i for i in range(tree.n) if tree.heads[i] == i and tree.is_verb(i)), None)
        if root is None or self.reporting.is_report(tree, root):
            return
        when = date_for(tree, root, scene.dates, lambda i: self.reporting.is_report(tree, i))
        ties = ("deed", "target", "goal")
        spans = [
            s
            for s in places_for(tree, root, scene.item.places, words)
            if s.cue and relation(tree, root, s, words) in ties
        ]
        where = tuple(dict.fromkeys(scene.wheres[s.start] for s in spans))
        if when is not None and is_background(when, self.published):
            when = None
        self.lending.note(scene.sentence.index, when, where, NEXT)

    def _context(self, item: Matched) -> PlaceContext:
        """Places and actors' countries of the sentence and article, which tell namesakes apart."""
        named: dict[str, float] = {}
        for span in item.tree.spans.values():
            for entry in span.entries:
                code = getattr(entry.actor, "country", None)
                if code:
                    named[code] = named.get(code, 0.0) + _NAMED
        return place_context(item.places, self._seen, self._dateline_spans, named)

    def _read_dateline(self, dateline: str) -> None:
        name = dateline.split(",")[0].strip()
        name = name.title() if name.isupper() else name
        candidates = self.places.candidates(name)
        if candidates:
            span = PlaceSpan(-1, -1, -1, name, candidates)
            self._dateline_spans = [span]
            self.dateline = resolve(span, place_context(sentence=[span]), "dateline")


def _elsewhere(tree: Tree, deed: Deed, place: int, deeds: Sequence[Deed], violent: bool) -> bool:
    """Whether a place that a sentence only names belongs to something else: another noun of
    violence, a condition, or, for what happens at no particular spot, any other deed."""
    if _beside(tree, place, deeds):
        return True
    ways = [a for a in tree.ancestors(place) if tree.is_verb(a)]
    if any(tree.lower[m] in _CONDITIONS for a in ways for m in tree.kids(a, "mark")):
        return True
    own = {deed.head, *(r.head for r in deed.results)}
    others = {d.head for d in deeds if d.head not in own and not d.suppressed}
    nearest = next((a for a in tree.ancestors(place) if a in own | others), None)
    return not violent and nearest in others and nearest not in tree.ancestors(deed.head)


def _beside(tree: Tree, place: int, deeds: Sequence[Deed]) -> bool:
    """Whether a place stands at another noun of violence: "while the war in X goes on"."""
    if tree.deps[place] != "pobj" or tree.deps[tree.heads[place]] != "prep":
        return False
    governor = tree.heads[tree.heads[place]]
    return not tree.is_verb(governor) and any(governor == d.head for d in deeds)


def _of_no_deed(tree: Tree, place: int, deeds: Sequence[Deed]) -> bool:
    """Whether the nearest deed above a place did not happen: "stopped short of hitting X"."""
    undone = {
        d.head
        for d in deeds
        if d.qualifiers.status == "negated" and is_a(d.type, "assault") and not d.rule.effect
    }
    heads = {d.head for d in deeds}
    return next((a for a in tree.ancestors(place) if a in heads), None) in undone
