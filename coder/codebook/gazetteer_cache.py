"""Where the built gazetteer is kept between runs.

One file: a magic line, the SHA-256 of the rest, the key, and the SQLite image. It is written
beside its place and renamed, so that a reader sees a whole file or none; a file that is
damaged, of another key or unreadable counts as absent.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

_MAGIC = b"event-coder gazetteer\n"
_DIGEST = 32


def cache_dir(env: Mapping[str, str] = os.environ) -> Path:
    """The user's cache folder: $EVENT_CODER_CACHE, else event-coder in $XDG_CACHE_HOME or ~/.cache.

    >>> cache_dir({"EVENT_CODER_CACHE": "/tmp/c"}).as_posix()
    '/tmp/c'
    """
    if env.get("EVENT_CODER_CACHE"):
        return Path(env["EVENT_CODER_CACHE"])
    if env.get("XDG_CACHE_HOME"):
        return Path(env["XDG_CACHE_HOME"]) / "event-coder"
    return Path("~").expanduser() / ".cache" / "event-coder"


def cached(key: str, build: Callable[[], bytes], folder: Path) -> bytes:
    """The image kept under `key` in `folder`, built and kept where it is not there.

    A folder that cannot be written costs a build at each start, nothing else.
    """
    path = folder / f"gazetteer-{hashlib.sha256(key.encode()).hexdigest()[:16]}.bin"
    image = read_cache(path, key)
    if image is None:
        image = build()
        with contextlib.suppress(OSError):
            write_cache(path, key, image)
    return image


def read_cache(path: Path, key: str) -> bytes | None:
    """The image in a cache file, or None where the file is absent, damaged or of another key."""
    try:
        body = path.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + _DIGEST
    head = key.encode() + b"\n"
    if not body.startswith(_MAGIC) or body[start : start + len(head)] != head:
        return None
    if hashlib.sha256(memoryview(body)[start:]).digest() != body[len(_MAGIC) : start]:
        return None
    return body[start + len(head) :]


def write_cache(path: Path, key: str, image: bytes) -> None:
    """Write a cache file at once; raises OSError where that cannot be done."""
    rest = key.encode() + b"\n" + image
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".gazetteer-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + hashlib.sha256(rest).digest())
            file.write(rest)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
