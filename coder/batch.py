"""What one process does with one batch of articles: code them and make checked rows of them.

A batch is a frame of `articles`; the result is a frame for each table. Nothing here looks at
another batch, so the result is the same in any process and any order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter

import polars as pl

from coder.codebook.load import Codebooks
from coder.errors import E303, CoderError
from coder.parsing.cache import ParseCache
from coder.pipeline import Coder, Options
from coder.recode.kept import kept_rows, prints
from coder.recode.words import UNPARSED, word_line
from coder.tables.check import check, check_tables
from coder.tables.models import frame
from coder.tables.rows import (
    Row,
    coding_rows,
    event_actor_rows,
    event_mention_rows,
    event_place_rows,
    event_rows,
    mention_rows,
    sentence_rows,
)
from coder.types import Article, CodedArticle, Reject

STREAMED = ("articles", "sentences", "mentions")
"""Tables that go straight to disk."""
KEPT = "kept"
"""What is known of each article whose codings may be taken over by the next build."""
MERGED = ("article_events", "event_actors", "event_places", "codings", "event_mentions")
"""Tables of small rows that are kept for merging."""


@dataclass(frozen=True, slots=True)
class CodedBatch:
    """The checked rows of a batch by table (`STREAMED`, `MERGED`, `KEPT`), and its rejects.

    `ties` counts the triggers on which several rules tied, by their ids; `cache_failed` says that
    the cache could not be used.
    """

    frames: dict[str, pl.DataFrame]
    rejects: tuple[Reject, ...]
    n_articles: int
    n_events: int
    seconds: float
    ties: dict[tuple[str, ...], int]
    cache_failed: bool = False


class BatchCoder:
    """A coder with its own connection to the cache of parses.

    >>> BatchCoder(Options(), None)(articles).frames["mentions"]  # doctest: +SKIP
    """

    def __init__(
        self,
        options: Options,
        cache: Path | None,
        *,
        keep_text: bool = True,
        books: Codebooks | None = None,
    ) -> None:
        self.coder = Coder(options, ParseCache(cache) if cache is not None else None, books)
        self.keep_text = keep_text
        self.words: dict[str, str] = {}
        self.cache_failed = False

    def __call__(self, articles: pl.DataFrame) -> CodedBatch:
        began = perf_counter()
        good, rejects = check("articles", articles)
        self.words = {}
        coded = self._code([_article(r) for r in good.filter("coded").iter_rows(named=True)])
        rejects += [r for one in coded for r in one.rejects]
        failed = [one.article.article_id for one in coded if one.rejects]
        good = good.with_columns(coded=pl.col("coded") & ~pl.col("article_id").is_in(failed))
        texts = {
            "articles": good,
            "sentences": frame("sentences", _all(sentence_rows, coded)),
            "mentions": frame("mentions", _all(mention_rows, coded)),
            "event_mentions": frame("event_mentions", _all(event_mention_rows, coded)),
        }
        frames, lost = check_tables(texts)
        rejects += lost
        events, lost = self._events(coded, good, frames["event_mentions"])
        rejects += lost
        if not self.keep_text:
            for table in ("articles", "sentences"):
                frames[table] = frames[table].with_columns(text=pl.lit(None, pl.String))
        ties = self.coder.matcher.precedence.ties
        self.coder.matcher.precedence.ties = {}
        return CodedBatch(
            frames=frames | events | {KEPT: self._kept(coded, good, events, rejects)},
            rejects=tuple(rejects),
            n_articles=articles.height,
            n_events=events["article_events"].height,
            seconds=perf_counter() - began,
            ties=ties,
            cache_failed=self.cache_failed,
        )

    def close(self) -> None:
        """Closes the cache, so that its file is whole."""
        if self.coder.cache is not None:
            self.coder.cache.close()

    def _events(
        self, coded: Sequence[CodedArticle], articles: pl.DataFrame, kept: pl.DataFrame
    ) -> tuple[dict[str, pl.DataFrame], list[Reject]]:
        """The rows of events whose own checks hold and that have a mention left."""
        syndication = dict(articles.select("article_id", "syndication_id").iter_rows())
        rows: dict[str, list[Row]] = {
            "article_events": [
                row for one in coded for row in event_rows(one, syndication[one.article.article_id])
            ],
            "event_actors": _all(event_actor_rows, coded),
            "event_places": _all(event_place_rows, coded),
            "codings": _all(coding_rows, coded),
        }
        rejects: list[Reject] = []
        frames: dict[str, pl.DataFrame] = {}
        for table, found in rows.items():
            frames[table], failed = check(table, frame(table, found))
            rejects += failed
        events = frames["article_events"]
        frames["article_events"] = events.join(kept, on="event_id", how="semi")
        for table in ("event_actors", "event_places", "codings"):
            frames[table] = frames[table].join(frames["article_events"], on="event_id", how="semi")
        frames["event_mentions"] = kept.join(frames["article_events"], on="event_id", how="semi")
        return frames, rejects

    def _code(self, articles: Sequence[Article]) -> list[CodedArticle]:
        """Codes a batch; where that fails as a whole, one article after another."""
        try:
            return self._coded(articles)
        except CoderError:
            raise
        except sqlite3.Error:
            # The cache only saves time: a damaged file or a full disk must not cost a batch.
            self.coder.cache, self.cache_failed = None, True
            return self._code(articles)
        except Exception as error:  # noqa: BLE001 - one bad article must not cost the others
            if len(articles) != 1:
                return [one for article in articles for one in self._code([article])]
            return [_failed(articles[0], error)]

    def _coded(self, articles: Sequence[Article]) -> list[CodedArticle]:
        """Codes a batch and notes the words of each article."""
        parsed = self.coder.parsed(articles)
        for one in parsed:
            words = UNPARSED if one.parses is None else word_line(one.article, one.parses)
            self.words[one.article.article_id] = words
        return self.coder.code_parsed(parsed)

    def _kept(
        self,
        coded: Sequence[CodedArticle],
        articles: pl.DataFrame,
        events: Mapping[str, pl.DataFrame],
        rejects: Sequence[Reject],
    ) -> pl.DataFrame:
        """The articles with nothing to reject: the next build looks at the others again."""
        bad = {r.article_id for r in rejects}
        if None in bad:
            return kept_rows([])
        seen = dict(prints(articles.lazy()).select("article_id", "print").collect().iter_rows())
        roots: dict[str, set[str]] = {}
        for article, type_ in events["article_events"].select("article_id", "type").iter_rows():
            roots.setdefault(article, set()).add(type_.split(".")[0])
        ids = [one.article.article_id for one in coded]
        return kept_rows(
            [
                (i, seen[i], self.words[i], f" {' '.join(sorted(roots.get(i, ())))} ")
                for i in ids
                if i in seen and i in self.words and i not in bad
            ]
        )


def batch_coder(
    options: Options,
    cache: Path | None,
    *,
    keep_text: bool = True,
    books: Codebooks | None = None,
) -> partial[BatchCoder]:
    """What makes the worker of a process; it can be sent to one. `books` are the codebooks of the
    options where they are loaded already."""
    return partial(BatchCoder, options, cache, keep_text=keep_text, books=books)


def _failed(article: Article, error: Exception) -> CodedArticle:
    reason = E303.text.format(reason=f"{type(error).__name__}: {error}")
    place = f"{article.file}:{article.row}" if article.file else article.article_id
    rejected = Reject("code", E303.code, f"{reason} {E303.fix}", place, article.article_id)
    return CodedArticle(article, (), (), (), (rejected,))


def _all(rows: Callable[[CodedArticle], list[Row]], coded: Sequence[CodedArticle]) -> list[Row]:
    return [row for one in coded for row in rows(one)]


def _article(row: Row) -> Article:
    values = {name: row[name] for name in Article.__slots__}
    return replace(Article(**values), file=row["file"] or "")
