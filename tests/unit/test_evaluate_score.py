"""Figures, intervals, the report and its errors, over invented gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coder.errors import CoderError
from coder.evaluate.gold import GoldItem, half_of, read_gold
from coder.evaluate.intervals import bootstrap_f1, f1, resamples, wilson
from coder.evaluate.report import KINDS, Report, errors
from coder.evaluate.score import score, score_file

TEXTS = (
    ("Ruritania bombed Zenda, killing 4 people.", "195", "bombed"),
    ("Strelsau condemned the raid on Hentzau.", "111", "condemned"),
    ("Unknown gunmen kidnapped the mayor of Tarlenheim.", "181", "kidnapped"),
    ("Police in Zenda arrested forty marchers.", "173", "arrested"),
)
SHARED = Path(__file__).parents[3] / "shared" / "gold"
Code = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


def write_gold(folder: Path, n: int = 24, **more: Any) -> Path:
    """`n` items with one event each and, every fourth one, a negative item."""
    rows = []
    for number in range(n):
        text, cameo, trigger = TEXTS[number % 4]
        event = {
            "cameo": cameo,
            "source": "DEUMIL",
            "target": "FRA",
            "trigger": trigger,
            "plover": "ASSAULT",
            "plover_mode": "aerial;drone",
            "acled": "Air/drone strike",
            "date": "2020-01-06",
            "country": "FRA",
            "place": "Zenda",
            "fatalities": 4,
            "inter1": "State forces",
            "inter2": "Civilians",
            "injured": 2,
            "admin1": "Zenda",
            **more,
        }
        rows.append({"id": f"x-{number}", "events": [event], "text": text, "tags": []})
        if number % 4 == 0:
            negative = {"id": f"n-{number}", "events": [], "text": "Zenda won.", "tags": []}
            rows.append({**negative, "tags": ["negative"]})
    path = folder / "invented.jsonl"
    lines = (json.dumps({"published": "2020-01-06", **row}) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def perfect(path: Path, **more: Any) -> Code:
    """A coder that knows gold; `more` overrides values of each coded event."""
    items = {item.id: item for item in read_gold(path)}
    same = (
        *("cameo", "plover", "plover_mode", "acled", "inter1", "inter2", "country", "place"),
        *("admin1", "fatalities", "injured", "strikes", "trigger"),
    )

    def rows(item: GoldItem) -> list[dict[str, Any]]:
        return [
            {
                **{name: getattr(event, name) for name in same},
                "event_date": event.date,
                "source": source,
                "target": target,
                "event_id": event.cluster or event.event_id,
                "status": "actual",
                **dict(zip(("start", "end"), event.span or (None, None), strict=True)),
                **more,
            }
            for event in item.events
            for source, target in event.pairs
        ]

    def code(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        assert all(set(text) == {"id", "published", "text"} for text in texts)
        return [{"id": text["id"], "events": rows(items[text["id"]])} for text in texts]

    return code


def value(report: Report, name: str, half: str = "both") -> float | None:
    figure = report.figure("invented", name, half)
    assert figure is not None, name
    return figure.value


def test_perfect_predictions_score_one_everywhere(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    report = score(path, perfect(path))
    for half in ("A", "B", "both"):
        figures = report.figures["invented", half]
        assert len(figures) > 40
        for figure in figures:
            alarm = figure.name.startswith("negatives")
            assert figure.value == (0.0 if alarm else 1.0), figure


@pytest.mark.skipif(not SHARED.exists(), reason="the shared gold is not beside the project")
def test_perfect_predictions_score_one_on_the_development_gold() -> None:
    report = score(SHARED, perfect(SHARED))
    assert len(report.outcomes) == 877
    for (name, half), figures in report.figures.items():
        for figure in figures:
            if figure.name.startswith("negatives"):
                assert figure.hits == 0, (name, half, figure)
            else:
                assert figure.value == 1.0, (name, half, figure)


def test_nothing_coded_scores_nothing(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    report = score(path, lambda texts: [])
    assert value(report, "answered") == 0.0
    assert value(report, "root F1") == 0.0
    assert value(report, "root recall") == 0.0
    assert report.figure("invented", "root precision") is None
    assert value(report, "negatives with an event") == 0.0
    assert value(report, "main event: ACLED sub-event") == 0.0
    assert value(report, "main event or rightly none") == 6 / 30


def test_a_line_with_an_error_is_an_item_without_events(tmp_path: Path) -> None:
    path = write_gold(tmp_path)

    def code(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        lines = perfect(path)(texts)
        return [{"id": lines[0]["id"], "error": {"code": "E1", "message": "no"}}, *lines[1:]]

    report = score(path, code)
    assert value(report, "answered") == 29 / 30
    assert value(report, "root recall") == 23 / 24


@pytest.mark.parametrize(
    ("wrong", "changed"),
    [
        ({"source": "DEU"}, {"source": 0.0, "source, lenient": 1.0, "source country": 1.0}),
        ({"source": None}, {"source": 0.0, "source, lenient": 0.0, "source country": 0.0}),
        ({"target": "FRAGOV"}, {"target": 0.0, "target, lenient": 1.0, "target country": 1.0}),
        ({"event_date": "2020-01-07"}, {"date": 0.0}),
        ({"country": "DEU"}, {"country": 0.0}),
        ({"place": "Zenda castle"}, {"place": 0.0, "place, lenient": 1.0}),
        ({"admin1": None}, {"admin1": 0.0}),
        ({"fatalities": 5}, {"fatalities": 0.0}),
        ({"fatalities": None}, {"fatalities": 0.0}),
        ({"injured": 0}, {"injured": 0.0}),
        ({"inter1": "Civilians", "inter2": "State forces"}, {}),
        ({"inter1": "State forces", "inter2": None}, {"inter1 and inter2": 0.0}),
        ({"plover_mode": "drone"}, {}),
        ({"plover_mode": "firearms"}, {"PLOVER mode (any of gold's)": 0.0}),
        ({"plover": "COERCE"}, {"PLOVER type F1": 0.0}),
        (
            {"acled": "Grenade"},
            {"ACLED sub-event F1": 0.0, "ACLED event type F1": 1.0},
        ),
        ({"acled": "Attack"}, {"ACLED sub-event F1": 0.0, "ACLED event type F1": 0.0}),
    ],
)
def test_one_wrong_value_lowers_its_own_figure(
    tmp_path: Path, wrong: dict[str, Any], changed: dict[str, float]
) -> None:
    path = write_gold(tmp_path)
    report = score(path, perfect(path, **wrong))
    watched = {
        *("source", "source, lenient", "source country", "target", "target, lenient"),
        *("target country", "date", "country", "place", "place, lenient", "admin1"),
        *("fatalities", "injured", "inter1 and inter2", "PLOVER type F1", "ACLED sub-event F1"),
        *("ACLED event type F1", "root F1", "CAMEO code F1"),
    }
    if "plover" not in wrong:
        watched.add("PLOVER mode (any of gold's)")
    expected = {name: changed.get(name, 1.0) for name in watched}
    assert {name: value(report, name) for name in watched} == expected


def test_alternative_codes_count_as_right(tmp_path: Path) -> None:
    path = write_gold(tmp_path, cameo_alt=["0234"])
    report = score(path, perfect(path, cameo="0234"))
    assert value(report, "CAMEO code, given the root") == 1.0
    assert value(report, "root F1") == 1.0


def test_wrong_codes_of_the_right_root_are_confusions(tmp_path: Path) -> None:
    path = write_gold(tmp_path, 4, cameo="195")
    report = score(path, perfect(path, cameo="190"))
    assert value(report, "root F1") == 1.0
    assert value(report, "CAMEO code, given the root") == 0.0
    assert value(report, "CAMEO code F1") == 0.0
    assert report.confusions["invented", "both"]["cameo"] == (("195", "190", 4),)


def test_values_where_gold_has_none_are_counted(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines[::2]:
        for event in line["events"]:
            event["fatalities"] = None
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    report = score(path, perfect(path, fatalities=9))
    assert value(report, "fatalities left empty") == 0.0
    assert value(report, "fatalities") == 0.0


def test_negatives_with_an_event_are_counted(tmp_path: Path) -> None:
    path = write_gold(tmp_path)

    def code(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        row = {"cameo": "195", "acled": "Attack", "start": 0, "end": 5, "trigger": "Zenda"}
        lines = perfect(path)(texts)
        first = next(line for line in lines if line["id"].startswith("n-"))
        first["events"] = [row]
        return lines

    report = score(path, code)
    figure = report.figure("invented", "negatives with an event")
    assert figure is not None
    assert (figure.hits, figure.n) == (1, 6)
    assert value(report, "negatives with an ACLED event") == 1 / 6
    assert value(report, "root precision") == 24 / 25
    assert "1 of 6" in report.render()


def test_clusters_are_compared_by_b_cubed(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    sentences = []
    for index, same_as in enumerate((None, "0.0", None)):
        event = {"cameo": "195", "trigger": f"raid {index}", "source": "DEU", "target": None}
        event |= {"strikes_type": "air_strike", "same_as": same_as, "note": None}
        sentences.append({"index": index, "text": f"The raid {index} on.", "events": [event]})
    text = " ".join(str(s["text"]) for s in sentences)
    record = {"article": "art", "published": "2020-01-06", "sentences": sentences}
    (folder / "art.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "art.txt").write_text(f" date 2020-01-06 ZENDA: {text}", encoding="utf-8")

    def figure(report: Report, name: str) -> float | None:
        found = report.figure("articles", name)
        return found.value if found else None

    right = score(folder, perfect(folder))
    assert figure(right, "de-duplication (B-cubed F1)") == 1.0
    assert figure(right, "strikes type F1") == 1.0
    merged = score(folder, perfect(folder, event_id="one"))
    # One cluster for gold's {0, 1} and {2}: precision (2/3 + 2/3 + 1/3) / 3, recall 1.
    assert figure(merged, "de-duplication precision (B-cubed)") == pytest.approx(5 / 9)
    assert figure(merged, "de-duplication recall (B-cubed)") == 1.0
    assert figure(merged, "de-duplication (B-cubed F1)") == pytest.approx(10 / 14)


def test_records_of_the_plover_gold_standard(tmp_path: Path) -> None:
    path = tmp_path / "gsr.jsonl"
    events = ("FIGHT", "DEMAND", "INVESTIGATE", "AID")
    records = [
        {"id": f"g-{n}", "date": "2000-01-01", "event": event, "eventText": "did", "text": "T."}
        for n, event in enumerate(events)
    ]
    path.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    assert [i.events[0].plover for i in read_gold(path)] == ["ASSAULT", "REQUEST", "ACCUSE", "AID"]
    answers = {"g-0": ["AID", "ASSAULT"], "g-1": ["REQUEST"], "g-2": ["AID"], "g-3": []}

    def code(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"id": t["id"], "events": [{"plover": p} for p in answers[t["id"]]]} for t in texts]

    report = score(path, code)
    figures = {f.name.strip(): f.value for f in report.figures["gsr", "both"]}
    assert figures["coded"] == 3 / 4
    assert figures["right type among coded"] == 2 / 3
    # ASSAULT 1, REQUEST 1, ACCUSE 0, AID 0 (one false, one missed).
    assert figures["macro F1 of types"] == 0.5


def test_a_file_of_predictions_scores_as_its_coder(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    texts = [{"id": i.id, "published": i.published, "text": i.text} for i in read_gold(path)]
    file = tmp_path / "coded.out"
    lines = [json.dumps(line) for line in perfect(path, source="USA")(texts)]
    file.write_text("\n".join(reversed(lines)) + "\n\n", encoding="utf-8")
    by_file = score_file(path, file)
    assert by_file.to_json() == score(path, perfect(path, source="USA")).to_json()
    assert value(by_file, "source") == 0.0


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"events": []}', '{"id": "x"}', '{"id": "x", "events": [1]}']
)
def test_a_bad_line_of_predictions_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    path = write_gold(tmp_path)
    file = tmp_path / "coded.out"
    file.write_text('{"id": "x-0", "events": []}\n' + line, encoding="utf-8")
    with pytest.raises(CoderError, match=r"error E505 at .*coded\.out:2: "):
        score_file(path, file)


def test_the_report_is_the_same_each_time_and_fits_the_page(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    reports = [score(path, perfect(path, cameo="190")) for _ in range(2)]
    assert reports[0].render() == reports[1].render()
    assert reports[0].to_json() == reports[1].to_json()
    assert max(len(line) for line in reports[0].render().splitlines()) <= 100
    assert len(reports[0].render(brief=True)) < len(reports[0].render())
    tree = json.loads(reports[0].to_json())
    named = {f["name"]: f for f in tree["sets"]["invented"]["A"]["figures"]}
    assert named["CAMEO code F1"]["value"] == value(reports[0], "CAMEO code F1", "A")


def test_errors_show_half_a_only(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    report = score(path, perfect(path, cameo="057", source="USA"))
    in_a = [item.id for item in read_gold(path) if half_of(item.id) == "A" and item.events]
    assert 0 < len(in_a) < 24
    missed = errors(report, "invented", "missed")
    assert [entry["id"] for entry in missed] == in_a
    assert missed[0]["gold"]["source"] == "DEUMIL"
    assert missed[0]["coded"] is None
    confused = errors(report, "invented", "confused")
    assert [entry["id"] for entry in confused] == in_a
    assert {entry["coded"]["cameo"] for entry in confused} == {"057"}
    assert [entry["id"] for entry in errors(report, "invented", "spurious")] == in_a
    for kind in KINDS:
        shown = errors(report, "invented", kind)
        assert all(half_of(entry["id"]) == "A" for entry in shown)
        with pytest.raises(CoderError, match="error E503"):
            errors(report, "invented", kind, half="B")


def test_wrong_slots_are_listed_with_what_was_coded(tmp_path: Path) -> None:
    path = write_gold(tmp_path)
    report = score(path, perfect(path, event_date="1999-01-01"))
    entries = errors(report, "invented", "date")
    assert len(entries) == sum(half_of(i.id) == "A" for i in read_gold(path) if i.events)
    assert entries[0]["slot"] == "date"
    assert entries[0]["gold"]["date"] == "2020-01-06"
    assert entries[0]["coded"]["event_date"] == "1999-01-01"
    assert errors(report, "invented", "country") == []


@pytest.mark.parametrize(("name", "kind"), [("other", "missed"), ("invented", "typos")])
def test_unknown_names_are_refused(tmp_path: Path, name: str, kind: str) -> None:
    path = write_gold(tmp_path, 4)
    with pytest.raises(CoderError, match="error E504"):
        errors(score(path, perfect(path)), name, kind)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson_intervals(hits: int, n: int, low: float, high: float) -> None:
    # The first three are printed in textbooks and by R's prop.test(correct = FALSE).
    assert tuple(round(end, 3) for end in wilson(hits, n)) == (low, high)


def test_the_bootstrap_is_seeded_and_holds_the_estimate() -> None:
    counts = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]] * 50)
    low, high = bootstrap_f1(counts, resamples(100))
    assert (low, high) == bootstrap_f1(counts, resamples(100))
    assert 0.35 < low < 0.45 < 0.5 < 0.55 < high < 0.65
    assert bootstrap_f1(np.zeros((3, 3)), resamples(3)) == (0.0, 1.0)
    assert f1(0, 0, 0) is None
    assert f1(2, 1, 1) == 4 / 6
