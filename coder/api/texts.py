"""`coder.code_text`: the events of one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from coder.api.coders import coder_for, names, refused
from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.codebook.load import DEFAULT_CODEBOOKS
from coder.contract import events_of
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Options
from coder.types import Reject


def code_text(
    text: str,
    published: date | str | None = None,
    *,
    codebooks: Sequence[str | Path] | str | Path = DEFAULT_CODEBOOKS,
    everything: bool = False,
    model: str = DEFAULT_MODEL,
) -> list[dict[str, Any]]:
    """The events of a sentence or an article, as rows with the keys of docs/contract.md.

    `published` is the day of publication, against which "on Sunday" is read; `codebooks` are ids
    or paths. With `everything`, mentions that are no events (denied, planned ...) are rows too.
    `start` and `end` count code points of `text`. Codebooks and parser are loaded by the first
    call and kept.

    Raises CoderError: E110-E112 for the date, E113, E114 and E119 for the text, E2xx for
    codebooks, E301 and E302 for the model, E303 where the text cannot be parsed.

    >>> import coder
    >>> [row] = coder.code_text("Jets bombed Homs on Sunday, killing four.", "2024-02-05")
    >>> row["type"], row["cameo"], row["event_date"], row["place"], row["fatalities"]
    ('assault.air_strike', '195', '2024-02-04', 'Homs', 4)
    >>> coder.code_text("The army did not attack the town.", "2024-02-05")
    []
    """
    reader = RecordReader(ReadOptions(check_language=False), "text")
    values: Mapping[str, object] = {"text": text, "published": published}
    got = reader.fields(values, row=1)
    if isinstance(got, Reject):
        raise refused(got)
    [coded] = coder_for(Options(names(codebooks), model)).code([got])
    if coded.rejects:
        raise refused(coded.rejects[0])
    return events_of(coded, everything=everything)
