"""Where the codebooks that come with the program are."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from coder.errors import E690, CoderError


def codebooks_dir() -> Path:
    """The folder of the bundled codebooks: `core/`, `actors/`, `places/`, `cameo.yaml` ...

    An installed wheel carries them inside the package, as `coder/_codebooks`; in a source
    checkout they are `codebooks/` beside `coder/`. Raises E690 where there is neither.

    >>> (codebooks_dir() / "core").is_dir()
    True
    """
    package = Path(str(files("coder")))
    for folder in (package / "_codebooks", package.parent / "codebooks"):
        if folder.is_dir():
            return folder
    raise CoderError(E690, place=str(package))
