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
                if tree.deps[c] == "prep" and tree.lower[c] == "according":
                    for g in tree.subtree(c):
                        if tree.deps[g] == "pobj":
                            return g
                if (
                    tree.is_verb(c)
                    and tree.lemmas[c] in self.verbs
                    and tree.deps[c] in ("parataxis", "ccomp", "advcl")
                    and c != i
                ):
                    if tree.deps[c] == "parataxis" or (
                        tree.kids(c, "nsubj") and not tree.kids(c, "ccomp", "dobj", "mark")
                    ):
                        subject = tree.kid(c, "nsubj")
                        if subject is not None and c > at:
                            return subject
            h = tree.heads[at]
            if h == at or tree.deps[at] not in _CLAUSE:
                return None
            if self.is_report(tree, h) and tree.deps[at] in (
                "ccomp",
                "parataxis",
                "advcl",
                "xcomp",
            ):
                subject = tree.kid(h, "nsubj")
                if subject is not None:
                    return subject
            at = h

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
