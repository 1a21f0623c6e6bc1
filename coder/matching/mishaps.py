"""Deeds that nobody meant or did: accidents, slips, animals, things, shells of old wars."""

from __future__ import annotations

from collections.abc import Mapping

from coder.matching.deed import Deed
from coder.matching.reasons import ARMS, POLITICAL, VIOLENT, Check
from coder.matching.tree import Tree

_EXPLOSIVE = ("assault.bomb", "assault.shelling", "assault.grenade", "disrupt")
_NATURE = frozenset({"disease", "natural_force", "weather", "animal", "medical"})
_INERT = frozenset(
    {"goods", "tech", "natural_force", "weather", "disease", "medical", "art", "business_thing"}
) | {"body_part", "money", "sport", "time"}


class Mishaps:
    """Deeds of nobody; `sets` are those of codebooks/core."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets
        self.checks: tuple[Check, ...] = (
            Check(VIOLENT, self._accident, "an accident"),
            Check(VIOLENT, self._slip, "a weapon went off by mistake"),
            Check(VIOLENT, self._against_nature, "against no people"),
            Check((*VIOLENT, "territory"), self._beasts, "done by animals"),
            Check((*VIOLENT, "coerce.coup", "yield.withdraw"), self._things, "done by a thing"),
            Check(VIOLENT, self._of_ancient_times, "of ancient times"),
            Check(_EXPLOSIVE, self._of_old_wars, "ordnance of an old war"),
        )

    def _accident(self, tree: Tree, deed: Deed) -> bool:
        """A toll of gas, fireworks, a storm or a crash that the clause above tells of; a ship that
        "struck a reef and sank"."""
        if self._wrecked(tree, deed.head):
            return True
        if not (deed.effect or deed.rule.effect):
            return False
        causes = {"accident", "natural_force", "weather", "disease"}
        words = self.sets["accident_cause"]
        for a in tree.ancestors(deed.head):
            for s in tree.kids(a, "nsubj", "nsubjpass") if tree.is_verb(a) else ():
                near = (s, *tree.kids(s, "compound", "amod", "nmod"))
                if any(tree.kinds[t] & ARMS for t in tree.subtree(s)):
                    continue  # a truck bomb, a wave of strikes
                if tree.kinds[s] & causes or any(tree.lemmas[t] in words for t in near):
                    return True
        return False

    def _wrecked(self, tree: Tree, verb: int) -> bool:
        if not tree.is_verb(verb) or tree.is_passive(verb):
            return False
        craft = {"vehicle", "ship", "warship", "aircraft"}
        return any(tree.kinds[s] & craft for s in tree.kids(verb, "nsubj")) and any(
            tree.lemmas[c] in self.sets["mishap_verb"] for c in tree.kids(verb, "conj")
        )

    def _slip(self, tree: Tree, deed: Deed) -> bool:
        """ "When his own rifle went off"; "took him for a boar and shot him"."""
        above = tree.heads[deed.head]
        mistaken = tree.deps[deed.head] == "conj" and any(
            tree.lower[c] == "for" for c in tree.kids(above, "prep")
        )
        if mistaken and tree.lemmas[above] in self.sets["mistake_verb"]:
            return True
        for clause in tree.kids(deed.head, "advcl"):
            subject = tree.kid(clause, "nsubj")
            if (
                subject is not None
                and "firearm" in tree.kinds[subject]
                and tree.lemmas[clause] in ("go", "discharge", "misfire", "fire")
            ):
                return True
        return False

    def _against_nature(self, tree: Tree, deed: Deed) -> bool:
        """ "Are fighting an outbreak", "shelled a snowfield to bring down an avalanche", "burned
        tyres to drive the locusts off"."""
        verb = deed.head
        if not tree.is_verb(verb):
            return False
        purposes = [
            c
            for c in tree.kids(verb, "advcl", "xcomp")
            if any(tree.lower[t] == "to" for t in tree.kids(c, "aux"))
        ]
        met = [t for v in (verb, *purposes) for t in tree.kids(v, "dobj")]
        if any(tree.lower[t] == "it" for t in deed.slots.get("target", ())):
            met += [
                s for s in range(verb) if tree.deps[s] == "nsubj"
            ]  # "... before guards shot it"
        return any(
            tree.kinds[t] & _NATURE and tree.lemmas[t] not in self.sets["livestock"] for t in met
        )

    def _beasts(self, tree: Tree, deed: Deed) -> bool:
        wild = tree.kids(deed.head, "nsubj") if tree.is_verb(deed.head) else []
        if any(
            "animal" in tree.kinds[s] and tree.lemmas[s] not in self.sets["livestock"] for s in wild
        ):
            return True
        return any(
            "animal" in tree.kinds[p]
            for head in (*deed.slots.get("source", ()), *deed.slots.get("target", ()))
            for of in tree.kids(head, "prep")
            if tree.lower[of] == "of"
            for p in tree.kids(of, "pobj")
        )

    @staticmethod
    def _things(tree: Tree, deed: Deed) -> bool:
        """ "Sugar has launched an assault on", "the monsoon is in full retreat": what cannot act is
        the subject of the verb that carries the deed."""
        carrier = next(
            (a for a in (deed.head, *tree.ancestors(deed.head)) if tree.is_verb(a)), None
        )
        if carrier is None or tree.is_passive(carrier):
            return False
        prep = tree.heads[deed.head]
        own = carrier == deed.head or (
            carrier in (prep, tree.heads[prep])
            and (tree.deps[deed.head] == "dobj" or tree.lower[prep] == "in")
        )
        subjects = tree.kids(carrier, "nsubj") if own else ()
        return any(
            tree.tags[s] in ("NN", "NNS")
            and tree.kinds[s]
            and tree.kinds[s] <= _INERT
            and not any(tree.kinds[t] & (ARMS | POLITICAL) for t in tree.subtree(s))
            for s in subjects
        )

    def _of_ancient_times(self, tree: Tree, deed: Deed) -> bool:
        """ "Bronze Age villagers", "medieval raiders"."""
        words = self.sets["ancient_word"]
        return any(
            tree.lower[c] in words
            for head in deed.people
            for c in tree.kids(head, "amod", "compound", "nmod")
        )

    def _of_old_wars(self, tree: Tree, deed: Deed) -> bool:
        """ "A bomb from the Second World War", "a mine laid in 1991"."""
        arms = [*deed.people, *deed.slots.get("weapon", ()), *deed.tokens]
        if tree.is_verb(deed.head):
            arms += tree.kids(deed.head, "dobj", "nsubj", "nsubjpass")
        for head in arms:
            if not tree.kinds[head] & {"weapon", "munition"}:
                continue
            lo, hi = tree.span(head)
            words = " ".join(tree.lower[lo:hi])
            if any(old in words for old in self.sets["old_war"]):
                return True
        return False
