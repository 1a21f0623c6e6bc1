"""How a rule is tried: what it asks for, in the order in which asking is cheapest.

A news sentence holds the triggers of a dozen rules, and nearly all of these are refused. So nothing
is worked out before a condition asks for it, and what one rule worked out the next one finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from coder.codebook.model import Rule
from coder.errors import CoderError
from coder.matching.conditions import Conditions, Test
from coder.matching.deed import Deed
from coder.matching.evidence import Evidence, Ledger, evidence
from coder.matching.paths import Path, Paths
from coder.matching.slots import Found, Slots, Source, take_over
from coder.matching.tree import ANY, Tree
from coder.matching.triggers import Pattern
from coder.matching.types import is_a


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule made ready for one form of its trigger: what the sentence must hold, its slots, where
    the deed underneath is looked for (`under` names `about`), and its conditions, the cheapest
    first. `needs` are the bits of the evidence (`Ledger`), `labels` the labels of the trigger and
    of its children (`Test`) without one of which a condition fails."""

    rule: Rule
    evidence: tuple[Evidence, ...]
    needs: int
    labels: tuple[tuple[int, int], ...]
    slots: Mapping[str, Source]
    under: tuple[str, ...]
    about: tuple[Path, ...]
    tests: tuple[Test, ...]

    def misplaced(self, tree: Tree, i: int) -> bool:
        """Whether token i stands among labels on which a condition cannot hold."""
        own, below = tree.own[i], tree.below[i]
        for t_own, t_below in self.labels:
            if not (own & t_own or below & t_below):
                return True
        return False

    def wants(self, deed: Deed) -> bool:
        """Whether a deed is of a type that the rule takes for the deed underneath."""
        for pattern in self.rule.about:
            if is_a(deed.type, pattern):
                return True
        return False


class Plans:
    """Plans of rules, by the trigger phrases that they belong to."""

    def __init__(self, paths: Paths, slots: Slots, conditions: Conditions) -> None:
        self.paths, self.slots, self.conditions = paths, slots, conditions
        self.ledger = Ledger()
        self._made: dict[tuple[str, str], Plan] = {}
        self._of: dict[int, Plan] = {}

    def make(self, patterns: Iterable[Pattern]) -> None:
        """Make the plans of many phrases. What is wrong with a rule is said where it is tried."""
        for pattern in patterns:
            with suppress(CoderError, LookupError):
                self.of(pattern)

    def of(self, pattern: Pattern) -> Plan:
        """The plan of the rule that a trigger phrase belongs to."""
        plan = self._of.get(pattern.number)
        if plan is None:
            key = pattern.rule.id, pattern.form
            if key not in self._made:
                self._made[key] = self._make(pattern.rule, pattern.form)
            plan = self._of[pattern.number] = self._made[key]
        return plan

    def _make(self, rule: Rule, form: str) -> Plan:
        asked = rule.slots.get("about", (f"{form}.about",)) if rule.about else ()
        under = tuple(path.removeprefix("path:") for path in asked)
        named = self.paths.definitions
        about = tuple(self.paths[path] for name in under for path in named.get(name, (name,)))
        slots = self.slots.sources(rule, form)
        own = {} if rule.about else {n: s.kinds for n, s in slots.items() if s.kinds}
        needed = tuple(
            dict.fromkeys(
                one for c in rule.requires for one in evidence(c, self.conditions.sets, own)
            )
        )
        tests = self.conditions.in_order(rule.requires)
        needs = self.ledger.bits(needed)
        labels = dict.fromkeys(
            (t.own, t.below) for t in tests if not t.otherwise and not t.below & ANY
        )
        return Plan(rule, needed, needs, tuple(labels), slots, under, about, tests)


class Trial:
    """A rule on trial at a trigger: the scene on which its conditions are judged. Forms and slots
    are worked out when they are asked for."""

    __slots__ = ("_all", "_forms", "about", "head", "plan", "slots", "tokens", "tree")

    def __init__(
        self,
        plan: Plan,
        slots: Slots,
        tree: Tree,
        head: int,
        tokens: tuple[int, ...],
        forms: Callable[[int], frozenset[str]],
        about: Deed | None,
    ) -> None:
        self.plan, self.slots, self.tree, self.head, self.tokens = plan, slots, tree, head, tokens
        self.about = about
        self._forms = forms
        self._all: Found | None = None

    @property
    def forms(self) -> frozenset[str]:
        """Grammatical forms of the trigger."""
        return self._forms(self.head)

    def slot(self, name: str) -> tuple[int, ...]:
        """What fills one slot."""
        if self._all is not None or self.about is not None:
            return self.filled().get(name, ())
        source = self.plan.slots.get(name)
        return () if source is None else self.slots.find(source, self.tree, self.head, self.tokens)

    def filled(self) -> Found:
        """All slots with what fills them, () where nothing does: from the words around the trigger,
        or taken over from the deed underneath."""
        if self._all is None:
            self._all = {
                name: self.slots.find(source, self.tree, self.head, self.tokens)
                for name, source in self.plan.slots.items()
            }
            if self.about is not None:
                take_over(self._all, self.plan.rule, self.about.slots)
        return self._all


class Under:
    """Tokens under a trigger with their deeds, nearest first: found as far as a rule looks, and
    kept for the next."""

    def __init__(self, found: Iterator[tuple[int, Deed | None]]) -> None:
        self._found = found
        self._known: list[tuple[int, Deed | None]] = []

    def __iter__(self) -> Iterator[tuple[int, Deed | None]]:
        yield from self._known
        for one in self._found:
            self._known.append(one)
            yield one
