"""Shards on disk: the codings of some articles as Parquet files, whole or not there.

    .coded/
      items-<digest>.json       what the codebooks said when a shard was coded
      <number>/                 one shard
        shard.json              its environment, items, and the hash of each of its files
        kept.parquet            a row for each article: id, print, words, families of its events
        sentences.parquet ...   the rows of its tables

A shard is written beside its place and renamed. What does not fit its hashes is removed.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polars as pl

from coder.recode.items import Items
from coder.tables.disk import disk_errors, write_json, write_text
from coder.tables.models import dtypes

FORMAT = 1
TABLES = (
    "sentences",
    "mentions",
    "article_events",
    "event_actors",
    "event_places",
    "codings",
    "event_mentions",
)
"""The tables whose rows are kept."""
KEPT = {"article_id": pl.String, "print": pl.UInt64, "words": pl.String, "roots": pl.String}
"""Columns of `kept`. `print` is a hash of what else is known of the article; `words` its line of
`coder.recode.words`; `roots` the families of its events, each between spaces."""
_NUMBER = re.compile(r"^\d{6}$")
_HEAD = "shard.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that is whole: its number (later ones win), folder, and what it was coded with."""

    number: int
    folder: Path
    environment: Mapping[str, str]
    items: str

    def read(self, name: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One of its tables, or `kept`."""
        return pl.read_parquet(self.folder / f"{name}.parquet", columns=columns, glob=False)

    def remove(self) -> None:
        """Removes the shard; renamed first, so that half of one is never met."""
        trash = self.folder.with_name(f".trash-{self.folder.name}")
        shutil.rmtree(trash, ignore_errors=True)
        self.folder.rename(trash)
        shutil.rmtree(trash, ignore_errors=True)


def write_shard(
    home: Path,
    number: int,
    frames: Mapping[str, pl.DataFrame],
    environment: Mapping[str, str],
    items: str,
) -> Shard:
    """Writes frames of `TABLES` and `kept`. Raises E422 on a full disk, E424."""
    final = home / f"{number:06d}"
    part = home / f".part-{final.name}"
    with disk_errors(home):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            hashes = {}
            for name in ("kept", *TABLES):
                body = BytesIO()
                frames[name].write_parquet(body, compression="zstd", compression_level=1)
                (part / f"{name}.parquet").write_bytes(body.getbuffer())
                hashes[name] = _hash(body.getbuffer())
            head = {"format": FORMAT, "environment": dict(environment), "items": items}
            write_json(part / _HEAD, head | {"files": hashes})
            part.rename(final)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return Shard(number, final, dict(environment), items)


def read_shards(home: Path) -> tuple[list[Shard], list[Path]]:
    """The whole shards in their order, and the folders of those that were damaged, which are
    removed together with what a killed build left."""
    shards: list[Shard] = []
    damaged: list[Path] = []
    if not home.is_dir():
        return shards, damaged
    for folder in sorted(home.iterdir()):
        if folder.name.startswith((".part-", ".trash-")):
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.name.startswith(".items-"):
            folder.unlink(missing_ok=True)
        elif _NUMBER.match(folder.name):
            shard = _whole(folder)
            if shard is None:
                damaged.append(folder)
                shutil.rmtree(folder, ignore_errors=True)
            else:
                shards.append(shard)
    return shards, damaged


def _whole(folder: Path) -> Shard | None:
    """A shard whose files are those that were written, else None."""
    try:
        head = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
        if head["format"] != FORMAT or set(head["files"]) != {"kept", *TABLES}:
            return None
        for name, known in head["files"].items():
            file = folder / f"{name}.parquet"
            if _hash(file.read_bytes()) != known:
                return None
            wanted = KEPT if name == "kept" else dtypes(name)
            if pl.read_parquet_schema(file) != wanted:
                return None
        return Shard(int(folder.name), folder, dict(head["environment"]), str(head["items"]))
    except (OSError, KeyError, TypeError, ValueError, pl.exceptions.PolarsError):
        return None


def save_items(home: Path, items: Items) -> str:
    """Keeps what codebooks say beside the shards, and gives its digest."""
    text = items.dumps()
    digest = _hash(text.encode())
    path = home / f"items-{digest}.json"
    if not path.is_file():
        home.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    return digest


def load_items(home: Path, digest: str) -> Items | None:
    """What codebooks said; None where the file is not there, damaged or of another version."""
    try:
        body = (home / f"items-{digest}.json").read_bytes()
        return Items.loads(body.decode()) if _hash(body) == digest else None
    except (OSError, KeyError, TypeError, ValueError):
        return None


def forget_items(home: Path, used: set[str]) -> None:
    """Removes the items that no shard was coded with."""
    for path in home.glob("items-*.json"):
        if path.stem.removeprefix("items-") not in used:
            path.unlink(missing_ok=True)


def _hash(body: bytes | memoryview) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()
