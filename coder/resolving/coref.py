"""Antecedents: who "it", "they", "he", "we", "the group" and "the army" are in an article.

The article is read in order and remembers the actors that it has named. A pronoun takes the
latest actor that fits it in number and kind, the subject of the clause above before all others;
"we" and "I" take the speaker of the quotation; a role noun with nothing that says whose it is takes
the latest actor of that role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coder.matching.tree import Tree
from coder.types import Actor

_THIRD = frozenset(
    {
        "it",
        "they",
        "them",
        "he",
        "she",
        "him",
        "her",
        "its",
        "their",
        "his",
        "itself",
        "themselves",
        "himself",
        "who",
        "which",
        "that",
        "theirs",
    }
)
FIRST_PERSON = frozenset({"we", "us", "our", "i", "my", "me", "ours"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "himself"})
_PLURAL = frozenset({"they", "them", "their", "themselves", "theirs"})
_WINDOW = 8
_PARTIES = frozenset({None, "GOV", "MIL", "REB", "OPP", "PTY", "UAF"})
"""Roles of the parties that talk and fight."""


@dataclass(slots=True)
class Seen:
    """An actor that the article has named: where, and whether as a subject."""

    actor: Actor
    sentence: int
    token: int
    subject: bool
    person: bool
    plural: bool


@dataclass(slots=True)
class Memory:
    """Actors named so far, oldest first, and the last speaker of a quotation.

    `sets` has the words for bodies of people (`body_noun`: group, movement) and for states
    (`state_noun`: country, kingdom).
    """

    sets: Mapping[str, frozenset[str]]
    seen: list[Seen] = field(default_factory=list)
    speaker: Actor | None = None
    pairs: list[tuple[Actor, Actor]] = field(default_factory=list)
    """The two sides of deeds that had two parties, latest last: "the two governments" are these."""

    def both(self, tree: Tree, head: int) -> tuple[Actor, Actor] | None:
        """The sides that "the two sides", "both governments" or a bare "the two" speaks of."""
        state = tree.lemmas[head] in self.sets["state_side"]
        pair = next((p for p in reversed(self.pairs) if not state or _both_states(p)), None)
        if pair is None:
            return None
        words = {tree.lower[c] for c in tree.kids(head, "det", "nummod", "predet")}
        bare = tree.lower[head] in ("two", "both") and not tree.kids(head, "prep")
        counted = tree.lemmas[head] in self.sets["side_noun"] and (
            "both" in words or {"the", "two"} <= words or {"these", "two"} <= words
        )
        if tree.kids(head, "amod", "compound", "poss", "prep"):
            counted = counted and not any(
                "actor" in tree.kinds[c] for c in tree.kids(head, "amod", "compound", "poss")
            )
        named = bare and (tree.lower[head] == "both" or "the" in words)
        return pair if counted or named else None

    def remember_sides(self, sources: list[Actor], targets: list[Actor]) -> None:
        """Keep the sides of a deed, where each is one known actor and they differ."""
        if len(sources) == 1 and len(targets) == 1:
            one, other = sources[0], targets[0]
            known = one.cameo and other.cameo and one.cameo != other.cameo
            if known and one.role in _PARTIES and other.role in _PARTIES:
                self.pairs.append((one, other))

    def add(self, tree: Tree, sentence: int, head: int, actor: Actor) -> None:
        """Remember a named actor (one that has a code)."""
        if actor.cameo is None:
            return
        person = bool(actor.kinds & {"person", "leader"}) and tree.tags[head] in ("NN", "NNP")
        self.seen.append(
            Seen(
                actor,
                sentence,
                head,
                tree.deps[head] in ("nsubj", "nsubjpass", "agent")
                or (tree.deps[head] == "pobj" and tree.lower[tree.heads[head]] == "by"),
                person,
                tree.tags[head] in ("NNS", "NNPS"),
            )
        )

    def pronoun(self, tree: Tree, sentence: int, head: int) -> Actor | None:
        """The antecedent of a pronoun token, or None."""
        word = tree.lower[head]
        if word in FIRST_PERSON:
            return self.speaker
        if word not in _THIRD:
            return None
        banned = self._coarguments(tree, head)
        above = list(tree.ancestors(head))
        subjects = [
            c
            for a in above
            for c in tree.kids(a, "nsubj", "nsubjpass")
            if c < head and c not in banned
        ]
        pool = [
            s
            for s in self.seen
            if sentence - s.sentence <= _WINDOW
            and not (s.sentence == sentence and (s.token >= head or s.token in banned))
        ]
        fitting = [s for s in pool if self._fits(s, word)]
        for subject in subjects:
            for s in fitting:
                if s.sentence == sentence and s.token == subject:
                    return s.actor
        if not fitting:
            return None
        latest = max(s.sentence for s in fitting)
        here = [s for s in fitting if s.sentence == latest]
        best = [s for s in here if s.subject] or here
        return (best[0] if latest != sentence else best[-1]).actor

    def part_of_name(self, word: str) -> Actor | None:
        """The actor that a part of its name means once it has been named whole: "the Tigers"."""
        for s in reversed(self.seen):
            names = f"{s.actor.name} {s.actor.text}".replace("-", " ").split()
            if (
                s.actor.group
                and len(names) > 1
                and (word in names or word.removesuffix("s") in names)
            ):
                return s.actor
        return None

    def role_noun(self, sentence: int, head_word: str, actor: Actor) -> Actor | None:
        """The antecedent of "the group", "the army": the latest such actor with a country."""
        for s in reversed(self.seen):
            if sentence - s.sentence > _WINDOW or (
                s.actor.country is None and s.actor.group is None
            ):
                continue
            if actor.role is not None and s.actor.role == actor.role and s.actor.cameo:
                return s.actor
            if (
                actor.role is None
                and head_word in self.sets["body_noun"]
                and s.actor.kinds & {"armed_group", "movement", "party"}
            ):
                return s.actor
            if (
                actor.role is None
                and head_word in self.sets["state_noun"]
                and "country" in s.actor.kinds
            ):
                return s.actor
        if actor.role is None and head_word in self.sets["body_noun"]:
            organisations = [
                s
                for s in self.seen
                if "organisation" in s.actor.kinds and 0 < sentence - s.sentence <= _WINDOW
            ]
            return organisations[-1].actor if organisations else None
        return None

    @staticmethod
    def _coarguments(tree: Tree, head: int) -> set[int]:
        verb = tree.heads[head]
        if tree.deps[head] == "poss":
            return {verb}
        if tree.deps[head] == "pobj":
            verb = tree.heads[verb]
            if tree.deps[verb] == "dobj" and tree.tags[verb] in ("CD", "NN", "NNS"):
                verb = tree.heads[verb]  # "raped 12 of them"
                while tree.deps[verb] == "conj" and not tree.kids(verb, "nsubj", "nsubjpass"):
                    verb = tree.heads[verb]
        return {
            c
            for c in tree.children[verb]
            if tree.deps[c] in ("nsubj", "dobj", "nsubjpass", "dative")
        } - {head}

    @staticmethod
    def _fits(s: Seen, word: str) -> bool:
        if word in _PERSON:
            return s.person
        if word in ("it", "its", "itself"):
            return not s.person and not s.plural
        if word in _PLURAL:
            return s.plural or not s.person
        return True


def as_coreference(actor: Actor, text: str, by: Mapping[str, str] | None = None) -> Actor:
    """The antecedent's actor with the pronoun's own words."""
    return replace(actor, text=text, resolved_by="coreference")


def _both_states(pair: tuple[Actor, Actor]) -> bool:
    return all(a.role in (None, "GOV", "MIL") and a.country is not None for a in pair)
