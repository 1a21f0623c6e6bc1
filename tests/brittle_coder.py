"""A coder for processes of their own, which some articles break."""

from __future__ import annotations

from functools import cached_property, partial

import polars as pl

from coder.batch import BatchCoder, CodedBatch
from coder.pipeline import Options
from tests.breakable import break_on


class BrittleCoder:
    """A coder that dies on articles with the word EXIT."""

    def __init__(self, options: Options, *, keep_text: bool) -> None:
        self.options, self.keep_text = options, keep_text

    def __call__(self, articles: pl.DataFrame) -> CodedBatch:
        for text in articles.filter("coded")["text"]:
            if "EXIT" in text:
                break_on("exit")
        return self._coder(articles)

    @cached_property
    def _coder(self) -> BatchCoder:
        return BatchCoder(self.options, None, keep_text=self.keep_text)


def brittle_coder(
    options: Options, cache: None, *, keep_text: bool, books: None
) -> partial[BrittleCoder]:
    return partial(BrittleCoder, options, keep_text=keep_text)
