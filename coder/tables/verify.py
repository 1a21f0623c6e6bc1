"""Whether the tables of a build are still those that its manifest names."""

from __future__ import annotations

from pathlib import Path

from coder.errors import CoderError
from coder.tables.dataset import MANIFEST, find_build
from coder.tables.digest import combine, digest_of_pieces
from coder.tables.manifest import read_manifest
from coder.tables.models import TABLES
from coder.tables.parquet import read_pieces


def verify(path: Path) -> tuple[str, list[str]]:
    """The dataset digest in the manifest, and what is otherwise than it says (nothing: []).

    Every table is read and its digest made anew, a row group at a time. `path` is a build or
    the folder of a dataset. Raises E423 where there is none, E425 where the manifest is broken.

    >>> verify(Path("outputs/seeds"))[1]  # doctest: +SKIP
    []
    """
    folder = find_build(path)
    manifest = read_manifest(folder / MANIFEST)
    missing = [table for table in TABLES if table not in manifest.tables]
    findings = [f"{table}: the manifest does not list it" for table in missing]
    digests: dict[str, str] = {}
    for table, record in manifest.tables.items():
        file = folder / f"{table}.parquet"
        try:
            digests[table] = digest_of_pieces(table, read_pieces(file, table))
        except CoderError as error:
            findings.append(f"{table}: {error.text}")
            continue
        if digests[table] != record.digest:
            findings.append(f"{table}: the rows are not those that were written")
    if not findings and combine(digests) != manifest.digest:
        findings.append("manifest.json: the digest is not that of the tables it lists")
    return manifest.digest, findings


def table_digests(path: Path) -> dict[str, str]:
    """The digest of each table, as its manifest has it: where two machines differ, they tell in
    which table.

    >>> table_digests(Path("outputs/seeds"))["events"]  # doctest: +SKIP
    '5d1c...'
    """
    manifest = read_manifest(find_build(path) / MANIFEST)
    return {table: record.digest for table, record in manifest.tables.items()}
