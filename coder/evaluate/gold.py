"""Gold: hand-coded texts to measure the coder against, in one structure.

Read from JSON lines of sentences (`id, published, text, events, optional_events, tags`),
from article files (`NAME.json` with the events of every sentence, beside `NAME.txt`), from
records in the form of the PLOVER gold standard, or from a folder of these.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from coder.errors import E501, E502, CoderError
from coder.evaluate.gsr import is_gsr, read_gsr_record

Half = Literal["A", "B"]
Pair = tuple[str | None, str | None]
Span = tuple[int, int]
Json = Mapping[str, Any]

_HEADER = re.compile(r"\s*date \d{4}-\d\d-\d\d [^:\n]{1,80}:\s*")
# Codes whose joint sources with an empty target are parties to one another.
_MUTUAL_CODES = ("03", "04", "05", "06", "08", "196")
_CEASEFIRE = frozenset({"0871", "0356"})
# CAMEO has no code for these, so only their ACLED coding is measured.
_ACLED_ONLY_TYPES = frozenset(
    {"Disrupted weapons use", "Change to group/activity", "Headquarters or base established"}
)
_ACLED_ONLY_CODES = frozenset({"1711", "062", "154", "0874"})


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One hand-coded event mention.

    `pairs` are its sources and targets, joint actors taken apart; `cameo_alt` other codes
    that count as right, `any_of_root` that every code of the root does. `sentence` and
    `cluster` (the id of the first mention of the same event) are set in articles only.
    `span` is the trigger in the item's text, in code points.
    """

    event_id: str
    cameo: str | None
    pairs: tuple[Pair, ...]
    trigger: str
    span: Span | None = None
    cameo_alt: tuple[str, ...] = ()
    any_of_root: bool = False
    plover: str | None = None
    plover_alt: tuple[str, ...] = ()
    plover_mode: str | None = None
    acled: str | None = None
    strikes: str | None = None
    inter1: str | None = None
    inter2: str | None = None
    date: str | None = None
    date_precision: str = "day"
    date_tolerance: int = 0
    country: str | None = None
    place: str | None = None
    admin1: str | None = None
    fatalities: int | None = None
    injured: int | None = None
    reciprocal: bool = False
    acled_only: bool = False
    sentence: int | None = None
    cluster: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoldItem:
    """A text with its gold. `sentences` are the spans of an article's sentences in `text`."""

    id: str
    published: str
    text: str
    events: tuple[GoldEvent, ...]
    optional_events: tuple[GoldEvent, ...]
    tags: frozenset[str]
    half: Half
    set: str
    sentences: tuple[Span, ...] = ()

    @property
    def negative(self) -> bool:
        """Whether nothing in the text has to be coded."""
        return not self.events


def half_of(item_id: str) -> Half:
    """The half of an item: A where the last hex digit of the SHA-256 of its id is even.

    >>> half_of("a"), half_of("b")
    ('B', 'B')
    """
    digit = hashlib.sha256(item_id.encode("utf-8")).hexdigest()[-1]
    return "A" if int(digit, 16) % 2 == 0 else "B"


def read_gold(path: str | Path) -> tuple[GoldItem, ...]:
    """The items of a gold file or of a folder of them, in order of file name and line.

    Raises CoderError E501 (nothing there) and E502 (a line or file that is not gold).
    """
    path = Path(path)
    items = tuple(_read(path))
    if not items:
        raise CoderError(E501, place=str(path))
    return items


def _read(path: Path) -> Iterator[GoldItem]:
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.suffix == ".jsonl" or _is_article(file):
                yield from _read(file)
        for folder in sorted(p for p in path.iterdir() if p.is_dir()):
            if any(_is_article(file) for file in folder.iterdir()):
                yield from _read(folder)
    elif path.suffix == ".json" and path.exists():
        yield _article(path)
    elif path.exists():
        yield from _lines(path)


def _is_article(file: Path) -> bool:
    return file.suffix == ".json" and file.with_suffix(".txt").exists()


def _lines(path: Path) -> Iterator[GoldItem]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            try:
                record = json.loads(line)
                item = _gsr_item(record, path) if is_gsr(record) else _item(record, path.stem)
            except (KeyError, TypeError, ValueError, AttributeError) as problem:
                raise CoderError(E502, place=place, why=_why(problem)) from problem
            yield item


def _why(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"{problem} is missing"
    return str(problem)


def _item(record: Json, name: str) -> GoldItem:
    tags = frozenset(record.get("tags") or ())
    note = record.get("note") or ""
    reciprocal = "reciprocal" in tags or "reciprocal" in note
    text = record["text"]

    def events(key: str) -> tuple[GoldEvent, ...]:
        return tuple(
            _event(event, f"{key[0]}{index}", text, 0, reciprocal)
            for index, event in enumerate(record.get(key) or ())
        )

    return GoldItem(
        id=str(record["id"]),
        published=record["published"],
        text=text,
        events=events("events"),
        optional_events=events("optional_events"),
        tags=tags,
        half=half_of(str(record["id"])),
        set=name,
    )


def _event(
    event: Json, event_id: str, text: str, offset: int, reciprocal: bool, **more: Any
) -> GoldEvent:
    """One event; `text` begins at `offset` of the item's text."""
    trigger = event.get("trigger") or ""
    at = text.find(trigger) if trigger else -1
    acled_only = (
        event.get("acled") in _ACLED_ONLY_TYPES
        and event.get("cameo") in _ACLED_ONLY_CODES
        and "inter1" in event
    )
    fields: dict[str, Any] = {
        "event_id": event_id,
        "cameo": event["cameo"],
        "pairs": _pairs(event, reciprocal)[0],
        "trigger": trigger,
        "span": (offset + at, offset + at + len(trigger)) if at >= 0 else None,
        "cameo_alt": tuple(event.get("cameo_alt") or ()),
        "reciprocal": reciprocal or _pairs(event, reciprocal)[1],
        "acled_only": acled_only,
        "note": event.get("note") or "",
        **{
            key: event.get(key)
            for key in (
                *("plover", "plover_mode", "acled", "inter1", "inter2", "date", "country"),
                *("place", "admin1", "fatalities", "injured"),
            )
        },
    }
    return GoldEvent(**{**fields, **more})


def _pairs(event: Json, reciprocal: bool) -> tuple[tuple[Pair, ...], bool]:
    """The pairs of source and target, and whether the parties do it to one another."""
    sources: list[str | None] = [*split_actors(event.get("source"))] or [None]
    targets: list[str | None] = [*split_actors(event.get("target"))] or [None]
    joint = len(sources) > 1
    mutual = joint and (
        sources == targets
        or (
            targets == [None]
            and (
                reciprocal
                or "mutual" in (event.get("note") or "")
                or str(event["cameo"]).startswith(_MUTUAL_CODES)
            )
        )
    )
    if mutual:
        return tuple(combinations(sources, 2)), True
    return tuple((source, target) for source in sources for target in targets), False


def split_actors(actors: str | None) -> tuple[str, ...]:
    """Joint actors apart.

    >>> split_actors("USAMIL;GBRMIL")
    ('USAMIL', 'GBRMIL')
    """
    return tuple(part.strip() for part in (actors or "").split(";") if part.strip())


def _article(path: Path) -> GoldItem:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        text = _body(path, record)
        sentences: list[Span] = []
        events: list[GoldEvent] = []
        optional: list[GoldEvent] = []
        position = 0
        for sentence in record["sentences"]:
            start = text.find(sentence["text"], position)
            if start < 0:
                raise ValueError(f"sentence {sentence['index']} is not in the text")
            position = start + len(sentence["text"])
            sentences.append((start, position))
            for number, event in enumerate(sentence["events"]):
                made = _article_event(event, sentence, number, start)
                bare = made.note.startswith("bare reference")
                (optional if bare else events).append(made)
        return GoldItem(
            id=record["article"],
            published=record["published"],
            text=text,
            events=tuple(events),
            optional_events=tuple(optional),
            tags=frozenset({"article"}),
            half=half_of(record["article"]),
            set="articles" if path.parent.name == "articles" else path.parent.name,
            sentences=tuple(sentences),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise CoderError(E502, place=str(path), why=_why(problem)) from problem


def _article_event(event: Json, sentence: Json, number: int, start: int) -> GoldEvent:
    """An event of an article, with the conventions that hold in articles only."""
    event_id = f"{sentence['index']}.{number}"
    strikes, cameo = event.get("strikes_type"), event["cameo"]
    note = event.get("note") or ""
    plover = event.get("plover")
    plover_alt = ("CONCEDE", "RETREAT") if cameo in _CEASEFIRE else ()
    # Articles follow the conversion table of 2021, which drops 02; elsewhere it is a request.
    if plover is None and cameo.startswith("02"):
        plover = "REQUEST"
    alternatives = set(event.get("cameo_alt") or ())
    if strikes == "ceasefire_announcement":
        alternatives |= _CEASEFIRE - {cameo}
    return _event(
        event,
        event_id,
        sentence["text"],
        start,
        False,
        strikes=strikes,
        plover=plover,
        plover_alt=plover_alt,
        cameo_alt=tuple(sorted(alternatives)),
        any_of_root=strikes == "statement_of_retaliation",
        date_precision=event.get("date_precision") or "day",
        date_tolerance=2 if "date not stated" in note else 0,
        sentence=sentence["index"],
        cluster=event.get("same_as") or event_id,
    )


def _body(path: Path, record: Json) -> str:
    """The text of an article after its header."""
    file = path.with_suffix(".txt")
    if not file.exists():
        return " ".join(sentence["text"] for sentence in record["sentences"])
    text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    header = _HEADER.match(text)
    return text[header.end() if header else 0 :].rstrip()


def _gsr_item(record: Json, path: Path) -> GoldItem:
    parsed = read_gsr_record(record)
    event = GoldEvent(
        event_id="e0", cameo=None, pairs=((None, None),), trigger=parsed.words, plover=parsed.type
    )
    return GoldItem(
        id=parsed.id,
        published=parsed.date,
        text=parsed.text,
        events=(event,),
        optional_events=(),
        tags=frozenset({"gsr"}),
        half=half_of(parsed.id),
        set=path.stem,
    )
