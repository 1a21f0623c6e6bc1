"""Actors: how nationalities, organisations and roles make CAMEO codes."""

from __future__ import annotations

import pytest

from coder.resolving.found import Found, compose, country_only, strip_determiner
from tests.coding_sample import DAY, actor_of, at, coder, tagged

CODES = {
    # a nationality and an agent
    "Iraqi police": "IRQCOP",
    "the French foreign minister": "FRAGOV",
    "Russian troops": "RUSMIL",
    "the Syrian government": "SYRGOV",
    "Nigerian soldiers": "NGAMIL",
    "the US military": "USAMIL",
    "the Somali parliament": "SOMLEG",
    "Egyptian judges": "EGYJUD",
    "Palestinian civilians": "PSECVL",
    "Chinese students": "CHNEDU",
    "a German journalist": "DEUMED",
    "the Colombian president": "COLGOV",
    "Ethiopian federal police": "ETHCOP",
    "the Kenyan opposition leader": "KENOPP",
    "Pakistani security forces": "PAKCOP",
    "the Indian navy": "INDMIL",
    "Yemeni refugees": "YEMREF",
    "Polish workers": "POLLAB",
    "the Philippine defence secretary": "PHLGOV",
    "two Israeli soldiers": "ISRMIL",
    "Saudi officials": "SAUGOV",
    "a group of Afghan fighters": "AFGREB",
    "the Venezuelan attorney general": "VENGOV",
    "Bangladeshi labour unions": "BGDLAB",
    "Rwandan intelligence officers": "RWASPY",
    "a Peruvian court": "PERJUD",
    "a Lebanese army officer": "LBNMIL",
    # a name of the dictionaries, by itself or with people of it
    "the Israeli army": "ISRMIL",
    "Hezbollah fighters": "LBNREB",
    "Hamas leaders": "PSEREB",
    "a Taliban spokesman": "AFGGOV",
    "Islamic State militants": "IMGISI",
    "the United Nations": "IGOUNO",
    "the World Bank": "IGOWBK",
    "the European Union": "IGOEUR",
    "the Houthis": "YEMREB",
    "al-Shabab fighters": "SOMREB",
    "Boko Haram insurgents": "NGAREB",
    "NATO warplanes": "IGONAT",
    "Red Cross workers": "NGO",
    # whose it is stands behind
    "the government of Chad": "TCDGOV",
    "the army of Myanmar": "MMRMIL",
    "police in Kenya": "KENCOP",
    "the mayor of Nairobi": "KENGOV",
    # states that are not named one by one, and who is paid by whom
    "Gulf neighbours": "UIS",
    "hackers in the pay of Serbia": "SRB",
    # nobody's, though the place is known
    "gunmen in Mogadishu": "UAF",
    # of the state that sends them, not of the body they are sent to
    "Kenya's ambassador to the United Nations": "KENGOV",
    "Fijian peacekeepers": "FJIMIL",
    "a Swiss mediator": "CHE",
    # whom one hits with a thing that stands somewhere
    "Syrian homes": "SYRCVL",
    # craft are their armies'
    "a Chadian helicopter": "TCDMIL",
    "Greek howitzers": "GRCMIL",
    "Turkish warplanes": "TURMIL",
    "American and British warplanes": "USAMIL",
    "government forces": "MIL",
    # nobody's, or not theirs
    "Iran-backed militias": "REB",
    "an army spokesman": "MIL",
    "a rebel commander": "REB",
    "members of the militia": "REB",
    "unidentified gunmen": "UAF",
    "armed men": "UAF",
    "doctors": "HLH",
    "farmers": "AGR",
    "the former president": "ELI",
    "the former Iraqi president": "IRQELI",
}


@pytest.mark.parametrize("phrase", CODES)
def test_codes(phrase: str) -> None:
    assert actor_of(phrase).cameo == CODES[phrase]


@pytest.mark.parametrize(
    ("phrase", "by"),
    [
        ("the Israeli army", "named"),
        ("Nigerian soldiers", "agent"),
        ("police in Kenya", "inferred"),
        ("the lorry", "words"),
    ],
)
def test_how_an_actor_was_found(phrase: str, by: str) -> None:
    assert actor_of(phrase).resolved_by == by


def test_an_unknown_actor_keeps_its_words() -> None:
    actor = actor_of("the blue lorry")
    assert (actor.cameo, actor.country, actor.role, actor.name) == (None, None, None, "blue lorry")


def test_conjoined_nationalities() -> None:
    tree = tagged("American and British warplanes attacked the base.")
    head, resolver = at(tree, "warplanes"), coder().resolver.actors
    assert [f.cameo for f in resolver.several(tree, head, DAY)] == ["USA", "GBR"]
    assert resolver.several(tree, at(tree, "base"), DAY) == []


def test_a_place_gives_its_country() -> None:
    tree = tagged("Zinder was attacked.")
    resolver = coder().resolver.actors
    actor = resolver.resolve(tree, at(tree, "Zinder"), DAY, {at(tree, "Zinder"): "NER"})
    assert (actor.cameo, actor.resolved_by) == ("NER", "inferred")
    assert resolver.resolve(tree, at(tree, "Zinder"), DAY, {}).cameo is None


def test_a_title_explains_a_name() -> None:
    assert actor_of("rebel commander Idris Moyo").cameo == "REB"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (Found(country="IRQ", role="COP"), "IRQCOP"),
        (Found(country="IRQ"), "IRQ"),
        (Found(role="UAF"), "UAF"),
        (Found(country="PSE", role="REB", cameo="PSEREBHMS"), "PSEREBHMS"),
        (Found(), None),
    ],
)
def test_composition(found: Found, code: str | None) -> None:
    assert compose(found) == code


def test_a_bare_country_is_told_from_a_code_of_its_own() -> None:
    assert country_only(Found(country="IRQ", cameo="IRQ"))
    assert not country_only(Found(country="IRQ", cameo="IRQMIL"))
    assert not country_only(Found(country="IRQ"))


def test_articles_are_stripped() -> None:
    assert strip_determiner("the army") == "army"
    assert strip_determiner("The") == "The"
    assert strip_determiner("theft ring") == "theft ring"
