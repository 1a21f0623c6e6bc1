"""Exports, panels, releases and questions through the command line."""

from __future__ import annotations

import polars as pl

from coder.export.write import FORMATS
from coder.store.recipes import RECIPES
from tests.cli.helper import coder


def test_export_says_where_it_wrote(sample_dataset, tmp_path):
    ran = coder("export", "gdelt", "-d", sample_dataset, "--out", tmp_path / "new" / "folder")
    assert (ran.code, ran.out) == (0, "")
    assert "9 rows, 1 left out -> " in ran.err
    assert "machine-coded-gdelt.tsv.notes.md" in ran.err
    again = coder("export", "gdelt", "-d", sample_dataset, "--out", tmp_path / "new" / "folder")
    assert again.code == 2
    assert "error E605" in again.err


def test_export_of_a_table(sample_dataset, tmp_path):
    args = ("export", "csv", "-d", sample_dataset, "-o", tmp_path, "--table", "events_cameo")
    assert coder(*args).code == 0
    assert coder(*args, "--replace", "--exact").code == 0
    assert pl.read_csv(tmp_path / "events_cameo.csv", infer_schema=False).height == 8
    ran = coder("export", "xlsx", "-d", sample_dataset, "-o", tmp_path)
    assert (ran.code, ran.err.split(":")[0]) == (2, "error E720")


def test_panel_is_written_and_reported(sample_dataset, tmp_path):
    path = tmp_path / "p.csv"
    ran = coder(
        *("panel", "-d", sample_dataset, "--unit", "dyad", "--by", "quad", "--out", path),
        *("--measure", "count, fatalities", "--country", "NOR,SDN", "--lag", "1,2"),
        *("--onset", 2, "--from", "2024-01-15", "--until", "2024-03-02", "--undirected"),
    )
    assert (ran.code, ran.out) == (0, "")
    assert "7 events in the dataset" in ran.err
    assert "3 rows (1 units, 3 periods) -> " in ran.err
    table = pl.read_csv(path)
    assert table["period"].to_list() == ["2024-01", "2024-02", "2024-03"]
    assert table["count"].to_list() == [None, 0, 1]
    assert {"fatalities_quad4", "onset_quad1", "count_lag2"} <= set(table.columns)


def test_panel_refuses_what_it_does_not_know(sample_dataset, tmp_path):
    for option, value, code in (
        ("--unit", "planet", "E608"),
        ("--lag", "one", "E724"),
        ("--from", "2024-13-01", "E606"),
        ("--country", "ZZZ", "E726"),
    ):
        ran = coder("panel", "-d", sample_dataset, "-o", tmp_path / "p.csv", option, value)
        assert (ran.code, ran.err.split()[1].rstrip(":")) == (2, code)
    assert list(tmp_path.iterdir()) == []


def test_release_notes_what_is_missing(sample_dataset, tmp_path):
    out = tmp_path / "r"
    args = ("release", "-d", sample_dataset, "-o", out, "--title", "T", "--no-text")
    assert "error E731" in coder(*args).err
    ran = coder(*args, "--author", "Doe, Jane", "--format", "phoenix")
    assert (ran.code, ran.out) == (0, "")
    assert "the codebook mine.yaml is not that of the build" in ran.err
    assert (out / "exports" / "machine-coded-phoenix.tsv").exists()


def test_questions_are_listed_and_asked_by_their_beginning(sample_dataset):
    listed = coder("query", "--recipe").out
    assert [line.split()[0] for line in listed.splitlines()] == list(RECIPES)
    ran = coder("query", "--recipe", "dyads", "-d", sample_dataset, "--format", "csv")
    assert ran.out.splitlines()[0] == "month,source,target,n_events,mean_goldstein"
    ran = coder("query", "--recipe", "t", "-d", sample_dataset)
    assert ran.code == 2
    assert "two_countries_by_month" in ran.err
    ran = coder("query", "-d", sample_dataset)
    assert (ran.code, "E431" in ran.err) == (2, True)


def test_help_names_every_format():
    text = " ".join(coder("export", "--help").out.split())
    assert ", ".join(FORMATS) in text
