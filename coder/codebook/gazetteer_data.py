"""Our own data on places: `codebooks/places/*.yaml`, read and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from coder.codebook.yamlio import Lines, line_of, load_with_lines, load_yaml
from coder.errors import E230, CoderError
from coder.types import GeoLevel

FILES = ("admin1.yaml", "countries.yaml", "features.yaml", "stop.yaml", "words.yaml")
_LEVELS = frozenset(get_args(GeoLevel))
_STOPS = ("never", "words", "persons", "inside", "drop")
_LISTS = (
    "strong", "weak", "away", "goals", "origins", "moving", "units", "parts", "quarters",
    "natives", "topics", "links", "compass", "articles", "inside", "joins", "reporting",
    "witness", "taking", "adjectival",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """A first-order region; `code` is its admin1 code in GeoNames."""

    name: str
    country: str
    code: str
    capital: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A sea, camp, valley, disputed area ...; `country` is None where it belongs to no one."""

    name: str
    level: GeoLevel
    country: str | None
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceData:
    """All of `codebooks/places`.

    `countries` maps ISO3 to (latitude, longitude), `part_of` a territory to the country that
    it is coded as a region of, `types` a noun of place to a level; `words` and `stop` are the
    other lists of words.yaml and stop.yaml.
    """

    regions: tuple[Region, ...]
    features: tuple[Feature, ...]
    countries: Mapping[str, tuple[float, float]]
    part_of: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    types: Mapping[str, GeoLevel]
    stop: Mapping[str, tuple[str, ...]]


def data_digest(folder: Path) -> str:
    """Hash of the files (32 hex characters): whoever edits one gets a new gazetteer.

    Raises CoderError E230 for a file that is not there.
    """
    digest = hashlib.blake2b(digest_size=16)
    for name in FILES:
        path = folder / name
        try:
            body = path.read_bytes()
        except OSError as error:
            raise CoderError(E230, place=str(path), why=error.strerror or str(error)) from error
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()


def read_place_data(folder: Path) -> PlaceData:
    """The five files of `folder`; raises CoderError E230 with `file:line` for a wrong entry."""
    words = dict(_section(folder / "words.yaml", None, _LISTS))
    countries = _countries(folder / "countries.yaml")
    types: dict[str, GeoLevel] = {}
    for level, nouns in _section(folder / "words.yaml", "types", ()).items():
        if level not in _LEVELS:
            raise CoderError(
                E230, place=str(folder / "words.yaml"), why=f"`types` has the unknown level {level}"
            )
        types.update({noun: cast(GeoLevel, level) for noun in nouns})
    return PlaceData(
        regions=_regions(folder / "admin1.yaml"),
        features=_features(folder / "features.yaml"),
        countries={code: e.at for code, e in countries.items()},
        part_of={code: e.text("part_of") for code, e in countries.items() if "part_of" in e.value},
        words={k: tuple(words[k]) for k in _LISTS},
        types=types,
        stop={k: tuple(v) for k, v in _section(folder / "stop.yaml", None, _STOPS).items()},
    )


def _section(path: Path, key: str | None, needed: tuple[str, ...]) -> dict[str, Any]:
    """The mapping of a file, or of one key of it, with the needed keys as lists."""
    data = load_yaml(path)
    if key is not None:
        data = data.get(key) if isinstance(data, dict) else None
    if not isinstance(data, dict):
        raise CoderError(E230, place=str(path), why=f"`{key or 'the file'}` must be a mapping")
    for name in needed:
        if not isinstance(data.get(name), list):
            raise CoderError(E230, place=str(path), why=f"the list `{name}` is missing")
    return data


class _Entry:
    """One mapping of a file, with its place for messages."""

    def __init__(self, path: Path, lines: Lines, where: tuple[str | int, ...], value: Any) -> None:
        self.place = f"{path}:{line_of(lines, where)}"
        if not isinstance(value, dict):
            raise CoderError(E230, place=self.place, why="an entry must be a mapping of keys")
        self.value: dict[str, Any] = value

    def text(self, key: str) -> str:
        got = self.value.get(key)
        if not isinstance(got, str) or not got:
            raise CoderError(E230, place=self.place, why=f"`{key}` is missing or empty")
        return got

    def mapping(self, key: str) -> dict[str, Any]:
        got = self.value.get(key)
        if not isinstance(got, dict):
            raise CoderError(E230, place=self.place, why=f"`{key}` must be a mapping")
        return got

    def degrees(self, key: str, limit: float) -> float:
        try:
            got = float(self.text(key))
        except ValueError:
            got = limit + 1
        if not -limit <= got <= limit:
            raise CoderError(E230, place=self.place, why=f"`{key}` must be {-limit} to {limit}")
        return got

    @property
    def at(self) -> tuple[float, float]:
        return self.degrees("lat", 90.0), self.degrees("lon", 180.0)

    @property
    def aliases(self) -> tuple[str, ...]:
        got = self.value.get("aliases", [])
        if not isinstance(got, list) or not all(isinstance(x, str) for x in got):
            raise CoderError(E230, place=self.place, why="`aliases` must be a list of names")
        return tuple(got)


def _regions(path: Path) -> tuple[Region, ...]:
    data, lines = load_with_lines(path)
    out = []
    for country in _Entry(path, lines, (), data).mapping("admin1"):
        regions = _Entry(path, lines, ("admin1",), data["admin1"]).mapping(country)
        for name, value in regions.items():
            e = _Entry(path, lines, ("admin1", country, name), value)
            out.append(Region(name, country, e.text("code"), e.text("capital"), *e.at, e.aliases))
    return tuple(out)


def _features(path: Path) -> tuple[Feature, ...]:
    data, lines = load_with_lines(path)
    out = []
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise CoderError(E230, place=str(path), why="the list `features` is missing")
    for i, value in enumerate(features):
        e = _Entry(path, lines, ("features", i), value)
        level = e.text("level")
        if level not in _LEVELS:
            raise CoderError(E230, place=e.place, why=f"`level` must be one of {sorted(_LEVELS)}")
        country = e.text("country") if "country" in e.value else None
        out.append(Feature(e.text("name"), cast(GeoLevel, level), country, *e.at, e.aliases))
    return tuple(out)


def _countries(path: Path) -> dict[str, _Entry]:
    data, lines = load_with_lines(path)
    return {
        code: _Entry(path, lines, ("countries", code), value)
        for code, value in _Entry(path, lines, (), data).mapping("countries").items()
    }
