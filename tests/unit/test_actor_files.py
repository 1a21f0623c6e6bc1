"""The actor dictionaries that come with the program, and their loader."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pycountry
import pytest

from coder.codebook.actors import ActorBook, ActorEntry, lint_actors, load_actors
from coder.codebook.agents import load_agents
from coder.errors import CoderError

FOLDER = Path(__file__).parents[2] / "codebooks" / "actors"
FORMER = {"YUG", "SCG", "CSK", "DDR", "ANT"}
ROLES = {
    *("AGR", "BUS", "COP", "CRM", "CVL", "DEV", "EDU", "ELI", "ENV", "GOV", "HLH", "HRI", "INS"),
    *("JUD", "LAB", "LEG", "MED", "MIL", "MOD", "OPP", "PTY", "RAD", "REB", "REF", "SEP", "SPY"),
    "UAF",
}


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors(FOLDER)


def write(folder: Path, *actors: str, name: str = "a.yaml") -> Path:
    about = "about: {title: T, facts_from: F, terms: T}\nactors:\n"
    (folder / name).write_text(about + "".join(f"  - {{{a}}}\n" for a in actors))
    return folder


def test_enough_of_each_kind(book: ActorBook) -> None:
    kinds = Counter(e.kind for e in book.entries)
    assert kinds["country"] >= 250
    assert kinds["organisation"] >= 250
    assert kinds["institution"] + kinds["party"] + kinds["movement"] >= 500
    assert kinds["person"] >= 1000
    assert kinds["ethnic"] + kinds["religious"] >= 150


def test_armed_groups_have_a_country_or_code_a_role_and_a_kind(book: ActorBook) -> None:
    groups = [e for e in book.entries if e.kind == "armed_group"]
    assert len(groups) >= 800
    assert all(g.role_at() for g in groups)
    assert sum(g.inter_at() is not None for g in groups) >= 800
    assert sum(len(g.words) > 1 for g in groups) >= 600


def test_leaders_and_state_bodies_of_most_countries(book: ActorBook) -> None:
    holders: dict[str, set[str | None]] = {}
    for entry in book.entries:
        for spell in entry.spells if entry.kind == "person" else ():
            holders.setdefault(spell.title or "", set()).add(spell.country or entry.country)
    rulers = holders["president"] | holders["prime minister"] | holders["monarch"]
    assert len(rulers) >= 120
    assert len(holders["foreign minister"] | holders["foreign secretary"]) >= 60
    defence = ("defence minister", "defence secretary", "defense secretary")
    assert len(set().union(*(holders[title] for title in defence))) >= 90
    bodies = Counter(e.role_at() for e in book.entries if e.kind == "institution")
    assert bodies["MIL"] >= 100
    assert bodies["COP"] >= 60
    assert bodies["SPY"] >= 30
    assert bodies["LEG"] >= 30
    assert sum(e.kind == "party" for e in book.entries) >= 300


def test_enough_agents() -> None:
    agents = load_agents(FOLDER)
    assert len(agents.by_word) >= 1500
    assert len(agents.patterns) >= 8


def test_nothing_repeated_and_no_word_with_two_meanings(book: ActorBook) -> None:
    assert lint_actors(book) == []


def test_every_iso_country_is_an_entry(book: ActorBook) -> None:
    wanted = {c.alpha_3 for c in pycountry.countries} | {"XKX", "SUN"} | FORMER
    assert {c for c in wanted if c not in book.by_id} == set()
    assert {c for c in wanted if book.by_id[c].kind != "country"} == set()


def test_codes_are_known(book: ActorBook) -> None:
    iso = {c.alpha_3 for c in pycountry.countries} | {"XKX"} | FORMER
    used = {(e.id, c) for e in book.entries for c in (e.country, *(s.country for s in e.spells))}
    assert {(i, c) for i, c in used if c is not None and c not in iso} == set()
    roles = {(e.id, r) for e in book.entries for r in (e.role, *(s.role for s in e.spells))}
    assert {(i, r) for i, r in roles if r is not None and r not in ROLES} == set()


def test_what_wires_call_a_country(book: ActorBook) -> None:
    words = {"US": "USA", "U.K.": "GBR", "DPRK": "PRK", "Burma": "MMR", "Ivory Coast": "CIV"}
    words |= {"Kyiv": "UKR", "Tel Aviv": "ISR", "Delhi": "IND", "The Hague": "NLD"}
    words |= {"Somaliland": "SOM", "Greenland": "DNK", "Hong Kong": "CHN", "Gaza": "PSE"}
    words |= {"Soviet Union": "RUS", "Crimea": "UKR", "Western Sahara": "ESH", "Vatican": "VAT"}
    words |= {"Polish": "POL", "Nigerien": "NER", "Nigerian": "NGA", "Lebanese": "LBN"}
    words |= {"Filipinos": "PHL", "Spaniards": "ESP", "Congolese": "COD", "Chechen": "RUS"}
    assert {w: [e.country for e in book.find(w)] for w in words} == {
        w: [country] for w, country in words.items()
    }


@pytest.mark.parametrize(
    ("word", "day", "cameo"),
    [
        ("Pentagon", None, "USAMIL"),
        ("Kremlin", None, "RUSGOV"),
        ("Mossad", None, "ISRSPY"),
        ("Quds Force", None, "IRNMIL"),
        ("Peshmerga", None, "IRQMIL"),
        ("Wagner", None, "RUSUAF"),
        ("UNIFIL", None, "IGOPKO"),
        ("Security Council", None, "IGOUNO"),
        ("ECOWAS", None, "IGOWAS"),
        ("Brussels", None, "IGOEUR"),
        ("Red Cross", None, "NGO"),
        ("Saudi-led coalition", None, "SAUMIL"),
        ("Muslim Brotherhood", None, "EGYOPP"),
        ("Fatah", None, "PSEPTY"),
        ("Rapid Support Forces", date(2019, 6, 3), "SDNMIL"),
        ("Rapid Support Forces", date(2023, 4, 15), "SDNREB"),
        ("Biden", date(2021, 1, 19), "USAELI"),
        ("Biden", date(2021, 1, 20), "USAGOV"),
        ("Biden", date(2025, 2, 10), "USAELI"),
        ("Guterres", date(2000, 5, 1), "PRTGOV"),
        ("Guterres", date(2024, 5, 1), "IGOUNO"),
        ("Gadhafi", date(2011, 10, 1), "LBYELI"),
        ("Zelenskyy", date(2022, 2, 24), "UKRGOV"),
        ("Suu Kyi", date(2010, 11, 13), "MMROPP"),
    ],
)
def test_codes_at_a_day(book: ActorBook, word: str, day: date | None, cameo: str) -> None:
    assert [e.cameo_at(day) for e in book.find(word, day)] == [cameo]


def test_a_shared_surname_means_the_office_holder_of_the_day(book: ActorBook) -> None:
    assert [e.name for e in book.find("Bush", date(1991, 1, 17))] == ["George H.W. Bush"]
    assert [e.name for e in book.find("Bush", date(2003, 3, 20))] == ["George W. Bush"]
    assert book.find("Bush", date(2010, 1, 1)) == ()


def test_international_office_has_no_country(book: ActorBook) -> None:
    (stoltenberg,) = book.find("Stoltenberg")
    assert stoltenberg.country_at(date(2010, 1, 1)) == "NOR"
    assert stoltenberg.country_at(date(2020, 1, 1)) is None
    assert stoltenberg.cameo_at(date(2020, 1, 1)) == "IGONAT"


def test_lint_finds_repeated_ids_and_shared_words(tmp_path: Path) -> None:
    write(
        tmp_path,
        "id: A, name: A, kind: country, country: SRB, words: [Alfa], adjectives: [Alfan]",
        "id: B, name: B, kind: country, country: SRB, words: [Beta], adjectives: [Alfan]",
        "id: A, name: C, kind: country, country: FRA, words: [Gamma], until: 2000",
        "id: D, name: D, kind: party, country: FRA, words: [Gamma], from: 2000-01-01",
        "id: E, name: E, kind: country, country: ITA, words: [Beta], demonyms: [Alfan]",
    )
    found = [(f.code, f.place.rsplit("/")[-1], f.text) for f in lint_actors(load_actors(tmp_path))]
    assert found == [
        ("repeated-id", "a.yaml:5", "A stands twice"),
        ("shared-word", "a.yaml:7", '"Alfan" means A (adjectives) and E (demonyms)'),
        ("shared-word", "a.yaml:7", '"Alfan" means B (adjectives) and E (demonyms)'),
        ("shared-word", "a.yaml:7", '"Beta" means B (words) and E (words)'),
    ]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("id: X, name: X, kind: country, words: [X], colour: red", "colour"),
        ("id: X, name: X, kind: planet, words: [X]", "kind"),
        ("id: X, name: X, kind: party", "no words"),
        ("id: X, name: X, kind: party, words: [X], country: France", "country"),
        ("id: X, name: X, kind: party, words: [X], from: 2001, until: 2000", "not before"),
        ("id: X, name: X, kind: party, words: [X], from: 2001-13", "month must be in"),
        ("id: X, name: X, kind: party, words: [X], from: lately", "not a date"),
        ("id: X, name: X, kind: party, words: [X], start: 2001", "start"),
        ("id: X, name: X, kind: person, words: [X Y], office_words: [X]", "need spells"),
        ("name: X, kind: party, words: [X]", "id"),
    ],
)
def test_wrong_entries_are_refused_with_their_line(tmp_path: Path, entry: str, why: str) -> None:
    write(tmp_path, "id: A, name: A, kind: party, words: [Alfa]", entry)
    with pytest.raises(CoderError) as error:
        load_actors(tmp_path)
    assert error.value.code == "E210"
    assert error.value.place == f"{tmp_path / 'a.yaml'}:4"
    assert why in error.value.text


def test_folders_and_heads(tmp_path: Path) -> None:
    with pytest.raises(CoderError) as empty:
        load_actors(tmp_path)
    assert empty.value.code == "E211"
    (tmp_path / "other.yaml").write_text("agents: []\n")
    write(tmp_path, "id: A, name: A, kind: party, words: [Alfa]")
    assert len(load_actors(tmp_path)) == 1
    (tmp_path / "b.yaml").write_text("actors: []\n")
    with pytest.raises(CoderError) as headless:
        load_actors(tmp_path)
    assert headless.value.code == "E210"


def test_dates_of_a_year_or_month_are_first_days() -> None:
    entry = ActorEntry.model_validate(
        {
            "id": "x",
            "name": "X",
            "kind": "party",
            "words": ["X"],
            "from": "2001",
            "until": "2002-05",
        }
    )
    assert (entry.start, entry.until) == (date(2001, 1, 1), date(2002, 5, 1))
    assert [entry.covers(date(2002, m, d)) for m, d in ((4, 30), (5, 1))] == [True, False]
