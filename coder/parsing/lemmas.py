"""Lemmas by table: the attribute ruler and the lemmatizer run once for a word, its tag and label.

Both are rules on one token at a time, but for a few phrases ("ain't", "let's", "there is"). A
sentence in which such a phrase may begin goes through the components themselves, so the lemmas
are the same as theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

from coder.parsing.arrays import arrays
from coder.types import Parse

REPLACED = ("attribute_ruler", "lemmatizer")
"""Components that need not run."""
_PIPELINE = ("tok2vec", "tagger", "parser", *REPLACED)
_ASKED = frozenset({"TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"})
_SET = frozenset({"POS", "MORPH", "LEMMA"})
_COLUMNS = ["ORTH", "TAG", "DEP", "HEAD", "SPACY"]
_KEPT = 200_000
"""Words kept; the table is begun anew when it is larger."""

Key = tuple[int, int, int]
Pattern = Sequence[Mapping[str, Any]]


class _Word(NamedTuple):
    """What a word, tag and label give; `begins` says that a phrase of several tokens may begin."""

    text: str
    lemma: str
    tag: str
    dep: str
    begins: bool
    space: bool


class Lemmas:
    """The table of one pipeline, filled as words are met.

    >>> from coder.parsing.parse import Parser
    >>> nlp = Parser().nlp
    >>> doc = nlp("Troops fired on protesters.")
    >>> Lemmas(nlp).parses([doc])[0].lemmas
    ('troop', 'fire', 'on', 'protester', '.')
    """

    def __init__(self, nlp: Any) -> None:
        self.vocab = nlp.vocab
        self.ruler, self.lemmatizer = (nlp.get_pipe(name) for name in REPLACED)
        self._of_token = AttributeRuler(nlp.vocab)
        self._begins = Matcher(nlp.vocab)
        for n, rule in enumerate(self.ruler.patterns):
            single = [p for p in rule["patterns"] if len(p) == 1]
            if single:
                self._of_token.add(single, rule["attrs"], rule["index"])
            longer = [p[:1] for p in rule["patterns"] if len(p) > 1]
            if longer:
                self._begins.add(str(n), longer)
        self._words: dict[Key, _Word] = {}

    @staticmethod
    def suit(nlp: Any) -> bool:
        """Whether a pipeline is of the known parts, and its rules ask for nothing else."""
        if tuple(nlp.pipe_names) != _PIPELINE:
            return False
        ruler, lemmatizer = (nlp.get_pipe(name) for name in REPLACED)
        if not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode not in ("rule", "lookup"):
            return False
        return all(_suits(rule["patterns"], rule["attrs"]) for rule in ruler.patterns)

    def parses(self, docs: Sequence[Any]) -> list[Parse]:
        """Parses of documents that the parser has seen, and the replaced components have not."""
        if len(self._words) > _KEPT:
            self._words.clear()
        columns = [doc.to_array(_COLUMNS) for doc in docs]
        keys = [list(map(tuple, c[:, :3].tolist())) for c in columns]
        self._learn({k for one in keys for k in one} - self._words.keys())
        rows = ([self._words[k] for k in one] for one in keys)
        return [
            self._parse(doc, row, column)
            for doc, row, column in zip(docs, rows, columns, strict=True)
        ]

    def _parse(self, doc: Any, row: Sequence[_Word], column: Any) -> Parse:
        if not row or any(w.begins for w in row):
            return arrays(self.lemmatizer(self.ruler(doc)))
        if any(w.space for w in row):
            return arrays(doc, [w.lemma for w in row])
        texts, lemmas, tags, deps, _, _ = zip(*row, strict=True)
        heads = column[:, 3].view(np.int64) + np.arange(len(row))
        ends = accumulate(
            (len(t) + s for t, s in zip(texts, column[:, 4].tolist(), strict=True)), initial=0
        )
        starts = tuple(ends)[:-1]
        return Parse(texts, lemmas, tags, deps, tuple(heads.tolist()), starts)

    def _learn(self, keys: Iterable[Key]) -> None:
        """Run the components on words that are new, each as a sentence of its own."""
        new = sorted(keys)
        if not new:
            return
        strings = self.vocab.strings
        texts, tags, deps = ([strings[n] for n in part] for part in zip(*new, strict=True))
        doc = Doc(self.vocab, words=texts, tags=tags, deps=deps, heads=list(range(len(new))))
        begin = {at for _, at, _ in self._begins(doc, allow_missing=True)}
        space = [t.is_space for t in doc]
        doc = self.lemmatizer(self._of_token(doc))
        for n, (key, token) in enumerate(zip(new, doc, strict=True)):
            lemma = token.lemma_.lower()
            self._words[key] = _Word(texts[n], lemma, tags[n], deps[n], n in begin, space[n])


def _suits(patterns: Sequence[Pattern], attrs: Mapping[str, Any]) -> bool:
    tokens = [t for p in patterns for t in p]
    if not all(t.keys() <= _ASKED for t in tokens):
        return False
    return attrs.keys() <= _SET or all(t.get("IS_SPACE") is True for t in tokens)
