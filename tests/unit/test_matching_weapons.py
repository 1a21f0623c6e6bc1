"""Weapons that are spoken of again, through the coder as users run it."""

from __future__ import annotations

import pytest

from coder.lines import code_lines
from coder.pipeline import Coder, Options

CODER = Coder(Options(codebooks=("strikes",)))


def types(text: str) -> list[str]:
    [line] = code_lines(CODER, [{"id": "a", "published": "2024-05-06", "text": text}])
    return [e["chain"] for e in line["events"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six drones were sent towards Odesa. One of them slammed into a mill, the mayor said.",
         "assault.drone"),
        ("Warplanes were seen over Aleppo. Gunners shot down two of the aircraft.",
         "disrupt.intercept"),
        ("Kyiv reported forty drones over Sumy. Air defences shot down 31 of the aircraft.",
         "disrupt.intercept"),
    ],
)  # fmt: skip
def test_a_weapon_keeps_its_kind(text: str, expected: str) -> None:
    assert expected in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "Three buses stood in Odesa. One of them slammed into a mill.",
        "Drones were shown at a fair in Paris. It rained. Snow fell. One of them slammed the door.",
    ],
)
def test_nothing_else_becomes_a_weapon(text: str) -> None:
    assert not any(t.startswith("assault") for t in types(text))
