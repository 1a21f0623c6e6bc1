"""START HERE for what a build takes over from builds before it, finished or not.

Codings are kept by article in shards. An article is taken over where nothing that its coding hangs
on has changed: its own fields, the program, the model, and every item of the codebooks that can
reach it. What an unfinished build left is taken up in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from coder.recode.environment import differences
from coder.recode.items import Items
from coder.recode.reach import Reach, reach
from coder.recode.shards import (
    KEPT,
    TABLES,
    Shard,
    forget_items,
    load_items,
    read_shards,
    save_items,
    write_shard,
)

FULL = 20_000
"""Shards are joined until they hold about so many articles."""
MANY = 8
"""So many shards that are not full are left as they are."""
_BY_ARTICLE = ("sentences", "mentions", "article_events")
_SHOWN = 3
_STATES = {"article_id": pl.String, "number": pl.Int64, "state": pl.String}


@dataclass(slots=True)
class Kept:
    """The codings kept in a folder, judged for one build.

    `items` are what the codebooks say now; they are asked for with what was known before.
    `open` reads the shards, `judge` says of each article whether it is taken over, `frames` gives
    their rows, `add` keeps what was coded anew, and `settle` removes what the build did not use.
    """

    home: Path
    environment: Mapping[str, str]
    items: Callable[[Items | None], Items]
    digest: str = ""
    notes: list[str] = field(default_factory=list)
    shards: dict[int, Shard] = field(default_factory=dict)
    why: dict[str, None] = field(default_factory=dict)
    found: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_STATES))
    _known: list[pl.DataFrame] = field(default_factory=list)
    _live: dict[int, list[str]] = field(default_factory=dict)
    _next: int = 0

    def open(self) -> None:
        """Reads the shards that fit; the others are removed and told of."""
        shards, damaged = read_shards(self.home)
        if damaged:
            self.notes.append(f"kept codings in {damaged[0]} were damaged; coded anew")
        others: dict[str, None] = {}
        said: dict[str, Items] = {}
        for shard in shards:
            self._next = max(self._next, shard.number + 1)
            if shard.items not in said:
                old = load_items(self.home, shard.items)
                if old is not None:
                    said[shard.items] = old
            differ = differences(shard.environment, self.environment)
            if differ or shard.items not in said:
                others.update(dict.fromkeys(differ or ["what the codebooks said"]))
                shard.remove()
            else:
                self.shards[shard.number] = shard
        if others:
            self.why[" and ".join(others) + " changed"] = None
        last = next((s.items for s in reversed(self.shards.values())), "")
        now = self.items(said.get(last))
        self.digest = last if now is said.get(last) else save_items(self.home, now)
        reaches = {digest: reach(old, now) for digest, old in said.items()}
        for number, shard in self.shards.items():
            self._known.append(_known(shard, reaches[shard.items]).with_columns(number=number))
        live = {s.items: reaches[s.items] for s in self.shards.values()}
        told = [live[last]] if last in live and live[last].why else live.values()
        self.why.update(dict.fromkeys(f"{name} changed" for one in told for name in one.why))

    def judge(self, articles: pl.DataFrame) -> pl.Series:
        """Whether each row of a frame with `article_id`, `print` and `coded` is taken over."""
        empty = pl.DataFrame(schema={"article_id": pl.String, "print": pl.UInt64})
        empty = empty.with_columns(
            reached=pl.lit(None, pl.Boolean), number=pl.lit(None, pl.Int32).cast(pl.Int64)
        )
        known = pl.concat(
            [empty, *(k.with_columns(pl.col("number").cast(pl.Int64)) for k in self._known)]
        ).unique("article_id", keep="last", maintain_order=True)
        states = (
            articles.select("article_id", "print", "coded")
            .join(known, on="article_id", how="left", maintain_order="left")
            .select(
                "article_id",
                "number",
                state=pl.when(~pl.col("coded").fill_null(value=False))
                .then(pl.lit("copy"))
                .when(pl.col("number").is_null())
                .then(pl.lit("new"))
                .when(pl.col("print") != pl.col("print_right"))
                .then(pl.lit("changed"))
                .when(pl.col("reached"))
                .then(pl.lit("reached"))
                .otherwise(pl.lit("same")),
            )
        )
        self.found = states
        same = states.filter(pl.col("state") == "same")
        for number, ids in same.group_by("number", maintain_order=True).agg("article_id").rows():
            self._live[number] = ids
        return states["state"] == "same"

    def count(self, state: str) -> int:
        """Articles judged `same`, `reached`, `changed`, `new` or `copy`."""
        return int((self.found["state"] == state).sum())

    def frames(self, lost: Sequence[str] = ()) -> Iterator[dict[str, pl.DataFrame]]:
        """The rows of the articles taken over but for those `lost`, shard by shard."""
        for number, ids in self._live.items():
            wanted = [i for i in ids if i not in set(lost)] if lost else ids
            yield _rows(self.shards[number], wanted)

    def add(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Keeps the rows of articles that were coded: `kept` and those of `TABLES`."""
        ids = frames["kept"]["article_id"].to_list()
        if not ids:
            return
        number, self._next = self._next, self._next + 1
        frames = _of_articles(frames, ids)
        shard = write_shard(self.home, number, frames, self.environment, self.digest)
        self.shards[number] = shard
        self._live[number] = ids

    def settle(self) -> None:
        """Removes what this build did not use, and joins small shards."""
        small: list[int] = []
        dead = False
        for number in sorted(self.shards):
            live, rows = len(self._live.get(number, ())), self._height(number)
            if not live:
                self.shards.pop(number).remove()
            elif live < FULL or live < rows:
                small.append(number)
                dead = dead or 3 * live < 2 * rows
        if len(small) > MANY or dead:
            self._join(small)
        forget_items(self.home, {s.items for s in self.shards.values()} | {self.digest})

    def _height(self, number: int) -> int:
        return self.shards[number].read("kept", ["article_id"]).height

    def _join(self, numbers: Sequence[int]) -> None:
        """Every article that is live is coded as the codebooks are now, whatever its shard says."""
        group: list[int] = []
        held = 0
        for number in numbers:
            group.append(number)
            held += len(self._live[number])
            if held >= FULL or number == numbers[-1]:
                parts = [_rows(self.shards[n], self._live[n]) for n in group]
                self.add({t: pl.concat([p[t] for p in parts]) for t in ("kept", *TABLES)})
                for n in group:
                    self.shards.pop(n).remove()
                    self._live.pop(n)
                group, held = [], 0

    def tell(self) -> str:
        """What was taken over and why the rest was coded, in one line."""
        same, new = self.count("same"), self.count("new")
        other, reached = self.count("changed"), self.count("reached")
        if not (same or reached or other):
            if not self.why:
                return ""
            return f"all articles are coded anew: {next(iter(self.why))}"
        parts = []
        if reached:
            why = list(self.why)
            more = f" and {len(why) - _SHOWN} more" if len(why) > _SHOWN else ""
            parts.append(f"{reached} may be touched ({', '.join(why[:_SHOWN])}{more})")
        parts += [f"{other} with other fields"] if other else []
        parts += [f"{new} new"] if new else []
        anew = f"{reached + other + new} coded: {'; '.join(parts)}" if parts else "none coded anew"
        return f"{same} of {same + reached + other + new} codings taken over, {anew}"


def prints(articles: pl.LazyFrame) -> pl.LazyFrame:
    """Adds `print`: a hash of the fields by which articles of one id may differ. Where it was read
    from, and which copy of a text it is, are not among them."""
    own = ("article_id", "text", "n_characters", "coded", "syndication_id", "file", "row")
    names = [c for c in articles.collect_schema().names() if c not in own]
    texts = [pl.col(c).cast(pl.String).fill_null("\0") for c in names]
    return articles.with_columns(print=pl.concat_str(texts, separator="\x1f").hash())


def kept_rows(rows: Sequence[tuple[str, int, str, str]]) -> pl.DataFrame:
    """A frame of the rows that a shard has of its articles."""
    return pl.DataFrame(rows, schema=KEPT, orient="row")


def _known(shard: Shard, reach: Reach) -> pl.DataFrame:
    """The articles of a shard with whether a change reaches them."""
    columns = ["article_id", "print"]
    if reach.everything or not reach.probes:
        return shard.read("kept", columns).with_columns(reached=pl.lit(reach.everything))
    return shard.read("kept").select(*columns, reached=reach.probes.met())


def _rows(shard: Shard, ids: Sequence[str]) -> dict[str, pl.DataFrame]:
    """The rows of some articles of a shard."""
    frames = {name: shard.read(name) for name in ("kept", *TABLES)}
    return frames if frames["kept"].height == len(ids) else _of_articles(frames, ids)


def _of_articles(frames: Mapping[str, pl.DataFrame], ids: Sequence[str]) -> dict[str, pl.DataFrame]:
    """The rows of some articles in `kept` and each of `TABLES`."""
    articles = pl.DataFrame({"article_id": ids}, schema={"article_id": pl.String})
    found = {
        name: frames[name].join(articles, on="article_id", how="semi", maintain_order="left")
        for name in ("kept", *_BY_ARTICLE)
    }
    events = found["article_events"].select("event_id")
    for name in TABLES:
        if name not in found:
            found[name] = frames[name].join(
                events, on="event_id", how="semi", maintain_order="left"
            )
    return found
