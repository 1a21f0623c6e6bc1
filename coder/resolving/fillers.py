"""Fillers of slots: spans of the article with the actor that each of them means.

Pronouns, "its army" and "the group" are followed to their antecedents; roles without a country
take that of the event's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coder.matching.reporting import Reporting
from coder.matching.tree import Tree
from coder.resolving.actors import ActorResolver
from coder.resolving.coref import FIRST_PERSON, Memory, as_coreference
from coder.resolving.found import Found, role_of_site
from coder.resolving.scene import Scene
from coder.types import Actor, Filler, Where

_PRONOUNS = ("PRP", "PRP$", "WP", "WDT")
_CARRIES_FORCE = frozenset({"aircraft", "drone", "warship", "vehicle_military"})
_TAKES_OWNER = ("GOV", "MIL", "REB", "UAF")
_OF_A_STATE = frozenset({"MIL", "COP", "GOV", "REB", "LEG", "JUD", "OPP", "ELI", "SPY"})
_OF_A_GOVERNMENT = _OF_A_STATE - {"REB"}
_NOWHERE = frozenset({"UAF", "NGO", "INT", "IGO", "MNC"})
_IMMOVABLE = frozenset(
    [
        "facility",
        "facility_civil",
        "facility_military",
        "infrastructure",
        "building",
        "place_noun",
        "place",
        "vehicle",
        "vehicle_military",
    ]
)


class Fillers:
    """Resolves heads of phrases within one article, in order; `day` is its publication date."""

    def __init__(self, actors: ActorResolver, reporting: Reporting, day: date) -> None:
        self.actors, self.reporting, self.day = actors, reporting, day
        self.memory = Memory(actors.sets)

    def of(self, scene: Scene, heads: Sequence[int]) -> tuple[Filler, ...]:
        """Fillers of head tokens, one for each nationality: "American and British warplanes"."""
        return tuple(
            f
            for h in (self._sender(scene.tree, head) for head in heads)
            for f in self._both(scene, h)
            or self._either_side(scene, h)
            or self._by_nation(scene, h)
        )

    @staticmethod
    def _sender(tree: Tree, head: int) -> int:
        """ "Both armies massed troops": whose troops they are is said of the armies."""
        if tree.deps[head] != "dobj" or "armed" not in tree.kinds[head]:
            return head
        for c in tree.kids(tree.heads[head], "nsubj"):
            if any(tree.lower[d] == "both" for d in tree.kids(c, "det", "predet")):
                return c
        return head

    def _either_side(self, scene: Scene, head: int) -> list[Filler]:
        """ "Between the Houthis and Yemen's government": two sides, though the parser hears the
        government of both."""
        tree = scene.tree
        if tree.deps[head] != "pobj" or tree.lower[tree.heads[head]] != "between":
            return []
        first = next(iter(tree.kids(head, "poss")), None)
        second = None if first is None else next(iter(tree.kids(first, "conj")), None)
        if first is None or second is None or tree.kids(head, "conj"):
            return []
        one, other = self.one(scene, first), self.one(scene, head)
        country = self.actor(scene, second).country
        role = self.actors.agent_role(tree, head, self.day)
        if one.actor is None or other.actor is None or country is None or role is None:
            return []
        if one.actor.group is None or "country" in one.actor.kinds:
            return []
        whole = replace(other.actor, country=country, role=role, cameo=f"{country}{role}")
        return [one, replace(other, actor=replace(whole, group=None))]

    def _both(self, scene: Scene, head: int) -> list[Filler]:
        """ "The two sides", each with the words that mean them both."""
        tree = scene.tree
        pair = self.memory.both(tree, head) or self._between(scene, head)
        if pair is None:
            return []
        one = self.one(scene, head)
        role = self.actors.agent_role(tree, head, self.day)
        return [replace(one, actor=_with_role(as_coreference(a, one.text), role)) for a in pair]

    def _between(self, scene: Scene, head: int) -> tuple[Actor, Actor] | None:
        """ "Both armies" of a sentence that says between whom: "the border between X and Y"."""
        tree = scene.tree
        if not any(tree.lower[c] == "both" for c in tree.kids(head, "det", "predet")):
            return None
        for p in range(tree.n):
            if tree.lower[p] != "between" or tree.deps[p] != "prep":
                continue
            for first in tree.kids(p, "pobj"):
                sides = [self.actor(scene, t) for t in (first, *tree.kids(first, "conj"))]
                if len(sides) == 2 and all(a.cameo and "country" in a.kinds for a in sides):
                    return sides[0], sides[1]
        return None

    def one(self, scene: Scene, head: int) -> Filler:
        """The filler of one head token."""
        tree, sentence = scene.tree, scene.sentence
        lo, hi = tree.noun_phrase(head)
        start = sentence.start + tree.parse.starts[lo]
        end = sentence.start + tree.parse.starts[hi - 1] + len(tree.words[hi - 1])
        return Filler(sentence.index, head, start, end, tree.text(lo, hi), self.actor(scene, head))

    def actor(self, scene: Scene, head: int) -> Actor:
        """Who the phrase headed by a token is."""
        got = scene.actors.get(head)
        if got is None:
            got = scene.actors[head] = self._resolve(scene, head)
        return got

    def remember_named(self, scene: Scene) -> None:
        """Remember the actors of a sentence in order, so that pronouns find them."""
        tree = scene.tree
        for head in sorted(tree.spans):
            attributive = tree.deps[head] in ("compound", "amod", "nmod")
            if tree.spans[head].how != "adjective" and not attributive:
                self.memory.add(tree, scene.sentence.index, head, self.actor(scene, head))

    def remember_speaker(self, scene: Scene) -> None:
        """Remember who spoke last: "we" of the next sentence may be theirs."""
        tree = scene.tree
        for i in range(tree.n):
            subject = tree.kid(i, "nsubj") if self.reporting.is_report(tree, i) else None
            if subject is not None:
                actor = self.actor(scene, subject)
                if actor.cameo:
                    self.memory.speaker = actor

    def _by_nation(self, scene: Scene, head: int) -> list[Filler]:
        one = self.one(scene, head)
        several = self.actors.several(scene.tree, head, self.day)
        if one.actor is None or len(several) < 2:
            return [one]
        if one.actor.group is not None and all(f.country == one.actor.country for f in several):
            return [one]
        role = one.actor.role
        if any(f.role or f.country is None for f in several):  # Hamas negotiators are Hamas's own
            role = self.actors.agent_role(scene.tree, head, self.day)
        return [replace(one, actor=self._of_party(one.actor, f, role)) for f in several]

    @staticmethod
    def _of_party(actor: Actor, whose: Found, role: str | None) -> Actor:
        """The same people of one of those to whom they belong."""
        if whose.role is None and whose.country is not None and whose.cameo == whose.country:
            code = f"{whose.country}{role or ''}"
            return replace(actor, country=whose.country, role=role, cameo=code, group=None)
        return replace(
            actor,
            country=whose.country,
            role=whose.role,
            cameo=whose.cameo,
            group=whose.group,
            kinds=actor.kinds | whose.kinds,
        )

    def _resolve(self, scene: Scene, head: int) -> Actor:
        tree = scene.tree
        if tree.tags[head] in _PRONOUNS:
            return self._pronoun(scene, head)
        if tree.tags[head] == "CD":
            whole = [p for c in tree.kids(head, "prep") for p in tree.kids(c, "pobj")]
            arms = whole and not tree.kinds[whole[0]].isdisjoint(_CARRIES_FORCE | {"weapon"})
            if whole and not arms and tree.lower[tree.heads[whole[0]]] == "of":
                return replace(self.actor(scene, whole[0]), text=tree.text(*tree.noun_phrase(head)))
        actor = self.actors.resolve(tree, head, self.day, scene.countries)
        # Whoever is asked about meanwhile and points back here gets what the words alone say:
        # "the command says that its forces advance" - its forces are the command's, and the
        # command is of the state of its forces.
        scene.actors[head] = actor
        if actor.country is None and actor.group is None and "international" not in actor.kinds:
            actor = self._owned_by_pronoun(scene, head, actor)
        if actor.cameo is None and tree.tags[head] in ("NNP", "NNPS") and head not in tree.spans:
            named = self.memory.part_of_name(tree.words[head])
            if named is not None:
                return as_coreference(named, actor.text)
        vague = actor.country is None and actor.group is None
        if vague and (actor.cameo is None or actor.cameo == actor.role) and _definite(tree, head):
            found = self.memory.role_noun(scene.sentence.index, tree.lemmas[head], actor)
            if found is not None:
                return as_coreference(found, actor.text)
        if actor.cameo is not None and actor.cameo == actor.country:
            return self._sharing_noun(scene, head, actor)
        if vague and actor.cameo == actor.role and actor.role in _OF_A_GOVERNMENT:
            return self._of_what_he_tells(scene, head, actor)
        return actor

    def _sharing_noun(self, scene: Scene, head: int, actor: Actor) -> Actor:
        """ "Colombia's and Ecuador's armies": the first has the role of the noun that follows."""
        tree = scene.tree
        owner = tree.kid(head, "case") is not None
        span = tree.spans.get(head)
        if not owner and (span is None or span.how != "adjective"):
            return actor
        for noun in tree.kids(head, "conj"):
            role = self.actors.agent_role(tree, noun, self.day)
            if role is not None and tree.kids(noun, "poss", "amod", "compound", "nmod"):
                return replace(actor, role=role, cameo=f"{actor.country}{role}")
        return actor

    def _of_what_he_tells(self, scene: Scene, head: int, actor: Actor) -> Actor:
        """An official who tells what a state will do is of that state: "Iran could shut the strait,
        an admiral warned"."""
        tree = scene.tree
        verb = tree.heads[head]
        if tree.deps[head] != "nsubj" or not self.reporting.is_report(tree, verb):
            return actor
        told = tree.kid(verb, "ccomp")
        aside = tree.deps[verb] in ("parataxis", "ccomp", "advcl")
        clause = told if told is not None else tree.heads[verb] if aside else verb
        subject = tree.kid(clause, "nsubj", "nsubjpass")
        if subject in (None, head) or tree.tags[subject] in _PRONOUNS:
            return actor
        country = self.actor(scene, subject).country
        if country is None:
            return actor
        code = f"{country}{actor.role}"
        return replace(actor, country=country, cameo=code, resolved_by="inferred")

    def _pronoun(self, scene: Scene, head: int) -> Actor:
        tree = scene.tree
        found = self._speaker_of(scene, head) if tree.lower[head] in FIRST_PERSON else None
        if found is None:
            found = self._subject_above(scene, head)
        if found is None:
            found = self.memory.pronoun(tree, scene.sentence.index, head)
        if found is not None:
            return as_coreference(found, tree.words[head])
        return Actor(text=tree.words[head], name=tree.words[head])

    def _subject_above(self, scene: Scene, head: int) -> Actor | None:
        """ "The group ... its fighters": the subject above that itself points back."""
        tree = scene.tree
        if tree.lower[head] not in ("it", "its", "itself", "they", "their", "them"):
            return None
        for verb in tree.ancestors(head):
            for c in tree.kids(verb, "nsubj", "nsubjpass"):
                if c < head and tree.is_noun(c) and _definite(tree, c):
                    actor = self.actor(scene, c)
                    if actor.cameo and actor.resolved_by == "coreference":
                        return actor
        return None

    def _speaker_of(self, scene: Scene, head: int) -> Actor | None:
        speaker = self.reporting.speaker(scene.tree, head)
        if speaker is None or speaker == head:
            return None
        actor = self._resolve(scene, speaker)
        return actor if actor.cameo else None

    def _owned_by_pronoun(self, scene: Scene, head: int, actor: Actor) -> Actor:
        """ "its army", "their positions": the owner is the pronoun's antecedent."""
        tree = scene.tree
        around = list(tree.children[head])
        if tree.deps[head] == "pobj" and tree.lower[tree.heads[head]] == "of":
            around += tree.children[tree.heads[tree.heads[head]]]
        mine = next((c for c in around if tree.deps[c] == "poss" and tree.tags[c] == "PRP$"), None)
        owner = None if mine is None else self._subject_above(scene, mine)
        if owner is None and mine is not None:
            owner = self.memory.pronoun(tree, scene.sentence.index, mine)
        if owner is None:
            return actor
        role = actor.role or ("MIL" if actor.kinds & _CARRIES_FORCE else None)
        if role and owner.country and "country" in owner.kinds:
            code = owner.country + role
            return replace(
                actor, country=owner.country, role=role, cameo=code, resolved_by="coreference"
            )
        if owner.cameo and (actor.role is None or actor.role in _TAKES_OWNER):
            kinds = actor.kinds | owner.kinds
            return replace(owner, text=actor.text, kinds=kinds, resolved_by="coreference")
        return actor


def _with_role(actor: Actor, role: str | None) -> Actor:
    """A state's army, where "both armies" are those of the two states named before."""
    if role not in ("MIL", "COP") or actor.country is None:
        return actor
    if actor.cameo != actor.country:
        return actor
    return replace(actor, role=role, cameo=f"{actor.country}{role}")


def _definite(tree: Tree, head: int) -> bool:
    return any(
        tree.lower[c] in ("the", "this", "that") and tree.deps[c] == "det"
        for c in tree.children[head]
    )


def at_home(
    filler: Filler,
    where: Sequence[Where],
    slot: str,
    home: str | None,
    only: str | None = None,
) -> Filler:
    """A role without a country takes that of the event's place, marked as inferred.

    Police in Kano are Nigerian police, a refinery that is hit is the country's; state roles fall
    back on `home`, the country that the article is about, and those of a government on the `only`
    one that it names. Unidentified attackers and international
    bodies stay as they are.
    """
    actor = filler.actor
    country = next((w.country for w in where if w.country and w.basis != "dateline"), None)
    if actor is not None and country is None and actor.role in _OF_A_STATE:
        country = home or (only if actor.role in _OF_A_GOVERNMENT else None)
    if actor is None or country is None:
        return filler
    if "floating" in actor.kinds and actor.role and actor.country != country:
        return replace(filler, actor=replace(actor, country=country, cameo=country + actor.role))
    if actor.country or actor.group:
        return filler
    if actor.role is None:
        if slot != "target" or actor.cameo or actor.kinds.isdisjoint(_IMMOVABLE):
            return filler
        actor = replace(actor, role=role_of_site(actor.kinds))
    elif actor.cameo != actor.role or actor.role in _NOWHERE or "international" in actor.kinds:
        return filler
    code = country + (actor.role or "")
    inferred = replace(actor, country=country, cameo=code, resolved_by="inferred")
    return replace(filler, actor=inferred)
