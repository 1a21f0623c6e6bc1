"""Who says it: reporting verbs, "according to", and quotation marks."""

from __future__ import annotations

from collections.abc import Mapping

from coder.matching.tree import Tree

_CLAUSE = frozenset(
    {
        "ccomp",
        "parataxis",
        "advcl",
        "relcl",
        "conj",
        "xcomp",
        "pcomp",
        "acl",
        "prep",
        "pobj",
        "dobj",
        "nsubj",
        "nsubjpass",
        "attr",
        "appos",
        "agent",
        "oprd",
        "dep",
    }
)

_REPORTED = ("ccomp", "parataxis", "advcl", "xcomp")
_ASIDE = ("parataxis", "ccomp", "advcl")


class Reporting:
    """Finds speakers; `sets["report_verb"]` are the verbs of plain reporting."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.verbs = sets["report_verb"]

    def is_report(self, tree: Tree, i: int) -> bool:
        return tree.is_verb(i) and tree.lemmas[i] in self.verbs

    def speaker(self, tree: Tree, i: int) -> int | None:
        """Head token of whoever reports the deed at i, or None for the narrator."""
        at = i
        while True:
            for c in tree.children[at]:
                found = self._beside(tree, c, at, i)
                if found is not None:
                    return found
            h = tree.heads[at]
            if h == at or tree.deps[at] not in _CLAUSE:
                return None
            if self.is_report(tree, h) and tree.deps[at] in _REPORTED:
                subject = tree.kid(h, "nsubj")
                if subject is not None:
                    return subject
            at = h

    def _beside(self, tree: Tree, c: int, at: int, deed: int) -> int | None:
        """Whom a child c of token `at` names as speaker: "according to X", ", X said"."""
        dep = tree.deps[c]
        if dep == "prep" and tree.lower[c] == "according":
            return next((g for g in tree.subtree(c) if tree.deps[g] == "pobj"), None)
        if c == deed or dep not in _ASIDE or not self.is_report(tree, c):
            return None
        subject = tree.kid(c, "nsubj")
        if subject is None or c <= at:
            return None
        whole = dep == "parataxis" or not tree.kids(c, "ccomp", "dobj", "mark")
        return subject if whole else None

    @staticmethod
    def quoted(tree: Tree, i: int) -> bool:
        """Whether token i stands inside quotation marks of the sentence."""
        inside = False
        for j in range(i):
            if tree.words[j] in ("“", "«", "``"):
                inside = True
            elif tree.words[j] in ("”", "»", "''"):
                inside = False
            elif tree.words[j] == '"':
                inside = not inside
        return inside
