"""Codes of events: patterns, which line wins, every condition, and ACLED's kinds of actors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from coder.codebook.load import Ontology, load_codebooks
from coder.codebook.model import Code, CodebookHead, CodeWhen, Label
from coder.coding.code import OntologyCoder, covers, holds, matches
from coder.coding.inter import inter_of, kind_of
from coder.types import Actor, ArticleEvent, Count, Mention, When, Where

ARMY = Actor("troops", "troops", "TCDMIL", "TCD", "MIL", kinds=frozenset({"armed"}))
MINISTER = Actor("minister", "minister", "TCDGOV", "TCD", "GOV")
CROWD = Actor("crowd", "crowd", "TCDCVL", "TCD", "CVL", kinds=frozenset({"civilian"}))
REBELS = Actor("rebels", "rebels", "TCDREB", "TCD", "REB", kinds=frozenset({"armed"}))
UNDER_TEST = load_codebooks(["acled"]).ontologies["acled"]
LAND = Actor("a market town", "a market town", "TCD", "TCD")
DAY = When(date(2024, 3, 15), date(2024, 3, 15), "day", "publication")
CHAD = Where("Mao", "TCD", "town", "stated")


def event(*chain: str, **more: Any) -> ArticleEvent:
    said = {k: more.pop(k) for k in ("completion", "rule", "trigger", "reciprocal") if k in more}
    mention = Mention("m", "a", 0, chain[0], "a.rule", "Hit", 0, 3, 0, {}, chain)
    sides = {"sources": (ARMY,), "targets": (CROWD,)} | more
    made = ArticleEvent("e", "a", chain[0], (replace(mention, **said),), (), (), DAY, (CHAD,), ())
    return replace(made, **sides)


def coder(*codes: dict[str, Any], labels: dict[str, Label] | None = None) -> OntologyCoder:
    lines = tuple(Code.model_validate(c) for c in codes)
    head = CodebookHead(id="mine", version="1", title="Mine")
    return OntologyCoder(Ontology(head, labels or {}, lines, ("mine.yaml:1",) * len(lines), ()))


def code(made: OntologyCoder, one: ArticleEvent, *others: ArticleEvent) -> str | None:
    got = made.code(one, others)
    return got.code if got else None


@pytest.mark.parametrize(
    ("pattern", "type_", "expected"),
    [
        ("assault", "assault", True),
        ("assault", "assault.drone", False),
        ("assault.*", "assault", True),
        ("assault.*", "assault.drone", True),
        ("assault.*", "assaults", False),
        ("*", "anything", True),
    ],
)
def test_patterns(pattern: str, type_: str, expected: bool) -> None:
    assert covers(pattern, type_) is expected


def test_a_pattern_covers_the_beginning_of_a_chain() -> None:
    assert matches(("reject", "demand"), ("reject", "demand", "yield"))
    assert not matches(("reject", "demand"), ("reject",))
    assert not matches(("reject", "yield"), ("reject", "demand", "yield"))


EXACT = {"code": "exact", "from": ["assault.drone"]}
DEEP = {"code": "deep", "from": ["assault.drone.*"]}
WILD = {"code": "wild", "from": ["assault.*"]}
ALL = {"code": "all", "from": ["*"]}
KILLED = {"code": "killed", "from": ["assault.*"], "when": {"killed": "true"}}
BY_ARMY = {
    "code": "army", "from": ["assault.*"], "when": {"killed": "true", "source": ["armed"]},
}  # fmt: skip
CHAIN = {"code": "chain", "chain": ["reject", "demand"]}
LONG = {"code": "long", "chain": ["reject", "demand", "yield.*"]}
PLAIN = {"code": "plain", "from": ["reject"]}
DEAD = (Count("killed", 3, 3, 3, "three"),)


@pytest.mark.parametrize(
    ("codes", "one", "expected"),
    [
        ((WILD, EXACT), event("assault.drone"), "exact"),
        ((WILD, DEEP), event("assault.drone"), "deep"),
        ((WILD, EXACT), event("assault.shelling"), "wild"),
        ((KILLED, EXACT), event("assault.drone", counts=DEAD), "exact"),
        ((WILD, KILLED, BY_ARMY), event("assault.drone", counts=DEAD), "army"),
        ((WILD, KILLED, BY_ARMY), event("assault", counts=DEAD, sources=(CROWD,)), "killed"),
        ((WILD, KILLED, BY_ARMY), event("assault"), "wild"),
        ((PLAIN, CHAIN, LONG), event("reject", "demand", "yield.aid"), "long"),
        ((PLAIN, CHAIN, LONG), event("reject", "demand"), "chain"),
        ((PLAIN, CHAIN, LONG), event("reject", "yield"), "plain"),
        ((WILD, EXACT), event("protest"), None),
        ((ALL, EXACT), event("protest"), "all"),
        ((), event("assault"), None),
    ],
)
def test_which_line_wins(
    codes: tuple[dict[str, Any], ...], one: ArticleEvent, expected: str | None
) -> None:
    assert code(coder(*codes), one) == expected
    assert code(coder(*reversed(codes)), one) == expected


def test_the_longest_chain_of_the_mentions_is_coded() -> None:
    short, long = event("reject"), event("reject", "demand")
    both = replace(short, mentions=(*short.mentions, *long.mentions))
    assert code(coder(PLAIN, CHAIN), both) == "chain"


VAGUE = (Count("killed", None, None, None, "dozens"),)
NONE = (Count("killed", 0, 0, 0, "nobody"),)


@pytest.mark.parametrize(
    ("when", "more", "expected"),
    [
        ({}, {}, True),
        ({"source": ["armed"]}, {}, True),
        ({"source": ["police"]}, {}, False),
        ({"source": ["armed"]}, {"sources": ()}, False),
        ({"target": ["civilian", "police"]}, {}, True),
        ({"target": ["armed"]}, {}, False),
        ({"not_source": ["armed"]}, {}, False),
        ({"not_source": ["police"]}, {}, True),
        ({"not_target": ["civilian"]}, {}, False),
        ({"not_target": ["armed"]}, {"targets": ()}, True),
        ({"source_role": ["MIL"]}, {}, True),
        ({"source_role": ["REB"]}, {}, False),
        ({"source_role": ["ISI"]}, {"sources": (Actor("x", "x", "IMGISI"),)}, True),
        ({"target_role": ["CVL"]}, {}, True),
        ({"target_role": ["MIL"]}, {}, False),
        ({"inter": ["Civilians"]}, {}, True),
        ({"inter": ["State forces"]}, {}, True),
        ({"inter": ["Rebel group"]}, {}, False),
        ({"killed": "true"}, {}, False),
        ({"killed": "true"}, {"counts": DEAD}, True),
        ({"killed": "true"}, {"counts": VAGUE}, True),
        ({"killed": "true"}, {"counts": NONE}, False),
        ({"killed": "false"}, {"counts": NONE}, True),
        ({"killed": "false"}, {"counts": DEAD}, False),
        ({"injured": "true"}, {"counts": DEAD}, False),
        ({"injured": "true"}, {"counts": (Count("injured", 2, 2, 2, "two"),)}, True),
        ({"reciprocal": "true"}, {}, False),
        ({"reciprocal": "true"}, {"reciprocal": True}, True),
        ({"reciprocal": "false"}, {"reciprocal": True}, False),
        ({"source_filled": "true"}, {}, True),
        ({"source_filled": "false"}, {}, False),
        ({"source_filled": "false"}, {"sources": ()}, True),
        ({"target_filled": "true"}, {"targets": ()}, False),
        ({"target_filled": "false"}, {"targets": ()}, True),
        ({"completion": ["attempted"]}, {}, False),
        ({"completion": ["attempted"]}, {"completion": "attempted"}, True),
        ({"rule": ["a.rule"]}, {}, True),
        ({"rule": ["b.rule"]}, {}, False),
        ({"trigger": ["hit"]}, {}, True),
        ({"trigger": ["bomb", "shell"]}, {}, False),
        ({"with": ["protest.*"]}, {}, False),
        ({"source": ["armed"], "target": ["armed"]}, {}, False),
    ],
)
def test_conditions(when: dict[str, Any], more: dict[str, Any], expected: bool) -> None:
    assert holds(CodeWhen.model_validate(when), event("assault", **more), ()) is expected


def test_company() -> None:
    when = CodeWhen.model_validate({"with": ["protest.*"]})
    assert holds(when, event("assault"), [event("yield"), event("protest.riot")])
    assert not holds(when, event("assault"), [event("yield")])


def test_company_is_of_one_day_and_place() -> None:
    when = CodeWhen.model_validate({"with": ["protest.*"]})
    friday = When(date(2024, 3, 8), date(2024, 3, 8), "day", "stated")
    monday = When(date(2024, 3, 11), date(2024, 3, 11), "day", "stated")
    arrest = event("coerce.arrest", when=friday)
    assert holds(when, arrest, [event("protest", when=friday)])
    assert holds(when, arrest, [event("protest")])  # whose day the text does not say
    assert not holds(when, arrest, [event("protest", when=monday)])
    elsewhere = (Where("Abeche", "TCD", "town", "stated"),)
    assert not holds(when, arrest, [event("protest", when=friday, where=elsewhere)])


def test_a_least_number_of_arrests() -> None:
    when = CodeWhen.model_validate({"arrested": "20"})
    many = (Count("arrested", 63, 63, 63, "63"),)
    assert holds(when, event("coerce.arrest", counts=many), ())
    assert not holds(when, event("coerce.arrest", counts=DEAD), ())


def test_what_a_line_says_besides_is_stored() -> None:
    label = Label(label="Truce", extra={"root": "08"})
    line = {"code": "truce", "from": ["yield.*"], "extra": {"stage": "agreed"}}
    got = coder(line, labels={"truce": label}).code(event("yield"), ())
    assert got is not None
    assert dict(got.extra) == {"root": "08", "stage": "agreed"}


@pytest.mark.parametrize(
    ("code", "targets", "said"),
    [
        ("Air/drone strike", (CROWD,), True),
        ("Air/drone strike", (REBELS,), False),
        ("Attack", (REBELS,), True),
        ("Armed clash", (CROWD,), False),
        ("Looting/property destruction", (CROWD,), False),
    ],
)
def test_civilian_targeting(code: str, targets: tuple[Actor, ...], said: bool) -> None:
    line = Code.model_validate({"code": code, "from": ["assault"]})
    made = OntologyCoder(replace(UNDER_TEST, codes=(line,)))
    got = made.code(event("assault", targets=targets), ())
    assert got is not None
    assert got.extra.get("civilian_targeting") == ("Civilian targeting" if said else None)


def test_labels_and_scores() -> None:
    label = Label(label="Drone", quad_class="4", score="-10.0", extra={"root": "19"})
    got = coder(EXACT, labels={"exact": label}).code(event("assault.drone"), ())
    assert got is not None
    assert (got.codebook, got.label, got.quad_class, got.score) == ("mine", "Drone", 4, -10.0)
    assert (got.rule, dict(got.extra)) == ("a.rule", {"root": "19"})


# --- ACLED's kinds of actors ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "country", "kind"),
    [
        (ARMY, "TCD", "State forces"),
        (ARMY, "NER", "External/Other forces"),
        (ARMY, None, "State forces"),
        (REBELS, "NER", "Rebel group"),
        (CROWD, "TCD", "Civilians"),
        (Actor("UN", "UN", "IGOPKO"), "TCD", "External/Other forces"),
        (Actor("gunmen", "gunmen", "UAF", None, "UAF"), "TCD", "Political militia"),
        (replace(REBELS, kinds=frozenset({"inter:Identity militia"})), "TCD",
         "Identity militia"),
        (Actor("Chad", "Chad", "TCD", "TCD", kinds=frozenset({"country"})), "TCD",
         "State forces"),
        (Actor("it", "it"), "TCD", None),
    ],
)  # fmt: skip
def test_kinds(actor: Actor, country: str | None, kind: str | None) -> None:
    assert kind_of(actor, country) == kind


@pytest.mark.parametrize(
    ("one", "code", "expected"),
    [
        (event("assault"), "Attack", ("State forces", "Civilians")),
        (event("assault", sources=(CROWD,), targets=(REBELS,)), "Armed clash",
         ("Rebel group", "Civilians")),
        (event("protest.demonstration", sources=(CROWD,), targets=(ARMY,)), "Peaceful protest",
         ("Protesters", None)),
        (event("protest.demonstration", sources=(CROWD,), targets=()),
         "Protest with intervention", ("Protesters", "State forces")),
        (event("coerce.repress", sources=(ARMY,), targets=(CROWD,)),
         "Protest with intervention", ("Protesters", "State forces")),
        (event("coerce.repress", sources=(ARMY,), targets=(replace(ARMY, country="NER"),)),
         "Protest with intervention", ("Protesters", "State forces")),
        (event("protest.riot", sources=(CROWD,), targets=(ARMY,)), "Violent demonstration",
         ("Rioters", "State forces")),
        (event("protest.mob", sources=(CROWD,), targets=()), "Mob violence",
         ("Rioters", "Civilians")),
        (event("assault", sources=(REBELS,), targets=(MINISTER,)), "Attack",
         ("Rebel group", "Civilians")),
        (event("assault", sources=()), "Attack", ("Political militia", "Civilians")),
        (event("consult", sources=(), targets=()), "", (None, None)),
        (event("abduct", sources=(REBELS,), targets=(ARMY,)), "Abduction/forced disappearance",
         ("Rebel group", "Civilians")),
        (event("coerce.arrest", sources=()), "Arrests", ("State forces", "Civilians")),
        (event("coerce.arrest", targets=(ARMY,)), "Arrests", ("State forces", "State forces")),
        (event("assault.bomb", sources=(CROWD,)), "Suicide bomb",
         ("Political militia", "Civilians")),
        (event("assault.shelling", sources=(REBELS,), targets=(MINISTER,)),
         "Shelling/artillery/missile attack", ("Rebel group", "Civilians")),
        (event("territory.gain", sources=(REBELS,), targets=(LAND,)),
         "Non-state actor overtakes territory", ("Rebel group", "State forces")),
        (event("agreement", sources=(), targets=(ARMY, REBELS)), "Agreement",
         ("State forces", "Rebel group")),
        (event("protest.riot", sources=(CROWD,), targets=(), reciprocal=True),
         "Violent demonstration", ("Rioters", "Rioters")),
    ],
)  # fmt: skip
def test_order_of_sides(
    one: ArticleEvent, code: str, expected: tuple[str | None, str | None]
) -> None:
    got = inter_of(one, code)
    assert (got.get("inter1"), got.get("inter2")) == expected
    first, second = expected
    together = f"{first}-{second}" if second else f"{first} only" if first else None
    assert got.get("interaction") == together
