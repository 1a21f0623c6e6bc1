"""Which mentions of an article are one event, and what they know together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from coder.linking.culprits import name_culprits
from coder.linking.link import link
from coder.types import (
    DEFINITE,
    HISTORY,
    NEEDS_DEED,
    TOLL,
    Actor,
    Count,
    Filler,
    Mention,
    When,
    Where,
)
from tests.coding_sample import article, coded

CHAD = Actor("Chad", "Chad", "TCD", "TCD", resolved_by="named")
NIGER = Actor("Niger", "Niger", "NER", "NER", resolved_by="named")
MALI = Actor("Mali", "Mali", "MLI", "MLI", resolved_by="named")
GUNMEN = Actor("gunmen", "gunmen", "UAF", None, "UAF", resolved_by="agent")
RAID = "assault.air_strike"


def day(n: int) -> When:
    return When(date(2024, 3, n), date(2024, 3, n), "day", "stated")


def place(name: str, country: str = "NER") -> Where:
    return Where(name, country, "town", "stated")


def killed(n: int, who: str = "", high: int | None = None) -> Count:
    return Count("killed", n, n, n if high is None else high, str(n), who)


def side(sentence: int, *actors: Actor) -> tuple[Filler, ...]:
    return tuple(Filler(sentence, n, 0, 1, a.text, a) for n, a in enumerate(actors))


def mention(
    n: int,
    type_: str = RAID,
    source: Actor | None = CHAD,
    target: Actor | None = NIGER,
    **more: Any,
) -> Mention:
    """A mention in sentence n."""
    sides = {"source": source, "target": target}
    slots = {slot: side(n, a) for slot, a in sides.items() if a is not None}
    made = Mention(
        f"m{n}{type_}", "a", n, type_, "r", "hit", n * 50, n * 50 + 3, 1, slots, (type_,)
    )
    return replace(made, **more)


def groups(*mentions: Mention) -> list[list[int]]:
    """The sentences of the mentions of each event."""
    return [[m.sentence for m in e.mentions] for e in link(article(""), mentions)]


SAME = {
    "the same deed twice": (mention(0, when=day(11)), mention(1, when=day(11))),
    "a general word for it": (
        mention(0, when=day(11)),
        mention(1, "assault", when=day(11)),
    ),
    "what is unknown does not contradict": (mention(0), mention(1)),
    "a definite noun": (
        mention(0, when=day(11)),
        mention(3, "assault", None, None, tags=frozenset({DEFINITE})),
    ),
    "a bound and a number": (
        mention(0, counts=(killed(9),)),
        mention(1, counts=(Count("killed", 7, 7, None, "at least seven"),)),
    ),
    "one speech told twice": (
        mention(0, "condemn", when=day(11)),
        mention(1, "condemn", when=day(11)),
    ),
}
APART = {
    "different days": (mention(0, when=day(11)), mention(1, when=day(12))),
    "different sources": (mention(0, when=day(11)), mention(1, source=MALI, when=day(11))),
    "different targets": (mention(0, when=day(11)), mention(1, target=MALI, when=day(11))),
    "different places": (
        mention(0, where=(place("Agadez"),)),
        mention(1, where=(place("Zinder"),)),
    ),
    "different countries": (
        mention(0, where=(place("Agadez"),)),
        mention(1, where=(place("Gao", "MLI"),)),
    ),
    "different tolls": (mention(0, counts=(killed(9),)), mention(1, counts=(killed(4),))),
    "different kinds of deeds": (mention(0, when=day(11)), mention(1, "yield", when=day(11))),
    "one thing in common is no proof": (
        mention(0, target=None),
        mention(1, target=None),
    ),
    "a definite noun too far away": (
        mention(1),
        mention(8, "assault", None, None, tags=frozenset({DEFINITE})),
    ),
    "a speech of long after": (mention(0, "condemn"), mention(4, "condemn")),
    "a speech twice in a sentence": (
        mention(0, "condemn"),
        replace(mention(0, "condemn"), mention_id="x", start=9),
    ),
}


@pytest.mark.parametrize("why", SAME)
def test_one_event(why: str) -> None:
    assert len(groups(*SAME[why])) == 1


@pytest.mark.parametrize("why", APART)
def test_two_events(why: str) -> None:
    assert len(groups(*APART[why])) == 2


@pytest.mark.parametrize("status", ["scheduled", "hypothetical", "negated"])
def test_what_did_not_happen_is_no_event(status: str) -> None:
    assert groups(mention(0, status=status)) == []


def test_history_is_no_event() -> None:
    assert groups(mention(0, tags=frozenset({HISTORY}))) == []


def test_an_attempt_is_an_event() -> None:
    assert groups(mention(0, status="attempted")) == [[0]]


def toll(n: int, *more: str, **fields: Any) -> Mention:
    tags = frozenset({TOLL, *more})
    counts = fields.pop("counts", (killed(9),))
    return mention(n, "assault.kill", None, None, tags=tags, counts=counts, **fields)


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ((mention(0), toll(1)), [[0, 1]]),
        ((mention(0), toll(3)), [[0], [3]]),
        ((toll(1),), [[1]]),
        ((toll(1, NEEDS_DEED),), []),
        ((mention(0, "consult"), toll(1, NEEDS_DEED)), [[0]]),
        ((mention(0, when=day(11)), toll(1, when=day(12))), [[0], [1]]),
        ((mention(0, where=(place("Agadez"),)), toll(1, where=(place("Zinder"),))), [[0], [1]]),
        ((mention(0, counts=(killed(4),)), toll(1)), [[0], [1]]),
        ((mention(0, target=MALI), mention(1), toll(2)), [[0], [1, 2]]),
    ],
)
def test_orphan_tolls(mentions: tuple[Mention, ...], expected: list[list[int]]) -> None:
    assert groups(*mentions) == expected


def test_what_an_event_knows() -> None:
    first = mention(0, "assault", target=None, when=day(11), where=(place("Agadez"),))
    second = mention(1, when=day(11), where=(place("Agadez"),), counts=(killed(9),))
    [event] = link(article(""), [first, second])
    assert event.type == RAID
    assert [a.cameo for a in event.sources] == ["TCD"]
    assert [a.cameo for a in event.targets] == ["NER"]
    assert event.when == day(11)
    assert [w.name for w in event.where] == ["Agadez"]
    assert event.counts == (killed(9),)


def test_an_event_without_a_day_has_that_of_the_publication() -> None:
    [event] = link(article(""), [mention(0)])
    assert event.when is not None
    assert (event.when.start, event.when.basis) == (date(2024, 3, 15), "publication")


def test_the_latest_number_counts() -> None:
    first = mention(0, counts=(Count("killed", 7, 7, None, "at least seven"),))
    [event] = link(article(""), [first, mention(1, counts=(killed(9),))])
    assert event.counts == (killed(9),)


def test_a_fuller_actor_speaks_for_a_vaguer_one() -> None:
    army = Actor("troops", "troops", "TCDMIL", "TCD", "MIL", resolved_by="agent")
    vague = replace(CHAD, resolved_by="inferred")
    [event] = link(article(""), [mention(0, source=vague), mention(1, source=army)])
    assert [a.cameo for a in event.sources] == ["TCDMIL"]


def test_identifiers_follow_from_the_founding_mention() -> None:
    [one] = link(article(""), [mention(0)])
    [two] = link(article(""), [mention(0), mention(1)])
    assert one.event_id == two.event_id
    assert len(one.event_id) == 32


# --- culprits -------------------------------------------------------------------------------


def source_codes(m: Mention) -> list[str | None]:
    return [f.actor.cameo for f in m.sources if f.actor]


def target_codes(m: Mention) -> list[str | None]:
    return [f.actor.cameo for f in m.targets if f.actor]


def test_a_claim_names_the_unknown_attacker() -> None:
    attack, claim = name_culprits([mention(0, source=GUNMEN), mention(1, "claim", MALI, None)])
    assert source_codes(attack) == ["MLI"]
    assert source_codes(claim) == ["MLI"]


def test_a_claim_does_not_rename_a_known_attacker() -> None:
    attack, _ = name_culprits([mention(0), mention(1, "claim", MALI, None)])
    assert source_codes(attack) == ["TCD"]


def test_a_claim_of_something_far_away() -> None:
    attack, _ = name_culprits([mention(0, source=GUNMEN), mention(13, "claim", MALI, None)])
    assert source_codes(attack) == ["UAF"]


def test_a_condemnation_is_aimed_at_the_culprit() -> None:
    _, condemned = name_culprits([mention(0), mention(1, "condemn", MALI, None)])
    assert target_codes(condemned) == ["TCD"]


def test_nobody_condemns_himself() -> None:
    _, condemned = name_culprits([mention(0), mention(1, "condemn", CHAD, None)])
    assert target_codes(condemned) == []


def test_a_target_that_is_named_stays() -> None:
    _, condemned = name_culprits([mention(0), mention(1, "condemn", MALI, NIGER)])
    assert target_codes(condemned) == ["NER"]


# --- whole texts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israel bombed Damascus on Monday. The raid killed nine soldiers.", [[0, 1]]),
        ("Israel bombed Damascus on Monday. Israel bombed Damascus on Tuesday.", [[0], [1]]),
        ("Israel bombed Damascus on Monday. Nine soldiers were killed.", [[0, 1]]),
        ("Russian forces shelled Kharkiv on Monday. The shelling killed two civilians.", [[0, 1]]),
        ("Nine people were killed in Mali.", []),
        ("Gunmen attacked a village in Mali. France condemned the attack.", [[0], [1]]),
    ],
)
def test_texts(text: str, expected: list[list[int]]) -> None:
    assert [[m.sentence for m in e.mentions] for e in coded(text).events] == expected
