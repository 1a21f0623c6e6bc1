"""Whose people those without a name are, and on whom a deed without a source is blamed."""

from __future__ import annotations

import pytest

from tests.unit.test_domestic import pairs


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Gunmen suspected of belonging to Boko Haram killed ten people in Diffa.", "NGAREB"),
        ("Armed men presumed to belong to the ELN shot two teachers in Bogota.", "COLREB"),
        ("Forces loyal to Khalifa Haftar attacked Tripoli on Thursday.", "LBYMIL"),
        ("Masked men linked to the PKK burned a school in Hakkari.", "TURREB"),
        ("Gunmen in PKK uniforms abducted a teacher in Hakkari.", "TURREB"),
        ("Gunmen carrying the flag of al Shabaab killed two nurses in Kismayo.", "SOMREB"),
        # nobody's, by these words
        ("Gunmen who do not belong to Boko Haram killed ten people in Diffa.", "UAF"),
        ("Gunmen killed ten people in Diffa.", "UAF"),
    ],
)
def test_people_are_of_the_body_that_is_named_behind_them(text: str, source: str) -> None:
    assert {s for s, _ in pairs(text)} == {source}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A bomb killed four soldiers near Hakkari, and the army blamed the PKK.", "TURREB"),
        ("A bomb killed four soldiers near Hakkari. Police blamed the blast on the PKK.", "TURREB"),
        ("A bomb killed two soldiers near Hakkari. Officials held the PKK responsible.", "TURREB"),
        ("A bomb killed two soldiers near Hakkari. Suspicion fell on the PKK.", "TURREB"),
        ("A bomb killed two soldiers near Hakkari. The PKK was blamed for it.", "TURREB"),
        # not two at once, not those who were hit, not where it is denied
        ("A bomb killed two soldiers near Hakkari. Police did not blame the PKK.", None),
        ("A bomb killed two PKK rebels near Hakkari. Police blamed the PKK.", None),
    ],
)
def test_a_deed_without_a_source_takes_the_one_that_is_blamed(
    text: str, source: str | None
) -> None:
    assert pairs(text)[0][0] == source
