"""Values as they stand in a page: JSON, compressed, in letters that HTML cannot misread.

The letters are base85 as in RFC 1924 with quotation marks for < and >: a twentieth shorter than
base64, and nothing of an article's text can end a script or begin a tag.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from typing import Any

import polars as pl

NONE = -1
"""The index that stands for an unknown value."""


_SAFE = str.maketrans("<>", "\"'")
_BACK = str.maketrans("\"'", "<>")


def packed(value: Any) -> str:
    """JSON, gzipped and in base85: equal values give equal text.

    >>> unpacked(packed({"text": "</script>"}))
    {'text': '</script>'}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = gzip.compress(text.encode(), 9, mtime=0)
    return base64.b85encode(data).decode().translate(_SAFE)


def unpacked(text: str) -> Any:
    """The value that `packed` was given."""
    return json.loads(gzip.decompress(base64.b85decode(text.translate(_BACK))))


def indexed(values: pl.Series) -> tuple[list[Any], list[int]]:
    """The different values, sorted, and for each row the index of its value or `NONE`.

    >>> indexed(pl.Series(["b", None, "a", "b"]))
    (['a', 'b'], [1, -1, 0, 1])
    """
    known = values.drop_nulls().unique().sort()
    if known.is_empty():
        return [], [NONE] * len(values)
    ranks = pl.Series(range(len(known)), dtype=pl.Int32)
    at = values.replace_strict(known, ranks, default=NONE, return_dtype=pl.Int32)
    return known.to_list(), at.to_list()


def deltas(numbers: Iterable[int]) -> list[int]:
    """Each number less the one before: columns that climb become small and alike.

    >>> deltas([3, 4, 4, 9])
    [3, 1, 0, 5]
    """
    out, last = [], 0
    for number in numbers:
        out.append(number - last)
        last = number
    return out
