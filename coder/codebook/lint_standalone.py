"""What is wrong in a codebook that stands alone: names in it that lead nowhere.

Its rules come from dictionaries by the thousand: they need no test sentences, and several may have
the same verb. Sets and paths that rules cannot run without are for `coder.codebook.lint.unusable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coder.codebook.load import Codebooks, Problem
from coder.codebook.model import Rule, WordPattern

_SYNSET = re.compile(r"&([^\s_*]+)")


def standalone_rules(books: Codebooks) -> Iterator[Problem]:
    """Types that are not there, rules without a verb, patterns that say nothing."""
    for rule in books.rules:
        for text in _of_rule(books, rule):
            yield Problem(books.places[rule.id], f"rule {rule.id}: {text}")


def only_standalone(books: Codebooks) -> Iterator[Problem]:
    """Keys that only a codebook that stands alone may use."""
    for rule in books.rules:
        if rule.patterns or rule.by_form or rule.mirror or rule.trigger.form:
            text = "patterns, by_form, mirror and trigger form are for standalone codebooks"
            yield Problem(books.places[rule.id], f"rule {rule.id}: {text}")


def sets_of_words(books: Codebooks) -> dict[str, str]:
    """The sets that patterns name (`&name`), with the place of the first rule that does."""
    named: dict[str, str] = {}
    for rule in books.rules:
        for pattern in rule.patterns:
            for name in _SYNSET.findall(pattern.words or ""):
                named.setdefault(name, books.places[rule.id])
    return named


def _of_rule(books: Codebooks, rule: Rule) -> Iterator[str]:
    other = (*rule.trigger.verb, *rule.trigger.noun, *rule.trigger.adj, *rule.trigger.aux)
    if not rule.trigger.form:
        yield "it has no trigger of written forms"
    if other:
        yield "in a standalone codebook triggers are written forms: write form"
    own = WordPattern(type=rule.type, mirror=rule.mirror)
    for form in rule.by_form:
        if form not in rule.trigger.form:
            yield f"by_form: {form!r} is no form of its trigger"
    for pattern in (own, *rule.by_form.values(), *rule.patterns):
        for name in (pattern.type, *((pattern.mirror,) if pattern.mirror else ())):
            if name not in books.types:
                yield f"there is no type {name}" if name else "a pattern without a type"
    for pattern in rule.patterns:
        if pattern.words is not None and pattern.words.count("*") != 1:
            yield f"{pattern.words!r} needs one * where the trigger stands"
