"""The manifest of a build: what made it, so that it can be made again and cited."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from coder.errors import E425, CoderError
from coder.tables.digest import combine, dataset_digest
from coder.tables.disk import write_json
from coder.tables.models import SCHEMA_VERSION
from coder.tables.parquet import Written

PACKAGES = ("spacy", "polars", "pyarrow", "pandera", "duckdb", "pydantic", "numpy")

__all__ = [
    "CodebookRecord",
    "Manifest",
    "ModelRecord",
    "TableRecord",
    "dataset_digest",
    "make_manifest",
    "read_manifest",
    "versions",
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CodebookRecord(_Record):
    """A codebook that was used; `sha256` is the hash of its files."""

    id: str
    version: str
    sha256: str


class ModelRecord(_Record):
    """The parser's model; `sha256` is the hash of its files."""

    name: str
    version: str
    sha256: str


class TableRecord(_Record):
    """A table: its rows and the digest over them."""

    rows: int
    digest: str


class Manifest(_Record):
    """What `manifest.json` holds.

    `digest` is the dataset digest: equal for equal logical rows, whatever the platform, number
    of workers or encoding. `timings` (seconds by step), `started` and `finished` (ISO 8601, UTC)
    are the only times and enter no digest.
    """

    schema_version: str
    build_id: str
    digest: str
    tables: dict[str, TableRecord]
    codebooks: list[CodebookRecord]
    model: ModelRecord | None
    versions: dict[str, str]
    python: str
    platform: str
    command: list[str]
    timings: dict[str, float]
    started: str | None = None
    finished: str | None = None

    def save(self, path: Path) -> None:
        """Writes the manifest atomically, keys sorted."""
        write_json(path, self.model_dump(mode="json"))


def make_manifest(
    *,
    build_id: str,
    written: Mapping[str, Written],
    codebooks: Iterable[CodebookRecord] = (),
    model: ModelRecord | None = None,
    command: Sequence[str] = (),
    timings: Mapping[str, float] | None = None,
    started: str | None = None,
    finished: str | None = None,
) -> Manifest:
    """A manifest of the tables that were written, with the versions of this process.

    >>> make_manifest(build_id="x", written={}).tables
    {}
    """
    return Manifest(
        schema_version=SCHEMA_VERSION,
        build_id=build_id,
        digest=combine({name: w.digest for name, w in written.items()}),
        tables={
            name: TableRecord(rows=w.rows, digest=w.digest) for name, w in sorted(written.items())
        },
        codebooks=sorted(codebooks, key=lambda c: c.id),
        model=model,
        versions=versions(),
        python=platform.python_version(),
        platform=f"{sys.platform}-{platform.machine()}",
        command=list(command),
        timings=dict(timings or {}),
        started=started,
        finished=finished,
    )


def versions() -> dict[str, str]:
    """Versions of coder and of the libraries that its results hang on, where installed."""
    found = {"coder": _version("event-coder")} | {name: _version(name) for name in PACKAGES}
    return {name: version for name, version in found.items() if version}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def read_manifest(path: Path) -> Manifest:
    """Reads `manifest.json`; raises E425 where it is missing, broken or of another version."""
    try:
        return Manifest.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CoderError(E425, place=str(path), path=path, reason=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        reason = f"{at}: {first['msg']}" if at else first["msg"]
        raise CoderError(E425, place=str(path), path=path, reason=reason) from error
