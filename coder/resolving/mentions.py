"""Deeds of one article to `Mention`s: actors, antecedents, dates, places and counts filled in.

Sentences are resolved in order, since pronouns look back. What a span means is decided here;
which mentions are the same event is decided later, in linking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from coder.matching.deed import Deed
from coder.matching.reporting import Reporting
from coder.matching.tree import TagSpan, Tree
from coder.matching.types import is_a
from coder.resolving.actors import ActorResolver
from coder.resolving.arms import as_gunman, by_whose_arms, of_its_sender, whose_weapon
from coder.resolving.attribution import attribution_of
from coder.resolving.authors import with_authors
from coder.resolving.dates import is_background
from coder.resolving.domestic import at_each_others, threatened
from coder.resolving.fillers import Fillers, at_home
from coder.resolving.lending import NEXT
from coder.resolving.marks import dated_now, known_before, recalled, tags, told_beside
from coder.resolving.organs import with_organs
from coder.resolving.other_side import (
    announcer,
    as_of_peer,
    as_worker,
    is_self,
    other_side,
    plan_maker,
    split_sides,
    whole_phrase,
    with_shared_role,
)
from coder.resolving.places import PlaceFinder
from coder.resolving.places_spans import PlaceSpan
from coder.resolving.scene import Matched, Scene
from coder.resolving.setting import Setting
from coder.resolving.sides import (
    Slots,
    actors_of,
    as_blue_helmet,
    as_person,
    as_refugee,
    countries_of,
    if_known,
    is_date,
    is_known,
    is_political,
    is_somebody,
    may_act,
    may_be_target,
    of_one_phrase,
    shared_out,
    with_side,
    without_self,
)
from coder.resolving.spoken_of import addressee, those_concerned
from coder.resolving.timing import dates_of, day_of, reported_on
from coder.resolving.tolls import counts_of
from coder.resolving.tolls_late import tolls_beside, with_late_tolls
from coder.resolving.tolls_read import with_tolls
from coder.types import (
    Article,
    Filler,
    Link,
    Mention,
    When,
    Where,
)

_ON_PEOPLE = (
    "assault.kill",
    "assault.injure",
    "assault.physical",
    "assault.sexual",
    "assault.assassinate",
    "abduct",
    "mass_violence",
    "coerce.torture",
)
"""Violence that is done to human beings."""


class MentionResolver:
    """Resolves the deeds of whole articles. Pure: the same article gives the same mentions.

    `speech` are the types of speech acts (with what is below them); `sets` the word sets.
    """

    def __init__(
        self,
        actors: ActorResolver,
        places: PlaceFinder,
        sets: Mapping[str, frozenset[str]],
        speech: Iterable[str],
    ) -> None:
        self.actors, self.places, self.sets = actors, places, sets
        self.reporting = Reporting(sets)
        self.speech = tuple(sorted(speech))
        self._speech: dict[str, bool] = {}

    def find_places(self, tree: Tree) -> list[PlaceSpan]:
        """The places of a tagged tree; their heads get the kind `place` for the rules to see."""
        taken = [
            (t.start, t.end) for t in tree.spans.values() if t.how == "name" and not _names_place(t)
        ]
        spans = self.places.find(tree, taken)
        for span in spans:
            tree.kinds[span.head] |= {"place"}
        return spans

    def is_speech(self, type_: str) -> bool:
        """Whether a type is a speech act (not a deed of force or a movement)."""
        known = self._speech.get(type_)
        if known is None:
            known = self._speech[type_] = any(is_a(type_, s) for s in self.speech)
        return known

    def resolve(self, article: Article, matched: Sequence[Matched]) -> list[Mention]:
        """The mentions of an article in order of their triggers."""
        return with_late_tolls(_Article(self, article).mentions(matched), matched)


class _Article:
    """One article being resolved."""

    def __init__(self, m: MentionResolver, article: Article) -> None:
        self.m, self.article = m, article
        self.anchored = self.tolled = False
        self.fillers = Fillers(m.actors, m.reporting, article.published)
        self.setting = Setting(m.places, m.reporting, article.published, article.dateline)

    def mentions(self, matched: Sequence[Matched]) -> list[Mention]:
        """What stands after the last deed tells nobody anything: sentences are read up to there,
        and one more that may say who is blamed for it."""
        last = max((n for n, item in enumerate(matched) if item.tells), default=-1)
        if last < 0:
            return []
        self.tolled = any(d.orphan or d.tolls for m in matched for d in m.deeds)
        self.anchored = bool(self.article.dateline) or any(names_anything(m) for m in matched)
        scenes: dict[int, Scene] = {}
        found: list[Mention] = []
        for item in matched[: last + 2]:
            scene = scenes[item.sentence.index] = self._scene(item)
            self.fillers.remember_named(scene)
            self.setting.name(scene.countries.values())
            self.setting.name(a.country for a in scene.actors.values())
            found += [self._mention(scene, deed) for deed in item.deeds if not deed.suppressed]
            if not item.tells:
                self.setting.note(scene)
            self.fillers.remember_speaker(scene)
        return with_organs(with_authors(found, scenes, self.fillers), len(matched))

    def _scene(self, item: Matched) -> Scene:
        published, ends = self.article.published, self.m.sets["end_word"]
        anchor = self.setting.lending.anchor(item.sentence.index)
        dates = dates_of(item.tree, published, ends, anchor)
        wheres = self.setting.places_of(item)
        countries = {
            t: country
            for s in item.places
            if (country := wheres[s.start].country) is not None
            for t in range(s.start, s.end)
        }
        return Scene(item, dates, wheres, countries, tolls_beside(item))

    def _mention(self, scene: Scene, deed: Deed) -> Mention:
        tree, sentence, article = scene.tree, scene.sentence, self.article
        speech = self.m.is_speech(deed.type)
        slots: Slots = {
            name: got
            for name, heads in deed.slots.items()
            if (got := self.fillers.of(scene, heads))
        }
        slots = without_self(shared_out(slots, mutual=deed.rule.reciprocal or deed.mutual))
        about = tuple(self._links(scene, deed))
        speaker = self._speaker(scene, deed, slots)
        if speaker is not None and speech and not is_known(slots.get("source", ())):
            slots["source"] = (speaker,)  # who says so speaks for himself
        slots = {
            name: tuple(whole_phrase(scene, deed, self.fillers, f) for f in got)
            for name, got in slots.items()
        }
        slots = self._as_sides(scene, slots, deed.type)
        if deed.type.startswith("intend") and about:
            slots = with_side(
                slots, "source", plan_maker(slots.get("source", ()), about[0].sources)
            )
        dates = scene.dates
        if speech:  # what is said has been said: a day to come is of what it speaks of
            dates = [d for d in dates if d.start <= article.published]
        when = day_of(tree, deed, scene.item.deeds, dates, self.m.reporting, speech=speech)
        where = self.setting.where(scene, deed, slots, speech=speech)
        history = (deed.long_past or recalled(tree, deed, when, article.published)) and (
            not dated_now(tree, deed, when, article.published)
        )
        if not speech and deed.qualifiers.status in ("actual", "attempted"):
            same = any(known_before(scene, f) for f in slots.get("source", ()))
            if not told_beside(tree, deed):
                when, where = self.setting.complete(
                    sentence.index, deed, slots, when, where, same=same
                )
            when = when or reported_on(tree, deed, scene.dates, self.m.reporting)
        elif speech:
            when = self._said_on(scene, slots, when)
        if not is_known(slots.get("source", ())):
            told = announcer(deed, speaker, slots.get("target", ()), where)
            targets = slots.get("target", ())
            told = told or by_whose_arms(scene, deed, self.fillers, speaker, targets)
            slots = with_side(slots, "source", told or slots.get("source", ()))
        if deed.type.startswith("aid.asylum"):
            slots = with_side(
                slots, "target", tuple(as_refugee(f) for f in slots.get("target", ()))
            )
        if deed.type.startswith("assault"):
            slots = with_side(
                slots, "target", tuple(as_blue_helmet(f) for f in slots.get("target", ()))
            )
        if deed.type.startswith(_ON_PEOPLE):
            people = tuple(as_person(tree, f) for f in slots.get("target", ()))
            slots = with_side(slots, "target", people)
        slots = self._towards(scene, deed, self._at_home(slots, where), about)
        itself = self._itself(scene, deed)
        slots = at_each_others(slots, deed.type, where, itself)
        if deed.type.startswith("threaten"):
            deeds = [link.type for link in about] or [deed.type.replace("threaten.", "")]
            slots = threatened(slots, deeds, where)
        sources = tuple(if_known(f) for f in slots.get("source", ()) if may_act(tree, f))
        targets = tuple(if_known(f) for f in slots.get("target", ()) if may_be_target(tree, f))
        slots = with_side(with_side(slots, "source", sources), "target", targets)
        where = self.setting.supplied(deed, slots, where, speaker)
        self.fillers.memory.remember_sides(
            actors_of(slots.get("source", ())), actors_of(slots.get("target", ()))
        )
        start, end = itself.start, itself.end
        status = deed.rule.status or deed.qualifiers.status
        if deed.orphan and any(t.nobody for t in deed.tolls):
            status = "actual"  # that nobody died is a number, not a denied deed
        if not self.anchored and when is None and not is_political(slots):
            status = "generic" if status in ("actual", "attempted") else status
        completion = deed.rule.completion or deed.qualifiers.completion
        return Mention(
            mention_id=mention_id(article.article_id, start, deed.type),
            article_id=article.article_id,
            sentence=sentence.index,
            type=deed.type,
            rule=deed.rule.id,
            trigger=itself.text,
            start=start,
            end=end,
            head=deed.head,
            slots=slots,
            chain=deed.chain,
            about=about,
            status=status,
            completion=completion,
            hedged=deed.qualifiers.hedged,
            attribution=attribution_of(speaker, slots, self.m.sets["anonymous_speaker"]),
            attributed_to=speaker.text if speaker else None,
            quoted=deed.quoted,
            background=history or bool(when and is_background(when, article.published)),
            reciprocal=deed.rule.reciprocal or deed.mutual,
            when=when,
            where=where,
            counts=with_tolls(
                counts_of(tree, deed, self.m.sets["casualty_word"]), scene.tolls.get(deed.head, ())
            ),
            tags=frozenset(tags(tree, deed, history)),
        )

    def _said_on(self, scene: Scene, slots: Slots, when: When | None) -> When | None:
        """The day of a statement: that of the sentence before, where whoever speaks is spoken of
        there ("He vowed ...", "The churchmen called on ...")."""
        lending, index = self.setting.lending, scene.sentence.index
        if when is not None and not is_background(when, self.article.published):
            lending.note(index, when, (), NEXT)
        if when is not None or not any(known_before(scene, f) for f in slots.get("source", ())):
            return when
        day = lending.day(index, NEXT)
        return None if day is None or is_background(day, self.article.published) else day

    def _itself(self, scene: Scene, deed: Deed) -> Filler:
        """The words of a deed, for sides of which it alone speaks."""
        tree, sentence = scene.tree, scene.sentence
        lo, hi = min(deed.tokens), max(deed.tokens)
        start = sentence.start + tree.parse.starts[lo]
        end = sentence.start + tree.parse.starts[hi] + len(tree.words[hi])
        return Filler(sentence.index, -1, start, end, self.article.text[start:end], None)

    def _as_sides(self, scene: Scene, slots: Slots, type_: str) -> Slots:
        """The sides without a source that is its own target, and with peers of the source."""
        sources, peers = slots.get("source", ()), self.m.sets["counterpart_noun"]
        kept = tuple(
            as_of_peer(scene.tree, f, sources, peers)
            for f in slots.get("target", ())
            if not is_self(scene.tree, f, sources) and not is_date(scene.tree, f)
        )
        sources = tuple(as_worker(scene.tree, f, type_, self.m.sets["trade_noun"]) for f in sources)
        sources = tuple(
            of_its_sender(scene, self.fillers, as_gunman(scene.tree, f, type_)) for f in sources
        )
        first = with_shared_role(scene, self.fillers, sources, kept)
        other = with_shared_role(scene, self.fillers, kept, sources)
        first = of_one_phrase(first, other)
        return with_side(with_side(slots, "source", first), "target", other)

    def _at_home(self, slots: Slots, where: Sequence[Where]) -> Slots:
        """Roles without a country take that of the place, or of what the article is about."""
        home, only = self.setting.home, self.setting.only
        theirs = {"source": countries_of(slots, "target"), "target": countries_of(slots, "source")}
        return {
            name: tuple(
                at_home(f, where, name, home, None if only in theirs.get(name, ()) else only)
                for f in got
            )
            for name, got in slots.items()
        }

    def _towards(self, scene: Scene, deed: Deed, slots: Slots, about: Sequence[Link]) -> Slots:
        """The sides with whom the clause speaks of, where the rule found no target."""
        sources, targets = slots.get("source", ()), slots.get("target", ())
        if any(is_somebody(f) for f in targets):
            return slots
        if self.tolled and deed.type.startswith("assault"):
            return slots  # whom it killed is said elsewhere
        apart = [f.head for f in sources]
        if deed.speaker is not None:
            apart.append(deed.speaker)
        second = split_sides(deed, sources)
        if second and deed.type != "intend":
            return with_side(with_side(slots, "source", sources[:1]), "target", second)
        found = (
            those_concerned(scene, deed, self.fillers, about, sources)
            or whose_weapon(scene, deed, self.fillers, sources)
            or other_side(scene, deed, self.fillers, sources, apart)
            or addressee(scene, deed, self.fillers, sources)
        )
        if second and not found:
            return with_side(with_side(slots, "source", sources[:1]), "target", second)
        return with_side(slots, "target", found or targets)

    def _links(self, scene: Scene, deed: Deed) -> Iterator[Link]:
        inner = deed.about
        while inner is not None:
            words = scene.tree.text(min(inner.tokens), max(inner.tokens) + 1)
            sources = self.fillers.of(scene, inner.slots.get("source", ()))
            targets = self.fillers.of(scene, inner.slots.get("target", ()))
            yield Link(inner.type, inner.rule.id, words, sources, targets)
            inner = inner.about

    def _speaker(self, scene: Scene, deed: Deed, slots: Slots) -> Filler | None:
        """Whoever reports the deed, unless that is its own source."""
        if deed.speaker is None or deed.speaker in (f.head for f in slots.get("source", ())):
            return None
        return self.fillers.one(scene, deed.speaker)


def names_anything(item: Matched) -> bool:
    """Whether a sentence names a place, a country or an actor of the dictionaries. A text that
    never does so tells of nothing in the world: a definition, a game, a figure of speech."""
    named = (span for span in item.tree.spans.values() if span.how != "agent")
    return bool(item.places) or any(True for _ in named)


def _names_place(span: TagSpan) -> bool:
    """Whether a dictionary name is itself a place (a country, a region)."""
    return any(getattr(e.actor, "kind", "") in ("country", "region") for e in span.entries)


def mention_id(article_id: str, start: int, type_: str) -> str:
    """32 hexadecimal characters from article, trigger offset and type."""
    key = f"{article_id}\0{start}\0{type_}"
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
