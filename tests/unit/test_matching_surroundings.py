"""What the sentences around a deed make of it."""

from __future__ import annotations

import pytest

from coder.lines import code_lines
from coder.pipeline import Coder, Options


def types(coder: Coder, text: str) -> list[str]:
    [line] = code_lines(coder, [{"id": "a", "published": "2024-03-15", "text": text}])
    return [e["chain"] for e in line["events"]]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(Options(codebooks=("cameo",)))


@pytest.mark.parametrize(
    ("explained", "coded"),
    [
        (  # an accident in the sentence before
            "A minibus skidded off a mountain road near Cusco in Peru. Six people were killed.",
            "Rebels attacked a mountain town near Cusco in Peru. Six people were killed.",
        ),
        (  # an accident in the sentence after
            "An explosion killed five people in Tver, Russia. A gas cylinder had leaked.",
            "An explosion killed five people in Tver, Russia. A drone had hit the depot.",
        ),
        (  # a false alarm
            "Gunfire was heard outside a bank in Riga, Latvia, on Monday. It was a hoax.",
            "Gunfire was heard outside a bank in Riga, Latvia, on Monday. It was a raid.",
        ),
        (  # a film
            "Gunfire echoed through Tunis on Monday. A crew was shooting a scene of a thriller.",
            "Gunfire echoed through Tunis on Monday. A crew was waiting for a train.",
        ),
        (  # a drill
            "Gunfire was heard at the port of Oran, Algeria. Men treated the wounded in the drill.",
            "Gunfire was heard at the port of Oran, Algeria. Men treated the wounded in the hall.",
        ),
        (  # a custom
            "Villagers stormed the town hall of Linz, Austria. The mock siege opens the carnival.",
            "Villagers stormed the town hall of Linz, Austria. The long siege shocked the country.",
        ),
    ],
)
def test_neighbouring_sentences_say_what_it_was(coder: Coder, explained: str, coded: str) -> None:
    assert types(coder, explained) == []
    assert types(coder, coded) != []


@pytest.mark.parametrize(
    "text",
    [
        "A bus overturned near Quetta in Pakistan. Gunmen killed nine of the passengers.",
        "A wall collapsed when a missile hit a school in Aden, Yemen, killing four children.",
        "Riots broke out in Kingston, Jamaica, after a power cut.",
        "A bomb exploded at a wedding in Kabul, killing eleven guests.",
    ],
)
def test_arms_settle_it_the_other_way(coder: Coder, text: str) -> None:
    assert types(coder, text) != []


@pytest.mark.parametrize(
    ("private", "public"),
    [
        ("A plumber killed a waiter in Malta.", "A plumber killed a cabinet minister in Malta."),
        (
            "A leopard attacked a boy in Nepal before soldiers shot it.",
            "Soldiers shot a boy in Nepal.",
        ),
        (
            "Shares in Lima rose after a raid by a bidder.",
            "Prices in Lima rose after a raid by rebels.",
        ),
        (
            "A judge in Munich lifted the ban on the firm's machines.",
            "A judge in Munich lifted the ban on the party.",
        ),
        (
            "A court in Oran jailed a baker for two years for selling drugs.",
            "A court in Oran jailed an opposition leader for two years.",
        ),
        (
            "Guests in Seville heard a lecture on the bombing of 1937.",
            "Guests in Seville heard the bombing of a hotel on Monday.",
        ),
    ],
)
def test_what_is_private_or_past(coder: Coder, private: str, public: str) -> None:
    assert types(coder, private) == []
    assert types(coder, public) != []
