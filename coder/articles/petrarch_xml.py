"""PETRARCH's XML: `<Sentence date="19950101" id="..." source="..."><Text>...</Text></Sentence>`.

Parsed with expat as the file is read. No entity is ever expanded: an ampersand that does
not start one of XML's own five entities or a character reference is taken as a character,
so neither a bare "&" nor a document type can do harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from coder.articles.clean import clean_text
from coder.articles.decoding import open_text
from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.articles.rejects import reject
from coder.errors import E114, E118
from coder.types import Article, Reject

_RECORDS = frozenset({"sentence", "story", "article"})
_TEXT = "text"
_CHUNK = 1 << 16
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_CDATA_EDGE = re.compile(r"(<!\[CDATA\[|\]\]>)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


def read_petrarch_xml(path: str, options: ReadOptions) -> Iterator[Article | Reject]:
    """The articles of a PETRARCH file, one for each element with a `Text`; trees are passed over.

    Names of elements and attributes are compared without case. In the text a blank line
    stays a paragraph border, other runs of blanks and line ends become one blank, since
    PETRARCH wraps its lines. Where the XML breaks off, one reject tells the line.
    """
    reader = RecordReader(options, path)
    handler = _Handler(options.max_chars)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    handler.parser = parser
    with open_text(path, options.encoding) as stream:
        try:
            for chunk in _safe_chunks(stream):
                parser.Parse(chunk, False)
                yield from _articles(handler, reader, path)
            parser.Parse("", True)
        except (expat.ExpatError, ValueError) as error:
            broken = reject(E118, f"{path}:{parser.CurrentLineNumber}", reason=str(error))
            yield from _articles(handler, reader, path)
            yield broken
            return
        yield from _articles(handler, reader, path)


class _Handler:
    """Collects the attributes and text of the record that is open."""

    def __init__(self, max_chars: int) -> None:
        self.parser: expat.XMLParserType | None = None
        self.done: list[tuple[int, dict[str, object] | None]] = []
        self._max = max_chars
        self._record: dict[str, object] | None = None
        self._line = 0
        self._text: list[str] | None = None
        self._chars = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.casefold()
        if name in _RECORDS:
            self._record = {k.casefold(): v for k, v in attributes.items()}
            self._line = self.parser.CurrentLineNumber if self.parser else 0
            self._chars = 0
        elif name == _TEXT and self._record is not None:
            self._text = []

    def characters(self, data: str) -> None:
        if self._text is not None:
            self._chars += len(data)
            if self._chars <= self._max:
                self._text.append(data)

    def end(self, name: str) -> None:
        name = name.casefold()
        if name == _TEXT and self._text is not None and self._record is not None:
            self._record["text"] = _unwrap("".join(self._text))
            self._text = None
        elif name in _RECORDS and self._record is not None:
            self.done.append((self._line, None if self._chars > self._max else self._record))
            self._record = self._text = None


def _articles(handler: _Handler, reader: RecordReader, path: str) -> Iterator[Article | Reject]:
    for line, record in handler.done:
        if record is None:
            yield reject(E114, f"{path}:{line}", limit=reader.options.max_chars)
        else:
            yield reader.article(record, row=line)
    handler.done.clear()


def _unwrap(text: str) -> str:
    paragraphs = _BLANK_LINE.split(text.strip())
    return "\n\n".join(" ".join(p.split()) for p in paragraphs)


def _safe_chunks(stream: IO[str]) -> Iterator[str]:
    """The file with bare ampersands escaped outside CDATA, and without control characters."""
    in_cdata = False
    first = True
    while line := stream.readline(_CHUNK):
        # A chunk must not end inside an entity, a CDATA edge or a surrogate pair.
        while len(line) < 2 * _CHUNK and line[-1] not in " \n>" and (more := stream.read(1)):
            line += more
        line = clean_text(line)
        if first:
            line, first = line.lstrip(), False
        out = []
        for part in _CDATA_EDGE.split(line):
            if part == "<![CDATA[":
                in_cdata = True
            elif part == "]]>":
                in_cdata = False
            elif not in_cdata:
                part = _BARE.sub("&amp;", part)
            out.append(part)
        yield "".join(out)
