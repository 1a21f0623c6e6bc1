"""The four bundled ontologies: whole, free of ties, and coding as the schemes' manuals say."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from coder.codebook.load import Ontology
from coder.codebook.model import Code, CodebookFile
from coder.codebook.yamlio import load_yaml
from coder.coding.code import OntologyCoder
from coder.types import Actor, ArticleEvent, Count, Mention

ROOT = Path(__file__).parents[2]
BOOKS = ROOT / "codebooks"
IDS = ("strikes", "cameo", "plover", "acled")
FILES = {i: CodebookFile.model_validate(load_yaml(BOOKS / f"{i}.yaml")) for i in IDS}
# 20 roots and 296 codes of manual 1.1b3
N_LABELS = {"strikes": 4, "cameo": 316, "plover": 16, "acled": 25}
PLOVER_MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation "
    "cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives "
    "suicide-attack aerial drone heavy-weapons crowd-control unconventional",
}


def patterns(code: Code) -> list[tuple[str, ...]]:
    return [(t,) for t in code.from_] + list(code.chain)


def documented_types() -> set[str]:
    page = (ROOT / "docs" / "core-types.md").read_text(encoding="utf-8").split("\n## Chains", 1)[0]
    return set(re.findall(r"^\| `([a-z_.]+)` \|", page, flags=re.M))


@pytest.mark.parametrize("book", IDS)
def test_head_and_labels(book: str) -> None:
    file = FILES[book]
    assert file.codebook is not None
    assert file.codebook.id == book
    assert file.codebook.version == "1.0.0"
    assert file.codebook.title
    assert file.codebook.facts_from
    assert file.codebook.terms
    assert len(file.labels) == N_LABELS[book]
    parents = {label.parent for label in file.labels.values() if label.parent}
    assert parents <= set(file.labels)


@pytest.mark.parametrize("book", IDS)
def test_codes_have_labels_and_are_reached(book: str) -> None:
    file = FILES[book]
    assert file.codebook is not None
    used = {code.code for code in file.codes}
    assert used <= set(file.labels)
    left_out = set(file.labels) - used
    noted = set(re.findall(r"\w+", file.codebook.notes))
    assert left_out - noted == set()


def test_only_headings_of_cameo_are_not_reached() -> None:
    used = {code.code for code in FILES["cameo"].codes}
    assert set(FILES["cameo"].labels) - used == {f"{n:02}" for n in range(1, 21)}


@pytest.mark.parametrize("book", IDS)
def test_every_line_matches_something_and_no_two_tie(book: str) -> None:
    for code in FILES[book].codes:
        assert patterns(code), code
    seen = Counter((p, code.when) for code in FILES[book].codes for p in patterns(code))
    assert [key for key, n in seen.items() if n > 1] == []


@pytest.mark.parametrize("book", IDS)
def test_types_are_documented(book: str) -> None:
    known = documented_types()
    asked = {t.removesuffix(".*") for code in FILES[book].codes for p in patterns(code) for t in p}
    asked |= {t.removesuffix(".*") for code in FILES[book].codes for t in code.when.with_}
    assert asked - known == set()


def test_core_types_are_documented() -> None:
    core = set()
    for file in sorted((BOOKS / "core").glob("*.yaml")):
        data = load_yaml(file)
        core |= set(data.get("types") or {})
    assert len(core) > 30
    assert core - documented_types() == set()


@pytest.mark.parametrize("book", IDS)
def test_rules_asked_for_exist(book: str) -> None:
    ids = {
        rule["id"]
        for file in (BOOKS / "core").glob("*.yaml")
        for rule in load_yaml(file).get("rules") or ()
    }
    assert {r for code in FILES[book].codes for r in code.when.rule} - ids == set()


@pytest.mark.parametrize("book", IDS)
def test_kinds_and_roles_asked_for_exist(book: str) -> None:
    roles = load_yaml(BOOKS / "actors" / "roles.yaml")["roles"]
    kinds = {k for role in roles.values() for k in role["kinds"]} | {"country", "group"}
    kinds |= set(load_yaml(BOOKS / "core" / "kinds.yaml")["kinds"])
    for group in load_yaml(BOOKS / "actors" / "agents.yaml")["agents"]:
        kinds |= set(group["kinds"]) if "kinds" in group else set()
    for file in (BOOKS / "core").glob("*.yaml"):
        kinds |= set(load_yaml(file).get("kind_groups") or {})
    inter = {role["inter"] for role in roles.values()}
    for code in FILES[book].codes:
        when = code.when
        for kind in (*when.source, *when.target, *when.not_source, *when.not_target):
            assert kind in kinds or kind.removeprefix("inter:") in inter, (code.code, kind)
        assert set(when.source_role) | set(when.target_role) <= set(roles), code.code
        assert set(when.inter) <= inter, code.code


def test_plover_modes_are_those_of_the_type() -> None:
    for code in FILES["plover"].codes:
        assert set(code.modes) <= set(PLOVER_MODES.get(code.code, "").split()), code


def test_scores() -> None:
    cameo, plover, acled = (FILES[i].labels for i in ("cameo", "plover", "acled"))
    assert {r: cameo[r].quad_class for r in ("01", "057", "09", "10", "145", "15", "2042")} == {
        "01": "1", "057": "1", "09": "2", "10": "3", "145": "3", "15": "4", "2042": "4",
    }  # fmt: skip
    assert (cameo["195"].score, cameo["0871"].score, cameo["138"].score) == ("-10.0", "9.0", "-7.0")
    assert all(label.extra["root"] == code[:2] for code, label in cameo.items())
    assert (plover["ACCUSE"].score, plover["SANCTION"].quad_class) == ("-3.0", "4")
    assert Counter(label.extra["event_type"] for label in acled.values()) == {
        "Battles": 3, "Explosions/Remote violence": 6, "Protests": 3, "Riots": 2,
        "Strategic developments": 8, "Violence against civilians": 3,
    }  # fmt: skip


# --- whole events through the coder -------------------------------------------------------------


def coder_of(book: str) -> OntologyCoder:
    file = FILES[book]
    assert file.codebook is not None
    return OntologyCoder(Ontology(file.codebook, file.labels, file.codes, (), ()))


CODERS = {book: coder_of(book) for book in IDS}


def person(cameo: str | None, role: str | None, kinds: str) -> Actor:
    return Actor("x", "x", cameo, (cameo or "")[:3] or None, role, kinds=frozenset(kinds.split()))


PEOPLE = {
    "army": person("SYRMIL", "MIL", "armed state_force"),
    "police": person("KENCOP", "COP", "armed state_force police"),
    "country": person("ISR", None, "country state armed state_force"),
    "rebels": person("SYRREB", "REB", "armed nonstate_armed"),
    "gunmen": person("UAF", "UAF", "armed nonstate_armed unidentified"),
    "villagers": person("MOZCVL", "CVL", "civilian group"),
    "protesters": person("KENCVL", "CVL", "civilian protester"),
    "opposition": person("KENOPP", "OPP", "civilian opposition"),
    "mosque": person(None, None, "facility_civil"),
}


def event(
    chain: str, source: str = "", target: str = "", *, killed: int | None = None, rule: str = "r",
    trigger: str = "", completion: str = "completed", reciprocal: bool = False,
) -> ArticleEvent:  # fmt: skip
    types = tuple(chain.split(">"))
    counts = () if killed is None else (Count("killed", killed, killed, killed, str(killed)),)
    mention = Mention(
        "m", "a", 0, types[0], rule, trigger, 0, 1, 0, {}, types,
        completion=completion, reciprocal=reciprocal, counts=counts,  # type: ignore[arg-type]
    )  # fmt: skip
    who = [tuple(PEOPLE[w] for w in words.split()) for words in (source, target)]
    return ArticleEvent("e", "a", types[0], (mention,), who[0], who[1], None, (), counts)


def coded(e: ArticleEvent, *others: ArticleEvent) -> str:
    """`cameo PLOVER modes | acled | strikes` with - for no code."""
    found = {book: coder.code(e, others) for book, coder in CODERS.items()}
    code = {book: c.code if c else "-" for book, c in found.items()}
    modes = ";".join(found["plover"].modes) if found["plover"] else ""
    return f"{code['cameo']} {code['plover']} {modes or '-'} | {code['acled']} | {code['strikes']}"


@pytest.mark.parametrize(
    ("e", "expected"),
    [
        (
            event("assault.air_strike", "army", "rebels"),
            "195 ASSAULT aerial | Air/drone strike | air_strike",
        ),
        (event("assault.drone"), "1952 ASSAULT drone | Air/drone strike | drone_attack"),
        (
            event("assault.missile"),
            "194 ASSAULT heavy-weapons | Shelling/artillery/missile attack | -",
        ),
        (
            event("assault.missile.cruise"),
            "1951 ASSAULT aerial | Shelling/artillery/missile attack | -",
        ),
        (
            event("assault", "country", rule="strike.noun", trigger="strikes"),
            "195 ASSAULT aerial | Air/drone strike | air_strike",
        ),
        (
            event("assault", "country", "country", trigger="attack"),
            "190 ASSAULT - | Armed clash | -",
        ),
        (event("assault", "army", "rebels"), "190 ASSAULT - | Armed clash | -"),
        (event("assault", "rebels", "villagers"), "190 ASSAULT - | Attack | -"),
        (event("assault", "", "villagers"), "180 ASSAULT - | Attack | -"),
        (event("assault", "gunmen", "villagers"), "180 ASSAULT - | Attack | -"),
        (event("assault.small_arms", "gunmen", "villagers"), "180 ASSAULT firearms | Attack | -"),
        (event("assault.small_arms", "rebels", "army"), "193 ASSAULT firearms | Armed clash | -"),
        (
            event("assault.small_arms", "police", "protesters"),
            "175 ASSAULT firearms | Excessive force against protesters | -",
        ),
        (event("assault.clash", "army", "rebels"), "190 ASSAULT - | Armed clash | -"),
        (
            event("assault.clash", "protesters", "police"),
            "145 PROTEST riot | Violent demonstration | -",
        ),
        (event("assault.kill", "", "villagers", killed=3), "180 ASSAULT - | Attack | -"),
        (event("assault.kill", "army", "villagers", killed=3), "190 ASSAULT - | Attack | -"),
        (event("assault.physical", "", "villagers"), "182 ASSAULT beat | Attack | -"),
        (
            event("assault.physical", "", "villagers", killed=1, trigger="stabbed"),
            "1823 ASSAULT primitive | Attack | -",
        ),
        (
            event("assault.physical", "villagers", "villagers", killed=2),
            "1823 ASSAULT beat | Mob violence | -",
        ),
        (event("assault.bomb"), "183 ASSAULT explosives | Remote explosive/landmine/IED | -"),
        (
            event("assault.bomb", "", "mosque"),
            "1834 ASSAULT explosives | Remote explosive/landmine/IED | -",
        ),
        (
            event("assault.bomb.suicide", "", "mosque"),
            "1831 ASSAULT suicide-attack | Suicide bomb | -",
        ),
        (event("assault.grenade"), "183 ASSAULT explosives | Grenade | -"),
        (event("assault.chemical"), "2041 ASSAULT unconventional | Chemical weapon | -"),
        (event("assault.assassinate"), "186 ASSAULT targeted | Attack | -"),
        (event("assault.assassinate", completion="attempted"), "185 ASSAULT targeted | Attack | -"),
        (event("abduct.hijack"), "181 ASSAULT abduct | Abduction/forced disappearance | -"),
        (event("disrupt.intercept", "army"), "190 ASSAULT - | Disrupted weapons use | -"),
        (
            event("territory.gain", "rebels", "army"),
            "192 COERCE seize | Non-state actor overtakes territory | -",
        ),
        (
            event("territory.gain", "army", "rebels"),
            "192 COERCE seize | Government regains territory | -",
        ),
        (event("territory.handover"), "192 COERCE seize | Non-violent transfer of territory | -"),
        (
            event("property.destroy", "army"),
            "1712 ASSAULT destroy | Looting/property destruction | -",
        ),
        (event("coerce.arrest", "police", "opposition"), "173 COERCE arrest | Arrests | -"),
        (event("coerce.arrest", "police", "villagers"), "173 COERCE arrest | - | -"),
        (event("coerce.seize", "rebels"), "1711 COERCE seize | Looting/property destruction | -"),
        (
            event("base_established", "rebels"),
            "154 MOBILIZE militia | Headquarters or base established | -",
        ),
        (
            event("base_established", "army"),
            "154 MOBILIZE troops | Headquarters or base established | -",
        ),
    ],
)
def test_deeds(e: ArticleEvent, expected: str) -> None:
    assert coded(e) == expected


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ("threaten.retaliation", "138 THREATEN violence | - | statement_of_retaliation"),
        (
            "threaten.retaliation>assault.missile",
            "1384 THREATEN violence | - | statement_of_retaliation",
        ),
        ("threaten>assault.air_strike", "1384 THREATEN violence | - | -"),
        ("threaten>assault", "138 THREATEN violence | - | -"),
        ("threaten>coerce.blockade", "1381 THREATEN restrict | - | -"),
        ("threaten>territory.gain", "1382 THREATEN territory | - | -"),
        ("threaten>assault.chemical", "1385 THREATEN violence | - | -"),
        ("threaten>coerce.ban", "1322 THREATEN - | - | -"),
        ("threaten>reduce.expel.peacekeepers", "136 THREATEN expel | - | -"),
        ("threaten>statement", "130 THREATEN - | - | -"),
        ("threaten.warn", "130 THREATEN - | - | -"),
        ("threaten.defy", "1246 REJECT yield | - | -"),
        ("threaten.ultimatum>reduce.expel_envoy", "139 THREATEN expel | - | -"),
        ("claim>assault.bomb.suicide", "015 - - | - | -"),
        ("deny>assault.shelling", "016 - - | - | -"),
        ("decline_comment", "011 - - | - | -"),
        ("accuse>assault.shelling", "1123 ACCUSE allege | - | -"),
        ("accuse>mass_violence.cleanse", "1124 ACCUSE allege | - | -"),
        ("accuse>coerce.torture", "1122 ACCUSE allege | - | -"),
        ("accuse", "112 ACCUSE allege | - | -"),
        ("condemn>assault", "111 ACCUSE disapprove | - | -"),
        ("protest_formally", "114 ACCUSE disapprove | - | -"),
        ("appeal>yield.ceasefire", "0256 REQUEST yield | - | -"),
        ("appeal>aid.humanitarian", "0233 REQUEST assist | - | -"),
        ("appeal>consult.negotiate", "026 REQUEST meet | - | -"),
        ("appeal>reduce.sanction", "020 REQUEST - | - | -"),
        ("demand>yield.ceasefire", "1056 REQUEST yield | - | -"),
        ("demand>yield.release.persons", "1053 REQUEST yield | - | -"),
        ("demand>yield.ease_sanctions", "1054 REQUEST yield | - | -"),
        ("demand>yield.resign", "1041 REQUEST change | - | -"),
        ("demand>investigate.rights", "1013 REQUEST assist | - | -"),
        ("intend>aid.military", "0332 AGREE - | - | -"),
        ("intend>yield.allow.inspectors", "0355 CONCEDE - | - | -"),
        ("intend>consult.mediate", "039 AGREE - | - | -"),
        ("reject>yield.ease_sanctions", "1244 REJECT yield | - | -"),
        ("reject>appeal>yield.ease_sanctions", "1244 REJECT yield | - | -"),
        ("reject>demand>yield.resign", "1231 REJECT change | - | -"),
        ("reject>yield.ceasefire", "1246 REJECT yield | - | -"),
        ("reject>yield.ceasefire.offer", "127 REJECT meet | - | -"),
        ("reject>intend>yield.ceasefire", "127 REJECT meet | - | -"),
        ("reject>appeal>statement", "120 REJECT - | - | -"),
        ("reject.veto>reduce.sanction", "129 REJECT yield | - | -"),
        ("yield.ceasefire", "0871 CONCEDE - | - | ceasefire_announcement"),
        ("yield.ceasefire.offer", "0356 CONCEDE - | - | ceasefire_announcement"),
        ("yield.ceasefire.broken", "196 ASSAULT - | - | -"),
        ("yield.suspend_attacks", "087 RETREAT ceasefire | - | ceasefire_announcement"),
        ("yield.resign", "0831 RETREAT resign | - | -"),
        ("protest.strike>demand>yield.resign", "1431 PROTEST strike | - | -"),
        ("protest.boycott", "143 PROTEST boycott | - | -"),
        ("protest.demonstration>yield.release.persons", "1413 PROTEST demo | Peaceful protest | -"),
        ("protest.roadblock>yield.reform.policy", "1442 PROTEST obstruct | Peaceful protest | -"),
        ("protest.riot", "145 PROTEST riot | Violent demonstration | -"),
        ("protest.mob", "145 PROTEST riot | Mob violence | -"),
        ("force.cyber", "155 MOBILIZE weapons | - | -"),
        ("legal.convict", "116 SANCTION convict | - | -"),
        ("reduce.sanction", "163 SANCTION discontinue | - | -"),
        ("mass_violence.expel", "201 COERCE deport | Other | -"),
        ("nowhere", "- - - | - | -"),
    ],
)
def test_chains(chain: str, expected: str) -> None:
    assert coded(event(chain)) == expected


def test_agreement_only_between_parties() -> None:
    assert CODERS["acled"].code(event("yield.ceasefire", "army"), ()) is None
    for e in (
        event("yield.ceasefire", "army", "rebels"),
        event("yield.ceasefire", reciprocal=True),
    ):
        coding = CODERS["acled"].code(e, ())
        assert coding is not None
        assert coding.code == "Agreement"


@pytest.mark.parametrize(
    ("chain", "company", "expected"),
    [
        ("protest.demonstration", "coerce.repress", "Protest with intervention"),
        ("protest.demonstration", "coerce.repress.lethal", "Excessive force against protesters"),
        ("protest.demonstration", "aid", "Peaceful protest"),
        ("coerce.repress", "protest.demonstration", "Protest with intervention"),
        ("coerce.repress", "protest.riot", "Violent demonstration"),
        ("coerce.curfew", "protest.riot", "Other"),
        ("coerce.curfew", "aid", "-"),
        ("yield.resign", "protest.demonstration", "Other"),
    ],
)
def test_company(chain: str, company: str, expected: str) -> None:
    coding = CODERS["acled"].code(event(chain), (event(company),))
    assert (coding.code if coding else "-") == expected
