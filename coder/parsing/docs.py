"""A doc that a user's own spaCy pipeline has parsed -> sentences and parses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coder.errors import E773, E774, CoderError
from coder.parsing.arrays import arrays
from coder.parsing.parse import DEFAULT_MODEL, NEEDED_LABELS
from coder.types import Parse, Sentence

LABELS = frozenset(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj "
    "csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass "
    "nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl "
    "xcomp".split()
)
"""The dependency labels of spaCy's English pipelines."""
_ANNOTATIONS = {"DEP": "dependencies", "TAG": "tags", "LEMMA": "lemmas"}
_SHOWN = 5


def doc_sentences(doc: Any, article_id: str) -> Iterator[tuple[Sentence, Parse]]:
    """Sentences as the doc has them, each with its parse; offsets are those of `doc.text`.

    Raises E773 where the doc lacks dependencies, tags or lemmas, E774 where its labels are not
    those of spaCy's English pipelines.
    """
    _check(doc)
    index = 0
    for span in doc.sents:
        words = [token for token in span if not token.is_space]
        if not words:
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        sentence = Sentence(article_id, index, start, end, doc.text[start:end])
        yield sentence, arrays(span, start=start)
        index += 1


def check_labels(labels: frozenset[str]) -> None:
    """Whether a parser has the labels that rules are written for; raises E774."""
    if not labels >= NEEDED_LABELS:
        missing = ", ".join(sorted(NEEDED_LABELS - labels))
        raise CoderError(E774, problem=f"missing: {missing}", model=DEFAULT_MODEL)


def _check(doc: Any) -> None:
    missing = [what for key, what in _ANNOTATIONS.items() if not doc.has_annotation(key)]
    if len(doc) and missing:
        raise CoderError(E773, missing=" and ".join(missing))
    strange = sorted({token.dep_ for token in doc if token.dep_} - LABELS)
    if strange:
        shown = ", ".join(strange[:_SHOWN])
        raise CoderError(E774, problem=f"it has {shown}", model=DEFAULT_MODEL)
