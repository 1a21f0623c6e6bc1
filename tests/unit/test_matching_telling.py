"""Deeds of stories, games, memory and private life are left out; as news the same ones stay."""

from __future__ import annotations

import pytest

from coder.lines import code_lines
from coder.pipeline import Coder, Options

CODER = Coder(Options(codebooks=("cameo",)))


def events(text: str) -> list[str]:
    [line] = code_lines(CODER, [{"id": "a", "published": "2024-05-06", "text": text}])
    return [e["chain"] for e in line["events"]]


@pytest.mark.parametrize(
    ("left_out", "coded"),
    [
        ("In the novel, rebels storm a fort near Goma.", "Rebels stormed a fort near Goma."),
        ("Ten years after rebels had shelled Aden, a school opened.", "Rebels shelled Aden."),
        ("A plaque in Derry shows where soldiers shot a man.", "Soldiers shot a man in Derry."),
        ("Soldiers in Gao fired practice rockets at the range.",
         "Soldiers in Gao fired rockets at the village."),
        ("Reports of an attack in Lima proved to be a hoax.", "An attack in Lima killed two men."),
        ("The hall in Kyiv looked as though an army had shelled it.",
         "An army shelled the hall in Kyiv."),
        ("Residents of Oslo dreamt that rebels had bombed the port.",
         "Rebels bombed a port in Oslo."),
        ("Wales ambushed Ireland to win 2-1 in Cardiff.", "Rebels ambushed soldiers in Cardiff."),
        ("The gunner, who bombed Hamburg in his youth, has died in Kent.",
         "Gunners shelled Hamburg on Sunday."),
        ("A soldier killed his wife in Accra.", "A soldier killed a protester in Accra."),
        ("Gunmen shot a man dead in Lagos in a row over a debt.",
         "Gunmen shot a man dead in Lagos."),
        ("A burglar stabbed a nurse to death in Lyon.", "Rebels stabbed a nurse to death in Lyon."),
        ("A court in Oran jailed a clerk for forging cheques.",
         "A court in Oran jailed an opposition leader for insulting the president."),
        ("A soldier from Bonn shot himself.", "A soldier from Bonn shot a rebel."),
        ("A drug killed nine cancer cells in Basel.", "Rebels killed nine policemen in Basel."),
        ("Teachers in Chad strike every September.", "Teachers in Chad are on strike."),
        ("People in Goma flee when rebels shell the town.",
         "Two people in Goma are killed when rebels shell the town."),
        ("The ministers of the bloc meet twice a year in Lome.",
         "Ministers of Togo and Ghana met in Lome."),
        ("The monsoon is in full retreat from Kerala.",
         "The rebels are in full retreat from Kerala."),
        ("Smartphones have staged a coup in the markets of Ghana.",
         "Officers have staged a coup in Ghana."),
        ("In 1415 soldiers from England attacked the camp at Arras.",
         "In 2023 soldiers from Chad attacked the camp at Maroua."),
    ],
)  # fmt: skip
def test_told_as_news_or_not(left_out: str, coded: str) -> None:
    assert events(left_out) == []
    assert events(coded) != []


def test_a_text_that_names_nothing_is_generic() -> None:
    assert events("Villagers beat three men to death.") == []
    assert events("Villagers in Chad beat three men to death.") != []


@pytest.mark.parametrize(
    "text",
    [
        "A series of air strikes killed twelve people in Gaza.",
        "A wave of air strikes hit Aleppo on Monday, killing nine people.",
        "A truck bomb exploded in Mogadishu, killing five people.",
        "An Israeli air strike killed his three sons in Gaza.",
        "Rebels killed his brother in Bunia.",
        "Al Shabaab fighters attacked a village in Galgadud during a festival.",
        "Police fired tear gas at protesters in Istanbul during a festival.",
        "Bandits killed eleven people in Zamfara and fled with goods.",
        "Russia vetoed a resolution on Syria on Monday; the vote was 13-1.",
        "Gunmen attacked Pakistani police in Lahore during a cricket match.",
    ],
)
def test_war_and_politics_stay(text: str) -> None:
    assert events(text) != []
