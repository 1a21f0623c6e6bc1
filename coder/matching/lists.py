"""Lists of names that the parser took for something else, put right.

"Chad, the Gambia and Mali" is a list of three, and in "lawmakers in Chad and Mali" the lawmakers
are of both: names with nothing but commas, "and", articles and adjectives between them, of which
only one hangs on something else.
"""

from __future__ import annotations

from dataclasses import replace

from coder.matching.tree import NP_LEFT, Tree
from coder.types import Parse

_AND = frozenset({"and", "or", "nor", "&"})
_BETWEEN = ("DT", "JJ", "CC", ",", "RB", "PRP$")
_WITHIN = frozenset({"appos", "conj", *NP_LEFT})


def mend_lists(tree: Tree) -> Parse | None:
    """The parse with lists of names put right, None where there is nothing to do. Names are the
    spans of the tree."""
    heads, deps = list(tree.parse.heads), list(tree.parse.deps)
    for names in _runs(tree):
        outside = [n for n in names if not _inside(tree, n, names)]
        if len(outside) != 1:
            continue
        first, anchor = names[0], outside[0]
        if first != anchor:
            heads[first], deps[first] = heads[anchor], deps[anchor]
        for name in names[1:]:
            heads[name], deps[name] = first, "conj"
    if heads == list(tree.parse.heads) and deps == list(tree.parse.deps):
        return None
    return replace(tree.parse, heads=tuple(heads), deps=tuple(deps))


def _runs(tree: Tree) -> list[list[int]]:
    """Names in a row with nothing but words of a list between them, "and" before the last."""
    spans = sorted((s.start, s.end, h) for h, s in tree.spans.items() if s.how == "name")
    out: list[list[int]] = []
    run: list[int] = []
    last_and = False
    for n, (start, _, head) in enumerate(spans):
        before = spans[n - 1][1] if n else start
        between = range(before, start)
        if run and between and all(_lists(tree, t) for t in between) and _separates(tree, between):
            run.append(head)
        else:
            out += [run] if len(run) > 1 and last_and else []
            run = [head]
        last_and = any(tree.lower[t] in _AND for t in between)
    return out + ([run] if len(run) > 1 and last_and else [])


def _lists(tree: Tree, t: int) -> bool:
    return tree.tags[t].startswith(_BETWEEN) or tree.deps[t] == "amod" or _stray(tree, t)


def _stray(tree: Tree, t: int) -> bool:
    """An adjective that the tagger took for a noun of its own: "the old sleepy Chad"."""
    return tree.tags[t] == "NN" and tree.deps[t] == "conj" and not tree.kids(t, "prep")


def _separates(tree: Tree, between: range) -> bool:
    return any(tree.lower[t] in _AND or tree.words[t] == "," for t in between)


def _inside(tree: Tree, name: int, names: list[int]) -> bool:
    """Whether a name hangs within its list: on another name of it, or beside what the first
    hangs on."""
    head, dep = tree.heads[name], tree.deps[name]
    if dep not in _WITHIN:
        return False
    if head in names or tree.heads[head] in names:
        return True
    return dep in ("conj", "appos") and name != names[0] and head in tree.ancestors(names[0])
