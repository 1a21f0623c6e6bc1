"""Which organ of a state acts, whose arms it was, and whom denials and demands are aimed at."""

from __future__ import annotations

import pytest

from coder.resolving.organs import LONG
from tests.unit.test_domestic import pairs

_REST = " The road was closed. Rain fell all day. Schools stayed shut. Trains ran late."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oman condemned the raid on Monday.", "OMNGOV"),
        ("Oman bombed a camp near Sanaa on Monday.", "OMNMIL"),
        ("Oman's navy condemned the raid on Monday.", "OMNMIL"),
    ],
)
def test_a_report_that_runs_on_tells_of_organs_of_states(text: str, expected: str) -> None:
    long = text + _REST + " Nobody was told why."
    assert pairs(long)[0][0] == expected
    short = pairs(text)[0][0]
    assert short is not None
    assert short == (expected if "navy" in text else expected[:3])
    assert LONG == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the accuser, and else whoever suffered it
        ("Turkey denied Armenian claims that it had shot down a jet.", ("TUR", "ARM")),
        ("Morocco called Algeria's accusations of espionage baseless.", ("MAR", "DZA")),
        ("Peru denied that its patrol had fired on Ecuadorean soldiers.", ("PER", "ECUMIL")),
        ("Iran denied arming the rebels.", ("IRN", None)),
        # whose weapon it was
        ("Ten people in Kaduna, Nigeria, were killed by bombs from an army drone.", "NGAMIL"),
        ("Nine Russian drones were shot down, Ukraine's air force said.", ("UKRMIL", "RUS")),
        ("Eleven rebels were killed near Goma, the Congolese army said.", ("CODMIL", "CODREB")),
        # no civilian sets off bombs
        ("A man blew himself up at a checkpoint in Kabul, killing six.", "UAF"),
        # rulers whom their people call by the name of the country
        ("Nurses demanded on Monday that Zimbabwe pay them.", ("ZWEHLH", "ZWEGOV")),
        ("Zambian nurses demanded that Zimbabwe pay them.", ("ZMBHLH", "ZWE")),
    ],
)
def test_sides_that_follow(text: str, expected: tuple[str, str | None] | str) -> None:
    got = pairs(text)
    if isinstance(expected, str):
        assert got[0][0] == expected, got
    else:
        assert expected in got, got
