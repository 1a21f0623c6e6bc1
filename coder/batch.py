"""What one process does with one batch of articles: code them and make checked rows of them.

A batch is a frame of `articles`; the result is a frame for each table. Nothing here looks at
another batch, so the result is the same in any process and any order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter

import polars as pl

from coder.errors import E303, CoderError
from coder.parsing.cache import ParseCache
from coder.pipeline import Coder, Options
from coder.tables.check import check, check_tables
from coder.tables.coverage import coverage
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
MERGED = ("article_events", "event_actors", "event_places", "codings", "event_mentions")
"""Tables of small rows that are kept for merging."""


@dataclass(frozen=True, slots=True)
class CodedBatch:
    """The checked rows of a batch by table (`STREAMED`, `MERGED`, `coverage`), and its rejects.

    `model` is name, version and fingerprint of the parser; `ties` counts the triggers on which
    several rules tied, by their ids; `cache_failed` says that the cache could not be used.
    """

    frames: dict[str, pl.DataFrame]
    rejects: tuple[Reject, ...]
    n_articles: int
    n_events: int
    seconds: float
    model: tuple[str, str, str] | None
    ties: dict[tuple[str, ...], int]
    cache_failed: bool = False


class BatchCoder:
    """A coder with its own connection to the cache of parses.

    >>> BatchCoder(Options(), None)(articles).frames["mentions"]  # doctest: +SKIP
    """

    def __init__(self, options: Options, cache: Path | None, *, keep_text: bool = True) -> None:
        self.coder = Coder(options, ParseCache(cache) if cache is not None else None)
        self.keep_text = keep_text
        self.cache_failed = False

    def __call__(self, articles: pl.DataFrame) -> CodedBatch:
        began = perf_counter()
        good, rejects = check("articles", articles)
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
        covered = coverage(frames["articles"], frames["sentences"])
        events, lost = self._events(coded, good, frames["event_mentions"])
        rejects += lost
        if not self.keep_text:
            for table in ("articles", "sentences"):
                frames[table] = frames[table].with_columns(text=pl.lit(None, pl.String))
        ties = self.coder.matcher.precedence.ties
        self.coder.matcher.precedence.ties = {}
        return CodedBatch(
            frames=frames | events | {"coverage": covered},
            rejects=tuple(rejects),
            n_articles=articles.height,
            n_events=events["article_events"].height,
            seconds=perf_counter() - began,
            model=self._model() if coded else None,
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
            return self.coder.code(articles)
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

    def _model(self) -> tuple[str, str, str]:
        parser = self.coder.parser
        return parser.model, parser.version, parser.fingerprint


def batch_coder(
    options: Options, cache: Path | None, *, keep_text: bool = True
) -> partial[BatchCoder]:
    """What makes the worker of a process; it can be sent to one."""
    return partial(BatchCoder, options, cache, keep_text=keep_text)


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
