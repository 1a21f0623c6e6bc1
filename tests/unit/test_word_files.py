"""The bundled word files: agents, roles, kinds of things and armed groups."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pycountry
import pytest

from coder.codebook.actors import ActorEntry, load_actors
from coder.codebook.agents import AgentBook, lint_agents, load_agents, word_key
from coder.codebook.home import codebooks_dir
from coder.codebook.kinds import lint_kinds, load_kinds
from coder.errors import CoderError

KINDS = codebooks_dir() / "core" / "kinds.yaml"
ISO3 = {c.alpha_3 for c in pycountry.countries} | {"XKX"}
INTERS = {
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters",
    "Protesters", "Civilians", "External/Other forces",
}  # fmt: skip
# CAMEO roles that codes of agents are made of; INS and SEP are coded as REB.
ROLES = set(
    re.findall(
        r"[A-Z]{3}",
        """
GOV MIL COP SPY JUD LEG REB UAF CRM OPP PTY ELI CVL REF LAB AGR EDU BUS MED HLH NGO IGO INT UIS
""",
    )
)
WANTED_KINDS = set(
    re.findall(
        r"\w+",
        """
aircraft drone missile shell_weapon bomb_weapon grenade suicide_weapon firearm blade
chemical crowd_weapon other_weapon vehicle_military vehicle ship warship facility_military
facility_civil infrastructure place_noun natural_force disease medical sport art
business_thing tech cyber animal weather abstract accident time document money goods
event_peaceful body_part building crime_ordinary violence_noun
""",
    )
)


@pytest.fixture(scope="module")
def agents() -> AgentBook:
    return load_agents(codebooks_dir() / "actors")


@pytest.fixture(scope="module")
def groups() -> list[ActorEntry]:
    book = load_actors(codebooks_dir() / "actors")
    return [
        entry
        for entry, (path, _) in zip(book.entries, book.origins, strict=True)
        if path.name == "armed_groups.yaml"
    ]


@pytest.fixture(scope="module")
def kinds() -> dict[str, frozenset[str]]:
    return load_kinds(KINDS)


def test_every_role_has_agents(agents: AgentBook) -> None:
    words = Counter(group.role for _, group in agents.words())
    assert set(words) == ROLES
    assert min(words.values()) >= 50
    assert sum(words.values()) >= 1500
    assert set(agents.roles) >= ROLES
    assert {role.inter for role in agents.roles.values()} <= INTERS


def test_agents_are_clean(agents: AgentBook) -> None:
    assert lint_agents(agents) == []


def test_only_names_have_capitals(agents: AgentBook, kinds: dict[str, frozenset[str]]) -> None:
    words = {word for word, _ in agents.words()}
    lower = {token for word in words for token in word.split() if token == token.lower()}
    single = {word for word in words if " " not in word and word != word.lower()}
    assert {word for word in single if word.lower() in lower} == set()
    common = kinds["natural_force"] | kinds["accident"] | kinds["place_noun"] | kinds["money"]
    assert {word for word in common if word != word.lower()} == {
        "El Nino",
        "El Niño",
        "La Nina",
        "act of God",
        "Jewish settlement",
    }


@pytest.mark.parametrize(
    ("word", "role", "kind"),
    [
        ("soldier", "MIL", "armed"),
        ("police officer", "COP", "police"),
        ("prime minister", "GOV", "government"),
        ("lawmaker", "LEG", "legislature"),
        ("judge", "JUD", "judiciary"),
        ("insurgent", "REB", "nonstate_armed"),
        ("gunman", "UAF", "unidentified"),
        ("drug cartel", "CRM", "criminal"),
        ("opposition leader", "OPP", "opposition"),
        ("protester", "CVL", "protester"),
        ("rioter", "CVL", "rioter"),
        ("bishop", "CVL", "religious"),
        ("asylum-seeker", "REF", "refugee"),
        ("trade union", "LAB", "worker"),
        ("schoolteacher", "EDU", "education"),
        ("reporter", "MED", "media"),
        ("paramedic", "HLH", "medic"),
        ("cattle breeder", "AGR", "farmer"),
        ("peacekeeper", "IGO", "peacekeeper"),
        ("spymaster", "SPY", "spy"),
    ],
)
def test_role_and_kind_of_word(agents: AgentBook, word: str, role: str, kind: str) -> None:
    [group] = agents.find(word)
    assert (group.role, group.weak) == (role, False)
    assert kind in group.kinds


def test_form_is_among_the_kinds(agents: AgentBook) -> None:
    assert "person" in agents.find("soldier")[0].kinds
    assert "group" in agents.find("brigade")[0].kinds
    assert "body" in agents.find("ministry")[0].kinds


@pytest.mark.parametrize("word", ["force", "side", "party", "guard", "unit", "state", "officer"])
def test_ambiguous_words_are_weak(agents: AgentBook, word: str) -> None:
    assert [g.weak for g in agents.find(word)] == [True]


def test_hyphens_and_case_do_not_count(agents: AgentBook) -> None:
    assert agents.find("Vice-President") == agents.find("vice president") != ()
    assert word_key("workers’ co-operative") == "workers' co operative"


def test_peacekeepers_have_a_code_of_their_own(agents: AgentBook) -> None:
    assert agents.find("peacekeeper")[0].cameo == "IGOPKO"


def test_kinds_are_complete(kinds: dict[str, frozenset[str]]) -> None:
    assert WANTED_KINDS - set(kinds) == set()
    assert {kind: len(words) for kind, words in kinds.items() if len(words) < 20} == {}
    assert lint_kinds(KINDS) == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("quadcopter", {"drone"}),
        ("tank shell", {"shell_weapon"}),
        ("grenade", {"grenade"}),
        ("tear gas", {"crowd_weapon"}),
        ("earthquake", {"natural_force"}),
        ("heart attack", {"disease"}),
        ("machete", {"blade"}),
        ("stampede", {"accident"}),
        ("striker", {"sport"}),
        ("fuel tank", {"infrastructure"}),
    ],
)
def test_kinds_of_word(kinds: dict[str, frozenset[str]], word: str, expected: set[str]) -> None:
    assert {kind for kind, words in kinds.items() if word in words} == expected


def test_things_that_look_like_weapons_are_not(kinds: dict[str, frozenset[str]]) -> None:
    weapons = kinds["missile"] | kinds["bomb_weapon"] | kinds["firearm"] | kinds["shell_weapon"]
    assert weapons & (kinds["sport"] | kinds["art"] | kinds["animal"] | kinds["disease"]) == set()


def test_there_are_enough_armed_groups(groups: list[ActorEntry]) -> None:
    assert len(groups) >= 800
    assert len({g.country for g in groups}) >= 80
    assert len({g.id for g in groups}) == len(groups)


def test_armed_groups_have_codes(groups: list[ActorEntry]) -> None:
    assert {g.country for g in groups} - ISO3 - {None} == set()
    assert [g.id for g in groups if g.country is None and g.cameo is None] == []
    assert [g.id for g in groups if g.inter is None or g.role is None] == []
    assert {g.cameo for g in groups} == {None, "IMGISI", "IMGALQ"}


def test_no_word_means_two_armed_groups(groups: list[ActorEntry]) -> None:
    words = Counter(word for g in groups for word in g.words)
    assert [word for word, n in words.items() if n > 1] == []


def test_words_of_armed_groups_are_names(groups: list[ActorEntry]) -> None:
    short = re.compile(r"[a-z]{1,3}")
    assert [w for g in groups for w in g.words if short.fullmatch(w)] == []


@pytest.mark.parametrize(
    ("word", "code", "inter"),
    [
        ("Islamic State", "IMGISI", "Rebel group"),
        ("ISWAP", "IMGISI", "Rebel group"),
        ("al-Qaeda", "IMGALQ", "Rebel group"),
        ("Hamas", "PSEREB", "Rebel group"),
        ("Hezbollah", "LBNREB", "Rebel group"),
        ("Houthis", "YEMREB", "Rebel group"),
        ("M23", "CODREB", "Rebel group"),
        ("al Shabaab", "SOMREB", "Rebel group"),
        ("ADF", "UGAREB", "Rebel group"),
        ("PKK", "TURREB", "Rebel group"),
        ("IRA", "GBRREB", "Rebel group"),
        ("FARC", "COLREB", "Rebel group"),
        ("Kataib Hezbollah", "IRQREB", "Political militia"),
        ("Boko Haram", "NGAREB", "Rebel group"),
        ("JNIM", "MLIREB", "Rebel group"),
        ("CODECO", "CODUAF", "Identity militia"),
        ("Anti-Balaka", "CAFUAF", "Identity militia"),
        ("Tamil Tigers", "LKAREB", "Rebel group"),
        ("Naxalites", "INDREB", "Rebel group"),
        ("Contras", "NICREB", "Rebel group"),
        ("Clan del Golfo", "COLCRM", "Political militia"),
        ("Janjaweed", "SDNREB", "Political militia"),
    ],
)
def test_code_of_armed_group(groups: list[ActorEntry], word: str, code: str, inter: str) -> None:
    [entry] = [g for g in groups if word in g.words]
    assert (entry.cameo_at(), entry.inter_at()) == (code, inter)


def test_the_taliban_change_sides(groups: list[ActorEntry]) -> None:
    [taliban] = [g for g in groups if g.id == "taliban"]
    assert taliban.cameo_at(date(2021, 8, 14)) == "AFGREB"
    assert taliban.cameo_at(date(2021, 8, 15)) == "AFGGOV"


def test_groups_of_many_countries_float(groups: list[ActorEntry]) -> None:
    floating = {g.id for g in groups if g.floating}
    assert {"jnim", "mai_mai", "lra", "fulani_militia"} <= floating
    assert {"hamas", "farc"} & floating == set()


def _write(folder: Path, agents: str) -> Path:
    about = "about: {title: t, facts_from: f, terms: t}\n"
    (folder / "agents.yaml").write_text(about + agents, encoding="utf-8")
    role = "{label: Army, kinds: [armed], sector: MIL, inter: State forces}"
    (folder / "roles.yaml").write_text(about + f"roles:\n  MIL: {role}\n", encoding="utf-8")
    return folder


def test_unknown_keys_are_refused(tmp_path: Path) -> None:
    text = "agents:\n  - {role: MIL, form: person, kinds: [], words: [soldier], weight: 3}\n"
    with pytest.raises(CoderError) as error:
        load_agents(_write(tmp_path, text))
    assert error.value.code == "E221"
    assert f"{tmp_path / 'agents.yaml'}:3" in str(error.value)


def test_lint_finds_repeated_words_and_two_roles(tmp_path: Path) -> None:
    text = (
        "agents:\n"
        "  - {role: MIL, form: person, kinds: [], words: [co-pilot, co pilot]}\n"
        "  - {role: REB, form: person, kinds: [], words: [Co-Pilot]}\n"
        "  - {role: REB, form: person, kinds: [], weak: true, words: [co-pilot]}\n"
    )
    found = lint_agents(load_agents(_write(tmp_path, text)))
    assert [(f.code, f.place.rsplit(":", 1)[1]) for f in found] == [
        ("repeated-word", "3"),
        ("unknown-role", "4"),
        ("two-roles", "4"),
        ("unknown-role", "5"),
    ]


def test_lint_finds_words_that_stand_twice_in_a_kind(tmp_path: Path) -> None:
    file = tmp_path / "kinds.yaml"
    file.write_text(
        "about: {title: t, facts_from: f, terms: t}\n"
        "kinds:\n"
        "  drone: [sea drone, sea-drone]\n"
        "  ship: [sea drone]\n",
        encoding="utf-8",
    )
    assert [(f.code, f.text) for f in lint_kinds(file)] == [
        ("repeated-word", "sea-drone stands twice in drone")
    ]
