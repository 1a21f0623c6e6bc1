"""A record of named values (a JSON object, a row of a table, an XML element) -> Article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from coder.articles.clean import clean_text
from coder.articles.dateline import find_dateline
from coder.articles.dates import has_time, parse_published
from coder.articles.fields import FIELDS, find_columns
from coder.articles.ids import article_id, text_hash
from coder.articles.language import find_language, is_english_code
from coder.articles.options import ReadOptions
from coder.articles.rejects import from_error, reject
from coder.errors import E110, E113, E114, E115, E119, CoderError
from coder.harmless import storable
from coder.types import Article, Reject

_SHORT = tuple(f for f in FIELDS if f not in ("text", "published", "published_at", "language"))


class RecordReader:
    """Makes articles of the records of one file.

    >>> reader = RecordReader(ReadOptions(), "a.jsonl")
    >>> got = reader.article({"Date": "2024-02-03", "Body": "Shells fell."}, row=1)
    >>> got.text, got.published.isoformat()
    ('Shells fell.', '2024-02-03')
    """

    def __init__(self, options: ReadOptions, file: str) -> None:
        self.options = options
        self.file = storable(file)
        self._columns: dict[tuple[str, ...], dict[str, str]] = {}

    def article(self, record: Mapping[str, object], *, row: int) -> Article | Reject:
        """The article of a record; `row` is its line (text formats) or number (Parquet), from 1.

        Never raises: what is wrong with the record is the reason of a `Reject`.
        """
        keys = tuple(record)
        columns = self._columns.get(keys)
        if columns is None:
            if len(self._columns) > 1000:  # records that all differ must not fill memory
                self._columns.clear()
            columns = self._columns[keys] = find_columns(keys, self.options.columns)
        return self.fields({f: record[name] for f, name in columns.items()}, row=row)

    def fields(self, values: Mapping[str, object], *, row: int) -> Article | Reject:
        """The same for values under the names of article fields."""
        place = f"{self.file}:{row}"
        options = self.options
        raw = values.get("text")
        if raw is None:
            return reject(E113, place)
        if not isinstance(raw, str):
            return reject(E119, place, field="text", kind=type(raw).__name__)
        if len(raw) > options.max_chars:
            return reject(E114, place, limit=options.max_chars)
        text = clean_text(raw)
        if not text.strip(" \t\n\u00a0\ufeff\ufffd\u200b") or text.isspace():
            return reject(E113, place)
        when = values.get("published")
        if when is None or when == "":
            when = values.get("published_at")
        try:
            published = _published(when, options.date_format)
        except CoderError as error:
            return from_error(error, place)
        given = _short(values.get("language"))
        if given == "und":  # ISO 639: undetermined
            given = None
        language = None
        if given is not None:
            if not is_english_code(given):
                return reject(E115, place, language=given[:40])
            language = "en"
        elif options.check_language:
            language = find_language(text)
            if language not in (None, "en"):
                return reject(E115, place, language=language)
        short = {f: _short(values.get(f)) for f in _SHORT}
        publisher = short["publisher"] or options.publisher
        at = values.get("published_at")
        exact = at if has_time(at) else when if has_time(when) else None
        return Article(
            article_id=article_id(publisher, published, text),
            text=text,
            published=published,
            text_hash=text_hash(text),
            published_at=_short(exact),
            dateline=short["dateline"] or find_dateline(text),
            publisher=publisher,
            publisher_country=short["publisher_country"],
            source_scale=short["source_scale"],
            language=language,
            url=short["url"],
            headline=short["headline"],
            licence=short["licence"],
            ingested_at=options.ingested_at,
            input_id=short["input_id"],
            file=self.file,
            row=row,
        )


def _published(value: object, date_format: str | None) -> date:
    if isinstance(value, bool | float | list | dict):
        raise CoderError(E110)
    return parse_published(value, date_format)


def _short(value: object) -> str | None:
    """A field other than the text: cleaned, without blanks around it, None when empty."""
    if value is None or isinstance(value, list | dict | bytes):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    return clean_text(str(value)).strip() or None
