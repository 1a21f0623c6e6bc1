"""Word and kind tests of conditions, compiled: `has`, `is` and `within` of one token.

A word is written plainly, or as `set:NAME`. Words of two parts ("gun boat") are found with a space
or a hyphen between them, by the second.

>>> from coder.types import Parse
>>> t = Tree(Parse(("Gun", "boats", "sank"), ("gun", "boat", "sink"), ("NN", "NNS", "VBD"),
...                ("compound", "nsubj", "ROOT"), (1, 2, 2), (0, 4, 10)))
>>> is_word(["set:craft"], {"craft": frozenset({"gun boat"})})(t, 1)
True
>>> within(["gun"], {})(t, 1), is_kind(["singular"])(t, 1)
(True, False)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache

from coder.matching.tree import NP_LEFT, Tree, mask_of

TokenTest = Callable[[Tree, int], bool]
Sets = Mapping[str, frozenset[str]]

BY_TAG: Mapping[str, frozenset[str]] = {
    "proper": frozenset({"NNP", "NNPS"}),
    "pronoun": frozenset({"PRP", "PRP$", "WP"}),
    "singular": frozenset({"NN", "NNP"}),
    "number": frozenset({"CD"}),
}
_KIND = "kind:"
_FAR = 3
_MODIFIERS = mask_of([*NP_LEFT, "conj"])
_PREP = mask_of(["prep"])


def is_word(words: Sequence[str], sets: Sets) -> TokenTest:
    """Whether the lemma or the word itself is one of these words."""
    single = _listed(words, sets)
    pairs = frozenset(w for name in words if _is_set(name) for w in _pairs(sets[name[4:]]))
    if not pairs:

        def one(tree: Tree, i: int) -> bool:
            return tree.lemmas[i] in single or tree.lower[i] in single

        return one
    lasts = _lasts(pairs)

    def one_or_two(tree: Tree, i: int) -> bool:
        lemma = tree.lemmas[i]
        if lemma in single or tree.lower[i] in single:
            return True
        return lemma in lasts and _ends_pair(tree, i, pairs)

    return one_or_two


def plain_words(words: Sequence[str], sets: Sets) -> frozenset[str]:
    """Words and lemmas of which a sentence holds one where `is_word` holds of a token."""
    listed = _listed(words, sets)
    return listed | _lasts(_pairs(listed))


def _listed(words: Sequence[str], sets: Sets) -> frozenset[str]:
    """The words themselves and those of the sets among them."""
    named = [sets[w[4:]] for w in words if w.startswith("set:")]
    if len(named) == len(words) == 1:
        return named[0]
    plain = frozenset(words) if not named else frozenset(w for w in words if not _is_set(w))
    return plain.union(*named)


@cache
def _pairs(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(w for w in words if " " in w)


def _lasts(pairs: Iterable[str]) -> frozenset[str]:
    return frozenset(w.rpartition(" ")[2] for w in pairs)


def _is_set(word: str) -> bool:
    return word.startswith("set:")


def _ends_pair(tree: Tree, i: int, pairs: Collection[str]) -> bool:
    if i and f"{tree.lower[i - 1]} {tree.lemmas[i]}" in pairs:
        return True
    return i > 1 and tree.words[i - 1] == "-" and f"{tree.lower[i - 2]} {tree.lemmas[i]}" in pairs


def is_kind(kinds: Sequence[str]) -> TokenTest:
    """Whether the token is of one of these kinds; `proper`, `pronoun`, `singular` and `number` go
    by its tag."""
    tags = frozenset(tag for kind in kinds for tag in BY_TAG.get(kind, ()))
    own = frozenset(kind for kind in kinds if kind not in BY_TAG)
    others = "pronoun" in kinds
    if not tags:
        return lambda tree, i: not own.isdisjoint(tree.kinds[i])

    def test(tree: Tree, i: int) -> bool:
        return (
            tree.tags[i] in tags
            or not own.isdisjoint(tree.kinds[i])
            or (others and tree.lower[i] == "others")
        )

    return test


def within(tests: Sequence[str], sets: Sets) -> TokenTest:
    """Whether the token or a word beside it (`beside`) passes one of the tests, each a word, a set
    or `kind:NAME`."""
    kinds = [t.removeprefix(_KIND) for t in tests if t.startswith(_KIND)]
    words = [t for t in tests if not t.startswith(_KIND)]
    of_kind, has = is_kind(kinds), is_word(words, sets)

    def test(tree: Tree, i: int) -> bool:
        for j in beside(tree, i):
            if (kinds and of_kind(tree, j)) or (words and has(tree, j)):
                return True
        return False

    return test


def beside(tree: Tree, i: int) -> Sequence[int]:
    """The token with its modifiers on the left, its conjuncts and what stands under its "of", three
    steps down. Remembered on the tree."""
    known = tree.near.get(i)
    if known is None:
        known = tree.near[i] = [i]
        layer = [i]
        for _ in range(_FAR):
            layer = [c for j in layer for c in _next_to(tree, j)]
            if not layer:
                break
            known += layer
    return known


def _next_to(tree: Tree, j: int) -> Sequence[int]:
    children = tree.children[j]
    if not children or tree.own[j] & _PREP:
        return children
    own, lower = tree.own, tree.lower
    return [c for c in children if own[c] & _MODIFIERS or (own[c] & _PREP and lower[c] == "of")]
