"""Samples for checking by eye, filled-in sheets, and the comparison of two runs."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coder.errors import CoderError
from coder.evaluate.compare import compare
from coder.evaluate.judged import read_judged, weighted_share
from coder.evaluate.sample import allocate, draw, write_sample
from coder.evaluate.sheet import COLUMNS, plain_cell, read_sheet, safe_cell, write_sheet
from coder.tables.models import TABLES, frame

Rows = dict[str, list[dict[str, Any]]]


def tables(n: int = 20, **codes: str) -> Rows:
    """A dataset of `n` events, one a sentence (every fifth an arrest), and `n` sentences more.

    `codes` replace the CAMEO code of single events by their id.
    """
    made: Rows = {name: [] for name in TABLES}
    for k in range(n):
        event, kind = f"e{k}", "coerce.arrest" if k % 5 == 0 else "assault.air_strike"
        code = codes.get(event, "173" if k % 5 == 0 else "195")
        made["events"].append(
            {
                "event_id": event,
                "type": kind,
                "country": "FRA",
                "place": "Zenda",
                "date_start": date(2020, 1 + k % 2, 3),
                "date_end": date(2020, 1 + k % 2, 3),
                "fatalities_low": k,
                "fatalities_high": None if k % 2 else k,
            }
        )
        made["codings"] += [
            {"event_id": event, "codebook": "plover", "code": "ASSAULT"},
            {"event_id": event, "codebook": "cameo", "code": code},
        ]
        made["event_actors"] += [
            {"event_id": event, "side": "source", **actor}
            for actor in (
                {"position": 1, "name": "gunmen", "cameo": None},
                {"position": 0, "name": "Ruritania", "cameo": "DEUMIL"},
            )
        ]
        mention = {"mention_id": f"m{k}", "article_id": f"a{k}", "sentence": 0, "start": 4}
        more = {"end": 9, "type": kind, "rule": f"rule.{kind}", "trigger": "raids"}
        made["mentions"].append({**mention, **more})
        made["event_mentions"].append(
            {"event_id": event, "mention_id": f"m{k}", "article_id": f"a{k}", "founding": True}
        )
        made["sentences"] += [
            {"article_id": f"a{k}", "sentence": 0, "text": f"=Raid {k}", "screened_out": False},
            {"article_id": f"a{k}", "sentence": 1, "text": "Calm.", "screened_out": k % 4 != 0},
        ]
    return made


def build(folder: Path, made: Rows) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in made.items():
        frame(name, rows).write_parquet(folder / f"{name}.parquet")
    return folder


def test_a_sample_is_stratified_seeded_and_weighted(tmp_path: Path) -> None:
    folder = build(tmp_path / "latest", tables())
    rows = draw(tmp_path, events=10, uncoded=8, seed=3)
    assert rows == draw(folder, events=10, uncoded=8, seed=3)
    assert rows != draw(folder, events=10, uncoded=8, seed=4)
    assert Counter((row["kind"], row["stratum"]) for row in rows) == {
        ("event", "assault.air_strike"): 8,
        ("event", "coerce.arrest"): 2,
        ("uncoded", "parsed, no event"): 2,
        ("uncoded", "screened out"): 6,
    }
    for kind, total in (("event", 20), ("uncoded", 20)):
        weights = [float(row["weight"]) for row in rows if row["kind"] == kind]
        assert sum(weights) == pytest.approx(total, abs=1e-3)


def test_a_row_of_a_sample_shows_the_event_and_its_sentence(tmp_path: Path) -> None:
    build(tmp_path, tables())
    rows = {row["event_id"]: row for row in draw(tmp_path, events=20, uncoded=0)}
    assert len(rows) == 20
    assert rows["e6"] == {
        "kind": "event",
        "event_id": "e6",
        "sentence": "=Raid 6",
        "type": "assault.air_strike",
        "codes": "cameo=195 plover=ASSAULT",
        "source": "DEUMIL Ruritania; ? gunmen",
        "target": None,
        "date": "2020-01-03",
        "country": "FRA",
        "place": "Zenda",
        "fatalities": "6",
        "rule": "rule.assault.air_strike",
        "stratum": "assault.air_strike",
        "weight": "1",
    }
    assert rows["e7"]["fatalities"] == "at least 7"


def test_a_sample_larger_than_the_dataset_takes_all_of_it(tmp_path: Path) -> None:
    build(tmp_path, tables(6))
    rows = draw(tmp_path, events=100, uncoded=100)
    assert Counter(row["kind"] for row in rows) == {"event": 6, "uncoded": 6}
    assert {row["weight"] for row in rows} == {"1"}


def test_cells_of_a_sheet_are_no_formulas(tmp_path: Path) -> None:
    build(tmp_path / "data", tables())
    sheet = tmp_path / "sheet.csv"
    assert write_sample(tmp_path / "data", sheet, events=5, uncoded=5) == 10
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert all(row["sentence"].startswith("'=Raid") for row in rows[:5])
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for r in rows for cell in r.values())
    assert read_sheet(sheet)[0]["sentence"].startswith("=Raid")
    assert all(row["type_ok"] == row["event_missed"] == row["note"] == "" for row in rows)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "x=1", "", "'x", "''=1"])
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize(
    ("sizes", "n", "given"),
    [
        ({"a": 90, "b": 9, "c": 1}, 12, {"a": 9, "b": 2, "c": 1}),
        ({"a": 5, "b": 3, "c": 1}, 2, {"a": 1, "b": 1}),
        ({"a": 2, "b": 2}, 10, {"a": 2, "b": 2}),
        ({"a": 2, "b": 0}, 1, {"a": 1}),
        ({"a": 2}, 0, {}),
        ({}, 5, {}),
    ],
)
def test_allocation(sizes: dict[str, int], n: int, given: dict[str, int]) -> None:
    assert allocate(sizes, n) == given


def sheet_row(kind: str, stratum: str, weight: float, **said: str) -> dict[str, object]:
    base = {"kind": kind, "event_id": "e", "stratum": stratum, "weight": weight}
    return {**base, "type": stratum, "rule": f"rule.{stratum}", **said}


def test_a_filled_in_sheet_gives_weighted_figures(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = [
        sheet_row("event", "strike", 10, type_ok="yes", date_ok="n"),
        sheet_row("event", "strike", 10, type_ok="NO"),
        sheet_row("event", "arrest", 1, type_ok="1", date_ok="ok"),
        sheet_row("event", "arrest", 1),
        sheet_row("uncoded", "screened out", 30, event_missed="n"),
        sheet_row("uncoded", "parsed, no event", 10, event_missed="y"),
    ]
    assert write_sheet(sheet, rows) == 6
    judged = read_judged(sheet)
    figures = {f.name: (f.value, f.hits, f.n) for f in judged.figures}
    assert figures == {
        "type right": (11 / 21, 2, 3),
        "date right": (1 / 11, 1, 2),
        "type right, strike": (1 / 2, 1, 2),
        "type right, arrest": (1.0, 1, 1),
        "type right, rule rule.strike": (1 / 2, 1, 2),
        "type right, rule rule.arrest": (1.0, 1, 1),
        "uncoded sentences with an event": (1 / 4, 1, 2),
        "an event in: screened out": (0.0, 0, 1),
        "an event in: parsed, no event": (1.0, 1, 1),
    }
    assert "uncoded sentences with an event" in judged.render()


def test_equal_weights_give_wilsons_interval() -> None:
    figure = weighted_share("x", [(k < 8, 3.0) for k in range(10)])
    assert (round(figure.low, 3), round(figure.high, 3)) == (0.490, 0.943)
    uneven = weighted_share("x", [(k < 8, 1.0 + 9 * (k % 2)) for k in range(10)])
    assert uneven.high - uneven.low > figure.high - figure.low


@pytest.mark.parametrize(
    ("said", "why"),
    [({"type_ok": "maybe"}, "type_ok is 'maybe'"), ({"weight": "many"}, "weight is 'many'")],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, said: dict[str, str], why: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(sheet, [sheet_row("event", "a", 1), {**sheet_row("event", "a", 1), **said}])
    with pytest.raises(CoderError, match=rf"error E506 at .*sheet\.csv:3: .*{why}"):
        read_judged(sheet)


def test_another_csv_is_no_sheet(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CoderError, match="error E506"):
        read_judged(file)
    with pytest.raises(CoderError, match="error E423"):
        draw(tmp_path)


def test_two_datasets_are_compared_by_trigger(tmp_path: Path) -> None:
    made = tables(10)
    old = build(tmp_path / "old", made)
    changed = tables(11, e3="194")
    for name in ("events", "codings", "event_mentions", "event_actors"):
        changed[name] = [row for row in changed[name] if row["event_id"] != "e5"]
    # Ids follow the type and the founding mention, so they tell nothing about what changed.
    for name in ("mentions", "event_mentions"):
        for row in changed[name]:
            row["mention_id"] = f"new-{row['mention_id']}"
    changed["mentions"][3]["rule"] = "rule.shelling"
    found = compare(old, build(tmp_path / "new", changed))
    assert found.same == 8
    assert found.changed.select("article", "codes", "codes_new", "rule", "rule_new").rows() == [
        (
            *("a3", "cameo=195 plover=ASSAULT", "cameo=194 plover=ASSAULT"),
            *("rule.assault.air_strike", "rule.shelling"),
        )
    ]
    assert found.appeared["article"].to_list() == ["a10"]
    assert found.disappeared["article"].to_list() == ["a5"]
    assert set(found.rules) == {
        ("changed", "rule.assault.air_strike", "rule.shelling", 1),
        ("appeared", "-", "rule.coerce.arrest", 1),
        ("disappeared", "rule.coerce.arrest", "-", 1),
    }
    assert found.counts.rows() == [
        ("month", "2020-01", 5, 6),
        ("month", "2020-02", 5, 4),
        ("country", "FRA", 10, 10),
        ("type", "assault.air_strike", 8, 8),
        ("type", "coerce.arrest", 2, 2),
    ]
    assert "cameo=195 > cameo=194 1" in found.render()
    assert max(len(line) for line in found.render().splitlines()) <= 100
    assert json.loads(found.to_json())["same"] == 8


def test_a_dataset_does_not_differ_from_itself(tmp_path: Path) -> None:
    folder = build(tmp_path, tables())
    found = compare(folder, folder)
    assert (found.same, found.rules) == (20, ())
    assert found.render().splitlines()[0] == (
        "mentions: 20 the same, 0 changed, 0 appeared, 0 disappeared"
    )


def test_two_files_of_predictions_are_compared(tmp_path: Path) -> None:
    def line(item: str, *events: dict[str, Any]) -> str:
        return json.dumps({"id": item, "events": events})

    def event(start: int, cameo: str, **more: Any) -> dict[str, Any]:
        base = {"event_id": f"e{start}", "type": "t", "rule": f"r{cameo}", "trigger": "raid"}
        when = {"event_date": "2020-01-06", "country": "FRA"}
        return {**base, **when, "cameo": cameo, "start": start, "end": start + 4, **more}

    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text(
        "\n".join(
            [
                line("1", event(0, "195"), event(0, "195", source="DEU"), event(9, "173")),
                line("2", event(0, "042", mine="A", status="negated")),
            ]
        ),
        encoding="utf-8",
    )
    new.write_text(
        "\n".join([line("1", event(0, "195", mine="B"), event(20, "042"))]), encoding="utf-8"
    )
    found = compare(old, new)
    assert found.same == 0
    assert found.changed.select("codes", "codes_new").rows() == [("cameo=195", "cameo=195 mine=B")]
    assert found.appeared["codes"].to_list() == ["cameo=042"]
    assert found.disappeared["codes"].to_list() == ["cameo=173"]
    assert ("country", "FRA", 2, 2) in found.counts.rows()
