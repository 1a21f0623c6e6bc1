"""The database of a dataset: what it holds, what a query may do, how results are printed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from coder.errors import CoderError
from coder.store.database import VIEWS, split_header, write_database
from coder.store.output import write
from coder.store.query import query, recipe
from coder.store.recipes import RECIPES, page, recipe_texts
from coder.tables.coverage import coverage
from coder.tables.dataset import Build
from coder.tables.models import TABLES, columns, frame
from coder.types import Coding
from tests.merging_sample import (
    LION_FRONT,
    LOMA,
    NORLAND,
    PORT,
    SOUTHLAND,
    YEMEN_GUESSED,
    ZADRA,
    joined,
    killed,
    merged,
    texts,
    told,
    when,
)

DAY = date(2024, 2, 2)
CODES = (
    Coding("cameo", "195", "Use aircraft", quad_class=4, score=-10.0),
    Coding("plover", "ASSAULT", modes=("aerial",), quad_class=4, score=-10.0),
    Coding("acled", "Air/drone strike", extra={"event_type": "Remote", "inter1": "State forces"}),
    Coding("strikes", "air_strike", "Air strike"),
)
TALKS = (Coding("cameo", "036", "Express intent to meet", quad_class=1, score=4.0),)
THREAT = (Coding("cameo", "138", "Threaten", quad_class=3, score=-7.0),)


def sample() -> dict[str, object]:
    """Tables with a merged strike, talks, a threat, a doubtful pair and a reject."""
    strike = {"target": (LION_FRONT,), "codes": CODES}
    coded = [
        told("a", where=(ZADRA,), counts=killed(5), **strike),
        joined(
            told("b", where=(PORT,), counts=killed(9), published=date(2024, 2, 5), **strike),
            told("b", start=50, where=(LOMA,), **strike),
        ),
        told("c", where=(YEMEN_GUESSED,), source=(), codes=CODES),
        told(
            "d",
            type="meet",
            source=(NORLAND,),
            target=(SOUTHLAND,),
            reciprocal=True,
            codes=TALKS,
        ),
        told(
            "e",
            type="threaten",
            chain=("threaten", "assault"),
            target=(SOUTHLAND,),
            on=when(basis="publication"),
            codes=THREAT,
        ),
    ]
    tables = {name: frame(name) for name in TABLES} | texts(*coded) | merged(*coded).tables()
    tables["coverage"] = coverage(tables["articles"], tables["sentences"])
    tables["rejects"] = frame(
        "rejects", [{"step": "read", "code": "E101", "message": "No.", "place": "x.txt:3"}]
    )
    return tables


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("outputs") / "it's"
    with Build(out) as build:
        for name, table in sample().items():
            build.write(name, table)
        write_database(build.path)
        build.commit(lambda path: path.write_text("{}", encoding="utf-8"))
    return out


def rows(dataset: Path, sql: str) -> list[tuple]:
    return [tuple(row.values()) for row in query(dataset, sql).to_pylist()]


def test_every_table_is_in_the_database_with_its_rows(dataset):
    for name, table in sample().items():
        found = query(dataset, f"FROM {name}").to_pylist()
        assert found == table.to_dicts(), name


def test_tables_and_columns_say_what_they_are(dataset):
    comments = dict(
        rows(
            dataset,
            "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'events'",
        )
    )
    assert list(comments) == [c.name for c in columns("events")]
    assert comments["latitude"] == "Latitude: WGS84. [degrees]"
    of_tables = rows(dataset, "SELECT table_name, comment FROM duckdb_tables()")
    assert {name for name, _ in of_tables} == set(TABLES)
    assert all(comment.startswith("One row ") for _, comment in of_tables)
    of_views = rows(dataset, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    assert {name for name, _ in of_views} == set(VIEWS)
    assert all(comment.startswith("One row is") for _, comment in of_views)


def test_cameo_has_both_directions_of_what_both_sides_do(dataset):
    found = rows(
        dataset,
        "SELECT event_id, mirror, cameo, root, source, target, sources, goldstein "
        "FROM events_cameo ORDER BY event_id, mirror",
    )
    assert found == [
        ("e-a-0", False, "195", "19", "NOR", "YEMREB", "NOR", -10.0),
        ("e-b-50", False, "195", "19", "NOR", "YEMREB", "NOR", -10.0),
        ("e-c-0", False, "195", "19", None, None, None, -10.0),
        ("e-d-0", False, "036", "03", "NOR", "SDN", "NOR", 4.0),
        ("e-d-0", True, "036", "03", "SDN", "NOR", "SDN", 4.0),
        ("e-e-0", False, "138", "13", "NOR", "SDN", "NOR", -7.0),
    ]


def test_other_ontologies(dataset):
    assert rows(
        dataset,
        "SELECT event_id, sub_event_type, event_type, inter1, inter2, fatalities FROM events_acled "
        "ORDER BY event_id",
    ) == [
        ("e-a-0", "Air/drone strike", "Remote", "State forces", None, 5),
        ("e-b-50", "Air/drone strike", "Remote", "State forces", None, None),
        ("e-c-0", "Air/drone strike", "Remote", "State forces", None, None),
    ]
    assert rows(
        dataset,
        "SELECT DISTINCT plover, plover_modes, plover_quad, plover_score FROM events_plover",
    ) == [("ASSAULT", "aerial", 4, -10.0)]
    assert rows(dataset, "SELECT strikes, count(*) FROM events_strikes GROUP BY ALL") == [
        ("air_strike", 3)
    ]


def test_sentences_behind_an_event(dataset):
    assert rows(
        dataset,
        'SELECT mention_id, founding, sentence_text, rule, trigger, start, "end", publisher '
        "FROM event_sentences WHERE event_id = 'e-a-0' ORDER BY mention_id",
    ) == [
        ("m-a-0", True, "Word of it came.", "rule.one", "Word", 0, 4, "a"),
        ("m-b-0", False, "Word of it came.", "rule.one", "Word", 0, 4, "b"),
    ]


def test_timeline_counts_events_and_tolls(dataset):
    assert rows(
        dataset,
        "SELECT day, country, type, n_events, n_reports, fatalities_low, fatalities_best, "
        "n_toll_unknown FROM timeline WHERE type = 'assault.air_strike'",
    ) == [(date(2024, 2, 2), "YEM", "assault.air_strike", 3, 4, 5, 9, 2)]


# --- recipes --------------------------------------------------------------------------------

EXPECTED = {
    "air_strikes_by_week": [("YEM", date(2024, 1, 29), 3, 5, 600.0)],
    "independent_reports": [
        ("e-a-0", "assault.air_strike", date(2024, 2, 2), "YEM", "Zadra port", 2, 2, 2)
    ],
    "dyads_by_month": [
        (date(2024, 2, 1), "NOR", "SDN", 2, -1.5),
        (date(2024, 2, 1), "NOR", "YEMREB", 2, -10.0),
        (date(2024, 2, 1), "SDN", "NOR", 1, 4.0),
    ],
    "two_countries_by_month": [
        ("NOR", "SDN", date(2024, 2, 1), 2, 1, 1, -1.5, 4.0, -7.0),
        ("SDN", "NOR", date(2024, 2, 1), 1, 1, 0, 4.0, 4.0, 0.0),
    ],
    "top_dyads": [
        ("NOR", "SDN", 2, DAY, DAY, -1.5, 1, 1),
        ("NOR", "YEMREB", 2, DAY, DAY, -10.0, 2, 2),
        ("SDN", "NOR", 1, DAY, DAY, 4.0, 0, 3),
    ],
    "goldstein_by_week": [("YEM", date(2024, 1, 29), 5, -6.6, 4.0, -37.0, 4)],
    "near_a_point": [
        (date(2024, 2, 1), "assault.air_strike", 1, 2, 5),
        (date(2024, 2, 1), "meet", 1, 1, None),
        (date(2024, 2, 1), "threaten", 1, 1, None),
    ],
    "independent_publishers": [("e-a-0", 2, "a;b", 2, date(2024, 2, 3), date(2024, 2, 5))],
    "reporting_lag": [
        ("assault.air_strike", 3, 0.0, 1.0, 2.6, 3),
        ("meet", 1, 0.0, 1.0, 1.0, 1),
    ],
    "dated_by_publication": [
        ("e-e-0", "threaten", date(2024, 2, 2), "YEM", "Zadra", date(2024, 2, 3))
    ],
    "precision_codes": [
        ("e-a-0", 1, 1, 1, 1),
        ("e-b-50", 1, 1, 1, 1),
        ("e-c-0", 1, 1, None, 6),
        ("e-d-0", 1, 1, 1, 1),
        ("e-e-0", 1, 1, 1, 1),
    ],
    "threats_by_deed": [("assault", "threaten", 1)],
    "casualties_by_month": [("YEM", date(2024, 2, 1), 5, 9, None, 4, 5)],
    "rules_by_events": [
        ("rule.one", "assault.air_strike", 3, 4),
        ("rule.one", "meet", 1, 1),
        ("rule.one", "threaten", 1, 1),
    ],
    "acled_by_week": [("YEM", date(2024, 1, 29), "Air/drone strike", 3, 3, 5)],
    "rejects_by_reason": [("read", "E101", 1, "No.", "x.txt:3")],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_recipes(dataset, name):
    assert rows(dataset, recipe(name)) == EXPECTED[name]


def test_recipe_of_sentences(dataset):
    found = query(dataset, recipe("sentences_behind_event")).to_pylist()
    assert [(r["event_id"], r["publisher"], r["start"]) for r in found] == [
        ("e-a-0", "a", 0),
        ("e-a-0", "b", 0),
    ]


def test_recipe_of_possible_duplicates(dataset):
    found = query(dataset, recipe("possible_duplicates")).to_pylist()
    assert [(r["event_id"], r["other_event_id"], r["lacks"], r["sources"]) for r in found] == [
        ("e-a-0", "e-c-0", "place;actors", "NOR"),
        ("e-b-50", "e-c-0", "place;actors", "NOR"),
    ]


def test_no_recipe_is_untested_or_unlisted():
    folder = Path(__file__).parents[2] / "coder" / "store" / "sql" / "recipes"
    assert sorted(RECIPES) == sorted(p.stem for p in folder.glob("*.sql"))
    assert set(RECIPES) == {*EXPECTED, "sentences_behind_event", "possible_duplicates"}
    assert recipe("dyads") == recipe("dyads_by_month")
    for text in recipe_texts().values():
        header, sql = split_header(text)
        assert "?" in header
        assert sql.endswith(";")
    for wrong in ("none", "", "t"):
        with pytest.raises(CoderError) as error:
            recipe(wrong)
        assert error.value.code == "E434"


def test_page_of_queries_is_what_the_files_say():
    """Made anew by `python -m coder.store.recipes > docs/queries.md`."""
    docs = Path(__file__).parents[2] / "docs" / "queries.md"
    assert docs.read_text(encoding="utf-8") == page()


# --- what a query may do --------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "COPY events TO '{tmp}/x.csv'",
        "COPY (SELECT 1) TO '/dev/stdout'",
        "ATTACH '{tmp}/x.duckdb' AS x",
        "INSTALL httpfs",
        "LOAD httpfs",
        "INSERT INTO rejects SELECT * FROM rejects",
        "UPDATE events SET type = 'x'",
        "DELETE FROM events",
        "DROP TABLE events",
        "CREATE TABLE x AS SELECT 1",
        "CREATE TEMP TABLE x AS SELECT 1",
        "EXPORT DATABASE '{tmp}/x'",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "CHECKPOINT",
        "SELECT 1; SELECT 2",
        "",
        "-- nothing",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "EXPLAIN ANALYZE COPY events TO '{tmp}/x.csv'",
        "EXPLAIN ANALYZE DELETE FROM events",
        "FROM query('COPY events TO ''{tmp}/x.csv''')",
        "SELECT nonsense FROM events",
        "SELEC 1",
        "SELECT error('a\nb')",
    ],
)
def test_a_query_can_only_read_the_dataset(dataset, tmp_path, sql, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = {p: p.stat().st_mtime_ns for p in dataset.rglob("*")}
    with pytest.raises(CoderError) as error:
        query(dataset, sql.format(tmp=tmp_path))
    assert error.value.code in ("E431", "E432")
    assert "\n" not in error.value.render()
    assert list(tmp_path.iterdir()) == []
    assert {p: p.stat().st_mtime_ns for p in dataset.rglob("*")} == before


def test_error_of_duckdb_is_one_line(dataset):
    with pytest.raises(CoderError) as error:
        query(dataset, "SELECT nonsense FROM events")
    assert error.value.render().startswith(
        'error E432: DuckDB: Binder Error: Referenced column "nonsense" not found in FROM clause!'
    )


def test_reading_statements(dataset):
    assert rows(dataset, "SELECT 1 AS a;") == [(1,)]
    assert rows(dataset, "WITH x AS (SELECT 2 AS a) FROM x") == [(2,)]
    assert query(dataset, "DESCRIBE events").num_rows == len(columns("events"))
    assert query(dataset, "SUMMARIZE events").num_rows == len(columns("events"))
    assert query(dataset, "EXPLAIN SELECT 1").num_rows == 1
    named = query(dataset, "SELECT count(*) AS n FROM events WHERE type = $t", {"t": "meet"})
    assert named.to_pylist() == [{"n": 1}]


def test_paths_of_a_dataset(dataset, tmp_path):
    build = (dataset / "latest").resolve()
    for path in (dataset, dataset / "latest", build, build / "events.duckdb"):
        assert rows(path, "SELECT count(*) FROM events") == [(5,)]
    for path, code in ((tmp_path, "E423"), (tmp_path / "x.duckdb", "E430")):
        with pytest.raises(CoderError) as error:
            query(path, "SELECT 1")
        assert error.value.code == code


# --- the file -------------------------------------------------------------------------------


def test_opens_from_any_folder_without_the_parquet(dataset, tmp_path):
    moved = tmp_path / "sent.duckdb"
    moved.write_bytes((dataset / "latest" / "events.duckdb").read_bytes())
    moved.chmod(0o444)
    script = (
        "import duckdb, sys; db = duckdb.connect(sys.argv[1], read_only=True);"
        "print(db.execute('SELECT count(*) FROM events_cameo').fetchall())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(moved)],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONSAFEPATH": "1"},
    )
    assert done.stdout == "[(6,)]\n"


def test_storage_is_that_of_duckdb_1_0(dataset):
    with duckdb.connect(str(dataset / "latest" / "events.duckdb"), read_only=True) as db:
        (tags,) = db.execute(
            "SELECT tags FROM duckdb_databases() WHERE database_name = 'events'"
        ).fetchall()[0]
    assert tags["storage_version"].startswith("v1.0.0")


def test_without_text(tmp_path):
    tables = sample()
    with Build(tmp_path / "out") as build:
        for name, table in tables.items():
            build.write(name, table)
        file = write_database(build.path, text=False, path=tmp_path / "send.duckdb")
        left = sorted(p.name for p in build.path.iterdir())
    assert left == sorted(f"{name}.parquet" for name in tables)
    assert rows(file, "SELECT count(text), count(text_hash), count(*) FROM articles") == [(0, 5, 5)]
    assert rows(file, "SELECT DISTINCT sentence_text FROM event_sentences") == [(None,)]
    assert b"Word of it" not in file.read_bytes()


def test_missing_tables_are_empty_and_broken_ones_refused(tmp_path):
    file = write_database(tmp_path)
    assert rows(file, "SELECT count(*) FROM events_cameo") == [(0,)]
    before = file.read_bytes()
    (tmp_path / "events.parquet").write_bytes(b"PAR1")
    with pytest.raises(CoderError) as error:
        write_database(tmp_path)
    assert error.value.code == "E411"
    assert file.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["events.duckdb", "events.parquet"]


# --- output ---------------------------------------------------------------------------------

RESULT = pa.table(
    {
        "name": ["=1+1", "\x1b[31m[red]\u202e", None],
        "n": pa.array([-1, None, 3], pa.int64()),
        "day": pa.array([date(2024, 2, 2), None, None], pa.date32()),
    }
)


def printed(result: pa.Table = RESULT, name: str = "table", **options: object) -> str:
    out = io.StringIO()
    write(result, out, name, **options)
    return out.getvalue()


def test_table_shows_control_characters_and_no_markup():
    text = printed(width=60)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[31m[red]\\u202e" in text
    assert text.endswith("3 rows\n")
    assert printed(RESULT.slice(0, 1), width=60).endswith("1 row\n")


def test_table_too_wide_lists_the_fields_of_each_row():
    wide = pa.table({"a": ["one " * 8], "b": ["two " * 8], "c": [1]})
    assert printed(wide, width=80).split()[:5] == ["a", "┃", "b", "┃", "c"]
    lines = [line.rstrip() for line in printed(wide, width=40).splitlines()]
    assert lines == [
        "row 1",
        "a  one one one one one one one one",
        "b  two two two two two two two two",
        "c  1",
        "1 row",
    ]


def test_csv_is_exact_or_safe_for_spreadsheets():
    assert printed(RESULT.slice(0, 1), "csv") == "name,n,day\n=1+1,-1,2024-02-02\n"
    assert printed(RESULT.slice(0, 1), "csv", spreadsheet=True) == (
        "name,n,day\n'=1+1,-1,2024-02-02\n"
    )
    assert printed(RESULT.slice(2), "csv") == "name,n,day\n,3,\n"


def test_json_is_read_back():
    text = printed(name="json")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert json.loads(text) == [
        {"name": "=1+1", "n": -1, "day": "2024-02-02"},
        {"name": "\x1b[31m[red]\u202e", "n": None, "day": None},
        {"name": None, "n": 3, "day": None},
    ]
    assert json.loads(printed(RESULT.slice(0, 0), "json")) == []


def test_sums_are_numbers(dataset):
    result = query(
        dataset, "SELECT sum(n_articles) AS n, avg(n_articles) AS a, [1, 2] AS l FROM events"
    )
    assert json.loads(printed(result, "json")) == [{"n": 6, "a": 1.2, "l": [1, 2]}]
    assert printed(result, "csv") == 'n,a,l\n6,1.2,"[1, 2]"\n'


def test_unknown_format_is_refused():
    with pytest.raises(CoderError) as error:
        printed(name="xml")
    assert error.value.code == "E433"
