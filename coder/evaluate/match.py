"""Which coded event answers which event of gold, one to one.

Pairs of source and target stand apart on both sides. Under a scheme (CAMEO's roots, PLOVER
types, ACLED sub-events, the starter types) only equal labels can match; among those the
exact code, then the overlap of trigger words, then the actors decide. What is left of the
coded events is forgiven where it fits an optional event or mirrors a reciprocal one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from coder.evaluate.gold import GoldEvent, GoldItem, Pair, Span
from coder.evaluate.slots import lenient_actor, same_actor

T = TypeVar("T")

_COUNTED = ("actual", "attempted")
_CODES = ("cameo", "plover", "acled", "strikes")
_VISITS = frozenset({"042", "043"})
# Steps of preference: each outweighs everything below it within one item.
_EQUAL, _EXACT, _OVERLAP, _ACTORS = 10_000.0, 500.0, 20.0, 1.0


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded event: one mention and one pair of source and target. `row` is the JSON of it."""

    row: Mapping[str, Any]
    index: int

    def get(self, key: str) -> Any:
        return self.row.get(key)

    @property
    def pair(self) -> Pair:
        return self.row.get("source"), self.row.get("target")

    @property
    def span(self) -> Span | None:
        start, end = self.row.get("start"), self.row.get("end")
        return (start, end) if isinstance(start, int) and isinstance(end, int) else None

    @property
    def root(self) -> str | None:
        return root_of(self.row.get("cameo"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A pair of gold. `first` marks the event's first pair, on which its toll stands."""

    event: GoldEvent
    pair: Pair
    first: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A pair of gold and its coded event; `swapped` if the sides of a reciprocal act differ."""

    wanted: Wanted
    coded: Coded
    swapped: bool

    @property
    def sides(self) -> Pair:
        """The coded source and target, in gold's order."""
        source, target = self.coded.pair
        return (target, source) if self.swapped else (source, target)


@dataclass(frozen=True, slots=True)
class Matching:
    """An item's outcome under one scheme.

    `confused` are pairs of a missed and a spurious event whose triggers overlap: they stay
    a miss and a false positive, and say which code was taken for which.
    """

    matches: tuple[Match, ...]
    missed: tuple[Wanted, ...]
    spurious: tuple[Coded, ...]
    forgiven: tuple[Coded, ...]
    confused: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of label: which an event of gold accepts (the first is its own), and the coded.

    `exact` says whether a coded event has the finest code that gold asks for; `counts`
    whether gold measures an event under this scheme at all.
    """

    name: str
    accepts: Callable[[GoldEvent], tuple[str, ...]]
    label: Callable[[Coded], str | None]
    exact: Callable[[GoldEvent, Coded], bool]
    counts: Callable[[GoldEvent], bool]


def root_of(code: str | None) -> str | None:
    """The root of a CAMEO code.

    >>> root_of("0871")
    '08'
    """
    return code[:2] if code else None


def exact_cameo(event: GoldEvent, coded: Coded) -> bool:
    """Whether the CAMEO code is gold's, or one that gold lets count as right."""
    code = coded.get("cameo")
    if event.any_of_root and root_of(code) == root_of(event.cameo):
        return True
    return code is not None and code in (event.cameo, *event.cameo_alt)


def _roots(event: GoldEvent) -> tuple[str, ...]:
    roots = (root_of(code) for code in (event.cameo, *event.cameo_alt))
    return tuple(dict.fromkeys(root for root in roots if root))


def _given(*labels: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for label in labels if label))


def acled_scheme(label: Callable[[str], str | None] = lambda sub_type: sub_type) -> Scheme:
    """ACLED's labels: sub-event types, or whatever `label` makes of them (event types)."""

    def of(sub_type: str | None) -> str | None:
        return label(sub_type) if sub_type else None

    return Scheme(
        "acled",
        lambda event: _given(of(event.acled)),
        lambda coded: of(coded.get("acled")),
        lambda event, coded: event.acled == coded.get("acled"),
        lambda event: event.acled is not None,
    )


CAMEO = Scheme(
    "cameo",
    _roots,
    lambda coded: coded.root,
    exact_cameo,
    lambda event: event.cameo is not None and not event.acled_only,
)
PLOVER = Scheme(
    "plover",
    lambda event: _given(event.plover, *event.plover_alt),
    lambda coded: coded.get("plover"),
    exact_cameo,
    lambda event: event.plover is not None and not event.acled_only,
)
ACLED = acled_scheme()
STRIKES = Scheme(
    "strikes",
    lambda event: _given(event.strikes),
    lambda coded: coded.get("strikes"),
    exact_cameo,
    lambda event: event.strikes is not None,
)


def counted(rows: Sequence[Mapping[str, Any]]) -> tuple[Coded, ...]:
    """The coded events that count: actual or attempted, with a code of some codebook."""
    return tuple(
        Coded(row, index)
        for index, row in enumerate(rows)
        if (row.get("status") or "actual") in _COUNTED and any(row.get(key) for key in _CODES)
    )


def match_item(item: GoldItem, coded: Sequence[Coded], scheme: Scheme) -> Matching:
    """Match the coded events of an item with its gold under a scheme.

    In an article only events of the same gold sentence can match.

    >>> match_item(item, counted(rows), CAMEO).missed  # doctest: +SKIP
    ()
    """
    rows = [one for one in coded if scheme.label(one)]
    wanted = _wanted(event for event in item.events if scheme.counts(event))
    sentence = {one.index: sentence_of(item, one) for one in rows}

    def near(want: Wanted, one: Coded) -> bool:
        return want.event.sentence is None or want.event.sentence == sentence[one.index]

    def equal(want: Wanted, one: Coded) -> bool:
        return near(want, one) and scheme.label(one) in scheme.accepts(want.event)

    matches = _assign(wanted, rows, equal, scheme)
    missed = _without(wanted, [match.wanted for match in matches])
    left = _without(rows, [match.coded for match in matches])

    optional = _wanted(
        event
        for event in (*item.optional_events, *item.events)
        if event in item.optional_events or not scheme.counts(event)
    )

    def fits(want: Wanted, one: Coded) -> bool:
        if not near(want, one):
            return False
        if scheme.label(one) in scheme.accepts(want.event):
            return True
        overlap = trigger_overlap(want.event, one) > 0
        if want.event.acled_only and scheme.name != "acled":
            return overlap or one.get("acled") == want.event.acled
        if want.event in item.optional_events:
            # In a text without events even what is forgiven may have no ACLED coding.
            silent = item.negative and scheme.name == "acled"
            return overlap and not silent and one.root in _roots(want.event)
        return False

    forgiven = [match.coded for match in _assign(optional, left, fits, scheme)]
    left = _without(left, forgiven)
    mirrors = [one for one in left if _mirrors(one, matches, scheme)]
    left = _without(left, mirrors)

    def overlapping(want: Wanted, one: Coded) -> bool:
        return near(want, one) and trigger_overlap(want.event, one) > 0

    return Matching(
        matches=tuple(matches),
        missed=tuple(missed),
        spurious=tuple(left),
        forgiven=(*forgiven, *mirrors),
        confused=tuple(_assign(missed, left, overlapping, scheme)),
    )


def sentence_of(item: GoldItem, coded: Coded) -> int | None:
    """The gold sentence in which a coded event stands: by its offset, else by its number."""
    if coded.span is not None:
        for index, (start, end) in enumerate(item.sentences):
            if start <= coded.span[0] < end:
                return index
    number = coded.get("sentence")
    return number if isinstance(number, int) else None


def trigger_overlap(event: GoldEvent, coded: Coded) -> float:
    """How much two triggers share, 0 to 1: of their characters in the text, or of their words."""
    if event.span is not None and coded.span is not None:
        (start, end), (begin, stop) = event.span, coded.span
        shared = min(end, stop) - max(start, begin)
        return max(0, shared) / max(1, min(end - start, stop - begin))
    one, other = _words(event.trigger), _words(coded.get("trigger"))
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _words(text: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", (text or "").casefold()))


def _wanted(events: Any) -> list[Wanted]:
    return [
        Wanted(event, pair, number == 0)
        for event in events
        for number, pair in enumerate(event.pairs)
    ]


def _without(whole: Sequence[T], part: Sequence[T]) -> list[T]:
    """`whole` less the very objects of `part` (equal ones stay)."""
    gone = {id(one) for one in part}
    return [one for one in whole if id(one) not in gone]


def _assign(
    wanted: Sequence[Wanted],
    coded: Sequence[Coded],
    allowed: Callable[[Wanted, Coded], bool],
    scheme: Scheme,
) -> list[Match]:
    """The assignment with most pairs, then most exact codes, trigger overlap and actors."""
    if not wanted or not coded:
        return []
    weights = np.zeros((len(wanted), len(coded)))
    for row, want in enumerate(wanted):
        for column, one in enumerate(coded):
            if allowed(want, one):
                weights[row, column] = (
                    _EQUAL
                    + _EXACT * scheme.exact(want.event, one)
                    + _OVERLAP * trigger_overlap(want.event, one)
                    + _ACTORS * max(_likeness(want, one))
                )
    from scipy.optimize import linear_sum_assignment  # slow to import, and no build needs it

    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [
        Match(wanted[row], coded[column], _swapped(wanted[row], coded[column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if weights[row, column] > 0
    ]


def _likeness(want: Wanted, one: Coded) -> tuple[float, float]:
    """How alike the actors are, straight and with sides swapped (reciprocal acts only)."""
    source, target = one.pair
    straight = _side(want.pair[0], source) + _side(want.pair[1], target)
    if not want.event.reciprocal:
        return straight, -1.0
    return straight, _side(want.pair[0], target) + _side(want.pair[1], source)


def _swapped(want: Wanted, one: Coded) -> bool:
    straight, swapped = _likeness(want, one)
    return swapped > straight


def _side(gold: str | None, coded: str | None) -> float:
    if same_actor(gold, coded):
        return 1.0
    return 0.75 if lenient_actor(gold, coded) else 0.0


def _mirrors(one: Coded, matches: Sequence[Match], scheme: Scheme) -> bool:
    """Whether a coded event only turns round a matched reciprocal act or visit."""
    for match in matches:
        event = match.wanted.event
        if scheme.label(one) != scheme.label(match.coded):
            continue
        turned = one.pair in (match.coded.pair[::-1], match.wanted.pair[::-1])
        visit = {match.coded.get("cameo"), one.get("cameo")} <= _VISITS
        if turned and (event.reciprocal or visit):
            return True
        parties = {actor for pair in event.pairs for actor in pair} | {None}
        if event.reciprocal and trigger_overlap(event, one) > 0 and set(one.pair) <= parties:
            return True
    return False
