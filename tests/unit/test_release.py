"""Releases: what is in them, what is never in them, and how they are cited."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from coder.errors import CoderError
from coder.export.citation import Credits, bibtex, cff, corpus_dates
from coder.export.release import release
from coder.store.query import query
from coder.tables.dataset import find_build
from coder.tables.manifest import read_manifest
from coder.tables.verify import verify

CREDIT = Credits("Strikes & talks: 100 %", ("Doe, Jane", "Sample Institute"), "1.0", "CC-BY-4.0")
CORPUS = "articles published 2024-02-03 to 2024-05-03"


@pytest.fixture(scope="module")
def released(sample_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("releases") / "bare"
    made = release(sample_dataset, out, CREDIT, text=False, formats=("acled", "csv"))
    assert made.missing == ("acled", "mine.yaml")
    assert sorted(made.files) == sorted(
        p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()
    )
    return out


def test_a_release_holds_what_it_promises(released):
    names = {p.relative_to(released).as_posix() for p in released.rglob("*") if p.is_file()}
    assert names >= {
        "README.md",
        "LICENCES.md",
        "CITATION.cff",
        "citation.bib",
        "SHA256SUMS",
        "data-dictionary.md",
        "data/events.duckdb",
        "data/events.parquet",
        "data/manifest.json",
        "codebooks/cameo.yaml",
        "codebooks/core/aid.yaml",
        "exports/machine-coded-acled.csv",
        "exports/machine-coded-acled.csv.notes.md",
        "exports/events_wide.csv",
    }
    readme = (released / "README.md").read_text(encoding="utf-8")
    assert "acled, mine.yaml" in readme
    assert f"7 {CORPUS}" in readme
    assert "codebooks/acled.yaml" not in names


def test_its_dataset_is_whole_and_can_be_asked(released):
    digest, findings = verify(released / "data")
    assert findings == []
    assert digest in (released / "README.md").read_text(encoding="utf-8")
    ((n,),) = [
        tuple(r.values())
        for r in query(released / "data", "SELECT count(*) FROM events_acled").to_pylist()
    ]
    assert n == 2


def test_checksums_are_right(released):
    lines = (released / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    for line in lines:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((released / name).read_bytes()).hexdigest() == digest
    assert len(lines) == len([p for p in released.rglob("*") if p.is_file()]) - 1


def test_neither_text_nor_paths_of_the_machine_are_in_it(released):
    for path in released.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            assert b"Word of it" not in body, path
            assert b"/home/jane" not in body, path
            assert b"No 'x'" not in body, path
    manifest = json.loads((released / "data" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == ["coder", "build", "news.csv"]
    files = query(
        released / "data", "SELECT DISTINCT file FROM articles UNION SELECT place FROM rejects"
    )
    assert sorted(r["file"] for r in files.to_pylist()) == ["news.csv", "x.txt:3"]


def test_terms_are_named_for_each_file(released):
    text = (released / "LICENCES.md").read_text(encoding="utf-8")
    assert "- CC BY 4.0: 1\n- terms not stated: 6\n" in text
    rows = dict(line.strip("| ").split(" | ", 1) for line in text.splitlines() if line[:2] == "| ")
    written = {p.relative_to(released).as_posix() for p in released.rglob("*") if p.is_file()}
    assert set(rows) == written - {"README.md", "LICENCES.md", "SHA256SUMS"} | {"file"}
    assert "GeoNames" in rows["data/event_places.parquet"]
    assert "no data of that project" in rows["exports/machine-coded-acled.csv"]
    assert "headlines" in rows["data/articles.parquet"]
    assert "GeoNames" not in rows["data/codings.parquet"]
    assert "MIT" in rows["codebooks/cameo.yaml"]
    notice = (released / "codebooks" / "LICENSE").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in notice


def test_with_text_and_a_codebook_of_ones_own(sample_dataset, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("codebook: {id: mine}\n", encoding="utf-8")
    made = release(sample_dataset, tmp_path / "out", CREDIT, codebooks=(mine,))
    assert made.missing == ("acled", "mine.yaml")  # not the file that the build read
    texts = query(made.path / "data", "SELECT DISTINCT text FROM articles").to_pylist()
    assert texts == [{"text": "Word of it came."}]
    terms = (made.path / "LICENCES.md").read_text(encoding="utf-8")
    assert "whole texts of articles" in terms


def test_citation_names_versions_and_dates(sample_dataset):
    manifest = read_manifest(find_build(sample_dataset) / "manifest.json")
    assert corpus_dates(date(2024, 2, 3), date(2024, 5, 3)) == CORPUS
    made = yaml.safe_load(cff(CREDIT, manifest, CORPUS))
    assert made["cff-version"] == "1.2.0"
    assert made["type"] == "dataset"
    assert made["authors"] == [
        {"family-names": "Doe", "given-names": "Jane"},
        {"name": "Sample Institute"},
    ]
    assert (made["license"], made["version"], made["date-released"]) == (
        "CC-BY-4.0", "1.0", "2024-06-01",
    )  # fmt: skip
    entry = bibtex(CREDIT, manifest, CORPUS)
    assert entry.startswith("@misc{doe2024, author = {Doe, Jane and {Sample Institute}}, ")
    assert r"title = {{Strikes \& talks: 100 \%}}" in entry
    assert r"cameo 1.0.0" in entry
    assert r"model en\_sample 3.8.0" in entry
    assert CORPUS in entry
    assert entry.count("{") == entry.count("}")
    for text in (made["abstract"], entry):
        assert "event-coder " in text


def test_terms_in_words_are_no_spdx_id(sample_dataset):
    manifest = read_manifest(find_build(sample_dataset) / "manifest.json")
    made = yaml.safe_load(cff(Credits("x", ("y",), licence="ask the authors"), manifest, CORPUS))
    assert "license" not in made
    assert made["version"] == "20240601T000000-000000Z"


def test_what_is_there_stays(sample_dataset, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    cases = [
        (sample_dataset, out, CREDIT, (), "E730"),
        (sample_dataset, tmp_path / "new", Credits("x", ()), (), "E731"),
        (sample_dataset / "latest" / "events.duckdb", tmp_path / "new", CREDIT, (), "E732"),
        (sample_dataset, tmp_path / "new", CREDIT, ("xlsx",), "E720"),
        (tmp_path / "none", tmp_path / "new", CREDIT, (), "E423"),
    ]
    for dataset, target, credit, formats, code in cases:
        with pytest.raises(CoderError) as error:
            release(dataset, target, credit, formats=formats)
        assert error.value.code == code
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"
