"""Where a statement was made: the place of whoever speaks, not of what is spoken of.

"Told reporters in Athens", "the rebels in Benghazi turned it down", "flew to Beijing to ask for
relief": the place hangs on the verb that reports, on the speaker, or on the journey.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from coder.codebook.gazetteer import PlaceWords
from coder.matching.reporting import Reporting
from coder.matching.tree import Tree
from coder.resolving.places_deed import relation
from coder.resolving.places_spans import PlaceSpan

_ON_THE_WAY = ("xcomp", "advcl", "conj")
_HELD_AT = frozenset({"at", "in", "during", "of"})
"""Prepositions before a meeting at which something is said: "at the start of a summit"."""
_AUDIENCE = frozenset({"actor", "person", "event_peaceful"})
"""Whom or what a statement is made to or at."""


def told_at(
    tree: Tree,
    trigger: int,
    speaker: int | None,
    sources: Collection[int],
    spans: Sequence[PlaceSpan],
    words: PlaceWords,
    reporting: Reporting,
) -> list[PlaceSpan]:
    """The places where a statement was made, the surest first; none where nothing says it.

    `trigger` is the statement's token, `speaker` the head of whoever reports it, `sources` the
    heads of who makes it.
    """
    out: list[PlaceSpan] = []
    for verb in _telling(tree, trigger, speaker, reporting):
        out += [s for s in spans if _tied(tree, verb, s, words)]
    for head in sources if speaker is None else (*sources, speaker):
        out += [s for s in spans if s.head != head and _lives(tree, head, s)]
    return list(dict.fromkeys(out))


def _telling(tree: Tree, trigger: int, speaker: int | None, reporting: Reporting) -> Iterator[int]:
    """The verbs around a statement whose place is its own: that of the report, of a participle
    ("telling reporters in X"), of a journey to make it, and of the deed before it that its
    speaker does as well."""
    if speaker is not None and tree.is_verb(tree.heads[speaker]):
        yield tree.heads[speaker]
    for child in tree.children[trigger]:
        if tree.deps[child] in ("advcl", "acl") and reporting.is_report(tree, child):
            yield child
    at = trigger
    while tree.deps[at] in _ON_THE_WAY and tree.is_verb(tree.heads[at]):
        if tree.deps[at] == "conj" and tree.kid(at, "nsubj", "nsubjpass") is not None:
            return
        at = tree.heads[at]
        yield at


def is_topic(tree: Tree, trigger: int, span: PlaceSpan) -> bool:
    """Whether a place is that of what a statement speaks of: "condemned the attack in X"."""
    if tree.deps[_first(tree, span.head)] in ("dobj", "nsubjpass"):
        return True  # "threatened Iran"
    governor = _governor(tree, span.head)
    if governor is None or governor == trigger or "person" in tree.kinds[governor]:
        return False
    above, kinds = tree.heads[governor], tree.kinds[governor]
    held = tree.deps[governor] == "pobj" and tree.lower[above] in _HELD_AT
    if held and "violence_noun" not in kinds:
        return False  # "in a speech in London"
    built = not kinds.isdisjoint(("facility", "building")) and trigger in (above, tree.heads[above])
    return not built  # "opened an embassy in Juba"


def _tied(tree: Tree, verb: int, span: PlaceSpan, words: PlaceWords) -> bool:
    if span.cue == "" and span.coarsest != "town":
        return False
    tie = relation(tree, verb, span, words)
    if tie == "deed":
        return True
    governor = _governor(tree, span.head)
    if tie == "target":
        return governor is None or bool(tree.kinds[governor] & _AUDIENCE)
    return tie == "goal" and tree.lemmas[verb].lower() in words.lists["moving"]


def _first(tree: Tree, i: int) -> int:
    """The token that stands for a name: up through lists, appositions and compounds."""
    while tree.deps[i] in ("compound", "conj", "appos", "nmod") and tree.heads[i] != i:
        i = tree.heads[i]
    return i


def _governor(tree: Tree, i: int) -> int | None:
    """The noun that the place's preposition hangs on."""
    at = _first(tree, i)
    if tree.deps[at] != "pobj":
        return None
    above = tree.heads[tree.heads[at]]
    return above if tree.is_noun(above) else None


def _lives(tree: Tree, head: int, span: PlaceSpan) -> bool:
    """Whether a place stands in the phrase of a person: "the rebels in Benghazi"."""
    at = _first(tree, span.head)
    prep = tree.heads[at]
    return tree.deps[at] == "pobj" and tree.lower[prep] in ("in", "at") and tree.heads[prep] == head
