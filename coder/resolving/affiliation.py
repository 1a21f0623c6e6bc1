"""Whose people somebody is who has no name: "gunmen believed to belong to Boko Haram"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coder.matching.tree import Tree

_BEHIND = ("acl", "relcl", "amod", "advcl")
_DOWN = ("xcomp", "ccomp", "pcomp", "acomp", "attr", "oprd")
_LINKING = frozenset({"to", "with", "of", "from", "under", "in"})
_HELD_TO = frozenset({"presume", "believe", "suspect", "think", "allege"})
_TO = frozenset({"to", "with", "for"})


def affiliations(tree: Tree, head: int, sets: Mapping[str, frozenset[str]]) -> Iterator[int]:
    """Heads of the phrases that say to whom the people of a noun belong, nearest first.

    `sets` has the words that tie people to what they serve (`bond_word`: belong, loyal, allied),
    what they are known by (`uniform_noun`: uniform, flag; `bond_noun`: links, ties) and the nouns
    of those who fight or act for it (`carrier`, `armed_carrier`).
    """
    above = tree.heads[head]
    misread = tree.deps[head] == "nsubj" and tree.lemmas[above] in _HELD_TO
    if misread and tree.tags[above] == "VBD" and tree.kid(above, "dobj", "ccomp") is None:
        yield from _bound(tree, above, sets, 0)  # "men presumed to belong to it shot"
    for c in tree.children[head]:
        if c < head:
            continue
        if tree.deps[c] in _BEHIND:
            yield from _bound(tree, c, sets, 0)
        elif tree.deps[c] == "prep":
            yield from _by_mark(tree, c, sets)


def _bound(tree: Tree, at: int, sets: Mapping[str, frozenset[str]], depth: int) -> Iterator[int]:
    if depth > 3 or tree.kid(at, "neg") is not None:
        return
    if tree.lemmas[at] in sets["bond_word"] or tree.lower[at] in sets["bond_word"]:
        for p in tree.kids(at, "prep", "dative"):
            if tree.lower[p] in _TO:
                yield from tree.kids(p, "pobj")
        return
    for c in tree.kids(at, "dobj"):
        if tree.lemmas[c] in sets["uniform_noun"]:  # "men waving the flag of", "wearing uniforms"
            yield from _owners(tree, c)
    for c in tree.kids(at, *_DOWN):
        member = tree.lemmas[c] in sets["carrier"] or tree.lemmas[c] in sets["armed_carrier"]
        if tree.deps[c] == "attr" and member:
            yield c
        else:
            yield from _bound(tree, c, sets, depth + 1)
    for p in tree.kids(at, "prep"):
        if tree.lower[p] in _LINKING:
            for c in tree.kids(p, "pcomp"):
                yield from _bound(tree, c, sets, depth + 1)
            yield from _by_mark(tree, p, sets)


def _by_mark(tree: Tree, preposition: int, sets: Mapping[str, frozenset[str]]) -> Iterator[int]:
    """ "In RSF uniforms", "with links to the Taliban"."""
    for c in tree.kids(preposition, "pobj"):
        if tree.lower[preposition] in ("in", "with") and tree.lemmas[c] in sets["uniform_noun"]:
            yield from _owners(tree, c)
        elif tree.lower[preposition] == "with" and tree.lemmas[c] in sets["bond_noun"]:
            for p in tree.kids(c, "prep"):
                if tree.lower[p] in _TO:
                    yield from tree.kids(p, "pobj")


def _owners(tree: Tree, noun: int) -> Iterator[int]:
    yield from (c for c in tree.kids(noun, "compound", "amod", "nmod", "poss") if c in tree.spans)
    for p in tree.kids(noun, "prep"):
        if tree.lower[p] == "of":
            yield from tree.kids(p, "pobj")
