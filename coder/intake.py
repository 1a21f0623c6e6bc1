"""The input of a build: all articles read once, put aside on disk in the order of their ids.

Only when everything is read is it known which texts are copies of which and which printing of a
text stands first, whatever the order of the files. In memory are ids and signatures, not texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from coder.articles.syndication import Signature, signature, syndication_ids
from coder.errors import E122
from coder.tables.models import frame
from coder.tables.parquet import TableWriter, read_pieces
from coder.tables.rows import article_row
from coder.types import Article, Reject

AT_ONCE = 512
"""Articles held before they are put aside."""
SPILL_BYTES = 64 * 1024 * 1024
BATCH_CHARACTERS = 130_000
"""About a thousand sentences of news."""


@dataclass(slots=True)
class Intake:
    """What was read: a file of articles in the order of their ids.

    `articles` gives the batches to code, each text marked `coded` in one printing only;
    `rejects` are the articles that were read twice.
    """

    path: Path
    n_articles: int = 0
    n_characters: int = 0
    rejects: list[Reject] = field(default_factory=list)
    _signatures: dict[str, Signature] = field(default_factory=dict)
    _ids: list[tuple[str, date, str]] = field(default_factory=list)

    def read(
        self,
        source: Iterable[Article | Reject],
        tick: Callable[[int], None],
        refuse: Callable[[Reject], None],
    ) -> None:
        """Reads everything. `tick` hears of each lot of articles, `refuse` of each reject."""
        with TableWriter(self.path, "articles", spill_bytes=SPILL_BYTES) as writer:
            held: list[Article] = []
            for got in source:
                if isinstance(got, Reject):
                    refuse(got)
                    continue
                held.append(got)
                if len(held) == AT_ONCE:
                    writer.append(self._noted(held))
                    tick(len(held))
                    held = []
            writer.append(self._noted(held))
            tick(len(held))
            self.n_articles = writer.close().rows

    @property
    def n_batches(self) -> int:
        """About how many batches there will be, at least one."""
        return 1 + self.n_characters // BATCH_CHARACTERS

    def _noted(self, articles: Sequence[Article]) -> pl.DataFrame:
        for a in articles:
            self.n_characters += len(a.text)
            if a.text_hash not in self._signatures:
                self._signatures[a.text_hash] = signature(a.text)
            self._ids.append((a.article_id, a.published, a.text_hash))
        return frame("articles", [article_row(a, a.article_id) for a in articles])

    def syndications(self) -> pl.DataFrame:
        """article_id and syndication_id of every article read."""
        found = syndication_ids((key, day, self._signatures[h]) for key, day, h in self._ids)
        self._signatures, self._ids = {}, []
        return pl.DataFrame(
            {"article_id": list(found), "syndication_id": list(found.values())},
            schema={"article_id": pl.String, "syndication_id": pl.String},
        )

    def articles(self) -> Iterator[pl.DataFrame]:
        """Batches of rows of `articles` with about `BATCH_CHARACTERS` to code in each.

        A printing that was read twice is left out and becomes a reject.
        """
        syndications = self.syndications()
        marks = _Marks()
        rest: list[pl.DataFrame] = []
        held = 0
        for piece in read_pieces(self.path, "articles"):
            rows = (
                piece.drop("syndication_id")
                .join(syndications, on="article_id", how="left", maintain_order="left")
                .select(piece.columns)
            )
            kept = [marks.mark(*row) for row in rows.select(_Marks.COLUMNS).iter_rows()]
            self.rejects += marks.take_rejects()
            rows = rows.with_columns(coded=pl.Series(kept, dtype=pl.Boolean))
            at = 0
            for i, (coded, length) in enumerate(zip(kept, rows["n_characters"], strict=True)):
                held += length if coded else 0
                if held >= BATCH_CHARACTERS:
                    yield pl.concat([*rest, rows[at : i + 1]]).filter(pl.col("coded").is_not_null())
                    rest, held, at = [], 0, i + 1
            rest.append(rows[at:])
        left = [r.filter(pl.col("coded").is_not_null()) for r in rest]
        if any(r.height for r in left):
            yield pl.concat(left)


class _Marks:
    """Says of rows in the order of their keys which is coded: one printing of each text of a day
    and dateline. The same article once more is neither coded nor kept."""

    COLUMNS = ("article_id", "text_hash", "published", "dateline", "file", "row")

    def __init__(self) -> None:
        self._seen: set[tuple[str, date, str | None]] = set()
        self._last = self._place = ""
        self._rejects: list[Reject] = []

    def mark(
        self, key: str, text_hash: str, day: date, dateline: str | None, file: str, row: int
    ) -> bool | None:
        """True where the row is to be coded, None where it is not to be kept."""
        place = f"{file}:{row}"
        if key == self._last:
            reason = f"{E122.text.format(other=self._place)} {E122.fix}"
            self._rejects.append(Reject("read", E122.code, reason, place, key))
            return None
        self._last, self._place = key, place
        text_of_day = (text_hash, day, dateline)
        if text_of_day in self._seen:
            return False
        self._seen.add(text_of_day)
        return True

    def take_rejects(self) -> list[Reject]:
        taken, self._rejects = self._rejects, []
        return taken
