"""Where the fields of an article stand in a record: the usual names of columns and keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# Earlier names win where a record has several. Compared without case, with blanks and
# hyphens as underscores.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "article_text", "content"),
    "published": (
        "published",
        "date",
        "publication_date",
        "pub_date",
        "published_at",
        "datetime",
    ),
    "published_at": ("published_at", "datetime"),
    "input_id": ("article_id", "id"),
    "publisher": ("publisher", "source", "outlet"),
    "publisher_country": ("publisher_country",),
    "source_scale": ("source_scale",),
    "language": ("language", "lang"),
    "url": ("url", "link"),
    "headline": ("headline", "heading", "title"),
    "licence": ("licence", "license"),
    "dateline": ("dateline",),
}
NEEDED = ("text", "published")


def _key(name: str) -> str:
    return name.strip().lstrip("\ufeff").casefold().replace(" ", "_").replace("-", "_")


def find_columns(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Article field -> name in the record, for those fields that the record has.

    A name in `chosen` is compared exactly, then without case, and is never replaced by a
    usual name: a chosen column that is absent stays absent.

    >>> find_columns(["ID", "Body", "Date"], {})
    {'text': 'Body', 'published': 'Date', 'input_id': 'ID'}
    """
    listed = list(names)
    folded: dict[str, str] = {}
    for name in listed:
        folded.setdefault(_key(name), name)
    found: dict[str, str] = {}
    for field, usual in FIELDS.items():
        if field in chosen:
            name = chosen[field]
            if name in listed:
                found[field] = name
            elif _key(name) in folded:
                found[field] = folded[_key(name)]
            continue
        for candidate in usual:
            if candidate in folded:
                found[field] = folded[candidate]
                break
    return found
