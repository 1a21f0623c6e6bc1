"""A matched sentence, and what resolving knows of it while it works on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.resolving.places_spans import PlaceSpan
from coder.types import Actor, Count, Sentence, When, Where


@dataclass(frozen=True, slots=True)
class Matched:
    """A sentence with its tree, its deeds and the places found in it."""

    sentence: Sentence
    tree: Tree
    deeds: tuple[Deed, ...]
    places: tuple[PlaceSpan, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether a deed of the sentence is a mention of its own."""
        return any(not deed.suppressed for deed in self.deeds)


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence being resolved.

    `dates` are looked for only where the sentence tells of a deed; `wheres` gives the place meant
    by the first token of a span, `countries` the country (ISO 3166 alpha-3) of each token of a
    place name; `tolls` are counts that stand beside the
    deeds, by the heads of these; `actors` remembers what heads were resolved to.
    """

    item: Matched
    dates: Sequence[When]
    wheres: Mapping[int, Where]
    countries: Mapping[int, str]
    tolls: Mapping[int, Sequence[Count]] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)

    @property
    def tree(self) -> Tree:
        return self.item.tree

    @property
    def sentence(self) -> Sentence:
        return self.item.sentence
