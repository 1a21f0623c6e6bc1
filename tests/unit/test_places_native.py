"""Places by their country's adjective, capitals without a name, names inside other names."""

from __future__ import annotations

import pytest

from coder.lines import code_lines
from tests.unit.test_domestic import CODER


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [
        ("Russian drones struck the Georgian village of Ergneti.", "GEO", "Ergneti"),
        ("Marchers blocked roads in the Nepali capital on Thursday.", "NPL", "Kathmandu"),
        ("Marchers blocked roads in Ghana's capital on Thursday.", "GHA", "Accra"),
        ("Marchers blocked roads in the Nepali town of Pokhara.", "NPL", "Pokhara"),
        ("Police beat protesters outside the University of Athens.", "GRC", "Athens"),
        ("Air strikes hit Ariha in Idlib province on Monday.", "SYR", "Ariha"),
        ("A grenade was thrown at a police station in Scania.", "SWE", "Scania"),
        ("Clashes broke out in Split-Dalmatia County on Friday.", "HRV", "Split-Dalmatia"),
        # a name says more, and capital is money too
        ("Marchers blocked roads in the Nepali capital, Kathmandu.", "NPL", "Kathmandu"),
        ("Marchers in Pokhara protested on Monday against Chinese capital.", "NPL", "Pokhara"),
    ],
)
def test_where_a_deed_was(text: str, country: str, place: str) -> None:
    line = {"id": "a", "published": "2024-05-06", "text": text}
    [coded] = code_lines(CODER, [line])
    assert (country, place) in [(e["country"], e["place"]) for e in coded["events"]]
