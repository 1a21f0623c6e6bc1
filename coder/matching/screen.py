"""Which articles cannot hold an event, told from their words before anything is parsed.

A sentence can fire a rule only if it holds the words of one of its trigger phrases, in any form,
and one word of each set that the rule cannot do without (`evidence`). All these words are
looked for in one pass (Aho-Corasick). Sentences without a deed are read for those that have one:
they name who, where and when. So an article is left out as a whole, where no sentence of it can
fire a rule, or not at all. What a dictionary would say of a word is not asked here: that is known
after tagging.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ahocorasick_rs import AhoCorasick

from coder.matching.evidence import Evidence
from coder.matching.triggers import Pattern

Forms = Callable[[str], frozenset[str] | None]
"""From a lemma to the words that may have it, None where any word may."""
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SHORT = 4
"""Words of fewer letters are looked for whole, longer ones as the beginning of a word."""


class Screen:
    """The words of all rules in one automaton.

    >>> from coder.codebook.model import Rule
    >>> rule = Rule.model_validate({"id": "r", "type": "t", "trigger": {"verb": ["carry out"]}})
    >>> pattern = Pattern(rule, "verb", "carry", (), ("out",))
    >>> screen = Screen([(pattern, ())], lambda lemma: frozenset({lemma, lemma[:-1] + "ied"}))
    >>> screen.may_tell("They carried it out."), screen.may_tell("They carried it.")
    (True, False)
    """

    def __init__(self, rules: Iterable[tuple[Pattern, Sequence[Evidence]]], forms: Forms) -> None:
        self._forms = forms
        self._numbers: dict[str, int | None] = {}
        self._sets: dict[frozenset[str], frozenset[int] | None] = {}
        self._sought: dict[str, set[int]] = {}
        self._by_head: dict[int, list[tuple[tuple[int, ...], tuple[frozenset[int], ...]]]] = {}
        self._alone: set[int] = set()
        self._always = False
        for pattern, needed in rules:
            self._add(pattern, needed)
        self._meant = list(self._sought.values())
        self._automaton = AhoCorasick(list(self._sought))

    def may_tell(self, text: str) -> bool:
        """Whether a rule may fire on a sentence. False is certain, True is not."""
        if self._always:
            return True
        plain = f" {_NO_LETTERS.sub(' ', text.lower())} "
        held: set[int] = set()
        for which, _, _ in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            held.update(self._meant[which])
        if not held.isdisjoint(self._alone):
            return True
        return any(self._fires(head, held) for head in held if head in self._by_head)

    def may_tell_any(self, texts: Iterable[str]) -> bool:
        """Whether a rule may fire on one of the sentences of an article."""
        return any(self.may_tell(text) for text in texts)

    def _fires(self, head: int, held: set[int]) -> bool:
        for others, asked in self._by_head[head]:
            if held.issuperset(others) and not any(map(held.isdisjoint, asked)):
                return True
        return False

    def _add(self, pattern: Pattern, needed: Sequence[Evidence]) -> None:
        words = (pattern.head, *pattern.before, *pattern.after)
        numbers = [n for w in words if (n := self._number(w)) is not None]
        sets = [self._set(one.words) for one in needed if not one.kinds]
        asked = [one for one in sets if one is not None]
        if not numbers:
            self._always = True
        elif len(numbers) == 1 and not asked:
            self._alone.add(numbers[0])
        else:
            rest = tuple(dict.fromkeys(numbers[1:])), tuple(dict.fromkeys(asked))
            self._by_head.setdefault(numbers[0], []).append(rest)

    def _set(self, words: frozenset[str]) -> frozenset[int] | None:
        """The numbers of words of which one is asked for, None where any word may be one."""
        if words not in self._sets:
            numbers = [self._number(word) for word in sorted(words)]
            known = frozenset(n for n in numbers if n is not None)
            self._sets[words] = known if None not in numbers else None
        return self._sets[words]

    def _number(self, word: str) -> int | None:
        """The number of a word of a rule, None where any word of a text may be it."""
        if word not in self._numbers:
            forms = self._forms(word) if any(map(str.isalpha, word)) else None
            for form in sorted(forms or ()):
                plain = _NO_LETTERS.sub(" ", form).strip()
                whole = f" {plain}" if len(plain) >= _SHORT else f" {plain} "
                self._sought.setdefault(whole, set()).add(len(self._numbers))
            self._numbers[word] = len(self._numbers) if forms is not None else None
        return self._numbers[word]
