"""Rows of one article's events: what merging reads and, after it, the event tables hold.

`event_rows` has the columns of the interim model `article_events`: those of `events` and the
fields by which merging blocks and orders. The other functions give rows of the dataset's own
tables, keyed by the article-level event id, which merging renames to that of the merged event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coder.tables._values import as_json, joined, known, main_place, numbers, toll
from coder.types import (
    DISPUTED,
    Actor,
    ArticleEvent,
    Attribution,
    CodedArticle,
    Completion,
    Mention,
)

Row = dict[str, Any]

SHARED_TOLL = "toll.shared"
"""Tag that linking puts on a mention whose toll covers several events."""


def event_rows(coded: CodedArticle, syndication_id: str | None = None) -> list[Row]:
    """The rows of `article_events`; without a syndication id the article stands for itself."""
    article = coded.article
    key = {
        "article_id": article.article_id,
        "syndication_id": syndication_id or article.article_id,
        "publisher": known(article.publisher),
        "published": article.published,
    }
    report = {
        "n_articles": 1,
        "n_publishers": 1 if article.publisher else 0,
        "n_independent": 1,
        "first_published": article.published,
        "last_published": article.published,
    }
    return [_event(event) | report | key | _founding(event) for event in coded.events]


def _event(e: ArticleEvent) -> Row:
    mentions = e.mentions
    return {
        "event_id": e.event_id,
        "type": e.type,
        "date_start": e.when.start if e.when else None,
        "date_end": e.when.end if e.when else None,
        "date_precision": e.when.precision if e.when else None,
        "date_basis": e.when.basis if e.when else None,
        **main_place(e.where),
        **numbers(e.counts, "killed", "fatalities"),
        "fatalities_basis": _basis(e),
        **numbers(e.counts, "injured", "injured"),
        "arrested_best": numbers(e.counts, "arrested", "n")["n_best"],
        "abducted_best": numbers(e.counts, "abducted", "n")["n_best"],
        "displaced_best": numbers(e.counts, "displaced", "n")["n_best"],
        "status": _status(mentions),
        "completion": _completion(mentions),
        "hedged": all(m.hedged for m in mentions),
        "attribution": _attribution(mentions),
        "disputed": any(DISPUTED in m.tags for m in mentions),
        "background": all(m.background for m in mentions),
        "reciprocal": any(m.reciprocal for m in mentions),
        "n_mentions": len(mentions),
    }


def _founding(e: ArticleEvent) -> Row:
    return {"mention_id": e.mentions[0].mention_id, "start": e.mentions[0].start}


def _basis(e: ArticleEvent) -> str | None:
    killed = toll(e.counts, "killed")
    if killed is None:
        return None
    if (killed.low, killed.best, killed.high) == (None, None, None):
        return "words"
    return "shared" if any(SHARED_TOLL in m.tags for m in e.mentions) else "stated"


def _status(mentions: Sequence[Mention]) -> str:
    """actual where any mention is; else the founding mention's own status."""
    return "actual" if any(m.status == "actual" for m in mentions) else mentions[0].status


def _completion(mentions: Sequence[Mention]) -> Completion:
    """The first that is not `completed`: that is what a mention has by default, so a later
    "the attack" must not turn an intercepted one into a completed one."""
    said = (m.completion for m in mentions if m.completion != "completed")
    return next(said, "completed")


def _attribution(mentions: Sequence[Mention]) -> Attribution:
    if any(m.attribution == "narrator" for m in mentions):
        return "narrator"
    return mentions[0].attribution


def event_actor_rows(coded: CodedArticle) -> list[Row]:
    """The rows of `event_actors`: sources, targets, and actors in other slots of the mentions."""
    return [
        _actor(event.event_id, side, position, actor)
        for event in coded.events
        for side, actors in sorted(_sides(event).items())
        for position, actor in enumerate(actors)
    ]


def _sides(event: ArticleEvent) -> dict[str, list[Actor]]:
    sides: dict[str, list[Actor]] = {"source": [*event.sources], "target": [*event.targets]}
    for mention in event.mentions:
        for slot, fillers in mention.slots.items():
            if slot in ("source", "target"):
                continue
            for filler in fillers:
                actor = filler.actor
                if actor is not None and actor not in sides.setdefault(slot, []):
                    sides[slot].append(actor)
    return sides


def _actor(event_id: str, side: str, position: int, a: Actor) -> Row:
    return {
        "event_id": event_id,
        "side": side,
        "position": position,
        "text": a.text,
        "name": a.name,
        "cameo": known(a.cameo),
        "country": known(a.country),
        "role": known(a.role),
        "group_id": known(a.group),
        "kinds": joined(sorted(a.kinds)),
        "resolved_by": a.resolved_by,
    }


def event_place_rows(coded: CodedArticle) -> list[Row]:
    """The rows of `event_places`, the main place first."""
    return [
        {
            "event_id": event.event_id,
            "position": position,
            "country": known(at.country),
            "admin1": known(at.admin1),
            "admin2": known(at.admin2),
            "place": known(at.name),
            "latitude": at.latitude,
            "longitude": at.longitude,
            "geo_level": at.level,
            "geo_basis": at.basis,
            "geonames_id": known(at.geonames_id),
            "text": known(at.text),
        }
        for event in coded.events
        for position, at in enumerate(event.where)
    ]


def coding_rows(coded: CodedArticle) -> list[Row]:
    """The rows of `codings`; `unit_id` comes from `extra`, else the event is its own unit."""
    rows: list[Row] = []
    for event in coded.events:
        for c in event.codings:
            extra = {k: v for k, v in c.extra.items() if k != "unit_id"}
            rows.append(
                {
                    "event_id": event.event_id,
                    "codebook": c.codebook,
                    "code": c.code,
                    "label": known(c.label),
                    "modes": joined(c.modes),
                    "contexts": joined(c.contexts),
                    "quad_class": c.quad_class,
                    "score": c.score,
                    "unit_id": c.extra.get("unit_id") or event.event_id,
                    "rule": known(c.rule),
                    "extra": as_json(extra) if extra else None,
                }
            )
    return rows


def event_mention_rows(coded: CodedArticle) -> list[Row]:
    """The rows of `event_mentions`; the first mention of an event is its founding one."""
    return [
        {
            "event_id": event.event_id,
            "mention_id": mention.mention_id,
            "article_id": mention.article_id,
            "founding": position == 0,
        }
        for event in coded.events
        for position, mention in enumerate(event.mentions)
    ]
