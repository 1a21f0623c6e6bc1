"""The sentences behind events, with the spans that the page highlights.

Spans count code points of the sentence. What a slot found in another sentence (an antecedent)
has no span here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath
from typing import Any

import polars as pl

from coder.report.names import Names
from coder.report.packing import deltas, indexed
from coder.report.tables import Tables

Json = dict[str, Any]
Span = tuple[str, int, int]
KINDS = ("trigger", "source", "target", "place", "date")
"""Kinds of spans that every page knows; names of other slots come after them."""


def evidence(tables: Tables, names: Names, *, text: bool = True) -> Json:
    """Sentences, articles, rules and, for each event, its mentions.

    `first[i]` to `first[i + 1]` are the mentions of event i in `sentence`, `rule` (with its chain
    of types) and `spans_first`, whose spans stand in `span_kind`, `span_start` and `span_length`.
    `first`, `sentence`, `article` and `spans_first` are written as differences. Without `text`,
    sentences are null.
    """
    rows = tables.evidence
    where = _place_words(tables)
    kinds = list(KINDS)
    spans: list[tuple[int, int, int]] = []
    spans_first, first = [0], [0] * (tables.events.height + 1)
    for row in rows.select(_USED).iter_rows(named=True):
        for kind, start, end in _spans(row, where.get(row["row"], ())) if text else ():
            if kind not in kinds:
                kinds.append(kind)
            spans.append((kinds.index(kind), start, end - start))
        spans_first.append(len(spans))
        first[row["row"] + 1] = len(spans_first) - 1
    key = rows.select(pl.struct("article_id", "sentence").alias("key"))["key"]
    unique = rows.unique(["article_id", "sentence"], maintain_order=True)
    order = {k: n for n, k in enumerate(unique.select("article_id", "sentence").iter_rows())}
    articles = unique.unique("article_id", maintain_order=True)
    article_at = {k: n for n, k in enumerate(articles["article_id"])}
    rules, rule_at = indexed(rows["rule"] + "\t" + rows["about_chain"])
    return {
        "ids": tables.events["event_id"].to_list(),
        "kinds": kinds,
        "first": deltas(_filled(first)),
        "sentence": deltas(order[k["article_id"], k["sentence"]] for k in key),
        "rule": rule_at,
        "spans_first": deltas(spans_first),
        "span_kind": [kind for kind, _, _ in spans],
        "span_start": [start for _, start, _ in spans],
        "span_length": [length for _, _, length in spans],
        "rules": [_rule(rule, names) for rule in rules],
        "sentences": unique["text"].to_list() if text else [None] * unique.height,
        "article": deltas(article_at[k] for k in unique["article_id"]),
        "articles": [_article(a) for a in articles.iter_rows(named=True)],
    }


_USED = ("row", "text", "sentence_start", "start", "end", "slots", "date_text")


def _spans(row: Json, places: tuple[str, ...]) -> Iterator[Span]:
    text, begin = row["text"], row["sentence_start"]
    if text is None:
        return
    found = [("trigger", row["start"], row["end"])]
    for slot, fillers in json.loads(row["slots"]).items():
        found += [(slot, f["start"], f["end"]) for f in fillers]
    for kind, start, end in found:
        if 0 <= start - begin < end - begin <= len(text):
            yield kind, start - begin, end - begin
    for kind, words in (*(("place", p) for p in places), ("date", row["date_text"])):
        if words and (match := _whole_words(words).search(text)):
            yield kind, match.start(), match.end()


@lru_cache(maxsize=4096)
def _whole_words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def _place_words(tables: Tables) -> dict[int, tuple[str, ...]]:
    words: dict[int, list[str]] = {}
    stated = tables.places.drop_nulls("text").select("row", "text")
    for row, text in stated.iter_rows():
        words.setdefault(row, []).append(text)
    return {row: tuple(dict.fromkeys(texts)) for row, texts in words.items()}


def _rule(key: str, names: Names) -> list[Any]:
    """[id, words, types with labels] of a rule; the deed under its trigger comes last."""
    rule, chain = key.split("\t")
    return [rule, names.rules.get(rule, ""), [[t, names.type_label(t)] for t in chain.split(">")]]


def _filled(first: list[int]) -> list[int]:
    """Counts up to each event, where events without a mention repeat the count before.

    >>> _filled([0, 2, 0, 3])
    [0, 2, 2, 3]
    """
    out, last = [], 0
    for count in first:
        last = max(last, count)
        out.append(last)
    return out


def _article(row: Json) -> list[str | None]:
    """[publisher, day, headline, URL, id or file] of an article."""
    file = PurePath(row["file"]).name if row["file"] else None
    return [
        *(row["publisher"], row["published"].isoformat(), row["headline"], row["url"]),
        row["input_id"] or file,
    ]
