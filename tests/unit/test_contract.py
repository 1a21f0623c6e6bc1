"""Rows of `coder code`: pairs of actors, where the toll stands, and which mentions are left out."""

from __future__ import annotations

import pytest

from coder.contract import Row
from tests.coding_sample import rows


def shown(text: str, *keys: str, everything: bool = False) -> list[tuple[object, ...]]:
    return [tuple(r[k] for k in keys) for r in rows(text, everything=everything)]


def test_joint_sides_give_a_row_a_pair_and_the_toll_once() -> None:
    text = "Iran and Russia attacked Israel and Jordan, killing three people."
    assert shown(text, "source", "target", "fatalities") == [
        ("IRN", "ISR", 3),
        ("IRN", "JOR", None),
        ("RUS", "ISR", None),
        ("RUS", "JOR", None),
    ]
    assert len({r["event_id"] for r in rows(text)}) == 1


def test_one_head_of_two_nations_is_two_sources() -> None:
    assert shown("American and British warplanes bombed Sanaa.", "source", "target") == [
        ("USAMIL", "YEM"),
        ("GBRMIL", "YEM"),
    ]


def test_two_places_of_one_country_are_one_row() -> None:
    text = "Israel bombed Damascus and Aleppo, killing six people."
    assert shown(text, "source", "target", "fatalities") == [("ISR", "SYR", 6)]


def test_a_deed_of_both_sides_is_one_row() -> None:
    text = "Syrian troops and rebels clashed in Homs."
    assert shown(text, "source", "target", "reciprocal") == [("SYRMIL", "SYRREB", True)]


def test_a_later_mention_repeats_no_toll() -> None:
    text = "Israel bombed Damascus on Monday. The raid killed nine soldiers."
    assert shown(text, "sentence", "target", "fatalities") == [(0, "SYR", 9), (1, "SYRMIL", None)]
    assert len({r["event_id"] for r in rows(text)}) == 1


def test_a_toll_by_itself_has_no_row_beside_its_event() -> None:
    text = "Israel bombed Damascus on Monday. Nine soldiers were killed."
    assert shown(text, "sentence", "fatalities") == [(0, 9)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army will attack the village on Monday.", "scheduled"),
        ("The army may attack the village.", "hypothetical"),
        ("The army failed to attack the village.", "negated"),
    ],
)
def test_only_events_unless_all_are_asked_for(text: str, status: str) -> None:
    assert rows(text) == []
    [row] = rows(text, everything=True)
    assert (row["status"], row["event_id"], row["cameo"]) == (status, None, None)


def test_all_adds_to_the_rows_of_events() -> None:
    text = "The rebels attacked the base without bombing the village."
    assert [r["status"] for r in rows(text)] == ["actual"]
    assert [r["status"] for r in rows(text, everything=True)] == ["actual", "negated"]


def test_a_row_in_full() -> None:
    text = "An air strike by Turkey on Kobani killed four people on Monday."
    [row] = rows(text)
    expected: Row = {
        "type": "assault.air_strike",
        "chain": "assault.air_strike",
        "strikes": "air_strike",
        "cameo": "195",
        "source": "TUR",
        "event_date": "2024-03-11",
        "date_precision": "day",
        "country": "SYR",
        "countries": ["SYR"],
        "fatalities": 4,
        "injured": None,
        "status": "actual",
        "completion": "completed",
        "hedged": False,
        "attributed_to": None,
        "attribution": "narrator",
        "quoted": False,
        "reciprocal": False,
        "sentence": 0,
        "start": 3,
        "end": 13,
        "trigger": "air strike",
    }
    assert {key: row[key] for key in expected} == expected


def test_the_speaker_is_named() -> None:
    [row] = rows('"We attacked the airport," a Houthi spokesman said.')
    assert row["quoted"] is True
    assert (row["attribution"], row["attributed_to"]) == ("perpetrator", "a Houthi spokesman")


def test_a_sentence_without_events_has_no_rows() -> None:
    assert rows("The library opens at nine.", everything=True) == []
