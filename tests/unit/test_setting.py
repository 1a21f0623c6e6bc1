"""Where and when the deeds of a text are: statements, measures, namesakes, what sentences lend."""

from __future__ import annotations

import pytest

from coder.resolving.lending import NEXT, REACH, Lending
from coder.types import When, Where
from tests.unit.test_contract import rows

Seen = tuple[str | None, str | None, str | None]
GOMA = Where("Goma", "COD", "town", "stated")


def seen(text: str, cameo: str) -> Seen:
    row = next(r for r in rows(text) if r["cameo"].startswith(cameo))
    return row["country"], row["place"], row["event_date"]


@pytest.mark.parametrize(
    ("text", "cameo", "country", "place"),
    [
        ("Iran's foreign ministry condemned the attack in Kabul.", "11", "IRN", None),
        ("Serbia's president said in Nis he would never recognise Kosovo.", "12", "SRB", "Nis"),
        ("France expelled two Azerbaijani diplomats on Thursday.", "16", "FRA", None),
        ("The plan was rejected by the Libyan rebels in Benghazi.", "12", "LBY", "Benghazi"),
        ("Laos's finance minister flew to Beijing to appeal for aid.", "02", "CHN", "Beijing"),
    ],
)
def test_a_statement_is_where_it_is_made(
    text: str, cameo: str, country: str, place: str | None
) -> None:
    assert seen(text, cameo)[:2] == (country, place)


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [
        ("Troops of Azerbaijan and Armenia clashed near Jermuk.", "ARM", "Jermuk"),
        ("Gunmen killed two men in Port-au-Prince (Haiti).", "HTI", "Port-au-Prince"),
        ("Gunmen killed two men in Cox's Bazar.", "BGD", "Cox's Bazar"),
        ("Gunmen killed two men in Dasht-e-Barchi, west of Kabul.", "AFG", "Dasht-e-Barchi"),
        ("Gunmen killed two men in the Ndosho neighbourhood of Goma.", "COD", "Goma"),
        ("Gunmen killed two men at a mine in Tumeremo, Bolivar state.", "VEN", "Tumeremo"),
        ("Gunmen killed two men 12 km north of Goma.", "COD", "Goma"),
        ("Gunmen killed two men in the city of Segou.", "MLI", "Segou"),
    ],
)
def test_names_of_all_kinds(text: str, country: str, place: str) -> None:
    assert seen(text, "1")[:2] == (country, place)


def test_an_unknown_place_never_empties_a_row() -> None:
    [row] = rows("Rebels shelled Xanthofar in Mali on Monday.")
    assert (row["country"], row["event_date"]) == ("MLI", "2024-03-11")
    [row] = rows("Rebels in Mali shelled the village of Xanthofar on Monday.")
    assert (row["place"], row["latitude"]) == ("Xanthofar", None)


def test_the_next_day_counts_from_the_sentence_before() -> None:
    text = "Rebels attacked Goma on Monday. The next day they shelled the airport."
    assert [r["event_date"] for r in rows(text)] == ["2024-03-11", "2024-03-12"]


def test_a_sentence_without_a_deed_lends_to_the_next_one() -> None:
    text = "Soldiers drove into Goma on Monday. By noon the troops had killed nine villagers."
    assert seen(text, "1") == ("COD", "Goma", "2024-03-11")


def test_a_deed_is_not_later_than_its_report() -> None:
    text = "Two fighters died in clashes near Goma, police said on Wednesday."
    assert seen(text, "19")[2] == "2024-03-13"


def day(n: int) -> When:
    from datetime import date

    return When(date(2024, 3, n), date(2024, 3, n), "day", "stated", "x", 1, 2)


def test_lending_holds_for_some_sentences() -> None:
    lending = Lending()
    lending.note(0, day(4), (GOMA,), REACH)
    assert lending.day(REACH) is not None
    assert lending.day(REACH + 1) is None
    assert lending.day(2, NEXT) is None
    when, where = lending.complete(1, None, ())
    assert when is not None
    assert (when.basis, when.start_token) == ("context", -1)
    assert [(w.name, w.basis) for w in where] == [("Goma", "inferred")]
    assert lending.complete(1, None, (), within={"USA"})[1] == ()
    usa = Where(None, "USA", "country", "inferred")
    assert lending.complete(1, None, (usa,))[1] == (usa,)
    assert [w.name for w in lending.complete(1, None, (usa,), abroad=True)[1]] == ["Goma"]


def test_the_first_deed_of_a_sentence_lends() -> None:
    lending = Lending()
    lending.note(0, day(4), (), REACH)
    lending.note(0, day(5), (), REACH)
    assert lending.anchor(1) == day(4).start
