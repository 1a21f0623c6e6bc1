"""A codebook as the entries of its pages: codes, and the types and rules that they rest on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder.codebook.load import Codebooks, Ontology
from coder.codebook.model import Code, Condition, Label, Rule
from coder.errors import E752, CoderError
from coder.report.rule_words import (
    RuleWords,
    capital,
    code_words,
    common_conditions,
    condition_words,
    rule_words,
)

MOST_EXAMPLES = 3
MOST_NEAR = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A coded test sentence. Spans are kind, start and end in code points of the text.

    `codes` are those of one event by codebook; `own` says that the sentence is one of the
    codebook's own tests rather than of a rule.
    """

    text: str
    spans: tuple[tuple[str, int, int], ...]
    codes: Mapping[str, str]
    rule: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a code on gold: how often found, wrongly given and missed, and the F1."""

    found: int
    wrong: int
    missed: int
    f1: float | None


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code: what it means, what it is not, what gets it, sentences that show it."""

    code: str
    label: str
    definition: str
    facts: tuple[tuple[str, str], ...]
    nots: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    types: tuple[str, ...]
    examples: tuple[Example, ...]
    score: Score | None

    @property
    def reached(self) -> bool:
        return bool(self.examples)


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule in words, with sentences that it leaves alone."""

    id: str
    words: RuleWords
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A core type with its rules."""

    name: str
    label: str
    definition: str
    nots: tuple[tuple[str, str], ...]
    rules: tuple[RuleEntry, ...]


@dataclass(frozen=True, slots=True)
class CodebookPages:
    """All that the pages of a codebook say. `common` are conditions of all rules of a file."""

    ontology: Ontology
    codes: tuple[CodeEntry, ...]
    types: tuple[TypeEntry, ...]
    common: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def reached(self) -> int:
        return sum(entry.reached for entry in self.codes)


def rules_of(books: Codebooks, name: str) -> list[Rule]:
    """The rules whose types, or whose deeds, lines of a codebook name. Raises E752."""
    types = set(_types_of(books, _ontology(books, name).codes))
    return [rule for rule in books.rules if rule.type in types]


def entries(
    books: Codebooks,
    name: str,
    examples: Sequence[Example],
    scores: Mapping[str, Score],
) -> CodebookPages:
    """The pages of a codebook. Raises E752 where it has no codes."""
    ontology = _ontology(books, name)
    rules = rules_of(books, name)
    by_file: dict[str, list[Rule]] = {}
    for rule in books.rules:
        by_file.setdefault(_file(books, rule), []).append(rule)
    common = {file: common_conditions(own) for file, own in by_file.items()}
    used = sorted({_file(books, rule) for rule in rules})
    return CodebookPages(
        ontology,
        tuple(_code(books, ontology, code, examples, scores) for code in _codes(ontology)),
        tuple(_type(books, t, rules, common) for t in _types_of(books, ontology.codes)),
        tuple(
            (file, tuple(capital(condition_words(c, books.sets)) for c in common[file]))
            for file in used
            if common[file]
        ),
    )


def _ontology(books: Codebooks, name: str) -> Ontology:
    ontology = books.ontologies.get(name)
    if ontology is None or not (ontology.codes or ontology.labels):
        raise CoderError(E752, name=name, known=", ".join(sorted(books.ontologies)) or "cameo")
    return ontology


def _codes(ontology: Ontology) -> list[str]:
    return list(dict.fromkeys([*ontology.labels, *(line.code for line in ontology.codes)]))


def _types_of(books: Codebooks, lines: Iterable[Code]) -> list[str]:
    """The types that lines name, families spelt out, in the order of the codebooks."""
    named = {t for line in lines for t in (*line.from_, *(t for c in line.chain for t in c))}
    whole = tuple(t.removesuffix(".*") for t in named if t.endswith(".*"))
    return [
        name
        for name in books.types
        if name in named or any(name == t or name.startswith(f"{t}.") for t in whole)
    ]


def _code(
    books: Codebooks,
    ontology: Ontology,
    code: str,
    examples: Sequence[Example],
    scores: Mapping[str, Score],
) -> CodeEntry:
    label = ontology.labels.get(code, Label(label=code))
    lines = [line for line in ontology.codes if line.code == code]
    covered = set(_types_of(books, lines))
    named = {t.removesuffix(".*") for line in lines for t in line.from_}
    types = [t for t in books.types if t in named]
    shown = [e for e in examples if e.codes.get(ontology.head.id) == code]
    shown.sort(key=lambda e: not e.own)
    facts = [("parent", label.parent), ("quad class", label.quad_class), ("score", label.score)]
    facts += [(key.replace("_", " "), value) for key, value in label.extra.items()]
    return CodeEntry(
        code,
        label.label,
        label.definition,
        tuple((key, value) for key, value in facts if value),
        tuple(dict.fromkeys(n for t in types for n in _nots(books, t, covered))),
        tuple(dict.fromkeys(code_words(line, books.types) for line in lines)),
        tuple(types),
        tuple(_different_rules(shown)),
        scores.get(code),
    )


def _different_rules(examples: Sequence[Example]) -> list[Example]:
    """A few examples, of different rules first and no sentence twice."""
    out: dict[str, Example] = {}
    rules: set[str] = set()
    for fresh in (True, False):
        for example in examples:
            if (
                len(out) < MOST_EXAMPLES
                and example.text not in out
                and (not fresh or example.rule not in rules)
            ):
                out[example.text] = example
                rules.add(example.rule)
    return list(out.values())


def _nots(books: Codebooks, name: str, covered: Container[str] = ()) -> list[tuple[str, str]]:
    """What a type is not, with the reasons; types that get the same code are left out."""
    return [
        (books.types[other].label if other in books.types else other, why)
        for other, why in books.types[name].not_.items()
        if other not in covered
    ]


def _type(
    books: Codebooks, name: str, rules: Sequence[Rule], common: Mapping[str, list[Condition]]
) -> TypeEntry:
    known = books.types[name]
    return TypeEntry(
        name,
        known.label,
        known.definition,
        tuple(_nots(books, name)),
        tuple(
            RuleEntry(
                rule.id,
                rule_words(rule, books.types, books.sets, common[_file(books, rule)]),
                tuple(t.text for t in rule.tests if not t.expect)[:MOST_NEAR],
            )
            for rule in rules
            if rule.type == name
        ),
    )


def _file(books: Codebooks, rule: Rule) -> str:
    """The file of a rule, by its name alone."""
    return books.places[rule.id].rpartition(":")[0].replace("\\", "/").rpartition("/")[2]
