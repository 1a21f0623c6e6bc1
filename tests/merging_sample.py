"""Articles' events of our own making for the tests of merging and of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from coder.codebook.load import load_codebooks
from coder.merging.merge import Merged, merge
from coder.tables.models import frame
from coder.tables.rows import (
    article_row,
    coding_rows,
    event_actor_rows,
    event_mention_rows,
    event_place_rows,
    event_rows,
    mention_rows,
    sentence_rows,
)
from coder.types import (
    Actor,
    Article,
    ArticleEvent,
    CodedArticle,
    Coding,
    Count,
    Filler,
    Mention,
    Sentence,
    When,
    Where,
)

DAY = date(2024, 2, 2)
UNITS = {"acled": load_codebooks(["acled"]).ontologies["acled"].units}
NORLAND = Actor("Norland", "Norland", "NOR", "NOR", None, "NOR", frozenset({"country"}), "named")
NORLAND_JETS = Actor("Norland's jets", "Norland's jets", "NORMIL", "NOR", "MIL", None)
ZADRAN_REBELS = Actor("Zadran rebels", "Zadran rebels", "YEMREB", "YEM", "REB", None)
LION_FRONT = Actor("the Lion Front", "Lion Front", "YEMREB", "YEM", "REB", "YEM.lion_front")
HARBOUR_FRONT = Actor("Harbour Front", "Harbour Front", "YEMREB", "YEM", "REB", "YEM.harbour")
GUNMEN = Actor("gunmen", "gunmen", "UAF", None, "UAF", None)
SOUTHLAND = Actor("Southland", "Southland", "SDN", "SDN", None, "SDN")

ZADRA = Where("Zadra", "YEM", "town", "stated", "Hadra", None, 14.5, 49.1, "123")
PORT = Where("Zadra port", "YEM", "exact", "stated", None, None, 14.52, 49.12, None)
LOMA = Where("Loma", "YEM", "town", "stated", "Hadra", None, 15.5, 48.1, "124")
HADRA = Where("Hadra", "YEM", "admin1", "stated", "Hadra")
YEMEN = Where(None, "YEM", "country", "stated")
YEMEN_GUESSED = Where(None, "YEM", "country", "inferred")


def when(
    start: date = DAY, end: date | None = None, precision: str = "day", basis: str = "stated"
) -> When:
    return When(start, end or start, precision, basis)  # type: ignore[arg-type]


def killed(n: int) -> tuple[Count, ...]:
    return (Count("killed", n, n, n, str(n)),)


def at_least(n: int) -> tuple[Count, ...]:
    return (Count("killed", n, n, None, f"at least {n}"),)


def told(
    article_id: str,
    *,
    type: str = "assault.air_strike",  # noqa: A002
    chain: tuple[str, ...] = (),
    source: tuple[Actor, ...] = (NORLAND,),
    target: tuple[Actor, ...] = (),
    where: tuple[Where, ...] = (ZADRA,),
    on: When | None = when(),  # noqa: B008
    counts: tuple[Count, ...] = (),
    published: date = date(2024, 2, 3),
    publisher: str | None = None,
    start: int = 0,
    codes: tuple[Coding, ...] = (Coding("cameo", "195", "Air", quad_class=4, score=-10.0),),
    **changes: object,
) -> CodedArticle:
    """One article that tells of one event; the event's id is e-ARTICLE-START."""
    text = "x" * start + "Word of it came."
    article = Article(
        article_id, text, published, f"h-{article_id}", publisher=publisher or article_id
    )
    slots = {
        name: tuple(Filler(0, 0, start, start + 4, a.text, a) for a in actors)
        for name, actors in (("source", source), ("target", target))
        if actors
    }
    mention = Mention(
        f"m-{article_id}-{start}",
        article_id,
        0,
        type,
        "rule.one",
        "Word",
        start,
        start + 4,
        0,
        slots,
        chain or (type,),
        when=on,
        where=where,
        counts=counts,
    )
    mention = replace(mention, **changes)  # type: ignore[arg-type]
    event = ArticleEvent(
        f"e-{article_id}-{start}",
        article_id,
        type,
        (mention,),
        source,
        target,
        on,
        where,
        counts,
        codes,
    )
    sentence = Sentence(article_id, 0, 0, len(text), text)
    return CodedArticle(article, (sentence,), (mention,), (event,))


def joined(*told_by: CodedArticle) -> CodedArticle:
    """One article that tells of all these events."""
    first = told_by[0]
    return replace(
        first,
        mentions=tuple(m for t in told_by for m in t.mentions),
        events=tuple(e for t in told_by for e in t.events),
    )


def frames(*coded: CodedArticle, syndication: dict[str, str] | None = None) -> list[pl.DataFrame]:
    """The five frames that `merge` takes, in its order."""
    ids = syndication or {}
    rows = [r for c in coded for r in event_rows(c, ids.get(c.article.article_id))]
    return [
        frame("article_events", rows),
        *[
            frame(name, [r for c in coded for r in make(c)])
            for name, make in (
                ("event_actors", event_actor_rows),
                ("event_places", event_place_rows),
                ("codings", coding_rows),
                ("event_mentions", event_mention_rows),
            )
        ],
    ]


def texts(
    *coded: CodedArticle, syndication: dict[str, str] | None = None
) -> dict[str, pl.DataFrame]:
    """The tables articles, sentences and mentions."""
    ids = syndication or {}
    return {
        "articles": frame(
            "articles",
            [
                article_row(
                    c.article,
                    ids.get(c.article.article_id, c.article.article_id),
                    coded=bool(c.sentences),
                )
                for c in coded
            ],
        ),
        "sentences": frame("sentences", [r for c in coded for r in sentence_rows(c)]),
        "mentions": frame("mentions", [r for c in coded for r in mention_rows(c)]),
    }


def merged(*coded: CodedArticle, syndication: dict[str, str] | None = None) -> Merged:
    """What merging makes of these articles."""
    made = texts(*coded, syndication=syndication)
    return merge(
        *frames(*coded, syndication=syndication),
        articles=made["articles"],
        mentions=made["mentions"],
        units=UNITS,
    )
