"""The matcher of a standalone codebook: triggers in their written form, refined by patterns.

Each trigger makes at most one deed: of all patterns of its rules the one with most words, of equal
ones the first. Where words match, that is an event, whatever is said of it: negation and modality
are matters of the patterns. What stands under a verb that made an event makes none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coder.codebook.load import Codebooks
from coder.codebook.model import Rule, WordPattern
from coder.matching.conditions import Conditions, Scene
from coder.matching.deed import Attempt, Deed
from coder.matching.lexical import Flat, flatten
from coder.matching.match import Trace
from coder.matching.paths import Paths
from coder.matching.precedence import Precedence
from coder.matching.qualifiers import Qualifiers
from coder.matching.reporting import Reporting
from coder.matching.sequence import Found, Sequences
from coder.matching.sides import Sides
from coder.matching.tree import Tree
from coder.matching.types import is_a

_PLAIN = Qualifiers("actual", "completed", False)
Reading = tuple[int, WordPattern, Found]


class WrittenTriggers:
    """Verbs in the form in which they are written, by that form of their head."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.index: dict[str, list[tuple[Rule, str, tuple[str, ...], int]]] = {}
        for rule in rules:
            for phrase in rule.trigger.form:
                words = phrase.split()
                at = next((n for n, w in enumerate(words) if w.startswith("+")), 0)
                plain = tuple(w.removeprefix("+") for w in words)
                self.index.setdefault(plain[at], []).append((rule, phrase, plain, at))
        for found in self.index.values():
            found.sort(key=lambda item: -len(item[2]))

    def verbs(self) -> frozenset[str]:
        """The forms of heads."""
        return frozenset(self.index)

    def at(self, flat: Flat, tree: Tree, i: int) -> Iterator[tuple[Rule, str, int, int]]:
        """Rules whose trigger has its head at token i, the longest trigger first: with the phrase,
        its first word and one past its last."""
        if not _is_verb(tree, i):
            return
        longest = 0
        for rule, phrase, words, head in self.index.get(tree.lower[i], ()):
            start = flat.first[i] - head
            if len(words) < longest or start < 0:
                continue
            if flat.words[start : start + len(words)] == words:
                longest = len(words)
                yield rule, phrase, start, start + len(words)


def _is_verb(tree: Tree, i: int) -> bool:
    """Whether a token is a verb that can tell an event, not an auxiliary or a modifier."""
    if tree.deps[i] in ("aux", "auxpass", "amod", "compound"):
        return False
    return tree.tags[i].startswith("VB")


class DictionaryMatcher:
    """Compiled rules of a standalone codebook, in place of `Matcher`."""

    def __init__(self, books: Codebooks) -> None:
        self.books = books
        self.paths = Paths(books.paths, books.sets)
        self.triggers = WrittenTriggers(books.rules)
        self.sequences = Sequences(books.sets)
        self.conditions = Conditions(books.sets, self.paths, is_a)
        self.reporting = Reporting(books.sets)
        self.precedence = Precedence(books.user_rules)
        self.order = {rule.id: n for n, rule in enumerate(books.rules)}

    def match(self, tree: Tree, trace: Trace | None = None) -> list[Deed]:
        """The deeds of a sentence in order of their triggers, suppressed ones included."""
        flat = flatten(tree)
        sides = Sides(tree, flat, self.paths)
        deeds: list[Deed] = []
        for i in range(tree.n):
            deeds += self._at(tree, flat, sides, i, trace)
        _cover(tree, deeds)
        for deed in deeds:
            deed.speaker = self.reporting.speaker(tree, deed.head)
            deed.quoted = self.reporting.quoted(tree, deed.head)
        return deeds

    def _at(self, tree: Tree, flat: Flat, sides: Sides, i: int, trace: Trace | None) -> list[Deed]:
        best: tuple[int, int, Rule, WordPattern, Found, tuple[int, ...]] | None = None
        end = clause_end(tree, flat, i)
        for rule, phrase, start, stop in self.triggers.at(flat, tree, i):
            tokens = tuple(dict.fromkeys(flat.tokens[start:stop]))
            weight, pattern, marks = self._read(
                rule, phrase, tree, flat, sides, i, start, stop, end
            )
            if trace is not None:
                trace.attempts.append(Attempt(rule, tokens, "", {}))
            found = (weight, -self.order[rule.id], rule, pattern, marks, tokens)
            if best is None or found[:2] > best[:2]:
                best = found
        if best is None:
            return []
        _, _, rule, pattern, marks, tokens = best
        slots = {k: v for k, v in sides.fill(i, tokens, marks, end).items() if v}
        deed = Deed(rule, pattern.type, i, tokens, slots, frozenset({"verb"}), _PLAIN)
        return self._both_ways(deed, pattern, several="%" in marks)

    def _read(
        self,
        rule: Rule,
        phrase: str,
        tree: Tree,
        flat: Flat,
        sides: Sides,
        i: int,
        start: int,
        stop: int,
        end: int,
    ) -> Reading:
        """The best pattern of a rule, or what the rule says by itself."""
        best: Reading | None = None
        for pattern in rule.patterns:
            weight = self._weight(pattern)
            if best is not None and weight <= best[0]:
                continue
            marks: Found | None = {}
            if pattern.words is not None:
                marks = self.sequences.fit(pattern.words, flat, sides.places, (start, stop), end)
            if marks is None:
                continue
            if pattern.requires:
                scene = Scene(tree, i, tuple(flat.tokens[start:stop]), {}, frozenset(), None)
                if self.conditions.failed(pattern.requires, scene) is not None:
                    continue
            best = (weight, pattern, marks)
        if best is not None:
            return best
        own = rule.by_form.get(phrase) or WordPattern(type=rule.type, mirror=rule.mirror)
        return 0, own, {}

    def _weight(self, pattern: WordPattern) -> int:
        words = self.sequences.compiled(pattern.words).weight if pattern.words else 0
        return words + len(pattern.requires)

    def _both_ways(self, deed: Deed, pattern: WordPattern, *, several: bool) -> list[Deed]:
        """A deed, with what its target does back where the pattern says so."""
        silent = self._silent(deed.type)
        if silent:
            deed.suppressed = f"{deed.type} makes no event"
        if several and not deed.slots.get("target"):
            deed.mutual = True
            return [deed]
        if pattern.mirror is None:
            return [deed]
        if pattern.mirror == deed.type:
            deed.mutual = not silent
            return [deed]
        turned = {
            {"source": "target", "target": "source"}.get(k, k): v for k, v in deed.slots.items()
        }
        back = replace(deed, type=pattern.mirror, slots=turned, suppressed="", mutual=False)
        if self._silent(back.type):
            back.suppressed = f"{back.type} makes no event"
        return [deed, back]

    def _silent(self, type_: str) -> bool:
        known = self.books.types.get(type_)
        return known is not None and known.silent


def clause_end(tree: Tree, flat: Flat, i: int) -> int:
    """The word at which what a verb says ends: before a verb joined to it or to one above it, with
    the subject of that verb, or a clause above that goes on behind it."""
    above = {i, *tree.ancestors(i)}
    end = tree.n
    for j in range(i + 1, tree.n):
        if not tree.is_verb(j):
            continue
        joined = tree.deps[j] == "conj" and tree.heads[j] in above
        if joined or j in above:
            subject = [c for c in tree.kids(j, "nsubj", "nsubjpass", "aux") if i < c < j]
            end = min((j, *(tree.span(c)[0] for c in subject if tree.span(c)[0] > i)))
            break
    return flat.first[end] if end < tree.n else len(flat.words)


def _cover(tree: Tree, deeds: list[Deed]) -> None:
    """What stands under a verb that made an event makes none of its own."""
    for deed in deeds:
        sides = (*deed.slots.get("source", ()), *deed.slots.get("target", ()))
        if deed.suppressed or len(sides) < 2:
            continue
        for other in deeds:
            if other.head > deed.head and not other.suppressed and _under(tree, other, deed):
                other.suppressed = f"under {deed.rule.id}"


def _under(tree: Tree, other: Deed, deed: Deed) -> bool:
    at = other.head
    while at != deed.head:
        if tree.heads[at] == at or (tree.deps[at] == "conj" and tree.heads[at] == deed.head):
            return False
        at = tree.heads[at]
    return True
