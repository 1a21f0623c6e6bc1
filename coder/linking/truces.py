"""How far a truce has come: proposed, agreed, in force, extended, violated or ended.

The type of a mention says most of it; the words around it say whether a truce that is told of was
prolonged or took effect, and whether a broken one is over. Stages are tags of mentions
(`truce.agreed`), which code lines can ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coder.matching.tree import Tree
from coder.resolving.scene import Matched
from coder.types import Mention

TRUCE = "truce."
"""Begins the tag of a stage."""
_OFFERED = "yield.ceasefire.offer"
_BROKEN = "yield.ceasefire.broken"
_MADE = ("yield.ceasefire", "yield.suspend_attacks")
_UP = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "prep", "compound", "xcomp", "acl", "conj"})
_AROUND = frozenset({"dobj", "pobj", "prep", "acomp", "xcomp", "relcl", "acl", "oprd", "prt"})

Sets = Mapping[str, frozenset[str]]


def stage_truces(
    mentions: Sequence[Mention], matched: Sequence[Matched], sets: Sets
) -> list[Mention]:
    """The mentions with a stage on those of a truce: a deed of their own, or one that is intended.

    Sets: `truce_prolonged`, `truce_starting`, `truce_ended`.
    """
    trees = {item.sentence.index: item.tree for item in matched}
    return [_staged(m, trees.get(m.sentence), sets) for m in mentions]


def _staged(m: Mention, tree: Tree | None, sets: Sets) -> Mention:
    stage = _stage(m, tree, sets) if tree is not None else None
    return m if stage is None else replace(m, tags=m.tags | {TRUCE + stage})


def _stage(m: Mention, tree: Tree, sets: Sets) -> str | None:
    first, planned = m.type, m.chain[-1] if m.type == "intend" else ""
    if first.startswith(_BROKEN):
        return "ended" if _words(tree, m) & sets["truce_ended"] else "violated"
    if first.startswith(_OFFERED) or planned.startswith(_MADE):
        return "proposed"
    if not first.startswith(_MADE):
        return None
    words = _words(tree, m)
    if words & sets["truce_prolonged"]:
        return "extended"
    if words & sets["truce_starting"] or first == "yield.suspend_attacks":
        return "in_force"
    return "agreed"


def _words(tree: Tree, m: Mention) -> set[str]:
    """Lemmas of the trigger, of what governs it up to its verb, and of what belongs to them."""
    return {tree.lemmas[t] for at in _spine(tree, m.head) for t in (at, *_beside(tree, at))}


def _spine(tree: Tree, head: int) -> Iterator[int]:
    """The head, and what it hangs on, up to the first verb."""
    yield head
    at = head
    while not tree.is_verb(at) and tree.deps[at] in _UP and tree.heads[at] != at:
        at = tree.heads[at]
        yield at


def _beside(tree: Tree, at: int) -> Iterator[int]:
    """What completes a word: "took effect", "came into force", "agreed to extend"."""
    for child in tree.kids(at, *_AROUND):
        yield child
        yield from tree.kids(child, "pobj", "dobj", "prep")
