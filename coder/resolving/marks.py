"""What linking must know of a mention: whether it is recalled, definite, or spoken of before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.resolving.dates import is_background
from coder.resolving.scene import Scene
from coder.types import DEFINITE, HISTORY, NEEDS_DEED, TOLL, Filler, When

_A_LIFETIME = timedelta(days=100 * 365)
_A_YEAR = timedelta(days=366)


def recalled(tree: Tree, deed: Deed, when: When | None, published: date) -> bool:
    """Whether a deed of more than a year ago is only spoken of in passing: "a guide who told how
    the town was shelled in 1994". In the main clause it is what the text tells, if no more
    than a lifetime lies between."""
    if when is None or published - when.end <= _A_YEAR:
        return False
    if when.start_token > 0 and tree.lower[when.start_token - 1] == "since":
        return False  # "met for the first time since 1979"
    if published - when.end > _A_LIFETIME:
        return True
    at = deed.head
    while tree.deps[at] in ("conj", "ccomp", "parataxis", "dobj", "nsubj", "nsubjpass"):
        at = tree.heads[at]
    return tree.heads[at] != at


def dated_now(tree: Tree, deed: Deed, when: When | None, published: date) -> bool:
    """Whether a deed told from the past has a recent day of its own, not that of the telling."""
    if when is None or is_background(when, published):
        return False
    lo, hi = tree.span(deed.head)
    return lo <= when.start_token < hi


def told_beside(tree: Tree, deed: Deed) -> bool:
    """Whether a deed is only told of who it is: "Oman, which has hosted talks, ..."."""
    if tree.deps[deed.head] != "relcl":
        return False
    return any(tree.lower[c] in ("has", "have") for c in tree.kids(deed.head, "aux"))


def known_before(scene: Scene, filler: Filler) -> bool:
    """Whether a side is a pronoun or a definite noun without a name: "he", "the churchmen"."""
    tree, head = scene.tree, filler.head
    if head < 0 or filler.sentence != scene.sentence.index or tree.tags[head].startswith("NNP"):
        return False
    if tree.tags[head].startswith("PRP"):
        return True
    named = any(tree.tags[c] in ("NNP", "NNPS") for c in tree.children[head])
    return not named and any(tree.lower[c] == "the" for c in tree.kids(head, "det"))


def tags(tree: Tree, deed: Deed, history: bool) -> Iterator[str]:
    if deed.orphan:
        yield TOLL
        if not deed.may_stand_alone or any(t.nobody for t in deed.tolls):
            yield NEEDS_DEED
    if deed.tied_with:
        yield "tie"
    if "passive" in deed.forms:
        yield "passive"
    if history:
        yield HISTORY
    if _definite(tree, deed):
        yield DEFINITE


def _definite(tree: Tree, deed: Deed) -> bool:
    """Whether a noun deed is definite: "the raid", "that attack", "Friday's strikes"; a verb is
    where its weapon is: "the bombs fell on a hamlet"."""
    if tree.is_verb(deed.head):
        arms = (*deed.slots.get("source", ()), *deed.slots.get("weapon", ()))
        return any(
            "weapon" in tree.kinds[t] and tree.lower[c] == "the"
            for t in arms
            for c in tree.kids(t, "det")
        )
    return any(
        (tree.deps[c] == "det" and tree.lower[c] in _POINTING)
        or (tree.deps[c] == "poss" and "time" in tree.kinds[c])
        for c in tree.children[deed.head]
    )


_POINTING = frozenset({"the", "this", "that", "these", "those", "both"})
