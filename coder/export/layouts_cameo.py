"""Layouts of data coded in CAMEO: GDELT 2.0 events, ICEWS, Phoenix. A row is a directed pair."""

from __future__ import annotations

import polars as pl

from coder.export.geography import country_names, fips_codes, looked_up
from coder.export.layout import Field, Layout, compact, iso, pair_id, town

GENERIC = ("IGO", "IMG", "MNC", "NGO", "NGM")
"""Actors that stand above countries: their codes begin with the kind, not with a country."""

GEO_TYPES = {"country": "1", "admin1": "5", "admin2": "5", "town": "4", "exact": "4"}
GEO_TYPES_USA = GEO_TYPES | {"admin1": "2", "admin2": "2", "town": "3", "exact": "3"}

_NO_GROUP = "group codes of GDELT's own lists are not known"
_NO_RELIGION = "not part of the codes of our actors"
_NO_ACTOR_PLACE = "only the place of the action is coded"


def _code_parts(side: str) -> pl.Expr:
    """What follows the country or the generic kind in an actor's code, in threes."""
    return pl.col(side).str.slice(3).str.extract_all("...")


def _generic(side: str) -> pl.Expr:
    return pl.col(side).str.slice(0, 3).is_in(list(GENERIC))


def _country(side: str) -> pl.Expr:
    known = pl.col(f"{side}_country").is_not_null() & ~_generic(side)
    return pl.when(known).then(pl.col(side).str.slice(0, 3))


def _type(side: str, n: int) -> pl.Expr:
    """The nth type code: the roles after the country; of a generic actor the kind itself."""
    parts = _code_parts(side)
    generic = pl.col(side).str.slice(0, 3) if n == 0 else pl.lit(None, dtype=pl.String)
    of_country = parts.list.get(n, null_on_oob=True)
    at_front = pl.col(f"{side}_country").is_null() & ~_generic(side)
    whole = pl.col(side).str.extract_all("...").list.get(n, null_on_oob=True)
    return pl.when(_generic(side)).then(generic).when(at_front).then(whole).otherwise(of_country)


def _gdelt_actor(number: int, side: str) -> tuple[Field, ...]:
    a = f"Actor{number}"
    return (
        Field(f"{a}Code", pl.col(side), "CAMEO actor code as composed here"),
        Field(f"{a}Name", pl.col(f"{side}_name").str.to_uppercase(), "our canonical name"),
        Field(f"{a}CountryCode", _country(side), "first letters of the code, ISO 3166 alpha-3"),
        Field(f"{a}KnownGroupCode", None, _NO_GROUP),
        Field(f"{a}EthnicCode", None, _NO_RELIGION),
        Field(f"{a}Religion1Code", None, _NO_RELIGION),
        Field(f"{a}Religion2Code", None, _NO_RELIGION),
        Field(f"{a}Type1Code", _type(side, 0)),
        Field(f"{a}Type2Code", _type(side, 1)),
        Field(f"{a}Type3Code", _type(side, 2)),
    )


def _no_geo(number: int) -> tuple[Field, ...]:
    a = f"Actor{number}Geo_"
    names = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(Field(a + name, None, _NO_ACTOR_PLACE) for name in names)


def _geo_type() -> pl.Expr:
    world = looked_up("geo_level", GEO_TYPES)
    return (
        pl.when(pl.col("country") == "USA")
        .then(looked_up("geo_level", GEO_TYPES_USA))
        .otherwise(world)
    )


def _full_name() -> pl.Expr:
    parts = [town(), pl.col("admin1"), looked_up("country", country_names())]
    return pl.concat_str(parts, separator=", ", ignore_nulls=True).replace("", None)


def _fraction() -> pl.Expr:
    year, month, day = (
        part.cast(pl.Float64)
        for part in (
            pl.col("date_start").dt.year(),
            pl.col("date_start").dt.month(),
            pl.col("date_start").dt.day(),
        )
    )
    return (year + ((month - 1) * 30 + day) / 365).round(4)


GDELT = Layout(
    name="gdelt",
    title="GDELT 2.0 events",
    codebook="cameo",
    source="pairs",
    row="a source and a target of an event; what both sides do has a row for each direction",
    separator="\t",
    header=False,
    keep=pl.col("source").is_not_null() | pl.col("target").is_not_null(),
    left_out="no side has a CAMEO actor code",
    fields=(
        Field("GLOBALEVENTID", pair_id(), "text, not a number: the id of our event"),
        Field("SQLDATE", compact("date_start")),
        Field("MonthYear", pl.col("date_start").dt.strftime("%Y%m")),
        Field("Year", pl.col("date_start").dt.strftime("%Y")),
        Field(
            "FractionDate",
            _fraction(),
            "year + ((month - 1) x 30 + day) / 365, after the codebook's formula",
        ),
        *_gdelt_actor(1, "source"),
        *_gdelt_actor(2, "target"),
        Field("IsRootEvent", None, "depends on GDELT's own analysis of the document"),
        Field("EventCode", pl.col("cameo")),
        Field("EventBaseCode", pl.col("cameo").str.slice(0, 3)),
        Field("EventRootCode", pl.col("cameo").str.slice(0, 2)),
        Field("QuadClass", pl.col("quad_class")),
        Field("GoldsteinScale", pl.col("goldstein")),
        Field("NumMentions", pl.col("n_mentions")),
        Field(
            "NumSources",
            pl.when(pl.col("n_publishers") > 0).then(pl.col("n_publishers")),
            "known publishers; empty where none is known",
        ),
        Field("NumArticles", pl.col("n_articles")),
        Field("AvgTone", None, "tone is not measured"),
        *_no_geo(1),
        *_no_geo(2),
        Field("ActionGeo_Type", _geo_type()),
        Field("ActionGeo_FullName", _full_name()),
        Field("ActionGeo_CountryCode", looked_up("country", fips_codes()), "FIPS 10-4"),
        Field("ActionGeo_ADM1Code", None, "FIPS codes of regions are not known"),
        Field("ActionGeo_ADM2Code", None, "GAUL codes of districts are not known"),
        Field("ActionGeo_Lat", pl.col("latitude")),
        Field("ActionGeo_Long", pl.col("longitude")),
        Field("ActionGeo_FeatureID", None, "GNS and GNIS ids are not known (ours are GeoNames')"),
        Field("DATEADDED", compact("first_published") + "000000", "day of the first report"),
        Field("SOURCEURL", pl.col("url"), "address of the article that names the event"),
    ),
)

_ICEWS_SECTORS = "ICEWS' sectors are a vocabulary of its own"

ICEWS = Layout(
    name="icews",
    title="ICEWS events",
    codebook="cameo",
    source="pairs",
    row="a source and a target of an event; what both sides do has a row for each direction",
    separator="\t",
    header=True,
    keep=pl.col("source_name").is_not_null() & pl.col("target_name").is_not_null(),
    left_out="one side is not known",
    fields=(
        Field("Event ID", pair_id(), "text, not a number: the id of our event"),
        Field("Event Date", iso("date_start")),
        Field("Source Name", pl.col("source_name"), "our canonical name"),
        Field("Source Sectors", None, _ICEWS_SECTORS),
        Field(
            "Source Country",
            looked_up("source_country", country_names()),
            "names as GeoNames has them",
        ),
        Field("Event Text", pl.col("cameo_label"), "CAMEO's label"),
        Field("CAMEO Code", pl.col("cameo")),
        Field("Intensity", pl.col("goldstein"), "the Goldstein score"),
        Field("Target Name", pl.col("target_name"), "our canonical name"),
        Field("Target Sectors", None, _ICEWS_SECTORS),
        Field(
            "Target Country",
            looked_up("target_country", country_names()),
            "names as GeoNames has them",
        ),
        Field("Story ID", pl.col("article_id"), "our article_id"),
        Field("Sentence Number", pl.col("sentence") + 1, "of the sentence that names the event"),
        Field("Publisher", pl.col("publisher")),
        Field("City", town()),
        Field("District", pl.col("admin2")),
        Field("Province", pl.col("admin1")),
        Field("Country", looked_up("country", country_names()), "names as GeoNames has them"),
        Field("Latitude", pl.col("latitude")),
        Field("Longitude", pl.col("longitude")),
    ),
)


def _entity(side: str) -> pl.Expr:
    return pl.col(side).str.slice(0, 3)


def _phoenix_actor(name: str, side: str) -> tuple[Field, ...]:
    rest = _code_parts(side)
    return (
        Field(f"{name}ActorFull", pl.col(side), "CAMEO actor code as composed here"),
        Field(f"{name}ActorEntity", _entity(side), "first three letters of the code"),
        Field(f"{name}ActorRole", rest.list.get(0, null_on_oob=True), "the next three"),
        Field(
            f"{name}ActorAttribute",
            rest.list.slice(1).list.join("").replace("", None),
            "what follows",
        ),
    )


PHOENIX = Layout(
    name="phoenix",
    title="Phoenix events",
    codebook="cameo",
    source="pairs",
    row="a source and a target of an event; what both sides do has a row for each direction",
    separator="\t",
    header=False,
    keep=pl.col("source").is_not_null() & pl.col("target").is_not_null(),
    left_out="one side has no CAMEO actor code",
    fields=(
        Field("EventID", pair_id(), "the id of our event"),
        Field("Date", compact("date_start")),
        Field("Year", pl.col("date_start").dt.strftime("%Y")),
        Field("Month", pl.col("date_start").dt.strftime("%m")),
        Field("Day", pl.col("date_start").dt.strftime("%d")),
        *_phoenix_actor("Source", "source"),
        *_phoenix_actor("Target", "target"),
        Field("EventCode", pl.col("cameo")),
        Field("EventRootCode", pl.col("cameo").str.slice(0, 2)),
        Field("QuadClass", pl.col("quad_class"), "of CAMEO, 1 to 4; Phoenix counts its own way"),
        Field("GoldsteinScore", pl.col("goldstein")),
        Field("Issues", None, "issues are not coded"),
        Field("ActionLat", pl.col("latitude")),
        Field("ActionLong", pl.col("longitude")),
        Field("LocationName", pl.col("place")),
        Field("GeoStateName", pl.col("admin1")),
        Field(
            "GeoCountryName", looked_up("country", country_names()), "names as GeoNames has them"
        ),
        Field(
            "SentenceID",
            pl.col("article_id") + "_" + pl.col("sentence").cast(pl.String),
            "our article_id and the index of the sentence",
        ),
        Field("URLs", pl.col("url"), "address of the article that names the event"),
        Field("NewsSources", pl.col("publisher")),
    ),
)
