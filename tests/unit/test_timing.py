"""Which dates of a sentence are ends and deadlines, that date no deed."""

from __future__ import annotations

from datetime import date

import pytest

from coder.resolving.timing import dates_of
from tests.parses import parse

MONDAY = date(2024, 5, 6)
ENDS = ("until", "till")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rebels ordered aid workers to leave the town by Friday.", []),
        ("The cabinet extended the curfew until May 31.", []),
        ("The curfew holds until May 31 in the north and June 9 in the south.", []),
        ("The rebels had withdrawn by Friday.", ["Friday"]),
        ("The curfew began on May 3 and lasts until May 31.", ["May 3"]),
        ("Rebels attacked on May 1 and May 3.", ["May 1", "May 3"]),
    ],
)
def test_ends_are_no_dates_of_deeds(sentence: str, expected: list[str]) -> None:
    assert [d.text for d in dates_of(parse(sentence), MONDAY, ENDS)] == expected
