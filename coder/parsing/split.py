"""Sentence borders, as spans of the article's text.

The splitter is `sentencex` (Wikimedia, MIT), chosen by measuring it against pysbd, syntok,
spaCy's sentencizer and spaCy's parser on development articles with known borders: sentencex
and pysbd made no error, sentencex is twenty times as fast. Two habits of the wire are added: a
quotation over several sentences is split at its full stops, and a clock time ("at 5 a.m.
Monday") does not end a sentence.

What goes on for more than `LONGEST` characters without an end is no sentence but a table, a
list or rubbish. It is cut, at a line end or a blank where there is one, so that the work on a
text grows with its length and not with the square of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import sentencex

from coder.types import Article, Sentence

LONGEST = 2000
"""Characters of the longest sentence. The longest of 43,000 of news in one line has 706."""
LONGEST_WORD = 250
"""Where a run of so many characters has no blank either, it is cut after these: what the
tokenizer does with a run grows with the square of its length."""
_NEAR = 200
"""Characters around a border that decide whether it is one."""
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
_QUOTES = str.maketrans(dict.fromkeys('“”„«»"\u00a0\u2007\u2009\u202f\u2028\u3000', " "))
"""Not seen by the splitter: quotation marks, and blanks that it does not take for blanks."""
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_ENDS_OPEN = re.compile(
    r"(?:\b(?:Lt|Gen|Maj|Col|Capt|Sgt|Cpl|Adm|Gov|Sen|Rep|Brig|Dr|Mr|Mrs|Ms|Prof|Rev|No|vs|St)\.)$"
)
_CLOSING = "”\"»’')]"


def split(article: Article) -> Iterator[Sentence]:
    """The sentences of an article, in order, without the white space around them.

    >>> from datetime import date
    >>> text = "It began at 5 a.m. Monday. \\"Stop. Now,\\" he said."
    >>> a = Article("a", text, date(2024, 1, 1), "h")
    >>> [s.text for s in split(a)]
    ['It began at 5 a.m. Monday.', '"Stop.', 'Now," he said.']
    """
    for index, (start, end) in enumerate(spans(article.text)):
        yield Sentence(article.article_id, index, start, end, article.text[start:end])


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text, in code points."""
    for paragraph in _PARAGRAPH.finditer(text):
        yield from _paragraph(text, paragraph.start(), paragraph.end())


def _paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    body = text[start:end]
    plain = body.translate(_QUOTES)
    cuts: list[int] = []
    at = 0
    for piece in _pieces(plain):
        found = plain.find(piece, at)
        if found < 0:  # the splitter changed white space: take the rest as one piece
            break
        at = found + len(piece)
        stop = found + len(piece.rstrip())
        while stop < len(body) and body[stop] in _CLOSING:
            stop += 1
        cuts.append(stop)
    if not cuts or body[cuts[-1] :].strip():
        cuts.append(len(body))
    lo = 0
    for i, cut in enumerate(cuts):
        before, after = body[max(lo, cut - _NEAR) : cut], body[cut : cut + _NEAR]
        if i + 1 < len(cuts) and _joins(before, after.lstrip()):
            continue
        chunk = body[lo:cut]
        left = len(chunk) - len(chunk.lstrip())
        if chunk.strip():
            yield from _short(text, start + lo + left, start + lo + len(chunk.rstrip()))
        lo = cut


def _pieces(plain: str) -> Sequence[str]:
    """What the splitter makes of a paragraph; nothing where it breaks, and the paragraph is one."""
    try:
        return list(sentencex.segment("en", plain))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - a panic of Rust is no Exception
        return ()


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in pieces of at most `LONGEST` characters."""
    while end - start > LONGEST:
        cut = start + _place_to_cut(text[start : start + LONGEST])
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while start < end and text[start].isspace():
            start += 1
    yield start, end


def _place_to_cut(window: str) -> int:
    half = LONGEST // 2
    line_end = window.rfind("\n", half)
    if line_end > 0:
        return line_end
    blanks = (i for i in range(LONGEST - 1, half, -1) if window[i].isspace())
    return next(blanks, LONGEST_WORD)


def _joins(before: str, after: str) -> bool:
    """Whether a proposed border is none: a clock time before a name, or an abbreviated title."""
    if _CLOCK.search(before) and re.match(
        r"(?:[A-Z][a-z]+day\b|local|on\b|GMT|[A-Z]{2,4}\b)", after
    ):
        return True
    return bool(_ENDS_OPEN.search(before))
