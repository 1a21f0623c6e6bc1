"""Parsing in fewer steps gives what all components of the pipeline give."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from coder.parsing.arrays import arrays
from coder.parsing.embed import embed_once
from coder.parsing.lemmas import Lemmas
from coder.parsing.parse import DEFAULT_MODEL, Parser

SENTENCES = (
    "Troops fired on protesters in Minna on Monday, killing at least 12 people.",
    "There is no doubt that there were clashes; we ain't leaving, they said.",
    "Let's go, c'm on, y'all: it's gonna rain and he's gotta run.",
    "Let  us\tmeet the rebels' leaders ,\n who 've been being held .",
    " \n ",
    "I saw them leaving, but it left me; that's what did it.",
    "The men found the leaves they had been leaving, the worst of worse meetings.",
    "Don't you dare do what she'd done or I'll not, can't, won't, shan't follow.",
    "a",
    "¿Qué? 12.5% of $3m — “no”… (Reuters) 👍🏽 naïve co-operation",
    "The striking miners were striking; the workers' strike struck.",
    "LEADERS MEET; RIVALS MET. Fighters' best weapons were better.",
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="module")
def plain() -> Any:
    return spacy.load(DEFAULT_MODEL, exclude=["ner"])


def whole(nlp: Any, text: str) -> Any:
    """A document of one sentence through all components, one after another."""
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def test_the_same_as_all_components(parser: Parser, plain: Any) -> None:
    texts = [*SENTENCES, *(s.upper() for s in SENTENCES), *(s.lower() for s in SENTENCES), ""]
    expected = [arrays(whole(plain, text)) for text in texts]
    assert list(parser.parse(texts)) == expected
    assert list(parser.parse(texts[::-1], batch_size=5)) == expected[::-1]  # all known by now


def test_the_slow_components_do_not_run(parser: Parser) -> None:
    assert parser.nlp.pipe_names == ["tok2vec", "tagger", "parser"]


def test_a_long_vocabulary_is_forgotten(
    parser: Parser, plain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coder.parsing.parse._KEPT", 0)
    monkeypatch.setattr("coder.parsing.lemmas._KEPT", 3)
    monkeypatch.setattr("coder.parsing.embed._KEPT", 3)
    text = "Xyzzians plugh the frobnitz in Quuxland."
    for _ in range(2):
        [first, _] = parser.parse([text, SENTENCES[0]])
        assert first == arrays(whole(plain, text))
    assert "Xyzzians" not in parser.nlp.vocab


@pytest.mark.parametrize(
    ("patterns", "attrs"),
    [
        ([[{"POS": "VERB"}]], {"LEMMA": "x"}),
        ([[{"LOWER": "x", "OP": "+"}]], {"LEMMA": "x"}),
        ([[{"LOWER": "x"}]], {"TAG": "NN"}),
    ],
)
def test_other_rules_run_as_they_are(patterns: Any, attrs: Any) -> None:
    nlp: Any = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    assert Lemmas.suit(nlp)
    nlp.get_pipe("attribute_ruler").add(patterns, attrs)
    assert not Lemmas.suit(nlp)


def test_other_pipelines_run_as_they_are() -> None:
    nlp = spacy.blank("en")
    assert not Lemmas.suit(nlp)
    assert not embed_once(nlp)
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("tok2vec", config={"model": listener})
    assert not embed_once(nlp)
