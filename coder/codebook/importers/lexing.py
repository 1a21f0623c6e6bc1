"""Lines of a dictionary of TABARI or PETRARCH without comments, and records that do not parse.

Blank lines and comments are left out: `#` to the end of the line, `<!-- ... -->` over any number
of lines, and in verb files `;`. A `#` inside square brackets is part of a code (`[###]`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coder.errors import E101, E102, CoderError


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its number from 1, its text, and its text with comments."""

    number: int
    text: str
    written: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that is not brought over: where it stands, what it is, and why. `kind` is what it
    would have been counted as, "" where only a note is made or it is nothing that is counted."""

    file: str
    line: int
    record: str
    reason: str
    kind: str = ""


@dataclass(slots=True)
class Quarantine:
    """The records of one file that are not brought over."""

    file: str
    found: list[Quarantined] = field(default_factory=list)

    def add(self, line: Line, reason: str, kind: str = "") -> None:
        record = " ".join(line.written.split())
        self.found.append(Quarantined(self.file, line.number, record, reason, kind))

    def note(self, number: int, record: str, reason: str) -> None:
        self.found.append(Quarantined(self.file, number, record, reason))

    def counts(self) -> dict[str, int]:
        """How many records of each kind were set aside."""
        return dict(Counter(q.kind for q in self.found if q.kind))


def read_text(path: Path, quarantine: Quarantine) -> list[str]:
    """The lines of a file. Bytes that are not UTF-8 are read as Windows-1252; control characters
    are replaced by a blank, and the line is noted in the quarantine.

    Raises CoderError E101 (no such file) and E102 (not readable).
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise CoderError(E101, place=str(path), path=path) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise CoderError(E102, place=str(path), path=path, reason=why) from error
    out = []
    for number, raw in enumerate(data.replace(b"\r\n", b"\n").split(b"\n"), 1):
        text = _decoded(raw)
        clean = "".join(c if c >= " " or c == "\t" else " " for c in text)
        if clean != text:
            line = Line(number, clean, clean)
            quarantine.add(line, "note: control characters were replaced by blanks")
        out.append(clean)
    return out


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def lines_of(texts: list[str], *, semicolons: bool = False) -> Iterator[Line]:
    """The lines that hold something once comments are taken out.

    >>> [line.text for line in lines_of(["A [x] # b", "<!-- c", "d -->E", "[###]"])]
    ['A [x]', 'E', '[###]']
    """
    inside = False
    for number, written in enumerate(texts, 1):
        text, inside = _without_markup(written, inside)
        text = _without_hash(text)
        if semicolons:
            text = text.partition(";")[0]
        if text.strip():
            yield Line(number, text.rstrip(), written)


def _without_markup(text: str, inside: bool) -> tuple[str, bool]:
    out = ""
    while text:
        if inside:
            _, end, text = text.partition("-->")
            inside = not end
        else:
            before, start, text = text.partition("<!--")
            out += before
            inside = bool(start)
    return out, inside


def _without_hash(text: str) -> str:
    depth = 0
    for i, c in enumerate(text):
        if c == "[":
            depth = 1
        elif c == "]":
            depth = 0
        elif c == "#" and not (depth and "]" in text[i:]):
            return text[:i]
    return text
