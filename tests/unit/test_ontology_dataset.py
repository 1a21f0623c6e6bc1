"""From sentences to the columns of a dataset: what the ontologies need beside their codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coder.build import BuildOptions, build
from coder.store.query import query

TEXTS = {
    "claim": "A car bomb killed six people in Quetta on Monday. The Baloch Liberation Army claimed "
    "responsibility for the attack.",
    "denial": "Shells hit a market in Donetsk on Tuesday. Russia denied shelling the market.",
    "truce": "A ceasefire brokered by Qatar between Chad and Sudan came into force on Sunday.",
    "meeting": "Peru and Chile held talks in Lima on Thursday.",
    "visit": "The Kenyan president visited Uganda on Friday.",
    "battle": "Clashes broke out between the army and Boko Haram in Diffa in Niger on Saturday. "
    "The army shelled Boko Haram in Diffa on Saturday.",
    "march": "Students marched in Dakar on Wednesday. "
    "Police fired tear gas at the students in Dakar on Wednesday.",
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ontology")
    lines = [
        json.dumps({"id": name, "published": "2024-03-15", "text": text})
        for name, text in TEXTS.items()
    ]
    (folder / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([str(folder / "in.jsonl")], folder / "out", BuildOptions(workers=1, cache=False))
    return folder / "out"


def asked(dataset: Path, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = query(dataset, sql).to_pylist()
    return found


def test_claims_and_denials_lead_to_their_events(dataset: Path) -> None:
    sql = """
        SELECT said.cameo, said.source, deed.cameo AS deed, c.disputed
        FROM claims AS c
        JOIN events_cameo AS said ON said.event_id = c.event_id
        JOIN events_cameo AS deed ON deed.event_id = c.speaks_of_event
        ORDER BY said.cameo"""
    assert asked(dataset, sql) == [
        {"cameo": "015", "source": "PAKREB", "deed": "1832", "disputed": False},
        {"cameo": "016", "source": "RUS", "deed": "194", "disputed": True},
    ]
    (bomb,) = asked(dataset, "SELECT source FROM events_cameo WHERE cameo = '1832'")
    assert bomb["source"] == "PAKREB"


def test_a_truce_has_parties_stage_and_mediator(dataset: Path) -> None:
    sql = "SELECT stage, party_codes, mediator, announcer FROM ceasefires"
    assert asked(dataset, sql) == [
        {"stage": "in force", "party_codes": "SDN;TCD", "mediator": "Qatar", "announcer": None}
    ]


def test_a_meeting_stands_in_both_directions(dataset: Path) -> None:
    sql = """
        SELECT mirror, cameo, source, target, goldstein, quad_class FROM events_cameo
        WHERE country = 'PER' ORDER BY mirror"""
    there = {"mirror": False, "cameo": "040", "source": "PER", "target": "CHL"}
    back = {"mirror": True, "cameo": "040", "source": "CHL", "target": "PER"}
    scores = {"goldstein": 1.0, "quad_class": 1}
    assert asked(dataset, sql) == [there | scores, back | scores]


def test_who_visits_is_hosted(dataset: Path) -> None:
    sql = (
        "SELECT cameo, source, target, label, goldstein FROM events_cameo WHERE {} ORDER BY mirror"
    )
    visit = {"cameo": "042", "source": "KENGOV", "target": "UGA", "label": "Make a visit"}
    hosted = {"cameo": "043", "source": "UGA", "target": "KENGOV", "label": "Host a visit"}
    both = [visit | {"goldstein": 1.9}, hosted | {"goldstein": 2.8}]
    assert asked(dataset, sql.format("country = 'UGA'")) == both
    pairs = asked(dataset, "SELECT cameo, source FROM dyads WHERE country = 'UGA' ORDER BY mirror")
    assert [(p["cameo"], p["source"]) for p in pairs] == [("042", "KENGOV"), ("043", "UGA")]


def test_shells_belong_to_the_battle_of_their_day(dataset: Path) -> None:
    sql = """
        SELECT sub_event_type, n_records, inter1, inter2, interaction, actor2, disorder_type
        FROM events_acled WHERE country = 'NER'"""
    assert asked(dataset, sql) == [
        {
            "sub_event_type": "Armed clash",
            "n_records": 2,
            "inter1": "State forces",
            "inter2": "Rebel group",
            "interaction": "State forces-Rebel group",
            "actor2": "Boko Haram",
            "disorder_type": "Political violence",
        }
    ]


def test_a_march_and_its_police_are_one_event_of_protesters(dataset: Path) -> None:
    sql = """
        SELECT sub_event_type, n_records, inter1, inter2, civilian_targeting
        FROM events_acled WHERE country = 'SEN'"""
    assert asked(dataset, sql) == [
        {
            "sub_event_type": "Protest with intervention",
            "n_records": 2,
            "inter1": "Protesters",
            "inter2": "State forces",
            "civilian_targeting": None,
        }
    ]


def test_civilian_targeting_is_a_column(dataset: Path) -> None:
    sql = """
        SELECT sub_event_type, event_type, actor1, inter1, inter2, civilian_targeting
        FROM events_acled WHERE country = 'PAK'"""
    assert asked(dataset, sql) == [
        {
            "sub_event_type": "Remote explosive/landmine/IED",
            "event_type": "Explosions/Remote violence",
            "actor1": "Baloch Liberation Army",
            "inter1": "Rebel group",
            "inter2": "Civilians",
            "civilian_targeting": "Civilian targeting",
        }
    ]
