"""Rows from the types: every value in its column, the unknown null."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from coder.tables import rows
from coder.tables._values import toll
from coder.tables.check import check
from coder.tables.coverage import coverage
from coder.tables.models import dtypes, frame
from coder.types import Article, Count, Filler, Mention, Reject
from tests.tables_sample import KILLED, LINK, coded, mention, tables


def test_rows_have_the_columns_of_their_model_in_order() -> None:
    one = coded()
    for table, made in (
        ("articles", [rows.article_row(one.article, "s1")]),
        ("sentences", rows.sentence_rows(replace(one, screened=(1,)))),
        ("mentions", rows.mention_rows(one)),
        ("event_actors", rows.event_actor_rows(one)),
        ("event_places", rows.event_place_rows(one)),
        ("codings", rows.coding_rows(one)),
        ("event_mentions", rows.event_mention_rows(one)),
    ):
        for row in made:
            assert list(row) == list(dtypes(table)), table
    for row in rows.event_rows(one):
        assert set(row) == set(dtypes("article_events"))
    assert check("article_events", frame("article_events", rows.event_rows(one)))[1] == []


def test_article_row_leaves_the_unknown_null() -> None:
    row = rows.article_row(Article("a1", "Né.", date(2024, 2, 2), "h", url=""), "s9", coded=False)
    assert {k: v for k, v in row.items() if v is not None} == {
        "article_id": "a1",
        "published": date(2024, 2, 2),
        "text": "Né.",
        "n_characters": 3,
        "text_hash": "h",
        "syndication_id": "s9",
        "coded": False,
        "row": 0,
    }


def test_sentence_rows() -> None:
    got = [
        (r["sentence"], r["screened_out"], r["n_mentions"])
        for r in rows.sentence_rows(replace(coded(), screened=(1,)))
    ]
    assert got == [(0, False, 1), (1, True, 0)]


def test_mention_row() -> None:
    row = rows.mention_row(mention())
    assert row["slots"] == (
        '{"source":[{"end":15,"start":0,"text":"Jets of Norland"}],'
        '"target":[{"end":40,"start":23,"text":"the port; of Zadra"},'
        '{"end":40,"start":35,"text":"Zadra"}]}'
    )
    want = {
        "about_chain": "assault.air_strike",
        "about": None,
        "source": "Jets of Norland",
        "source_cameo": "NORMIL",
        "target": "the port, of Zadra;Zadra",
        "target_cameo": None,
        "event_date": date(2024, 2, 2),
        "date_end": date(2024, 2, 2),
        "date_precision": "day",
        "date_basis": "stated",
        "date_text": "on Friday",
        "country": "YEM",
        "admin1": "Hadra",
        "place": "Zadra",
        "latitude": 14.5,
        "longitude": 49.1,
        "geo_level": "town",
        "geo_basis": "stated",
        "fatalities_low": 9,
        "fatalities_best": 9,
        "fatalities_high": 9,
        "injured_low": None,
        "injured_best": None,
        "injured_high": None,
        "count_words": "killed=nine;arrested=dozens",
        "tags": "a;b",
        "attributed_to": None,
    }
    assert {k: row[k] for k in want} == want


def test_a_bare_mention_is_null_where_nothing_is_known() -> None:
    row = rows.mention_row(Mention("m", "a", 0, "meet", "meet.verb", "met", 4, 7, 1, {}, ("meet",)))
    unknown = {k for k, v in row.items() if v is None}
    assert unknown == set(dtypes("mentions")) - {
        "mention_id", "article_id", "sentence", "type", "about_chain", "rule", "trigger", "start",
        "end", "slots", "status", "completion", "hedged", "attribution", "quoted", "background",
        "reciprocal",
    }  # fmt: skip
    assert row["slots"] == "{}"
    assert check("mentions", frame("mentions", [row]))[1] == []


def test_chain_with_links() -> None:
    row = rows.mention_row(mention(type="reject", chain=("reject", "demand"), about=(LINK,)))
    assert row["about_chain"] == "reject>demand"
    assert json.loads(row["about"]) == [
        {
            "type": "demand",
            "rule": "demand.verb",
            "trigger": "demanded",
            "sources": [{"start": 0, "end": 4, "text": "Jets"}],
            "targets": [],
        }
    ]


@pytest.mark.parametrize(
    ("counts", "want"),
    [
        ((), None),
        ((Count("injured", 3, 3, 3, "three"),), None),
        ((Count("killed", None, None, None, "dozens"),), (None, None, None)),
        ((Count("killed", 3, 3, 3, "three"), KILLED), (9, 9, 9)),
        ((KILLED, Count("killed", 3, 3, 3, "three")), (9, 9, 9)),
        ((Count("killed", None, None, None, "dozens"), KILLED), (9, 9, 9)),
        ((Count("killed", 20, 20, None, "at least 20"),), (20, 20, None)),
        ((Count("killed", 0, 0, 0, "no one"),), (0, 0, 0)),
    ],
)
def test_toll(counts: tuple[Count, ...], want: tuple[int | None, ...] | None) -> None:
    got = toll(counts, "killed")
    assert (None if got is None else (got.low, got.best, got.high)) == want


def event_row(*mentions: Mention, **changes: object) -> dict[str, object]:
    one = coded()
    event = replace(one.events[0], mentions=mentions or one.events[0].mentions, **changes)
    [row] = rows.event_rows(replace(one, events=(event,)), "s7")
    return row


def test_event_row_of_an_article() -> None:
    row = event_row()
    want = {
        "event_id": "e1",
        "type": "assault.air_strike",
        "date_start": date(2024, 2, 2),
        "country": "YEM",
        "fatalities_best": 9,
        "fatalities_basis": "stated",
        "arrested_best": None,
        "n_mentions": 1,
        "n_articles": 1,
        "n_publishers": 1,
        "n_independent": 1,
        "first_published": date(2024, 2, 3),
        "last_published": date(2024, 2, 3),
        "article_id": "a1",
        "syndication_id": "s7",
        "publisher": "The Post",
        "mention_id": "m1",
        "start": 16,
    }
    assert {k: row[k] for k in want} == want


@pytest.mark.parametrize(
    ("first", "second", "column", "want"),
    [
        ({"status": "attempted"}, {}, "status", "actual"),
        ({"status": "attempted"}, {"status": "attempted"}, "status", "attempted"),
        ({}, {"completion": "intercepted"}, "completion", "intercepted"),
        ({}, {}, "completion", "completed"),
        ({"hedged": True}, {}, "hedged", False),
        ({"hedged": True}, {"hedged": True}, "hedged", True),
        ({"attribution": "adversary"}, {}, "attribution", "narrator"),
        ({"attribution": "adversary"}, {"attribution": "anonymous"}, "attribution", "adversary"),
        ({}, {"tags": frozenset({"disputed"})}, "disputed", True),
        ({}, {}, "disputed", False),
        ({"background": True}, {}, "background", False),
        ({}, {"reciprocal": True}, "reciprocal", True),
        ({"tags": frozenset({"toll.shared"})}, {}, "fatalities_basis", "shared"),
    ],
)
def test_mentions_of_one_event_are_summed_up(
    first: dict[str, object], second: dict[str, object], column: str, want: object
) -> None:
    assert event_row(mention(**first), mention(mention_id="m9", **second))[column] == want


def test_toll_in_words_only() -> None:
    row = event_row(counts=(Count("killed", None, None, None, "dozens"),))
    assert (row["fatalities_best"], row["fatalities_basis"]) == (None, "words")
    assert event_row(counts=())["fatalities_basis"] is None


def test_actors_of_other_slots_have_their_slot_as_side() -> None:
    one = coded()
    actor = replace(one.events[0].sources[0], name="Oslo", kinds=frozenset())
    host = (Filler(0, 1, 0, 4, "Oslo", actor), Filler(0, 2, 5, 9, "here"))
    met = mention(slots={"mediator": host})
    both = replace(one.events[0], mentions=(met, replace(met, mention_id="m2")))
    made = rows.event_actor_rows(replace(one, events=(both,)))
    got = [(r["side"], r["position"], r["name"], r["kinds"]) for r in made]
    assert got == [
        ("mediator", 0, "Oslo", None),
        ("source", 0, "Norland Air Force", "aircraft;armed"),
        ("target", 0, "the port; of Zadra", None),
    ]


def test_coding_rows() -> None:
    cameo, acled = rows.coding_rows(coded())
    assert (cameo["unit_id"], cameo["extra"], cameo["modes"]) == ("e1", None, None)
    assert (cameo["quad_class"], cameo["score"], cameo["rule"]) == (4, -10.0, "air")
    assert (acled["unit_id"], acled["extra"], acled["modes"]) == ("u1", '{"inter1":"8"}', "x;y")
    assert (acled["label"], acled["score"]) == (None, None)


def test_reject_rows_stand_once_and_in_order() -> None:
    b, a = Reject("read", "E110", "x", "b"), Reject("read", "E110", "x", "a", "a1")
    made = rows.reject_rows([b, a, b])
    assert [(r["place"], r["article_id"]) for r in made] == [("a", "a1"), ("b", None)]
    assert check("rejects", frame("rejects", made))[1] == []


def test_coverage() -> None:
    one, two = coded(), coded(article_id="a2", suffix="2")
    copy = replace(one.article, article_id="a3")
    later = replace(one.article, article_id="a4", published=date(2024, 3, 1), publisher=None)
    made = tables(one, two)
    articles = frame(
        "articles",
        [rows.article_row(c.article, "s") for c in (one, two)]
        + [rows.article_row(copy, "s", coded=False), rows.article_row(later, "t")],
    )
    got = coverage(articles, made["sentences"])
    assert check("coverage", got)[1] == []
    assert got.rows() == [
        (None, None, "2024-03", date(2024, 3, 1), 1, 1, 0, 0, 0, 0),
        ("The Post", None, "2024-02", date(2024, 2, 1), 3, 2, 4, 2, 2, 2),
    ]
