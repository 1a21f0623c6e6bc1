"""Parses kept by content and model, so that a change of rules does not parse again.

One SQLite file beside the datasets: sentence hash to the arrays of its parse, and the forms of
words by which sentences are screened, so that no model is loaded where all is kept. A file of
another model, format or program is not looked into, a damaged one is begun anew, never trusted.
`trim` keeps a folder within a size: the parses that no build has asked for the longest go first.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from coder.parsing.forms import Forms
from coder.types import Parse

_FORMAT = "2"
_CHUNK = 500
_DAY = 86_400
_LEFT = 0.8
"""A folder that is too large is brought down to this share of its limit."""
LIMIT = 4 * 1024**3
"""Bytes that the parses of a folder may take by default: of about four million sentences."""


class ParseCache:
    """A cache of parses in `folder`, one file for each model fingerprint.

    `hits` and `misses` count the texts of this run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hits = self.misses = 0
        self._db: sqlite3.Connection | None = None
        self._today = int(time.time()) // _DAY

    def parses(
        self,
        texts: Sequence[str],
        fingerprint: str,
        parse: Callable[[Sequence[str]], Iterable[Parse]],
    ) -> list[Parse]:
        """Parses of the texts in order by the model of this fingerprint; those that are not kept
        are made by `parse` and kept."""
        db = self._open(fingerprint)
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
            fresh = dict(zip(missing, parse(list(missing.values())), strict=True))
            with db:
                db.executemany(
                    "INSERT OR REPLACE INTO parses VALUES (?, ?, ?)",
                    ((k, self._today, _pack(p)) for k, p in fresh.items()),
                )
            found |= fresh
        return [found[k] for k in keys]

    def forms(self, fingerprint: str, make: Callable[[], Forms | None]) -> Forms | None:
        """The forms of words of the model of this fingerprint, None where it does not tell them;
        those that are not kept are made by `make` and kept."""
        db = self._open(fingerprint)
        for checksum, text in db.execute("SELECT checksum, forms FROM forms"):
            if zlib.crc32(text.encode()) == checksum:
                return Forms.from_json(text) if text else None
        made = make()
        text = made.to_json() if made is not None else ""
        with db:
            db.execute("DELETE FROM forms")
            db.execute("INSERT INTO forms VALUES (?, ?)", (zlib.crc32(text.encode()), text))
        return made

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _open(self, fingerprint: str) -> sqlite3.Connection:
        if self._db is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / _name(fingerprint)
            try:
                self._db = _connect(path)
            except sqlite3.DatabaseError:
                _remove(path)
                self._db = _connect(path)
        return self._db

    def _read(self, db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Parse]:
        out: dict[bytes, Parse] = {}
        old: list[bytes] = []
        for lo in range(0, len(keys), _CHUNK):
            chunk = keys[lo : lo + _CHUNK]
            marks = ",".join("?" * len(chunk))
            for key, used, blob in db.execute(
                f"SELECT key, used, parse FROM parses WHERE key IN ({marks})", chunk
            ):
                parse = _unpack(blob)
                if parse is not None:
                    out[key] = parse
                    if used < self._today:
                        old.append(key)
        if old:
            with db:
                db.executemany(
                    "UPDATE parses SET used = ? WHERE key = ?", ((self._today, k) for k in old)
                )
        return out


def _name(fingerprint: str) -> str:
    """The file of a model's parses, another one where the program makes other arrays of them."""
    return f"parses-{fingerprint[:16]}-{_FORMAT}-{_code()}.sqlite"


@cache
def _code() -> str:
    makers = (Path(__file__).with_name(name) for name in ("parse.py", "forms.py", "turned.py"))
    return hashlib.blake2b(b"".join(m.read_bytes() for m in makers), digest_size=4).hexdigest()


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=60)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute(
        "CREATE TABLE IF NOT EXISTS parses "
        "(key BLOB PRIMARY KEY, used INTEGER NOT NULL, parse BLOB NOT NULL) WITHOUT ROWID"
    )
    db.execute("CREATE TABLE IF NOT EXISTS forms (checksum INTEGER NOT NULL, forms TEXT NOT NULL)")
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
                db.execute("SELECT key, used, parse FROM parses LIMIT 1").fetchall()
                db.execute("SELECT checksum, forms FROM forms").fetchall()
            finally:
                db.close()
        except sqlite3.OperationalError:
            continue  # locked by another build, or a full disk: the file is not at fault
        except sqlite3.DatabaseError:
            _remove(path)
            removed.append(path)
    return removed


def trim(folder: Path, limit: int = LIMIT, *, keep: str = "") -> int:
    """Brings the parses of a folder under `limit` bytes and gives the number of bytes freed.

    Files of other models or formats than that of the fingerprint `keep` go first, then the parses
    that were not asked for the longest. To be called when no process has the cache open.
    """
    before = _size(folder)
    if before <= limit:
        return 0
    own = _name(keep)
    for path in sorted(folder.glob("parses-*.sqlite"), key=lambda p: p.stat().st_mtime):
        if path.name != own and _size(folder) > limit:
            _remove(path)
    path = folder / own
    if path.is_file() and _size(folder) > limit:
        with closing(_connect(path)) as db:
            _forget(db, int(limit * _LEFT))
    return max(before - _size(folder), 0)


def _forget(db: sqlite3.Connection, room: int) -> None:
    """Leaves the parses that were asked for last, as many as have room."""
    [(total,)] = db.execute("SELECT coalesce(sum(length(parse) + 40), 0) FROM parses").fetchall()
    days = db.execute(
        "SELECT used, sum(length(parse) + 40) FROM parses GROUP BY used ORDER BY used"
    )
    with db:
        for used, size in days.fetchall():
            if total <= room:
                break
            if total - size >= room:
                db.execute("DELETE FROM parses WHERE used = ?", (used,))
                total -= size
                continue
            share = (total - room) / size
            [(count,)] = db.execute(
                "SELECT count(*) FROM parses WHERE used = ?", (used,)
            ).fetchall()
            db.execute(
                "DELETE FROM parses WHERE key IN (SELECT key FROM parses WHERE used = ? LIMIT ?)",
                (used, int(count * share) + 1),
            )
            total = room
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("parses-*.sqlite*"))


def _remove(path: Path) -> None:
    for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        part.unlink(missing_ok=True)
