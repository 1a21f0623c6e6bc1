"""The test sentences of a codebook, coded: what its pages show as examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.codebook.load import Codebooks
from coder.evaluate.embedded import Case, cases
from coder.pipeline import Coder, batches
from coder.report.codebook_entries import Example, rules_of
from coder.types import Article, ArticleEvent, CodedArticle, Mention


def examples_of(coder: Coder, codebook: str) -> list[Example]:
    """The coded events of the sentences that belong to a codebook and to its rules.

    Raises E752 where there is no such codebook or it has no codes.
    """
    chosen = {case.test.text: case for case in _cases(coder.books, codebook)}
    reader = RecordReader(ReadOptions(check_language=False), "<tests>")
    read = (
        reader.article({"text": c.test.text, "published": c.test.published}, row=row)
        for row, c in enumerate(chosen.values(), 1)
    )
    out: list[Example] = []
    for batch in batches(article for article in read if isinstance(article, Article)):
        for coded in coder.code(batch):
            case = chosen.get(coded.article.text)
            out += _examples(coded, own=case is not None and case.owner == codebook)
    return out


def _cases(books: Codebooks, codebook: str) -> Iterator[Case]:
    owners = {codebook, *(rule.id for rule in rules_of(books, codebook))}
    return (case for case in cases(books) if case.owner in owners and case.test.expect)


def _examples(coded: CodedArticle, *, own: bool) -> Iterator[Example]:
    for event in coded.events:
        for mention in event.mentions:
            codes = {coding.codebook: coding.code for coding in event.codings}
            text = coded.article.text
            yield Example(text, tuple(_spans(text, mention, event)), codes, mention.rule, own)


def _spans(text: str, mention: Mention, event: ArticleEvent) -> Iterator[tuple[str, int, int]]:
    yield "trigger", mention.start, mention.end
    for slot, fillers in mention.slots.items():
        for filler in fillers:
            yield slot, filler.start, filler.end
    yield from _found(text, "place", (where.text for where in mention.where))
    when = mention.when or event.when
    yield from _found(text, "date", [when.text] if when else ())


def _found(text: str, kind: str, words: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    for word in dict.fromkeys(words):
        at = text.find(word) if word else -1
        if at >= 0:
            yield kind, at, at + len(word)
