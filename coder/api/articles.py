"""`coder.code_articles`: a frame of articles to a dataset."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

from coder.api.coders import names
from coder.api.dataset import Dataset
from coder.api.frames import read_frame
from coder.articles.options import ReadOptions
from coder.build import BuildOptions, build_from
from coder.codebook.load import DEFAULT_CODEBOOKS
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Options

COMMAND = ("coder.code_articles",)


def code_articles(
    articles: object,
    out: Path | str | None = None,
    *,
    codebooks: Sequence[str | Path] | str | Path = DEFAULT_CODEBOOKS,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    publisher: str | None = None,
    check_language: bool = True,
    keep_text: bool = True,
    strict: bool = False,
    workers: int = 1,
    model: str = DEFAULT_MODEL,
) -> Dataset:
    """Codes a frame of articles and merges their events, as `coder build` does with files.

    `articles` is a frame of polars, pandas or Arrow, one article a row, with a text and a day of
    publication. Usual names of columns are found; `columns` names others, as
    `{"text": "story"}`. The result has every table as a typed polars frame. With `out` it is
    written to that folder and stays, like a build; without, it lasts as long as the `Dataset`.

    Rows that cannot be used are in `dataset.rejects` with their number, from 1, or stop with
    `strict`. More `workers` are processes of their own: a script that asks for them runs under
    `if __name__ == "__main__":`.

    Raises CoderError: E770 for what is no frame, E108 where a column is missing, E120 for a
    field that is none, E2xx for codebooks, E301 for the model, E42x for the folder, E602, E604.

    >>> import polars as pl
    >>> import coder
    >>> news = pl.DataFrame({
    ...     "published": ["2024-02-05", "2024-02-06"],
    ...     "text": ["Jets bombed Homs on Sunday.", "Air strikes hit Homs on Sunday, he said."],
    ... })
    >>> dataset = coder.code_articles(news, codebooks="cameo")
    >>> dataset.mentions.height
    2
    >>> dataset.events.select("type", "date_start", "place").rows()
    [('assault.air_strike', datetime.date(2024, 2, 4), 'Homs')]
    """
    read = ReadOptions(
        columns or {}, date_format, check_language=check_language, publisher=publisher
    )
    options = BuildOptions(
        coder=Options(names(codebooks), model),
        read=read,
        workers=workers,
        strict=strict,
        cache=out is not None,
        keep_text=keep_text,
        command=COMMAND,
    )
    rows = read_frame(articles, read)
    if out is not None:
        return Dataset(build_from(lambda: rows, Path(out), options).folder)
    folder = Path(tempfile.mkdtemp(prefix="coder-"))
    try:
        dataset = Dataset(build_from(lambda: rows, folder / "dataset", options).folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(dataset, shutil.rmtree, folder, ignore_errors=True)
    return dataset
