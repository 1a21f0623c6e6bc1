"""The gold of the sample articles is sound: verbatim, in order, in known codes, readable."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from coder.articles.options import ReadOptions
from coder.articles.syndication import syndication_ids
from coder.articles.text import read_text_file
from coder.codebook.yamlio import load_yaml
from coder.evaluate.gold import read_gold
from coder.parsing.split import spans
from coder.types import Article

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
CODEBOOKS = ROOT / "codebooks"
NAMES = [path.stem for path in sorted(SEEDS.glob("*.txt"))]
REPRINT, REPRINTED = "12-ukraine-night-barrage-reprint", "03-ukraine-night-barrage"
ANGLES = ("04-hodeidah-from-jerusalem", "05-hodeidah-from-aden")
FIELDS = [
    *("strikes_type", "cameo", "acled", "plover", "plover_mode", "source_name", "source"),
    *("target_name", "target", "date", "date_precision", "country", "place", "fatalities"),
    *("injured", "polarity", "trigger", "same_as", "quote", "note"),
]
SPELLING = {"defense": "defence", "by the fall": "by the autumn"}
Json = dict[str, Any]

each_article = pytest.mark.parametrize("name", NAMES)


@lru_cache
def gold(name: str) -> Json:
    record: Json = json.loads((SEEDS / f"{name}.json").read_text(encoding="utf-8"))
    return record


@lru_cache
def article(name: str) -> Article:
    (read,) = read_text_file(str(SEEDS / f"{name}.txt"), ReadOptions())
    assert isinstance(read, Article), read
    return read


def events(name: str) -> dict[str, tuple[str, Json]]:
    """Event id -> the text of its sentence and the event."""
    return {
        f"{sentence['index']}.{number}": (sentence["text"], event)
        for sentence in gold(name)["sentences"]
        for number, event in enumerate(sentence["events"])
    }


def in_quotes(text: str, start: int, end: int, open_before: bool) -> bool:
    """Whether part of `text[start:end]` stands between quotation marks."""
    is_open = open_before
    for at, char in enumerate(text[:end]):
        is_open = char == "“" or (is_open and char != "”")
        if is_open and at >= start:
            return True
    return False


def test_twelve_articles_each_with_gold() -> None:
    assert len(NAMES) == 12
    assert [path.stem for path in sorted(SEEDS.glob("*.json"))] == NAMES


@each_article
def test_article_is_read_with_its_date_and_dateline(name: str) -> None:
    assert gold(name)["article"] == name
    assert article(name).published.isoformat() == gold(name)["published"]
    assert article(name).dateline is not None


@each_article
def test_sentences_are_those_of_the_splitter(name: str) -> None:
    text = article(name).text
    wanted = [text[start:end] for start, end in spans(text)]
    assert [sentence["text"] for sentence in gold(name)["sentences"]] == wanted
    assert [sentence["index"] for sentence in gold(name)["sentences"]] == list(range(len(wanted)))
    assert 6 <= len(wanted) <= 15


@each_article
def test_triggers_stand_once_in_their_sentence_and_in_order(name: str) -> None:
    for sentence in gold(name)["sentences"]:
        text, triggers = sentence["text"], [event["trigger"] for event in sentence["events"]]
        assert [text.count(trigger) for trigger in triggers] == [1] * len(triggers)
        starts = [text.index(trigger) for trigger in triggers]
        assert starts == sorted(set(starts))


@each_article
def test_quote_says_whether_the_trigger_is_quoted(name: str) -> None:
    is_open = False
    for sentence in gold(name)["sentences"]:
        text = sentence["text"]
        for event in sentence["events"]:
            start = text.index(event["trigger"])
            quoted = in_quotes(text, start, start + len(event["trigger"]), is_open)
            assert event["quote"] is quoted, event["trigger"]
        marks = [char for char in text if char in "“”"]
        is_open = marks[-1] == "“" if marks else is_open


@each_article
def test_same_as_is_the_first_mention_of_an_event_of_the_same_kind(name: str) -> None:
    found = events(name)
    order = list(found)
    for event_id, (_, event) in found.items():
        if (first_id := event["same_as"]) is None:
            assert not (event["note"] or "").startswith("bare reference"), event_id
            continue
        assert order.index(first_id) < order.index(event_id)
        first = found[first_id][1]
        assert first["same_as"] is None
        for field in ("cameo", "acled", "plover", "date", "country", "place"):
            assert event[field] == first[field], (event_id, field)


@each_article
def test_fields_and_their_values(name: str) -> None:
    published = article(name).published
    for event_id, (_, event) in events(name).items():
        assert list(event) == FIELDS, event_id
        assert event["polarity"] == ("denied" if event["cameo"] == "016" else "affirmed"), event_id
        for count in (event["fatalities"], event["injured"]):
            assert count is None or (type(count) is int and count >= 0), event_id
        if event["date"] is None:
            assert event["date_precision"] is None, event_id
            continue
        day = date.fromisoformat(event["date"])
        assert published - timedelta(days=500) < day <= published, event_id
        precision = event["date_precision"]
        assert precision in ("day", "week", "month"), event_id
        assert precision != "month" or day.day == 1, event_id
        assert precision != "week" or day.weekday() == 0, event_id


@lru_cache
def known(codebook: str) -> frozenset[str]:
    file = CODEBOOKS / f"{codebook}.yaml"
    if not file.exists():
        pytest.skip(f"no {file.name}")
    return frozenset(load_yaml(file)["labels"])


@pytest.mark.parametrize(
    ("field", "codebook"),
    [("strikes_type", "strikes"), ("cameo", "cameo"), ("acled", "acled"), ("plover", "plover")],
)
def test_codes_are_in_the_codebook(field: str, codebook: str) -> None:
    used = {event[field] for name in NAMES for _, event in events(name).values()} - {None}
    assert used
    assert used <= known(codebook)


def test_plover_modes_are_given_to_their_type_by_the_codebook() -> None:
    known("plover")
    lines = load_yaml(CODEBOOKS / "plover.yaml")["codes"]
    modes = {(line["code"], mode) for line in lines for mode in line.get("modes", ())}
    used = {
        (event["plover"], mode)
        for name in NAMES
        for _, event in events(name).values()
        for mode in (event["plover_mode"] or "").split(";")
        if mode
    }
    assert used
    assert used <= modes


@pytest.mark.parametrize("side", ["source", "target"])
def test_actor_codes_are_countries_and_organisations_with_a_role(side: str) -> None:
    def ids(file: str) -> list[Json]:
        return list(load_yaml(CODEBOOKS / "actors" / file)["actors"])

    states = {actor["country"] for actor in ids("countries.yaml") if "country" in actor}
    bodies = {actor["cameo"] for actor in ids("organisations.yaml") if "cameo" in actor}
    roles = set(load_yaml(CODEBOOKS / "actors" / "roles.yaml")["roles"])
    for name in NAMES:
        for event_id, (_, event) in events(name).items():
            for code in (event[side] or "").split(";") if event[side] else ():
                right = code in bodies or code in roles
                right = right or (code[:3] in states and code[3:] in roles | {""})
                assert right, (name, event_id, code)


def test_gold_is_read_by_the_evaluation() -> None:
    items = read_gold(SEEDS)
    assert [item.id for item in items] == NAMES
    for item in items:
        assert item.text == article(item.id).text
        assert list(item.sentences) == list(spans(item.text))
        found = events(item.id)
        assert {event.event_id for event in item.events + item.optional_events} == set(found)
        for event in item.events + item.optional_events:
            assert event.span is not None
            assert item.text[slice(*event.span)] == found[event.event_id][1]["trigger"]


def test_the_match_report_has_no_event_and_the_others_have() -> None:
    assert [item.id for item in read_gold(SEEDS) if item.negative] == ["10-derby-of-cannonballs"]


def test_two_articles_tell_of_one_raid() -> None:
    one, other = (events(name)["0.0"][1] for name in ANGLES)
    for field in ("cameo", "source", "target", "date", "country", "place"):
        assert one[field] == other[field]
    texts = [article(name).text for name in ANGLES]
    ids = syndication_ids((n, article(n).published, t) for n, t in zip(ANGLES, texts, strict=True))
    assert len(set(ids.values())) == 2


def test_the_reprint_is_a_copy_without_the_last_paragraph() -> None:
    kept = article(REPRINTED).text.rpartition("\n\n")[0]
    for american, british in SPELLING.items():
        kept = kept.replace(american, british)
    assert article(REPRINT).text == kept
    rows = [(n, article(n).published, article(n).text) for n in (REPRINTED, REPRINT)]
    assert len(set(syndication_ids(rows).values())) == 1
    for event_id, (_, event) in events(REPRINT).items():
        first = events(REPRINTED)[event_id][1]
        assert {**event, "source_name": "", "trigger": ""} == {
            **first,
            "source_name": "",
            "trigger": "",
        }
