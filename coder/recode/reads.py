"""What was read of files, kept for the next build that is given the same files.

    .coded/read/
      head.json             a key of files and options, and the hash of each file here
      articles.parquet      the articles in the order of their ids
      listing.parquet       what `coder.intake` says of each

Files are the same where all of their bytes are.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import polars as pl

from coder.articles.options import ReadOptions
from coder.articles.paths import find_files
from coder.recode.environment import program_digest
from coder.tables.disk import disk_errors, write_json
from coder.types import Reject

FORMAT = 1
_blake = partial(hashlib.blake2b, digest_size=16)
_HEAD, ARTICLES, _LISTING = "head.json", "articles.parquet", "listing.parquet"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the file of the articles, what is said of each, and what was rejected, in the
    order in which it was met (`read`) and as articles that were read twice (`twice`)."""

    articles: Path
    listing: pl.DataFrame
    read: tuple[Reject, ...]
    twice: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """Where what was read is kept, and what gives its key ("" where there is none)."""

    home: Path
    key: Callable[[], str]


def reading_key(paths: Sequence[str], options: ReadOptions) -> str:
    """A hash of all bytes of the files of paths, their names and how they are read; "" where that
    cannot be told (standard input, a file that cannot be read)."""
    digest = hashlib.blake2b(digest_size=16)
    said = {**asdict(options), "columns": sorted(options.columns.items())}
    digest.update(f"{program_digest()}{pl.__version__}{said}".encode())
    try:
        for found in find_files(paths):
            if found.path == "-" or found.fault is not None:
                return ""
            with Path(found.path).open("rb") as file:
                body = hashlib.file_digest(file, _blake).digest()
            digest.update(f"{found.path}\0{found.named}\0{found.format}\0".encode() + body)
    except OSError:
        return ""
    return digest.hexdigest()


def load_reading(home: Path, key: str) -> Reading | None:
    """What was read of the same files; None where nothing or something else is kept, or it is
    damaged."""
    try:
        head = json.loads((home / _HEAD).read_text(encoding="utf-8"))
        if not key or head["key"] != key or head["format"] != FORMAT:
            return None
        for name, known in head["files"].items():
            if _hash(home / name) != known:
                return None
        listing = pl.read_parquet(home / _LISTING, glob=False)
        read, twice = (tuple(Reject(*r) for r in head[part]) for part in ("read", "twice"))
        return Reading(home / ARTICLES, listing, read, twice)
    except (OSError, KeyError, TypeError, ValueError, pl.exceptions.PolarsError):
        return None


def keep_reading(home: Path, key: str, reading: Reading) -> None:
    """Keeps what was read, in place of what was kept before. Its file of articles is moved here.
    Raises E422 on a full disk, E424."""
    forget_reading(home)
    with disk_errors(home):
        home.mkdir(parents=True, exist_ok=True)
        reading.articles.replace(home / ARTICLES)
        reading.listing.write_parquet(home / _LISTING)
        files = {name: _hash(home / name) for name in (ARTICLES, _LISTING)}
        rejects = {
            part: [(r.step, r.code, r.message, r.place, r.article_id) for r in found]
            for part, found in (("read", reading.read), ("twice", reading.twice))
        }
        write_json(home / _HEAD, {"format": FORMAT, "key": key, "files": files} | rejects)


def forget_reading(home: Path) -> None:
    """Removes what was read."""
    (home / _HEAD).unlink(missing_ok=True)
    shutil.rmtree(home, ignore_errors=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, _blake).hexdigest()
