"""Reading YAML safely: every scalar is a string, and every part knows its line.

010, NO, 1.10 and 2021-01-20 stay as they are written; an empty value is "". Tags (`!x`,
`!!python/...`), duplicate keys, keys that are not plain text, several documents in one
file and alias bombs are refused with `file:line:column`. The parsing itself is libyaml's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from coder.errors import E201, E202, E203, E204, E205, E206, CoderError

NodePath = tuple[str | int, ...]
Lines = dict[NodePath, int]

# The C parser is some twenty times faster; PyYAML's wheels all have it.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = {"!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))}
_KEY_TAGS = {None, "!", "tag:yaml.org,2002:str"}
_MAX_ALIASED_NODES = 100_000
_MAX_DEPTH = 100


def load_yaml(path: str | Path) -> Any:
    """The contents of a YAML file: dicts, lists and strings; an empty file gives "".

    Raises CoderError E201-E206, with the place as `file:line:column`.

    >>> load_yaml("codebooks/actors/countries.yaml")["actors"][0]["id"]  # doctest: +SKIP
    'AFG'
    """
    return parse_yaml(_read(path), str(path))


def load_with_lines(path: str | Path) -> tuple[Any, Lines]:
    """As `load_yaml`, with the line (from 1) of every part by its path of keys and indexes.

    For `actors:` on line 1 and `- id: USA` on line 2 the lines are
    `{(): 1, ("actors",): 1, ("actors", 0): 2, ("actors", 0, "id"): 2}`: a mapping's entry is
    at its key, an item of a list where it begins.
    """
    return parse_with_lines(_read(path), str(path))


def parse_yaml(text: str, place: str = "<text>") -> Any:
    """As `load_yaml` for a text; `place` names it in errors.

    >>> parse_yaml("codes: [010, NO, 1.10]")
    {'codes': ['010', 'NO', '1.10']}
    """
    return _Builder(place, None).document(text)


def parse_with_lines(text: str, place: str = "<text>") -> tuple[Any, Lines]:
    """As `load_with_lines` for a text; `place` names it in errors."""
    lines: Lines = {}
    return _Builder(place, lines).document(text), lines


def line_of(lines: Lines, path: NodePath) -> int:
    """The line of a path, or of its nearest part that has one (a key that is missing).

    >>> line_of({(): 1, ("actors",): 3}, ("actors", 7, "id"))
    3
    """
    for end in range(len(path), -1, -1):
        line = lines.get(path[:end])
        if line is not None:
            return line
    return 1


def _read(path: str | Path) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CoderError(E201, place=str(path), why=f"not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise CoderError(E201, place=str(path), why=error.strerror or str(error)) from error


def _line(mark: Any) -> int:
    return int(mark.line) + 1


class _Builder:
    """Turns libyaml's events into dicts, lists and strings, and notes lines if asked.

    Works on events, not on libyaml's node trees: those are built by recursion in C, which
    a file of many brackets can crash. An alias gives the anchored value itself; the size it
    would have when written out is counted.
    """

    def __init__(self, place: str, lines: Lines | None) -> None:
        self.place = place
        self.lines = lines
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.size = 0
        self.aliased = 0
        self.next: Callable[[], Any] = lambda: None

    def document(self, text: str) -> Any:
        try:
            self.next = yaml.parse(text, Loader=_Loader).__next__
            self.next()  # start of the stream
            if isinstance(self.next(), yaml.StreamEndEvent):
                return ""
            first = self.next()
            if self.lines is not None:
                self.lines[()] = _line(first.start_mark)
            value = self._build(first, (), 0)
            self.next()  # end of the document
            after = self.next()
            if not isinstance(after, yaml.StreamEndEvent):
                place = self._at(after.start_mark)
                raise CoderError(E202, place=place, why="a second document begins")
            return value
        except yaml.MarkedYAMLError as error:
            place = self.place if error.problem_mark is None else self._at(error.problem_mark)
            raise CoderError(E202, place=place, why=error.problem or "syntax error") from error
        except yaml.YAMLError as error:
            why = " ".join(str(error).split())
            raise CoderError(E202, place=self.place, why=why) from error

    def _at(self, mark: Any) -> str:
        return f"{self.place}:{mark.line + 1}:{mark.column + 1}"

    def _build(self, event: Any, path: NodePath, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag is not None and event.tag not in _PLAIN_TAGS:
            raise CoderError(E204, place=self._at(event.start_mark), tag=event.tag)
        if depth > _MAX_DEPTH:
            raise CoderError(E206, place=self._at(event.start_mark))
        before = self.size
        self.size += 1
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(path, depth)
        else:
            value = self._mapping(path, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = value, self.size - before
        return value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            # Also an alias inside its own anchor: that value has no end.
            place = self._at(event.start_mark)
            raise CoderError(E202, place=place, why=f"no finished anchor &{event.anchor} above")
        value, size = self.anchors[event.anchor]
        self.size += size
        self.aliased += size
        if self.aliased > _MAX_ALIASED_NODES:
            raise CoderError(E206, place=self._at(event.start_mark))
        return value

    def _sequence(self, path: NodePath, depth: int) -> list[Any]:
        out: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            child = (*path, len(out))
            if self.lines is not None:
                self.lines[child] = _line(event.start_mark)
            out.append(self._build(event, child, depth + 1))
        return out

    def _mapping(self, path: NodePath, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag not in _KEY_TAGS:
                raise CoderError(E205, place=self._at(event.start_mark))
            key = event.value
            if key in out:
                raise CoderError(E203, place=self._at(event.start_mark), key=key)
            child = (*path, key)
            if self.lines is not None:
                self.lines[child] = _line(event.start_mark)
            out[key] = self._build(self.next(), child, depth + 1)
        return out
