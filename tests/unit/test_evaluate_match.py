"""Matching of coded events with gold, one convention a test, over invented items."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from coder.errors import CoderError
from coder.evaluate.gold import GoldItem, half_of, read_gold
from coder.evaluate.match import exact_cameo
from coder.evaluate.outcome import Outcome, outcome_of
from coder.evaluate.slots import country_of, lenient_actor, lenient_name, same_actor, same_date

TEXT = "Ruritania shelled Zenda on Monday, and Strelsau met the envoy of Hentzau."


def gold_event(**more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("plover", "plover_mode", "acled", "date", "country", "place", "fatalities")
    )
    base = {"cameo": "194", "source": "DEU", "target": "FRA", "trigger": "shelled"}
    return {**empty, **base, "actual": True, **more}


def item(tmp_path: Path, events: list[dict[str, Any]], **more: Any) -> GoldItem:
    record = {"id": "x-1", "published": "2020-01-06", "text": TEXT, "tags": [], "note": ""}
    path = tmp_path / "invented.jsonl"
    path.write_text(json.dumps({**record, "events": events, **more}), encoding="utf-8")
    (read,) = read_gold(path)
    return read


def row(trigger: str = "shelled", cameo: str = "194", **more: Any) -> dict[str, Any]:
    start = TEXT.index(trigger)
    place = {"trigger": trigger, "start": start, "end": start + len(trigger)}
    base = {"cameo": cameo, "source": "DEU", "target": "FRA", "status": "actual"}
    return {"event_id": f"e{start}", **base, **place, **more}


def shape(outcome: Outcome, scheme: str = "cameo") -> tuple[int, int, int, int]:
    """Numbers of matched, missed, spurious and forgiven events."""
    m = outcome.matchings[scheme]
    return len(m.matches), len(m.missed), len(m.spurious), len(m.forgiven)


def test_equal_root_matches_whatever_the_code(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event()])
    assert shape(outcome_of(gold, [row(cameo="193")])) == (1, 0, 0, 0)


def test_other_root_is_a_miss_and_a_false_positive_that_are_paired(tmp_path: Path) -> None:
    outcome = outcome_of(item(tmp_path, [gold_event()]), [row(cameo="182")])
    assert shape(outcome) == (0, 1, 1, 0)
    assert len(outcome.matchings["cameo"].confused) == 1


def test_root_of_an_alternative_code_matches(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event(cameo_alt=["182"])])
    assert shape(outcome_of(gold, [row(cameo="182")])) == (1, 0, 0, 0)


def test_the_exact_code_is_preferred_to_the_nearer_trigger(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event()])
    outcome = outcome_of(gold, [row(cameo="190"), row("met", "194")])
    (match,) = outcome.matchings["cameo"].matches
    assert match.coded.get("cameo") == "194"


def test_among_equal_codes_the_trigger_decides(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event()])
    outcome = outcome_of(gold, [row("met", "194"), row("shelled", "194", source="ITA")])
    (match,) = outcome.matchings["cameo"].matches
    assert match.coded.get("trigger") == "shelled"


def test_matching_is_one_to_one(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event()])
    assert shape(outcome_of(gold, [row(), row("met", "194")])) == (1, 0, 1, 0)


def test_most_events_are_matched_even_if_a_preference_gives_way(tmp_path: Path) -> None:
    # The first row would suit both; only a swap lets each event have its own.
    events = [gold_event(cameo_alt=["182"]), gold_event(cameo="182", trigger="met")]
    outcome = outcome_of(item(tmp_path, events), [row("shelled", "182"), row("met", "190")])
    assert shape(outcome) == (2, 0, 0, 0)


def test_joint_actors_are_taken_apart(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event(source="DEU;AUT")])
    assert gold.events[0].pairs == (("DEU", "FRA"), ("AUT", "FRA"))
    assert shape(outcome_of(gold, [row()])) == (1, 1, 0, 0)
    assert shape(outcome_of(gold, [row(), row(source="AUT")])) == (2, 0, 0, 0)


@pytest.mark.parametrize(
    ("status", "matched"),
    [("actual", 1), ("attempted", 1), ("negated", 0), ("scheduled", 0), ("hypothetical", 0)],
)
def test_only_actual_and_attempted_events_count(tmp_path: Path, status: str, matched: int) -> None:
    outcome = outcome_of(item(tmp_path, [gold_event()]), [row(status=status)])
    assert shape(outcome) == (matched, 1 - matched, 0, 0)


def test_optional_events_forgive_but_do_not_ask(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event()], optional_events=[gold_event(cameo="042", trigger="met")])
    assert shape(outcome_of(gold, [row()])) == (1, 0, 0, 0)
    assert shape(outcome_of(gold, [row(), row("met", "040")])) == (1, 0, 0, 1)
    assert shape(outcome_of(gold, [row(), row("met", "057")])) == (1, 0, 1, 0)


def test_a_hit_is_never_spent_on_an_optional_event(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event()], optional_events=[gold_event()])
    assert shape(outcome_of(gold, [row()])) == (1, 0, 0, 0)


def test_an_optional_event_without_acled_forgives_its_acled_coding(tmp_path: Path) -> None:
    optional = [gold_event(trigger="met")]
    coded = [row(), row("met", acled="Armed clash")]
    gold = item(tmp_path, [gold_event()], optional_events=optional)
    assert shape(outcome_of(gold, coded), "acled") == (0, 0, 0, 1)
    negative = outcome_of(item(tmp_path, [], optional_events=optional), coded[1:])
    assert not negative.false_alarm
    assert shape(negative, "acled") == (0, 0, 1, 0)


def test_reciprocal_sides_may_be_swapped_and_the_mirror_is_forgiven(tmp_path: Path) -> None:
    met = gold_event(cameo="046", trigger="met")
    gold = item(tmp_path, [met], tags=["reciprocal"])
    swapped = row("met", "046", source="FRA", target="DEU")
    outcome = outcome_of(gold, [swapped])
    (match,) = outcome.matchings["cameo"].matches
    assert match.swapped
    assert match.sides == ("DEU", "FRA")
    assert shape(outcome_of(gold, [row("met", "046"), swapped])) == (1, 0, 0, 1)


def test_other_events_have_no_mirror(tmp_path: Path) -> None:
    turned = row(source="FRA", target="DEU")
    outcome = outcome_of(item(tmp_path, [gold_event()]), [turned, row()])
    (match,) = outcome.matchings["cameo"].matches
    assert (match.sides, match.swapped) == (("DEU", "FRA"), False)
    assert shape(outcome) == (1, 0, 1, 0)


def test_the_host_of_a_visit_may_be_coded_too(tmp_path: Path) -> None:
    gold = item(tmp_path, [gold_event(cameo="042", trigger="met")])
    host = row("met", "043", source="FRA", target="DEU")
    assert shape(outcome_of(gold, [row("met", "042"), host])) == (1, 0, 0, 1)
    assert shape(outcome_of(gold, [row("met", "042"), {**host, "cameo": "046"}])) == (1, 0, 1, 0)


def test_joint_parties_without_target_are_one_reciprocal_pair(tmp_path: Path) -> None:
    truce = gold_event(cameo="0871", source="DEUGOV;FRAGOV", target=None, trigger="met")
    gold = item(tmp_path, [truce])
    assert gold.events[0].pairs == (("DEUGOV", "FRAGOV"),)
    assert gold.events[0].reciprocal
    turned = row("met", "0871", source="FRAGOV", target="DEUGOV")
    assert shape(outcome_of(gold, [turned])) == (1, 0, 0, 0)
    single = [
        row("met", "0871", source="DEUGOV", target=None),
        row("met", "0871", source="FRAGOV", target=None),
    ]
    assert shape(outcome_of(gold, single)) == (1, 0, 0, 1)


def test_what_cameo_has_no_code_for_is_measured_by_acled_only(tmp_path: Path) -> None:
    defused = gold_event(cameo="1711", acled="Disrupted weapons use", inter1="State forces")
    gold = item(tmp_path, [defused])
    outcome = outcome_of(gold, [row(cameo="015", acled="Disrupted weapons use")])
    assert shape(outcome) == (0, 0, 0, 1)
    assert shape(outcome, "acled") == (1, 0, 0, 0)
    assert shape(outcome_of(gold, []), "acled") == (0, 1, 0, 0)


def test_a_negative_item_with_an_event_is_a_false_alarm(tmp_path: Path) -> None:
    gold = item(tmp_path, [], tags=["negative"])
    assert gold.negative
    assert outcome_of(gold, [row()]).false_alarm
    assert not outcome_of(gold, [row(status="negated")]).false_alarm
    assert not outcome_of(gold, []).false_alarm


def test_a_toll_counts_for_every_pair_of_its_mention(tmp_path: Path) -> None:
    outcome = outcome_of(
        item(tmp_path, [gold_event(fatalities=4)]),
        [row(source="AUT", fatalities=4), row(fatalities=None)],
    )
    (match,) = outcome.matchings["cameo"].matches
    assert match.coded.get("source") == "DEU"
    assert outcome.toll(match, "fatalities") == 4


@pytest.mark.parametrize(
    ("gold", "coded", "same", "lenient"),
    [
        ("USAMIL", "USAMIL", True, True),
        ("USAMIL", "USA", False, True),
        ("USA", "USAGOV", False, True),
        ("USAGOV", "USAMIL", False, False),
        ("USA", "USACVL", False, False),
        ("SYRREB", "SYRINS", True, True),
        ("SYRREB", "SYRSEP", True, True),
        ("IGOEUR", "IGOEEC", True, True),
        ("NCLGOV", "FRAGOV", False, True),
        ("USAMIL", None, False, False),
        ("USAMIL", "GBRMIL;USAMIL", True, True),
    ],
)
def test_actors(gold: str, coded: str | None, same: bool, lenient: bool) -> None:
    assert same_actor(gold, coded) is same
    assert lenient_actor(gold, coded) is lenient


@pytest.mark.parametrize(
    ("code", "country"),
    [("IRQREB", "IRQ"), ("IGOUNO", None), ("UAF", None), ("MED", None), (None, None)],
)
def test_country_of_an_actor(code: str | None, country: str | None) -> None:
    assert country_of(code) == country


def test_a_place_may_hold_the_other_in_the_lenient_figure() -> None:
    assert lenient_name("Zenda", "Zenda province")
    assert not lenient_name("Zenda", "Zendalia")


def article(tmp_path: Path, events: list[dict[str, Any]], **more: Any) -> GoldItem:
    one, two = "Ruritania bombed Zenda.", "The raids ended after the truce."
    record: Mapping[str, Any] = {
        "article": "art-1",
        "published": "2020-01-06",
        "sentences": [
            {"index": 0, "text": one, "events": [e for e in events if e["trigger"] in one]},
            {"index": 1, "text": two, "events": [e for e in events if e["trigger"] in two]},
        ],
    }
    (tmp_path / "art-1.json").write_text(json.dumps(record), encoding="utf-8")
    text = f" date 2020-01-06 STRELSAU: {one}\n\n{two}\n"
    (tmp_path / "art-1.txt").write_text(text, encoding="utf-8")
    (read,) = read_gold(tmp_path)
    return read


def art_event(**more: Any) -> dict[str, Any]:
    base = {"strikes_type": "air_strike", "cameo": "195", "trigger": "bombed", "note": None}
    return {**gold_event(), "same_as": None, "date_precision": "day", **base, **more}


def coded_at(gold: GoldItem, trigger: str, **more: Any) -> dict[str, Any]:
    start = gold.text.index(trigger)
    return {"cameo": "195", "trigger": trigger, "start": start, "end": start + len(trigger), **more}


def test_an_article_is_read_without_its_header(tmp_path: Path) -> None:
    gold = article(tmp_path, [art_event(), art_event(trigger="raids", same_as="0.0")])
    assert gold.text == "Ruritania bombed Zenda.\n\nThe raids ended after the truce."
    assert [gold.text[s:e] for s, e in gold.sentences] == gold.text.split("\n\n")
    assert [(e.event_id, e.sentence, e.cluster) for e in gold.events] == [
        ("0.0", 0, "0.0"),
        ("1.0", 1, "0.0"),
    ]
    assert [gold.text[e.span[0] : e.span[1]] for e in gold.events if e.span] == ["bombed", "raids"]
    assert gold.set == tmp_path.name


def test_events_of_an_article_match_within_their_sentence(tmp_path: Path) -> None:
    gold = article(tmp_path, [art_event()])
    assert shape(outcome_of(gold, [coded_at(gold, "raids")])) == (0, 1, 1, 0)
    assert shape(outcome_of(gold, [coded_at(gold, "bombed")])) == (1, 0, 0, 0)


def test_bare_references_are_optional(tmp_path: Path) -> None:
    bare = art_event(trigger="raids", same_as="0.0", note="bare reference, of a noun")
    gold = article(tmp_path, [art_event(), bare])
    rows = [coded_at(gold, "bombed"), coded_at(gold, "raids", strikes="air_strike")]
    assert shape(outcome_of(gold, rows)) == (1, 0, 0, 1)
    assert shape(outcome_of(gold, rows), "strikes") == (0, 1, 0, 1)


def test_retaliation_and_truces_have_more_than_one_right_code(tmp_path: Path) -> None:
    threat = art_event(strikes_type="statement_of_retaliation", cameo="138")
    truce = art_event(strikes_type="ceasefire_announcement", cameo="0871", trigger="truce")
    gold = article(tmp_path, [threat, truce])
    rows = [coded_at(gold, "bombed", cameo="130"), coded_at(gold, "truce", cameo="0356")]
    matches = outcome_of(gold, rows).matchings["cameo"].matches
    assert [exact_cameo(m.wanted.event, m.coded) for m in matches] == [True, True]


@pytest.mark.parametrize(
    ("note", "precision", "coded", "right"),
    [
        (None, "day", "2020-01-06", True),
        (None, "day", "2020-01-05", False),
        ("date not stated", "day", "2020-01-04", True),
        ("denied; date not stated", "day", "2020-01-08", True),
        ("date not stated", "day", "2020-01-09", False),
        (None, "week", "2020-01-12", True),
        (None, "week", "2020-01-13", False),
        (None, "month", "2020-01-31", True),
        (None, "month", "2020-02-01", False),
        (None, "year", "2020-12-31", True),
        (None, "day", None, False),
    ],
)
def test_dates(
    tmp_path: Path, note: str | None, precision: str, coded: str | None, right: bool
) -> None:
    event = art_event(date="2020-01-06", note=note, date_precision=precision)
    gold = article(tmp_path, [event])
    assert same_date(gold.events[0], coded) is right


@pytest.mark.parametrize(
    ("name", "half"), [("a", "B"), ("b", "B"), ("c", "A"), ("x-1", "B"), ("x-4", "A")]
)
def test_halves_follow_the_last_hex_digit_of_the_hash(name: str, half: str) -> None:
    # The hashes end in b, d, 6, 1 and 0.
    assert half_of(name) == half


def test_unreadable_gold_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('\n{"id": "x", "events": []}\n', encoding="utf-8")
    with pytest.raises(CoderError, match=r"error E502 at .*bad\.jsonl:2: Not gold: 'text'"):
        read_gold(path)
    with pytest.raises(CoderError, match="error E501"):
        read_gold(tmp_path / "missing.jsonl")
