"""Countries that one side lends the other, foes in a war of two sides, and pairs."""

from __future__ import annotations

import pytest

from coder.lines import code_lines
from coder.pipeline import Coder, Options

CODER = Coder(Options(codebooks=("cameo",)))


def pairs(text: str) -> list[tuple[str | None, str | None]]:
    [line] = code_lines(CODER, [{"id": "a", "published": "2024-05-06", "text": text}])
    return [(e["source"], e["target"]) for e in line["events"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya's bishops condemned the government on Tuesday.", ("KENCVL", "KENGOV")),
        ("Nurses marched through Accra on Monday.", ("GHAHLH", "GHAGOV")),
        ("Students marched through Accra against the French embassy.", ("GHAEDU", "FRA")),
        ("Peru's Congress condemned the attack.", ("PERLEG", None)),
        ("The Syrian was beaten by police in Athens.", ("GRCCOP", "SYRCVL")),
    ],
)
def test_whose_government_it_is(text: str, expected: tuple[str, str | None]) -> None:
    source, target = expected
    got = pairs(text)
    assert any(s == source and (t or "").startswith(target or "") for s, t in got), got


def test_the_other_side_of_a_war_is_the_target() -> None:
    text = (
        "Houthi rebels attacked American warships on Sunday. "
        "The Houthis said they had offered a truce."
    )
    assert ("YEMREB", "USAMIL") in pairs(text)
    assert all(t in ("USAMIL", None) for s, t in pairs(text) if s == "YEMREB")


def test_the_two_governments_are_those_named_before() -> None:
    text = "Chad met Niger for talks in Paris on Monday. The two governments agreed on a ceasefire."
    assert pairs(text)[-1] == ("TCD", "NER")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whom the clause speaks of
        ("Chile vowed to keep Peru abreast of the floods on Monday.", ("CHL", "PER")),
        ("Malta is poised to fly a field hospital to Samoa.", ("MLT", "WSM")),
        # abroad comes before home
        ("Fiji offered a team of its doctors to Tonga on Tuesday.", ("FJI", "TON")),
        # one of its own state that tells what it will do
        ("Angola will champion Zambia's bid for the seat, its minister said.", ("AGO", "ZMB")),
        # the same office on the other side
        ("Norway's foreign minister met his Danish counterpart.", ("NORGOV", "DNKGOV")),
        ("The foreign ministers of Laos and Nepal met on Monday.", ("LAOGOV", "NPLGOV")),
        # both parties of a plan
        ("Togo and Benin resolved to put their quarrel behind them.", ("TGO", "BEN")),
        # the whole phrase of a nationality
        ("The families sued the Finnish navy for damages.", ("FINCVL", "FINMIL")),
        # states that lay down a measure and say so
        ("The curfew in Accra was lifted, Ghana's interior ministry said.", ("GHAGOV", None)),
        # rebels of the state that deals with them, people without a name
        ("Gunmen killed 40 in a village in Mali on Sunday.", ("UAF", "MLICVL")),
        ("Uruguay gave asylum to three Syrian families.", ("URY", "SYRREF")),
        # crowds
        ("Georgians marched through Tbilisi against the prime minister.", ("GEOCVL", "GEOGOV")),
        ("Lorry drivers blocked the road to Gdansk on Monday.", ("POLLAB", "POLGOV")),
        # states without a name
        ("Haiti's president appealed for help from abroad.", ("HTIGOV", "UIS")),
    ],
)
def test_sides_that_follow_from_the_clause(text: str, expected: tuple[str, str | None]) -> None:
    assert expected in pairs(text)


def test_a_pronoun_of_the_source_is_no_target() -> None:
    assert all(t != "RUS" for s, t in pairs("Russia cast its veto on Thursday.") if s == "RUS")


def test_a_day_is_no_side() -> None:
    text = "Security measures: On 13 May 2019, the authorities in Kenya imposed a curfew."
    assert all(t in (None, "KEN") for _, t in pairs(text))


def test_the_only_country_named_is_that_of_its_ministry() -> None:
    assert ("BENGOV", "BENOPP") in pairs(
        "Benin's biggest opposition party was banned by the interior ministry on Friday."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # several bodies before one noun
        ("Israeli and Hamas negotiators met in Cairo on Monday.", ("ISRGOV", "PSEREB")),
        ("Ukrainian and separatist delegates signed a truce in Minsk.", ("UKRGOV", "UKRREB")),
        ("An Armenian-Azerbaijani truce was signed in Moscow.", ("ARM", "AZE")),
        ("Colombia's and Ecuador's armies held joint exercises.", ("COLMIL", "ECUMIL")),
        ("Turkmen and Ukrainian negotiators haggled over gas.", ("TKMGOV", "UKRGOV")),
        # authors of passives behind another phrase
        ("The mayor was convicted of genocide by a U.N. tribunal.", ("IGOUNO", "GOV")),
        ("An ambush of a convoy by rebels in Chad killed two soldiers.", ("TCDREB", "TCDMIL")),
        # crowds of which the deed alone speaks
        ("Riots broke out in Nairobi on Monday.", ("KENCVL", "KENGOV")),
        ("A general strike paralysed Nigeria on Monday.", ("NGALAB", "NGAGOV")),
        # whom a threat of protest means
        ("Togo's opposition threatened to march on Monday.", ("TGOOPP", "TGOGOV")),
        # a town that shares the name of a people; a weapon that shares that of a town
        ("The rebels shot two teachers in Tibu, Colombia.", ("COLREB", "COLEDU")),
        ("A Claymore mine ripped apart a bus in Moneragala, Sri Lanka.", (None, "LKACVL")),
        # a regional body that shares the name of a national one
        ("The Regional House of Representatives in Aceh condemned the arrests.", ("IDNLEG", None)),
    ],
)
def test_sides_of_phrases_that_mean_several(
    text: str, expected: tuple[str | None, str | None]
) -> None:
    assert expected in pairs(text)


def test_both_armies_are_those_of_the_two_states() -> None:
    text = "Both armies shelled villages on the border between Armenia and Azerbaijan on Monday."
    assert {source for source, _ in pairs(text)} == {"ARMMIL", "AZEMIL"}


def test_weapons_blasts_and_stray_numbers_are_no_sides() -> None:
    text = "A bomb killed four soldiers and wounded three others in Kabul on Monday."
    [line] = code_lines(CODER, [{"id": "a", "published": "2024-05-06", "text": text}])
    assert line["events"]
    assert all(e["source_name"] is None for e in line["events"])


def test_a_decision_is_no_side() -> None:
    text = "Chad condemned the decision on Monday."
    [line] = code_lines(CODER, [{"id": "a", "published": "2024-05-06", "text": text}])
    assert [(e["source"], e["target_name"]) for e in line["events"]] == [("TCD", None)]
