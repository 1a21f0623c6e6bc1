"""Texts to measure on: articles of a file, and varied copies of them for as many as are wanted.

A copy has other names, other numbers and another day, so that no parse of it is known already.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from coder.articles.options import ReadOptions
from coder.articles.read import read_articles
from coder.types import Article

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_FIRST_DAY = date(1990, 1, 1)
_DAYS = 12_000


class Text(NamedTuple):
    """A text to code, with its day of publication."""

    published: date
    text: str


def texts_of(paths: Sequence[str], items: int, seed: int = 1) -> list[Text]:
    """A sample of `items` articles (all, where there are fewer), always the same one."""
    found = [
        Text(got.published, got.text)
        for got in read_articles(list(paths), ReadOptions(check_language=False))
        if isinstance(got, Article)
    ]
    return random.Random(seed).sample(found, min(items, len(found)))


def varied(texts: Sequence[Text], seed: int = 1) -> Iterator[Text]:
    """The texts over and over without an end, each time with other names, numbers and days.

    >>> some = [Text(date(2024, 2, 3), "Rebels shelled Minna, and Kano sent 12 buses to Lagos.")]
    >>> next(varied(some)).text == next(varied(some)).text != some[0].text
    True
    """
    names = sorted({n for t in texts for n in _NAME.findall(t.text)}) or ["Minna"]
    rng = random.Random(seed)
    for _ in count():
        for one in texts:
            text = _NAME.sub(lambda _: rng.choice(names), one.text)
            text = _NUMBER.sub(lambda _: str(rng.randrange(2, 400)), text)
            yield Text(_FIRST_DAY + timedelta(rng.randrange(_DAYS)), text)


def write(texts: Iterable[Text], items: int, file: Path) -> Path:
    """The first `items` texts as JSON lines in a file."""
    with file.open("w", encoding="utf-8") as out:
        for n, one in enumerate(islice(texts, items)):
            line = {"id": str(n), "published": one.published.isoformat(), "text": one.text}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return file
