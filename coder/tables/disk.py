"""Files that are whole or not there: atomic writing, and errors of a disk in plain words."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coder.errors import E422, E424, CoderError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FULL_WORDS = ("no space left on device", "disk quota exceeded")


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that the disk is full.

    Libraries written in C++ and Rust do not always set `errno`, so their words count too.

    >>> is_disk_full(OSError(28, "No space left on device")), is_disk_full(ValueError("x"))
    (True, False)
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if any(words in str(error).lower() for words in FULL_WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turns a full disk into E422 and other errors of the system into E424."""
    try:
        yield
    except CoderError:
        raise
    except Exception as error:
        if is_disk_full(error):
            raise CoderError(E422, place=str(path), path=path) from error
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise CoderError(E424, place=str(path), path=path, reason=reason) from error
        raise


def temporary(path: Path) -> Path:
    """The name under which a file is written before it is renamed to `path`."""
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def sync(path: Path) -> None:
    """Has the system put a file or folder on the disk, where it can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno in FULL or error.errno == errno.EIO:
            raise
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Writes a text file atomically: readers see the old one or the new one."""
    part = temporary(path)
    try:
        with disk_errors(path):
            part.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
            sync(part)
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_json(path: Path, value: Any) -> None:
    """Writes JSON with sorted keys atomically."""
    write_text(path, json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
