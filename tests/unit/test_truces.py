"""Stages, parties, announcers and mediators of truces."""

from __future__ import annotations

import pytest

from coder.types import ArticleEvent
from tests.coding_sample import coded


def truce(text: str) -> ArticleEvent:
    """The one event of a text that has a stage."""
    staged = [e for e in coded(text).events if any("ceasefire_stage" in c.extra for c in e.codings)]
    assert len(staged) == 1, [(e.type, e.mentions[0].rule) for e in coded(text).events]
    return staged[0]


def stage(text: str) -> set[str]:
    """The stage that the codebooks give; one, whichever of them has the event."""
    return {c.extra["ceasefire_stage"] for c in truce(text).codings if "ceasefire_stage" in c.extra}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rebels in Mali offered the army a truce on Monday.", "proposed"),
        ("Chad and its northern rebels agreed on a truce on Monday.", "agreed"),
        ("A ceasefire between Chad and Sudan was signed on Monday.", "agreed"),
        ("A truce between Chad and Sudan took effect on Monday.", "in force"),
        ("The ceasefire between Chad and Sudan came into force on Monday.", "in force"),
        ("Chad and Sudan agreed to extend their truce by a month.", "extended"),
        ("The truce between Chad and Sudan was renewed on Monday.", "extended"),
        ("Chadian rebels violated the ceasefire on Monday.", "violated"),
        ("The truce between Chad and Sudan collapsed on Monday.", "ended"),
        ("Sudan called off its truce with the rebels on Monday.", "ended"),
    ],
)
def test_stage(text: str, expected: str) -> None:
    assert stage(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The Pope called for a ceasefire in Sudan.",
        "Sudan rejected a truce with the rebels on Monday.",
        "Sudan shelled a village in Chad on Monday.",
    ],
)
def test_what_is_no_truce_has_no_stage(text: str) -> None:
    said = [c.extra for e in coded(text).events for c in e.codings]
    assert said
    assert not any("ceasefire_stage" in extra for extra in said)


@pytest.mark.parametrize(
    ("text", "slot", "code"),
    [
        ("Qatar brokered a ceasefire between Chad and Sudan on Monday.", "mediator", "QAT"),
        ("Chad and Sudan agreed to a truce mediated by Qatar.", "mediator", "QAT"),
        ("Under Egyptian mediation, Chad and Sudan agreed to a truce.", "mediator", "EGY"),
        ("President Macron announced a truce between Chad and Sudan.", "announcer", "FRA"),
    ],
)
def test_who_brings_it_about(text: str, slot: str, code: str) -> None:
    (mention,) = truce(text).mentions
    (filler,) = mention.slots[slot]
    assert filler.actor is not None
    assert (filler.actor.cameo or "").startswith(code)
    sides = [f.actor.cameo for f in (*mention.sources, *mention.targets) if f.actor]
    assert sides == ["TCD", "SDN"]
