"""Exports: the columns of other projects, plain formats, notes, and what is never done."""

from __future__ import annotations

import csv
import io
import json
import struct
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from coder.coding.inter import turned
from coder.errors import CoderError
from coder.export.layouts import LAYOUTS
from coder.export.text import harmless, write_separated
from coder.export.write import FORMATS, ExportOptions, export
from coder.store.query import query
from coder.tables.models import frame
from tests.export_sample import write_dataset

SCHEMAS = Path(__file__).parents[3] / "shared" / "reference" / "schemas.csv"
TITLES = {
    "acled": "ACLED export",
    "gdelt": "GDELT 2.0 events",
    "icews": "ICEWS events",
    "polecat": "POLECAT events",
    "phoenix": "Phoenix events",
}


@pytest.fixture(scope="module")
def dataset(sample_dataset: Path) -> Path:
    return sample_dataset


@pytest.fixture
def read(dataset: Path, tmp_path: Path):
    def rows(name: str, **options: object) -> list[dict[str, str]]:
        """The rows of an export as its users read them, names from the layout."""
        made = export(dataset, name, tmp_path / "out", ExportOptions(**options))
        text = made.path.read_text(encoding="utf-8")
        layout = LAYOUTS[name]
        reader = csv.DictReader(
            io.StringIO(text, newline=""),
            fieldnames=None if layout.header else layout.columns,
            delimiter=layout.separator,
            quoting=csv.QUOTE_MINIMAL if layout.separator == "," else csv.QUOTE_NONE,
        )
        return list(reader)

    return rows


@pytest.mark.parametrize("name", LAYOUTS)
def test_columns_are_those_of_the_project(name):
    if not SCHEMAS.exists():
        pytest.skip("the reference lists are not here")
    with SCHEMAS.open(encoding="utf-8", newline="") as file:
        wanted = [row["column"] for row in csv.DictReader(file) if row["dataset"] == TITLES[name]]
    assert LAYOUTS[name].columns == wanted


@pytest.mark.parametrize("name", LAYOUTS)
def test_ids_names_and_notes_say_machine_coded(dataset, tmp_path, name):
    made = export(dataset, name, tmp_path)
    assert made.path.name.startswith(f"machine-coded-{name}.")
    text = made.path.read_text(encoding="utf-8").splitlines()
    rows = text[1:] if LAYOUTS[name].header else text
    assert rows
    assert all(row.startswith("machine-coded-") for row in rows)
    assert len(rows) == made.rows
    notes = made.notes.read_text(encoding="utf-8")
    assert "no data of that project" in notes
    assert "20240601T000000-000000Z" in notes
    for field in LAYOUTS[name].fields:
        state = "always empty" if field.value is None else "filled where known"
        assert f"| {field.name} | {state} |" in notes
        assert field.value is not None or field.note, f"{field.name} does not say why it is empty"


@pytest.mark.parametrize("name", LAYOUTS)
def test_only_what_the_notes_name_is_always_empty(read, name):
    empty = {f.name for f in LAYOUTS[name].fields if f.value is None}
    found = read(name)
    assert all(row[column] == "" for row in found for column in empty)


def test_acled_has_one_row_a_unit_in_its_own_order(read):
    strike, charge = read("acled")
    assert strike | {"event_id_cnty": ""} == strike | {
        "event_id_cnty": "",
        "event_date": "2024-02-02",
        "year": "2024",
        "time_precision": "1",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Norland",
        "actor2": "Lion Front",
        "inter1": "External/Other forces",
        "iso": "887",
        "country": "Yemen",
        "location": "Zadra",
        "geo_precision": "1",
        "source": "a; b",
        "notes": "Word of it came.",
        "fatalities": "95",
        "tags": "machine-coded by event-coder, no data of ACLED",
    }
    assert (charge["actor1"], charge["actor2"]) == ("Marchers", "Yemeni police")
    assert (charge["inter1"], charge["inter2"]) == ("Protesters", "State forces")
    assert charge["fatalities"] == ""


def test_order_of_acled_stays_where_kinds_tell_nothing():
    assert not turned(None, None, None, None)
    assert not turned("Civilians", None, None, None)
    assert turned("Civilians", "Rebel group", "Rebel group", "Civilians")
    assert not turned("State forces", "State forces", "State forces", "State forces")


def test_gdelt_has_a_row_for_each_pair_and_direction(read):
    rows = {row["GLOBALEVENTID"].removeprefix("machine-coded-"): row for row in read("gdelt")}
    assert sorted(rows) == [
        *("e-a-0-1", "e-b-0-1"),
        *("e-d-0-1", "e-d-0-2", "e-d-0-3", "e-d-0-4"),
        *("e-g-0-1", "e-p-0-1", "e-y-0-1"),
    ]
    met = [
        (rows[f"e-d-0-{n}"]["Actor1Code"], rows[f"e-d-0-{n}"]["Actor2Code"]) for n in range(1, 5)
    ]
    assert met == [("NOR", "SDN"), ("NOR", "NORMIL"), ("SDN", "NOR"), ("NORMIL", "NOR")]
    strike = rows["e-a-0-1"]
    assert (
        strike
        | {
            "SQLDATE": "20240202",
            "MonthYear": "202402",
            "FractionDate": "2024.0877",
            "Actor2Code": "YEMREB",
            "Actor2CountryCode": "YEM",
            "Actor2Type1Code": "REB",
            "Actor2Type2Code": "",
            "EventCode": "195",
            "EventRootCode": "19",
            "QuadClass": "4",
            "GoldsteinScale": "-10.0",
            "ActionGeo_Type": "4",
            "ActionGeo_FullName": "Zadra, Hadra, Yemen",
            "ActionGeo_CountryCode": "YM",
            "ActionGeo_Lat": "14.5",
            "DATEADDED": "20240203000000",
            "SOURCEURL": "https://news.example/a",
        }
        == strike
    )
    aid = rows["e-g-0-1"]
    assert (aid["Actor1Code"], aid["Actor1CountryCode"]) == ("IGOUNO", "")
    assert (aid["Actor1Type1Code"], aid["ActionGeo_Long"]) == ("IGO", "-179.9")
    assert rows["e-y-0-1"]["Actor2Code"] == ""


@pytest.mark.parametrize(
    ("month", "day", "want"), [(1, 1, 0.0027), (12, 31, 0.989), (8, 2, 0.5808)]
)
def test_fraction_of_the_year_holds_in_every_month(month, day, want):
    from datetime import date

    field = next(f for f in LAYOUTS["gdelt"].fields if f.name == "FractionDate")
    got = pl.DataFrame({"date_start": [date(2024, month, day)]}).select(field.value)
    assert got.item() == pytest.approx(2024 + want, abs=0.0001)


def test_icews_and_phoenix_need_both_sides(dataset, read, tmp_path):
    icews = read("icews")
    assert len(icews) == 8
    assert icews[0]["Source Country"] == "Norway"
    assert icews[0]["Sentence Number"] == "1"
    phoenix = read("phoenix")
    assert len(phoenix) == 8
    assert [phoenix[0][f"TargetActor{part}"] for part in ("Full", "Entity", "Role")] == [
        "YEMREB", "YEM", "REB",
    ]  # fmt: skip
    made = export(dataset, "phoenix", tmp_path / "again")
    assert made.left_out == 2
    assert "Left out: 2 row(s)" in made.notes.read_text(encoding="utf-8")


def test_polecat_has_events_with_all_actors(read):
    (first, second) = read("polecat")
    assert first["Event Type"] == second["Event Type"] == "ASSAULT"
    assert (first["Event Mode"], first["Contexts"]) == ("aerial", "military")
    assert (first["Actor Country"], first["Primary Recipient Sector"]) == ("NOR", "REB")
    assert first["Version"].startswith("event-coder ")


def test_names_of_columns_on_request(dataset, tmp_path):
    made = export(dataset, "gdelt", tmp_path, ExportOptions(header=True))
    assert made.path.read_text(encoding="utf-8").startswith("GLOBALEVENTID\tSQLDATE\t")


# --- formulas -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "＝1"]
)
def test_no_text_is_a_formula(text):
    assert harmless(pl.DataFrame({"a": [text]})).item() == f"'{text}"


def test_csv_neutralises_formulas_unless_exact(dataset, tmp_path):
    for exact, begin in ((False, "'=cmd()"), (True, "=cmd()")):
        made = export(dataset, "csv", tmp_path / str(exact), ExportOptions(exact=exact))
        table = pl.read_csv(made.path, infer_schema=False)
        (name,) = table.filter(pl.col("event_id") == "e-f-0")["source_name"]
        assert name.startswith(begin)
        assert name.endswith('|"x"\tand\nmore')
        assert "-179.9" in table["longitude"].to_list()
        assert ("'" in made.notes.read_text(encoding="utf-8").split("| column")[0]) is not exact


def test_tabs_and_lines_in_a_cell_do_not_break_rows(tmp_path):
    path = tmp_path / "x.tsv"
    write_separated(pl.DataFrame({"a": ["x\ty\r\nz\u2028w"], "b": [None]}), path, separator="\t")
    assert path.read_bytes() == b"a\tb\nx y z w\t\n"


# --- plain formats --------------------------------------------------------------------------


def test_csv_holds_the_table(dataset, tmp_path):
    made = export(dataset, "csv", tmp_path, ExportOptions(table="codings"))
    assert made.path.name == "codings.csv"
    read = pl.read_csv(made.path, infer_schema=False)
    wanted = query(dataset, "FROM codings").to_pylist()
    assert sorted(read["code"].to_list()) == sorted(row["code"] for row in wanted)
    assert "036" in read["code"].to_list()


def test_json_lines_hold_events_with_all_under_them(dataset, tmp_path):
    made = export(dataset, "jsonl", tmp_path)
    events = {e["event_id"]: e for e in map(json.loads, made.path.open(encoding="utf-8"))}
    assert len(events) == made.rows == 7
    strike = events["e-a-0"]
    assert [a["name"] for a in strike["actors"]] == ["Norland", "Lion Front"]
    assert [c["codebook"] for c in strike["codings"]] == ["acled", "cameo", "plover"]
    assert strike["places"][0]["geonames_id"] == "123"
    assert strike["mentions"][0]["sentence_text"] == "Word of it came."
    assert strike["date_start"] == "2024-02-02"
    assert events["e-f-0"]["places"] is None


def test_geoparquet_has_points(dataset, tmp_path):
    made = export(dataset, "geoparquet", tmp_path)
    table = pq.read_table(made.path)
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["primary_column"] == "geometry"
    assert geo["columns"]["geometry"]["bbox"] == [-179.9, -17.6, 49.1, 15.5]
    rows = {row["event_id"]: row for row in table.to_pylist()}
    assert struct.unpack("<BIdd", rows["e-g-0"]["geometry"]) == (1, 1, -179.9, -17.6)
    assert rows["e-f-0"]["geometry"] is None


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("xlsx", {}, "E720"),
        ("csv", {"table": "none"}, "E722"),
        ("csv", {"table": 'events"; DROP'}, "E722"),
        ("geoparquet", {"table": "codings"}, "E722"),
    ],
)
def test_what_is_not_there_is_refused(dataset, tmp_path, name, options, code):
    with pytest.raises(CoderError) as error:
        export(dataset, name, tmp_path / "out", ExportOptions(**options))
    assert error.value.code == code
    assert not any(tmp_path.rglob("*.*"))


def test_files_of_the_user_stay(dataset, tmp_path):
    export(dataset, "csv", tmp_path)
    path = tmp_path / "events_wide.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CoderError) as error:
        export(dataset, "csv", tmp_path)
    assert error.value.code == "E605"
    assert path.read_text(encoding="utf-8") == "mine"
    export(dataset, "csv", tmp_path, ExportOptions(replace=True))
    assert path.read_text(encoding="utf-8") != "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "events_wide.csv", "events_wide.csv.notes.md",
    ]  # fmt: skip


def test_a_dataset_without_the_codebook_is_refused(tmp_path):
    empty = write_dataset(tmp_path / "empty", {"codings": frame("codings")})
    for name in LAYOUTS:
        with pytest.raises(CoderError) as error:
            export(empty, name, tmp_path / "out")
        assert error.value.code == "E723"
    assert set(LAYOUTS) < set(FORMATS)


def test_a_database_of_an_earlier_version_is_named(dataset, tmp_path):
    import duckdb

    old = tmp_path / "old.duckdb"
    with duckdb.connect(str(old)) as db:
        db.execute("CREATE TABLE events (event_id VARCHAR)")
    for name in ("csv", "acled"):
        with pytest.raises(CoderError) as error:
            export(old, name, tmp_path / "out")
        assert error.value.code == "E733"


def test_nothing_half_written_is_left(dataset, tmp_path, monkeypatch):
    def full(_df: pl.DataFrame, path: Path, **_options: object) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coder.export.write.write_separated", full)
    with pytest.raises(CoderError) as error:
        export(dataset, "acled", tmp_path)
    assert error.value.code == "E422"
    assert list(tmp_path.iterdir()) == []
