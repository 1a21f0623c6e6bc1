"""What is saved of a batch that hangs or ends the process which codes it.

Its articles are coded again one by one. Those that fail alone too are in `rejects` with the
reason and keep a row in `articles`; the others are as if nothing had been.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import polars as pl

from coder.batch import KEPT, MERGED, STREAMED, CodedBatch
from coder.engines.guard import Guard, Loss
from coder.errors import E458, CoderError
from coder.recode.kept import kept_rows
from coder.tables.check import check
from coder.tables.models import frame
from coder.types import Reject

SECONDS = 120.0
"""How long an article may take that is not longer than `PER_CHARACTERS`; news takes a tenth of
a second."""
PER_CHARACTERS = 200_000
"""A longer text may take the time once more for each so many characters."""


def guard(seconds: float = SECONDS, *, keep_text: bool = True) -> Guard[pl.DataFrame, CodedBatch]:
    """The guard of batches of rows of `articles`.

    >>> guard(10).seconds(pl.DataFrame({"n_characters": [250_000]}))
    20
    """
    return Guard(
        seconds=partial(time_limit, seconds),
        parts=parts,
        refuse=partial(refuse, keep_text=keep_text),
        join=join,
    )


def guard_of(seconds: float, *, keep_text: bool) -> Guard[pl.DataFrame, CodedBatch] | None:
    """The guard of a build with a time limit, of which 0 is none. Raises E458 for another value
    that is none."""
    if not 0 <= seconds < float("inf"):
        raise CoderError(E458, place="--time-limit", value=seconds)
    return guard(seconds, keep_text=keep_text) if seconds else None


def time_limit(seconds: float, articles: pl.DataFrame) -> float:
    """Seconds that a batch, or an article alone, may take."""
    return seconds * (1 + int(articles["n_characters"].sum()) // PER_CHARACTERS)


def parts(articles: pl.DataFrame) -> Sequence[pl.DataFrame]:
    """The articles to code, each alone. Those that are only kept stand with the first."""
    kept = articles.filter(~pl.col("coded"))
    alone = list(articles.filter("coded").iter_slices(1))
    return [pl.concat([kept, *alone[:1]]), *alone[1:]]


def refuse(articles: pl.DataFrame, loss: Loss, *, keep_text: bool = True) -> CodedBatch:
    """The rows of articles that cannot be coded, and a reject for each."""
    good, rejects = check("articles", articles)
    rejects += [
        Reject("code", loss.message.code, loss.reason, f"{file}:{row}" if file else key, key)
        for key, file, row in good.filter("coded").select("article_id", "file", "row").iter_rows()
    ]
    good = good.with_columns(coded=pl.lit(False))
    frames = {name: frame(name) for name in (*STREAMED, *MERGED)}
    if not keep_text:
        good = good.with_columns(text=pl.lit(None, pl.String))
    return CodedBatch(
        frames=frames | {"articles": good, KEPT: kept_rows([])},
        rejects=tuple(rejects),
        n_articles=articles.height,
        n_events=0,
        seconds=0.0,
        ties={},
    )


def join(coded: Sequence[CodedBatch]) -> CodedBatch:
    """One result from those of the parts of a batch, in their order."""
    ties: dict[tuple[str, ...], int] = {}
    for rules, n in ((rules, n) for one in coded for rules, n in one.ties.items()):
        ties[rules] = ties.get(rules, 0) + n
    return CodedBatch(
        frames={name: pl.concat([c.frames[name] for c in coded]) for name in coded[0].frames},
        rejects=tuple(r for one in coded for r in one.rejects),
        n_articles=sum(one.n_articles for one in coded),
        n_events=sum(one.n_events for one in coded),
        seconds=sum(one.seconds for one in coded),
        ties=ties,
        cache_failed=any(one.cache_failed for one in coded),
    )
