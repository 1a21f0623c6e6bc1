"""One row of `events` of the rows of its members: which of their values it keeps.

Members stand in the order of founding: published, article id, offset.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from coder.merging.profile import LEVELS

_BASES = {"stated": 0, "dateline": 1, "context": 1, "inferred": 2, "publication": 2}
_PRECISIONS = {"day": 0, "week": 1, "month": 2, "year": 3}

PLACE = ("country", "admin1", "place", "latitude", "longitude", "geo_level", "geo_basis")
_DATE = ("date_start", "date_end", "date_precision", "date_basis")
_TOLL = ("fatalities_low", "fatalities_best", "fatalities_high", "fatalities_basis")


def member_ranks() -> list[pl.Expr]:
    """Columns `__place`, `__date`, `__depth`: the smaller, the better the member knows it."""
    return [
        (_rank("geo_level", LEVELS) * 10 + _rank("geo_basis", _BASES)).alias("__place"),
        (_rank("date_precision", _PRECISIONS) * 10 + _rank("date_basis", _BASES)).alias("__date"),
        pl.col("type").str.count_matches(".", literal=True).cast(pl.Int32).neg().alias("__depth"),
    ]


def merged_columns() -> list[pl.Expr]:
    """Aggregations that make one event of members sorted by founding (`__order`).

    The most specific type; the finest place and the most precise date, each whole from one
    member; low the least and high the largest toll stated, best the one published last. A toll
    of this event alone goes before one that it shares with others.
    """
    return [
        _best("type", "__depth"),
        *[_best(name, "__date") for name in _DATE],
        *[_best(name, "__place") for name in PLACE],
        *_tolls(),
        *_numbers("injured", pl.lit(True)),
        *[
            pl.col(name).drop_nulls().last()
            for name in ("arrested_best", "abducted_best", "displaced_best")
        ],
        pl.when((pl.col("status") == "actual").any())
        .then(pl.lit("actual"))
        .otherwise(pl.col("status").first())
        .alias("status"),
        pl.col("completion")
        .filter(pl.col("completion") != "completed")
        .first()
        .fill_null("completed")
        .alias("completion"),
        pl.col("hedged").all(),
        pl.when((pl.col("attribution") == "narrator").any())
        .then(pl.lit("narrator"))
        .otherwise(pl.col("attribution").first())
        .alias("attribution"),
        pl.col("disputed").any(),
        pl.col("background").all(),
        pl.col("reciprocal").any(),
    ]


def _rank(column: str, ranks: Mapping[str, int]) -> pl.Expr:
    return pl.col(column).replace_strict(ranks, default=99, return_dtype=pl.Int32)


def _best(column: str, rank: str) -> pl.Expr:
    return pl.col(column).sort_by(rank, "__order").first()


def _tolls() -> list[pl.Expr]:
    shared = pl.col("fatalities_basis") == "shared"
    own = (pl.col("fatalities_basis").is_in(["stated", "range"])).fill_null(False)
    used = own | (shared.fill_null(False) & ~own.any())
    best = pl.col("fatalities_best").filter(used).drop_nulls()
    differ = (best.n_unique() > 1) | (pl.col("fatalities_basis") == "range").any()
    basis = (
        pl.when(own.any() & differ)
        .then(pl.lit("range"))
        .when(own.any())
        .then(pl.lit("stated"))
        .when(shared.any())
        .then(pl.lit("shared"))
        .otherwise(pl.col("fatalities_basis").drop_nulls().first())
    )
    return [*_numbers("fatalities", used), basis.alias("fatalities_basis")]


def _numbers(stem: str, used: pl.Expr) -> list[pl.Expr]:
    low, best, high = (pl.col(f"{stem}_{n}").filter(used) for n in ("low", "best", "high"))
    largest = pl.max_horizontal(low.max(), best.max())
    return [
        pl.min_horizontal(low.min(), best.min()).alias(f"{stem}_low"),
        best.drop_nulls().last().alias(f"{stem}_best"),
        # "at least 30" lies above every upper limit that was stated: there is none.
        pl.when(high.max() >= largest).then(high.max()).alias(f"{stem}_high"),
    ]
