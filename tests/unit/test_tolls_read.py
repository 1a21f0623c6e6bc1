"""Tolls that no rule reads: lists, gaps, nobody hurt, parts of a toll."""

from __future__ import annotations

import pytest

from coder.resolving.tolls_read import read_tolls, with_tolls
from coder.types import Count
from tests.parses import parse
from tests.unit.test_contract import rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Killed: 3.", [("killed", 3)]),
        ("Injured: 12.", [("injured", 12)]),
        ("No injuries were reported.", [("killed", 0), ("injured", 0)]),
        ("There were no deaths.", [("killed", 0)]),
        ("Both drivers escaped unhurt.", [("killed", 0), ("injured", 0)]),
        ("Eleven people were treated for burns.", [("injured", 11)]),
        ("Five guards were among those killed.", [("killed", 5)]),
        ("The treaty was treated with contempt.", []),
        ("Four men could be killed.", []),
        ("The report lists no names.", []),
    ],
)
def test_words_of_tolls(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(c.kind, c.low) for _, c in read_tolls(parse(text), ())] == expected


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Gunmen attacked a bar in Goma. Three customers were killed and a dozen hurt.", 3, 12),
        ("Rebels clashed with soldiers near Goma. Killed: 3.", 3, None),
        ("Police dispersed protesters with tear gas in Goma. No injuries were reported.", 0, 0),
        ("Rebels killed at least 20 people in Goma, among them eight officers.", 20, None),
        ("A drone hit a police car in Goma. The officers escaped unhurt.", 0, 0),
    ],
)
def test_a_toll_goes_to_the_deed_before(text: str, killed: int, injured: int | None) -> None:
    row = rows(text)[0]
    assert (row["fatalities"], row["injured"]) == (killed, injured)


def test_a_number_that_is_known_stays() -> None:
    known = (Count("killed", 3, 3, 3, "three"),)
    more = [Count("killed", 5, 5, 5, "five"), Count("injured", 2, 2, 2, "two")]
    assert [c.best for c in with_tolls(known, more)] == [3, 2]
    vague = (Count("killed", None, None, None, "dozens"),)
    assert [c.best for c in with_tolls(vague, more)] == [5, 2]
