"""Parses kept by content and model, so that a change of rules does not parse again.

One SQLite file beside the datasets: sentence hash to the arrays of its parse. A file of another
model or format, or a damaged one, is set aside and begun anew, never trusted.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

from coder.parsing.parse import Parser
from coder.types import Parse

_FORMAT = "1"
_CHUNK = 500


class ParseCache:
    """A cache of parses in `folder`, one file for each model fingerprint.

    `hits` and `misses` count the texts of this run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hits = self.misses = 0
        self._db: sqlite3.Connection | None = None

    def parses(self, texts: Sequence[str], parser: Parser) -> list[Parse]:
        """Parses of the texts in order; those that are not kept are parsed and kept."""
        db = self._open(parser.fingerprint)
        keys = [
            hashlib.blake2b(t.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            for t in texts
        ]
        found = self._read(db, list(dict.fromkeys(keys)))
        missing: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            if key not in found:
                missing.setdefault(key, text)
        self.misses += len(missing)
        self.hits += len(texts) - len(missing)
        if missing:
            fresh = dict(zip(missing, parser.parse(list(missing.values())), strict=True))
            with db:
                db.executemany(
                    "INSERT OR REPLACE INTO parses VALUES (?, ?)",
                    ((k, _pack(p)) for k, p in fresh.items()),
                )
            found |= fresh
        return [found[k] for k in keys]

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _open(self, fingerprint: str) -> sqlite3.Connection:
        if self._db is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"parses-{fingerprint[:16]}-{_FORMAT}.sqlite"
            try:
                self._db = _connect(path)
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)
                self._db = _connect(path)
        return self._db

    @staticmethod
    def _read(db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Parse]:
        out: dict[bytes, Parse] = {}
        for lo in range(0, len(keys), _CHUNK):
            chunk = keys[lo : lo + _CHUNK]
            marks = ",".join("?" * len(chunk))
            for key, blob in db.execute(
                f"SELECT key, parse FROM parses WHERE key IN ({marks})", chunk
            ):
                parse = _unpack(blob)
                if parse is not None:
                    out[key] = parse
        return out


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=60)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute(
        "CREATE TABLE IF NOT EXISTS parses "
        "(key BLOB PRIMARY KEY, parse BLOB NOT NULL) WITHOUT ROWID"
    )
    return db


def _pack(p: Parse) -> bytes:
    body = json.dumps(
        [p.words, p.lemmas, p.tags, p.deps, p.heads, p.starts, p.scheme],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    data = zlib.compress(body.encode("utf-8", "surrogatepass"), 1)
    return zlib.crc32(data).to_bytes(4, "big") + data


def _unpack(blob: bytes) -> Parse | None:
    """A parse from its bytes, None where they are damaged."""
    if zlib.crc32(blob[4:]).to_bytes(4, "big") != blob[:4]:
        return None
    *arrays, scheme = json.loads(zlib.decompress(blob[4:]).decode("utf-8", "surrogatepass"))
    words, lemmas, tags, deps, heads, starts = map(tuple, arrays)
    return Parse(words, lemmas, tags, deps, heads, starts, scheme)


def mend(folder: Path) -> list[Path]:
    """Removes the files of a cache that cannot be read, and gives them; parses are made anew.

    To be called before several processes open the cache.
    """
    removed = []
    for path in sorted(folder.glob("parses-*.sqlite")):
        try:
            db = _connect(path)
            try:
                db.execute("SELECT key, parse FROM parses LIMIT 1").fetchall()
            finally:
                db.close()
        except sqlite3.OperationalError:
            continue  # locked by another build, or a full disk: the file is not at fault
        except sqlite3.DatabaseError:
            for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                part.unlink(missing_ok=True)
            removed.append(path)
    return removed
