"""Files of any format -> articles: `read_articles`, the first step of the pipeline.

One article is in memory at a time, whatever the size of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from coder.articles.jsonl import read_jsonl
from coder.articles.options import ReadOptions
from coder.articles.paths import SUFFIXES, FoundFile, check_paths, find_files
from coder.articles.petrarch_xml import read_petrarch_xml
from coder.articles.rejects import from_error, reject
from coder.articles.tabular import read_csv, read_parquet
from coder.articles.text import read_text_file
from coder.errors import E105, CoderError
from coder.types import Article, Reject

READERS: Mapping[str, Callable[[str, ReadOptions], Iterator[Article | Reject]]] = {
    "text": read_text_file,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
    "petrarch_xml": read_petrarch_xml,
}

_DEFAULTS = ReadOptions()


def read_articles(
    paths: Sequence[str], options: ReadOptions = _DEFAULTS
) -> Iterator[Article | Reject]:
    """The articles of files, folders (with all below), patterns and `-` (JSON lines on stdin).

    Order: that of `paths`, files of a folder or pattern sorted by name, rows as they stand.
    An article that cannot be used is a `Reject` with `file:line` and the reason. A fault of
    a whole file (missing, unreadable, binary, of unknown format, without a needed column)
    raises `CoderError` if the user named the file, and is a `Reject` if it was found in a
    folder or by a pattern. Paths are checked by the call itself, before the first article.

    Articles with the same text each come with their own `article_id` and one `text_hash`.

    >>> for got in read_articles(["news/", "wire.csv"]):  # doctest: +SKIP
    ...     print(got)
    """
    if isinstance(paths, str):
        paths = [paths]
    check_paths(paths)
    return _read(paths, options)


def _read(paths: Sequence[str], options: ReadOptions) -> Iterator[Article | Reject]:
    for found in find_files(paths):
        try:
            yield from read_file(found, options)
        except CoderError as error:
            if found.named:
                raise
            yield from_error(error)


def read_file(found: FoundFile, options: ReadOptions) -> Iterator[Article | Reject]:
    """The articles of one file; a fault of the whole file raises `CoderError`."""
    if found.fault is not None:
        raise found.fault
    if found.format is None:
        yield reject(E105, found.path, path=found.path, suffixes=SUFFIXES)
        return
    yield from READERS[found.format](found.path, options)
