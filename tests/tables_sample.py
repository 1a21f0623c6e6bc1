"""A small coded article of our own making, and the tables that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from coder.tables.coverage import coverage
from coder.tables.models import TABLES, dtypes, frame
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
    Link,
    Mention,
    Sentence,
    When,
    Where,
)

TEXT = "Jets of Norland bombed the port of Zadra on Friday, killing nine. It rained."

ARMY = Actor(
    text="Jets of Norland",
    name="Norland Air Force",
    cameo="NORMIL",
    country="NOR",
    role="MIL",
    group="norland-air",
    kinds=frozenset({"armed", "aircraft"}),
    resolved_by="named",
)
PORT = Actor(text="the port; of Zadra", name="the port; of Zadra")
WHEN = When(date(2024, 2, 2), date(2024, 2, 2), "day", "stated", "on Friday", 8, 10)
WHERE = Where(
    "Zadra", "YEM", "town", "stated", "Hadra", None, 14.5, 49.1, "123", text="the port of Zadra"
)
KILLED = Count("killed", 9, 9, 9, "nine")


def mention(**changes: object) -> Mention:
    """The mention of the bombing, with changes."""
    made = Mention(
        mention_id="m1",
        article_id="a1",
        sentence=0,
        type="assault.air_strike",
        rule="air-strike.verb",
        trigger="bombed",
        start=16,
        end=22,
        head=3,
        slots={
            "source": (Filler(0, 0, 0, 15, "Jets of Norland", ARMY),),
            "target": (
                Filler(0, 5, 23, 40, "the port; of Zadra", PORT),
                Filler(0, 7, 35, 40, "Zadra"),
            ),
        },
        chain=("assault.air_strike",),
        when=WHEN,
        where=(WHERE,),
        counts=(KILLED, Count("arrested", None, None, None, "dozens")),
        tags=frozenset({"b", "a"}),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def coded(*, article_id: str = "a1", suffix: str = "1") -> CodedArticle:
    """One article with two sentences, one mention, one event and two codes."""
    article = Article(
        article_id, TEXT, date(2024, 2, 3), f"h{suffix}", publisher="The Post", url=""
    )
    one = mention(mention_id=f"m{suffix}", article_id=article_id)
    event = ArticleEvent(
        event_id=f"e{suffix}",
        article_id=article_id,
        type=one.type,
        mentions=(one,),
        sources=(ARMY,),
        targets=(PORT,),
        when=WHEN,
        where=(WHERE,),
        counts=one.counts,
        codings=(
            Coding("cameo", "195", "Use aircraft", quad_class=4, score=-10.0, rule="air"),
            Coding(
                "acled",
                "Air/drone strike",
                modes=("x", "y"),
                extra={"unit_id": "u1", "inter1": "8"},
            ),
        ),
    )
    sentences = (
        Sentence(article_id, 0, 0, 65, TEXT[:65]),
        Sentence(article_id, 1, 66, 76, TEXT[66:76]),
    )
    return CodedArticle(article, sentences, (one,), (event,))


LINK = Link("demand", "demand.verb", "demanded", (Filler(0, 0, 0, 4, "Jets", ARMY),), ())


def tables(*articles: CodedArticle) -> dict[str, pl.DataFrame]:
    """All tables of a dataset of these articles, each event its own merged event."""
    articles = articles or (coded(),)
    made = {name: frame(name) for name in TABLES}
    made["articles"] = frame("articles", [article_row(c.article, "s1") for c in articles])
    for name, rows in (
        ("sentences", lambda c: sentence_rows(replace(c, screened=(1,)))),
        ("mentions", mention_rows),
        ("events", event_rows),
        ("event_actors", event_actor_rows),
        ("event_places", event_place_rows),
        ("codings", coding_rows),
        ("event_mentions", event_mention_rows),
    ):
        made[name] = frame(
            name, [{k: row[k] for k in dtypes(name)} for c in articles for row in rows(c)]
        )
    made["coverage"] = coverage(made["articles"], made["sentences"])
    return made
