"""A deed: what a rule found at a trigger, in tokens of one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.codebook.model import Rule
from coder.matching.qualifiers import Qualifiers

_PEOPLE = ("source", "target", "victims")


@dataclass(slots=True)
class Toll:
    """A number of people that a deed did something to: the token that heads the count. `nobody`
    says that there were none ("no casualties")."""

    kind: str
    heads: tuple[int, ...]
    nobody: bool = False


@dataclass(slots=True, eq=False)
class Deed:
    """One match of a rule. Slots hold head tokens; `about` is the deed under the trigger.

    `suppressed` says why a deed is no mention of its own ("" when it is one): it is the object of
    a threat, say, or the result of another deed, which is then `merged_into`. An `orphan` is a
    result whose deed stands in another sentence, if anywhere: linking looks for it.
    """

    rule: Rule
    type: str
    head: int
    tokens: tuple[int, ...]
    slots: dict[str, tuple[int, ...]]
    forms: frozenset[str]
    qualifiers: Qualifiers
    about: Deed | None = None
    inner: str = ""
    tolls: list[Toll] = field(default_factory=list)
    results: list[Deed] = field(default_factory=list)
    merged_into: Deed | None = None
    suppressed: str = ""
    tied_with: tuple[str, ...] = ()
    speaker: int | None = None
    quoted: bool = False
    effect: str = ""
    may_stand_alone: bool = True
    orphan: bool = False
    long_past: bool = False
    mutual: bool = False
    beside: bool = False

    @property
    def chain(self) -> tuple[str, ...]:
        return (self.type, *(self.about.chain if self.about else ()))

    @property
    def people(self) -> tuple[int, ...]:
        """Head tokens of both sides and of the victims."""
        return tuple(t for name in _PEOPLE for t in self.slots.get(name, ()))


@dataclass(frozen=True, slots=True)
class Attempt:
    """A rule that was tried at a trigger, for `coder explain`: what failed, "" if it fired."""

    rule: Rule
    tokens: tuple[int, ...]
    failed: str
    slots: Mapping[str, tuple[int, ...]]
