"""The actor dictionaries: countries, organisations, institutions, parties, persons, groups.

Files `codebooks/actors/*.yaml` with a list `actors:` hold entries (`ActorEntry`); other
YAML files of the folder are left to their own loaders. A day is inside `from`/`until` when
`from <= day < until`; a bare year or month stands for its first day.

>>> book = load_actors("codebooks/actors")  # doctest: +SKIP
>>> book.find("Kremlin")[0].cameo_at()  # doctest: +SKIP
'RUSGOV'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from coder.codebook.yamlio import line_of, load_with_lines, load_yaml
from coder.errors import E210, E211, CoderError

Kind = Literal[
    "country", "organisation", "institution", "person", "armed_group", "party", "firm",
    "movement", "region", "ethnic", "religious",
]  # fmt: skip
Inter = Literal[
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters",
    "Protesters", "Civilians", "External/Other forces",
]  # fmt: skip
Form = Literal["words", "office_words", "adjectives", "demonyms", "seats"]
Span = tuple[date | None, date | None]


def _day(value: object) -> object:
    """2021, 2021-01 and 2021-01-20 as a date (the first day); anything else as it is."""
    if not isinstance(value, str):
        return value
    parts = value.split("-")
    if len(parts) > 3 or len(parts[0]) != 4 or not all(p.isdecimal() for p in parts):
        raise ValueError(f'"{value}" is not a date (2021, 2021-01 or 2021-01-20)')
    year, month, day = (*map(int, parts), 1, 1)[:3]
    return date(year, month, day)


Day = Annotated[date, BeforeValidator(_day)]
Code3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Cameo = Annotated[str, Field(pattern=r"^([A-Z]{3}){1,4}$")]
Word = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
_CONFIG = ConfigDict(frozen=True, extra="forbid")


_JUST_NOW = timedelta(14)


def _before(day: date) -> date:
    """The day two weeks earlier, or the first day of all."""
    return date.fromordinal(max(1, day.toordinal() - _JUST_NOW.days))


def _inside(day: date | None, start: date | None, until: date | None) -> bool:
    return day is None or ((start is None or start <= day) and (until is None or day < until))


class _Dated(BaseModel):
    model_config = _CONFIG

    start: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def _order(self) -> _Dated:
        if self.start is not None and self.until is not None and self.start >= self.until:
            raise ValueError(f"from {self.start} is not before until {self.until}")
        return self

    def covers(self, day: date | None) -> bool:
        """Whether `day` is inside; an unknown day (None) is inside everything."""
        return _inside(day, self.start, self.until)


class Spell(_Dated):
    """What an actor is for a time: an office of a person, a side that a group is on.

    Each of `country`, `role`, `cameo` and `inter` that is absent is the entry's own; but a
    spell with a `cameo` code is an international office, with no country unless it says so.
    """

    role: Code3 | None = None
    title: str | None = None
    country: Code3 | None = None
    cameo: Cameo | None = None
    inter: Inter | None = None


class ActorEntry(_Dated):
    """One actor of a dictionary.

    `words` name the actor, `adjectives` modify a noun ("American troops"), `demonyms` are
    its people, `capital` and `seats` are places that stand for its government. A word
    with capitals is matched as written. `office_words` name the actor only on days inside
    its spells: a surname that several office-holders share. `country` is ISO 3166 alpha-3
    (a former state that has no code of its own uses its successor's; a `floating` group takes that
    of the event), `role` a CAMEO role,
    `cameo` a code that is not country and role. `inter` is ACLED's kind of actor at home.
    A `floating` group fights in several countries: the event's country comes before its own.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    name: Word
    kind: Kind
    country: Code3 | None = None
    role: Code3 | None = None
    cameo: Cameo | None = None
    inter: Inter | None = None
    floating: bool = False
    words: tuple[Word, ...] = ()
    office_words: tuple[Word, ...] = ()
    adjectives: tuple[Word, ...] = ()
    demonyms: tuple[Word, ...] = ()
    capital: Word | None = None
    seats: tuple[Word, ...] = ()
    spells: tuple[Spell, ...] = ()

    @model_validator(mode="after")
    def _sense(self) -> ActorEntry:
        if not any(True for _ in self.phrases()):
            raise ValueError("no words name this actor")
        if self.office_words and not self.spells:
            raise ValueError("office_words need spells")
        return self

    def phrases(self) -> Iterator[tuple[str, Form]]:
        """Every word of the entry with its form; the capital comes with the seats."""
        yield from ((w, "words") for w in self.words)
        yield from ((w, "office_words") for w in self.office_words)
        yield from ((w, "adjectives") for w in self.adjectives)
        yield from ((w, "demonyms") for w in self.demonyms)
        if self.capital is not None:
            yield self.capital, "seats"
        yield from ((w, "seats") for w in self.seats)

    def spell_at(self, day: date | None = None) -> Spell | None:
        """The last spell that covers the day; of an unknown day, the last one of all."""
        found = next((s for s in reversed(self.spells) if s.covers(day)), None)
        if (
            found is None and day is not None
        ):  # killed or gone just now: news calls them by their office
            return next((s for s in reversed(self.spells) if s.covers(_before(day))), None)
        return found

    def country_at(self, day: date | None = None) -> str | None:
        """ISO 3166 alpha-3 code on that day, None where the actor is international."""
        spell = self.spell_at(day)
        if spell is None or (spell.country is None and spell.cameo is None):
            return self.country
        return spell.country

    def role_at(self, day: date | None = None) -> str | None:
        """CAMEO role on that day; a person who has offices is ELI outside them."""
        spell = self.spell_at(day)
        if spell is None and self.spells and self.kind == "person":
            return "ELI"
        return (spell.role if spell else None) or self.role

    def inter_at(self, day: date | None = None) -> str | None:
        """ACLED's kind of actor in its own country on that day."""
        spell = self.spell_at(day)
        return (spell.inter if spell else None) or self.inter

    def cameo_at(self, day: date | None = None) -> str | None:
        """The CAMEO code on that day: its own code, else country and role.

        >>> office = Spell(role="GOV", until=date(2020, 1, 1))
        >>> lee = ActorEntry(id="x", name="Ann Lee", kind="person", country="XKX",
        ...                  words=("Ann Lee",), spells=(office,))
        >>> lee.cameo_at(date(2019, 1, 1)), lee.cameo_at(date(2021, 1, 1))
        ('XKXGOV', 'XKXELI')
        """
        spell = self.spell_at(day)
        own = (spell.cameo if spell else None) or self.cameo
        if own is not None and not (spell is None and self.kind == "person" and self.spells):
            return own
        return ((self.country_at(day) or "") + (self.role_at(day) or "")) or None

    def spans(self, form: Form = "words") -> tuple[Span, ...]:
        """The times (from, until) in which words of that form mean this actor."""
        if form == "office_words":
            return tuple((s.start, s.until) for s in self.spells)
        return ((self.start, self.until),)

    def means(self, form: Form, day: date | None) -> bool:
        """Whether words of that form mean this actor on that day."""
        return any(_inside(day, start, until) for start, until in self.spans(form))


@dataclass(frozen=True)
class ActorBook:
    """All entries in the order of files and lines, with look-up by id and by word."""

    entries: tuple[ActorEntry, ...]
    origins: tuple[tuple[Path, int], ...] = field(repr=False)
    """For each entry its file and its index in that file's list."""

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def by_id(self) -> dict[str, ActorEntry]:
        """Entries by id; of a repeated id (which `lint_actors` reports) the first."""
        return {e.id: e for e in reversed(self.entries)}

    @cached_property
    def by_word(self) -> dict[str, tuple[tuple[ActorEntry, Form], ...]]:
        """Every word as written, with the entries that have it and in which form."""
        out: dict[str, list[tuple[ActorEntry, Form]]] = {}
        for entry in self.entries:
            for word, form in entry.phrases():
                out.setdefault(word, []).append((entry, form))
        return {word: tuple(owners) for word, owners in out.items()}

    def find(self, word: str, day: date | None = None) -> tuple[ActorEntry, ...]:
        """The entries that a word names on a day, each once."""
        owners = self.by_word.get(word, ())
        return tuple({e.id: e for e, form in owners if e.means(form, day)}.values())

    def place(self, index: int) -> str:
        """`file:line` of an entry (reads the file again: for messages only)."""
        path, item = self.origins[index]
        _, lines = load_with_lines(path)
        return f"{path}:{line_of(lines, ('actors', item))}"


_ENTRIES = TypeAdapter(list[ActorEntry])


def load_actors(folder: str | Path) -> ActorBook:
    """All entries of the actor files of a folder, by file name and then in file order.

    Raises CoderError E201-E206 (not readable as YAML), E210 (an entry is wrong, with
    `file:line`) or E211 (no actor files).
    """
    entries: list[ActorEntry] = []
    origins: list[tuple[Path, int]] = []
    for path in sorted(Path(folder).glob("*.yaml")):
        data = load_yaml(path)
        if not isinstance(data, dict) or "actors" not in data:
            continue
        loaded = _validated(path, data)
        entries += loaded
        origins += [(path, i) for i in range(len(loaded))]
    if not entries:
        raise CoderError(E211, place=str(folder), path=str(folder))
    return ActorBook(tuple(entries), tuple(origins))


def _validated(path: Path, data: dict[str, Any]) -> list[ActorEntry]:
    about = data.get("about")
    if set(data) != {"about", "actors"} or not isinstance(about, dict):
        raise CoderError(E210, place=f"{path}:1", why="keys must be `about` and `actors`")
    if set(about) != {"title", "facts_from", "terms"}:
        raise CoderError(
            E210, place=f"{path}:1", why="`about` must have title, facts_from and terms"
        )
    try:
        return _ENTRIES.validate_python(data["actors"])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where: tuple[str | int, ...] = ("actors", *first["loc"])
        _, lines = load_with_lines(path)
        item = where[1] if len(where) > 1 else ""
        entry = data["actors"][item] if isinstance(item, int) else None
        name = entry.get("id", "") if isinstance(entry, dict) else ""
        inside = ".".join(map(str, where[2:]))
        why = f"{name} {inside}: {first['msg']}".strip()
        place = f"{path}:{line_of(lines, where)}"
        raise CoderError(E210, place=place, why=why) from error


@dataclass(frozen=True, slots=True)
class ActorFinding:
    """Something wrong between entries: `code` is repeated-id or shared-word."""

    code: str
    place: str
    text: str


def lint_actors(book: ActorBook) -> list[ActorFinding]:
    """Ids that stand twice, and words that mean two actors at the same time.

    Adjectives and demonyms may be shared by entries of one country (Serbian: Serbia,
    Serbia and Montenegro); that is no finding.
    """
    index = {id(e): i for i, e in enumerate(book.entries)}
    out: list[ActorFinding] = []
    for i, entry in enumerate(book.entries):
        if book.by_id[entry.id] is not entry:
            out.append(ActorFinding("repeated-id", book.place(i), f"{entry.id} stands twice"))
    for word, owners in book.by_word.items():
        for n, (entry, form) in enumerate(owners):
            for other, other_form in owners[:n]:
                if other is entry or _shareable(entry, form, other, other_form):
                    continue
                if _overlap(entry.spans(form), other.spans(other_form)):
                    text = f'"{word}" means {other.id} ({other_form}) and {entry.id} ({form})'
                    place = book.place(index[id(entry)])
                    out.append(ActorFinding("shared-word", place, text))
    return out


def _shareable(one: ActorEntry, form: Form, two: ActorEntry, other: Form) -> bool:
    people = ("adjectives", "demonyms")
    return form in people and other in people and one.country == two.country


def _overlap(one: tuple[Span, ...], two: tuple[Span, ...]) -> bool:
    low, high = date.min, date.max
    return any(
        (a or low) < (d or high) and (c or low) < (b or high) for a, b in one for c, d in two
    )
