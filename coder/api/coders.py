"""Coders that are kept between calls: loading codebooks and parser takes seconds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from coder.errors import CoderError, Message
from coder.pipeline import Coder, Options
from coder.types import Reject

_KEPT = 4

State = tuple[tuple[str, int, int], ...]


def names(codebooks: Sequence[str | Path] | str | Path) -> tuple[str, ...]:
    """Codebooks as `Options` has them; one may stand without a list.

    >>> names("cameo"), names([Path("mine.yaml")])
    (('cameo',), ('mine.yaml',))
    """
    one = (codebooks,) if isinstance(codebooks, str | Path) else codebooks
    return tuple(str(name) for name in one)


def coder_for(options: Options) -> Coder:
    """The coder of these options: the one of before, unless a file of the user's has changed."""
    return _coder(options, _state(options.codebooks))


def _state(codebooks: Sequence[str]) -> State:
    """Name, size and time of the files behind codebooks that are paths."""
    found = []
    for path in map(Path, codebooks):
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
        for file in files:
            stat = file.stat()
            found.append((str(file), stat.st_size, stat.st_mtime_ns))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _coder(options: Options, _files: State) -> Coder:
    return Coder(options)


def refused(why: Reject) -> CoderError:
    """The reason for which one text was refused, as an error with the same code."""
    return CoderError(Message(why.code, "{reason}", ""), reason=why.message)
