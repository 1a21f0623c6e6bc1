"""The tables about a build: doubtful pairs, changes, coverage, rejects, reviews."""

from __future__ import annotations

from typing import Literal

import pandera.polars as pa
import polars as pl

from coder.tables import fields as f

Change = Literal["added", "deleted", "split", "merged", "recoded", "changed"]


class PossibleDuplicates(pa.DataFrameModel):
    """One row is a pair of events that may be one, but lack the proof; never merged silently."""

    event_id: pl.String = f.key("Event", "The event whose id sorts first.")
    other_event_id: pl.String = f.key("Other event", "The event whose id sorts second.")
    agrees: pl.String = f.column(
        "Agrees", "What agrees (type, date, country, place, actors), joined with ;.", null=True
    )
    lacks: pl.String = f.column(
        "Lacks", "What is unknown in one of them, joined with ;.", null=True
    )

    ids_in_order = f.rule(
        "event_id < other_event_id", pl.col("event_id") < pl.col("other_event_id")
    )

    class Config:
        title = "Possible duplicates"
        strict = True


class EventChanges(pa.DataFrameModel):
    """One row is what a build changed against the build before it in the same folder."""

    event_id: pl.String = f.key("Event", "The event; one that is gone is in the build before only.")
    change: pl.String = f.choice(
        "Change",
        "added (new), deleted (gone), merged (gone into another event), split (new, out of "
        "another one), changed (a column of events), recoded (codes of a codebook).",
        Change,
    )
    other_event_id: pl.String = f.key(
        "Other event", "The event it was split from or merged into.", null=True
    )
    codebook: pl.String = f.key("Codebook", "Codebook of a changed code.", null=True)
    field: pl.String = f.column("Field", "Column that changed.", null=True)
    old: pl.String = f.column("Old value", "Value in the build before.", null=True)
    new: pl.String = f.column("New value", "Value in this build.", null=True)
    previous: pl.String = f.key(
        "Dataset before", "Digest of the dataset before, as in its manifest.json."
    )

    other_event_given = f.rule(
        "change split or merged needs an other_event_id",
        ~pl.col("change").is_in(["split", "merged"]) | pl.col("other_event_id").is_not_null(),
    )

    class Config:
        title = "Changes of events"
        strict = True


class Coverage(pa.DataFrameModel):
    """One row is what was read of one publisher in one month: no report is not a zero."""

    publisher: pl.String = f.column("Publisher", "Publisher; null where unknown.", null=True)
    publisher_country: pl.String = f.country("Publisher's country", "Country of the publisher.")
    period: pl.String = f.column(
        "Month", "Month of publication.", unit="YYYY-MM", str_matches=r"^\d{4}-(0[1-9]|1[0-2])$"
    )
    period_start: pl.Date = f.column("First day", "First day of that month.", unit="date")
    n_articles: pl.Int32 = f.count("Articles", "Articles read.", "articles", least=1)
    n_articles_coded: pl.Int32 = f.count("Articles coded", "Of these, not copies.", "articles")
    n_sentences: pl.Int32 = f.count("Sentences", "Sentences of the coded articles.", "sentences")
    n_sentences_coded: pl.Int32 = f.count("Sentences coded", "Of these, parsed.", "sentences")
    n_sentences_screened_out: pl.Int32 = f.count(
        "Sentences screened out", "Of these, without any trigger.", "sentences"
    )
    n_mentions: pl.Int32 = f.count("Mentions", "Event mentions found.", "mentions")

    coded_within_articles = f.rule(
        "n_articles_coded <= n_articles", pl.col("n_articles_coded") <= pl.col("n_articles")
    )
    sentences_add_up = f.rule(
        "n_sentences = n_sentences_coded + n_sentences_screened_out",
        pl.col("n_sentences") == pl.col("n_sentences_coded") + pl.col("n_sentences_screened_out"),
    )

    class Config:
        title = "Coverage"
        strict = True


class Rejects(pa.DataFrameModel):
    """One row is a row, article or file that could not be used, with the reason and the place."""

    step: pl.String = f.key("Step", "Step of the pipeline that refused it.")
    code: pl.String = f.column("Code", "Code of the message.", str_matches=r"^E\d{3}$")
    message: pl.String = f.column("Reason", "What was wrong and what to do.")
    place: pl.String = f.column("Place", "File, file:line, id, or table[key].column.")
    article_id: pl.String = f.column("Article", "The article where it is known.", null=True)

    class Config:
        title = "Rejects"
        strict = True


class Reviews(pa.DataFrameModel):
    """One row is a person's judgement of an event or a sentence."""

    review_id: pl.String = f.key("Review", "Id of the judgement.")
    reviewer: pl.String = f.key("Reviewer", "Who judged.")
    event_id: pl.String = f.key("Event", "The event judged.", null=True)
    article_id: pl.String = f.key("Article", "Article of the sentence judged.", null=True)
    sentence: pl.Int32 = f.count("Sentence", "Index of the sentence.", "sentences", null=True)
    codebook: pl.String = f.key("Codebook", "Codebook by which it was judged.", null=True)
    codebook_version: pl.String = f.column("Version", "Version of that codebook.", null=True)
    field: pl.String = f.key("Field", "Column judged.")
    value: pl.String = f.column("Value", "The value that the reviewer holds right.", null=True)
    note: pl.String = f.column("Note", "Why.", null=True)
    reviewed_at: pl.String = f.column("Time", "When it was judged.", unit="ISO 8601")

    judges_something = f.rule(
        "a review has an event_id, or an article_id and a sentence",
        pl.col("event_id").is_not_null()
        | (pl.col("article_id").is_not_null() & pl.col("sentence").is_not_null()),
    )

    class Config:
        title = "Reviews"
        strict = True
