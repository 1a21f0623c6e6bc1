"""The layout of ACLED's export. A row is what ACLED counts as one event."""

from __future__ import annotations

import polars as pl

from coder.coding.inter import kind_of
from coder.export.geography import country_names, country_numbers, looked_up
from coder.export.layout import PREFIX, Field, Layout, iso
from coder.types import Actor

TIME_PRECISION = {"day": "1", "week": "2", "month": "3"}
GEO_PRECISION = {"exact": "1", "town": "1", "admin2": "2", "admin1": "3", "country": "3"}
TAGS = "machine-coded by event-coder, no data of ACLED"
CROWD = ("Protesters", "Rioters")


def turned(inter1: str | None, inter2: str | None, source: str | None, target: str | None) -> bool:
    """Whether ACLED's first actor is our target: its order is not who did it to whom.

    `source` and `target` are ACLED's kinds of our two sides. Where kinds tell nothing, the order
    stays: source first.

    >>> turned("Protesters", "State forces", "State forces", "Civilians")
    True
    >>> turned("State forces", "Civilians", "State forces", "Civilians")
    False
    """

    def fits(kind: str | None, side: str | None) -> bool:
        crowd = kind in CROWD and side in ("Civilians", *CROWD)
        return kind is not None and (kind == side or crowd)

    straight = fits(inter1, source) + fits(inter2, target)
    return fits(inter1, target) + fits(inter2, source) > straight


def with_order(rows: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """`rows` of `acled.sql` with `actor1`, `assoc1`, `actor2`, `assoc2` in ACLED's order, from the
    rows of `actors.sql`: the first name of a side, and the others joined with "; "."""
    kinds: dict[tuple[str, str], str | None] = {}
    for a in actors.iter_rows(named=True):
        key = (a["event_id"], a["side"])
        if kinds.get(key) is None:
            actor = Actor(
                a["text"], a["name"], a["cameo"], a["country"], a["role"], a["group_id"],
                frozenset((a["kinds"] or "").split(";")) - {""},
            )  # fmt: skip
            kinds[key] = kind_of(actor, a["event_country"])
    swap = [
        turned(
            row["inter1"],
            row["inter2"],
            kinds.get((row["event_id"], "source")),
            kinds.get((row["event_id"], "target")),
        )
        for row in rows.select("event_id", "inter1", "inter2").iter_rows(named=True)
    ]
    source, target = pl.col("source_names"), pl.col("target_names")
    turn = pl.Series("turned", swap, dtype=pl.Boolean)
    first = pl.when(turn).then(target).otherwise(source)
    second = pl.when(turn).then(source).otherwise(target)
    return rows.with_columns(
        actor1=first.list.first(),
        assoc1=first.list.slice(1).list.join("; ").replace("", None),
        actor2=second.list.first(),
        assoc2=second.list.slice(1).list.join("; ").replace("", None),
    )


ACLED = Layout(
    name="acled",
    title="ACLED",
    codebook="acled",
    source="acled",
    row="a day, place, pair of actors and sub-event type: what ACLED counts as one event",
    separator=",",
    header=True,
    keep=pl.col("date_start").is_not_null(),
    left_out="the day is not known",
    fields=(
        Field("event_id_cnty", pl.lit(PREFIX) + pl.col("unit_id"), "our unit_id"),
        Field("event_date", iso("date_start"), "the first day where a week or month is known"),
        Field("year", pl.col("date_start").dt.strftime("%Y")),
        Field(
            "time_precision",
            looked_up("date_precision", TIME_PRECISION),
            "empty where only the year is known: ACLED has no code for that",
        ),
        Field("disorder_type", pl.col("disorder_type")),
        Field("event_type", pl.col("event_type")),
        Field("sub_event_type", pl.col("sub_event_type")),
        Field("actor1", pl.col("actor1"), "our canonical name, in ACLED's order by its kinds"),
        Field("assoc_actor_1", pl.col("assoc1"), "further actors of the same side"),
        Field("inter1", pl.col("inter1")),
        Field("actor2", pl.col("actor2"), "our canonical name"),
        Field("assoc_actor_2", pl.col("assoc2"), "further actors of the same side"),
        Field("inter2", pl.col("inter2")),
        Field("interaction", pl.col("interaction")),
        Field("civilian_targeting", pl.col("civilian_targeting"), "empty where not coded"),
        Field("iso", looked_up("country", country_numbers()), "numeric ISO 3166"),
        Field("region", None, "ACLED's regions are its own"),
        Field("country", looked_up("country", country_names()), "names as GeoNames has them"),
        Field("admin1", pl.col("admin1")),
        Field("admin2", pl.col("admin2")),
        Field("admin3", None, "the third level is not coded"),
        Field("location", pl.col("place")),
        Field("latitude", pl.col("latitude"), "the middle of the town, region or country"),
        Field("longitude", pl.col("longitude"), "the middle of the town, region or country"),
        Field(
            "geo_precision",
            looked_up("geo_level", GEO_PRECISION),
            "3 also where only the country is known, for which ACLED has no code; empty at sea",
        ),
        Field("source", pl.col("publishers")),
        Field("source_scale", pl.col("scales"), "as the input gave it"),
        Field("notes", pl.col("sentence_text"), "the sentence that names the event, no summary"),
        Field(
            "fatalities",
            pl.col("fatalities"),
            "the lowest number stated; empty where none is, for which ACLED writes 0",
        ),
        Field("tags", pl.lit(TAGS)),
        Field("timestamp", None, "rows have no time of upload"),
    ),
)
