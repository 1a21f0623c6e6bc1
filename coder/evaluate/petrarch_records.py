"""PETRARCH's unit-test records: sentences with the events that its own dictionaries give.

The test of an import: code the sentences with the imported dictionaries and compare the set of
(source, target, code) of each record exactly, as the coders of that family do. Records are shared
out neither in halves nor by slots: they test an import, not the coder's own rules.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from coder.errors import E101, E704, CoderError

Line = dict[str, Any]
Triple = tuple[str | None, str | None, str]
_NOBODY = "---"
_LEAF = re.compile(r"\(([^\s()]+)\s+([^\s()]+)\)")
_UNESCAPED = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}
_DISCARDED = ("storydiscard", "sentencediscard")


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `events` are what must be coded; without `dyad` events with one unknown side
    count too. `error` is what the record expects to go wrong ("" for nothing)."""

    id: str
    published: str
    text: str
    category: str
    events: frozenset[Triple]
    dyad: bool = True
    error: str = ""

    @property
    def group(self) -> str:
        """discards, errors, no events, or the roots of the codes."""
        if self.error:
            return "discards" if self.error in _DISCARDED else "errors"
        return "no events" if not self.events else "events"


@dataclass(frozen=True, slots=True)
class RecordResult:
    """A record with what was coded."""

    record: Record
    coded: frozenset[Triple]

    @property
    def right(self) -> bool:
        return self.coded == self.record.events


@dataclass(frozen=True, slots=True)
class RecordReport:
    """All records compared. `exact` is the share that is right, of all records of the file."""

    codebook: str
    results: tuple[RecordResult, ...] = field(repr=False)

    @property
    def right(self) -> int:
        return sum(r.right for r in self.results)

    @property
    def exact(self) -> float:
        return self.right / len(self.results)

    def events(self) -> tuple[int, int, int]:
        """Events coded, expected, and both."""
        coded = sum(len(r.coded) for r in self.results)
        wanted = sum(len(r.record.events) for r in self.results)
        both = sum(len(r.coded & r.record.events) for r in self.results)
        return coded, wanted, both

    def by(self, key: Callable[[Record], Iterable[str]]) -> dict[str, tuple[int, int]]:
        """Records right and records in all, by each key that a record has."""
        all_: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for r in self.results:
            for k in dict.fromkeys(key(r.record)):
                all_[k] += 1
                right[k] += r.right
        return {k: (right[k], all_[k]) for k in sorted(all_)}

    def wrong(self) -> list[dict[str, Any]]:
        """The records that are not right, with what is missed and what is too much."""
        return [
            {
                "id": r.record.id,
                "text": r.record.text,
                "missed": sorted(_shown(t) for t in r.record.events - r.coded),
                "extra": sorted(_shown(t) for t in r.coded - r.record.events),
            }
            for r in self.results
            if not r.right
        ]

    def to_json(self) -> str:
        coded, wanted, both = self.events()
        figures = {
            "codebook": self.codebook,
            "records": len(self.results),
            "right": self.right,
            "exact": round(self.exact, 4),
            "events": {"coded": coded, "expected": wanted, "both": both},
            "by_group": self.by(lambda r: [r.group]),
            "by_root": self.by(roots),
            "by_category": self.by(lambda r: [r.category]),
        }
        return json.dumps(figures, ensure_ascii=False, indent=1)

    def render(self) -> str:
        """The figures as text."""
        coded, wanted, both = self.events()
        lines = [
            f"{self.right} of {len(self.results)} records exactly right ({self.exact:.3f})",
            f"codebook: {self.codebook}",
            f"events: {both} of {wanted} expected, {coded} coded",
        ]
        for title, found in (
            ("kind of record", self.by(lambda r: [r.group])),
            ("root of the code", self.by(roots)),
            ("category", self.by(lambda r: [r.category])),
        ):
            lines += ["", title]
            lines += [f"  {k:<12} {right:>4} of {n}" for k, (right, n) in found.items()]
        return "\n".join(lines) + "\n"


def roots(record: Record) -> list[str]:
    """The two-digit roots of the codes of a record.

    >>> roots(Record("a", "1995-01-01", "", "DEMO", frozenset({("ARN", "GON", "064")})))
    ['06']
    """
    return sorted({code[:2] for _, _, code in record.events})


def _shown(triple: Triple) -> str:
    return " ".join(part or _NOBODY for part in triple)


def is_records(path: Path) -> bool:
    """Whether a file is to be scored as records of this kind."""
    return path.suffix.lower() == ".xml"


def read_records(path: Path) -> tuple[Record, ...]:
    """The records of a file in order, with the configuration in force at each.

    The words of the record's parse stand for its text where the two are not the same words.
    Raises CoderError E101 (no such file) and E704 (not such a file).
    """
    try:
        tree = ElementTree.parse(path)
    except FileNotFoundError as error:
        raise CoderError(E101, place=str(path), path=path) from error
    except (ElementTree.ParseError, OSError, UnicodeDecodeError) as error:
        raise CoderError(E704, place=str(path), why=str(error)) from error
    dyad = True
    out = []
    for element in tree.iter():
        if element.tag == "Config" and element.get("option") == "require_dyad":
            dyad = (element.get("value") or "").lower() != "false"
        elif element.tag == "Sentence":
            out.append(_record(element, dyad, path))
    if not out:
        raise CoderError(E704, place=str(path), why="there is no <Sentence>")
    return tuple(out)


def _record(element: ElementTree.Element, dyad: bool, path: Path) -> Record:
    name = (element.get("id") or "").strip()
    place = f"{path}: {name}"
    day = re.sub(r"\D", "", element.get("date") or "")
    text = " ".join((element.findtext("Text") or "").split())
    try:
        published = date(int(day[:4]), int(day[4:6]), int(day[6:8])).isoformat()
    except ValueError as error:
        raise CoderError(E704, place=place, why=f"{day!r} is no date") from error
    if not text:
        raise CoderError(E704, place=place, why="there is no <Text>")
    events, problem = set(), ""
    for coding in element.iter("EventCoding"):
        problem = problem or coding.get("error", "")
        code = coding.get("eventcode")
        if code:
            source, target = coding.get("sourcecode"), coding.get("targetcode")
            events.add((side(source), side(target), code))
    text = _as_parsed(text, element.findtext("Parse") or "")
    category = (element.get("category") or "").strip()
    return Record(name, published, text, category, frozenset(events), dyad, problem)


def side(code: str | None) -> str | None:
    """A side of an event as we write it: nobody is None, an agent without a name is its own code.

    >>> side("---GOV"), side("---"), side("ARN")
    ('GOV', None, 'ARN')
    """
    return (code or "").strip().removeprefix(_NOBODY) or None


def _as_parsed(text: str, parse: str) -> str:
    """The text, or the words of the parse where they are others."""
    leaves = [_UNESCAPED.get(word, word) for _, word in _LEAF.findall(parse)]
    return text if not leaves or _letters(text) == _letters("".join(leaves)) else _joined(leaves)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _joined(words: Sequence[str]) -> str:
    text = " ".join(words)
    text = re.sub(r" (?=[.,;:?!)]|'s\b|n't\b|')", "", text)
    return text.replace("( ", "(")


def score_records(
    path: Path, code: Callable[[list[Line]], Iterable[Mapping[str, Any]]], codebook: str
) -> RecordReport:
    """Code the records of a file with `code` (as `coder code` does) and compare the codes of one
    codebook. Raises CoderError E101, E704."""
    records = read_records(path)
    # Ids of records are not unique: lines go by their number.
    lines = [
        {"id": str(n), "published": r.published, "text": r.text} for n, r in enumerate(records)
    ]
    answers = {str(a["id"]): a.get("events", ()) for a in code(lines)}
    return RecordReport(
        codebook,
        tuple(
            RecordResult(r, frozenset(triples(answers.get(str(n), ()), codebook, dyad=r.dyad)))
            for n, r in enumerate(records)
        ),
    )


def triples(rows: Iterable[Mapping[str, Any]], codebook: str, *, dyad: bool) -> set[Triple]:
    """The (source, target, code) of rows: reciprocal ones both ways, and with `dyad` only those
    whose sides are both known."""
    out: set[Triple] = set()
    for row in rows:
        code = row.get(codebook)
        source, target = row.get("source"), row.get("target")
        if code is None or (dyad and not (source and target)) or (source == target):
            continue
        out.add((source, target, str(code)))
        if row.get("reciprocal") and target:
            out.add((target, source, str(code)))
    return out
