"""CPU time of each step, as a share of what plain spaCy takes for the same texts in the same run.

Machines differ and are shared; a ratio within one process does not. Texts go in small batches
first through the whole pipeline of spaCy, then through ours, so that what slows one slows the
other. `process_time` counts what this process used, on however many other processes it had to wait.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import spacy

import coder.pipeline as flow
from coder.articles.options import ReadOptions
from coder.articles.record import RecordReader
from coder.parsing.cache import ParseCache
from coder.parsing.parse import DEFAULT_MODEL
from coder.types import Article
from tests.bench.copies import Text

BATCH = 64
_clock = time.process_time
Shares = dict[str, float]


@dataclass(slots=True)
class Steps:
    """Seconds of each step of a coder, and of all together; `plain` is `nlp.pipe`."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    articles: int = 0
    sentences: int = 0
    events: int = 0

    def shares(self) -> Shares:
        """Each step in parts of `nlp.pipe`."""
        plain = self.seconds["plain"]
        return {step: taken / plain for step, taken in self.seconds.items() if step != "plain"}

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = _clock()
        yield
        self.seconds[step] += _clock() - began

    def watched(self, owner: Any, name: str, step: str) -> AbstractContextManager[object]:
        """While it lasts, the time of a method or function counts as a step."""
        own: Callable[..., Any] = getattr(owner, name)

        def watched(*given: Any, **named: Any) -> Any:
            with self.timed(step):
                found = own(*given, **named)
                return list(found) if isinstance(found, Iterator) else found

        return patch.object(owner, name, watched)


def measure(texts: Sequence[Text], cache: Path | None = None) -> Steps:
    """Code texts batch by batch, each after plain `nlp.pipe` of all components on it.

    With `cache`, parses come from there: it is filled by a run that does not count.
    """
    steps = Steps()
    kept = ParseCache(cache) if cache is not None else None
    coder = flow.Coder(cache=kept)
    nlp = spacy.load(DEFAULT_MODEL)
    articles = _articles(texts)
    warm = articles[:BATCH]
    _plain(nlp, warm)
    coder.code(articles if kept is not None else warm)
    with _watching(coder, steps):
        for lo in range(0, len(articles), BATCH):
            batch = articles[lo : lo + BATCH]
            with steps.timed("plain"):
                _plain(nlp, batch)
            with steps.timed("all"):
                coded = coder.code(batch)
            steps.articles += len(coded)
            steps.sentences += sum(len(one.sentences) for one in coded)
            steps.events += sum(len(one.events) for one in coded)
    if kept is not None:
        kept.close()
    return steps


def _plain(nlp: Any, articles: Sequence[Article]) -> None:
    with nlp.memory_zone():
        for _ in nlp.pipe(one.text for one in articles):
            pass


def _articles(texts: Sequence[Text]) -> list[Article]:
    reader = RecordReader(ReadOptions(check_language=False), "bench")
    found = [
        reader.article({"published": one.published.isoformat(), "text": one.text}, row=n)
        for n, one in enumerate(texts, 1)
    ]
    return [one for one in found if isinstance(one, Article)]


def _watching(coder: flow.Coder, steps: Steps) -> ExitStack:
    parses = (coder.parser, "parse") if coder.cache is None else (coder.cache, "parses")
    stack = ExitStack()
    for owner, name, step in (
        (*parses, "parse"),
        (coder.repair, "mend", "tag"),
        (coder.tagger, "tag", "tag"),
        (coder.resolver, "find_places", "places"),
        (coder.matcher, "match", "match"),
        (coder.resolver, "resolve", "resolve"),
        (flow, "link", "link"),
        (flow, "code_events", "code"),
    ):
        stack.enter_context(steps.watched(owner, name, step))
    return stack
