"""The layout of POLECAT, coded in PLOVER. A row is an event with all its actors."""

from __future__ import annotations

import polars as pl

from coder import __version__
from coder.export.geography import country_names, looked_up
from coder.export.layout import PREFIX, Field, Layout, iso, town

_WIKIPEDIA = "actors are not linked to Wikipedia"
_COW = "codes of the Correlates of War are not in our dictionaries"
_STORY = "names are not collected over the whole text"


def _known(column: str) -> pl.Expr:
    """The list in a cell; empty where every part of it is."""
    return pl.when(pl.col(column).str.replace_all(";", "") != "").then(pl.col(column))


def _actor(name: str, side: str) -> tuple[Field, ...]:
    return (
        Field(f"{name} Name", pl.col(f"{side}_names"), "our canonical names, joined with ;"),
        Field(f"{name} Country", _known(f"{side}_countries"), "ISO 3166 alpha-3, joined with ;"),
        Field(f"{name} COW", None, _COW),
        Field(f"Primary {name} Sector", pl.col(f"{side}_role"), "our role: GOV, MIL, REB ..."),
        Field(f"{name} Sectors", _known(f"{side}_roles"), "our roles, joined with ;"),
        Field(f"{name} Title", None, "titles are not kept apart"),
        Field(f"{name} Name Raw", pl.col(f"{side}_words"), "the words of the text"),
        Field(f"Wikipedia {name} ID", None, _WIKIPEDIA),
    )


POLECAT = Layout(
    name="polecat",
    title="POLECAT events",
    codebook="plover",
    source="polecat",
    row="an event with its PLOVER code",
    separator="\t",
    header=True,
    fields=(
        Field("Event ID", pl.lit(PREFIX) + pl.col("event_id"), "the id of our event"),
        Field("Event Date", iso("date_start")),
        Field("Event Type", pl.col("plover")),
        Field("Event Mode", pl.col("plover_modes"), "joined with ;"),
        Field("Intensity", pl.col("plover_score"), "PLOVER's score"),
        Field("Quad Code", pl.col("plover_quad"), "as a number, 1 to 4"),
        Field("Contexts", pl.col("plover_contexts"), "joined with ;"),
        *_actor("Actor", "source"),
        *_actor("Recipient", "target"),
        Field("Placename", pl.col("place")),
        Field("City", town()),
        Field("District", pl.col("admin2")),
        Field("Province", pl.col("admin1")),
        Field("Country", looked_up("country", country_names()), "names as GeoNames has them"),
        Field("Latitude", pl.col("latitude")),
        Field("Longitude", pl.col("longitude")),
        Field("GeoNames ID", pl.col("geonames_id")),
        Field("Raw Placename", pl.col("place_text"), "the words of the text"),
        Field("Feature Type", None, "GeoNames' feature types are not kept"),
        Field("Source", pl.col("publisher"), "of the article that names the event"),
        Field("Publication Date", iso("published"), "of the article that names the event"),
        Field("Story People", None, _STORY),
        Field("Story Organizations", None, _STORY),
        Field("Story Locations", None, _STORY),
        Field("Language", pl.col("language")),
        Field("Version", pl.lit(f"event-coder {__version__}"), "of the program that coded"),
    ),
)
