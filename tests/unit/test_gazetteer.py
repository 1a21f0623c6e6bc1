"""The gazetteer: names and their keys, candidates, the data files, the cache."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pycountry
import pytest

from coder.codebook import gazetteer_build
from coder.codebook.gazetteer import Gazetteer, load_gazetteer
from coder.codebook.gazetteer_build import build_index, index_key
from coder.codebook.gazetteer_cache import cache_dir, cached, read_cache, write_cache
from coder.codebook.gazetteer_data import read_place_data
from coder.codebook.gazetteer_names import fold, key_of, useful_alternate
from coder.codebook.home import codebooks_dir
from coder.errors import CoderError
from tests.gazetteer_sample import gazetteer

FOLDER = codebooks_dir() / "places"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ségou", "segou"),
        ("Sa'dah", "sadah"),
        ("Deir ez-Zor", "deir al zor"),
        ("El Fasher", "al fasher"),
        ("al-Fasher", "al fasher"),
        ("St. Petersburg", "saint petersburg"),
        ("Łódź", "lodz"),
        ("Ağdam", "agdam"),
        ("Diyarbakır", "diyarbakir"),
        ("U.S.", "us"),
        ("Al", "al"),
    ],
)
def test_key(name: str, key: str) -> None:
    assert key_of(name, {"al", "el", "ez"}) == key


@pytest.mark.parametrize(
    ("name", "useful"),
    [
        ("Kharkov", True),
        ("Port-Soudan", True),
        ("HRK", False),
        ("IEV", False),
        ("Харьков", False),
        ("ha er ke fu", False),
        ("Kiő", False),
        ("Bûr Sûdân", True),
    ],
)
def test_useful_alternate(name: str, useful: bool) -> None:
    assert useful_alternate(name) is useful


@pytest.mark.parametrize(
    ("name", "country", "admin1", "level"),
    [
        ("Baalbek", "LBN", "Baalbek-Hermel", "town"),
        ("Omdurman", "SDN", "Khartoum", "town"),
        ("Goma", "COD", "North Kivu", "town"),
        ("Kiev", "UKR", "Kyiv City", "town"),
        ("Maiduguri", "NGA", "Borno", "town"),
        ("al-Fasher", "SDN", "North Darfur", "town"),
        ("Tikrit", "IRQ", "Salah al-Din", "town"),
        ("Culiacán", "MEX", "Sinaloa", "town"),
        ("Culiacan", "MEX", "Sinaloa", "town"),
        ("Centre-Nord", "BFA", "Centre-Nord", "admin1"),
        ("Rakhine", "MMR", "Rakhine", "admin1"),
        ("Tigray", "ETH", "Tigray", "admin1"),
        ("Zamfara", "NGA", "Zamfara", "admin1"),
        ("Red Sea", "YEM", None, "sea"),
        ("Second Thomas Shoal", "PHL", None, "exact"),
        ("Strait of Hormuz", "IRN", None, "sea"),
        ("Golan Heights", "SYR", "Golan Heights", "admin1"),
        ("Bekaa Valley", "LBN", "Bekaa Valley", "admin1"),
        ("Kutupalong", "BGD", None, "exact"),
    ],
)
def test_first_candidate(name: str, country: str, admin1: str | None, level: str) -> None:
    first = gazetteer().lookup(name)[0]
    assert (first.country, first.admin1, first.level) == (country, admin1, level)


def test_main_names_come_first_and_larger_ones_before() -> None:
    towns = [p for p in gazetteer().lookup("Tripoli") if p.level == "town" and not p.alternate]
    assert [p.country for p in towns[:2]] == ["LBY", "LBN"]
    assert towns[0].population > towns[1].population


def test_unknown_name_has_no_candidates() -> None:
    assert gazetteer().lookup("Qwxzyburg") == ()


def test_town_and_region_of_one_name_share_their_spellings() -> None:
    levels = {p.level for p in gazetteer().lookup("Hodeidah") if p.country == "YEM"}
    assert levels == {"town", "admin1"}


def test_a_territory_is_a_region_of_its_state() -> None:
    place = gazetteer().country("HKG")
    assert place is not None
    assert (place.country, place.level, place.admin1) == ("CHN", "admin1", "Hong Kong")


def test_every_country_has_a_middle() -> None:
    codes = {c.alpha_3 for c in pycountry.countries} | {"XKX"}
    assert {c for c in codes if gazetteer().country(c) is None} == set()
    assert gazetteer().country("QQQ") is None
    sudan = gazetteer().country("SDN")
    assert sudan is not None
    assert (sudan.name, sudan.latitude, sudan.longitude) == ("Sudan", 15.5, 30.2)


def test_data_is_large_enough_and_refers_to_known_countries() -> None:
    data = read_place_data(FOLDER)
    assert len(data.regions) >= 900
    assert len(data.features) >= 250
    assert len(data.countries) == 250
    assert {r.country for r in data.regions} <= set(data.countries)
    assert {f.country for f in data.features} - {None} <= set(data.countries)


def test_capital_lies_in_its_region() -> None:
    wrong = []
    for region in read_place_data(FOLDER).regions:
        places = gazetteer().lookup(region.capital)
        if not any((p.country, p.admin1) == (region.country, region.name) for p in places):
            wrong.append((region.country, region.name, region.capital))
    assert wrong == []


def test_nearly_every_town_of_a_country_at_war_has_a_region() -> None:
    for code in ("SDN", "UKR", "NGA", "COD", "SYR", "MMR", "YEM", "MLI"):
        got = (
            gazetteer()
            ._db.execute(
                "SELECT count(*), count(admin1) FROM place WHERE country = ? AND level = 'town'",
                (code,),
            )
            .fetchone()
        )
        assert got[1] / got[0] > 0.95, code


def test_a_start_is_fast_and_small() -> None:
    gazetteer()
    code = (
        "import time, resource, coder.codebook.gazetteer as g\n"
        "m = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "t = time.process_time(); g.load_gazetteer(); t = time.process_time() - t\n"
        "print(t, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - m) / 1024)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, run.stdout.split())
    assert seconds < 0.3
    assert megabytes < 150


def test_lookup_is_fast() -> None:
    g = gazetteer()
    names = ["Baalbek", "Nowhereville", "Idlib", "Red Sea"]
    for name in names:
        g.lookup(name)
    start = time.process_time()
    for _ in range(5_000):
        for name in names:
            g.lookup(name)
    assert (time.process_time() - start) / 20_000 < 20e-6


# --- the cache ------------------------------------------------------------------------------


class Build:
    """A build that counts its calls."""

    def __init__(self, image: bytes = b"image") -> None:
        self.calls, self.image = 0, image

    def __call__(self) -> bytes:
        self.calls += 1
        return self.image


def cache_file(folder: Path) -> Path:
    [path] = folder.iterdir()
    return path


def test_cache_is_built_once(tmp_path: Path) -> None:
    build = Build()
    folder = tmp_path / "deep" / "cache"
    assert cached("k", build, folder) == b"image"
    assert cached("k", build, folder) == b"image"
    assert build.calls == 1
    assert [p.name for p in folder.iterdir()] == [cache_file(folder).name]


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "magic", "grow"])
def test_damaged_cache_is_built_anew(tmp_path: Path, harm: str) -> None:
    cached("k", Build(), tmp_path)
    path = cache_file(tmp_path)
    body = path.read_bytes()
    path.write_bytes(
        {
            "flip": body[:-1] + bytes([body[-1] ^ 1]),
            "cut": body[:-2],
            "empty": b"",
            "magic": b"x" + body[1:],
            "grow": body + b"x",
        }[harm]
    )
    build = Build()
    assert cached("k", build, tmp_path) == b"image"
    assert build.calls == 1
    assert path.read_bytes() == body


def test_cache_of_another_key_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "g.bin"
    write_cache(path, "old", b"image")
    assert read_cache(path, "old") == b"image"
    assert read_cache(path, "new") is None
    assert read_cache(path, "ol") is None


def test_unwritable_cache_works_in_memory(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    build = Build()
    assert cached("k", build, blocker / "cache") == b"image"
    assert cached("k", build, blocker / "cache") == b"image"
    assert build.calls == 2


def test_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_cache(tmp_path / "g.bin", "k", b"image")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("env", "path"),
    [
        ({"EVENT_CODER_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, "/a"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/event-coder"),
        ({}, str(Path("~/.cache/event-coder").expanduser())),
    ],
)
def test_cache_dir(env: dict[str, str], path: str) -> None:
    assert cache_dir(env) == Path(path)


# --- building -------------------------------------------------------------------------------


def city(name: str, country: str, population: int, *alternates: str, code: str = "05") -> Any:
    return {
        "geonameid": population, "name": name, "latitude": 1.0, "longitude": 2.0,
        "countrycode": country, "population": population, "admin1code": code,
        "alternatenames": list(alternates),
    }  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_alternates_of_small_towns_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    cities = [
        city("Bigtown", "SY", 20_000, "Grossstadt", "BGT"),
        city("Smalltown", "SY", 9_000, "Kleinstadt"),
    ]
    monkeypatch.setattr(gazetteer_build, "_cities", lambda: iter(cities))
    g = Gazetteer(build_index(FOLDER))
    assert [p.name for p in g.lookup("Grossstadt")] == ["Bigtown"]
    assert g.lookup("Grossstadt")[0].alternate
    assert g.lookup("BGT") == g.lookup("Kleinstadt") == ()
    assert not g.lookup("Smalltown")[0].alternate


def test_build_is_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    cities = [city("Xanburg", "SD", 700), city("El Xanto", "SD", 3_000)]
    monkeypatch.setattr(gazetteer_build, "_cities", lambda: iter(cities))
    image = build_index(FOLDER)
    assert image == build_index(FOLDER)
    assert [p.name for p in Gazetteer(image).lookup("Xanto")] == ["El Xanto"]


def test_key_changes_with_the_data(copy: Path) -> None:
    before = index_key(copy)
    assert before == index_key(FOLDER)
    with (copy / "stop.yaml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert index_key(copy) != before


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("features.yaml", "level: sea", "level: lake", "`level` must be one of"),
        ("features.yaml", "lat: 18.0", "lat: 98.0", "`lat` must be -90.0 to 90.0"),
        ("features.yaml", "name: Red Sea, ", "", "`name` is missing or empty"),
        ("admin1.yaml", "lat: ", "lat: x", "`lat` must be -90.0 to 90.0"),
        ("countries.yaml", "ABW: {lat: 12.5, ", "ABW: {", "`lat` is missing or empty"),
        ("words.yaml", "strong:", "strongest:", "the list `strong` is missing"),
        ("stop.yaml", "never:", "ever:", "the list `never` is missing"),
        ("features.yaml", "features:", "places:", "the list `features` is missing"),
    ],
)
def test_wrong_data_is_refused_with_its_line(
    copy: Path, name: str, old: str, new: str, why: str
) -> None:
    path = copy / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CoderError) as error:
        read_place_data(copy)
    assert error.value.code == "E230"
    assert error.value.place.startswith(str(path))
    assert why in error.value.text


def test_missing_file_is_named(copy: Path) -> None:
    (copy / "words.yaml").unlink()
    with pytest.raises(CoderError) as error:
        load_gazetteer(copy, copy / "cache")
    assert (error.value.code, error.value.place) == ("E230", str(copy / "words.yaml"))


def test_image_that_is_no_database_is_refused() -> None:
    with pytest.raises(sqlite3.DatabaseError):
        Gazetteer(b"not a database" * 100)


def test_fold_keeps_letters_of_other_scripts() -> None:
    assert fold("Киев") == "киев"


def test_capitals_are_known() -> None:
    capital = gazetteer().capital("NPL")
    assert capital is not None
    assert (capital.name, capital.capital) == ("Kathmandu", True)
    assert gazetteer().capital("XXX") is None
    assert [p.capital for p in gazetteer().lookup("Valletta")][:1] == [True]
    assert not any(p.capital for p in gazetteer().lookup("Birgu"))
