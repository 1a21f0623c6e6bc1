"""Actor dictionaries of TABARI and PETRARCH: names with codes that hold for a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from coder.codebook.importers.lexing import Line, Quarantine, lines_of, read_text

_SPEC = re.compile(r"\[([^\[\]]*)\]")
_SPAN = re.compile(r"^(?P<code>[^\s<>]*?)\s*(?P<range>[<>].*|[<>]?\d{6,}\s*-.*)?$")
_CODE = re.compile(r"^[A-Za-z0-9+/#-]+$")
_CENTURY_TURNS = 30
"""Two-digit years up to this one are of the 21st century."""


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A code that holds on days with `start <= day < until`; None is no bound."""

    code: str
    start: date | None = None
    until: date | None = None

    @property
    def dated(self) -> bool:
        return self.start is not None or self.until is not None


@dataclass(slots=True)
class ActorRecord:
    """Names of one actor; of its codes the first that covers a day holds."""

    words: list[str]
    line: int
    file: str
    codes: list[DatedCode] = field(default_factory=list)

    def ordered(self) -> list[DatedCode]:
        """The codes with those first that have a date: an undated one would hide the rest."""
        return sorted(self.codes, key=lambda c: not c.dated)


@dataclass(slots=True)
class ActorFile:
    """The records of one file, those without a code too."""

    records: list[ActorRecord] = field(default_factory=list)
    synonyms: int = 0

    def counts(self) -> dict[str, int]:
        codes = [c for r in self.records for c in r.codes]
        return {
            "actors": len(self.records),
            "synonyms of actors": self.synonyms,
            "codes of actors": len(codes),
            "codes of actors with dates": sum(c.dated for c in codes),
            "actors without a code": sum(not r.codes for r in self.records),
        }


def read_actors(path: Path, quarantine: Quarantine) -> ActorFile:
    """The actors of a file. What does not parse goes to the quarantine; a record that is left
    without a code too, though it is counted. Raises CoderError E101, E102."""
    out = ActorFile()
    started: list[Line] = []
    for line in lines_of(read_text(path, quarantine)):
        text = line.text
        specs = _SPEC.findall(text)
        phrase = text.partition("[")[0].strip()
        if _broken(text):
            synonym = phrase.startswith("+")
            kind = "synonyms of actors" if synonym else "codes of actors"
            quarantine.add(line, "brackets that do not match", kind)
            if name_of(phrase) and not text[0].isspace() and not synonym:
                out.records.append(ActorRecord([name_of(phrase)], line.number, quarantine.file))
                started.append(line)
            continue
        if "<!" in phrase or phrase.endswith("-->"):
            quarantine.add(line, "a comment that is not closed or opened")
            continue
        if not phrase:
            if not out.records:
                quarantine.add(line, "codes that belong to no actor", "codes of actors")
                continue
            _add_codes(out.records[-1], specs, line, quarantine)
        elif phrase.startswith("+"):
            name = name_of(phrase[1:])
            if not out.records or not name:
                quarantine.add(line, "a synonym that belongs to no actor", "synonyms of actors")
                continue
            out.records[-1].words.append(name)
            out.synonyms += 1
            _add_codes(out.records[-1], specs, line, quarantine)
        elif not name_of(phrase):
            quarantine.add(line, "an actor without a name", "actors")
        else:
            record = ActorRecord([name_of(phrase)], line.number, quarantine.file)
            out.records.append(record)
            started.append(line)
            _add_codes(record, specs, line, quarantine)
    for record, line in zip(out.records, started, strict=True):
        if not record.codes:
            quarantine.add(line, "an actor without a code")
    return out


def _broken(text: str) -> bool:
    return text.count("[") != text.count("]")


def name_of(phrase: str) -> str:
    """A name with single blanks.

    >>> name_of("THE_AU_")
    'the au'
    """
    return " ".join(phrase.replace("_", " ").split()).lower()


def _add_codes(
    record: ActorRecord, specs: Iterable[str], line: Line, quarantine: Quarantine
) -> None:
    for spec in specs:
        try:
            record.codes.append(read_spec(spec))
        except ValueError as error:
            quarantine.add(line, f"code [{spec}]: {error}", "codes of actors")


def read_spec(spec: str) -> DatedCode:
    """A code with its days. Raises ValueError.

    >>> read_spec("HOBGOV 20121109-20130119").until
    datetime.date(2013, 1, 20)
    """
    match = _SPAN.match(spec.strip())
    if match is None:
        raise ValueError("not a code with dates")
    code, span = match["code"], match["range"]
    if not code or not _CODE.match(code):
        raise ValueError("there is no code")
    if span is None:
        return DatedCode(code)
    span = span.replace(" ", "").replace("\t", "")
    if span[0] == "<":
        return DatedCode(code, None, _day(span[1:]))
    if span[0] == ">":
        return DatedCode(code, _day(span[1:]), None)
    first, _, last = span.partition("-")
    start, end = _day(first), _day(last)
    if start > end:
        raise ValueError("the range ends before it begins")
    return DatedCode(code, start, end + timedelta(1))


def _day(text: str) -> date:
    """YYYYMMDD or YYMMDD."""
    if not text.isdecimal() or len(text) not in (6, 8):
        raise ValueError(f"{text!r} is no date")
    if len(text) == 6:
        text = ("20" if int(text[:2]) <= _CENTURY_TURNS else "19") + text
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise ValueError(f"{text!r} is no date") from None
