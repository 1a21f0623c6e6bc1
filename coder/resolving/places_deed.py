"""Which places of a sentence belong to a deed: read off the parse, never off a window.

`relation` gives each place one of these ties, from the closest:

    deed       under the trigger: "bombed Baalbek", "a strike on Baalbek", "killed in Baalbek"
    target     in the phrase of its participants: "struck a hospital in Baalbek"
    modifier   "the Damascus bombing"
    clause     under the verb that governs the trigger, or a clause around it
    none       the speaker's place, an origin, a nationality, or no tie at all
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from coder.codebook.gazetteer import PlaceWords
from coder.matching.tree import Tree
from coder.resolving.places_spans import RANK, PlaceSpan

Tie = Literal["deed", "target", "modifier", "clause", "none"]
_NEAR: dict[Tie, int] = {"deed": 0, "target": 0, "modifier": 1, "clause": 2}
_OBJECTS = ("dobj", "nsubjpass", "pobj", "attr")
_MODIFIERS = ("compound", "nmod", "amod", "poss")
_CLAUSES = ("advcl", "conj", "relcl", "acl", "xcomp", "pcomp", "ccomp", "ROOT", "parataxis", "dep")


def places_for(
    tree: Tree,
    trigger: int,
    spans: Sequence[PlaceSpan],
    words: PlaceWords,
    sources: Collection[int] = (),
) -> list[PlaceSpan]:
    """The places of the deed whose trigger is token `trigger`, the best first.

    `sources` are head tokens of those who act: a place among them is no place of the deed.
    Closer ties come first, more specific places before larger ones, then nearness.
    """
    ranked = []
    for span in spans:
        tie = relation(tree, trigger, span, words, sources)
        if tie != "none":
            order = (_NEAR[tie], -RANK[_level(span)], abs(span.head - trigger))
            ranked.append((order, span.start, span))
    return [span for _, _, span in sorted(ranked, key=lambda r: r[:2])]


def _level(span: PlaceSpan) -> Literal["exact", "town", "admin2", "admin1", "country", "sea"]:
    return span.level or (span.candidates[0].level if span.candidates else "town")


def relation(
    tree: Tree,
    trigger: int,
    span: PlaceSpan,
    words: PlaceWords,
    sources: Collection[int] = (),
) -> Tie:
    """How a place belongs to the deed at `trigger`."""
    if span.head in sources or any(span.start <= s < span.end for s in sources):
        return "none"
    here = _clear(tree, span, words)
    if here == trigger:
        return "deed"
    dep, head = tree.deps[here], tree.heads[here]
    if dep in _MODIFIERS:
        if head == trigger:
            return _modifier(tree, span, trigger, words)
        if _level(span) == "country":
            return "none"
        # "a Gaza City hospital": go on from the noun; a country there is a nationality.
        return _noun(tree, trigger, head, words, sources, direct=False)
    if dep in ("pobj", "pcomp"):
        return _prepositional(tree, trigger, here, head, words, sources)
    if dep in ("nsubj", "csubj"):
        if head == trigger or tree.is_verb(head):
            witness = tree.lemmas[head].lower() in words.lists["witness"]
            return "deed" if witness and _near(tree, trigger, head) else "none"
        return "none"
    if dep in ("npadvmod", "advmod", "appos", "dep", "nmod") and tree.is_verb(head):
        return _verb(tree, trigger, head, words)
    return _noun(tree, trigger, here, words, sources, direct=True)


def _clear(tree: Tree, span: PlaceSpan, words: PlaceWords) -> int:
    """The token that stands for the place in the sentence: up through lists, appositions,
    "X province" and "the outskirts of X"."""
    i = span.head
    for _ in range(tree.n):
        dep, head = tree.deps[i], tree.heads[i]
        if head == i:
            break
        noun = tree.lemmas[head].lower()
        placed = noun in words.types or noun in words.lists["parts"]
        if dep in ("conj", "appos", "nmod") and tree.is_noun(head) and tree.is_noun(i):
            i = head
        elif dep in ("compound", "poss", "amod") and placed and tree.is_noun(head):
            i = head
        elif dep == "pobj" and tree.lower[head] == "of" and tree.deps[head] == "prep":
            noun = tree.lemmas[tree.heads[head]].lower()
            if noun not in words.types and noun not in words.lists["parts"]:
                break
            i = tree.heads[head]
        else:
            break
    return i


def _modifier(tree: Tree, span: PlaceSpan, trigger: int, words: PlaceWords) -> Tie:
    """"the Damascus bombing", "the Jordan attack"; but "a US strike" is by the US."""
    if _level(span) != "country":
        return "modifier"
    if tree.deps[span.head] == "poss" or span.text.lower() in words.lists["adjectival"]:
        return "none"
    return "modifier" if any(tree.lower[c] == "the" for c in tree.children[trigger]) else "none"


def _prepositional(
    tree: Tree, trigger: int, here: int, prep: int, words: PlaceWords, sources: Collection[int]
) -> Tie:
    word, governor = tree.lower[prep], tree.heads[prep]
    # "into", "out of", "close to": prepositions may stand on one another or on an adverb.
    while tree.deps[governor] == "prep" and tree.heads[governor] != governor:
        if tree.lower[governor] in words.lists["away"]:
            return "none"
        prep, governor = governor, tree.heads[governor]
    place = word in words.lists["strong"] or word in words.lists["weak"]
    if word in words.lists["away"]:
        if not _distance(tree, prep, words):
            if word == "against" and governor == trigger:
                return "deed"
            return "none"
        while not tree.is_verb(governor) and tree.heads[governor] != governor:
            governor = tree.heads[governor]
        place = True
    if tree.deps[prep] == "agent" or governor in sources:
        return "none"
    if governor == trigger:
        return "deed"
    if not place and word != "of":
        return "none"
    if tree.is_verb(governor):
        return _verb(tree, trigger, governor, words) if place else "none"
    return _noun(tree, trigger, governor, words, sources, direct=False)


def _distance(tree: Tree, prep: int, words: PlaceWords) -> bool:
    """Whether "from" counts a distance: "40 km from X", "north of X"."""
    around = (tree.heads[prep], prep - 1)
    return any(
        tree.lemmas[i].lower() in words.lists["units"] or tree.lower[i] in words.lists["units"]
        for i in around
        if 0 <= i < tree.n
    )


def _noun(
    tree: Tree,
    trigger: int,
    noun: int,
    words: PlaceWords,
    sources: Collection[int],
    *,
    direct: bool,
) -> Tie:
    """The tie of a noun: up from it to the trigger, by objects and prepositional phrases."""
    i = noun
    for _ in range(tree.n):
        if i == trigger:
            return "deed" if direct else "target"
        if i in sources:
            return "none"
        dep, head = tree.deps[i], tree.heads[i]
        if head == i:
            return "clause" if _near(tree, trigger, i) and not direct else "none"
        if head == trigger and dep in _OBJECTS:
            return "deed" if direct and i == noun else "target"
        if dep == "pobj":
            if tree.deps[head] == "agent":
                return "none" if tree.heads[head] == trigger else "clause"
            if tree.lower[head] in words.lists["away"] and tree.heads[head] != trigger:
                return "none"
            i = tree.heads[head]
            direct = direct and i == trigger
            continue
        if tree.is_verb(head):
            if dep in ("nsubj", "csubj"):
                # Who acts: where they are is where they act, unless they only speak.
                return _verb(tree, trigger, head, words)
            return _verb(tree, trigger, head, words)
        i = head
        direct = False
    return "none"


def _verb(tree: Tree, trigger: int, verb: int, words: PlaceWords) -> Tie:
    if verb == trigger:
        return "deed"
    if tree.lemmas[verb].lower() in words.lists["reporting"]:
        return "none"
    return "clause" if _near(tree, trigger, verb) else "none"


def _near(tree: Tree, trigger: int, verb: int) -> bool:
    """Whether `verb` and the trigger are of one clause or of clauses joined with each other."""
    return _climbs(tree, trigger, verb) or _climbs(tree, verb, trigger)


def _climbs(tree: Tree, low: int, high: int) -> bool:
    i = low
    for _ in range(tree.n):
        if i == high:
            return True
        if tree.heads[i] == i:
            return False
        i = tree.heads[i]
    return False
