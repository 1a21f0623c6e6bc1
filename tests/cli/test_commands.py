"""Every command but `build` and `check` through the real entry point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coder.cli._docs import page
from tests.cli.helper import CODEBOOK, ROOT, articles, coder

LOOTED = "Gunmen looted the trucks near the border of Sudan on Monday."


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    source = articles(
        folder / "a.jsonl",
        {"published": "2024-02-14", "text": LOOTED},
        {"published": "2024-02-15", "text": "A convoy reached the camp in Chad."},
        {"published": "2024-02-15", "text": "Rain fell on the camp."},
    )
    ran = coder("build", source, "-o", folder / "out", "-c", CODEBOOK, "-w", 1, "-q")
    assert ran.code == 0, ran.err
    return folder / "out"


# --- code -----------------------------------------------------------------------------------


def test_code_answers_each_line_in_order() -> None:
    lines = [
        json.dumps({"id": "a", "published": "2024-02-14", "text": LOOTED}),
        "{broken",
        "[1]",
        "",
        json.dumps({"id": 3, "text": LOOTED}),
        json.dumps({"id": "d", "published": "2024-13-45", "text": LOOTED}),
        json.dumps({"id": "e", "published": "2024-02-14"}),
        json.dumps({"id": "f", "published": "2024-02-14", "text": "Rain fell."}),
    ]
    sent = "\n".join(lines).encode() + b'\n{"id": "\xff"}\n'
    ran = coder("code", "-c", CODEBOOK, stdin=sent)
    assert (ran.code, ran.err) == (0, "")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [a["id"] for a in answers] == ["a", None, None, 3, "d", "e", "f", None]
    codes = [a["error"]["code"] if "error" in a else len(a["events"]) for a in answers]
    assert codes == [1, "E116", "E116", "E110", "E111", "E113", 0, "E116"]
    [event] = answers[0]["events"]
    assert (event["convoys"], event["trigger"], event["start"]) == ("LOOTED", "looted", 7)


def test_code_in_a_pipe_that_closes_ends_without_a_traceback() -> None:
    line = json.dumps({"id": 1, "published": "2024-02-14"})
    command = f"{sys.executable} -m coder.cli code -c {CODEBOOK} | head -n 1"
    ran = subprocess.run(
        ["sh", "-c", command],
        input="\n".join([line] * 60_000),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(ran.stdout)["error"]["code"] == "E113"
    assert ran.stderr == ""


# --- explain --------------------------------------------------------------------------------


def test_explain_shows_the_parse_the_rules_and_what_failed() -> None:
    ran = coder("explain", "Gunmen looted a shop.", "--published", "2024-02-14", "-c", CODEBOOK)
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "Gunmen looted a shop."
    assert lines[2].split() == ["word", "lemma", "tag", "dep", "head", "kinds"]
    assert lines[4].split()[:7] == ["1", "looted", "loot", "VBD", "ROOT", "1", "looted"]
    failed = "  convoy.loot on 'looted': verb.object must be a word of the set convoy_word"
    assert lines[lines.index("Rules that nearly fired") + 1 :].count(failed) == 1


def test_explain_gives_json() -> None:
    ran = coder("explain", LOOTED, "--json", "--published", "2024-02-14", "-c", CODEBOOK)
    shown = json.loads(ran.out)
    [sentence] = shown["sentences"]
    assert [t["word"] for t in sentence["tokens"]][:3] == ["Gunmen", "looted", "the"]
    [fired] = [f for f in sentence["fired"] if f["rule"] == "convoy.loot"]
    assert (fired["type"], fired["outcome"]) == ("convoy.looting", "")
    assert fired["slots"]["source"] == ["Gunmen"]
    assert [e["convoys"] for e in shown["events"]] == ["LOOTED"]


def test_explain_needs_a_sentence_and_a_date() -> None:
    assert coder("explain", " ").err.startswith("error E607: ")
    ran = coder("explain", LOOTED, "--published", "Monday")
    assert (ran.code, ran.err[:26]) == (2, "error E606 at --published:")


# --- datasets -------------------------------------------------------------------------------


def test_query_in_three_formats(dataset: Path) -> None:
    sql = "SELECT type, n_mentions AS n FROM events ORDER BY type"
    csv = coder("query", sql, "--dataset", dataset, "--format", "csv")
    assert csv.out == "type,n\nconvoy.arrival,1\nconvoy.looting,1\n"
    asked = coder("query", sql, "--dataset", dataset, "--format", "json")
    assert json.loads(asked.out)[0] == {"type": "convoy.arrival", "n": 1}
    table = coder("query", sql, "--dataset", dataset).out.splitlines()
    assert table[0].split() == ["type", "┃", "n"]
    assert table[-1] == "2 rows"


def test_query_only_reads(dataset: Path, tmp_path: Path) -> None:
    for sql, code in [
        ("DROP TABLE events", "E431"),
        (f"COPY events TO '{tmp_path / 'x.csv'}'", "E431"),
        ("SELECT * FROM nothing", "E432"),
    ]:
        ran = coder("query", sql, "--dataset", dataset)
        assert (ran.code, ran.out, ran.err[:11]) == (2, "", f"error {code}:"[:11])
    assert coder("query", "SELECT 1", "--dataset", tmp_path).err.startswith("error E423 at ")
    wrong = coder("query", "SELECT 1", "--dataset", dataset, "--format", "xls")
    assert (wrong.code, wrong.err[:10]) == (2, "error E433")


def test_verify_finds_a_changed_table(dataset: Path, tmp_path: Path) -> None:
    manifest = json.loads((dataset / "latest" / "manifest.json").read_text(encoding="utf-8"))
    assert coder("verify", dataset).out == manifest["digest"] + "\n"
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in (dataset / "latest").iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    (copy / "events.parquet").write_bytes((copy / "codings.parquet").read_bytes())
    (copy / "coverage.parquet").write_bytes(b"PAR1 nothing PAR1")
    ran = coder("verify", copy)
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["coverage", "events"]


def test_compare_and_sample(dataset: Path, tmp_path: Path) -> None:
    compared = json.loads(coder("compare", dataset, dataset, "--json").out)
    assert (compared["same"], compared["appeared"], compared["disappeared"]) == (2, [], [])
    assert coder("compare", dataset, dataset).code == 0
    sheet = tmp_path / "sheet.csv"
    drawn = coder("sample", dataset, "--out", sheet, "-n", 5)
    assert drawn.err == f"3 rows -> {sheet}\n"
    filled = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert len(filled) == 4
    assert coder("sample", "--judged", sheet).code == 0
    assert coder("sample", dataset).err.startswith("error E609: Needed: a DATASET and --out CSV")


def test_score_of_a_file_of_predictions(tmp_path: Path) -> None:
    event = {"cameo": "195", "source": "AAA", "target": "BBB"}
    item = {"id": "x1", "published": "2024-02-14", "text": "It rained.", "events": []}
    gold = articles(tmp_path / "g.jsonl", item)
    answers = articles(tmp_path / "p.jsonl", {"id": "x1", "events": [event]})
    ran = coder("score", gold, "--predictions", answers, "--json")
    assert ran.code == 0, ran.err
    assert list(json.loads(ran.out)["sets"]) == ["g"]
    assert coder("score", tmp_path / "none").err.startswith("error E501 at ")
    needed = coder("score", gold, "--predictions", answers, "--errors", "missed")
    assert (needed.code, needed.err[:10]) == (2, "error E609")


# --- init, help, errors ---------------------------------------------------------------------


def test_init_writes_a_codebook_that_passes_and_never_overwrites(tmp_path: Path) -> None:
    ran = coder("init", tmp_path / "study")
    assert ran.code == 0
    written = sorted(p.name for p in (tmp_path / "study").iterdir())
    assert written == ["README.md", "my_codebook.yaml"]
    (tmp_path / "study" / "README.md").write_text("mine", encoding="utf-8")
    again = coder("init", tmp_path / "study")
    assert again.code == 2
    assert again.err.startswith(f"error E605 at {tmp_path / 'study' / 'README.md'}: ")
    assert (tmp_path / "study" / "README.md").read_text(encoding="utf-8") == "mine"


def test_wrong_options_and_unexpected_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert coder("build").code == 2
    assert "No such command" in coder("bild").err

    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("coder.cli.datasets.verify_build", broken)
    ran = coder("verify", "x")
    assert ran.code == 2
    assert ran.err.startswith("error E699: Something unexpected went wrong (ZeroDivisionError")
    assert "Traceback" not in ran.err
    assert "Traceback" in coder("verify", "x", "--debug").err


def test_the_page_of_the_commands_is_up_to_date() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == page(), "run `just docs`"


def test_every_command_says_what_it_does_with_an_example() -> None:
    from coder.cli._commands import app

    for command in app.registered_commands:
        assert command.callback is not None
        text = command.callback.__doc__ or ""
        name = (command.name or command.callback.__name__).rstrip("_")
        assert "Example" in text
        assert f"coder {name}" in text
