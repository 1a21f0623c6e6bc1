"""Reprints: which texts are copies, which are not, and that order does not matter."""

from __future__ import annotations

import random
from datetime import date, timedelta

from coder.articles.syndication import SyndicationIndex, signature, syndication_ids

DAY = date(2024, 2, 3)


def story(seed: int, words: int = 200) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("abcdefghij", k=6)) for _ in range(words)]


def ids(*texts: list[str] | str) -> list[str]:
    rows = [
        (str(i), DAY + timedelta(days=i), t if isinstance(t, str) else " ".join(t))
        for i, t in enumerate(texts)
    ]
    return list(syndication_ids(rows).values())


def test_copies_with_a_headline_or_a_cut_tail() -> None:
    text = story(1)
    assert ids(text, ["A", "new", "headline", "here", *text], text[:130], story(2)) == [*"0003"]


def test_small_edits_are_copies_and_larger_ones_are_not() -> None:
    text = story(3)
    light, heavy = text.copy(), text.copy()
    light[50] = light[120] = "other"
    for i in range(0, 200, 8):
        heavy[i] = "other"
    assert ids(text, light, heavy) == [*"002"]


def test_a_short_item_inside_a_long_one_is_no_copy() -> None:
    text = story(4)
    assert ids(text, text[:60]) == [*"01"]


def test_short_texts_match_only_when_their_words_do() -> None:
    text = "Rebels shelled the market of a border town on Monday."
    assert ids(text, "Rebels  shelled the market\nof a border town on Monday.", text[:-8]) == [
        *"002"
    ]
    assert ids("?!", "!!", "", " ") == [*"0122"]


def test_a_template_with_another_place_is_another_event() -> None:
    words = story(5, 40)
    other = words.copy()
    other[8], other[20] = "place", "number"
    assert ids(words, other) == [*"01"]


def test_nothing_chains() -> None:
    text = story(6)
    # Each is cut by 40 more words: the last is less than half of the first.
    assert ids(text, text[:160], text[:120], text[:80]) == [*"0003"]


def test_the_earliest_by_date_then_id_names_the_copies_in_any_order() -> None:
    text = " ".join(story(7))
    rows = [("c", DAY, text), ("b", DAY, text), ("a", DAY + timedelta(days=1), text + " End")]
    rows += [(f"x{i}", DAY, " ".join(story(100 + i % 5)) + f" {i}") for i in range(20)]
    expected = syndication_ids(rows)
    assert (expected["a"], expected["b"], expected["c"]) == ("b", "b", "b")
    assert {expected[f"x{i}"] for i in range(20)} == {"x0", "x1", "x12", "x13", "x14"}
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))
        assert syndication_ids(shuffled) == expected


def test_signatures_stand_for_texts() -> None:
    text = " ".join(story(8))
    sign = signature(text)
    assert (sign.shingles, len(sign.minhash), len(sign.words)) == (196, 512, 16)
    # The same on every machine: ids of a published dataset depend on it.
    assert sign == signature(text)
    index = SyndicationIndex()
    assert (index.add("a", sign), index.add("b", text)) == ("a", "a")
    assert syndication_ids([("b", DAY, sign), ("a", DAY, text)]) == {"a": "a", "b": "a"}
