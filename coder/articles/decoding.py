"""Bytes of a file -> text: opening, binary data, encodings. Memory is bounded by the limits."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from coder.errors import E102, E106, E107, CoderError

STDIN = "-"
SAMPLE = 1 << 20
_WINDOW = 1 << 15
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_BINARY_SHARE = 0.05
_FEW = 0.1
READ_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a file can raise; a broken gzip file gives the last two."""


@contextmanager
def open_bytes(path: str) -> Iterator[IO[bytes]]:
    """A file, a gzip file (by its ending) or standard input (`-`), for reading.

    Errors of the file system or of gzip become E102.
    """
    try:
        if path == STDIN:
            yield sys.stdin.buffer
        elif path.lower().endswith(".gz"):
            with gzip.open(path, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]
        else:
            with Path(path).open("rb") as plain:
                yield plain
    except READ_ERRORS as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise CoderError(E102, place=path, path=path, reason=reason) from None


def find_encoding(data: bytes, path: str, *, whole: bool) -> str:
    """The encoding of a file by its first bytes (`whole`: they are all of it).

    A byte order mark decides, then UTF-8 is tried. Text that is ASCII but for a few bytes is
    Windows-1252, the code page of old English files (a free guess from so few bytes would
    take one of Central Europe); for the rest charset-normalizer decides.
    Raises E106 for binary data, E107 where no encoding fits.

    >>> find_encoding("They cried “Halt” and fired.".encode("cp1252"), "a.txt", whole=True)
    'cp1252'
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _BINARY_SHARE * len(data):
        raise CoderError(E106, place=path, path=path)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data, final=whole)
        return "utf-8"
    except UnicodeDecodeError as error:
        at = error.start
    if controls:
        raise CoderError(E106, place=path, path=path)
    window = data[max(0, at - _WINDOW) : at + _WINDOW]
    foreign = sum(byte > 127 for byte in window)
    if foreign <= _FEW * len(window):
        try:
            window.decode("cp1252")
            return "cp1252"
        except UnicodeDecodeError:
            pass
    best = from_bytes(window, enable_fallback=False).best()
    if best is None:
        raise CoderError(E107, place=path, encoding="any known encoding")
    return best.encoding


def read_text(path: str, encoding: str | None, max_chars: int) -> str | None:
    """The whole text of a small file, or None if it has more than `max_chars` characters."""
    limit = 4 * max_chars + 4
    with open_bytes(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        find_encoding(data[:SAMPLE], path, whole=False)  # binary is the better reason
        return None
    name = encoding or find_encoding(data, path, whole=True)
    try:
        text = data.decode(name)
    except (UnicodeError, ValueError):
        raise CoderError(E107, place=path, encoding=name) from None
    return text if len(text) <= max_chars else None


@contextmanager
def open_text(path: str, encoding: str | None) -> Iterator[io.TextIOWrapper]:
    """A text stream with line ends as they are; bytes that do not fit become lone surrogates.

    The encoding is found in the first `SAMPLE` bytes; standard input is UTF-8 unless named.
    """
    if encoding is None and path != STDIN:
        with open_bytes(path) as stream:
            head = stream.read(SAMPLE)
        encoding = find_encoding(head, path, whole=len(head) < SAMPLE)
    name = encoding or "utf-8-sig"
    # Only where every byte above 127 can be escaped alone; others give U+FFFD.
    simple = codecs.lookup(name).name.startswith(("utf-8", "cp125", "iso8859", "ascii"))
    with open_bytes(path) as stream:
        text = io.TextIOWrapper(
            stream, name, errors="surrogateescape" if simple else "replace", newline=""
        )
        try:
            yield text
        finally:
            if path == STDIN:
                text.detach()


def has_undecoded(text: str) -> bool:
    """Whether `open_text` met bytes in this text that are not of the encoding."""
    if text.isascii():
        return False
    return any("\udc80" <= c <= "\udcff" for c in text)


def lines(stream: IO[str], limit: int) -> Iterator[tuple[int, str | None]]:
    """Numbered lines without their ends; None stands for a line of more than `limit` characters."""
    number = 0
    while line := stream.readline(limit):
        number += 1
        if len(line) >= limit and not line.endswith(("\n", "\r")):
            while line and not line.endswith(("\n", "\r")):
                line = stream.readline(limit)
            yield number, None
            continue
        yield number, line.rstrip("\r\n")
