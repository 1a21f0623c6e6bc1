"""Views count by their ontology's own unit, and macros answer what they say they do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from coder.store.database import MACROS, macro_call, macro_sql, write_database
from coder.tables.models import TABLES, frame
from coder.tables.parquet import write_table
from coder.types import Coding
from tests.merging_sample import (
    LION_FRONT,
    LOMA,
    SOUTHLAND,
    ZADRA,
    joined,
    killed,
    merged,
    texts,
    told,
    when,
)

STRIKE = (
    Coding("cameo", "195", "Use aircraft", quad_class=4, score=-10.0),
    Coding("acled", "Air/drone strike", extra={"event_type": "Explosions/Remote violence"}),
)
TALKS = (Coding("cameo", "036", "Express intent to meet", quad_class=1, score=4.0),)
MET = {"type": "meet", "codes": TALKS, "reciprocal": True, "published": date(2024, 3, 4)}


def database(folder: Path) -> Path:
    """Two strikes of one day, place and pair with different tolls; talks of two, of one and of
    nobody known; a copy of a report."""
    coded = [
        told("a", target=(LION_FRONT,), counts=killed(5), codes=STRIKE),
        told("b", target=(LION_FRONT,), counts=killed(90), codes=STRIKE, publisher="p"),
        told("c", target=(LION_FRONT,), where=(LOMA,), codes=STRIKE, published=date(2024, 2, 9)),
        told("d", target=(SOUTHLAND,), on=when(date(2024, 3, 1)), **MET),
        told("e", on=when(date(2024, 3, 2)), **MET),
        told("f", source=(), on=when(date(2024, 3, 3)), **MET),
    ]
    tables = {name: frame(name) for name in TABLES} | texts(*coded) | merged(*coded).tables()
    copy = texts(joined(told("x", publisher="copyist")), syndication={"x": "b"})["articles"]
    tables["articles"] = tables["articles"].vstack(copy)
    for name, table in tables.items():
        write_table(folder / f"{name}.parquet", name, table)
    return write_database(folder)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(database(tmp_path_factory.mktemp("build"))), read_only=True)


def test_acled_counts_units_and_adds_up_their_tolls(db):
    assert db.sql("SELECT count(*), count(DISTINCT unit_id) FROM acled_records").fetchall() == [
        (3, 2)
    ]
    assert db.sql(
        "SELECT event_id, n_records, fatalities, place, n_articles, n_publishers, first_published "
        "FROM events_acled ORDER BY event_id"
    ).fetchall() == [
        ("e-a-0", 2, 95, "Zadra", 3, 3, date(2024, 2, 3)),
        ("e-c-0", 1, None, "Loma", 1, 1, date(2024, 2, 9)),
    ]


def test_cameo_turns_only_what_two_known_sides_do(db):
    found = db.sql(
        "SELECT event_id, mirror, source, target FROM events_cameo WHERE cameo = '036' "
        "ORDER BY event_id, mirror"
    ).fetchall()
    assert found == [
        ("e-d-0", False, "NOR", "SDN"),
        ("e-d-0", True, "SDN", "NOR"),
        ("e-e-0", False, "NOR", None),
        ("e-f-0", False, None, None),
    ]


def test_wide_has_each_event_once_with_its_codes(db):
    assert db.sql("SELECT count(*) FROM events_wide").fetchall() == [(6,)]
    assert db.sql(
        "SELECT cameo, goldstein, sub_event_type, plover, source FROM events_wide "
        "WHERE event_id = 'e-a-0'"
    ).fetchall() == [("195", -10.0, "Air/drone strike", None, "NOR")]


def test_dyads_by_month_have_both_directions_and_can_be_narrowed(db):
    every = db.sql("FROM dyad_month()").fetchall()
    assert every == [
        ("NOR", "SDN", date(2024, 3, 1), 1, 1, 0, 4.0, 4.0, 0.0),
        ("NOR", "YEM", date(2024, 2, 1), 3, 0, 3, -10.0, 0.0, -30.0),
        ("SDN", "NOR", date(2024, 3, 1), 1, 1, 0, 4.0, 4.0, 0.0),
    ]
    assert db.sql("FROM dyad_month('SDN', 'NOR')").fetchall() == [every[0], every[2]]
    assert db.sql("FROM dyad_month(b := 'YEM')").fetchall() == [every[1]]
    assert db.sql("FROM dyad_month('SDN', 'YEM')").fetchall() == []


def test_weeks_of_a_country_have_sums_and_what_was_read(db):
    assert db.sql(
        "SELECT country, week, n_events, n_material_conflict, goldstein_negative, killed_at_least, "
        "n_toll_unknown, articles_read FROM country_week('YEM')"
    ).fetchall() == [
        ("YEM", date(2024, 1, 29), 3, 3, -30.0, 95, 1, 3),
        ("YEM", date(2024, 2, 26), 3, 0, 0.0, None, 3, 0),
    ]
    assert db.sql("FROM country_week('NOR')").fetchall() == []


def test_distance_is_that_of_the_great_circle(db):
    ((paris, none, far),) = db.sql(
        "SELECT km_between(48.8566, 2.3522, 51.5074, -0.1278), km_between(1, 1, 1, 1), "
        "km_between(0, 0, 0, 180)"
    ).fetchall()
    assert paris == pytest.approx(343.6, abs=0.5)
    assert none == 0
    assert far == pytest.approx(20015.1, abs=0.1)


def test_events_near_a_point_are_those_of_places_known_well_enough(db):
    at = (ZADRA.latitude, ZADRA.longitude)
    near = db.sql(f"SELECT event_id, distance_km FROM events_near({at[0]}, {at[1]}, 10)").fetchall()
    assert near == [(f"e-{name}-0", 0.0) for name in "abdef"]
    far = db.sql(f"SELECT count(*) FROM events_near({at[0]}, {at[1]}, 200)").fetchall()
    assert far == [(6,)]
    none = f"SELECT count(*) FROM events_near({at[0]}, {at[1]}, 200, levels := ['exact'])"
    assert db.sql(none).fetchall() == [(0,)]
    assert db.sql(f"FROM counts_near({at[0]}, {at[1]}, 10)").fetchall() == [
        (date(2024, 2, 1), "assault.air_strike", 2, 2, 95),
        (date(2024, 3, 1), "meet", 3, 3, None),
    ]


def test_a_copy_is_no_publisher_of_its_own(db):
    assert db.sql("FROM independent_publishers(2)").fetchall() == []
    found = db.sql("SELECT publishers FROM independent_publishers(1) WHERE event_id = 'e-b-0'")
    assert found.fetchall() == [("p",)]


def test_lag_is_measured_from_stated_days(db):
    assert db.sql("FROM reporting_lag()").fetchall()[0] == (
        "assault.air_strike", 3, 0.0, 1.0, 5.8, 7,
    )  # fmt: skip


def test_top_dyads_take_a_number(db):
    assert db.sql("SELECT source, target, n_events FROM top_dyads(1)").fetchall() == [
        ("NOR", "YEMREB", 3)
    ]


def test_sentences_behind_one_event(db):
    found = db.sql("SELECT mention_id, sentence_text FROM sentences_behind('e-a-0')").fetchall()
    assert found == [("m-a-0", "Word of it came.")]


def test_every_macro_says_what_it_does(db):
    listed = dict(
        db.sql(
            "SELECT function_name, comment FROM duckdb_functions() "
            "WHERE NOT internal AND database_name = 'events'"
        ).fetchall()
    )
    assert listed == {name: macro_sql(name)[0] for name in MACROS}
    folder = Path(__file__).parents[2] / "coder" / "store" / "sql" / "macros"
    assert sorted(MACROS) == sorted(p.stem for p in folder.glob("*.sql"))
    assert all(macro_call(name).startswith(f"{name}(") for name in MACROS)
