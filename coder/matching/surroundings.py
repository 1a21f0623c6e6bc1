"""What the sentences around a deed say it was: an accident, a scene of a film, a false alarm.

"Three conscripts were killed" is no attack where the sentence before has their lorry leave the
road. Only deeds that name no armed author are asked about, and only the sentence itself and its
neighbours are heard; a weapon of war among them settles it the other way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.matching.types import is_a

_VIOLENT = ("assault", "abduct", "property", "riot", "mob", "protest.riot", "mass_violence")
_ARMED = frozenset(
    {"armed", "nonstate_armed", "state_force", "police", "protester", "rioter", "aircraft"}
    | {"drone", "suicide_weapon"}
)
_ARMS = frozenset(
    {"aircraft", "drone", "missile", "shell_weapon", "bomb_weapon", "grenade", "firearm"}
    | {"suicide_weapon", "nonstate_armed"}
)
_SMALL_ARMS = frozenset({"firearm"})
_SUBJECTS = ("nsubj", "nsubjpass")
_BLASTS = frozenset({"blast", "explosion", "fire", "blaze"})
_BY_FORCE = frozenset({"fire", "friendly fire", "collapse", "fall", "blaze", "breakdown", "crush"})
_PREDICATE = ("attr", "oprd", "acomp")
_REACH = 1
_ACCIDENT, _CUSTOM = "an accident", "a custom"
_HARM = ("assault.kill", "assault.injure", "property")


class Surroundings:
    """Settles the violent deeds of an article; `sets` are those of codebooks/core."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets

    def settle(self, sentences: Sequence[tuple[Tree, Sequence[Deed]]]) -> None:
        """Suppress the deeds of an article that its own words explain away."""
        for at, (tree, deeds) in enumerate(sentences):
            doubtful = [d for d in deeds if not d.suppressed and _doubtful(tree, d)]
            if not doubtful:
                continue
            before, after = sentences[max(0, at - _REACH) : at], sentences[at + 1 : at + 1 + _REACH]
            why = self._explained([*before, (tree, deeds), *after], [t for t, _ in after])
            for deed in doubtful if why else ():
                if _may_be(deed, why):
                    deed.suppressed = why

    def _explained(
        self, around: Sequence[tuple[Tree, Sequence[Deed]]], after: Sequence[Tree]
    ) -> str:
        near = [tree for tree, _ in around]
        if any(self._alarm_was_false(t) for t in after):
            return "a false alarm"
        if any(map(self._filmed, near)):
            return "a scene that is filmed"
        if any(map(self._drilled, near)):
            return "a drill"
        if any(map(self._festive, near)) and not any(_at_war(*one, _SMALL_ARMS) for one in around):
            return _CUSTOM
        if any(map(self._mishap, near)) and not any(_at_war(*one) for one in around):
            return _ACCIDENT
        return ""

    def _mishap(self, tree: Tree) -> bool:
        """ "The bus overturned", "a wall collapsed", "a leaking cylinder", "a short circuit"."""
        for i in range(tree.n):
            if tree.is_verb(i):
                subjects = tree.kids(i, *_SUBJECTS)
                if any(self._goes_wrong(tree, i, s) for s in subjects):
                    return True
            elif tree.is_noun(i):
                near = {tree.lemmas[c] for c in tree.kids(i, "compound", "amod", "nmod", "acl")}
                mishap = "accident" in tree.kinds[i] and tree.lemmas[i] not in _BY_FORCE
                hard = tree.lemmas[i] == "landing" and near & {"hard", "forced", "rough"}
                if (
                    mishap
                    or hard
                    or tree.lemmas[i] in self.sets["mishap_noun"]
                    or (tree.lemmas[i] in self.sets["gas_vessel"] and near & self.sets["gas_word"])
                ):
                    return True
        return False

    def _goes_wrong(self, tree: Tree, verb: int, subject: int) -> bool:
        lemma = tree.lemmas[verb]
        kinds = tree.kinds[subject]
        if kinds & {"vehicle", "ship", "aircraft"} or tree.lower[subject] in ("it", "which"):
            leaves = lemma in ("leave", "run", "go", "come", "roll") and any(
                tree.lemmas[t] in ("road", "off", "over", "rail", "track", "carriageway")
                for t in tree.subtree(verb)
                if t > verb
            )
            if lemma in self.sets["mishap_verb"] or leaves:
                return True
        stands = kinds & {"building", "facility", "infrastructure", "civilian_site"}
        if (stands or tree.lemmas[subject] in self.sets["structure_noun"]) and lemma in (
            *("collapse", "cave", "crumble", "topple", "crash", "subside", "buckle"),
        ):
            return True
        nature = kinds & {"natural_force", "weather", "accident"} and not tree.is_passive(verb)
        # "a wave of strikes" is no wave
        return bool(nature) and not any(
            "violence_noun" in tree.kinds[t] for t in tree.subtree(subject)
        )

    def _filmed(self, tree: Tree) -> bool:
        """ "A crew was shooting the chase of a thriller", "came from the set of a film"."""
        for i in range(tree.n):
            told: list[int] = []
            if tree.is_verb(i) and tree.lemmas[i] in self.sets["film_verb"]:
                told = [t for o in tree.kids(i, "dobj", *_SUBJECTS) for t in tree.subtree(o)]
            elif tree.is_noun(i) and tree.lemmas[i] in self.sets["film_part"]:
                told = [t for p in tree.kids(i, "prep") for t in tree.kids(p, "pobj")]
            if any(self._is_work(tree, t) for t in told):
                return True
            players = tree.lemmas[i] in ("crew", "extra", "stuntman")
            if players and any(self._is_work(tree, c) for c in tree.kids(i, "compound")):
                return True
        return False

    def _is_work(self, tree: Tree, i: int) -> bool:
        return "art" in tree.kinds[i] or tree.lemmas[i] in self.sets["fiction_noun"]

    def _drilled(self, tree: Tree) -> bool:
        """ "A simulated gas attack", "in the yearly earthquake drill", "actors played the dead"."""
        for i in range(tree.n):
            if tree.lemmas[i] in ("simulated", "simulate", "rehearse", "role-play", "reenact"):
                return True
            drill = tree.lemmas[i] in ("drill", "rehearsal", "simulation") and tree.is_noun(i)
            if drill and tree.deps[i] in (*_SUBJECTS, *_PREDICATE, "pobj", "dobj"):
                return True
        return False

    def _festive(self, tree: Tree) -> bool:
        """A wedding, a carnival: what is fired or stormed there is for show."""
        for i in range(tree.n):
            if tree.lemmas[i] in self.sets["festive_noun"]:
                return True
            if (
                tree.is_noun(i)
                and any(
                    tree.lower[c] in ("yearly", "annual", "traditional", "ritual", "mock")
                    for c in tree.kids(i, "amod")
                )
                and ({"violence_noun", "event_peaceful"} & tree.kinds[i])
            ):
                return True
        return False

    def _alarm_was_false(self, tree: Tree) -> bool:
        """ "There had been none: a tyre had burst"; "the call turned out to be a hoax"."""
        for i in range(tree.n):
            above = tree.lemmas[tree.heads[i]]
            if tree.lemmas[i] in self.sets["hoax_noun"] and tree.deps[i] in _PREDICATE:
                return True
            if (
                "violence_noun" in tree.kinds[i]
                and above == "be"
                and any(tree.lower[c] == "no" for c in tree.kids(i, "det"))
            ):
                return True  # "there had been no attack"
            if tree.lower[i] in ("none", "nothing") and above in ("be", "find", "happen"):
                return True
            if tree.lemmas[i] == "backfire" and tree.kids(i, *_SUBJECTS):
                return True
        return False


def _doubtful(tree: Tree, deed: Deed) -> bool:
    """Whether a deed of violence names nobody with arms who did it."""
    if not any(is_a(deed.type, t) for t in _VIOLENT):
        return False
    return not any(tree.kinds[s] & _ARMED for s in deed.slots.get("source", ()))


def _may_be(deed: Deed, why: str) -> bool:
    """Whether a deed can be what its surroundings say: a bombing is no accident, though people may
    be killed in one; nobody is killed for show."""
    killed = "killed" in (deed.effect, deed.rule.effect) or any(
        t.kind == "killed" for t in deed.tolls
    )
    if why == _ACCIDENT:
        return any(is_a(deed.type, t) for t in _HARM)
    return why != _CUSTOM or not killed


def _at_war(tree: Tree, deeds: Sequence[Deed], but: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence names weapons of war, or a deed of somebody with arms; `but` are kinds
    of weapons that count for nothing."""
    if any(
        kinds & _ARMS - but and tree.deps[i] != "compound" for i, kinds in enumerate(tree.kinds)
    ):
        return True
    return any(
        not _doubtful(tree, d) and any(is_a(d.type, t) for t in _VIOLENT)
        for d in deeds
        if not d.suppressed
    )
