"""Deeds of custom, practice, leisure, play and business: an attack on the chessboard is none."""

from __future__ import annotations

from collections.abc import Mapping

from coder.matching.deed import Deed
from coder.matching.reasons import ARMS, FORCES, POLITICAL, VIOLENT, Check
from coder.matching.tree import Tree
from coder.matching.types import is_a


class Pastimes:
    """Deeds of people at their pastimes; `sets` are those of codebooks/core."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets
        self.checks: tuple[Check, ...] = (
            Check((*VIOLENT, "protest", "coerce.repress"), self._custom, "a custom"),
            Check((*VIOLENT, "coerce.repress"), self._practice, "practice"),
            Check((*VIOLENT, "protest"), self._at_leisure, "a crowd at leisure"),
            Check(VIOLENT, self._at_play, "sport"),
            Check(VIOLENT, self._in_business, "a matter of business"),
        )

    def _custom(self, tree: Tree, deed: Deed) -> bool:
        """ "As custom requires", "in keeping with an old tradition", "at a festival", "marched to
        greet the team", "pelted one another with tomatoes"."""
        words = self.sets["custom_noun"]
        each_other = any(
            tree.lower[t] in ("another", "other") for t in tree.kids(deed.head, "dobj")
        ) and any("goods" in tree.kinds[t] for t in tree.subtree(deed.head))
        if each_other and "armed" not in {k for s in deed.people for k in tree.kinds[s]}:
            return True
        if any(tree.kinds[s] & FORCES for s in deed.people):
            return False  # an attack during a festival is an attack
        verb = tree.verb_over(deed.head)
        if verb is None:
            return False
        for c in tree.kids(verb, "prep", "advcl", "dobj"):
            under = [c, *tree.children[c]]
            under += [g for t in tree.children[c] for g in tree.children[t]]
            if tree.deps[c] != "dobj" and any(tree.lemmas[t] in words for t in under):
                return True
        greeted = [t for c in tree.kids(verb, "advcl", "xcomp") for t in tree.kids(c, "dobj")]
        if is_a(deed.type, "protest") and any("sport" in tree.kinds[t] for t in greeted):
            return True
        return is_a(deed.type, "protest") and any(
            tree.kinds[p] & {"sport", "event_peaceful"} and "protest" not in tree.lemmas[p]
            for prep in tree.kids(verb, "prep")
            if tree.lower[prep] == "for"
            for p in tree.kids(prep, "pobj")
        )

    @staticmethod
    def _practice(tree: Tree, deed: Deed) -> bool:
        """ "Fired at wooden targets in its yearly shooting practice"."""
        verb = tree.verb_over(deed.head)
        return verb is not None and any(
            tree.lemmas[p] in ("practice", "drill", "exercise", "rehearsal", "training")
            for prep in tree.kids(verb, "prep")
            if tree.lower[prep] in ("in", "during", "for", "as")
            for p in tree.kids(prep, "pobj")
        )

    def _at_leisure(self, tree: Tree, deed: Deed) -> bool:
        """ "Shoppers stormed a new supermarket", "fans of both clubs marched to the ground"."""
        sources = deed.slots.get("source", ())
        if deed.rule.effect or any(
            tree.kinds[t] & POLITICAL
            for head in deed.slots.get("target", ())
            for t in tree.subtree(head)
        ):
            return False
        if sources and all(tree.lemmas[s] in self.sets["leisure_noun"] for s in sources):
            return True
        return is_a(deed.type, "protest") and any(
            "sport" in tree.kinds[p] and not tree.kinds[p] & POLITICAL
            for s in sources
            for of in tree.kids(s, "prep")
            for p in tree.kids(of, "pobj")
        )

    def _at_play(self, tree: Tree, deed: Deed) -> bool:
        """ "Sacrificed both rooks, launched an attack and won"."""
        if any(tree.kinds[s] & (FORCES | ARMS) for s in deed.people):
            return False
        verb = tree.verb_over(deed.head)
        if verb is None:
            return False
        top = tree.heads[verb] if tree.deps[verb] == "conj" else verb
        return any(
            "sport" in tree.kinds[t] and not tree.kinds[t] & POLITICAL
            for v in (top, *tree.kids(top, "conj"))
            for t in tree.kids(v, "dobj", "nsubj")
        )

    def _in_business(self, tree: Tree, deed: Deed) -> bool:
        """ "Shares jumped after a dawn raid by an unnamed buyer"."""
        sides = (*deed.slots.get("source", ()), *deed.slots.get("target", ()))
        if any(tree.kinds[s] & POLITICAL for s in sides):
            return False
        return any(
            tree.lemmas[s] in self.sets["market_noun"]
            for a in tree.ancestors(deed.head)
            if tree.is_verb(a)
            for s in tree.kids(a, "nsubj", "nsubjpass")
        )
