"""Rows of the per-article tables from the types: what pipeline steps hand to the frames.

Each function gives plain dicts with exactly the columns of its model, in order; unknown is
None. The rows of events are in `coder.tables.event_rows` and are re-exported here.

>>> from datetime import date
>>> row = article_row(Article("a1", "It rained.", date(2024, 2, 2), "h1"), "s1")
>>> row["n_characters"], row["publisher"]
(10, None)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from coder.tables._values import as_json, joined, known, main_place, numbers, span
from coder.tables.event_rows import (
    coding_rows,
    event_actor_rows,
    event_mention_rows,
    event_place_rows,
    event_rows,
)
from coder.types import Article, CodedArticle, Count, Link, Mention, Reject

Row = dict[str, Any]

__all__ = [
    "Row",
    "article_row",
    "coding_rows",
    "event_actor_rows",
    "event_mention_rows",
    "event_place_rows",
    "event_rows",
    "mention_row",
    "mention_rows",
    "reject_rows",
    "sentence_rows",
]


def article_row(article: Article, syndication_id: str, *, coded: bool = True) -> Row:
    """The row of `articles`; `coded` is False for a copy that is coded through another article."""
    return {
        "article_id": article.article_id,
        "published": article.published,
        "published_at": known(article.published_at),
        "publisher": known(article.publisher),
        "publisher_country": known(article.publisher_country),
        "source_scale": known(article.source_scale),
        "language": known(article.language),
        "url": known(article.url),
        "headline": known(article.headline),
        "dateline": known(article.dateline),
        "text": article.text,
        "n_characters": len(article.text),
        "text_hash": article.text_hash,
        "syndication_id": syndication_id,
        "coded": coded,
        "licence": known(article.licence),
        "ingested_at": known(article.ingested_at),
        "input_id": known(article.input_id),
        "file": known(article.file),
        "row": article.row,
    }


def sentence_rows(coded: CodedArticle) -> list[Row]:
    """The rows of `sentences`."""
    found = Counter(mention.sentence for mention in coded.mentions)
    return [
        {
            "article_id": s.article_id,
            "sentence": s.index,
            "start": s.start,
            "end": s.end,
            "text": s.text,
            "screened_out": s.index in coded.screened,
            "n_mentions": found[s.index],
        }
        for s in coded.sentences
    ]


def mention_rows(coded: CodedArticle) -> list[Row]:
    """The rows of `mentions` of an article, in its order."""
    return [mention_row(mention) for mention in coded.mentions]


def mention_row(m: Mention) -> Row:
    """The row of one mention."""
    return {
        "mention_id": m.mention_id,
        "article_id": m.article_id,
        "sentence": m.sentence,
        "type": m.type,
        "about_chain": ">".join(m.chain or (m.type,)),
        "about": as_json([_link(link) for link in m.about]) if m.about else None,
        "rule": m.rule,
        "trigger": m.trigger,
        "start": m.start,
        "end": m.end,
        "slots": as_json({name: [span(x) for x in fill] for name, fill in m.slots.items()}),
        "source": joined(x.text for x in m.sources),
        "source_cameo": joined(x.actor.cameo if x.actor else None for x in m.sources),
        "target": joined(x.text for x in m.targets),
        "target_cameo": joined(x.actor.cameo if x.actor else None for x in m.targets),
        "status": m.status,
        "completion": m.completion,
        "hedged": m.hedged,
        "attribution": m.attribution,
        "attributed_to": known(m.attributed_to),
        "quoted": m.quoted,
        "background": m.background,
        "reciprocal": m.reciprocal,
        "event_date": m.when.start if m.when else None,
        "date_end": m.when.end if m.when else None,
        "date_precision": m.when.precision if m.when else None,
        "date_basis": m.when.basis if m.when else None,
        "date_text": known(m.when.text) if m.when else None,
        **main_place(m.where),
        **numbers(m.counts, "killed", "fatalities"),
        **numbers(m.counts, "injured", "injured"),
        "count_words": joined(f"{c.kind}={c.words}" for c in m.counts),
        "counts": as_json([_count(c) for c in m.counts]) if m.counts else None,
        "tags": joined(sorted(m.tags)),
        "speaks_of": m.speaks_of,
    }


def _link(link: Link) -> Row:
    return {
        "type": link.type,
        "rule": link.rule,
        "trigger": link.trigger,
        "sources": [span(x) for x in link.sources],
        "targets": [span(x) for x in link.targets],
    }


def _count(c: Count) -> Row:
    return {
        "kind": c.kind,
        "low": c.low,
        "best": c.best,
        "high": c.high,
        "words": c.words,
        "who": c.who,
    }


def reject_rows(rejects: Iterable[Reject]) -> list[Row]:
    """The rows of `rejects`, each once, in the order of its key."""
    once = {(r.step, r.place, r.code, r.message, r.article_id or "") for r in rejects}
    return [
        {"step": s, "code": c, "message": m, "place": p, "article_id": known(a)}
        for s, p, c, m, a in sorted(once)
    ]
