"""Each check of each table fails when it should, and what hangs on a bad row goes with it."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from coder.errors import CoderError
from coder.tables.check import check, check_tables, place
from coder.tables.models import FOREIGN_KEYS, INTERIM, KEYS, TABLES, columns, dtypes, frame, schema
from tests.tables_sample import coded, tables


def test_a_sound_dataset_has_no_rejects() -> None:
    made = tables()
    good, rejects = check_tables(made)
    assert rejects == []
    assert {name: df.height for name, df in good.items()} == {
        name: df.height for name, df in made.items()
    }
    assert good["mentions"].equals(made["mentions"])


ROWS = {
    "possible_duplicates": {"event_id": "e1", "other_event_id": "e2", "lacks": "date"},
    "event_changes": {"event_id": "e1", "change": "added", "previous": "b1"},
    "rejects": {"step": "read", "code": "E110", "message": "No date.", "place": "a.txt"},
    "reviews": {
        "review_id": "r1",
        "reviewer": "A. B.",
        "event_id": "e1",
        "field": "type",
        "reviewed_at": "2024-03-01T10:00:00Z",
    },
}


@cache
def sound(table: str) -> pl.DataFrame:
    """One sound row of a table."""
    if table in ROWS:
        return frame(table, [ROWS[table]])
    if table == "article_events":
        from coder.tables.rows import event_rows

        return frame(table, event_rows(coded()))
    return tables()[table].head(1)


BREAKS: list[tuple[str, dict[str, object], str, str]] = [
    ("articles", {"publisher_country": "usa"}, ".publisher_country", "str_matches"),
    ("articles", {"syndication_id": ""}, ".syndication_id", "str_length"),
    ("articles", {"text_hash": ""}, ".text_hash", "str_length"),
    ("articles", {"published": None}, ".published", "not_nullable"),
    ("articles", {"row": -1}, ".row", "greater_than_or_equal_to(0)"),
    ("sentences", {"end": 0}, "", "start < end"),
    ("sentences", {"start": -1}, ".start", "greater_than_or_equal_to(0)"),
    ("sentences", {"screened_out": True}, "", "screened_out leaves n_mentions 0"),
    ("mentions", {"type": "Air Strike"}, ".type", "str_matches"),
    ("mentions", {"start": 22}, "", "start < end"),
    ("mentions", {"status": "done"}, ".status", "isin"),
    ("mentions", {"completion": "half"}, ".completion", "isin"),
    ("mentions", {"attribution": "me"}, ".attribution", "isin"),
    ("mentions", {"hedged": None}, ".hedged", "not_nullable"),
    ("mentions", {"event_date": date(2024, 2, 3)}, "", "event_date <= date_end"),
    ("mentions", {"date_basis": None}, "", "are known together"),
    ("mentions", {"date_precision": "hour"}, ".date_precision", "isin"),
    ("mentions", {"latitude": None}, "", "latitude, longitude are known together"),
    ("mentions", {"geo_basis": None}, "", "geo_level, geo_basis are known together"),
    ("mentions", {"geo_level": None, "geo_basis": None}, "", "has a geo_level"),
    ("mentions", {"fatalities_low": 10}, "", "fatalities_low <= fatalities_best"),
    ("mentions", {"injured_low": 3, "injured_high": 2}, "", "injured_low <= injured_best"),
    ("mentions", {"about_chain": "assault.air_strikes"}, "", "about_chain starts with type"),
    ("mentions", {"about": "{"}, "", "about is JSON"),
    ("mentions", {"slots": "not json"}, "", "slots is JSON"),
    ("mentions", {"counts": "[1"}, "", "counts is JSON"),
    ("events", {"status": "negated"}, ".status", "isin"),
    ("events", {"date_end": date(2024, 2, 1)}, "", "date_start <= date_end"),
    ("events", {"date_end": None}, "", "are known together"),
    ("events", {"date_basis": None}, "", "are known together"),
    ("events", {"latitude": 90.5}, ".latitude", "in_range(-90, 90)"),
    ("events", {"latitude": float("nan")}, ".latitude", "in_range(-90, 90)"),
    ("events", {"longitude": -180.1}, ".longitude", "in_range(-180, 180)"),
    ("events", {"longitude": None}, "", "latitude, longitude are known together"),
    ("events", {"fatalities_best": 8}, "", "fatalities_low <= fatalities_best"),
    ("events", {"fatalities_best": -1}, ".fatalities_best", "greater_than_or_equal_to(0)"),
    ("events", {"fatalities_best": None, "fatalities_high": 8}, "", "<= fatalities_high"),
    ("events", {"fatalities_basis": None}, "", "need a fatalities_basis"),
    ("events", {"fatalities_basis": "guessed"}, ".fatalities_basis", "isin"),
    ("events", {"injured_low": 3, "injured_best": 2}, "", "injured_low <= injured_best"),
    ("events", {"geo_level": "street"}, ".geo_level", "isin"),
    ("events", {"geo_level": None, "geo_basis": None}, "", "has a geo_level"),
    ("events", {"country": "YE"}, ".country", "str_matches"),
    ("events", {"n_mentions": 0}, ".n_mentions", "greater_than_or_equal_to(1)"),
    ("events", {"n_independent": 2}, "", "n_independent <= n_articles"),
    ("events", {"n_publishers": 2}, "", "n_publishers <= n_articles"),
    ("events", {"last_published": date(2024, 1, 1)}, "", "first_published <= last_published"),
    ("article_events", {"mention_id": None}, ".mention_id", "not_nullable"),
    ("article_events", {"date_end": date(2024, 2, 1)}, "", "date_start <= date_end"),
    ("event_actors", {"side": "Source"}, ".side", "str_matches"),
    ("event_actors", {"resolved_by": "luck"}, ".resolved_by", "isin"),
    ("event_actors", {"country": "Norland"}, ".country", "str_matches"),
    ("event_places", {"longitude": 181.0}, ".longitude", "in_range(-180, 180)"),
    ("event_places", {"latitude": None}, "", "latitude, longitude are known together"),
    ("event_places", {"geo_basis": "guessed"}, ".geo_basis", "isin"),
    ("codings", {"quad_class": 5}, ".quad_class", "in_range(0, 4)"),
    ("codings", {"score": float("nan")}, "", "score is finite"),
    ("codings", {"score": float("inf")}, "", "score is finite"),
    ("codings", {"extra": "x"}, "", "extra is JSON"),
    ("codings", {"code": ""}, ".code", "str_length"),
    ("event_mentions", {"founding": None}, ".founding", "not_nullable"),
    ("possible_duplicates", {"other_event_id": "e1"}, "", "event_id < other_event_id"),
    ("event_changes", {"change": "moved"}, ".change", "isin"),
    ("event_changes", {"change": "merged"}, "", "needs an other_event_id"),
    ("coverage", {"period": "2024-13"}, ".period", "str_matches"),
    ("coverage", {"n_articles_coded": 2}, "", "n_articles_coded <= n_articles"),
    ("coverage", {"n_sentences": 3}, "", "n_sentences = "),
    ("rejects", {"code": "X1"}, ".code", "str_matches"),
    ("reviews", {"event_id": None, "article_id": "a1"}, "", "a review has an event_id"),
]


@pytest.mark.parametrize(("table", "changes", "column", "reason"), BREAKS)
def test_a_broken_value_is_rejected(
    table: str, changes: dict[str, object], column: str, reason: str
) -> None:
    row = sound(table)
    assert check(table, row)[1] == []
    kinds = dtypes(table)
    broken = row.with_columns(
        [pl.lit(value, dtype=kinds[name]).alias(name) for name, value in changes.items()]
    )
    good, rejects = check(table, broken)
    assert good.height == 0
    at = place(table, broken.row(0, named=True)) + column
    found = [r for r in rejects if r.place == at and reason in r.message]
    assert [r.code for r in found] == ["E401"]


def test_strict_stops_at_a_broken_value() -> None:
    broken = sound("events").with_columns(country=pl.lit("x"))
    with pytest.raises(CoderError, match="E407") as caught:
        check("events", broken, strict=True)
    assert caught.value.place == "events[e1].country"
    assert check("events", sound("events"), strict=True)[1] == []


def test_every_rule_over_columns_has_a_break() -> None:
    for table in [*TABLES, *INTERIM]:
        if table == "article_events":  # its rules are those of events
            continue
        for rule in schema(table).checks:
            reasons = [reason for name, _, column, reason in BREAKS if name == table and not column]
            assert any(reason in str(rule.error) for reason in reasons), (table, rule.error)


def test_every_literal_column_has_a_break() -> None:
    broken = {
        (table, column.lstrip(".")) for table, _, column, reason in BREAKS if reason == "isin"
    }
    declared = {
        (table, c.name)
        for table in TABLES
        for c in columns(table)
        if any(k.startswith("isin") for k in c.checks)
    }
    shared = {"completion", "attribution", "date_precision", "date_basis", "geo_level", "geo_basis"}
    assert {name for table, name in declared} - {name for _, name in broken} <= shared


def test_every_column_has_title_and_description() -> None:
    for table in [*TABLES, *INTERIM]:
        assert list(KEYS[table]) == [c for c in KEYS[table] if c in dtypes(table)]
        for c in columns(table):
            assert c.title, (table, c.name)
            assert c.description.endswith("."), (table, c.name)
            assert c.dtype in ("String", "Int32", "Float64", "Boolean", "Date")


def test_foreign_keys_name_columns_that_are() -> None:
    for ref in FOREIGN_KEYS:
        assert set(ref.columns) <= set(dtypes(ref.table))
        assert set(ref.parent_columns) <= set(dtypes(ref.parent))


def test_other_columns_stop_at_once() -> None:
    df = tables()["event_mentions"]
    for wrong, says in (
        (df.drop("founding"), "founding is missing"),
        (df.with_columns(x=1), "x is not a column of it"),
        (df.with_columns(pl.lit(1).alias("founding")), "founding is Int32, not Boolean"),
    ):
        with pytest.raises(CoderError, match=says) as caught:
            check("event_mentions", wrong)
        assert caught.value.code == "E402"
    with pytest.raises(CoderError, match="E410"):
        check("nothing", df)
    with pytest.raises(CoderError, match="E410"):
        check_tables({"nothing": df})


def test_of_equal_keys_one_row_is_kept_whatever_the_order() -> None:
    first = sound("articles")
    other = first.with_columns(headline=pl.lit("B"))
    another = first.with_columns(headline=pl.lit("A"))
    ahead, rejects = check("articles", pl.concat([other, another]))
    behind, same = check("articles", pl.concat([another, other]))
    assert ahead["headline"].to_list() == behind["headline"].to_list() == ["A"]
    assert rejects == same
    assert [(r.code, r.place, r.article_id) for r in rejects] == [("E404", "articles[a1]", "a1")]


def test_a_row_kept_for_its_key_is_a_sound_one() -> None:
    row = sound("articles")
    bad = row.with_columns(row=pl.lit(-1, dtype=pl.Int32))
    good, rejects = check("articles", pl.concat([bad, row]))
    assert good.equals(row)
    assert [r.code for r in rejects] == ["E401"]


def test_null_keys_are_one_key() -> None:
    row = sound("coverage").with_columns(publisher=pl.lit(None, dtype=pl.String))
    good, rejects = check("coverage", pl.concat([row, row]))
    assert good.height == 1
    assert [r.code for r in rejects] == ["E404"]


def test_all_failures_of_all_rows_are_gathered() -> None:
    row = sound("events")
    broken = row.with_columns(country=pl.lit("x"), latitude=pl.lit(99.0))
    other = row.with_columns(event_id=pl.lit("e2"), status=pl.lit("x"))
    _, rejects = check("events", pl.concat([broken, other]))
    assert [r.place for r in rejects] == [
        "events[e1].country",
        "events[e1].latitude",
        "events[e2].status",
    ]


def test_codes_must_be_those_of_their_codebook() -> None:
    df = tables()["codings"]
    known = {"cameo": ["195"], "acled": ["Air/drone strike"]}
    good, rejects = check("codings", df, codes=known)
    assert good.equals(df)
    assert rejects == []


def test_unknown_codes_are_rejected() -> None:
    df = tables()["codings"]
    good, rejects = check("codings", df, codes={"cameo": {"195"}, "acled": {"Air"}})
    assert good["codebook"].to_list() == ["cameo"]
    assert [(r.code, r.place) for r in rejects] == [
        ("E405", "codings[e1,acled,Air/drone strike].code")
    ]
    good, rejects = check("codings", df, codes={})
    assert (good.height, [r.code for r in rejects]) == (0, ["E405", "E405"])


def test_what_refers_to_a_bad_row_goes_with_it() -> None:
    made = tables(coded(), coded(article_id="a2", suffix="2"))
    made["sentences"] = made["sentences"].with_columns(
        end=pl.when((pl.col("article_id") == "a1") & (pl.col("sentence") == 0))
        .then(0)
        .otherwise("end")
        .cast(pl.Int32)
    )
    good, rejects = check_tables(made)
    for table in (
        "mentions",
        "events",
        "event_actors",
        "event_places",
        "codings",
        "event_mentions",
    ):
        keys = good[table][KEYS[table][0]].unique().to_list()
        assert keys in (["m2"], ["e2"]), table
    assert good["articles"].height == 2
    reasons = [(r.code, r.place) for r in rejects]
    assert ("E401", "sentences[a1,0]") in reasons
    assert ("E403", "mentions[m1].article_id") in reasons
    assert ("E403", "event_mentions[e1,m1].mention_id") in reasons
    assert ("E406", "events[e1]") in reasons
    assert ("E403", "codings[e1,cameo,195].event_id") in reasons
    assert check_tables(good)[1] == []
    with pytest.raises(CoderError, match="E407"):
        check_tables(made, strict=True)


@pytest.mark.parametrize("ref", FOREIGN_KEYS, ids=lambda r: f"{r.table}-{r.columns[0]}")
def test_each_foreign_key_fails_without_its_parent(ref) -> None:  # type: ignore[no-untyped-def]
    row = sound(ref.table)
    if ref.table == "reviews":
        row = row.with_columns(article_id=pl.lit("a1"), sentence=pl.lit(0, dtype=pl.Int32))
    given = {ref.table: row, ref.parent: frame(ref.parent)}
    good, rejects = check_tables(given)
    assert good[ref.table].height == 0
    assert rejects[0].code == "E403"
    assert f"table {ref.parent} " in rejects[0].message


def test_an_unknown_reference_refers_to_nothing() -> None:
    made = {"reviews": sound("reviews"), "articles": frame("articles")}
    assert check_tables(made)[1] == []
