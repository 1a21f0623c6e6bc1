"""The files that codebooks and dictionaries are read from, as they are on the disk now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from coder.codebook.home import codebooks_dir
from coder.codebook.load import file_hash


def files_now(chosen: Sequence[str], folder: Path | None = None) -> dict[str, str]:
    """The hash of each file of the folder of codebooks, and of chosen ones that lie elsewhere.

    >>> "core/paths.yaml" in files_now(["cameo"])
    True
    """
    home = folder or codebooks_dir()
    found = {file.relative_to(home).as_posix(): file_hash(file) for file in home.rglob("*.yaml")}
    for name in chosen:
        path = Path(name)
        files = sorted(path.glob("*")) if path.is_dir() else [path]
        found |= {str(file): file_hash(file) for file in files if file.is_file()}
    return found


def state_of(chosen: Sequence[str], files: Mapping[str, str]) -> str:
    """One hash for the files of chosen codebooks.

    >>> state_of(["a"], {"x": "1"}) == state_of(["b"], {"x": "1"})
    False
    """
    return hashlib.sha256(repr((*chosen, *sorted(files.items()))).encode()).hexdigest()
