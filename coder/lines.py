"""JSON lines in, JSON lines out: the contract of `coder code`, for files and for gold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.articles.rejects import reject
from coder.contract import events_of
from coder.errors import E116
from coder.pipeline import Coder
from coder.types import Article, Reject

Line = dict[str, Any]
AT_ONCE = 128
"""Lines coded in one batch."""


def code_lines(
    coder: Coder, lines: Iterable[str | bytes | Mapping[str, Any]], *, everything: bool = False
) -> Iterator[Line]:
    """An output line for each input line `{"id", "published", "text"}`, in order.

    A line that cannot be read or coded gives `{"id", "error": {"code", "message"}}`, and the
    rest goes on. With `everything`, mentions that are no events are given too.

    >>> next(code_lines(coder, ['{"id": 1, "text": "Rain fell."}']))  # doctest: +SKIP
    {'id': 1, 'error': {'code': 'E110', 'message': 'There is no publication date. ...'}}
    """
    reader = RecordReader(ReadOptions(check_language=False), "<stdin>")
    waiting: list[tuple[Any, Article | Reject]] = []
    for row, line in enumerate(lines, 1):
        record = line if isinstance(line, Mapping) else read_line(line, f"<stdin>:{row}")
        if isinstance(record, Reject):
            waiting.append((None, record))
        else:
            waiting.append((record.get("id"), reader.article(record, row=row)))
        if len(waiting) == AT_ONCE:
            yield from _coded(coder, waiting, everything)
            waiting = []
    yield from _coded(coder, waiting, everything)


def read_line(line: str | bytes, place: str) -> Mapping[str, Any] | Reject:
    """The object of a line, or why there is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return reject(E116, place, reason=str(error) or type(error).__name__)
    if not isinstance(record, dict):
        return reject(E116, place, reason=f"it is a {type(record).__name__}")
    return record


def _coded(
    coder: Coder, waiting: list[tuple[Any, Article | Reject]], everything: bool
) -> Iterator[Line]:
    coded = iter(coder.code([got for _, got in waiting if isinstance(got, Article)]))
    for key, got in waiting:
        if isinstance(got, Reject):
            yield _error(key, got)
            continue
        one = next(coded)
        if one.rejects:
            yield _error(key, one.rejects[0])
        else:
            yield {"id": key, "events": events_of(one, everything=everything)}


def _error(key: Any, why: Reject) -> Line:
    return {"id": key, "error": {"code": why.code, "message": why.message}}
