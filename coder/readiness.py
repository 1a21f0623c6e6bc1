"""Whether codebooks can run, asked before work that takes long."""

from __future__ import annotations

from coder.codebook.lint import CheckPath, unusable
from coder.codebook.load import Codebooks, load_codebooks
from coder.errors import E250, CoderError
from coder.matching.paths import Paths
from coder.pipeline import Options, collector_paused


def ready_codebooks(options: Options) -> Codebooks:
    """The codebooks of a coder; raises E250 for the first thing with which a rule cannot run.

    >>> ready_codebooks(Options(("strikes",))).ontologies["strikes"].head.id  # doctest: +SKIP
    'strikes'
    """
    with collector_paused():
        books = load_codebooks(options.codebooks, options.folder)
        problems = unusable(books, path_reader(books))
    if problems:
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CoderError(E250, place=problems[0].place, problem=problems[0].text.rstrip(".") + more)
    return books


def path_reader(books: Codebooks) -> CheckPath:
    """What raises E252 for a path that is not there or cannot be read."""
    try:
        return Paths(books.paths, books.sets).check
    except CoderError as error:
        return _always(error)


def _always(error: CoderError) -> CheckPath:
    def check(_path: str) -> None:
        raise error

    return check
