"""A spaCy document as the arrays of a `Parse`, without its white space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coder.types import Parse


def arrays(doc: Any, lemmas: Sequence[str] | None = None) -> Parse:
    """The parse of a document without its white space; `lemmas` are its own where not given."""
    if lemmas is None:
        lemmas = [t.lemma_.lower() for t in doc]
    keep = [t for t in doc if not t.is_space]
    index = {t.i: n for n, t in enumerate(keep)}
    heads = []
    for t in keep:
        h = t.head
        while h.is_space and h.head is not h:
            h = h.head
        heads.append(index.get(h.i, index[t.i]))
    return Parse(
        words=tuple(t.text for t in keep),
        lemmas=tuple(lemmas[t.i] for t in keep),
        tags=tuple(t.tag_ for t in keep),
        deps=tuple(t.dep_ for t in keep),
        heads=tuple(heads),
        starts=tuple(t.idx for t in keep),
    )
