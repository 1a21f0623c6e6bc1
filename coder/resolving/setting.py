"""The setting of an article's deeds: the place of each, and what earlier sentences lend later ones.

A deed's own place comes from the parse, then from its clause, then from the sentences before,
then by inference from the sides and the dateline; its day likewise from the sentences before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.matching.types import is_a
from coder.resolving.places import PlaceFinder
from coder.resolving.places_choose import (
    DeedKind,
    PlaceContext,
    inferred_country,
    main_place,
    place_context,
    resolve,
)
from coder.resolving.places_deed import places_for, relation
from coder.resolving.places_spans import PlaceSpan
from coder.resolving.scene import Matched, Scene
from coder.types import Filler, When, Where

_REACH = 3
"""For how many sentences a day and a place that were stated hold for deeds that state none."""
_NAMED = 0.5
"""Weight of a country whose actors a sentence names, among the evidence for namesakes."""
_KINDS: dict[str, DeedKind] = {
    "assault": "force",
    "mass_violence": "force",
    "abduct": "force",
    "property": "force",
    "territory": "force",
    "disrupt": "protest",
    "coerce": "protest",
    "protest": "protest",
}
"""How the place of a deed is inferred where the text names none, by the root of its type."""


class Setting:
    """Days and places of one article, read in order."""

    def __init__(self, places: PlaceFinder, dateline: str | None) -> None:
        self.places = places
        self.dateline: Where | None = None
        self._dateline_spans: list[PlaceSpan] = []
        self._seen: list[PlaceSpan] = []
        self._day: tuple[int, When] | None = None
        self._place: tuple[int, tuple[Where, ...]] | None = None
        self._home: str | None = None
        self._named: set[str] = set()
        if dateline:
            self._read_dateline(dateline)

    @property
    def home(self) -> str | None:
        """The country that the article is about so far: that of its first placed deed."""
        if self._home is None and self._place is not None:
            self._home = next((w.country for w in self._place[1] if w.country), None)
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
        return {s.start: resolve(s, context) for s in item.places}

    def where(
        self, scene: Scene, deed: Deed, slots: Mapping[str, Sequence[Filler]], *, speech: bool
    ) -> tuple[Where, ...]:
        """The places of a deed, the main one first; inferred from its sides if none is stated."""
        tree, words = scene.tree, self.places.words
        sources = set(deed.slots.get("source", ()))
        own: list[PlaceSpan] = []
        near: list[PlaceSpan] = []
        for head in (deed.head, *(r.head for r in deed.results)):
            for span in places_for(tree, head, scene.item.places, words, sources):
                tie = relation(tree, head, span, words, sources)
                if tie in ("deed", "target", "modifier"):
                    own.append(span)
                elif not (tie == "loose" and _beside(tree, span.head, scene.item.deeds)):
                    near.append(span)
        near = [s for s in near if not _of_no_deed(tree, s.head, scene.item.deeds)]
        chosen = own or ([] if speech else near)
        found = list(dict.fromkeys(scene.wheres[s.start] for s in chosen))
        if found:
            main = main_place(found)
            return tuple(sorted(found, key=lambda w: w is not main))
        kind = next((k for root, k in _KINDS.items() if is_a(deed.type, root)), None)
        if kind is None:
            return ()
        gazetteer = self.places.gazetteer
        guess = inferred_country(
            gazetteer, kind, _country(slots, "target"), _country(slots, "source"), self.dateline
        )
        return (guess,) if guess is not None else ()

    def lend(
        self, index: int, when: When | None, where: tuple[Where, ...]
    ) -> tuple[When | None, tuple[Where, ...]]:
        """Day and place of a deed in sentence `index`, from the sentences before where it states
        none; what it states is lent to the next ones. The first deed of a sentence counts."""
        if when is not None:
            if self._day is None or self._day[0] != index:
                self._day = (index, when)
        elif self._day is not None and index - self._day[0] <= _REACH:
            when = replace(self._day[1], basis="context", start_token=-1, end_token=-1)
        if any(w.basis == "stated" for w in where):
            if self._place is None or self._place[0] != index:
                self._place = (index, where)
        elif self._place is not None and index - self._place[0] <= _REACH:
            before = self._place[1]
            known = next((w.country for w in where if w.country and w.basis == "inferred"), None)
            if known is None or any(w.country == known for w in before):
                where = tuple(replace(w, basis="inferred") for w in before)
        return when, where

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


def _country(slots: Mapping[str, Sequence[Filler]], slot: str) -> str | None:
    return next((f.actor.country for f in slots.get(slot, ()) if f.actor and f.actor.country), None)
