"""Verb dictionaries of TABARI and PETRARCH, in both dialects, to blocks of verbs and patterns.

Dialect A writes a pattern as a sequence of words, dialect B (CAMEO.2.0) as nouns and prepositional
parts. Both share blocks, verbs and synonym sets. The grammar is in docs/import.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from coder.codebook.importers.lexing import Line, Quarantine, lines_of, read_text
from coder.codebook.importers.patterns import Dialect, PatternError, read_pattern
from coder.codebook.importers.verb_forms import forms_of, phrase_forms, plural_of
from coder.codebook.model import WordPattern

NOTHING = "---"
_CODE = re.compile(r"^[^\s\[\]:]*(:[^\s\[\]:]+)?$")
_HEADER = re.compile(r"^---\s*(?P<name>[^\[\]]*?)\s*(?P<codes>(\[[^\[\]]*\]\s*)*)[-\s]*$")
_FORMS = re.compile(r"\{(?P<forms>[^{}]*)\}")
_OWN_CODE = re.compile(r"\[(?P<code>[^\[\]]*)\]")
_PATTERN = re.compile(r"^-\s*(?P<body>[^\[\]]*?)\s*\[(?P<code>[^\[\]]*)\]$")
_WORD = re.compile(r"^[^\s{}\[\]<>=~*%$^()]+$")


@dataclass(frozen=True, slots=True)
class EventCode:
    """What a verb or pattern says: the code from source to target, and that from target to source;
    None where nothing is said.

    >>> EventCode.read("032:033"), EventCode.read(":1122"), EventCode.read("---")
    (EventCode(there='032', back='033'), EventCode(there=None, back='1122'), EventCode())
    """

    there: str | None = None
    back: str | None = None

    @staticmethod
    def read(text: str) -> EventCode:
        """Raises ValueError where the text is no code."""
        text = text.strip().removesuffix("!")
        if text == NOTHING:
            return EventCode()
        if not text or not _CODE.match(text) or (text.startswith("-") or text.endswith("-")):
            raise ValueError(f"{text!r} is no code")
        there, _, back = text.partition(":")
        return EventCode(_said(there), _said(back))

    def __repr__(self) -> str:
        given = [f"there={self.there!r}, back={self.back!r}"] if self.there or self.back else []
        return f"EventCode({', '.join(given)})"


def _said(code: str) -> str | None:
    return None if code in ("", NOTHING) else code


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with all its forms; `code` is its own, None where its block's holds. Words of a form
    are parted by blanks, `+` marks the head of several."""

    word: str
    forms: tuple[str, ...]
    code: EventCode | None
    irregular: bool
    line: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a block as it was written, and in our own format."""

    written: str
    words: WordPattern
    code: EventCode
    line: int


@dataclass(slots=True)
class Block:
    """Verbs that share a default code and patterns."""

    name: str
    code: EventCode
    line: int
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)


@dataclass(slots=True)
class Synset:
    """Words that a pattern names together; `members` as written, `words` with their plurals."""

    label: str
    line: int
    members: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class VerbBook:
    """One verb dictionary."""

    dialect: Dialect
    blocks: list[Block] = field(default_factory=list)
    synsets: dict[str, Synset] = field(default_factory=dict)
    transformations: int = 0

    def counts(self) -> dict[str, int]:
        verbs = [v for b in self.blocks for v in b.verbs]
        return {
            "verb blocks": len(self.blocks),
            "verbs": len(verbs),
            "verbs of several words": sum(" " in v.word for v in verbs),
            "verbs with written forms": sum(v.irregular for v in verbs),
            "verbs with a code of their own": sum(v.code is not None for v in verbs),
            "patterns": sum(len(b.patterns) for b in self.blocks),
            "synonym sets": len(self.synsets),
            "members of synonym sets": sum(len(s.members) for s in self.synsets.values()),
        }


def dialect_of(texts: list[str]) -> Dialect:
    """Which of the two dialects a verb dictionary is written in: B has parts in parentheses or
    braces in its patterns."""
    parts = sum(
        bool(re.match(r"^-[^-][^#\[]*[({]", text)) and "*" in text.partition("[")[0]
        for text in texts
    )
    return "nouns" if parts else "words"


def read_verbs(path: Path, quarantine: Quarantine) -> VerbBook:
    """The blocks, verbs, patterns and synonym sets of a file.

    What does not parse goes to the quarantine with its line and the reason. Raises CoderError
    E101, E102.
    """
    texts = read_text(path, quarantine)
    reading = _Reading(VerbBook(dialect_of(texts)), quarantine)
    for line in lines_of(texts, semicolons=True):
        reading.line(line)
    return reading.finish()


class _Reading:
    """A verb file being read, line by line. Patterns wait until all synonym sets are known."""

    def __init__(self, book: VerbBook, quarantine: Quarantine) -> None:
        self.book, self.quarantine = book, quarantine
        self.block: Block | None = None
        self.synset: Synset | None = None
        self.waiting: list[tuple[Block, Line]] = []

    def line(self, line: Line) -> None:
        text = line.text.strip()
        start = text[0]
        if text.startswith("---"):
            self._header(line, text)
        elif start == "&":
            self._label(line, text)
        elif text.startswith("--"):
            self.quarantine.add(line, "a pattern begins with one dash", "patterns")
        elif start == "-":
            self._pattern(line)
        elif start == "~":
            self.book.transformations += 1
            self.quarantine.add(
                line,
                "transformation: a verb above another verb's event is not brought over",
                "transformations",
            )
        elif self.synset is not None and start == "+":
            self._member(line, text[1:])
        else:
            self._verb(line, text)

    def _header(self, line: Line, text: str) -> None:
        self.synset = None
        self.block = None
        match = _HEADER.match(text)
        if match is None:
            self.quarantine.add(line, "not a block header: --- NAME [code] ---", "verb blocks")
            return
        codes = re.findall(r"\[([^\[\]]*)\]", match["codes"])
        try:
            code = EventCode.read(codes[-1]) if codes else None
        except ValueError as error:
            self.quarantine.add(line, f"block header: {error}", "verb blocks")
            return
        if code is None:
            self.quarantine.add(
                line, "note: a block header without a code: its verbs alone make no event"
            )
        self.block = Block(match["name"], code or EventCode(), line.number)
        self.book.blocks.append(self.block)

    def _label(self, line: Line, text: str) -> None:
        self.synset = None
        label = text[1:].split()[0] if len(text) > 1 else ""
        name = label.rstrip("_").lower()
        if not name or not _WORD.match(name):
            self.quarantine.add(line, "a synonym set without a label")
            return
        if name in self.book.synsets:
            self.quarantine.add(line, f"note: the synonym set {name} is there twice; both are one")
        self.synset = self.book.synsets.setdefault(name, Synset(label, line.number))

    def _member(self, line: Line, text: str) -> None:
        assert self.synset is not None
        phrase = text.strip()
        words = phrase.replace("_", " ").strip().lower()
        if not words:
            self.quarantine.add(line, "an empty member of a synonym set", "members of synonym sets")
            return
        self.synset.members.append(words)
        plural = not phrase.endswith("_") and not self.synset.label.endswith("_")
        forms = [words]
        if plural and not words.startswith("&"):
            forms.append(plural_of(words))
        self.synset.words += [f for f in dict.fromkeys(forms) if f not in self.synset.words]

    def _verb(self, line: Line, text: str) -> None:
        self.synset = None
        if self.block is None:
            self.quarantine.add(line, "a verb that stands in no block", "verbs")
            return
        braces, own = _FORMS.search(text), _OWN_CODE.search(text)
        word = _OWN_CODE.sub(" ", _FORMS.sub(" ", text)).strip()
        try:
            code = None if own is None else EventCode.read(own["code"])
            forms = forms_of(word, None if braces is None else braces["forms"])
        except ValueError as error:
            self.quarantine.add(line, f"verb: {error}", "verbs")
            return
        written = braces is not None
        shown = phrase_forms(word)
        self.block.verbs.append(Verb(shown, forms, code, written, line.number))

    def _pattern(self, line: Line) -> None:
        self.synset = None
        if self.block is None:
            self.quarantine.add(line, "a pattern that stands in no block", "patterns")
            return
        self.waiting.append((self.block, line))

    def finish(self) -> VerbBook:
        for block, line in self.waiting:
            match = _PATTERN.match(line.text.strip())
            if match is None:
                self.quarantine.add(line, "pattern without one [code] at its end", "patterns")
                continue
            try:
                code = EventCode.read(match["code"])
                words = read_pattern(match["body"], self.book.dialect, self.book.synsets)
            except (PatternError, ValueError) as error:
                self.quarantine.add(line, f"pattern: {error}", "patterns")
                continue
            block.patterns.append(Pattern(match["body"], words, code, line.number))
        _expand(self.book.synsets)
        return self.book


def _expand(synsets: dict[str, Synset]) -> None:
    """Members that name another synonym set become its members."""
    for synset in synsets.values():
        for _ in range(len(synsets)):
            inner = [w for w in synset.words if w.startswith("&")]
            if not inner:
                break
            for word in inner:
                synset.words.remove(word)
                other = synsets.get(word[1:].rstrip("_ "))
                if other is not None and other is not synset:
                    synset.words += [w for w in other.words if w not in synset.words]
