"""Releases: a folder to publish, with data, dictionary, codebooks, terms and citation.

START HERE: `release` writes into a folder beside the target and renames it when it is whole.
Paths of the machine are left out of tables and manifest; without text, the tables are those of
`--no-text`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

import polars as pl

from coder.codebook.home import codebooks_dir
from coder.codebook.load import file_hash
from coder.errors import E730, E732, CoderError
from coder.export.citation import Credits, bibtex, cff, corpus_dates
from coder.export.release_pages import LICENCE, licences, readme
from coder.export.write import ExportOptions, export
from coder.store.database import DATABASE, TEXTS, write_database
from coder.tables.dataset import MANIFEST, find_build
from coder.tables.dictionary import render
from coder.tables.digest import combine
from coder.tables.disk import disk_errors, write_text
from coder.tables.manifest import Manifest, TableRecord, read_manifest
from coder.tables.models import TABLES
from coder.tables.parquet import read_table, write_table

_PATH = re.compile(r"^.*[/\\]")


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its folder, files, and codebooks of the build that are not in it."""

    path: Path
    files: tuple[str, ...]
    missing: tuple[str, ...]


def release(
    dataset: Path,
    out: Path,
    credit: Credits,
    *,
    text: bool = True,
    formats: tuple[str, ...] = (),
    codebooks: tuple[Path, ...] = (),
) -> Released:
    """Writes a dataset as a folder to publish.

    `formats` are those of `coder.export.write`, `codebooks` files of the user's that the build was
    made with. Raises E730 where `out` holds files, E731 without an author, E732 for a database
    without its build, E423 and E425 where there is no dataset, and what `export` raises.
    """
    if dataset.suffix == ".duckdb":
        raise CoderError(E732, place=str(dataset), path=dataset)
    build = find_build(dataset)
    manifest = read_manifest(build / MANIFEST)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CoderError(E730, place=str(out), path=out)
    part = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    with disk_errors(out):
        try:
            (part / "data").mkdir(parents=True)
            made = _fill(part, build, manifest, credit, text, formats, codebooks)
            if out.is_dir():
                out.rmdir()
            part.rename(out)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return Released(out, *made)


def _fill(
    part: Path,
    build: Path,
    manifest: Manifest,
    credit: Credits,
    text: bool,
    formats: tuple[str, ...],
    codebooks: tuple[Path, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = part / "data"
    records = {}
    for table in TABLES:
        frame = _public(table, read_table(build / f"{table}.parquet", table), text=text)
        written = write_table(data / f"{table}.parquet", table, frame)
        records[table] = TableRecord(rows=written.rows, digest=written.digest)
    manifest = manifest.model_copy(
        update={
            "tables": records,
            "digest": combine({name: r.digest for name, r in records.items()}),
            "command": [_PATH.sub("", word) for word in manifest.command],
        }
    )
    manifest.save(data / MANIFEST)
    write_database(data, text=text, path=data / DATABASE)
    missing = _copy_codebooks(part / "codebooks", manifest, codebooks)
    for name in formats:
        export(data, name, part / "exports", ExportOptions())
    articles = read_table(data / "articles.parquet", "articles")
    corpus = _corpus(articles)
    write_text(part / "CITATION.cff", cff(credit, manifest, corpus))
    write_text(part / "citation.bib", bibtex(credit, manifest, corpus))
    write_text(part / "data-dictionary.md", render())
    write_text(
        part / "LICENCES.md",
        licences(_files(part), articles, credit, part / "codebooks", text=text),
    )
    entry = bibtex(credit, manifest, corpus)
    write_text(
        part / "README.md", readme(credit, manifest, corpus, entry, missing, formats, text=text)
    )
    files = _files(part)
    sums = "".join(f"{_sha256(part / name)}  {name}\n" for name in files)
    write_text(part / "SHA256SUMS", sums)
    return (*files, "SHA256SUMS"), missing


def _public(table: str, frame: pl.DataFrame, *, text: bool) -> pl.DataFrame:
    """A table without paths of the machine, and without text if asked."""
    gone = () if text else TEXTS.get(table, ())
    frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in gone)
    place = {"articles": "file", "rejects": "place"}.get(table)
    if place is None:
        return frame
    frame = frame.with_columns(pl.col(place).str.replace(r"^.*[/\\]", ""))
    if table == "rejects":
        # Two files of one name may have the same fault.
        frame = frame.unique(["step", "place", "code", "message", "article_id"])
        if not text:
            frame = frame.with_columns(message=pl.col("code") + ": see the codes of the program")
            frame = frame.unique(["step", "place", "code", "message", "article_id"])
    return frame


def _copy_codebooks(folder: Path, manifest: Manifest, given: tuple[Path, ...]) -> tuple[str, ...]:
    """Copies the files that the build read, where they are as they were; gives the others."""
    home = codebooks_dir()
    own = {path.name: path for path in given}
    missing = []
    for record in manifest.codebooks:
        name = record.id if record.id.endswith((".yaml", ".yml")) else f"{record.id}.yaml"
        source = own.get(name, home / name)
        if not source.is_file() or file_hash(source) != record.sha256:
            missing.append(record.id)
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    if folder.is_dir() and (notice := distribution("event-coder").read_text("licenses/LICENSE")):
        write_text(folder / LICENCE, notice)
    return tuple(missing)


def _corpus(articles: pl.DataFrame) -> str:
    first, last = articles["published"].min(), articles["published"].max()
    assert first is None or isinstance(first, date)
    assert last is None or isinstance(last, date)
    return corpus_dates(first, last)


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
