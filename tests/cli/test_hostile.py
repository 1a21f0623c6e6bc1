"""Texts, names of files and answers that would like to do something are shown, and do nothing."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import polars as pl
import pytest

from coder.harmless import is_formula, storable, visible
from coder.tables.dataset import load
from tests.cli.helper import CODEBOOK, articles, coder

ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u2066\x9b31m"
FORMULA = '=HYPERLINK("http://x.example";"=1+1")'
SQL = "'); DROP TABLE events; COPY events TO 'x.csv'; --"
LOOTED = "Gunmen looted the trucks near the border of Sudan on Monday."


def row(text: str, **more: object) -> dict[str, object]:
    return {"published": "2024-02-14", "text": text, **more}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A dataset in a folder with an odd name, of files with odd names and hostile words; and
    what the build said."""
    folder = tmp_path_factory.mktemp("odd") / 'it\'s "odd"; $(x) & | * [a] {b} % é 名'
    source = folder / "in"
    source.mkdir(parents=True)
    articles(
        source / f"a\n{ESCAPES}.jsonl",
        row(f"{LOOTED} {ESCAPES} {FORMULA} {SQL}", publisher=FORMULA, headline=ESCAPES),
        row(f"{ESCAPES} {LOOTED}", publisher=SQL, url="javascript:alert(1)"),
        {"published": f"never{ESCAPES}", "text": "Rain fell."},
    )
    articles(source / "--strict.jsonl", row("Gunmen looted a lorry in Chad."))
    articles(source / "=1+1.jsonl", row("Gunmen looted two lorries in Mali."))
    with open(os.fsencode(source) + b"/\xff\xfe.jsonl", "wb") as file:  # noqa: PTH123
        file.write(json.dumps(row("Gunmen looted ten lorries in Niger.")).encode() + b"\n{\n")
    (source / "none.docx").write_text("x")
    ran = coder("build", source, "-o", folder / "out", "-c", CODEBOOK, "-w", 1, "--no-cache")
    assert ran.code == 0, ran.err
    return folder / "out", ran.err


def steers(text: str) -> bool:
    """Whether a text has more than lines and letters."""
    return any(visible(line) != line for line in text.split("\n"))


def test_a_build_of_odd_files(odd: tuple[Path, str]) -> None:
    out, said = odd
    assert not steers(said)
    assert load(out, "mentions").height == 5
    assert sorted(load(out, "rejects")["code"]) == ["E105", "E111", "E116"]
    files = {Path(f).name for f in load(out, "articles")["file"]}
    assert {"--strict.jsonl", "=1+1.jsonl", "\\xff\\xfe.jsonl"} < files
    assert coder("verify", out).code == 0


@pytest.mark.parametrize("name", ["what?", "back\\slash"])
def test_a_folder_that_cannot_hold_a_database_is_told_at_once(tmp_path: Path, name: str) -> None:
    source = articles(tmp_path / "a.jsonl", row(LOOTED))
    ran = coder("build", source, "-o", tmp_path / name, "-c", CODEBOOK)
    assert ran.code == 2
    assert ran.err.startswith("error E462")
    assert not (tmp_path / name).exists()


def test_queries_and_explanations_do_not_steer_a_terminal(
    odd: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = odd
    for form in ("table", "json"):
        shown = coder("query", "FROM articles", "-d", out, "-f", form)
        assert shown.code == 0
        assert not steers(shown.out)
    refused = coder("query", f'SELECT "{ESCAPES}"', "-d", out)
    assert refused.code == 2
    assert not steers(refused.err)
    explained = coder("explain", f"{LOOTED} {ESCAPES}", "-c", CODEBOOK, "--published", "2024-02-14")
    assert explained.code == 0
    assert not steers(explained.out)
    assert "looting" in explained.out
    assert not steers(coder("build", f"none{ESCAPES}", "-o", out).err)


def test_csv_is_as_it_is_in_a_file_and_harmless_on_a_terminal(
    odd: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = odd
    query = ("query", "SELECT text FROM articles", "-d", out, "-f", "csv")
    assert steers(coder(*query).out) is any(steers(t) for t in load(out, "articles")["text"])
    monkeypatch.setattr("tests.cli.helper._Out.isatty", lambda self: True, raising=False)
    assert not steers(coder(*query).out)


def test_cells_of_a_query_for_spreadsheets_are_no_formulas(odd: tuple[Path, str]) -> None:
    out, _ = odd
    ran = coder("query", "FROM articles", "-d", out, "-f", "csv", "--spreadsheet")
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert len(rows) == 6
    assert not any(is_formula(cell) for cells in rows for cell in cells)


def test_exports_of_odd_datasets(odd: tuple[Path, str], tmp_path: Path) -> None:
    out, _ = odd
    ran = coder("export", "csv", "-d", out, "-o", tmp_path / "x", "--table", "articles")
    assert ran.code == 0, ran.err
    [made] = (tmp_path / "x").glob("*.csv")
    frame = pl.read_csv(made, infer_schema=False)
    assert frame.height == 5
    assert not any(is_formula(str(v)) for cells in frame.rows() for v in cells)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT DATE 'infinity' AS a, DATE '-infinity' AS b",
        "SELECT TIMESTAMP 'infinity' AS a, TIMESTAMP '290000-01-01' AS b",
        "SELECT 'x'::BLOB AS a, INTERVAL 5 YEAR AS b, MAP {'k': 1} AS c, [DATE 'infinity'] AS d",
        "SELECT 170141183460469231731687303715884105727::HUGEINT AS a, 'nan'::DOUBLE AS b",
        "FROM test_all_types()",
    ],
)
def test_values_that_python_does_not_have(odd: tuple[Path, str], sql: str) -> None:
    for form in ("table", "csv", "json"):
        ran = coder("query", sql, "-d", odd[0], "-f", form)
        assert ran.code == 0, ran.err
        assert ran.out


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [touch owned]", "!!python/name:os.system", "!x y"]
)
def test_tags_of_yaml_make_nothing(
    tmp_path: Path, tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = CODEBOOK.read_text(encoding="utf-8")
    Path("mine.yaml").write_text(f"{book}\nsets2: {tag}\n", encoding="utf-8")
    for command in (("check", "mine.yaml"), ("explain", LOOTED, "-c", "mine.yaml")):
        ran = coder(*command)
        assert ran.code in (1, 2)
        assert "E204" in ran.out + ran.err
    assert not Path("owned").exists()


def test_a_text_that_no_file_can_hold() -> None:
    assert storable("a\udcff\ud83d") == "a\\xff\\ud83d"
    assert visible("\U000e0041\u061c\ud800") == "\\U000e0041\\u061c\\ud800"
