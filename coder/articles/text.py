"""Plain text: a file is one article under a header with its date.

    date 2024-02-03 TEL AVIV: The body starts here and goes on to the end of the file.

The word date, an ISO date, a place in capitals if there is one, a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coder.articles.clean import clean_text
from coder.articles.dateline import is_place_name
from coder.articles.decoding import read_text
from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.articles.rejects import reject
from coder.errors import E110, E113, E114
from coder.types import Article, Reject

_HEADER = re.compile(r"\s*date\b:?[ \t]*(?P<date>[\d][^\s:]*)?(?P<rest>[^\n]*)", re.IGNORECASE)
_PLACE = re.compile(r"[ \t]+(?P<place>[^:\n]{1,100}?)[ \t]*:(?=\s|$)")
_COLON = re.compile(r"[ \t]*:(?=\s|$)")


def read_text_file(path: str, options: ReadOptions) -> Iterator[Article | Reject]:
    """The one article of a text file, or the reason why it is none.

    `Article.text` starts after the colon and its blanks and ends before the line ends that
    close the file. Without a place the colon stands right after the date; what follows the
    date without a colon is body. Raises E102, E106 and E107.
    """
    content = read_text(path, options.encoding, options.max_chars)
    place = f"{path}:1"
    if content is None:
        yield reject(E114, place, limit=options.max_chars)
        return
    content = clean_text(content)
    if not content.strip():
        yield reject(E113, place)
        return
    header = _HEADER.match(content)
    if header is None or header["date"] is None:
        yield reject(E110, place)
        return
    row = content.count("\n", 0, header.start("date")) + 1
    body, dateline = header.end("date"), None
    if colon := _COLON.match(content, body):
        body = colon.end()
    elif (found := _PLACE.match(content, body)) and is_place_name(found["place"]):
        body, dateline = found.end(), found["place"]
    record = {
        "text": content[body:].lstrip().rstrip("\n"),
        "published": header["date"],
        "dateline": dateline,
    }
    yield RecordReader(options, path).fields(record, row=row)
