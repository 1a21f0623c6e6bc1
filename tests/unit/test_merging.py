"""Merging across articles: what is one event, what is not, what stays in doubt."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from coder.merging.merge import merge
from coder.tables.check import check_tables
from coder.tables.models import dtypes
from coder.types import Coding
from tests.merging_sample import (
    GUNMEN,
    HADRA,
    HARBOUR_FRONT,
    LION_FRONT,
    LOMA,
    NORLAND,
    NORLAND_JETS,
    PORT,
    SOUTHLAND,
    YEMEN,
    YEMEN_GUESSED,
    ZADRA,
    ZADRAN_REBELS,
    at_least,
    frames,
    joined,
    killed,
    merged,
    texts,
    told,
    when,
)

LATER = date(2024, 2, 5)


def ids(frame: pl.DataFrame) -> list[str]:
    return frame["event_id"].to_list()


def doubts(*coded):
    """Number of events, and the doubtful pairs with what they lack."""
    made = merged(*coded)
    return made.events.height, made.possible_duplicates.select(
        "event_id", "other_event_id", "lacks"
    ).rows()


def test_same_event_in_two_articles():
    made = merged(told("b"), told("a", source=(NORLAND_JETS,), target=(LION_FRONT,)))
    event = made.events.row(0, named=True)
    assert ids(made.events) == ["e-a-0"]
    assert (event["n_mentions"], event["n_articles"], event["n_independent"]) == (2, 2, 2)
    assert event["n_publishers"] == 2
    assert made.possible_duplicates.is_empty()
    assert made.event_mentions.rows() == [
        ("e-a-0", "m-a-0", "a", True),
        ("e-a-0", "m-b-0", "b", False),
    ]
    # Norland is the jets, better known: one row, not two.
    assert made.event_actors.select("side", "position", "cameo").rows() == [
        ("source", 0, "NORMIL"),
        ("target", 0, "YEMREB"),
    ]


def test_founding_is_by_publication_then_article():
    made = merged(told("a", published=LATER), told("c"), told("b"))
    assert ids(made.events) == ["e-b-0"]
    assert made.events["first_published"].to_list() == [date(2024, 2, 3)]
    assert made.events["last_published"].to_list() == [LATER]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"on": when(date(2024, 2, 1))}),
        ({}, {"where": (replace(ZADRA, country="SDN"),)}),
        ({}, {"type": "assault.drone"}),
        ({}, {"where": (LOMA,)}),
        ({}, {"where": (replace(HADRA, admin1="Loma", name="Loma"),)}),
        ({}, {"source": (SOUTHLAND,)}),
        ({"target": (LION_FRONT,)}, {"target": (SOUTHLAND,)}),
        ({"target": (LION_FRONT,)}, {"target": (HARBOUR_FRONT,)}),
        ({"type": "threaten", "chain": ("threaten", "assault")},
         {"type": "threaten", "chain": ("threaten", "yield.sanctions")}),
    ],
    ids=["day", "country", "type", "town", "admin1", "source", "target", "group", "deed"],
)  # fmt: skip
def test_contradictions_keep_apart_without_doubt(first, second):
    assert doubts(told("a", **first), told("b", **second)) == (2, [])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"type": "assault"}),
        ({}, {"where": (HADRA,)}),
        ({}, {"where": (YEMEN,)}),
        ({}, {"where": (PORT,)}),
        ({}, {"source": (NORLAND, SOUTHLAND)}),
        ({"target": (LION_FRONT,)}, {"target": (ZADRAN_REBELS,)}),
        ({"target": (LION_FRONT,)}, {"source": (GUNMEN,), "target": (ZADRAN_REBELS,)}),
        ({"where": (YEMEN_GUESSED,), "target": (LION_FRONT,)},
         {"where": (YEMEN_GUESSED,), "target": (LION_FRONT,)}),
        ({"on": when(end=date(2024, 2, 29), precision="month")},
         {"on": when(end=date(2024, 2, 29), precision="month")}),
        ({"on": when(basis="publication")}, {}),
        ({"counts": killed(5)}, {"counts": killed(9), "published": LATER}),
        ({"counts": killed(5)}, {"counts": at_least(9)}),
        ({"chain": ("threaten",), "type": "threaten"},
         {"chain": ("threaten", "assault"), "type": "threaten"}),
    ],
)  # fmt: skip
def test_agreement_at_the_coarser_precision_merges(first, second):
    if second.get("source") == (GUNMEN,):
        first = first | {"source": ()}
    assert doubts(told("a", **first), told("b", **second)) == (1, [])


@pytest.mark.parametrize(
    ("first", "second", "lacks"),
    [
        ({}, {"source": ()}, "actors"),
        ({"source": (GUNMEN,)}, {"source": (GUNMEN,)}, "actors"),
        ({"where": (YEMEN_GUESSED,)}, {}, "place"),
        ({"where": (HADRA,)}, {"where": (replace(ZADRA, admin1=None),)}, "place"),
        ({"where": (YEMEN,), "on": when(end=date(2024, 2, 29), precision="month")}, {}, "date"),
        ({"where": (YEMEN,), "on": when(basis="publication")}, {}, "date"),
        ({"counts": killed(5)}, {"counts": killed(9)}, "toll"),
        ({"counts": killed(9)}, {"counts": killed(5), "published": LATER}, "toll"),
        ({"source": (), "where": (YEMEN_GUESSED,)}, {"source": ()}, "place;actors"),
    ],
)
def test_pairs_without_proof_stay_in_doubt(first, second, lacks):
    a, b = told("a", **first), told("b", **second)
    assert doubts(a, b) == (2, [("e-a-0", "e-b-0", lacks)])
    assert doubts(b, a) == (2, [("e-a-0", "e-b-0", lacks)])


def test_agreement_is_named():
    made = merged(told("a"), told("b", source=()))
    assert made.possible_duplicates["agrees"].to_list() == ["type;date;country;place"]


@pytest.mark.parametrize("unknown", [{"on": None}, {"where": ()}])
def test_without_day_or_country_nothing_is_merged(unknown):
    assert doubts(told("a", **unknown), told("b", **unknown)) == (2, [])


def test_nothing_is_chained_over_an_unknown_value():
    """The second matches the first, the third only the second."""
    made = merged(
        told("a", target=()),
        told("b", target=(LION_FRONT,)),
        told("c", source=(), target=(LION_FRONT,)),
    )
    assert ids(made.events) == ["e-a-0", "e-c-0"]
    assert made.possible_duplicates["lacks"].to_list() == ["actors"]


def test_a_member_that_contradicts_keeps_apart():
    """Both the air strike and the drone attack fit the bare assault, but not each other."""
    made = merged(
        told("a", type="assault"),
        told("b", type="assault.air_strike"),
        told("c", type="assault.drone"),
    )
    assert made.events.select("event_id", "type").rows() == [
        ("e-a-0", "assault.air_strike"),
        ("e-c-0", "assault.drone"),
    ]
    assert made.possible_duplicates["lacks"].to_list() == ["single match"]


def test_events_of_one_article_stay_apart():
    both = joined(told("a"), told("a", start=50))
    assert doubts(both) == (2, [])


def test_a_report_that_fits_two_events_counts_with_the_first():
    both = joined(told("a"), told("a", start=50))
    made = merged(both, told("b"))
    assert made.events.select("event_id", "n_articles").rows() == [("e-a-0", 2), ("e-a-50", 1)]
    assert made.possible_duplicates.rows() == [
        ("e-a-0", "e-a-50", "type;date;country;place;actors", "single match")
    ]


def test_the_closest_match_wins():
    both = joined(
        told("a", where=(YEMEN,)), told("a", start=50, where=(ZADRA,), target=(LION_FRONT,))
    )
    made = merged(both, told("b", target=(LION_FRONT,)))
    assert made.events.select("event_id", "n_articles").rows() == [("e-a-0", 1), ("e-a-50", 2)]


def test_merged_values_are_the_best_known():
    made = merged(
        told("a", type="assault", where=(HADRA,), counts=killed(5), hedged=True),
        told("b", where=(replace(PORT, admin1="Hadra"),), counts=killed(9), published=LATER),
    )
    event = made.events.row(0, named=True)
    assert (event["type"], event["place"], event["geo_level"]) == (
        "assault.air_strike",
        "Zadra port",
        "exact",
    )
    assert event["hedged"] is False
    toll = [event[f"fatalities_{n}"] for n in ("low", "best", "high", "basis")]
    assert toll == [5, 9, 9, "range"]
    assert made.event_places.select("position", "place", "geo_level").rows() == [
        (0, "Zadra port", "exact"),
    ]


@pytest.mark.parametrize(
    ("counts", "toll"),
    [
        ([killed(5), killed(5)], (5, 5, 5, "stated")),
        ([(), killed(5)], (5, 5, 5, "stated")),
        ([(), ()], (None, None, None, None)),
        ([at_least(20), killed(25)], (20, 25, 25, "range")),
        ([killed(20), at_least(25)], (20, 25, None, "range")),
        ([at_least(20), killed(20)], (20, 20, 20, "stated")),
        ([killed(9), at_least(4)], (4, 4, 9, "range")),
    ],
)
def test_tolls(counts, toll):
    made = merged(told("a", counts=counts[0]), told("b", counts=counts[1], published=LATER))
    row = made.events.select("^fatalities_.*$").row(0)
    assert (made.events.height, row) == (1, toll)


def test_own_toll_goes_before_a_shared_one():
    shared = told("a", counts=killed(30), tags=frozenset({"toll.shared"}))
    made = merged(shared, told("b", counts=killed(4), published=LATER))
    assert made.events.select("^fatalities_.*$").row(0) == (4, 4, 4, "stated")
    alone = merged(shared, told("b"))
    assert alone.events.select("^fatalities_.*$").row(0) == (30, 30, 30, "shared")


def test_reprints_count_as_articles_but_not_as_independent():
    first = told("a", publisher="Agency")
    reprint = replace(
        told("b", published=LATER, publisher="Daily"), sentences=(), mentions=(), events=()
    )
    other = told("c", publisher="Daily")
    made = merged(first, reprint, other, syndication={"b": "a"})
    event = made.events.row(0, named=True)
    counted = {k: event[k] for k in ("n_mentions", "n_articles", "n_publishers", "n_independent")}
    assert counted == {"n_mentions": 2, "n_articles": 3, "n_publishers": 2, "n_independent": 2}
    assert event["last_published"] == LATER


def test_copies_that_were_coded_are_one_event_whatever_they_lack():
    made = merged(
        told("a", on=None, where=(), source=()),
        told("b", source=(), publisher="Daily"),
        syndication={"b": "a"},
    )
    event = made.events.row(0, named=True)
    assert (event["event_id"], event["n_articles"], event["n_independent"]) == ("e-a-0", 2, 1)
    assert (event["n_mentions"], event["date_start"], made.event_mentions.height) == (2, None, 2)
    assert made.codings["event_id"].to_list() == ["e-a-0"]
    assert made.event_places.is_empty()


def test_reciprocal_events_match_crosswise():
    made = merged(
        told("a", type="meet", source=(NORLAND,), target=(SOUTHLAND,), reciprocal=True),
        told("b", type="meet", source=(SOUTHLAND,), target=(NORLAND_JETS,), reciprocal=True),
    )
    assert made.event_actors.select("event_id", "side", "cameo").rows() == [
        ("e-a-0", "source", "NORMIL"),
        ("e-a-0", "target", "SDN"),
    ]


def test_codes_come_from_the_most_specific_member():
    vague = (Coding("cameo", "190", score=-10.0), Coding("own", "war"))
    made = merged(told("a", type="assault", codes=vague), told("b"))
    assert made.codings.select("event_id", "codebook", "code", "unit_id").rows() == [
        ("e-a-0", "cameo", "195", "e-a-0"),
        ("e-a-0", "own", "war", "e-a-0"),
    ]


def test_acled_counts_strikes_of_one_day_place_and_pair_as_one_unit():
    acled = (Coding("acled", "Air/drone strike"),)
    rebels = {"codes": acled, "target": (LION_FRONT,)}
    strikes = joined(
        told("a", **rebels),
        told("a", start=50, **rebels),
        told("a", start=99, **rebels, where=(LOMA,)),
        told("a", start=150, codes=acled, source=()),
        told("a", start=200, codes=acled, source=()),
    )
    units = dict(merged(strikes).codings.select("event_id", "unit_id").rows())
    assert units["e-a-0"] == units["e-a-50"]
    assert len(set(units.values())) == 4
    assert units["e-a-150"] == "e-a-150"


def test_a_battle_takes_in_the_shells_of_its_sides_and_a_march_its_police():
    rebels = {"target": (LION_FRONT,)}
    police = replace(GUNMEN, cameo="YEMCOP", country="YEM", role="COP")
    crowd = replace(GUNMEN, cameo="YEMCVL", country="YEM", role="CVL")
    made = merged(
        joined(
            told("a", codes=(Coding("acled", "Grenade"),), **rebels),
            told("a", start=50, codes=(Coding("acled", "Armed clash"),), **rebels),
            told("a", start=99, codes=(Coding("acled", "Grenade"),), **rebels, where=(LOMA,)),
            told("a", start=150, codes=(Coding("acled", "Peaceful protest"),), source=(crowd,)),
            told("a", start=200, codes=(Coding("acled", "Protest with intervention"),),
                 source=(police,), target=(crowd,)),
        )
    )  # fmt: skip
    rows = made.codings.select("event_id", "unit_id", "extra").rows()
    units = {event_id: unit_id for event_id, unit_id, _ in rows}
    extra = {event_id: json.loads(said or "{}") for event_id, _, said in rows}
    assert units["e-a-0"] == units["e-a-50"] != units["e-a-99"]
    assert extra["e-a-0"] == {"unit_code": "Armed clash"}
    assert extra["e-a-50"] == extra["e-a-99"] == {}
    assert units["e-a-150"] == units["e-a-200"]
    assert extra["e-a-150"] == {"unit_code": "Protest with intervention"}


def test_acled_names_the_crowd_first():
    kinds = {"inter1": "Protesters", "inter2": "State forces"}
    crowd = replace(GUNMEN, cameo="YEMCVL", country="YEM", role="CVL")
    police = replace(GUNMEN, cameo="YEMCOP", country="YEM", role="COP")
    codes = (Coding("acled", "Protest with intervention", extra=kinds),)
    made = merged(told("a", source=(police,), target=(crowd,), codes=codes))
    assert json.loads(made.codings["extra"][0]) == kinds | {"actor1_is": "target"}


def test_merged_frames_are_tables_that_keep_every_check():
    coded = [
        told("a", target=(LION_FRONT,), counts=at_least(3)),
        told("b", where=(PORT,), counts=killed(7), published=LATER),
        told("c", source=(), where=(YEMEN_GUESSED,)),
        joined(told("d", on=None), told("d", start=50, type="meet", reciprocal=True)),
    ]
    made = texts(*coded) | merged(*coded).tables()
    _, rejects = check_tables(made)
    assert rejects == []
    for name, frame in made.items():
        assert dict(frame.schema) == dtypes(name)
    assert made["events"].height == 4


def test_nothing_gives_nothing():
    made = merge(*frames())
    assert {name: frame.height for name, frame in made.tables().items()} == dict.fromkeys(
        made.tables(), 0
    )
    assert list(made.events.schema.items()) == list(dtypes("events").items())
