"""How a rule is tried: what it asks for, in the order in which asking is cheapest.

A news sentence holds the triggers of a dozen rules, and nearly all of these are refused. So nothing
is worked out before a condition asks for it, and what one rule worked out the next one finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coder.codebook.model import Rule
from coder.matching.conditions import Conditions, Test
from coder.matching.deed import Deed
from coder.matching.paths import Path, Paths
from coder.matching.slots import Filling, Slots, Source
from coder.matching.tree import Tree


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule made ready for one form of its trigger: its slots, where the deed underneath is looked
    for (`under` names `about`), and its conditions, the cheapest first."""

    rule: Rule
    slots: Mapping[str, Source]
    under: tuple[str, ...]
    about: tuple[Path, ...]
    tests: tuple[Test, ...]


class Plans:
    """Plans of rules, each made when its trigger is first met."""

    def __init__(self, paths: Paths, slots: Slots, conditions: Conditions) -> None:
        self.paths, self.slots, self.conditions = paths, slots, conditions
        self._made: dict[tuple[str, str], Plan] = {}

    def of(self, rule: Rule, form: str) -> Plan:
        plan = self._made.get((rule.id, form))
        if plan is None:
            plan = self._made[rule.id, form] = self._make(rule, form)
        return plan

    def _make(self, rule: Rule, form: str) -> Plan:
        asked = rule.slots.get("about", (f"{form}.about",)) if rule.about else ()
        under = tuple(path.removeprefix("path:") for path in asked)
        named = self.paths.definitions
        about = tuple(self.paths[path] for name in under for path in named.get(name, (name,)))
        tests = self.conditions.in_order(rule.requires)
        return Plan(rule, self.slots.sources(rule, form), under, about, tests)


class Trial:
    """A rule on trial at a trigger: the scene on which its conditions are judged."""

    __slots__ = ("about", "forms", "head", "slots", "tokens", "tree")

    def __init__(
        self,
        tree: Tree,
        head: int,
        tokens: tuple[int, ...],
        slots: Filling,
        forms: frozenset[str],
        about: Deed | None,
    ) -> None:
        self.tree, self.head, self.tokens = tree, head, tokens
        self.slots, self.forms, self.about = slots, forms, about


class Under:
    """Tokens under a trigger with their deeds, nearest first: found as far as a rule looks, and kept
    for the next."""

    def __init__(self, found: Iterator[tuple[int, Deed | None]]) -> None:
        self._found = found
        self._known: list[tuple[int, Deed | None]] = []

    def __iter__(self) -> Iterator[tuple[int, Deed | None]]:
        yield from self._known
        for one in self._found:
            self._known.append(one)
            yield one
