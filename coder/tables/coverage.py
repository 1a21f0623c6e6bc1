"""Coverage: how much was read of whom and when, so that no report is not taken for a zero."""

from __future__ import annotations

import polars as pl

from coder.tables.models import KEYS, dtypes

BY = list(KEYS["coverage"])


def coverage(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """The table `coverage` from the tables `articles` and `sentences`.

    One row for each publisher, its country and month with any article. Copies of a text count
    as articles, their sentences stand once, with the article that was coded.

    >>> from coder.tables.models import frame
    >>> coverage(frame("articles"), frame("sentences")).height
    0
    """
    per_article = sentences.group_by("article_id").agg(
        n_sentences=pl.len(),
        n_sentences_screened_out=pl.col("screened_out").sum(),
        n_mentions=pl.col("n_mentions").sum(),
    )
    sums = ["n_sentences", "n_sentences_screened_out", "n_mentions"]
    return (
        articles.with_columns(
            period=pl.col("published").dt.strftime("%Y-%m"),
            period_start=pl.col("published").dt.month_start(),
        )
        .join(per_article, on="article_id", how="left")
        .group_by(BY)
        .agg(
            pl.col("period_start").first(),
            pl.len().alias("n_articles"),
            pl.col("coded").sum().alias("n_articles_coded"),
            *[pl.col(name).sum() for name in sums],
        )
        .with_columns(
            n_sentences_coded=pl.col("n_sentences").cast(pl.Int64)
            - pl.col("n_sentences_screened_out").cast(pl.Int64)
        )
        .select([pl.col(name).cast(dtype) for name, dtype in dtypes("coverage").items()])
        .sort(BY)
    )
