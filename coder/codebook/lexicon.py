"""The dictionaries of a standalone codebook: its own actors, agents, discards and issues.

They stand beside `codebook.yaml` in the folder of the codebook: `actors.yaml` has names with
codes that hold for a time, `agents.yaml` common nouns whose code is put behind (or `before`) that
of an actor, `discards.yaml` phrases that drop a sentence or a whole article, `issues.yaml` phrases
that say what a text is about. Each may be absent. Phrases are compared without regard to case.

>>> load_lexicon(Path("my_codebook")).actors[0].code_at(None)  # doctest: +SKIP
'USAGOV'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from coder.codebook.yamlio import line_of, load_with_lines, load_yaml
from coder.errors import E703, CoderError

LEXICON_FILES = ("actors.yaml", "agents.yaml", "discards.yaml", "issues.yaml")
M = TypeVar("M", bound=BaseModel)
NOBODY = "---"
"""The code of words that are known and mean no actor."""


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]
Phrase = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class LexiconCode(_Strict):
    """A code that holds on days with `from <= day < until`; several actors are parted by `/`."""

    code: str
    start: Day | None = Field(None, alias="from")
    until: Day | None = None

    def covers(self, day: date | None) -> bool:
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (
            self.until is None or day < self.until
        )


class LexiconActor(_Strict):
    """Names of one actor, and its codes: the first that covers a day holds."""

    words: tuple[Phrase, ...]
    codes: tuple[LexiconCode, ...]

    def code_at(self, day: date | None) -> str | None:
        """The code on a day, None where there is none.

        >>> smith = LexiconActor(words=("smith",), codes=(LexiconCode(code="USAGOV",
        ...                      until=date(2001, 1, 1)), LexiconCode(code="USAELI")))
        >>> smith.code_at(date(2000, 1, 1)), smith.code_at(date(2010, 1, 1))
        ('USAGOV', 'USAELI')
        """
        code = next((c.code for c in self.codes if c.covers(day)), None)
        return None if code == NOBODY else code


class LexiconAgent(_Strict):
    """Common nouns for people or a body, and the code that they add to an actor's."""

    words: tuple[Phrase, ...]
    code: str
    before: bool = False


class LexiconIssue(_Strict):
    """Phrases that say what a text is about."""

    phrases: tuple[Phrase, ...]
    code: str
    category: str = ""
    type: str = ""


class Discards(_Strict):
    sentence: tuple[Phrase, ...] = ()
    story: tuple[Phrase, ...] = ()


class Issues(_Strict):
    issues: tuple[LexiconIssue, ...] = ()
    not_sentence: tuple[Phrase, ...] = ()
    not_story: tuple[Phrase, ...] = ()


class _Actors(_Strict):
    about: dict[str, str] = Field(default_factory=dict)
    actors: tuple[LexiconActor, ...] = ()


class _Agents(_Strict):
    about: dict[str, str] = Field(default_factory=dict)
    agents: tuple[LexiconAgent, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All dictionaries of a standalone codebook."""

    actors: tuple[LexiconActor, ...] = ()
    agents: tuple[LexiconAgent, ...] = ()
    discards: Discards = field(default_factory=Discards)
    issues: Issues = field(default_factory=Issues)


def load_lexicon(folder: Path) -> Lexicon:
    """The dictionaries of a folder; those whose files are absent are empty.

    Raises CoderError E201-E206 (not readable as YAML) and E703 (an entry is wrong, with
    `file:line`).
    """
    actors = _load(folder / "actors.yaml", _Actors)
    agents = _load(folder / "agents.yaml", _Agents)
    return Lexicon(
        actors.actors,
        agents.agents,
        _load(folder / "discards.yaml", Discards),
        _load(folder / "issues.yaml", Issues),
    )


def _load(path: Path, model: type[M]) -> M:
    if not path.is_file():
        return model()
    data: Any = load_yaml(path) or {}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        _, lines = load_with_lines(path)
        where = tuple(first["loc"])
        why = f"{'.'.join(map(str, where))}: {first['msg']}"
        raise CoderError(E703, place=f"{path}:{line_of(lines, where)}", why=why) from error


def subwords(text: str) -> tuple[str, ...]:
    """A word or phrase as words are compared: lower case, apart at blanks, hyphens and `_`.

    >>> subwords("Al-Qaeda"), subwords("dol_amroth"), subwords("K.U.")
    (('al', 'qaeda'), ('dol', 'amroth'), ('k.u.',))
    """
    return tuple(p for p in re.split(r"[\s\-–_]+", text.lower().replace("’", "'")) if p)
