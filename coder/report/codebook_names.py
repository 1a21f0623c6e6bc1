"""Names for a report out of the codebooks that coded its dataset, as far as they are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coder.codebook.load import DEFAULT_CODEBOOKS, read_codebooks
from coder.report.names import Names
from coder.report.rule_words import fires_on
from coder.tables.dataset import MANIFEST, find_build
from coder.tables.manifest import read_manifest


def names_for(dataset: Path, codebooks: Sequence[str] = ()) -> Names:
    """Labels of types, and words of the rules whose files are those of the build.

    `codebooks` are paths of files of the user's that the dataset was coded with. A rule of a
    file that has changed since has no words: they would not be what coded. Raises E423, E425.
    """
    recorded = {c.id: c.sha256 for c in read_manifest(find_build(dataset) / MANIFEST).codebooks}
    chosen = [*(name for name in DEFAULT_CODEBOOKS if name in recorded), *codebooks]
    books, _ = read_codebooks(chosen or DEFAULT_CODEBOOKS)
    same = {name for name, digest in books.hashes.items() if recorded.get(name) == digest}
    rules = {
        rule.id: fires_on(rule, books.types)
        for rule in books.rules
        if _file(books.places[rule.id]) in same
    }
    return Names(books.types, rules)


def _file(place: str) -> str:
    """`core/assault.yaml` of `.../core/assault.yaml:12`."""
    path = Path(place.rpartition(":")[0])
    return f"core/{path.name}" if path.parent.name == "core" else str(path)
