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
