"""What a sentence must hold for a rule to fire, whatever its parse says.

A rule that asks for a weapon is not tried on a sentence that names none. Only what must be there
counts: a condition under `not` keeps things out, and asks for nothing.

>>> c = Condition.model_validate({"any": [{"slot": "source", "is": "armed"},
...                                       {"at": ">dobj", "has": ["truce"]}]})
>>> [asked] = evidence(c, {}, {})
>>> asked.given(frozenset({"person"}), frozenset({"the", "truce"}))
True
>>> asked.given(frozenset({"person"}), frozenset({"the", "town"}))
False
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder.codebook.model import Condition
from coder.matching.words import BY_TAG, plain_words

Sets = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One of these kinds or words must be in the sentence."""

    kinds: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def given(self, kinds: frozenset[str], words: frozenset[str]) -> bool:
        """Whether a sentence with these kinds and words holds one."""
        return not self.kinds.isdisjoint(kinds) or not self.words.isdisjoint(words)


class Ledger:
    """All that rules ask for, a bit for each, so that one look at the words of a sentence tells
    what is missing for all of its triggers.

    >>> ledger = Ledger()
    >>> truce = ledger.bits([Evidence(words=frozenset({"truce", "ceasefire"}))])
    >>> armed = ledger.bits([Evidence(frozenset({"armed"}))])
    >>> missing = ledger.missing(["person"], ["the", "truce"])
    >>> bool(missing & truce), bool(missing & armed)
    (False, True)
    """

    def __init__(self) -> None:
        self._bits: dict[Evidence, int] = {}
        self._kinds: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._all = 0

    def bits(self, asked: Iterable[Evidence]) -> int:
        """The bits of what one rule asks for."""
        out = 0
        for one in asked:
            out |= self._bits.get(one) or self._enter(one)
        return out

    def _enter(self, one: Evidence) -> int:
        bit = self._bits[one] = 1 << len(self._bits)
        self._all |= bit
        for known, names in ((self._kinds, one.kinds), (self._words, one.words)):
            for name in names:
                known[name] = known.get(name, 0) | bit
        return bit

    def missing(self, kinds: Iterable[str], words: Iterable[str]) -> int:
        """The bits of what a sentence with these kinds and words does not hold."""
        given = 0
        for known, names in ((self._kinds, kinds), (self._words, words)):
            for name in names:
                if name in known:
                    given |= known[name]
        return self._all & ~given


def evidence(c: Condition, sets: Sets, slots: Mapping[str, frozenset[str]]) -> list[Evidence]:
    """What a condition asks for: each must be given. `slots` has the kinds without which a slot
    stays empty."""
    out: list[Evidence] = []
    if c.trigger:
        out.append(Evidence(words=plain_words(c.trigger, sets)))
    for inner in c.all_:
        out += evidence(inner, sets, slots)
    if c.any_:
        out += _one_of([evidence(inner, sets, slots) for inner in c.any_])
    if (c.slot is None and c.at is None) or c.filled is False or (c.or_empty and not c.filled):
        return out
    if c.has:
        out.append(Evidence(words=plain_words(c.has, sets)))
    if c.is_ and BY_TAG.keys().isdisjoint(c.is_):
        out.append(Evidence(kinds=frozenset(c.is_)))
    if c.within:
        kinds = frozenset(t.removeprefix("kind:") for t in c.within if t.startswith("kind:"))
        words = [t for t in c.within if not t.startswith("kind:")]
        if BY_TAG.keys().isdisjoint(kinds):
            out.append(Evidence(kinds, plain_words(words, sets)))
    if c.slot is not None and c.slot in slots:
        out.append(Evidence(kinds=slots[c.slot]))
    return out


def _one_of(alternatives: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """What is asked for by each of several alternatives, of which one must hold."""
    if not all(alternatives):
        return []
    kinds = frozenset[str]().union(*(asked[0].kinds for asked in alternatives))
    words = frozenset[str]().union(*(asked[0].words for asked in alternatives))
    return [Evidence(kinds, words)]
