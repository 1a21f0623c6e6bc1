"""The folder of a dataset: one folder a build, and `latest`, switched when a build is whole.

    outputs/NAME/
      dataset.json              says that the folder is ours
      .lock                     held while a build writes
      .parses/ .coded/          parses and codings that builds take over from one another
      .partial-<build-id>/      a build being written
      <build-id>/               a whole build: Parquet, manifest.json
      latest -> <build-id>      a relative link, or a text file where links are not to be had

A build writes into its partial folder, which is renamed when it is whole; then `latest` is
replaced by a rename. Killed at any moment, it leaves the `latest` of before; the next build
removes what is left of it. Only folders named like builds of ours are ever removed.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import filelock
import polars as pl

from coder.errors import E420, E421, E422, E423, E424, E426, E427, CoderError
from coder.tables.disk import disk_errors, is_disk_full, sync, write_json
from coder.tables.models import SCHEMA_VERSION
from coder.tables.parquet import TableWriter, Written, read_table, write_table

MARKER = "dataset.json"
LOCK = ".lock"
LATEST = "latest"
MANIFEST = "manifest.json"
PARTIAL = ".partial-"
TRASH = ".trash-"
BUILD_ID = re.compile(r"^\d{8}T\d{6}-\d{6}Z$")
KEEP = 3

FORMAT = {"format": "coder dataset", "schema_version": SCHEMA_VERSION}


def new_build_id() -> str:
    """An id from the time in UTC; ids sort by time.

    >>> bool(BUILD_ID.match(new_build_id()))
    True
    """
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S-%fZ")


class Build:
    """A build being written: use it in a `with` block and `commit` it at the end.

    `path` is the folder to write into until `commit`, `before` that of the build which is the
    latest so far, None where there is none; anything put there (Parquet, a DuckDB
    file) becomes part of the build. Leaving the block without `commit`, or by an error, removes
    it and leaves `latest` as it was. Raises E420 where `out` holds files of the user's, E421
    where another build is writing there, E422 on a full disk, E424 where it cannot be written.

        with Build(Path("outputs/syria")) as build:
            build.write("events", events)
            folder = build.commit(manifest.save)
    """

    def __init__(self, out: Path, *, keep: int = KEEP, build_id: str | None = None) -> None:
        self.out = out
        self.keep = keep
        self.build_id = build_id or new_build_id()
        if not BUILD_ID.match(self.build_id):
            raise CoderError(E427, build_id=self.build_id)
        self.path = out / f"{PARTIAL}{self.build_id}"
        self.before: Path | None = None
        self.written: dict[str, Written] = {}
        self._lock = filelock.FileLock(out / LOCK, timeout=0)

    def __enter__(self) -> Build:
        with disk_errors(self.out):
            _usable(self.out)
            self.out.mkdir(parents=True, exist_ok=True)
            self._take_lock()
            try:
                _usable(self.out)
                write_json(self.out / MARKER, FORMAT)
                _pointer_is_ours(self.out)
                _remove_leftovers(self.out)
                latest = latest_id(self.out)
                self.before = self.out / latest if latest is not None else None
                self.path.mkdir()
            except BaseException:
                self._lock.release()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if not isinstance(error, CoderError) and is_disk_full(error):
                # A full disk met anywhere in the block is told in the same words.
                raise CoderError(E422, place=str(self.out), path=self.out) from error
        finally:
            shutil.rmtree(self.path, ignore_errors=True)
            self._lock.release()

    def write(self, table: str, df: pl.DataFrame) -> Written:
        """Writes a table that fits in memory."""
        self.written[table] = write_table(self.file(table), table, df)
        return self.written[table]

    def writer(self, table: str) -> TableWriter:
        """A writer for a table of any size; put what its `close` gives into `written`."""
        return TableWriter(self.file(table), table)

    def file(self, table: str) -> Path:
        """The Parquet file of a table while the build is being written."""
        return self.path / f"{table}.parquet"

    def commit(self, save_manifest: Callable[[Path], None]) -> Path:
        """Makes the build the latest and gives its folder.

        `save_manifest` writes the manifest at the path that it is given; a folder without one
        is not a build.
        """
        final = self.out / self.build_id
        with disk_errors(self.out):
            save_manifest(self.path / MANIFEST)
            for file in sorted(self.path.rglob("*")):
                sync(file)
            sync(self.path)
            self.path.rename(final)
            sync(self.out)
            try:
                switch_latest(self.out, self.build_id)
            except BaseException:
                # Not the latest, so not a build: it gives its room back.
                _remove(final)
                raise
        _prune(self.out, self.keep)
        return final

    def _take_lock(self) -> None:
        try:
            self._lock.acquire()
        except filelock.Timeout as error:
            raise CoderError(E421, place=str(self.out), path=self.out) from error
        except NotImplementedError as error:
            reason = "the file system has no locks"
            raise CoderError(E424, place=str(self.out), path=self.out, reason=reason) from error


def switch_latest(out: Path, build_id: str) -> None:
    """Points `latest` at a build in one step, by renaming a new pointer over the old one."""
    part = out / f".{LATEST}.tmp"
    part.unlink(missing_ok=True)
    try:
        part.symlink_to(build_id, target_is_directory=True)
    except (OSError, NotImplementedError):
        part.write_text(build_id + "\n", encoding="ascii")
        sync(part)
    part.replace(out / LATEST)
    sync(out)


def latest_id(out: Path) -> str | None:
    """The id of the latest build of a dataset folder, None where there is none."""
    pointer = out / LATEST
    try:
        if pointer.is_symlink():
            name = os.fspath(pointer.readlink())
        else:
            name = pointer.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    whole = BUILD_ID.match(name) and (out / name / MANIFEST).is_file()
    return name if whole else None


def find_build(path: Path) -> Path:
    """The folder of a build: `path` itself, or the latest build of the dataset folder `path`.

    Raises E423 where there is none.
    """
    if (path / MANIFEST).is_file():
        return path.resolve()
    name = latest_id(path)
    if name is None and path.name == LATEST:
        # `latest` as a text file, named as one would name the link.
        name = latest_id(path.parent)
        path = path.parent
    if name is None:
        raise CoderError(E423, place=str(path), path=path)
    return path / name


def builds(out: Path) -> list[str]:
    """Ids of the whole builds of a dataset folder, oldest first."""
    return sorted(
        entry.name
        for entry in out.iterdir()
        if BUILD_ID.match(entry.name) and (entry / MANIFEST).is_file()
    )


def load(path: Path, table: str) -> pl.DataFrame:
    """Reads a table of a dataset or build. Example: `load(Path("outputs/syria"), "events")`."""
    return read_table(find_build(path) / f"{table}.parquet", table)


def _usable(out: Path) -> None:
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir():
        raise CoderError(E420, place=str(out), path=out)
    names = {entry.name for entry in out.iterdir()}
    # A build killed before its first marker leaves a lock or half a marker.
    ours = {LOCK} | {n for n in names if n.startswith(f".{MARKER}.") and n.endswith(".tmp")}
    if MARKER not in names and names - ours:
        raise CoderError(E420, place=str(out), path=out)


def _pointer_is_ours(out: Path) -> None:
    """`latest` is a link or a pointer file of ours, else a person put it there."""
    pointer = out / LATEST
    if pointer.is_symlink() or not pointer.exists():
        return
    with suppress(OSError, UnicodeDecodeError):
        if BUILD_ID.match(pointer.read_text(encoding="ascii").strip()):
            return
    raise CoderError(E426, place=str(pointer), path=pointer)


def _remove_leftovers(out: Path) -> None:
    for entry in out.iterdir():
        for prefix in (PARTIAL, TRASH):
            if entry.name.startswith(prefix) and BUILD_ID.match(entry.name[len(prefix) :]):
                shutil.rmtree(entry, ignore_errors=True)
        if entry.name.startswith(f".{MARKER}.") and entry.name.endswith(".tmp"):
            entry.unlink(missing_ok=True)


def _prune(out: Path, keep: int) -> None:
    """Removes old builds until `keep` are left beside the latest; never the latest."""
    latest = latest_id(out)
    old = [name for name in builds(out) if name != latest]
    for name in old[: max(len(old) - max(keep, 0), 0)]:
        _remove(out / name)


def _remove(build: Path) -> None:
    """Removes a build; renamed first, so that half of it is never taken for a whole one."""
    trash = build.with_name(TRASH + build.name)
    with suppress(OSError):
        build.rename(trash)
        shutil.rmtree(trash, ignore_errors=True)
