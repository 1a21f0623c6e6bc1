"""The JSON lines of `coder code`: one line a text, one row a mention and pair of actors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder.types import (
    DISPUTED,
    TOLL,
    Actor,
    ArticleEvent,
    CodedArticle,
    Coding,
    Count,
    Mention,
    Where,
)

Row = dict[str, Any]
_PAIR_ROOT = "cameo"


def events_of(coded: CodedArticle, *, everything: bool = False) -> list[Row]:
    """The rows of the contract for one coded text, in order of triggers.

    Only actual and attempted mentions, unless `everything`. Joint sources and targets give one
    row a pair; the toll stands on the first pair of the event's first mention that has it.
    """
    rows: list[Row] = []
    tolled: set[str] = set()
    placed = {m.mention_id: e for e in coded.events for m in e.mentions}
    for mention in coded.mentions:
        event = placed.get(mention.mention_id)
        if event is not None and TOLL in mention.tags and event.mentions[0] is not mention:
            continue  # its number stands on the event's first row
        if event is None:
            if everything:
                rows.append(_row(mention, None, None, None, None))
            continue
        spoken_of = placed.get(mention.speaks_of or "")
        sources = _side(mention, "source", event.sources)
        targets = _side(mention, "target", event.targets)
        pairs = [(s, t) for s in sources for t in targets]
        if mention.reciprocal and not mention.targets and len(sources) > 1:
            pairs = [(a, b) for i, a in enumerate(sources) for b in sources[i + 1 :]]
        seen: set[tuple[str | None, str | None]] = set()
        for source, target in pairs:
            key = (source.cameo if source else None, target.cameo if target else None)
            if key in seen:
                continue
            seen.add(key)
            with_toll = event.event_id not in tolled
            if with_toll:
                tolled.add(event.event_id)
            toll = event.counts if with_toll else ()
            rows.append(_row(mention, event, source, target, toll, spoken_of))
    return rows


def _side(mention: Mention, slot: str, pooled: tuple[Actor, ...]) -> list[Actor | None]:
    """Actors of one side of a mention: its own where it has any that is known, else the event's."""
    own: list[Actor] = []
    for filler in mention.slots.get(slot, ()):
        if filler.actor is not None and not any(a.cameo == filler.actor.cameo for a in own):
            own.append(filler.actor)
    known = [_fuller(a, pooled) for a in own if a.cameo]
    return list(known or [a for a in pooled if a.cameo] or own[:1]) or [None]


def _fuller(actor: Actor, pooled: tuple[Actor, ...]) -> Actor:
    """A bare country by inference (a depot in Yemen) is the known side of the event there."""
    if actor.role is None and actor.resolved_by in ("inferred", "words"):
        known = [a for a in pooled if a.country == actor.country and a.role]
        return next(
            (a for a in known if a.resolved_by in ("named", "coreference")),
            known[0] if known else actor,
        )
    return actor


def _row(
    mention: Mention,
    event: ArticleEvent | None,
    source: Actor | None,
    target: Actor | None,
    counts: tuple[Count, ...] | None,
    spoken_of: ArticleEvent | None = None,
) -> Row:
    codings: Mapping[str, Coding] = {c.codebook: c for c in event.codings} if event else {}
    cameo, plover, acled = codings.get("cameo"), codings.get("plover"), codings.get("acled")
    when = mention.when or (event.when if event else None)
    places = (
        mention.where
        if any(w.basis == "stated" for w in mention.where)
        else (event.where if event else mention.where)
    )
    where: Where | None = places[0] if places else None
    toll = {c.kind: _number(c) for c in counts or ()}
    row: Row = {
        "event_id": event.event_id if event else None,
        "type": mention.type,
        "chain": ">".join(mention.chain),
        "strikes": codings["strikes"].code if "strikes" in codings else None,
        "cameo": cameo.code if cameo else None,
        "quad_class": cameo.quad_class if cameo else None,
        "goldstein": cameo.score if cameo else None,
        "plover": plover.code if plover else None,
        "plover_mode": ";".join(plover.modes) or None if plover else None,
        "plover_context": ";".join(plover.contexts) or None if plover else None,
        "acled": acled.code if acled else None,
        "inter1": acled.extra.get("inter1") if acled else None,
        "inter2": acled.extra.get("inter2") if acled else None,
        "civilian_targeting": bool(acled and acled.extra.get("civilian_targeting")),
        "ceasefire_stage": next(
            (c.extra["ceasefire_stage"] for c in codings.values() if "ceasefire_stage" in c.extra),
            None,
        ),
        "source": source.cameo if source else None,
        "target": target.cameo if target else None,
        "source_name": source.text if source else None,
        "target_name": target.text if target else None,
        "reciprocal": mention.reciprocal,
        "event_date": when.start.isoformat() if when else None,
        "date_precision": when.precision if when else None,
        "country": where.country if where else None,
        "countries": sorted({w.country for w in places if w.country}),
        "admin1": where.admin1 if where else None,
        "place": where.name if where and where.level != "country" else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "geo_level": where.level if where else None,
        "fatalities": toll.get("killed"),
        "injured": toll.get("injured"),
        "status": mention.status,
        "completion": mention.completion,
        "hedged": mention.hedged,
        "attributed_to": mention.attributed_to,
        "attribution": mention.attribution,
        "disputed": DISPUTED in mention.tags,
        "speaks_of": spoken_of.event_id if spoken_of else None,
        "quoted": mention.quoted,
        "sentence": mention.sentence,
        "start": mention.start,
        "end": mention.end,
        "trigger": mention.trigger,
        "rule": mention.rule,
    }
    for name, coding in codings.items():
        if name not in ("strikes", "cameo", "plover", "acled"):
            row[name] = coding.code
    return row


def _number(count: Count) -> int | None:
    return count.low if count.low is not None else count.best
