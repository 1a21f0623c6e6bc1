"""Compare two datasets, or two files of predictions: what appeared, went, or changed its code.

A mention is known by its article and the offsets of its trigger, which a changed rule leaves
as they are; ids of events depend on types and do not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from coder.codebook.model import ROW_KEYS
from coder.evaluate.dataset import codes_by_event, dataset_folder, is_dataset, table
from coder.evaluate.match import counted
from coder.evaluate.score import read_predictions

_KEY = ("article", "start", "end")
_VALUES = ("type", "rule", "codes", "trigger")
_MENTIONS = {
    "article": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    **dict.fromkeys(_VALUES, pl.String),
}
_EVENTS = {"month": pl.String, "country": pl.String, "type": pl.String}
# The fields of a coded row that are no codes; any other one is a codebook's.
_NOT_CODES = ROW_KEYS
_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between an old and a new run.

    `changed`, `appeared` and `disappeared` have a row for each mention: article, start, end
    and type, rule, codes, trigger (with `_new` beside the old ones in `changed`). `counts` has
    `dimension` (month, country, type), `value`, `old`, `new`: numbers of events. `same` counts
    the mentions that kept type and codes.
    """

    same: int
    changed: pl.DataFrame
    appeared: pl.DataFrame
    disappeared: pl.DataFrame
    counts: pl.DataFrame

    @property
    def rules(self) -> tuple[tuple[str, str, str, int], ...]:
        """What each rule is responsible for: (what, old rule, new rule, mentions), most first."""
        tally: Counter[tuple[str, str, str]] = Counter()
        tally.update(("changed", *row) for row in self.changed.select("rule", "rule_new").rows())
        tally.update(("appeared", "-", rule) for rule in self.appeared["rule"].to_list())
        tally.update(("disappeared", rule, "-") for rule in self.disappeared["rule"].to_list())
        ordered = sorted(tally.items(), key=lambda entry: (-entry[1], entry[0]))
        return tuple((what, old, new, n) for (what, old, new), n in ordered)

    def render(self) -> str:
        """The comparison as plain text, at most 100 columns wide."""
        lines = [
            (
                f"mentions: {self.same} the same, {self.changed.height} changed, "
                f"{self.appeared.height} appeared, {self.disappeared.height} disappeared"
            )
        ]
        if self.rules:
            lines += ["", f"{'':12}{'old rule':39}{'new rule':39}mentions"]
            lines += [
                f"{what:12}{_cut(old, 38):39}{_cut(new, 38):39}{n:8}"
                for what, old, new, n in self.rules[:_SHOWN]
            ]
        codes = Counter(self.changed.select("codes", "codes_new").rows())
        if codes:
            lines += ["", "changed codes (old > new):"]
            ordered = sorted(codes.items(), key=lambda entry: (-entry[1], entry[0]))
            lines += [f"  {_cut(_moved(*pair), 90)} {n}" for pair, n in ordered[:_SHOWN]]
        for (dimension,), rows in self.counts.group_by("dimension", maintain_order=True):
            moved = rows.filter(pl.col("old") != pl.col("new"))
            if moved.height:
                order = (pl.col("new") - pl.col("old")).abs()
                shown = moved.sort(order, "value", descending=[True, False]).head(_SHOWN)
                lines += ["", f"{f'events by {dimension}':58}{'old':>8}{'new':>8}{'':2}change"]
                lines += [
                    f"  {_cut(value, 55):56}{old:8}{new:8}{new - old:+8}"
                    for value, old, new in shown.select("value", "old", "new").rows()
                ]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """The comparison as one JSON object."""
        rules = [
            {"what": what, "old_rule": old, "new_rule": new, "n": n}
            for what, old, new, n in self.rules
        ]
        frames = ("changed", "appeared", "disappeared", "counts")
        tree = {
            "same": self.same,
            "rules": rules,
            **{name: getattr(self, name).to_dicts() for name in frames},
        }
        return json.dumps(tree, ensure_ascii=False, indent=1)


def compare(old: str | Path, new: str | Path) -> Comparison:
    """Compare two datasets (folders) or two files of predictions.

    Raises CoderError E411, E423 for datasets and E505 for predictions.

    >>> print(compare("outputs/v1", "outputs/v2").render())  # doctest: +SKIP
    """
    (old_mentions, old_events), (new_mentions, new_events) = _load(old), _load(new)
    joined = old_mentions.join(
        new_mentions, on=list(_KEY), how="inner", suffix="_new", nulls_equal=True
    )
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_new")) for name in ("type", "codes")
    )
    changed = joined.filter(differs).sort(_KEY)
    return Comparison(
        same=joined.height - changed.height,
        changed=changed,
        appeared=_only(new_mentions, old_mentions),
        disappeared=_only(old_mentions, new_mentions),
        counts=_counts(old_events, new_events),
    )


def _only(mine: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return mine.join(other, on=list(_KEY), how="anti", nulls_equal=True).sort(_KEY)


def _load(path: str | Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The mentions of events, one row a trigger, and the events by month, country and type."""
    mentions, events = _dataset(path) if is_dataset(path) else _predictions(path)
    joined = [pl.col(name).drop_nulls().unique().sort().str.join(" + ") for name in _VALUES]
    return mentions.group_by(_KEY).agg(joined), events


def _dataset(path: str | Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    folder = dataset_folder(path)
    bridge = table(folder, "event_mentions").select("event_id", "mention_id")
    mentions = (
        table(folder, "mentions")
        .join(bridge, on="mention_id", how="inner")
        .join(codes_by_event(folder), on="event_id", how="left")
        .select(
            pl.col("article_id").alias("article"),
            pl.col("start", "end").cast(pl.Int64),
            *("type", "rule", "codes", "trigger"),
        )
    )
    events = table(folder, "events").select(
        pl.col("date_start").dt.strftime("%Y-%m").alias("month"), "country", "type"
    )
    return mentions.collect(), events.collect()


def _predictions(path: str | Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    mentions: list[dict[str, Any]] = []
    events: dict[tuple[str, str], dict[str, Any]] = {}
    for line in read_predictions(path):
        for coded in counted(line.get("events") or ()):
            row = coded.row
            article = str(line.get("id"))
            start, end = coded.span or (None, None)
            codes = _codes(row)
            shared = {name: row.get(name) for name in ("type", "rule", "trigger")}
            mentions.append(
                {"article": article, "start": start, "end": end, "codes": codes, **shared}
            )
            event_id = str(row.get("event_id") or f"row {coded.index}")
            events.setdefault(
                (article, event_id),
                {
                    "month": (row.get("event_date") or "")[:7] or None,
                    "country": row.get("country"),
                    "type": row.get("type"),
                },
            )
    return (
        pl.DataFrame(mentions, schema=_MENTIONS, orient="row"),
        pl.DataFrame(list(events.values()), schema=_EVENTS, orient="row"),
    )


def _codes(row: Mapping[str, Any]) -> str | None:
    """The codes of a coded row, as `codes_by_event` writes them."""
    codes = sorted(
        f"{name}={code}"
        for name, code in row.items()
        if isinstance(code, str) and code and name not in _NOT_CODES
    )
    return " ".join(codes) or None


def _counts(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Numbers of events by each dimension: dimension, value, old, new."""
    parts = []
    for dimension in _EVENTS:
        both = _tally(old, dimension, "old").join(
            _tally(new, dimension, "new"), on="value", how="full", coalesce=True
        )
        parts.append(
            both.select(
                pl.lit(dimension).alias("dimension"),
                "value",
                pl.col("old", "new").fill_null(0),
            ).sort("value")
        )
    return pl.concat(parts)


def _tally(events: pl.DataFrame, dimension: str, name: str) -> pl.DataFrame:
    value = pl.col(dimension).fill_null("unknown").alias("value")
    return events.group_by(value).agg(pl.len().cast(pl.Int64).alias(name))


def _moved(old: str | None, new: str | None) -> str:
    """The codes that differ, of two texts of codes.

    >>> _moved("cameo=195 plover=ASSAULT", "cameo=194 plover=ASSAULT")
    'cameo=195 > cameo=194'
    """
    before, after = set((old or "").split(" ")), set((new or "").split(" "))
    gone, come = sorted(before - after), sorted(after - before)
    return f"{' '.join(gone) or '-'} > {' '.join(come) or '-'}"


def _cut(text: str | None, width: int) -> str:
    text = text or "-"
    return text if len(text) <= width else text[: width - 1] + "."
