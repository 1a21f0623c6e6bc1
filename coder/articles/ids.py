"""Ids of articles and texts: BLAKE2b, 128 bits, 32 hexadecimal digits."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b


def text_hash(text: str) -> str:
    """The hash of a text alone; articles with the same text share it.

    The coding of an article depends on its text, date and dateline, so one that has been
    coded can be reused for every article with the same three.

    >>> len(text_hash("Shelling went on."))
    32
    """
    return blake2b(_bytes(text), digest_size=16).hexdigest()


def article_id(publisher: str | None, published: date, text: str) -> str:
    """The id of one printing of a text: the hash of publisher, date of publication and text.

    Each field goes in with its length before it, and a missing publisher differs from an
    empty one, so no two different triples give the same input.

    >>> day = date(2024, 2, 3)
    >>> article_id("AB", day, "C") == article_id("A", day, "BC")
    False
    """
    digest = blake2b(digest_size=16)
    for part in (publisher, published.isoformat(), text):
        if part is None:
            digest.update(b"-")
        else:
            data = _bytes(part)
            digest.update(b"%d:" % len(data))
            digest.update(data)
    return digest.hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")
