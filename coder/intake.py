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
from coder.recode.kept import prints
from coder.recode.reads import ARTICLES, Memory, Reading, keep_reading, load_reading
from coder.tables.models import frame
from coder.tables.parquet import TableWriter, read_pieces
from coder.tables.rows import article_row
from coder.types import Article, Reject

AT_ONCE = 512
"""Articles held before they are put aside."""
SPILL_BYTES = 64 * 1024 * 1024
BATCH_CHARACTERS = 130_000
"""About a thousand sentences of news."""
_LISTED = (
    "article_id", "print", "n_characters", "text_hash", "published", "dateline", "file", "row",
)  # fmt: skip


@dataclass(slots=True)
class Intake:
    """What was read: a file of articles in the order of their ids.

    `listing` says what there is, `pieces` and `batches` give rows of it, each text marked `coded`
    in one printing only; `rejects` are the articles that were read twice.
    """

    path: Path
    rejects: list[Reject] = field(default_factory=list)
    _signatures: dict[str, Signature] = field(default_factory=dict)
    _ids: list[tuple[str, date, str]] = field(default_factory=list)
    _listing: pl.DataFrame | None = None

    def read(
        self,
        source: Callable[[], Iterable[Article | Reject]],
        tick: Callable[[int], None],
        refuse: Callable[[Reject], None],
        memory: Memory | None = None,
    ) -> None:
        """Reads everything, or takes what `memory` keeps of the same files. `tick` hears of each
        lot of articles, `refuse` of each reject."""
        key = memory.key() if memory is not None else ""
        known = load_reading(memory.home, key) if memory is not None else None
        if known is not None:
            self.path, self._listing, self.rejects = known.articles, known.listing, [*known.twice]
            for reject in known.read:
                refuse(reject)
            tick(known.listing.height)
            return
        rejects: list[Reject] = []
        with TableWriter(self.path, "articles", spill_bytes=SPILL_BYTES, unique=False) as writer:
            held: list[Article] = []
            for got in source():
                if isinstance(got, Reject):
                    refuse(got)
                    rejects.append(got)
                    continue
                held.append(got)
                if len(held) == AT_ONCE:
                    writer.append(self._noted(held))
                    tick(len(held))
                    held = []
            writer.append(self._noted(held))
            tick(len(held))
            writer.close()
        if memory is not None and key and memory.key() == key:
            listing = self.listing()
            keep_reading(
                memory.home, key, Reading(self.path, listing, tuple(rejects), tuple(self.rejects))
            )
            self.path = memory.home / ARTICLES

    def _noted(self, articles: Sequence[Article]) -> pl.DataFrame:
        for a in articles:
            if a.text_hash not in self._signatures:
                self._signatures[a.text_hash] = signature(a.text)
            self._ids.append((a.article_id, a.published, a.text_hash))
        return frame("articles", [article_row(a, a.article_id) for a in articles])

    def listing(self) -> pl.DataFrame:
        """All articles read, in the order of their ids, without their texts: `article_id`, `print`,
        `syndication_id`, `n_characters`, and `coded` (True in one printing of a text, null for
        what was read twice, which becomes a reject)."""
        if self._listing is None:
            rows = prints(pl.scan_parquet(self.path, glob=False)).select(_LISTED).collect()
            marks = _Marks()
            coded = [marks.mark(*row) for row in rows.select(_Marks.COLUMNS).iter_rows()]
            self.rejects += marks.take_rejects()
            found = syndication_ids((key, day, self._signatures[h]) for key, day, h in self._ids)
            self._signatures, self._ids = {}, []
            self._listing = rows.select("article_id", "print", "n_characters").with_columns(
                syndication_id=pl.Series([found[i] for i in rows["article_id"]], dtype=pl.String),
                coded=pl.Series(coded, dtype=pl.Boolean),
            )
        return self._listing

    def pieces(self, wanted: pl.Series) -> Iterator[pl.DataFrame]:
        """Rows of `articles` for which `wanted` (a row for each of `listing`) holds, a row group of
        the file at a time."""
        at = 0
        for piece in read_pieces(self.path, "articles"):
            known = self.listing().slice(at, piece.height)
            rows = piece.with_columns(known["syndication_id"], known["coded"])
            yield rows.filter(wanted.slice(at, piece.height))
            at += piece.height

    def batches(self, wanted: pl.Series) -> Iterator[pl.DataFrame]:
        """The same in batches with about `BATCH_CHARACTERS` to code in each."""
        rest: list[pl.DataFrame] = []
        held = 0
        for rows in self.pieces(wanted):
            at = 0
            for i, (coded, length) in enumerate(
                zip(rows["coded"], rows["n_characters"], strict=True)
            ):
                held += length if coded else 0
                if held >= BATCH_CHARACTERS:
                    yield pl.concat([*rest, rows[at : i + 1]])
                    rest, held, at = [], 0, i + 1
            rest.append(rows[at:])
        if any(r.height for r in rest):
            yield pl.concat(rest)

    def n_batches(self, wanted: pl.Series) -> int:
        """About how many batches there will be, at least one."""
        rows = self.listing().filter(wanted).filter("coded")
        return 1 + int(rows["n_characters"].sum()) // BATCH_CHARACTERS


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
