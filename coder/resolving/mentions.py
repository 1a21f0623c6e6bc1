"""Deeds of one article to `Mention`s: actors, antecedents, dates, places and counts filled in.

Sentences are resolved in order, since pronouns look back. What a span means is decided here;
which mentions are the same event is decided later, in linking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coder.matching.deed import Deed
from coder.matching.match import is_a
from coder.matching.reporting import Reporting
from coder.matching.tree import TagSpan, Tree
from coder.resolving.actors import ActorResolver
from coder.resolving.attribution import attribution_of
from coder.resolving.coref import FIRST_PERSON, Memory, as_coreference
from coder.resolving.counts import combine, count_of
from coder.resolving.dates import find_dates, is_background
from coder.resolving.dates_attach import date_for
from coder.resolving.dates_tree import clause_verb
from coder.resolving.places import PlaceFinder
from coder.resolving.places_choose import DeedKind, inferred_country, main_place, place_context
from coder.resolving.places_choose import resolve as resolve_place
from coder.resolving.places_deed import places_for, relation
from coder.resolving.places_spans import PlaceSpan
from coder.types import (
    Actor,
    Article,
    Count,
    CountKind,
    Filler,
    Link,
    Mention,
    Sentence,
    When,
    Where,
)

TOLL = "toll"
"""Tag of a mention that only counts victims: linking joins it to the deed that the text tells before."""
NEEDS_DEED = "toll.needs_deed"
"""Tag of a toll that is no event by itself: nothing says that anybody did it."""
DEFINITE = "definite"
"""Tag of a noun deed that points back: "the raid"."""
HISTORY = "history"
"""Tag of a deed told from a past without a date ("once", "ages ago"): a mention, but no event."""
_REACH = 3
"""For how many sentences a day and a place that were stated hold for deeds that state none."""
_PLACED: dict[str, DeedKind] = {
    "assault": "force",
    "mass_violence": "force",
    "abduct": "force",
    "property": "force",
    "territory": "force",
    "disrupt": "protest",
    "coerce": "protest",
    "protest": "protest",
}
"""How the place of a deed is inferred where the text names none, by the root of its type."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A sentence with its tree and deeds."""

    sentence: Sentence
    tree: Tree
    deeds: tuple[Deed, ...]
    places: tuple[PlaceSpan, ...] = ()


class MentionResolver:
    """Resolves the deeds of whole articles. Pure: the same article gives the same mentions."""

    def __init__(
        self, actors: ActorResolver, places: PlaceFinder, sets: Mapping[str, frozenset[str]]
    ) -> None:
        self.actors, self.places, self.sets = actors, places, sets
        self.reporting = Reporting(sets)

    def find_places(self, tree: Tree) -> list[PlaceSpan]:
        """The places of a tagged tree; their heads get the kind `place` for the rules to see."""
        taken = [
            (t.start, t.end) for t in tree.spans.values() if t.how == "name" and not _names_place(t)
        ]
        spans = self.places.find(tree, taken)
        for span in spans:
            tree.kinds[span.head] |= {"place"}
        return spans

    def resolve(self, article: Article, matched: Sequence[Matched]) -> list[Mention]:
        """The mentions of an article in order of their triggers."""
        return list(_Article(self, article, matched).mentions())


class _Article:
    """One article being resolved."""

    def __init__(self, m: MentionResolver, article: Article, matched: Sequence[Matched]) -> None:
        self.m, self.article, self.matched = m, article, matched
        self.memory = Memory()
        self.seen_places: list[PlaceSpan] = []
        self.day_before: tuple[int, When] | None = None
        self.place_before: tuple[int, tuple[Where, ...]] | None = None
        self.dateline_spans: list[PlaceSpan] = []
        self.dateline: Where | None = None
        self.main_country: str | None = None
        if article.dateline:
            self._read_dateline(article.dateline)

    def _read_dateline(self, dateline: str) -> None:
        name = dateline.split(",")[0].strip()
        name = name.title() if name.isupper() else name
        candidates = self.m.places.candidates(name)
        if candidates:
            span = PlaceSpan(-1, -1, -1, name, candidates)
            self.dateline_spans = [span]
            self.dateline = resolve_place(span, place_context(sentence=[span]), "dateline")

    def mentions(self) -> Iterable[Mention]:
        for item in self.matched:
            yield from self._sentence(item)

    def _home(self) -> str | None:
        """The country that the article is about so far: that of its first placed deed."""
        if self.main_country is None and self.place_before is not None:
            self.main_country = next((w.country for w in self.place_before[1] if w.country), None)
        return self.main_country

    def _sentence(self, item: Matched) -> Iterable[Mention]:
        tree, sentence = item.tree, item.sentence
        spans = item.places
        named = self._named_countries(tree)
        context = place_context(spans, self.seen_places, self.dateline_spans, named)
        wheres = {s.start: resolve_place(s, context) for s in spans}
        countries = {
            t: w.country
            for s in spans
            if (w := wheres[s.start]).country is not None
            for t in range(s.start, s.end)
        }
        ends = self.m.sets["end_word"]
        dates = [
            d
            for d in find_dates(tree, self.article.published)
            if not (
                d.start_token > 0
                and ends & {tree.lower[d.start_token], tree.lower[d.start_token - 1]}
            )
        ]
        fillers: dict[int, Actor] = {}
        self._name(tree, sentence, countries, fillers)
        self.seen_places += spans
        out: list[Mention] = []
        for deed in item.deeds:
            if deed.suppressed:
                continue
            out.append(self._mention(item, deed, dates, spans, wheres, countries, fillers))
        self._remember_speaker(item, countries, fillers)
        yield from out

    def _named_countries(self, tree: Tree) -> dict[str, float]:
        """Countries of the actors that a sentence names: they tell namesakes of places apart."""
        out: dict[str, float] = {}
        for span in tree.spans.values():
            for entry in span.entries:
                code = getattr(entry.actor, "country", None)
                if code:
                    out[code] = out.get(code, 0.0) + 0.5
        return out

    # --- actors -----------------------------------------------------------------------------

    def _name(
        self,
        tree: Tree,
        sentence: Sentence,
        countries: Mapping[int, str],
        fillers: dict[int, Actor],
    ) -> None:
        """Remember the actors of a sentence in order, so that pronouns find them."""
        for head in sorted(tree.spans):
            span = tree.spans[head]
            if span.how == "adjective" or tree.deps[head] in ("compound", "amod", "nmod"):
                continue
            actor = self._actor(tree, sentence, head, countries, fillers)
            self.memory.add(tree, sentence.index, head, actor)

    def _actor(
        self,
        tree: Tree,
        sentence: Sentence,
        head: int,
        countries: Mapping[int, str],
        fillers: dict[int, Actor],
    ) -> Actor:
        got = fillers.get(head)
        if got is not None:
            return got
        actor = self._resolve(tree, sentence, head, countries)
        fillers[head] = actor
        return actor

    def _resolve(
        self, tree: Tree, sentence: Sentence, head: int, countries: Mapping[int, str]
    ) -> Actor:
        day = self.article.published
        if tree.tags[head] in ("PRP", "PRP$", "WP", "WDT"):
            found = None
            if tree.lower[head] in FIRST_PERSON:
                found = self._speaker_of(tree, head, sentence, countries)
            if found is None:
                found = self.memory.pronoun(tree, sentence.index, head)
            if found is not None:
                return as_coreference(found, tree.words[head])
            return Actor(text=tree.words[head], name=tree.words[head])
        actor = self.m.actors.resolve(tree, head, day, countries)
        if actor.country is None and actor.group is None and not actor.kinds & {"international"}:
            actor = self._owned_by_pronoun(tree, sentence, head, actor)
        definite = any(
            tree.lower[c] in ("the", "this", "that") and tree.deps[c] == "det"
            for c in tree.children[head]
        )
        if (
            actor.country is None
            and actor.group is None
            and (actor.cameo is None or len(actor.cameo) <= 3)
            and definite
        ):
            found = self.memory.role_noun(sentence.index, tree.lemmas[head], actor)
            if found is not None:
                return as_coreference(found, actor.text)
        return actor

    def _owned_by_pronoun(self, tree: Tree, sentence: Sentence, head: int, actor: Actor) -> Actor:
        """ "its army", "their positions": the owner is the pronoun's antecedent."""
        owners = list(tree.children[head])
        if tree.deps[head] == "pobj" and tree.lower[tree.heads[head]] == "of":
            owners += tree.children[tree.heads[tree.heads[head]]]
        for c in owners:
            if tree.deps[c] == "poss" and tree.tags[c] == "PRP$":
                owner = self.memory.pronoun(tree, sentence.index, c)
                if owner is None:
                    return actor
                if actor.role and owner.country and "country" in owner.kinds:
                    return replace(
                        actor,
                        country=owner.country,
                        cameo=owner.country + actor.role,
                        resolved_by="coreference",
                    )
                if (
                    owner.country
                    and "country" in owner.kinds
                    and actor.kinds & {"aircraft", "drone", "warship", "vehicle_military"}
                ):
                    return replace(
                        actor,
                        country=owner.country,
                        cameo=owner.country + "MIL",
                        role="MIL",
                        resolved_by="coreference",
                    )
                if owner.cameo and (
                    actor.role is None or actor.role in ("GOV", "MIL", "REB", "UAF")
                ):
                    return replace(
                        owner,
                        text=actor.text,
                        kinds=actor.kinds | owner.kinds,
                        resolved_by="coreference",
                    )
        return actor

    def _speaker_of(
        self, tree: Tree, head: int, sentence: Sentence, countries: Mapping[int, str]
    ) -> Actor | None:
        speaker = self.m.reporting.speaker(tree, head)
        if speaker is None or speaker == head:
            return None
        actor = self._resolve(tree, sentence, speaker, countries)
        return actor if actor.cameo else None

    def _remember_speaker(
        self, item: Matched, countries: Mapping[int, str], fillers: dict[int, Actor]
    ) -> None:
        tree = item.tree
        for i in range(tree.n):
            if self.m.reporting.is_report(tree, i):
                subject = tree.kid(i, "nsubj")
                if subject is not None:
                    actor = self._actor(tree, item.sentence, subject, countries, fillers)
                    if actor.cameo:
                        self.memory.speaker = actor

    def _filler(
        self, item: Matched, head: int, countries: Mapping[int, str], fillers: dict[int, Actor]
    ) -> Filler:
        tree, sentence = item.tree, item.sentence
        lo, hi = tree.noun_phrase(head)
        start = sentence.start + tree.parse.starts[lo]
        end = sentence.start + tree.parse.starts[hi - 1] + len(tree.words[hi - 1])
        actor = self._actor(tree, sentence, head, countries, fillers)
        return Filler(sentence.index, head, start, end, tree.text(lo, hi), actor)

    def _fillers(
        self, item: Matched, head: int, countries: Mapping[int, str], fillers: dict[int, Actor]
    ) -> list[Filler]:
        """One filler, or one for each nationality: "American and British warplanes"."""
        one = self._filler(item, head, countries, fillers)
        nations = self.m.actors.nations(item.tree, head, self.article.published)
        if one.actor is None or len(nations) < 2 or one.actor.group is not None:
            return [one]
        role = one.actor.role or ""
        return [replace(one, actor=replace(one.actor, country=n, cameo=n + role)) for n in nations]

    # --- the mention ------------------------------------------------------------------------

    def _mention(
        self,
        item: Matched,
        deed: Deed,
        dates: Sequence[When],
        spans: Sequence[PlaceSpan],
        wheres: Mapping[int, Where],
        countries: Mapping[int, str],
        fillers: dict[int, Actor],
    ) -> Mention:
        tree, sentence, article = item.tree, item.sentence, self.article

        def fill(heads: Iterable[int]) -> tuple[Filler, ...]:
            return tuple(f for h in heads for f in self._fillers(item, h, countries, fillers))

        slots = {name: got for name, heads in deed.slots.items() if (got := fill(heads))}
        slots = self._without_self(slots)
        about: list[Link] = []
        inner = deed.about
        while inner is not None:
            words = tree.text(min(inner.tokens), max(inner.tokens) + 1)
            about.append(
                Link(
                    inner.type,
                    inner.rule.id,
                    words,
                    fill(inner.slots.get("source", ())),
                    fill(inner.slots.get("target", ())),
                )
            )
            inner = inner.about
        speaker = None
        if deed.speaker is not None and deed.speaker not in (
            f.head for f in slots.get("source", ())
        ):
            speaker = self._filler(item, deed.speaker, countries, fillers)
            if is_speech(deed.type) and not any(
                f.actor and f.actor.cameo for f in slots.get("source", ())
            ):
                slots["source"] = (speaker,)  # who says so speaks for himself
        lo, hi = min(deed.tokens), max(deed.tokens)
        start = sentence.start + tree.parse.starts[lo]
        end = sentence.start + tree.parse.starts[hi] + len(tree.words[hi])
        when = self._when(item, deed, dates)
        where = self._where(tree, deed, spans, wheres, slots)
        history = deed.long_past and (when is None or is_background(when, article.published))
        when, where = self._in_context(sentence.index, deed, when, where)
        slots = {
            name: tuple(_at_home(f, where, name, self._home()) for f in got)
            for name, got in slots.items()
        }
        status = deed.rule.status or deed.qualifiers.status
        if any(t.nobody for t in deed.tolls) and deed.orphan:
            status = "actual"  # that nobody died is a number, not a denied deed
        completion = deed.rule.completion or deed.qualifiers.completion
        return Mention(
            mention_id=mention_id(article.article_id, start, deed.type),
            article_id=article.article_id,
            sentence=sentence.index,
            type=deed.type,
            rule=deed.rule.id,
            trigger=article.text[start:end],
            start=start,
            end=end,
            head=deed.head,
            slots=slots,
            chain=deed.chain,
            about=tuple(about),
            status=status,  # type: ignore[arg-type]
            completion=completion,  # type: ignore[arg-type]
            hedged=deed.qualifiers.hedged,
            attribution=attribution_of(speaker, slots),
            attributed_to=speaker.text if speaker else None,
            quoted=deed.quoted,
            background=history or bool(when and is_background(when, article.published)),
            reciprocal=deed.rule.reciprocal or deed.mutual,
            when=when,
            where=where,
            counts=self._counts(tree, deed),
            tags=frozenset(
                (
                    *self._tags(deed),
                    *((HISTORY,) if history else ()),
                    *((DEFINITE,) if _definite(tree, deed) else ()),
                )
            ),
        )

    @staticmethod
    def _without_self(slots: Mapping[str, tuple[Filler, ...]]) -> dict[str, tuple[Filler, ...]]:
        """A target that is the source over again (one head token) is left out."""
        heads = {f.head for f in slots.get("source", ())}
        out = dict(slots)
        kept = tuple(f for f in slots.get("target", ()) if f.head not in heads)
        if "target" in out:
            if kept:
                out["target"] = kept
            else:
                del out["target"]
        return out

    @staticmethod
    def _tags(deed: Deed) -> Iterable[str]:
        if deed.orphan:
            yield TOLL
            if not deed.may_stand_alone or any(t.nobody for t in deed.tolls):
                yield NEEDS_DEED
        if deed.tied_with:
            yield "tie"
        if "passive" in deed.forms:
            yield "passive"

    def _when(self, item: Matched, deed: Deed, dates: Sequence[When]) -> When | None:
        tree = item.tree

        def reports(i: int) -> bool:
            return self.m.reporting.is_report(tree, i)

        for head in (deed.head, *(r.head for r in deed.results)):
            found = date_for(tree, head, dates, reports)
            if found is not None:
                return found
        if is_speech(deed.type) and deed.speaker is not None:
            return date_for(tree, tree.heads[deed.speaker], dates, lambda i: False)
        above = tree.heads[deed.head]
        if tree.deps[deed.head] == "advcl" and tree.is_verb(above) and not reports(above):
            found = date_for(tree, above, dates, reports)  # "it came on Sunday, when a missile hit"
            if found is not None:
                return found
        return self._stray_date(item, deed, dates)

    def _in_context(
        self, index: int, deed: Deed, when: When | None, where: tuple[Where, ...]
    ) -> tuple[When | None, tuple[Where, ...]]:
        """The day and the place of the sentences before, for a deed that states none itself."""
        if is_speech(deed.type) or deed.qualifiers.status not in ("actual", "attempted"):
            return when, where
        if when is not None:
            if self.day_before is None or self.day_before[0] != index:
                self.day_before = (index, when)
        elif self.day_before is not None and index - self.day_before[0] <= _REACH:
            when = replace(self.day_before[1], basis="context", start_token=-1, end_token=-1)
        if any(w.basis == "stated" for w in where):
            if self.place_before is None or self.place_before[0] != index:
                self.place_before = (index, where)
        elif self.place_before is not None and index - self.place_before[0] <= _REACH:
            before = self.place_before[1]
            known = next((w.country for w in where if w.country and w.basis == "inferred"), None)
            if known is None or any(w.country == known for w in before):
                where = tuple(replace(w, basis="inferred") for w in before)
        return when, where

    def _stray_date(self, item: Matched, deed: Deed, dates: Sequence[When]) -> When | None:
        """A date that the parser hung on a word that is no deed ("sites used by rebels Friday") dates
        the main deed, if it is the only one of the sentence that dates nothing else."""
        tree = item.tree
        if any(
            tree.deps[a] in ("relcl", "acl", "ccomp")
            for a in (deed.head, *tree.ancestors(deed.head))
        ):
            return None
        heads = {d.head for d in item.deeds}
        free = []
        for when in dates:
            verb = clause_verb(tree, when.start_token)
            if (
                when.start_token >= 0
                and verb is not None
                and verb not in heads
                and tree.deps[verb] in ("acl", "advcl", "relcl")
                and verb in tree.subtree(tree.root)
            ):
                if not self.m.reporting.is_report(tree, verb) and not any(
                    h in heads for h in tree.subtree(verb)
                ):
                    free.append(when)
        return free[0] if len(free) == 1 else None

    def _where(
        self,
        tree: Tree,
        deed: Deed,
        spans: Sequence[PlaceSpan],
        wheres: Mapping[int, Where],
        slots: Mapping[str, tuple[Filler, ...]],
    ) -> tuple[Where, ...]:
        best: dict[str, list[PlaceSpan]] = {}
        sources = set(deed.slots.get("source", ()))
        words = self.m.places.words
        for head in (deed.head, *(r.head for r in deed.results)):
            for span in places_for(tree, head, spans, words, sources):
                tie = relation(tree, head, span, words, sources)
                best.setdefault(
                    "own" if tie in ("deed", "target", "modifier") else "clause", []
                ).append(span)
        near = best.get("own") or ([] if is_speech(deed.type) else best.get("clause", []))
        found = list(dict.fromkeys(wheres[s.start] for s in near))
        if found:
            main = main_place(found)
            return tuple(sorted(found, key=lambda w: w is not main))
        kind = next((k for root, k in _PLACED.items() if is_a(deed.type, root)), None)
        if kind is None:
            return ()
        guess = inferred_country(
            self.m.places.gazetteer,
            kind,
            _country(slots, "target"),
            _country(slots, "source"),
            self.dateline,
        )
        return (guess,) if guess is not None else ()

    def _counts(self, tree: Tree, deed: Deed) -> tuple[Count, ...]:
        by_kind: dict[str, list[Count]] = {}
        seen: set[tuple[str, int]] = set()
        for toll in deed.tolls:
            for head in toll.heads:
                if (toll.kind, head) in seen:
                    continue
                conjuncts = {toll.kind: head}
                del conjuncts
                seen.add((toll.kind, head))
                if any(tree.heads[head] == h and tree.deps[head] == "conj" for _, h in seen):
                    continue  # count_of adds conjuncts up already
                count = count_of(tree, head, toll.kind)  # type: ignore[arg-type]
                if toll.nobody:
                    words = tree.text(*tree.noun_phrase(head))
                    count = Count(toll.kind, 0, 0, 0, words)  # type: ignore[arg-type]
                    other: CountKind = "killed" if toll.kind == "injured" else "injured"
                    if toll.kind == "injured" or tree.lemmas[head] in self.m.sets["casualty_word"]:
                        by_kind.setdefault(other, []).append(Count(other, 0, 0, 0, words))
                if count is not None:
                    by_kind.setdefault(toll.kind, []).append(count)
        return tuple(combine(counts) for counts in by_kind.values())


def _definite(tree: Tree, deed: Deed) -> bool:
    """Whether a noun deed is definite: "the raid", "that attack", "Friday's strikes"."""
    if tree.is_verb(deed.head):
        return False
    return any(
        (
            tree.deps[c] == "det"
            and tree.lower[c] in ("the", "this", "that", "these", "those", "both")
        )
        or (
            tree.deps[c] == "poss"
            and tree.lower[c] not in ("its", "their")
            and "time" in tree.kinds[c]
        )
        for c in tree.children[deed.head]
    )


def _country(slots: Mapping[str, tuple[Filler, ...]], slot: str) -> str | None:
    return next((f.actor.country for f in slots.get(slot, ()) if f.actor and f.actor.country), None)


def _at_home(filler: Filler, where: Sequence[Where], slot: str, home: str | None) -> Filler:
    """A role without a country takes that of the event's place, marked as inferred: police in Kano
    are Nigerian police; a refinery that is hit is the country's. Unidentified attackers and
    international bodies stay as they are."""
    actor = filler.actor
    country = next((w.country for w in where if w.country and w.basis != "dateline"), None)
    if actor is not None and country is None and actor.role in _OF_A_STATE:
        country = home
    if actor is None or country is None:
        return filler
    if "floating" in actor.kinds and actor.role and actor.country != country:
        return replace(filler, actor=replace(actor, country=country, cameo=country + actor.role))
    if actor.country or actor.group:
        return filler
    if actor.role is None:
        if slot != "target" or actor.cameo or actor.kinds.isdisjoint(_IMMOVABLE):
            return filler
    elif actor.cameo != actor.role or actor.role in _NOWHERE or "international" in actor.kinds:
        return filler
    code = country + (actor.role or "")
    return replace(
        filler, actor=replace(actor, country=country, cameo=code, resolved_by="inferred")
    )


def _names_place(span: TagSpan) -> bool:
    """Whether a dictionary name is itself a place (a country, a region)."""
    return any(getattr(e.actor, "kind", "") in ("country", "region") for e in span.entries)


def is_speech(type_: str) -> bool:
    """Whether a type is a speech act (not a deed of force or a movement)."""
    return type_.split(".", 1)[0] in _SPEECH


_IMMOVABLE = frozenset(
    {
        "facility",
        "facility_civil",
        "facility_military",
        "infrastructure",
        "building",
        "place_noun",
        "place",
        "vehicle",
        "vehicle_military",
    }
)
_OF_A_STATE = frozenset({"MIL", "COP", "GOV", "REB", "LEG", "JUD", "OPP"})
_NOWHERE = frozenset({"UAF", "NGO", "INT", "IGO", "MNC"})
_SPEECH = frozenset(
    {
        "threaten",
        "deny",
        "claim",
        "accuse",
        "condemn",
        "demand",
        "appeal",
        "reject",
        "praise",
        "decline_comment",
        "protest_formally",
    }
)


def mention_id(article_id: str, start: int, type_: str) -> str:
    """32 hexadecimal characters from article, trigger offset and type."""
    key = f"{article_id}\0{start}\0{type_}"
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
