"""A spaCy document as the arrays of a `Parse`, without its white space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coder.types import Parse


def arrays(tokens: Any, lemmas: Sequence[str] | None = None, start: int = 0) -> Parse:
    """The parse of a doc, or of one sentence of it, without white space; `lemmas` by their place
    in the doc, its own where not given. Offsets count from character `start` of the doc; a head
    outside of the tokens makes a root."""
    keep = [t for t in tokens if not t.is_space]
    index = {t.i: n for n, t in enumerate(keep)}
    heads = []
    for t in keep:
        h = t.head
        while h.is_space and h.head is not h:
            h = h.head
        heads.append(index.get(h.i, index[t.i]))
    return Parse(
        words=tuple(t.text for t in keep),
        lemmas=tuple(t.lemma_.lower() if lemmas is None else lemmas[t.i] for t in keep),
        tags=tuple(t.tag_ for t in keep),
        deps=tuple(t.dep_ for t in keep),
        heads=tuple(heads),
        starts=tuple(t.idx - start for t in keep),
    )
