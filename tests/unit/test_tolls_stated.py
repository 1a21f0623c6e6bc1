"""Numbers that a text states as a toll, and those of people who are taken or flee."""

from __future__ import annotations

import pytest

from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.types import Article, Count
from tests.unit.test_domestic import CODER


def counted(text: str) -> list[Count]:
    reader = RecordReader(ReadOptions(check_language=False), "x")
    article = reader.article({"id": "a", "published": "2024-05-06", "text": text}, row=1)
    assert isinstance(article, Article)
    [coded] = CODER.code([article])
    return [c for e in coded.events for c in e.counts]


@pytest.mark.parametrize(
    ("text", "kind", "best"),
    [
        ("Gunmen attacked a bus near Multan. The death toll rose to eight.", "killed", 8),
        ("A jet bombed Taiz, killing nine. Officials put the death toll at 12.", "killed", 12),
        ("A jet bombed Taiz, killing nine. By evening the toll had hit 12.", "killed", 12),
        ("The toll from a suicide bombing in Kabul stood at 31 on Monday.", "killed", 31),
        ("Shells hit a market in Kherson and six bodies were pulled from the rubble.", "killed", 6),
        ("Rebels attacked a post in Ituri. The army lost 10 men.", "killed", 10),
        ("Police arrested 40 protesters in Minsk on Sunday.", "arrested", 40),
        ("Police detained a journalist in Minsk on Sunday.", "arrested", 1),
        ("Gunmen abducted 15 students from a school in Kaduna.", "abducted", 15),
        ("At least 900 people fled their homes after clashes in Tigray.", "displaced", 900),
    ],
)
def test_a_stated_number_is_that_of_the_event(text: str, kind: str, best: int) -> None:
    assert [(c.kind, c.best) for c in counted(text) if c.kind == kind] == [(kind, best)]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a bus near Multan. The road toll rose to eight.",
        "Gunmen attacked a bus near Multan. The death toll of the war rose to 8,000.",
        "Gunmen attacked a bus near Multan, taking its toll of nerves.",
        "Police arrested protesters in Minsk on Sunday.",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert all(c.best is None for c in counted(text))


def test_a_risen_toll_keeps_the_words_of_the_first() -> None:
    [count] = counted("A jet bombed Taiz, killing nine. By evening the toll had hit 12.")
    assert "12" in count.words
    assert count.best == 12
