"""The tables about texts: articles, their sentences, the mentions found in them."""

from __future__ import annotations

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
    Status,
)


class Articles(pa.DataFrameModel):
    """One row is an article read, reprints included."""

    article_id: pl.String = f.key("Article", "Hash of publisher, publication date and text.")
    published: pl.Date = f.column("Published", "Day of publication.", unit="date")
    published_at: pl.String = f.column(
        "Published at", "Time of publication as the input gives it.", unit="ISO 8601", null=True
    )
    publisher: pl.String = f.column("Publisher", "Newspaper, agency or site.", null=True)
    publisher_country: pl.String = f.country(
        "Publisher's country", "Country in which the publisher is based."
    )
    source_scale: pl.String = f.column(
        "Source scale",
        "Reach of the publisher as the input gives it: local, national, international ...",
        null=True,
    )
    language: pl.String = f.column("Language", "Language of the text.", unit="BCP 47", null=True)
    url: pl.String = f.column("URL", "Address of the article.", null=True)
    headline: pl.String = f.column("Headline", "Headline as printed.", null=True)
    dateline: pl.String = f.column(
        "Dateline", "Place from which the article says it was filed.", null=True
    )
    text: pl.String = f.column(
        "Text", "Body with newlines as line ends; null where the text may not be kept.", null=True
    )
    n_characters: pl.Int32 = f.count("Length", "Length of the body.", "code points")
    text_hash: pl.String = f.column(
        "Hash of the text", "Hash of the body alone.", str_length={"min_value": 1}
    )
    syndication_id: pl.String = f.key(
        "Syndication", "Shared by all articles whose texts are copies of one another."
    )
    coded: pl.Boolean = f.column(
        "Coded", "False for a copy: its text is coded once, in another article of its syndication."
    )
    licence: pl.String = f.column("Licence", "Terms of use of the text.", null=True)
    ingested_at: pl.String = f.column(
        "Ingested at",
        "When the article was collected as the input gives it, never the clock of a build.",
        unit="ISO 8601",
        null=True,
    )
    input_id: pl.String = f.column("Input id", "Id of the article in the input.", null=True)
    file: pl.String = f.column("File", "File from which the article was read.", null=True)
    row: pl.Int32 = f.count("Row", "Line or record of that file; 0 for a whole file.", "rows")

    class Config:
        title = "Articles"
        strict = True


class Sentences(pa.DataFrameModel):
    """One row is a sentence, coded or screened out."""

    article_id: pl.String = f.key("Article", "Article that holds the sentence.")
    sentence: pl.Int32 = f.count("Sentence", "Index of the sentence in its article.", "sentences")
    start: pl.Int32 = f.count("Start", "First code point in the article's text.", "code points")
    end: pl.Int32 = f.count("End", "One past the last code point.", "code points")
    text: pl.String = f.column("Text", "The words; null where the text may not be kept.", null=True)
    screened_out: pl.Boolean = f.column(
        "Screened out", "True where no trigger stands in the sentence, so that it was not parsed."
    )
    n_mentions: pl.Int32 = f.count("Mentions", "Event mentions found in it.", "mentions")

    start_before_end = f.rule("start < end", pl.col("start") < pl.col("end"))
    screened_is_empty = f.rule(
        "screened_out leaves n_mentions 0",
        ~pl.col("screened_out") | (pl.col("n_mentions") == 0),
    )

    class Config:
        title = "Sentences"
        strict = True


class Mentions(pa.DataFrameModel):
    """One row is a mention of an event: words of one sentence, read by one rule."""

    mention_id: pl.String = f.key("Mention", "Hash of article, trigger offsets and type.")
    article_id: pl.String = f.key("Article", "Article that holds the mention.")
    sentence: pl.Int32 = f.count("Sentence", "Index of the sentence in its article.", "sentences")
    type: pl.String = f.column(
        "Type", "Event type of the core codebook or of the user's.", str_matches=f.TYPE
    )
    about_chain: pl.String = f.column(
        "Chain", "The type, then the types of the deeds under it, joined with >."
    )
    about: pl.String = f.column(
        "Deeds under it",
        "JSON list of the links of the chain below the first: type, rule, trigger, sources, "
        "targets.",
        unit="JSON",
        null=True,
    )
    rule: pl.String = f.key("Rule", "Id of the rule that found the mention.")
    trigger: pl.String = f.column("Trigger", "The words that made the rule fire.")
    start: pl.Int32 = f.count(
        "Start", "First code point of the trigger in the article's text.", "code points"
    )
    end: pl.Int32 = f.count("End", "One past the last code point of the trigger.", "code points")
    slots: pl.String = f.column(
        "Slots",
        "JSON object: slot name to a list of start, end (code points of the article) and text.",
        unit="JSON",
    )
    source: pl.String = f.column("Source", "Words for those who act, joined with ;.", null=True)
    source_cameo: pl.String = f.column(
        "Source codes",
        "Their CAMEO actor codes in the same order, joined with ;, empty where unknown.",
        null=True,
    )
    target: pl.String = f.column("Target", "Words for those acted upon, joined with ;.", null=True)
    target_cameo: pl.String = f.column(
        "Target codes",
        "Their CAMEO actor codes in the same order, joined with ;, empty where unknown.",
        null=True,
    )
    status: pl.String = f.choice("Status", "Whether the deed happened.", Status)
    completion: pl.String = f.choice("Completion", "How far the deed came.", Completion)
    hedged: pl.Boolean = f.column("Hedged", "The text doubts it: reportedly, appears to.")
    attribution: pl.String = f.choice("Attribution", "In whose voice it is told.", Attribution)
    attributed_to: pl.String = f.column("Attributed to", "Words for that voice.", null=True)
    quoted: pl.Boolean = f.column("Quoted", "The mention stands in quotation marks.")
    background: pl.Boolean = f.column(
        "Background", "The event lies more than 14 days before the publication."
    )
    reciprocal: pl.Boolean = f.column("Reciprocal", "Both sides do it: met, agreed, clashed.")
    event_date: pl.Date = f.column("Date", "First day of the event.", unit="date", null=True)
    date_end: pl.Date = f.column("Last day", "Last day of the event.", unit="date", null=True)
    date_precision: pl.String = f.choice(
        "Precision of the date", "Length of the time that the words name.", DatePrecision, null=True
    )
    date_basis: pl.String = f.choice(
        "Basis of the date", "How the date is known.", DateBasis, null=True
    )
    date_text: pl.String = f.column("Words of the date", "The words that say it.", null=True)
    country: pl.String = f.country("Country", "Country of the main place.")
    admin1: pl.String = f.column("First level", "Province or state of the main place.", null=True)
    place: pl.String = f.column("Place", "Name of the main place.", null=True)
    latitude: pl.Float64 = f.column(
        "Latitude",
        "WGS84.",
        unit="degrees",
        null=True,
        in_range={"min_value": -90, "max_value": 90},
    )
    longitude: pl.Float64 = f.column(
        "Longitude",
        "WGS84.",
        unit="degrees",
        null=True,
        in_range={"min_value": -180, "max_value": 180},
    )
    geo_level: pl.String = f.choice("Level of the place", "How exact it is.", GeoLevel, null=True)
    geo_basis: pl.String = f.choice("Basis of the place", "How it is known.", GeoBasis, null=True)
    fatalities_low: pl.Int32 = f.count(
        "Fewest killed", "Lowest number stated.", "people", null=True
    )
    fatalities_best: pl.Int32 = f.count(
        "Killed", "The number stated; the minimum for 'at least'.", "people", null=True
    )
    fatalities_high: pl.Int32 = f.count(
        "Most killed", "Highest number stated.", "people", null=True
    )
    injured_low: pl.Int32 = f.count("Fewest injured", "Lowest number stated.", "people", null=True)
    injured_best: pl.Int32 = f.count("Injured", "The number stated.", "people", null=True)
    injured_high: pl.Int32 = f.count("Most injured", "Highest number stated.", "people", null=True)
    count_words: pl.String = f.column(
        "Words of the counts", "kind=words of each count, joined with ;.", null=True
    )
    counts: pl.String = f.column(
        "Counts",
        "JSON list of all counts: kind (killed, injured, arrested, abducted, displaced), low, "
        "best, high, words, who.",
        unit="JSON",
        null=True,
    )
    tags: pl.String = f.column("Tags", "Tags of the rule and its words, joined with ;.", null=True)
    speaks_of: pl.String = f.column(
        "Speaks of",
        "The mention of the deed that a claim, a denial or an accusation is about.",
        null=True,
    )

    start_before_end = f.rule("start < end", pl.col("start") < pl.col("end"))
    dates_in_order = f.in_order("event_date", "date_end")
    dates_known = f.together("event_date", "date_end", "date_precision", "date_basis")
    coordinates_known = f.together("latitude", "longitude")
    geo_known = f.together("geo_level", "geo_basis")
    place_has_level = f.rule(
        "a country, admin1, place or latitude has a geo_level",
        pl.col("geo_level").is_not_null()
        | pl.all_horizontal(pl.col("country", "admin1", "place", "latitude").is_null()),
    )
    fatalities_in_order = f.in_order("fatalities_low", "fatalities_best", "fatalities_high")
    injured_in_order = f.in_order("injured_low", "injured_best", "injured_high")
    chain_starts_with_type = f.rule(
        "about_chain starts with type",
        (pl.col("about_chain") == pl.col("type"))
        | pl.col("about_chain").str.starts_with(pl.col("type") + ">"),
    )
    about_is_json = f.is_json("about")
    slots_are_json = f.is_json("slots")
    counts_are_json = f.is_json("counts")

    class Config:
        title = "Mentions"
        strict = True
