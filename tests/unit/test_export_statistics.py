"""Files of Stata and SPSS are read back with values, labels, days and long texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from coder.errors import CoderError
from coder.export.labels import choices, column_label, labelled
from coder.export.statistics import short_names, write_statistics
from coder.export.write import ExportOptions, export

FRAME = pl.DataFrame(
    {
        "date_precision": ["day", None, "year"],
        "hedged": [True, None, False],
        "quad_class": pl.Series([4, None, 1], dtype=pl.Int32),
        "place": ["é" * 3000, None, "b\x00c"],
        "date_start": [date(2024, 2, 2), None, date(1950, 1, 1)],
        "goldstein": [-10.0, None, float("nan")],
        "n": [2**40, None, 1],
        "list": [["a"], None, ["b", "c"]],
        "a_name_that_is_far_too_long_for_the_programs_that_read_it_though_not_for_us": [1, 2, 3],
    }
)


@pytest.fixture(scope="module")
def readstat():
    return pytest.importorskip("pyreadstat")


def read(readstat, path: Path):
    reader = readstat.read_dta if path.suffix == ".dta" else readstat.read_sav
    return reader(str(path), output_format="polars")


@pytest.mark.parametrize("kind", ["dta", "sav"])
def test_values_and_labels_come_back(readstat, tmp_path, kind):
    path = tmp_path / f"x.{kind}"
    notes = write_statistics(labelled(FRAME), path, kind, "A title")
    frame, meta = read(readstat, path)
    assert frame["date_precision"].to_list() == [1, None, 4]
    assert meta.variable_value_labels["date_precision"] == {
        1: "day", 2: "week", 3: "month", 4: "year",
    }  # fmt: skip
    assert frame["hedged"].to_list() == [1, None, 0]
    assert meta.variable_value_labels["hedged"] == {0: "no", 1: "yes"}
    assert meta.variable_value_labels["quad_class"][4] == "material conflict"
    assert frame["place"].to_list() == ["é" * 3000, "", "bc"]
    assert frame["date_start"].to_list() == [date(2024, 2, 2), None, date(1950, 1, 1)]
    assert frame["goldstein"].to_list() == [-10.0, None, None]
    assert frame["n"].to_list() == [2**40, None, 1]
    assert meta.column_names_to_labels["quad_class"] == "Quad class of CAMEO"
    assert meta.file_label == "A title"
    assert any("cannot hold a list" in note for note in notes)
    assert any("is named a_name_that_is_far_too_long" in note for note in notes)
    if kind == "dta":
        assert b"<release>118</release>" in path.read_bytes()[:200]


def test_a_text_that_spss_cannot_hold_is_cut_and_noted(readstat, tmp_path):
    data = labelled(pl.DataFrame({"text": ["é" * 20_000, "short"]}), "articles")
    notes = write_statistics(data, tmp_path / "x.sav", "sav")
    assert notes == ("column text: 1 text(s) cut at 32767 bytes",)
    frame, _ = read(readstat, tmp_path / "x.sav")
    assert frame["text"].to_list() == ["é" * 16_383, "short"]


def test_names_are_short_legal_and_different():
    long = "x" * 40
    assert list(short_names([long, f"{long}1", "X" * 32, "if", "_n", "a b"], "dta").values()) == [
        "x" * 32,
        "x" * 30 + "_2",
        "X" * 30 + "_3",
        "if_",
        "v_n",
        "a_b",
    ]


def test_labels_follow_the_dictionary():
    assert column_label("status").startswith("Status: actual")
    assert column_label("quad_class", "codings").startswith("Quad class: ")
    assert column_label("source") == "Source: CAMEO code of the first actor that acts"
    assert choices("status", "mentions")[-1] == "generic"
    assert choices("status") == ["actual", "attempted"]


def test_a_whole_dataset(readstat, tmp_path, sample_dataset):
    made = export(sample_dataset, "dta", tmp_path / "out")
    frame, meta = read(readstat, made.path)
    assert frame.height == 7
    assert meta.column_names_to_labels["fatalities_low"] == "Fewest killed: Lowest number stated."
    assert dict(frame.select("event_id", "fatalities_low").iter_rows())["e-b-0"] == 90
    articles = export(sample_dataset, "sav", tmp_path / "out", ExportOptions(table="articles"))
    frame, _ = read(readstat, articles.path)
    assert frame["text"].to_list() == ["Word of it came."] * 7


def test_without_pyreadstat_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    with pytest.raises(CoderError) as error:
        write_statistics(labelled(FRAME), tmp_path / "x.dta", "dta")
    assert error.value.code == "E721"
    assert "event-coder[export]" in error.value.render()
