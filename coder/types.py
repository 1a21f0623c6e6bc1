"""The values that flow through the pipeline, all of them frozen.

An `Article` is read, split into `Sentence`s, each sentence has a `Parse`; the matcher
makes `Mention`s of it, linking makes `ArticleEvent`s of mentions, coding adds `Coding`s.
Offsets always count Unicode code points of `Article.text`; token indexes count tokens
of one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DatePrecision = Literal["day", "week", "month", "year"]
DateBasis = Literal["stated", "context", "publication"]
GeoLevel = Literal["exact", "town", "admin2", "admin1", "country", "sea"]
GeoBasis = Literal["stated", "dateline", "inferred"]
Status = Literal["actual", "attempted", "scheduled", "hypothetical", "negated", "generic"]
Completion = Literal["completed", "attempted", "intercepted"]
Attribution = Literal[
    "narrator", "perpetrator", "victim side", "adversary", "third party", "anonymous"
]
CountKind = Literal["killed", "injured", "arrested", "abducted", "displaced"]
ResolvedBy = Literal["named", "agent", "inferred", "coreference", "words"]


# Tags of a mention that linking and the tables read.
TOLL = "toll"
"""A mention that only counts victims: linking joins it to the deed that the text tells before."""
NEEDS_DEED = "toll.needs_deed"
"""A toll that is no event by itself: nothing says that anybody did it."""
DEFINITE = "definite"
"""A noun deed that points back: "the raid"."""
DISPUTED = "disputed"
"""A deed that somebody denies or contests."""
HISTORY = "history"
"""A deed told from the past ("once", under a memorial or a judgement): a mention, but no event."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article (one printing of a text).

    `text` is the body without its header, line ends normalised to newlines, otherwise
    unchanged. `article_id` is the hash of publisher, publication date and text;
    `text_hash` of the text alone.
    """

    article_id: str
    text: str
    published: date
    text_hash: str
    published_at: str | None = None
    dateline: str | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    source_scale: str | None = None
    language: str | None = None
    url: str | None = None
    headline: str | None = None
    licence: str | None = None
    ingested_at: str | None = None
    input_id: str | None = None
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Reject:
    """A row, file or article that could not be used, with the reason and the place.

    `step` is the pipeline step that refused it, `code` the code of a message in
    `coder.errors`, `place` is `file`, `file:line` or an id.
    """

    step: str
    code: str
    message: str
    place: str
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `start` and `end` are code points of the article's text."""

    article_id: str
    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Parse:
    """A dependency parse as parallel arrays, one entry a token.

    `starts[i]` is the offset of token i in the sentence's text; `heads[i]` is the index of
    its head, its own index for a root. `deps` are labels of `scheme` ("clear": the labels
    of spaCy's English pipelines). `tags` are Penn Treebank tags.
    """

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    scheme: str = "clear"

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class When:
    """A resolved time expression: first and last day, precision, the words and their tokens.

    `start_token` and `end_token` are -1 where no words of the sentence say it.
    """

    start: date
    end: date
    precision: DatePrecision
    basis: DateBasis
    text: str = ""
    start_token: int = -1
    end_token: int = -1


@dataclass(frozen=True, slots=True)
class Where:
    """A resolved place. `country` is ISO 3166 alpha-3; coordinates are WGS84 degrees."""

    name: str | None
    country: str | None
    level: GeoLevel
    basis: GeoBasis
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: str | None = None
    text: str = ""
    start_token: int = -1
    end_token: int = -1


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as the text states it.

    `low`/`best`/`high` are None where unknown: "at least 20" is low 20, best 20, high None;
    "dozens" has words only. `who` are the words for the people counted.
    """

    kind: CountKind
    low: int | None
    best: int | None
    high: int | None
    words: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a filler of a slot is.

    `country` is ISO 3166 alpha-3, `role` a CAMEO role (MIL, GOV, REB ...), `group` the id
    of a dictionary entry, `kinds` what kind of thing it is (armed, police, civilian, state
    ...), `cameo` the composed code (USAMIL, IGOUNO) or None where nothing is known.
    """

    text: str
    name: str
    cameo: str | None = None
    country: str | None = None
    role: str | None = None
    group: str | None = None
    kinds: frozenset[str] = frozenset()
    resolved_by: ResolvedBy = "words"


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: a head token of a sentence, its span in the article and its actor."""

    sentence: int
    head: int
    start: int
    end: int
    text: str
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an `about` chain: a deed under the trigger, with its own participants."""

    type: str
    rule: str
    trigger: str
    sources: tuple[Filler, ...] = ()
    targets: tuple[Filler, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One event mention. `start`/`end` are offsets of the trigger in the article's text.

    `chain` is the outer type followed by the types of the deeds under it; `about` holds the
    links below the first. `slots` maps slot names to fillers, empty slots are absent. `speaks_of`
    is the id of the mention of the deed that a claim, a denial or an accusation is about.
    """

    mention_id: str
    article_id: str
    sentence: int
    type: str
    rule: str
    trigger: str
    start: int
    end: int
    head: int
    slots: Mapping[str, tuple[Filler, ...]]
    chain: tuple[str, ...]
    about: tuple[Link, ...] = ()
    status: Status = "actual"
    completion: Completion = "completed"
    hedged: bool = False
    attribution: Attribution = "narrator"
    attributed_to: str | None = None
    quoted: bool = False
    background: bool = False
    reciprocal: bool = False
    when: When | None = None
    where: tuple[Where, ...] = ()
    counts: tuple[Count, ...] = ()
    tags: frozenset[str] = frozenset()
    speaks_of: str | None = None

    @property
    def sources(self) -> tuple[Filler, ...]:
        return self.slots.get("source", ())

    @property
    def targets(self) -> tuple[Filler, ...]:
        return self.slots.get("target", ())


@dataclass(frozen=True, slots=True)
class Coding:
    """One code of one codebook for one event. `extra` holds what only that codebook has
    (ACLED: inter1, inter2, interaction, civilian_targeting; CAMEO: root)."""

    codebook: str
    code: str
    label: str = ""
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    quad_class: int | None = None
    score: float | None = None
    rule: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArticleEvent:
    """The mentions of one article that speak of one event, with what they know together.

    `mentions[0]` is the founding mention; `when`, `where`, `counts`, sources and targets are
    shared over the mentions. `codings` is filled by the coding step.
    """

    event_id: str
    article_id: str
    type: str
    mentions: tuple[Mention, ...]
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    when: When | None
    where: tuple[Where, ...]
    counts: tuple[Count, ...]
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """Everything that the per-article steps know about one article. `screened` are the indexes of
    sentences that were not parsed, since nothing can come of them."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    events: tuple[ArticleEvent, ...]
    rejects: tuple[Reject, ...] = ()
    screened: tuple[int, ...] = ()
