"""Within one article: which mentions speak of the same event, and what they know together.

Two mentions are one event when their types lie on one line of ancestors, their participants do not
disagree, and their days and places do not contradict each other. A mention that only points back
with a noun ("the raids", "the bombing") joins the latest event that it fits. Mentions of different
days, places or sides stay apart; what is unknown never contradicts, but two unknowns prove nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coder.linking.agree import (
    GENERIC,
    actors,
    days_agree,
    places_agree,
    share,
    sides_agree,
    stated,
    tolls_disagree,
    types_agree,
)
from coder.resolving.counts import combine
from coder.types import (
    DEFINITE,
    HISTORY,
    NEEDS_DEED,
    TOLL,
    Actor,
    Article,
    ArticleEvent,
    Count,
    Mention,
    When,
    Where,
)

_EVENT_STATUS = ("actual", "attempted")
_MEANS_ALSO = {
    "assault.bomb": ("assault.air_strike", "assault.drone"),
    "assault.shelling": ("assault.air_strike", "assault.missile"),
    "assault.missile": ("assault.drone", "assault.air_strike"),
}
"""What a noun that only points back can stand for besides: "the bombing" may have come by air."""
_VIOLENT = (
    "assault",
    "protest",
    "coerce",
    "mass_violence",
    "abduct",
    "disrupt",
    "property",
    "territory",
)
_LOOK_BACK = 6
_AGAINST = ("REB", "OPP", "CVL", "UAF", "CRM")  # sides for which their country does not stand
_SPEECH_ONCE = (
    "threaten",
    "deny",
    "claim",
    "accuse",
    "condemn",
    "appeal",
    "demand",
    "reject",
    "praise",
)


@dataclass(slots=True)
class _Cluster:
    mentions: list[Mention] = field(default_factory=list)

    @property
    def type(self) -> str:
        return max(
            (m.type for m in self.mentions), key=lambda t: (t.count("."), -_first(self.mentions, t))
        )


def _first(mentions: Sequence[Mention], type_: str) -> int:
    return next(n for n, m in enumerate(mentions) if m.type == type_)


def link(article: Article, mentions: Sequence[Mention]) -> tuple[ArticleEvent, ...]:
    """The events of an article from its mentions (in order of their triggers).

    Only actual and attempted mentions become events.
    """
    clusters: list[_Cluster] = []
    for mention in mentions:
        if mention.status not in _EVENT_STATUS or HISTORY in mention.tags:
            continue
        if TOLL in mention.tags:
            home = _deed_of_toll(clusters, mention)
            if home is None and NEEDS_DEED in mention.tags:
                continue
        else:
            home = _home(clusters, mention)
        if home is None:
            home = _Cluster()
            clusters.append(home)
        home.mentions.append(mention)
    return tuple(_event(article, c) for c in clusters)


def _home(clusters: Sequence[_Cluster], m: Mention) -> _Cluster | None:
    """The event that a mention tells again: the latest that fits. What only points back means the
    main deed of the nearest sentence, which stands first."""
    fitting = [c for c in clusters if _same(c, m)]
    if not _points_back(m):
        return fitting[-1] if fitting else None
    last = max((c.mentions[-1].sentence for c in fitting), default=-1)
    return next((c for c in fitting if c.mentions[-1].sentence == last), None)


def _deed_of_toll(clusters: Sequence[_Cluster], m: Mention) -> _Cluster | None:
    """The event whose toll a mention tells: the nearest one of its own sentence, else the first of
    the nearest sentence before (its main clause)."""
    fitting = [c for c in clusters if _takes_toll(c, m)]
    here = [
        c
        for c in fitting
        if c.mentions[-1].sentence == m.sentence and c.mentions[0].start < m.start
    ]
    if here:
        return here[-1]
    last = max((c.mentions[-1].sentence for c in fitting), default=-1)
    return next((c for c in fitting if c.mentions[-1].sentence == last), None)


def _takes_toll(cluster: _Cluster, m: Mention) -> bool:
    """Whether a toll told by itself ("Seven soldiers were killed") is that of an earlier event."""
    if not cluster.type.startswith(_VIOLENT):
        return False
    last = max(x.sentence for x in cluster.mentions)
    if not 0 <= m.sentence - last <= 2:
        return False
    if (
        m.when is not None
        and m.when.basis == "stated"
        and not all(days_agree(x.when, m.when) for x in cluster.mentions)
    ):
        return False
    if not all(places_agree(x.where, m.where) for x in cluster.mentions):
        return False
    kinds = {c.kind for c in m.counts}
    told = {
        c.kind
        for x in cluster.mentions
        if x.sentence != m.sentence
        for c in x.counts
        if c.best is not None
    }
    if kinds & told:
        return all(not tolls_disagree(x, m) for x in cluster.mentions)
    sources = [a for x in cluster.mentions for a in actors(x.sources)]
    return sides_agree(sources, actors(m.sources))


def _same(cluster: _Cluster, m: Mention) -> bool:
    if m.type.split(".")[0] in _SPEECH_ONCE:
        return types_agree(cluster.type, m.type) and _same_speech(cluster, m)
    if _points_back(m):
        return _is_meant(cluster, m)
    if not types_agree(cluster.type, m.type):
        return False
    for other in cluster.mentions:
        if other.sentence == m.sentence and not _same_sentence(other, m):
            return False
        if not days_agree(other.when, m.when) or not places_agree(other.where, m.where):
            return False
        if not sides_agree(actors(other.sources), actors(m.sources)):
            return False
        if not sides_agree(actors(other.targets), actors(m.targets)):
            return False
        if tolls_disagree(other, m):
            return False
    first = cluster.mentions[0]
    if m.background != first.background and m.when is not None and first.when is not None:
        return False
    return _proof(cluster, m)


def _points_back(m: Mention) -> bool:
    """Whether a mention is a definite noun for a deed told before: "the raid", "the strikes"."""
    stated = m.when is not None and m.when.basis == "stated"
    return DEFINITE in m.tags and not actors(m.sources) and not stated


def _is_meant(cluster: _Cluster, m: Mention) -> bool:
    """Whether a definite noun means this event: a violent one of the last sentences, or of the
    first one, that its words do not contradict."""
    last = max(x.sentence for x in cluster.mentions)
    topic = cluster.mentions[0].sentence == 0  # what an article opens with, it comes back to
    if m.sentence <= last or not (topic or m.sentence - last <= _LOOK_BACK):
        return False
    if not (
        types_agree(cluster.type, m.type)
        or (m.type in GENERIC and cluster.type.startswith("assault"))
        or cluster.type.startswith(_MEANS_ALSO.get(m.type, ("-",)))
    ):
        return False
    return all(
        places_agree(x.where, m.where)
        and sides_agree(actors(x.targets), actors(m.targets))
        and not tolls_disagree(x, m)
        for x in cluster.mentions
    )


def _proof(cluster: _Cluster, m: Mention) -> bool:
    """Two things in common, of sources, targets, day and stated place."""
    for other in cluster.mentions:
        shared = 0
        if share(actors(other.sources), actors(m.sources)):
            shared += 1
        if share(actors(other.targets), actors(m.targets)):
            shared += 1
        if other.when and m.when and other.when.start == m.when.start:
            shared += 1
        if stated(other.where) & stated(m.where):
            shared += 1
        if shared >= 2:
            return True
    return False


def _same_speech(cluster: _Cluster, m: Mention) -> bool:
    last = cluster.mentions[-1]
    return (
        last.chain == m.chain
        and m.sentence - last.sentence <= 3
        and share(actors(last.sources), actors(m.sources))
        and sides_agree(actors(last.targets), actors(m.targets))
        and days_agree(last.when, m.when)
        and last.sentence != m.sentence
    )


def _same_sentence(a: Mention, b: Mention) -> bool:
    """Two mentions of one sentence are one event only when one points back with the same type."""
    return (
        a.type == b.type
        and (not b.targets or not a.targets)
        and (not b.sources or not a.sources or share(actors(a.sources), actors(b.sources)))
    )


def _event(article: Article, cluster: _Cluster) -> ArticleEvent:
    mentions = cluster.mentions
    when = _best_when(mentions) or _context_day(article, mentions)
    sources = _pool(m.sources for m in mentions)
    return ArticleEvent(
        event_id=_event_id(mentions[0]),
        article_id=article.article_id,
        type=cluster.type,
        mentions=tuple(mentions),
        sources=sources,
        targets=_against(sources, mentions),
        when=when,
        where=_best_where(mentions),
        counts=_best_counts(mentions),
    )


def _event_id(founder: Mention) -> str:
    return hashlib.blake2b(f"event\0{founder.mention_id}".encode(), digest_size=16).hexdigest()


def _pool(groups: Iterable[Sequence[object]]) -> tuple[Actor, ...]:
    """All actors of a side, known ones first; an unknown or vaguer one is left out where a
    known one speaks for it."""
    out: list[Actor] = []
    unknown: list[Actor] = []
    for fillers in groups:
        for filler in fillers:
            actor: Actor | None = filler.actor  # type: ignore[attr-defined]
            if actor is None:
                continue
            if actor.cameo is None:
                unknown.append(actor)
            elif not any(_covers(known, actor) for known in out):
                out = [known for known in out if not _covers(actor, known)]
                out.append(actor)
    return tuple(out or unknown[:1])


def _against(sources: Sequence[Actor], mentions: Sequence[Mention]) -> tuple[Actor, ...]:
    """All targets; of a fight, the losses of one's own side are none, as long as there are
    others."""
    targets = _pool(m.targets for m in mentions)
    if not any(m.reciprocal for m in mentions):
        return targets
    own = {a.cameo for a in sources}
    return tuple(t for t in targets if t.cameo not in own) or targets


def _covers(known: Actor, other: Actor) -> bool:
    if known.cameo == other.cameo:
        return True
    if known.country == other.cameo and known.role not in _AGAINST:
        return True  # "the US military ... the US strikes"
    return bool(
        known.cameo
        and other.cameo
        and known.cameo.startswith(other.cameo)
        and other.resolved_by != "named"
    )


def _best_when(mentions: Sequence[Mention]) -> When | None:
    order = {"day": 0, "week": 1, "month": 2, "year": 3}
    stated = [m.when for m in mentions if m.when is not None]
    return min(stated, key=lambda w: order[w.precision], default=None)


def _context_day(article: Article, mentions: Sequence[Mention]) -> When | None:
    """The day of the publication, where nothing in the article says another."""
    return When(article.published, article.published, "day", "publication")


def _best_where(mentions: Sequence[Mention]) -> tuple[Where, ...]:
    out: list[Where] = []
    for basis in ("stated", "dateline", "inferred"):
        for m in mentions:
            for w in m.where:
                if w.basis == basis and not any(
                    w.name == o.name and w.country == o.country for o in out
                ):
                    out.append(w)
        if out:
            break
    return tuple(sorted(out, key=lambda w: w.level in ("country", "sea")))


def _best_counts(mentions: Sequence[Mention]) -> tuple[Count, ...]:
    """The latest stated number of each kind; numbers of one sentence for different people are added
    up ("seven soldiers were killed, while one fighter died"). Words only where no number stands."""
    best: dict[str, Count] = {}
    told_in: dict[str, int] = {}
    for m in mentions:
        for c in m.counts:
            known = best.get(c.kind)
            if known is None or (known.best is None and known.low is None):
                best[c.kind] = c
            elif c.best is None and c.low is None:
                continue
            elif told_in[c.kind] == m.sentence and known.who != c.who:
                best[c.kind] = combine([known, c])
            else:
                best[c.kind] = c
            told_in[c.kind] = m.sentence
    return tuple(best[k] for k in sorted(best))
