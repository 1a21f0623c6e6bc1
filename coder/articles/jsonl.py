"""JSON lines: one object a line, fields under their usual names or those of the options."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice

from coder.articles.decoding import STDIN, has_undecoded, lines, open_text
from coder.articles.fields import NEEDED, find_columns
from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.articles.rejects import reject
from coder.errors import E107, E108, E114, E116, CoderError
from coder.types import Article, Reject

_LOOK_AHEAD = 20
_ESCAPED = 8
"""A line may be this many times as long as its text may be: `\\\\u201c` is one character."""


def read_jsonl(path: str, options: ReadOptions) -> Iterator[Article | Reject]:
    """The articles of a JSON lines file or of standard input (`-`); blank lines are skipped.

    A line that is no object, or has no text or date, is rejected and the rest goes on. Raises
    E108 if none of the first objects of a file has the field at all, and E102, E106, E107.
    """
    reader = RecordReader(options, path)
    for row, got in _objects(path, options):
        yield got if isinstance(got, Reject) else reader.article(got, row=row)


def _objects(path: str, options: ReadOptions) -> Iterator[tuple[int, dict[str, object] | Reject]]:
    with open_text(path, options.encoding) as stream:
        limit = _ESCAPED * options.max_chars + 65536
        parsed = (
            (number, _object(line, f"{path}:{number}", options))
            for number, line in lines(stream, limit)
            if line is None or line.strip()
        )
        # Whoever writes to standard input may wait for an answer to each line.
        head = [] if path == STDIN else list(islice(parsed, _LOOK_AHEAD))
        _check([got for _, got in head if not isinstance(got, Reject)], path, options)
        yield from chain(head, parsed)


def _check(objects: list[dict[str, object]], path: str, options: ReadOptions) -> None:
    if not objects:
        return
    found = set().union(*(find_columns(o, options.columns) for o in objects))
    if "published_at" in found:
        found.add("published")
    for needed in NEEDED:
        if needed not in found:
            keys = ", ".join(sorted(set().union(*objects))) or "none"
            raise CoderError(E108, place=path, needed=needed, found=keys)


def _object(line: str | None, place: str, options: ReadOptions) -> dict[str, object] | Reject:
    if line is None:
        return reject(E114, place, limit=options.max_chars)
    if has_undecoded(line):
        return reject(E107, place, encoding=options.encoding or "the encoding of the file")
    try:
        got = json.loads(line)
    except (ValueError, RecursionError) as error:
        return reject(E116, place, reason=str(error))
    if not isinstance(got, dict):
        return reject(E116, place, reason=f"it is {type(got).__name__}")
    return got
