"""What an edit is not said to reach is coded as before, over random edits of the codebooks.

`CODER_EDITS=400 CODER_ARTICLES=news.parquet pytest -s tests/property/test_recode_edits.py` makes
as many edits over articles of your own.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch

import polars as pl

from coder.articles.options import ReadOptions
from coder.articles.read import read_articles
from coder.codebook.actors import load_actors
from coder.codebook.agents import load_agents
from coder.codebook.gazetteer import load_gazetteer
from coder.codebook.gazetteer_data import read_place_data
from coder.codebook.home import codebooks_dir
from coder.codebook.load import load_codebooks
from coder.errors import CoderError
from coder.pipeline import Coder, ParsedArticle
from coder.recode.items import Items, read_items
from coder.recode.reach import reach
from coder.recode.words import word_line
from coder.types import Article, CodedArticle
from tests.codebook_edits import Dictionaries, random_edit

ROOT = Path(__file__).resolve().parents[2]
EDITS = int(os.environ.get("CODER_EDITS", "24"))
FILES = os.environ.get("CODER_ARTICLES", "")
MOST = 700


@dataclass(frozen=True, slots=True)
class Coded:
    """Articles coded by some codebooks."""

    coder: Coder
    items: Items
    articles: list[CodedArticle]


def _articles() -> list[Article]:
    paths = [FILES] if FILES else [str(ROOT / "seeds")]
    found = [a for a in read_articles(paths, ReadOptions()) if isinstance(a, Article)]
    return found[:: max(1, len(found) // MOST)]


def _coder(now: Dictionaries, known: Items | None = None) -> tuple[Coder, Items]:
    with (
        patch("coder.pipeline.load_actors", lambda _: now.actors),
        patch("coder.pipeline.load_agents", lambda _: now.agents),
        patch("coder.pipeline.load_gazetteer", cache(load_gazetteer)),
        patch("coder.recode.items.load_actors", lambda _: now.actors),
        patch("coder.recode.items.load_agents", lambda _: now.agents),
        patch("coder.recode.items.read_place_data", cache(read_place_data)),
    ):
        return Coder(ready=now.books), read_items(now.books, None, known)


def _lines(parsed: list[ParsedArticle], coded: list[CodedArticle]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "words": [word_line(p.article, p.parses or ()) for p in parsed],
            "roots": [
                f" {' '.join(sorted({e.type.split('.')[0] for e in c.events}))} " for c in coded
            ],
        }
    )


def test_what_an_edit_does_not_reach_is_coded_as_before() -> None:
    home = codebooks_dir() / "actors"
    start = Dictionaries(load_codebooks(), load_actors(home), load_agents(home))
    coder, items = _coder(start)
    parsed = [one for one in coder.parsed(_articles()) if one.parses is not None]
    before = coder.code_parsed(parsed)
    lines = _lines(parsed, before)
    words = sorted(
        {w.lower() for p in parsed for parse in p.parses for w in parse.lemmas if w.isalpha()}
    )
    chance = Random(int(os.environ.get("CODER_SEED", "5")))
    made: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    moved = reached = 0
    while sum(made.values()) < EDITS:
        got = random_edit(start, chance, words)
        try:
            same = got is not None and got[1].actors is start.actors
            same = same and got is not None and got[1].agents is start.agents
            changed = _coder(got[1], items if same else None) if got is not None else None
        except (CoderError, ValueError):
            continue  # an edit that no codebook may have
        if got is None or changed is None:
            continue
        made[got[0]] += 1
        there = reach(items, changed[1])
        assert there.why or changed[1] == items
        if there.everything:
            whole[got[0]] += 1
            continue
        met = lines.select(met=there.probes.met()).to_series().to_list() if there.probes else []
        left = [i for i in range(len(parsed)) if not (met and met[i])]
        reached += len(parsed) - len(left)
        for i, coded in zip(left, changed[0].code_parsed([parsed[i] for i in left]), strict=True):
            assert coded == before[i], (got[0], there.why, before[i].article.text[:200])
        if FILES:
            now = changed[0].code_parsed([p for i, p in enumerate(parsed) if met and met[i]])
            old = [one for i, one in enumerate(before) if met and met[i]]
            moved += sum(a != b for a, b in zip(now, old, strict=True))
    assert len(made) > 5
    partial = sum(made.values()) - sum(whole.values())
    assert partial > EDITS // 2
    print(
        f"\n{sum(made.values())} edits of {len(parsed)} articles: {dict(made)}; all reached by "
        f"{dict(whole)}; the others reached {reached / partial / len(parsed):.1%} of the articles "
        f"and changed {moved / partial / len(parsed):.2%}"
    )
