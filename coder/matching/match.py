"""The matcher: rules over one tagged parse give deeds.

At each trigger every rule is tried; the best of those that fire makes the deed. A rule with
`about` asks for the deed underneath first, so deeds are found on demand and remembered.
Afterwards results join the deed that caused them and inner deeds that did not happen are
suppressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coder.codebook.load import Codebooks
from coder.codebook.model import Rule
from coder.matching.apolitical import Apolitical
from coder.matching.conditions import Conditions
from coder.matching.deed import Attempt, Deed, Toll
from coder.matching.evidence import Evidence
from coder.matching.paths import Path, Paths
from coder.matching.plan import Plan, Plans, Trial, Under
from coder.matching.precedence import Precedence
from coder.matching.qualifiers import Qualifiers, Qualify
from coder.matching.reporting import Reporting
from coder.matching.results import Results
from coder.matching.slots import Slots, settle_both_sides
from coder.matching.tree import Tree
from coder.matching.triggers import Pattern, Triggers
from coder.matching.types import is_a

_MAX_THROUGH = 4


@dataclass(slots=True)
class Trace:
    """What was tried, kept only for `coder explain`."""

    attempts: list[Attempt] = field(default_factory=list)


class Matcher:
    """Compiled rules. `match` is a pure function of a tagged tree.

    >>> Matcher(load_codebooks()).match(tree)  # doctest: +SKIP
    """

    def __init__(self, books: Codebooks) -> None:
        self.books = books
        self.paths = Paths(books.paths, books.sets)
        self.slots = Slots(self.paths, books.sets["group_noun"])
        self.triggers = Triggers(books.rules, books.sets["preposition"])
        self.conditions = Conditions(books.sets, self.paths, is_a)
        self.qualify = Qualify(books.sets)
        self.precedence = Precedence(books.user_rules)
        self.apolitical = Apolitical(books.sets)
        self.reporting = Reporting(books.sets)
        self.plans = Plans(self.paths, self.slots, self.conditions)
        self.plans.make(pattern for found in self.triggers.index.values() for pattern in found)

    def needed(self) -> Iterator[tuple[Pattern, Sequence[Evidence]]]:
        """Each trigger phrase with what a sentence must hold for its rule to fire."""
        for patterns in self.triggers.index.values():
            for pattern in patterns:
                yield pattern, self.plans.of(pattern).evidence

    def match(self, tree: Tree, trace: Trace | None = None) -> list[Deed]:
        """The deeds of a sentence in order of their triggers, suppressed ones included."""
        run = _Run(self, tree, trace)
        for i in self.triggers.heads(tree):
            run.deed_at(i)
        deeds = [d for _, d in sorted(run.memo.items()) if d is not None]
        deeds = _without_overlaps(deeds)
        kept = {d.head for d in deeds}
        deeds += [d for d in run.beside if d.head in kept]
        for deed in deeds:
            if deed.rule.inner_only:
                deed.suppressed = f"{deed.rule.id}: only under another deed"
        _keep_words_before_aux(deeds, tree)
        for deed in deeds:
            _settle_inner(deed)
            _cover_objects(deed, deeds)
        for deed in deeds:
            deed.suppressed = deed.suppressed or self.apolitical.reason(tree, deed) or ""
        results = Results(tree, self.paths)
        for deed in deeds:
            results.join(deed, deeds)
        for deed in deeds:
            if deed.suppressed:
                continue  # nobody asks how it is told
            deed.speaker = self.reporting.speaker(tree, deed.head)
            deed.quoted = self.reporting.quoted(tree, deed.head)
            deed.long_past = self.qualify.long_past(tree, deed.head)
        return deeds


def _keep_words_before_aux(deeds: Sequence[Deed], tree: Tree) -> None:
    """What is promised or denied in words is no bare "will" besides: "said that it will send"."""
    for deed in deeds:
        if tree.deps[deed.head] == "aux" and any(
            other is not deed and other.about is deed.about and not other.suppressed
            for other in deeds
        ):
            deed.suppressed = deed.suppressed or "its deed is told by another word"


def _settle_inner(deed: Deed) -> None:
    """An inner deed that did not happen, or may not have, is no mention of its own."""
    inner = deed.about
    if inner is None or inner.suppressed:
        return
    if deed.inner == "not":
        inner.suppressed = f"inner deed of {deed.rule.id}: did not happen"
    elif deed.inner == "open":
        inner.suppressed = f"inner deed of {deed.rule.id}: open"


def _cover_objects(deed: Deed, deeds: Sequence[Deed]) -> None:
    """Words that were read as the object of a deed are no deed of their own beside it."""
    inner, how = deed.about, deed.inner
    while inner is not None and how != "happened":
        if inner not in deeds:
            words = set(inner.tokens)
            for other in deeds:
                if other is not deed and words & set(other.tokens):
                    other.suppressed = other.suppressed or f"object of {deed.rule.id}"
        how = inner.inner or how
        inner = inner.about


def _without_overlaps(deeds: list[Deed]) -> list[Deed]:
    """A trigger word belongs to one deed: the longer phrase keeps it."""
    taken: dict[int, Deed] = {}
    for deed in sorted(deeds, key=lambda d: (d.rule.inner_only, -len(d.tokens), d.head)):
        if any(t in taken for t in deed.tokens):
            continue
        for t in deed.tokens:
            taken.setdefault(t, deed)
    keep = {id(d) for d in taken.values()}
    return [d for d in deeds if id(d) in keep]


class _Run:
    """One sentence being matched: remembers the deed of each token."""

    def __init__(self, matcher: Matcher, tree: Tree, trace: Trace | None) -> None:
        self.m, self.tree, self.trace = matcher, tree, trace
        self.memo: dict[int, Deed | None] = {}
        self.forms: dict[int, frozenset[str]] = {}
        self.qualifiers: dict[int, Qualifiers] = {}
        self.under: dict[tuple[int, tuple[int, ...], tuple[str, ...]], Under] = {}
        self.beside: list[Deed] = []
        self.all: dict[int, list[Deed]] = {}
        self.missing = matcher.plans.ledger.missing(tree.held, tree.vocabulary)

    def deed_at(self, i: int) -> Deed | None:
        if i in self.memo:
            return self.memo[i]
        self.memo[i] = None  # a deed cannot be about itself
        patterns = self.m.triggers.at(self.tree, i)
        if not patterns:
            return None
        candidates: list[Deed] = []
        for pattern, tokens in patterns:
            plan = self.m.plans.of(pattern)
            if plan.needs & self.missing and not plan.about and self.trace is None:
                continue
            deed, failed = self._try(plan, i, tokens)
            if self.trace is not None:
                slots = deed.slots if deed else {}
                self.trace.attempts.append(Attempt(pattern.rule, tokens, failed, slots))
            if deed is not None:
                candidates.append(deed)
        if not candidates:
            return None
        self.all[i] = candidates
        self.memo[i] = best = self._best(candidates)
        if best is not None and best.slots.get("weapon"):
            self._add_weapons(best, candidates)
        return best

    def _add_weapons(self, best: Deed, candidates: list[Deed]) -> None:
        """ "fired missiles and drones": one verb, two kinds of weapons, two deeds."""
        used = set(best.slots["weapon"])
        types = {best.type}
        for deed in candidates:
            weapons = set(deed.slots.get("weapon", ()))
            if (
                deed is not best
                and weapons
                and not weapons & used
                and not any(is_a(deed.type, t) or is_a(t, deed.type) for t in types)
            ):
                deed.beside = True
                self.beside.append(deed)
                used |= weapons
                types.add(deed.type)

    def _best(self, candidates: list[Deed]) -> Deed | None:
        """The winner of a trigger. A rule that says how beats one that only counts the dead, and
        takes its toll: "a suicide bomber killed five"."""
        results = [d for d in candidates if d.rule.effect is not None]
        others = [d for d in candidates if d.rule.effect is None]
        if not others or not results:
            return self.m.precedence.choose(candidates)
        best = self.m.precedence.choose(others)
        toll = self.m.precedence.choose(results)
        if best is not None and toll is not None and toll.rule.effect is not None:
            people = toll.slots.get("victims") or toll.slots.get("target", ())
            if people:
                best.tolls.append(Toll(toll.rule.effect, people))
                best.slots.setdefault("target", people)
            best.effect = toll.rule.effect
        return best

    def _try(self, plan: Plan, i: int, tokens: tuple[int, ...]) -> tuple[Deed | None, str]:
        """The deed that a rule finds at token i, or None and what failed."""
        rule, tree = plan.rule, self.tree
        about: Deed | None = None
        if rule.about:
            about = self._about(plan, i, tokens)
            if about is None and not rule.about_optional:
                return None, f"no deed of {' or '.join(rule.about)} under the trigger"
        if self.trace is None and (plan.needs & self.missing or plan.misplaced(tree, i)):
            return None, "a condition"
        scene = Trial(plan, self.m.slots, tree, i, tokens, self._forms, about)
        own, below = tree.own[i], tree.below[i]
        for t_own, t_below, otherwise, holds in plan.tests:
            needed = own & t_own or below & t_below
            if not (holds(scene) if needed else otherwise):
                return None, self._why(rule, scene)
        slots = scene.filled()
        mutual = settle_both_sides(tree, slots, rule.reciprocal)
        deed = Deed(
            rule,
            rule.type,
            i,
            tokens,
            {k: v for k, v in slots.items() if v},
            scene.forms,
            self._qualifiers(i),
            about,
            rule.inner if about is not None else "",
            mutual=mutual,
            may_stand_alone=not rule.cause_only
            and self.m.conditions.failed(rule.alone, scene) is None,
        )
        return deed, ""

    def _forms(self, i: int) -> frozenset[str]:
        forms = self.forms.get(i)
        if forms is None:
            forms = self.forms[i] = self.m.qualify.forms(self.tree, i)
        return forms

    def _qualifiers(self, i: int) -> Qualifiers:
        known = self.qualifiers.get(i)
        if known is None:
            known = self.qualifiers[i] = self.m.qualify.read(self.tree, i, self._forms(i))
        return known

    def _why(self, rule: Rule, scene: Trial) -> str:
        """The condition that failed, the first in the order of the rule: for `coder explain`."""
        if self.trace is None:
            return "a condition"
        failed = self.m.conditions.failed(rule.requires, scene)
        return failed.model_dump_json(exclude_defaults=True, by_alias=True) if failed else ""

    def _about(self, plan: Plan, i: int, tokens: tuple[int, ...]) -> Deed | None:
        """The first deed of a wanted type under the trigger, looking through light words."""
        key = (i, tokens, plan.under)
        under = self.under.get(key)
        if under is None:
            under = self.under[key] = Under(self._deeds_under(plan.about, i, tokens))
        for t, deed in under:
            if deed is not None and plan.wants(deed):
                return deed
            fitting = [d for d in self.all.get(t, ()) if plan.wants(d)]
            if fitting:  # what the token can be as an object, where its own deed is another
                return self.m.precedence.choose(fitting)
        return None

    def _deeds_under(
        self, paths: Sequence[Path], i: int, tokens: tuple[int, ...]
    ) -> Iterator[tuple[int, Deed | None]]:
        """Tokens under the trigger where a rule fired, nearest first, with the deed."""
        seen: set[int] = {i, *tokens}
        own, below = self.tree.own[i], self.tree.below[i]
        for path in paths:
            if not (own & path.own or below & path.below):
                continue
            layer: Sequence[int] = path.walk(self.tree, i)
            for _ in range(_MAX_THROUGH):
                nxt: list[int] = []
                for t in layer:
                    if t in seen:
                        continue
                    seen.add(t)
                    deed = self.deed_at(t)
                    if t in self.all:
                        yield t, deed
                    nxt += self.tree.kids(t, "conj")
                    if deed is None or not deed.rule.about:
                        nxt += self.m.paths.through(self.tree, t)
                layer = nxt
                if not layer:
                    break
