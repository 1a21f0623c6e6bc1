"""Which places of a sentence belong to a deed: read off the parse, never off a window.

`relation` gives each place one of these ties, from the closest:

    deed       under the trigger: "bombed Baalbek", "a strike on Baalbek", "killed in Baalbek"
    target     in the phrase of its participants: "struck a hospital in Baalbek"
    modifier   "the Damascus bombing"
    clause     under the verb that governs the trigger, or a clause around it
    goal       where the deed leads: "flew to Beijing"
    loose      named as a place elsewhere in the sentence
    origin     where it comes from: "fired from Gaza"
    none       the speaker's place, a nationality, a country that acts, a topic of talks
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from coder.codebook.gazetteer import PlaceWords
from coder.matching.tree import Tree
from coder.resolving.places_spans import RANK, PlaceSpan
from coder.types import GeoLevel

Tie = Literal["deed", "target", "modifier", "clause", "loose", "goal", "origin", "none"]
_NEAR: dict[Tie, int] = {
    "deed": 0, "target": 0, "modifier": 1, "clause": 2, "goal": 3, "loose": 4, "origin": 5
}  # fmt: skip
_OBJECTS = ("dobj", "nsubjpass", "pobj", "attr")
_MODIFIERS = ("compound", "nmod", "amod", "poss")


def places_for(
    tree: Tree,
    trigger: int,
    spans: Sequence[PlaceSpan],
    words: PlaceWords,
    sources: Collection[int] = (),
) -> list[PlaceSpan]:
    """The places of the deed whose trigger is token `trigger`, the best first.

    `sources` are head tokens of those who act: a place among them is no place of the deed.
    Closer ties come first, more specific places before larger ones, then nearness, then the
    order of the words. A quarter comes after its town, and what only says the way ("south
    of X", "40 km from X") after the place itself.
    """
    ranked = []
    ties = {s.start: relation(tree, trigger, s, words, sources) for s in spans}
    for span in spans:
        tie = ties[span.start]
        if tie != "none":
            landmark = _is_landmark(tree, span, words)
            second = span.quarter or landmark
            step = _NEAR[tie]
            if landmark:  # "Ganthier, east of X": no nearer than Ganthier
                beside = [s for s in spans if s.end == span.start - 3 and tree.words[s.end] == ","]
                known = (ties[s.start] for s in beside)
                step = max((step, *(_NEAR[t] for t in known if t != "none")))
            near = abs(_first_of_list(tree, span.head) - trigger)
            rank = min(RANK[_level(span)], RANK["town"])
            order = (step, second, -rank, near, span.start)
            ranked.append((order, span))
    return [span for _, span in sorted(ranked, key=lambda r: r[0])]


def _level(span: PlaceSpan) -> GeoLevel:
    return span.level or (span.candidates[0].level if span.candidates else "town")


def _is_landmark(tree: Tree, span: PlaceSpan, words: PlaceWords) -> bool:
    i = span.start
    if i < 2:
        return False
    if tree.lower[i - 1] == "of" and tree.lower[i - 2] in words.lists["compass"]:
        return True
    return tree.lower[i - 1] in words.lists["origins"] and _distance(tree, i - 1, words)


def _first_of_list(tree: Tree, i: int) -> int:
    while tree.deps[i] == "conj" and tree.heads[i] != i:
        i = tree.heads[i]
    return i


def relation(
    tree: Tree,
    trigger: int,
    span: PlaceSpan,
    words: PlaceWords,
    sources: Collection[int] = (),
) -> Tie:
    """How a place belongs to the deed at `trigger`."""
    if any(span.start <= s < span.end for s in (*sources, span.head) if s in sources):
        return "none"
    here = _clear(tree, span, words)
    if here == trigger:
        return "deed"
    dep, head = tree.deps[here], tree.heads[here]
    if dep in _MODIFIERS:
        if head == trigger:
            return _modifier(tree, span, trigger, words)
        if _level(span) == "country" or _is_government(tree, span, head):
            return "none"
        # "a Gaza City hospital": go on from the noun; a country there is a nationality.
        return _noun(tree, trigger, head, words, direct=False)
    if dep in ("pobj", "pcomp"):
        return _prepositional(tree, trigger, here, words, _level(span))
    if dep in ("nsubj", "csubj"):
        witness = tree.is_verb(head) and tree.lemmas[head].lower() in words.lists["witness"]
        return "deed" if witness and _joined(tree, trigger, head) else "none"
    if dep == "npadvmod" and tree.deps[head] == "amod":
        return "none"  # "X-backed"
    if dep in ("npadvmod", "advmod", "appos", "dep") and tree.is_verb(head):
        return _verb(tree, trigger, head, words)
    return _noun(tree, trigger, here, words, direct=True)


def _is_government(tree: Tree, span: PlaceSpan, owned: int) -> bool:
    """Whether a capital stands for its government: "Tehran's relationship with the group"."""
    named = tree.spans.get(span.head)
    return (
        tree.deps[span.head] == "poss"
        and named is not None
        and named.how == "seat"
        and "abstract" in tree.kinds[owned]
    )


def _clear(tree: Tree, span: PlaceSpan, words: PlaceWords) -> int:
    """The token that stands for the place in the sentence: up through lists, appositions,
    "X province" and "the outskirts of X"."""
    i = span.head
    placed = words.lists["parts"] | words.types.keys()
    for _ in range(tree.n):
        dep, head = tree.deps[i], tree.heads[i]
        if head == i:
            break
        if (dep in ("conj", "appos", "nmod") and tree.is_noun(head) and tree.is_noun(i)) or (
            dep in _MODIFIERS and tree.is_noun(head) and tree.lemmas[head].lower() in placed
        ):
            i = head
        elif dep == "pobj" and tree.lower[head] == "of" and tree.deps[head] == "prep":
            above = tree.heads[head]
            if tree.lemmas[above].lower() not in placed and tree.lower[above] not in placed:
                break
            i = above
        else:
            break
    return i


def _modifier(tree: Tree, span: PlaceSpan, trigger: int, words: PlaceWords) -> Tie:
    """ "the Damascus bombing", "the Jordan attack"; but "a US strike" is by the US."""
    if _level(span) != "country":
        return "modifier"
    if tree.deps[span.head] == "poss" or span.text.lower() in words.lists["adjectival"]:
        return "none"
    return "modifier" if any(tree.lower[c] == "the" for c in tree.children[trigger]) else "none"


def _prepositional(tree: Tree, trigger: int, here: int, words: PlaceWords, level: GeoLevel) -> Tie:
    lists = words.lists
    prep = tree.heads[here]
    governor = tree.heads[prep]
    # "out of", "close to", "up in": prepositions may stand on one another or on an adverb.
    while tree.deps[governor] == "prep" and tree.heads[governor] != governor:
        if tree.lower[governor] in lists["away"]:
            return "none"
        if tree.lower[governor] in lists["origins"]:
            return "origin"
        prep, governor = governor, tree.heads[governor]
    word = tree.lower[tree.heads[here]]
    if tree.deps[prep] == "agent":
        return "none"
    if word in lists["topics"] or (
        word not in lists["strong"] and tree.lemmas[governor].lower() in lists["topics"]
    ):
        return "none"
    if word in lists["links"] and tree.lemmas[governor].lower() not in words.types:
        return "none"
    if word in lists["origins"] and _distance(tree, prep, words):
        return _verb(tree, trigger, _verb_above(tree, governor), words)
    if word in lists["goals"] or word in lists["origins"]:
        if governor != trigger and not _joined(tree, trigger, governor):
            return "none"
        return "goal" if word in lists["goals"] else "origin"
    if word in lists["away"]:
        return "deed" if word == "against" and governor == trigger else "none"
    if governor == trigger:
        return "deed"
    if tree.is_verb(governor):
        return _verb(tree, trigger, governor, words) if word != "of" else "none"
    if word == "of" and level == "country" and "person" in tree.kinds[governor]:
        return "none"  # "the leaders of Peru"
    return _noun(tree, trigger, governor, words, direct=False)


def _verb_above(tree: Tree, i: int) -> int:
    while not tree.is_verb(i) and tree.heads[i] != i:
        i = tree.heads[i]
    return i


def _distance(tree: Tree, prep: int, words: PlaceWords) -> bool:
    """Whether "from" counts a distance: "40 km from X"."""
    units = words.lists["units"]
    around = [i for i in (tree.heads[prep], prep - 1) if i >= 0]
    return any(tree.lemmas[i].lower() in units or tree.lower[i] in units for i in around)


def _noun(tree: Tree, trigger: int, noun: int, words: PlaceWords, *, direct: bool) -> Tie:
    """The tie of a noun: up from it to the trigger, by objects and prepositional phrases.

    `direct` says that the noun stands for the place itself, not for something in it.
    """
    lists = words.lists
    i = noun
    for _ in range(tree.n):
        if i == trigger:
            return "deed" if direct else "target"
        dep, head = tree.deps[i], tree.heads[i]
        if head == i:
            return "clause" if tree.is_noun(i) and not direct else "loose"
        if head == trigger and dep in _OBJECTS:
            return "deed" if direct and i == noun else "target"
        if dep == "pobj":
            above = tree.heads[head]
            if tree.lower[head] in lists["away"] and above != trigger:
                return "none" if direct else "loose"
            if tree.deps[head] == "agent":
                # Where those who act are is where they act.
                return "clause" if above == trigger else "loose"
            if _object_of(tree, trigger, above):
                # "launched a raid on bases in X": the parser hangs "on" on the light verb.
                return "target"
            i, direct = above, False
        elif tree.is_verb(head):
            tie = _verb(tree, trigger, head, words)
            # "involving Baku": the object of another verb says little of where.
            return "loose" if tie == "clause" and direct else tie
        else:
            i, direct = head, False
    return "loose"


def _object_of(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun deed is the object of a verb: "launched a raid"."""
    return tree.heads[noun] == verb and tree.deps[noun] in ("dobj", "nsubjpass")


def _verb(tree: Tree, trigger: int, verb: int, words: PlaceWords) -> Tie:
    if verb == trigger:
        return "deed"
    if tree.lemmas[verb].lower() in words.lists["reporting"]:
        return "none"
    return "clause" if _joined(tree, trigger, verb) else "loose"


def _joined(tree: Tree, a: int, b: int) -> bool:
    """Whether one token is above the other in the tree: clauses that hang together."""
    return a == b or b in tree.ancestors(a) or a in tree.ancestors(b)
