"""Weapons spoken of again: "six drones dived on the harbour, and one of them hit a tanker".

Rules ask what kind of thing strikes. A pronoun, a bare number or a word like "device" is of the
kind of the weapon that the text named last, within the sentence or the two before.
"""

from __future__ import annotations

from collections.abc import Mapping

from coder.matching.tree import Tree

KINDS = frozenset({"drone", "missile", "shell_weapon", "aircraft"})
_REACH = 2
_ROLES = ("nsubj", "nsubjpass", "dobj")
_PARTS = frozenset(
    ["one", "some", "all", "both", "each", "most", "many", "several", "another", "others", "rest"]
)
_BACK = frozenset({"them", "these", "those", "which"})


class WeaponMemory:
    """What an article's sentences, read in order, have named as weapons so far.

    `sets` hold `weapon_hypernym` (device, craft), `weapon_motion` (slam, dive) and
    `weapon_fate` (shoot, intercept).
    """

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.hypernyms = sets["weapon_hypernym"]
        self.motion = sets["weapon_motion"]
        self.fate = sets["weapon_fate"] | self.motion
        self.last: frozenset[str] = frozenset()
        self.age = 0
        self.crewed = False

    def carry(self, tree: Tree) -> None:
        """Give the words of a sentence that speak of weapons again the kinds of these."""
        for i in range(tree.n):
            if self._jets(tree, i):
                tree.kinds[i] = self.last
                tree.spans.pop(i, None)
            own = tree.kinds[i] & KINDS
            if "aircraft" in own and self._unmanned(tree, i):
                tree.kinds[i] = own = self.last
            if own and tree.is_noun(i) and tree.deps[i] != "compound":
                self.last, self.age = own, 0
                self.crewed |= "aircraft" in own
            elif self.last and self._again(tree, i):
                tree.kinds[i] |= self.last
                for of in tree.kids(i, "prep"):
                    for them in tree.kids(of, "pobj"):
                        tree.kinds[them] |= self.last
        self.age += 1
        if self.age > _REACH:
            self.last = frozenset()

    def _jets(self, tree: Tree, i: int) -> bool:
        """ "The Kfir fighters" after jets are no rebels."""
        return (
            tree.lemmas[i] == "fighter"
            and self.last == {"aircraft"}
            and any(
                tree.tags[c] == "NNP" and not tree.kinds[c]
                for c in tree.kids(i, "compound", "nmod")
            )
        )

    def _unmanned(self, tree: Tree, i: int) -> bool:
        """ "The aircraft" after drones, where no crewed ones have been named, are the drones."""
        return (
            self.last == {"drone"}
            and not self.crewed
            and tree.lemmas[i] in self.hypernyms
            and self._definite(tree, i)
        )

    @staticmethod
    def _definite(tree: Tree, i: int) -> bool:
        return any(
            tree.lower[c] in ("the", "these", "those", "both") or tree.tags[c] == "CD"
            for c in tree.kids(i, "det", "nummod", "predet")
        )

    def _again(self, tree: Tree, i: int) -> bool:
        if tree.lemmas[i] in self.hypernyms:
            return not tree.kinds[i] and self._definite(tree, i)
        if tree.deps[i] not in _ROLES or tree.kinds[i] - {"number"}:
            return False
        verb = tree.lemmas[tree.heads[i]]
        if tree.tags[i] == "PRP":
            return tree.lower[i] in ("it", "they") and verb in self.motion
        if tree.tags[i] != "CD" and tree.lower[i] not in _PARTS:
            return False
        inside = [p for of in tree.kids(i, "prep") for p in tree.kids(of, "pobj")]
        return verb in self.fate and all(
            tree.lower[p] in _BACK or tree.lemmas[p] in self.hypernyms for p in inside
        )
