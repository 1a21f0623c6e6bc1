"""Agents and roles: `codebooks/actors/agents.yaml` and `roles.yaml`.

An agent is a common noun for people or a body ("soldier", "ministry", "gang") with the CAMEO
role that it stands for and the kinds that rules may ask of it.

>>> book = load_agents("codebooks/actors")  # doctest: +SKIP
>>> [g.role for g in book.find("Police-Officer")]  # doctest: +SKIP
['COP']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coder.codebook.yamlio import line_of, load_with_lines, load_yaml
from coder.errors import E221, CoderError

RoleCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Word = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
AgentForm = Literal["person", "group", "body"]
PatternKind = Literal["lead", "backing", "origin", "against", "favour", "former", "arms", "of_body"]
Model = TypeVar("Model", bound=BaseModel)
_CONFIG = ConfigDict(frozen=True, extra="forbid")


def word_key(phrase: str) -> str:
    """A phrase as words are compared: lower case, a hyphen as a space, one kind of apostrophe.

    >>> word_key("Vice-President"), word_key("workers’ council")
    ('vice president', "workers' council")
    """
    return " ".join(re.split(r"[\s\-–‑]+", phrase.replace("’", "'").lower()))


class About(BaseModel):
    """Where the facts of a word file are from, and the terms of use."""

    model_config = _CONFIG

    title: str
    facts_from: str
    terms: str


class Role(BaseModel):
    """A CAMEO role: what its actors are, and what other schemes call them.

    `kinds` hold for every actor of the role, `sector` is the code of PLOVER, `inter` ACLED's
    kind of actor at home (abroad, state forces are External/Other forces). `merged_into` is
    the role that this one is folded into when coding (INS and SEP into REB).
    """

    model_config = _CONFIG

    label: str
    kinds: tuple[str, ...]
    sector: str
    inter: str
    merged_into: RoleCode | None = None


class AgentGroup(BaseModel):
    """Words of one role. `kinds` are what the file says and the form.

    `sector` is PLOVER's where it differs from the role's, `cameo` the whole code of words
    that take no country. A `weak` group's words count only with support in their phrase.
    """

    model_config = _CONFIG

    role: RoleCode
    form: AgentForm
    kinds: tuple[str, ...]
    words: tuple[Word, ...] = Field(min_length=1)
    sector: RoleCode | None = None
    cameo: str | None = None
    weak: bool = False


class Pattern(BaseModel):
    """A modifier that says how a name stands to the noun after it: "X-backed", "ex-"."""

    model_config = _CONFIG

    kind: PatternKind
    meaning: str
    suffix: tuple[Word, ...] = ()
    prefix: tuple[Word, ...] = ()
    link: tuple[Word, ...] = ()


class _AgentFile(BaseModel):
    model_config = _CONFIG

    about: About
    patterns: tuple[Pattern, ...] = ()
    agents: tuple[AgentGroup, ...]


class _RoleFile(BaseModel):
    model_config = _CONFIG

    about: About
    roles: dict[RoleCode, Role]


@dataclass(frozen=True)
class AgentBook:
    """All agents with the roles, in file order, with look-up by word."""

    groups: tuple[AgentGroup, ...]
    patterns: tuple[Pattern, ...] = ()
    roles: dict[str, Role] = field(default_factory=dict)
    path: Path = Path()

    def words(self) -> Iterator[tuple[str, AgentGroup]]:
        """Every word with its group."""
        for group in self.groups:
            for word in group.words:
                yield word, group

    @cached_property
    def by_word(self) -> dict[str, tuple[AgentGroup, ...]]:
        """Groups by `word_key`; where there are several, strong ones come first."""
        out: dict[str, list[AgentGroup]] = {}
        for word, group in self.words():
            out.setdefault(word_key(word), []).append(group)
        return {w: tuple(sorted(gs, key=lambda g: g.weak)) for w, gs in out.items()}

    def find(self, word: str) -> tuple[AgentGroup, ...]:
        """The groups of a word in its singular form, whatever its case and hyphens."""
        return self.by_word.get(word_key(word), ())


@dataclass(frozen=True, slots=True)
class WordFinding:
    """Something wrong in a word file: `code` is repeated-word, two-roles or unknown-role."""

    code: str
    place: str
    text: str


def load_agents(folder: str | Path) -> AgentBook:
    """The agents and roles of a folder (`agents.yaml`, `roles.yaml`).

    Raises CoderError E201-E206 (not readable as YAML) or E221 (a key is wrong, `file:line`).
    """
    agents_path, roles_path = Path(folder) / "agents.yaml", Path(folder) / "roles.yaml"
    agents = read_words(agents_path, _AgentFile)
    roles = read_words(roles_path, _RoleFile).roles
    groups = tuple(
        g.model_copy(update={"kinds": tuple(dict.fromkeys((*g.kinds, g.form)))})
        for g in agents.agents
    )
    return AgentBook(groups, agents.patterns, dict(roles), agents_path)


def lint_agents(book: AgentBook) -> list[WordFinding]:
    """Words that stand twice, words of two roles (neither weak), roles that are unknown."""
    _, lines = load_with_lines(book.path)
    out: list[WordFinding] = []
    first: dict[str, AgentGroup] = {}
    for g, group in enumerate(book.groups):
        if group.role not in book.roles:
            place = f"{book.path}:{line_of(lines, ('agents', g))}"
            out.append(WordFinding("unknown-role", place, f"{group.role} is not in roles.yaml"))
        for w, word in enumerate(group.words):
            before = first.setdefault(word_key(word), group)
            if before is group and word_key(word) not in map(word_key, group.words[:w]):
                continue
            place = f"{book.path}:{line_of(lines, ('agents', g, 'words', w))}"
            if before.role == group.role:
                out.append(WordFinding("repeated-word", place, f"{word} stands twice"))
            elif not (before.weak or group.weak):
                text = f"{word} is {before.role} and {group.role}"
                out.append(WordFinding("two-roles", place, text))
    return out


def read_words(path: Path, model: type[Model]) -> Model:
    """A word file as its model. Raises E221 with `file:line` where it does not fit."""
    data: Any = load_yaml(path)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        _, lines = load_with_lines(path)
        inside = ".".join(map(str, first["loc"]))
        place = f"{path}:{line_of(lines, first['loc'])}"
        raise CoderError(E221, place=place, why=f"{inside}: {first['msg']}") from error
