"""The tables about events: events, their actors, places, codes and mentions."""

from __future__ import annotations

from typing import Literal

import pandera.polars as pa
import polars as pl

from coder.tables import fields as f
from coder.types import (
    Attribution,
    Completion,
    DateBasis,
    DatePrecision,
    GeoBasis,
    GeoLevel,
    ResolvedBy,
)

FatalitiesBasis = Literal["stated", "shared", "range", "words"]
EventStatus = Literal["actual", "attempted"]

LATITUDE = {"min_value": -90, "max_value": 90}
LONGITUDE = {"min_value": -180, "max_value": 180}


class Events(pa.DataFrameModel):
    """One row is an event, after linking within articles and merging across them."""

    event_id: pl.String = f.key(
        "Event", "From the founding mention: earliest published, then article id, then offset."
    )
    type: pl.String = f.column(
        "Type", "Event type of the core codebook or of the user's.", str_matches=f.TYPE
    )
    date_start: pl.Date = f.column("First day", "First day of the event.", unit="date", null=True)
    date_end: pl.Date = f.column("Last day", "Last day of the event.", unit="date", null=True)
    date_precision: pl.String = f.choice(
        "Precision of the date", "Length of the time that is known.", DatePrecision, null=True
    )
    date_basis: pl.String = f.choice(
        "Basis of the date",
        "stated: by words with the event; context: by words elsewhere in the article; "
        "publication: from the day of publication.",
        DateBasis,
        null=True,
    )
    country: pl.String = f.country("Country", "Country of the main place.")
    admin1: pl.String = f.column("First level", "Province or state of the main place.", null=True)
    place: pl.String = f.column("Place", "Name of the main place.", null=True)
    latitude: pl.Float64 = f.column(
        "Latitude", "WGS84.", unit="degrees", null=True, in_range=LATITUDE
    )
    longitude: pl.Float64 = f.column(
        "Longitude", "WGS84.", unit="degrees", null=True, in_range=LONGITUDE
    )
    geo_level: pl.String = f.choice(
        "Level of the place", "How exact the main place is.", GeoLevel, null=True
    )
    geo_basis: pl.String = f.choice(
        "Basis of the place", "How the main place is known.", GeoBasis, null=True
    )
    fatalities_low: pl.Int32 = f.count(
        "Fewest killed", "Lowest number stated.", "people", null=True
    )
    fatalities_best: pl.Int32 = f.count(
        "Killed",
        "The number stated, the minimum for 'at least'. Unknown is null, never 0.",
        "people",
        null=True,
    )
    fatalities_high: pl.Int32 = f.count(
        "Most killed", "Highest number stated; null for 'at least'.", "people", null=True
    )
    fatalities_basis: pl.String = f.choice(
        "Basis of the toll",
        "stated: for this event; shared: one toll that several events share, to be added up "
        "once; range: articles state different tolls, low and high span them; words: only vague "
        "words (see mentions). Null: no toll is mentioned.",
        FatalitiesBasis,
        null=True,
    )
    injured_low: pl.Int32 = f.count("Fewest injured", "Lowest number stated.", "people", null=True)
    injured_best: pl.Int32 = f.count("Injured", "The number stated.", "people", null=True)
    injured_high: pl.Int32 = f.count("Most injured", "Highest number stated.", "people", null=True)
    arrested_best: pl.Int32 = f.count("Arrested", "The number stated.", "people", null=True)
    abducted_best: pl.Int32 = f.count("Abducted", "The number stated.", "people", null=True)
    displaced_best: pl.Int32 = f.count("Displaced", "The number stated.", "people", null=True)
    status: pl.String = f.choice(
        "Status", "actual, or attempted where no mention says that it was done.", EventStatus
    )
    completion: pl.String = f.choice("Completion", "How far the deed came.", Completion)
    hedged: pl.Boolean = f.column("Hedged", "Every mention doubts it.")
    attribution: pl.String = f.choice(
        "Attribution",
        "narrator where any mention is in the publisher's own voice, else that of the founding "
        "mention.",
        Attribution,
    )
    disputed: pl.Boolean = f.column("Disputed", "Some mention denies or contests it.")
    background: pl.Boolean = f.column(
        "Background", "Every mention is more than 14 days younger than the event."
    )
    reciprocal: pl.Boolean = f.column(
        "Reciprocal", "Both sides do it; one row, which views may mirror."
    )
    n_mentions: pl.Int32 = f.count("Mentions", "Mentions of the event.", "mentions", least=1)
    n_articles: pl.Int32 = f.count(
        "Articles", "Articles that report it, reprints included.", "articles", least=1
    )
    n_publishers: pl.Int32 = f.count(
        "Publishers", "Known publishers of these articles.", "publishers"
    )
    n_independent: pl.Int32 = f.count(
        "Independent texts", "Distinct syndication ids of these articles.", "texts", least=1
    )
    first_published: pl.Date = f.column("First published", "Day of the first report.", unit="date")
    last_published: pl.Date = f.column("Last published", "Day of the last report.", unit="date")

    dates_in_order = f.in_order("date_start", "date_end")
    dates_known = f.together("date_start", "date_end", "date_precision", "date_basis")
    coordinates_known = f.together("latitude", "longitude")
    geo_known = f.together("geo_level", "geo_basis")
    place_has_level = f.rule(
        "a country, admin1, place or latitude has a geo_level",
        pl.col("geo_level").is_not_null()
        | pl.all_horizontal(pl.col("country", "admin1", "place", "latitude").is_null()),
    )
    fatalities_in_order = f.in_order("fatalities_low", "fatalities_best", "fatalities_high")
    injured_in_order = f.in_order("injured_low", "injured_best", "injured_high")
    toll_has_basis = f.rule(
        "fatalities_low, fatalities_best, fatalities_high need a fatalities_basis",
        pl.col("fatalities_basis").is_not_null()
        | pl.all_horizontal(
            pl.col("fatalities_low", "fatalities_best", "fatalities_high").is_null()
        ),
    )
    published_in_order = f.in_order("first_published", "last_published")
    texts_within_articles = f.in_order("n_independent", "n_articles")
    publishers_within_articles = f.in_order("n_publishers", "n_articles")

    class Config:
        title = "Events"
        strict = True


class ArticleEvents(Events):
    """One row is an event of one article: what merging reads. Not a table of a dataset.

    The columns of `events` and those by which merging blocks and orders.
    """

    article_id: pl.String = f.key("Article", "The article.")
    syndication_id: pl.String = f.key("Syndication", "Its text's copies share this id.")
    publisher: pl.String = f.column("Publisher", "Its publisher.", null=True)
    published: pl.Date = f.column("Published", "Its day of publication.", unit="date")
    mention_id: pl.String = f.key("Founding mention", "First mention of the event.")
    start: pl.Int32 = f.count("Start", "First code point of that mention.", "code points")

    class Config:
        title = "Events of one article"
        strict = True


class EventActors(pa.DataFrameModel):
    """One row is a participant of an event; a side may have several."""

    event_id: pl.String = f.key("Event", "The event.")
    side: pl.String = f.column(
        "Side", "source acts, target is acted upon; other slots by their name.", str_matches=f.SLOT
    )
    position: pl.Int32 = f.count("Position", "Order within the side, from 0.", "rank")
    text: pl.String = f.column("Words", "The words of the text.")
    name: pl.String = f.column("Name", "Canonical name, else the words.")
    cameo: pl.String = f.column(
        "CAMEO actor", "Composed code, such as USAMIL; null where nothing is known.", null=True
    )
    country: pl.String = f.country("Country", "Country of the actor.")
    role: pl.String = f.column("Role", "CAMEO role: MIL, GOV, REB ...", null=True)
    group_id: pl.String = f.column("Group", "Id of the dictionary entry.", null=True)
    kinds: pl.String = f.column(
        "Kinds", "What kind of thing it is (armed, police, civilian ...), joined with ;.", null=True
    )
    resolved_by: pl.String = f.choice("Resolved by", "How the actor is known.", ResolvedBy)

    class Config:
        title = "Actors of events"
        strict = True


class EventPlaces(pa.DataFrameModel):
    """One row is a place of an event; position 0 is the main place, repeated in `events`."""

    event_id: pl.String = f.key("Event", "The event.")
    position: pl.Int32 = f.count("Position", "Order of the places, from 0.", "rank")
    country: pl.String = f.country("Country", "Country; null at sea.")
    admin1: pl.String = f.column("First level", "Province or state.", null=True)
    admin2: pl.String = f.column("Second level", "District or county.", null=True)
    place: pl.String = f.column("Place", "Canonical name.", null=True)
    latitude: pl.Float64 = f.column(
        "Latitude", "WGS84.", unit="degrees", null=True, in_range=LATITUDE
    )
    longitude: pl.Float64 = f.column(
        "Longitude", "WGS84.", unit="degrees", null=True, in_range=LONGITUDE
    )
    geo_level: pl.String = f.choice("Level", "How exact the place is.", GeoLevel)
    geo_basis: pl.String = f.choice("Basis", "How the place is known.", GeoBasis)
    geonames_id: pl.String = f.column("GeoNames", "Id of the place at GeoNames.", null=True)
    text: pl.String = f.column("Words", "The words of the text.", null=True)

    coordinates_known = f.together("latitude", "longitude")

    class Config:
        title = "Places of events"
        strict = True


class Codings(pa.DataFrameModel):
    """One row is one code of one codebook for one event."""

    event_id: pl.String = f.key("Event", "The event.")
    codebook: pl.String = f.key("Codebook", "Id of the ontology codebook.")
    code: pl.String = f.key("Code", "Code of that codebook, as a string: CAMEO 010 keeps its 0.")
    label: pl.String = f.column("Label", "Its label.", null=True)
    modes: pl.String = f.column("Modes", "Modes, joined with ;.", null=True)
    contexts: pl.String = f.column("Contexts", "Contexts, joined with ;.", null=True)
    quad_class: pl.Int32 = f.column(
        "Quad class",
        "Quad class of that codebook.",
        null=True,
        in_range={"min_value": 0, "max_value": 4},
    )
    score: pl.Float64 = f.column(
        "Score",
        "Scale of that codebook (Goldstein in CAMEO).",
        unit="points of the codebook's scale",
        null=True,
    )
    unit_id: pl.String = f.key(
        "Unit", "Records that the codebook would count as one event share it."
    )
    rule: pl.String = f.column("Rule", "Code rule of the codebook that applied.", null=True)
    extra: pl.String = f.column(
        "Extra", "JSON object of what only that codebook has.", unit="JSON", null=True
    )

    score_is_finite = f.rule("score is finite", pl.col("score").is_finite())
    extra_is_json = f.is_json("extra")

    class Config:
        title = "Codings"
        strict = True


class EventMentions(pa.DataFrameModel):
    """One row ties an event to one of its mentions."""

    event_id: pl.String = f.key("Event", "The event.")
    mention_id: pl.String = f.key("Mention", "The mention.")
    article_id: pl.String = f.key("Article", "Article of the mention.")
    founding: pl.Boolean = f.column("Founding", "True for the mention that names the event.")

    class Config:
        title = "Mentions of events"
        strict = True
