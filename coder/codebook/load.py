"""Codebook files to one checked `Codebooks` value.

Core files (rules), ontology files (codes) and users' files are read alike; what matters is
which parts they have. Every problem is collected with its file and line, so that one run shows
them all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coder.codebook.home import codebooks_dir
from coder.codebook.kinds import load_kinds
from coder.codebook.lexicon import LEXICON_FILES
from coder.codebook.model import CodebookFile, CodebookHead, EventType, Rule, RuleTest
from coder.codebook.ontology_model import Code, Label, Unit
from coder.codebook.yamlio import Lines, line_of, load_with_lines
from coder.errors import E250, E251, E702, CoderError

DEFAULT_CODEBOOKS = ("strikes", "cameo", "plover", "acled")
CODEBOOK_FILE = "codebook.yaml"
"""The file of rules and codes in the folder of a codebook."""
_NOT_RULES = {"kinds.yaml", "time.yaml", "numbers.yaml"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a codebook: where (`file:line`) and what."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """A codebook that gives codes: its head, labels by code, and code lines with places; what it
    counts as one event, and codes that need no sentence, with the reason."""

    head: CodebookHead
    labels: dict[str, Label]
    codes: tuple[Code, ...]
    places: tuple[str, ...]
    tests: tuple[tuple[RuleTest, str], ...]
    units: tuple[Unit, ...] = ()
    uncovered: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Codebooks:
    """Everything that the rules and codes say, merged over all files.

    `places` gives `file:line` of each rule; `user_rules` are ids from users' files, which win
    over the core. `digest` is the hash of all files read.
    """

    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    kind_groups: dict[str, frozenset[str]] = field(default_factory=dict)
    kind_yields: dict[str, frozenset[str]] = field(default_factory=dict)
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    types: dict[str, EventType] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    user_rules: set[str] = field(default_factory=set)
    ontologies: dict[str, Ontology] = field(default_factory=dict)
    set_places: dict[str, str] = field(default_factory=dict)
    type_places: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    standalone: Path | None = None
    """The folder of a codebook that stands alone, with its own dictionaries."""

    @property
    def digest(self) -> str:
        joined = "".join(f"{k}={v};" for k, v in sorted(self.hashes.items()))
        return hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()


def load_codebooks(
    chosen: Sequence[str] = DEFAULT_CODEBOOKS, folder: Path | None = None
) -> Codebooks:
    """The core rules with the chosen ontology codebooks: ids of bundled ones or paths of files.

    Raises E250 with the first problem and the number of others, E251 for an unknown name.

    >>> sorted(load_codebooks(["strikes"]).ontologies)
    ['strikes']
    """
    books, problems = read_codebooks(chosen, folder)
    if problems:
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CoderError(E250, place=problems[0].place, problem=problems[0].text.rstrip(".") + more)
    return books


def read_codebooks(
    chosen: Sequence[str] = DEFAULT_CODEBOOKS, folder: Path | None = None
) -> tuple[Codebooks, list[Problem]]:
    """As `load_codebooks`, with the problems instead of an error."""
    home = folder or codebooks_dir()
    books, problems = Codebooks(), []
    kinds_file = home / "core" / "kinds.yaml"
    books.kinds = dict(load_kinds(kinds_file))
    books.sets.update(books.kinds)
    books.hashes["core/kinds.yaml"] = file_hash(kinds_file)
    for file in sorted((home / "core").glob("*.yaml")):
        if file.name not in _NOT_RULES:
            problems += _add(books, file, f"core/{file.name}", user=False)
    for name in chosen:
        file = _find(name, home)
        problems += _add(books, file, name, user=file.parent != home)
    if any(o.head.standalone for o in books.ontologies.values()):
        _stand_alone(books, chosen, home)
    books.rules = _named_overrides(books.rules)
    for folder_name in ("actors", "places"):
        for file in sorted((home / folder_name).glob("*.yaml")):
            books.hashes[f"{folder_name}/{file.name}"] = file_hash(file)
    return books, problems


def _stand_alone(books: Codebooks, chosen: Sequence[str], home: Path) -> None:
    """Keep the rules and types of the one codebook that stands alone. The sets and paths of the
    core stay: they are grammar. Raises E702 where it is not the only one."""
    file = _find(chosen[0], home)
    if len(chosen) > 1:
        raise CoderError(E702, place=str(file), others=", ".join(chosen[1:]))
    books.standalone = file.parent
    books.rules = [r for r in books.rules if r.id in books.user_rules]
    start = f"{file}:"
    books.types = {t: e for t, e in books.types.items() if books.type_places[t].startswith(start)}
    for name in LEXICON_FILES:
        if (file.parent / name).is_file():
            books.hashes[name] = file_hash(file.parent / name)


def _named_overrides(rules: Sequence[Rule]) -> list[Rule]:
    """Rules with `overrides: [yet.*]` written out: all whose ids begin so, but for the rule itself
    and those that override it by name."""
    if not any(o.endswith(".*") for r in rules for o in r.overrides):
        return list(rules)
    by_name = {r.id: frozenset(r.overrides) for r in rules}
    out = []
    for rule in rules:
        named: dict[str, None] = {}
        for other in rule.overrides:
            start = other.removesuffix("*")
            found = [i for i in by_name if i.startswith(start)] if start != other else [other]
            for i in found or [other]:
                if start == other or (i != rule.id and rule.id not in by_name[i]):
                    named[i] = None
        same = tuple(named) == rule.overrides
        out.append(rule if same else rule.model_copy(update={"overrides": tuple(named)}))
    return out


def _find(name: str, home: Path) -> Path:
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    if (Path(name) / CODEBOOK_FILE).is_file():
        return Path(name) / CODEBOOK_FILE
    file = home / f"{name}.yaml"
    if not file.is_file():
        known = sorted(p.stem for p in home.glob("*.yaml"))
        raise CoderError(E251, place=name, name=name, known=", ".join(known))
    return file


def file_hash(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()


def _add(books: Codebooks, file: Path, name: str, *, user: bool) -> list[Problem]:
    data, lines = load_with_lines(file)
    books.hashes[name] = file_hash(file)
    try:
        parsed = CodebookFile.model_validate(data or {})
    except ValidationError as error:
        return [_problem(file, lines, e) for e in error.errors()]
    adding = _Adding(books, file, lines)
    adding.words(parsed)
    adding.types(parsed)
    adding.rules(parsed, user=user)
    if parsed.codebook:
        adding.ontology(parsed, parsed.codebook)
    return adding.problems


@dataclass(slots=True)
class _Adding:
    """One file on its way into the books, with the problems met."""

    books: Codebooks
    file: Path
    lines: Lines
    problems: list[Problem] = field(default_factory=list)

    def at(self, *path: str | int) -> str:
        return f"{self.file}:{line_of(self.lines, path)}"

    def problem(self, place: str, text: str) -> None:
        self.problems.append(Problem(place, text))

    def new(self, part: str, known: Container[str], key: str) -> bool:
        """Whether a key is not yet known; a problem where it is."""
        if key not in known:
            return True
        self.problem(self.at(part, key), f"{part[:-1]} {key} is defined twice")
        return False

    def words(self, parsed: CodebookFile) -> None:
        """Sets, relations of kinds, and paths."""
        books = self.books
        for key, words in parsed.sets.items():
            if self.new("sets", books.sets, key):
                books.sets[key] = frozenset(w.lower() for w in words)
                books.set_places[key] = self.at("sets", key)
        for key, members in parsed.kind_groups.items():
            if self.new("kind_groups", books.kind_groups, key):
                books.kind_groups[key] = frozenset(members)
        for key, members in parsed.kind_yields.items():
            if self.new("kind_yields", books.kind_yields, key):
                books.kind_yields[key] = frozenset(members)
        for key, alternatives in parsed.paths.items():
            if self.new("paths", books.paths, key):
                books.paths[key] = alternatives

    def types(self, parsed: CodebookFile) -> None:
        for key, event_type in parsed.types.items():
            if self.new("types", self.books.types, key):
                self.books.types[key] = event_type
                self.books.type_places[key] = self.at("types", key)

    def rules(self, parsed: CodebookFile, *, user: bool) -> None:
        """Rules, each with the conditions that are common to the file."""
        books = self.books
        for n, rule in enumerate(parsed.rules):
            place = self.at("rules", n)
            if rule.id in books.places:
                also = books.places[rule.id]
                self.problem(place, f"rule id {rule.id} stands twice (also at {also})")
                continue
            requires = (*rule.requires, *parsed.common)
            books.rules.append(rule.model_copy(update={"requires": requires}))
            books.places[rule.id] = place
            if user:
                books.user_rules.add(rule.id)

    def ontology(self, parsed: CodebookFile, head: CodebookHead) -> None:
        if head.id in self.books.ontologies:
            self.problem(self.at("codebook"), f"codebook {head.id} is chosen twice")
        self.books.ontologies[head.id] = Ontology(
            head,
            parsed.labels,
            parsed.codes,
            tuple(self.at("codes", n) for n in range(len(parsed.codes))),
            tuple((t, self.at("tests", n)) for n, t in enumerate(parsed.tests)),
            parsed.units,
            parsed.uncovered,
        )


def _problem(file: Path, lines: Lines, error: Any) -> Problem:
    path = tuple(p if isinstance(p, int) else re.sub(r"_$", "", str(p)) for p in error["loc"])
    where = ".".join(str(p) for p in path)
    text = "unknown key" if error["type"] == "extra_forbidden" else error["msg"]
    return Problem(f"{file}:{line_of(lines, path)}", f"{where}: {text}")
