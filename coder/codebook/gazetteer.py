"""The gazetteer: names of places to candidates.

Cities of 500 people and more from GeoNames, first-order regions, countries' middles, and the
seas, camps, valleys and disputed areas of `codebooks/places`.

>>> g = load_gazetteer()  # doctest: +SKIP
>>> [(p.country, p.admin1) for p in g.lookup("Baalbek")]  # doctest: +SKIP
[('LBN', 'Baalbek-Hermel')]
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder.codebook.gazetteer_build import build_index, index_key
from coder.codebook.gazetteer_cache import cache_dir, cached
from coder.codebook.gazetteer_names import fold, key_of
from coder.codebook.home import codebooks_dir
from coder.types import GeoLevel

_MEMO = 200_000
_FIND = (
    "SELECT p.name, p.country, p.admin1, p.latitude, p.longitude, p.level, p.population,"
    " p.geonames_id, p.capital, n.rank FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
    " ORDER BY n.rank, p.population DESC, p.id"
)
_COUNTRY = (
    "SELECT p.name, p.country, p.admin1, p.latitude, p.longitude, p.level, p.population,"
    " p.geonames_id, p.capital, 0 FROM country c JOIN place p ON p.id = c.place WHERE c.code = ?"
)


_CAPITAL = (
    "SELECT p.name, p.country, p.admin1, p.latitude, p.longitude, p.level, p.population,"
    " p.geonames_id, p.capital, 0 FROM place p WHERE p.country = ? AND p.capital"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a name can mean.

    `country` is ISO 3166 alpha-3 (None for seas that are no one's), `admin1` the name of the
    region it lies in (itself for a region) or None; degrees are WGS84; `population` is 0
    where it has no meaning; `alternate` says that the name asked for is not its main one,
    `capital` that it is its country's.
    """

    name: str
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    level: GeoLevel
    population: int = 0
    geonames_id: str | None = None
    alternate: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The lists of `words.yaml` and `stop.yaml`; `types` maps a noun to a level.

    `stop_names` are folded names that need a cue, `never` folded names that are no places,
    `phrases` folded names of other things that hold a place's name, by their first word;
    `starts` first words of names of several words, `tails` those of names that end in a
    lower-case word, with the number of words.
    """

    lists: dict[str, frozenset[str]]
    types: dict[str, GeoLevel]
    never: frozenset[str]
    stop_names: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    starts: frozenset[str]
    tails: dict[str, int]


class Gazetteer:
    """Lookup over an index that `build_index` made; answers are remembered.

    Not shared between threads; each process of a pool loads its own.
    """

    def __init__(self, image: bytes) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.deserialize(image)
        self._keys: dict[str, str] = {}
        self._memo: dict[str, tuple[Place, ...]] = {}
        self._countries: dict[str, Place | None] = {}
        self._capitals: dict[str, Place | None] = {}
        self.words = self._words()
        self.articles = self.words.lists["articles"]

    def key(self, name: str) -> str:
        """The key of a name, see `gazetteer_names.key_of`."""
        key = self._keys.get(name)
        if key is None:
            if len(self._keys) >= _MEMO:
                self._keys.clear()
            key = self._keys[name] = key_of(name, self.articles)
        return key

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places of a name: main names before alternates, larger before smaller.

        A name with an Arabic article is also tried without it. Unknown names give ().
        """
        key = self.key(name)
        got = self._memo.get(key)
        if got is None:
            got = self._ask(key)
            if not got and key.startswith("al ") and len(key) > 6:
                got = self._ask(key[3:])
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            self._memo[key] = got
        return got

    def country(self, iso3: str) -> Place | None:
        """The country as a place at its middle, or None for an unknown code."""
        if iso3 not in self._countries:
            row = self._db.execute(_COUNTRY, (iso3,)).fetchone()
            self._countries[iso3] = None if row is None else _place(row)
        return self._countries[iso3]

    def capital(self, iso3: str) -> Place | None:
        """The capital of a country, or None where none is known."""
        if iso3 not in self._capitals:
            row = self._db.execute(_CAPITAL, (iso3,)).fetchone()
            self._capitals[iso3] = None if row is None else _place(row)
        return self._capitals[iso3]

    def _ask(self, key: str) -> tuple[Place, ...]:
        return tuple(_place(row) for row in self._db.execute(_FIND, (key,)))

    def _words(self) -> PlaceWords:
        meta = {name: json.loads(value) for name, value in self._db.execute("SELECT * FROM meta")}
        stop: dict[str, list[str]] = meta["stop"]
        phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in stop["inside"]:
            words = tuple(fold(phrase).split())
            phrases.setdefault(words[0], []).append(words)
        return PlaceWords(
            lists={k: frozenset(w.lower() for w in v) for k, v in meta["words"].items()},
            types=meta["types"],
            never=frozenset(fold(w) for w in stop["never"]),
            stop_names=frozenset(fold(w) for w in (*stop["words"], *stop["persons"])),
            phrases={k: tuple(sorted(v, key=len, reverse=True)) for k, v in phrases.items()},
            starts=frozenset(meta["starts"]),
            tails=meta["tails"],
        )


def _place(row: tuple[Any, ...]) -> Place:
    name, country, admin1, latitude, longitude, level, population, number, capital, rank = row
    where = (name, country, admin1, latitude, longitude, level, population, number)
    return Place(*where, alternate=bool(rank), capital=bool(capital))


def load_gazetteer(folder: Path | None = None, cache: Path | None = None) -> Gazetteer:
    """The gazetteer of `folder` (the bundled `codebooks/places`), kept in `cache`.

    The first load builds the index (some seconds); later ones take about a tenth of a second
    and 80 MB. Raises CoderError E230 for a wrong entry of the data files.
    """
    places = folder if folder is not None else codebooks_dir() / "places"
    keep = cache if cache is not None else cache_dir()
    return Gazetteer(cached(index_key(places), lambda: build_index(places), keep))
