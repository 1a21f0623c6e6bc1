"""The paths that a user names -> the article files behind them, in a fixed order."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.articles.decoding import STDIN
from coder.errors import E101, E102, E103, E104, E105, E109, CoderError

FORMATS = {
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xml": "petrarch_xml",
}
"""Ending of a file name -> format; all but Parquet may be followed by `.gz`."""

SUFFIXES = ", ".join(FORMATS) + " (also with .gz)"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read. `named`: the user named it, so that a fault in it stops the reading.

    `format` is None for an unknown ending; `fault` is why a folder cannot be looked into.
    """

    path: str
    format: str | None
    named: bool
    fault: CoderError | None = None


def format_of(path: str) -> str | None:
    """The format of a file by its ending, or None.

    >>> format_of("a/B.JSONL.gz"), format_of("notes.docx")
    ('jsonl', None)
    """
    if path == STDIN:
        return "jsonl"
    name = Path(path).name.casefold()
    packed = name.endswith(".gz")
    found = FORMATS.get(Path(name.removesuffix(".gz")).suffix)
    return None if packed and found == "parquet" else found


def check_paths(paths: Sequence[str]) -> None:
    """Raise for a path that cannot lead to an article, before any file is read.

    E101 no such path, E102 unreadable, E103 folder without article files, E104 pattern
    without matches, E105 unknown format, E109 no path at all.
    """
    if not paths:
        raise CoderError(E109)
    for path in paths:
        if path == STDIN:
            continue
        if Path(path).is_dir():
            _listing(Path(path))
            if not any(f.format for f in _walk(Path(path))):
                raise CoderError(E103, place=path, path=path, suffixes=SUFFIXES)
        elif _there(path):
            _check_file(path)
        elif glob.has_magic(path):
            if not any(True for _ in _matches(path)):
                raise CoderError(E104, place=path, path=path)
        else:
            raise CoderError(E101, place=path, path=path)


def find_files(paths: Sequence[str]) -> Iterator[FoundFile]:
    """The files of all paths, in the order of the paths, each folder and pattern sorted.

    A file that lies under an earlier path too is given once. Folders are walked one at a
    time, hidden files are passed over. What is held is one folder's names.
    """
    earlier: set[Path] = set()
    for path in paths:
        matched: list[str] = []
        for found in _expand(path):
            if found.path != STDIN and earlier and _under(found.path, earlier):
                continue
            if glob.has_magic(path):
                matched.append(found.path)
            yield found
        earlier.update(Path(p).resolve() for p in matched or [path])


def _expand(path: str) -> Iterator[FoundFile]:
    if path == STDIN:
        yield FoundFile(path, format_of(path), named=True)
    elif Path(path).is_dir():
        yield from _walk(Path(path))
    elif _there(path):
        yield FoundFile(path, format_of(path), named=True)
    else:
        for match in sorted(_matches(path)):
            if not Path(match).is_dir():
                yield FoundFile(match, format_of(match), named=False)
            elif "**" not in path:  # ** gives the files of the folder by itself
                yield from _walk(Path(match))


def _matches(pattern: str) -> Iterator[str]:
    return glob.iglob(pattern, recursive=True)  # noqa: PTH207 (pathlib: relative patterns only)


def _there(path: str) -> bool:
    return Path(path).exists() or Path(path).is_symlink()


def _walk(folder: Path, above: tuple[Path, ...] = ()) -> Iterator[FoundFile]:
    real = folder.resolve()
    if real in above:  # a link to a folder that holds it
        return
    try:
        names = _listing(folder)
    except CoderError as error:
        yield FoundFile(str(folder), None, named=False, fault=error)
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir():
            yield from _walk(path, (*above, real))
        else:
            yield FoundFile(str(path), format_of(name), named=False)


def _listing(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise CoderError(E102, place=str(folder), path=folder, reason=error.strerror) from None


def _under(path: str, roots: set[Path]) -> bool:
    real = Path(path).resolve()
    return real in roots or any(above in roots for above in real.parents)


def _check_file(path: str) -> None:
    if format_of(path) is None:
        raise CoderError(E105, place=path, path=path, suffixes=SUFFIXES)
    try:
        with Path(path).open("rb"):
            pass
    except FileNotFoundError:
        raise CoderError(E101, place=path, path=path) from None
    except OSError as error:
        raise CoderError(E102, place=path, path=path, reason=error.strerror) from None
