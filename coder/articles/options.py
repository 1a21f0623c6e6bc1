"""How articles are to be read: `ReadOptions`, and the fields of an article that can be named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.articles.fields import FIELDS
from coder.errors import E120, E121, CoderError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of `read_articles`.

    - `columns`: article field -> the name of its column or key, for names that are not found
      by themselves, e.g. ``{"text": "story", "published": "day"}``.
    - `date_format`: a `datetime.strptime` format; when given, every date must be of this form.
    - `encoding`: the encoding of text files; None tries UTF-8 and then detects it.
    - `max_chars`: articles with more characters (code points) are rejected.
    - `check_language`: whether articles that are not English are rejected.
    - `publisher`: the publisher of articles that name none.
    - `ingested_at`: written to every article as it is (None keeps runs comparable).

    Raises E120 for a name in `columns` that is no field, E121 for an unknown encoding.

    >>> ReadOptions(columns={"text": "story"}).max_chars
    2000000
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: str | None = None
    encoding: str | None = None
    max_chars: int = 2_000_000
    check_language: bool = True
    publisher: str | None = None
    ingested_at: str | None = None

    def __post_init__(self) -> None:
        for name in self.columns:
            if name not in FIELDS:
                raise CoderError(E120, place="columns", name=name, known=", ".join(FIELDS))
        if self.encoding is not None:
            try:
                b"a".decode(self.encoding, errors="replace")
            except LookupError:
                raise CoderError(E121, place="encoding", encoding=self.encoding) from None
