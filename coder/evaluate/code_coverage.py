"""How many of the embedded sentences reach each code, mode and context of a codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from coder.codebook.load import Ontology

ENOUGH = 3
"""So many sentences should reach a code: one may be luck."""

Reached = Counter[tuple[str, str]]
"""Sentences by codebook and code; a mode or context is written after its code."""
_MODES = {"plover": ("plover_mode", "plover_context")}
"""Keys of a row in which a codebook has more than its code."""


def codes_of(line: Mapping[str, Any], ontologies: Mapping[str, Ontology]) -> set[tuple[str, str]]:
    """The codes, modes and contexts that one coded line has, each once.

    >>> codes_of({"events": []}, {})
    set()
    """
    found: set[tuple[str, str]] = set()
    for event in line.get("events", ()):
        for book in ontologies:
            if not event.get(book):
                continue
            found.add((book, str(event[book])))
            for key in _MODES.get(book, ()):
                found |= {(book, name) for name in (event.get(key) or "").split(";") if name}
    return found


def wanted(ontology: Ontology) -> dict[str, str]:
    """Codes, modes and contexts of a codebook with their labels. Headings, which have codes below
    them and no line of their own, are left out."""
    lines = {code.code for code in ontology.codes}
    above = {label.parent for label in ontology.labels.values() if label.parent}
    out = {
        code: label.label
        for code, label in ontology.labels.items()
        if code in lines or code not in above
    }
    out |= {code: "" for code in lines if code not in out}
    if ontology.head.id in _MODES:
        for code in ontology.codes:
            out |= dict.fromkeys(code.modes, "mode") | dict.fromkeys(code.contexts, "context")
    return out


def coverage_lines(ontology: Ontology, reached: Reached) -> Iterator[str]:
    """What `coder check --coverage` says of a codebook: how many codes are reached, those that
    too few sentences reach, and those that need none, with the reason."""
    name, codes = ontology.head.id, wanted(ontology)
    counts = {code: reached[name, code] for code in codes}
    some = sum(n > 0 for n in counts.values())
    enough = sum(n >= ENOUGH for n in counts.values())
    yield f"{name}: {some} of {len(codes)} codes reached, {enough} by {ENOUGH} sentences or more"
    for code, n in counts.items():
        if n >= ENOUGH or code in ontology.uncovered:
            continue
        how = f"reached by {n}" if n else "not reached"
        yield f"  {how}: {code} {codes[code]}".rstrip()
    for code, reason in ontology.uncovered.items():
        yield f"  uncovered: {code} {codes.get(code, '')}".rstrip() + f": {reason}"
