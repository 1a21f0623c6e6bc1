"""The layout of ACLED's export. A row is what ACLED counts as one event."""

from __future__ import annotations

import polars as pl

from coder.export.geography import country_names, country_numbers, looked_up
from coder.export.layout import PREFIX, Field, Layout, iso

TIME_PRECISION = {"day": "1", "week": "2", "month": "3"}
GEO_PRECISION = {"exact": "1", "town": "1", "admin2": "2", "admin1": "3", "country": "3"}
TAGS = "machine-coded by event-coder, no data of ACLED"


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
        Field("assoc_actor_1", pl.col("assoc_actor_1"), "further actors of the same side"),
        Field("inter1", pl.col("inter1")),
        Field("actor2", pl.col("actor2"), "our canonical name"),
        Field("assoc_actor_2", pl.col("assoc_actor_2"), "further actors of the same side"),
        Field("inter2", pl.col("inter2")),
        Field("interaction", pl.col("interaction")),
        Field("civilian_targeting", pl.col("civilian_targeting"), "Civilian targeting, or empty"),
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
