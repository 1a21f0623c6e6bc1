"""Sides that follow from a war of two of which a whole article tells."""

from __future__ import annotations

from tests.unit.test_domestic import pairs

_WAR = (
    "Armenian troops shelled Azerbaijani soldiers on Sunday. "
    "Azerbaijani troops shelled Armenian soldiers on Monday. "
)


def test_a_truce_without_parties_is_between_the_two() -> None:
    got = pairs(_WAR + "A ceasefire took effect at noon on Tuesday.")
    assert ("ARMGOV", "AZEGOV") in got


def test_who_strikes_one_side_is_the_other() -> None:
    got = pairs(_WAR + "Missiles hit Armenian tanks at dawn on Tuesday.")
    assert ("AZEMIL", "ARMMIL") in got
    assert (None, "ARMMIL") not in got


def test_nothing_follows_from_a_war_of_three() -> None:
    third = "Turkish troops shelled Armenian soldiers on Monday. "
    got = pairs(_WAR + third + "A ceasefire took effect at noon on Tuesday.")
    assert (None, None) in got


def test_between_names_two_sides_though_a_genitive_joins_them() -> None:
    got = pairs("A truce between the Houthis and Yemen's government took effect on Monday.")
    assert ("YEMREB", "YEMGOV") in got
