"""`coder check`: the codebooks themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from coder.cli._app import Model, app, options, say, write
from coder.codebook.lint import lint, unusable
from coder.codebook.load import CODEBOOK_FILE, Codebooks, read_codebooks
from coder.codebook.schema import codebook_schema
from coder.evaluate.code_coverage import Reached, codes_of, coverage_lines
from coder.evaluate.embedded import Case, cases, run
from coder.lines import code_lines
from coder.parsing.cache import ParseCache, mend
from coder.parsing.parse import DEFAULT_MODEL
from coder.pipeline import Coder
from coder.readiness import path_reader

Line = dict[str, Any]


@app.command()
def check(
    codebook: Annotated[
        str | None,
        typer.Argument(help="Id, YAML file or folder of a codebook; default: all that come along."),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage", help="List the codes that fewer than three test sentences reach."
        ),
    ] = False,
    schema: Annotated[
        bool,
        typer.Option("--schema", help="Print the JSON Schema of codebook files, for editors."),
    ] = False,
    model: Model = DEFAULT_MODEL,
    cache: Annotated[
        Path, typer.Option("--cache", metavar="DIR", help="Folder of the cache of parses.")
    ] = Path("outputs/.parses"),
) -> None:
    """Check codebooks: names, rules that can never win, and every test sentence inside them.

    Problems are listed with file and line. The exit code is 1 where there is any.

    Example:

        coder check my_codebook.yaml
    """
    if schema:
        write(json.dumps(codebook_schema(), indent=1, ensure_ascii=False))
        return
    chosen = options([codebook] if codebook else None, model)
    books, problems = read_codebooks(chosen.codebooks)
    runs = not problems
    if not problems:
        reader = path_reader(books)
        problems, runs = lint(books, reader), not unusable(books, reader)
    # Places name files as Path writes them: "./mine.yaml" is "mine.yaml" there.
    only = _own_file(codebook)
    problems = [p for p in problems if _of(p.place, only)]
    for problem in problems:
        write(f"{problem.place}: {problem.text}")
    failed, tested, reached = 0, 0, 0
    if runs:
        mend(cache)
        coder = Coder(chosen, ParseCache(cache))
        tests = [c for c in cases(books) if _of(c.place, only)]
        failed, counts = _run_tests(coder, tests)
        tested, reached = len(tests), _show_coverage(books, counts, coverage)
    say(
        f"{len(books.rules)} rules, {len(books.types)} types, {len(books.sets)} sets, "
        f"{tested} sentences, {reached} codes reached: "
        f"{len(problems)} problems, {failed} sentences not coded as they say"
    )
    if problems or failed:
        raise typer.Exit(1)


def _own_file(codebook: str | None) -> str | None:
    """The file of a codebook that was named by its path or its folder."""
    if codebook is None:
        return None
    inside = Path(codebook) / CODEBOOK_FILE
    if inside.is_file():
        return str(inside)
    return str(Path(codebook)) if codebook.endswith((".yaml", ".yml")) else None


def _of(place: str, file: str | None) -> bool:
    return file is None or place.rpartition(":")[0] == file


def _run_tests(coder: Coder, tests: list[Case]) -> tuple[int, Reached]:
    """The number of sentences that fail, which are shown, and how many reach each code."""
    reached: Reached = Counter()

    def coded(lines: list[Line]) -> Iterable[Line]:
        for line in code_lines(coder, lines):
            reached.update(codes_of(line, coder.books.ontologies))
            yield line

    failures = run(tests, coded)
    for failure in failures:
        write(failure.render())
    return len(failures), reached


def _show_coverage(books: Codebooks, reached: Reached, show: bool) -> int:
    """The number of codes reached; with `show`, lists those that too few sentences reach."""
    if show:
        for ontology in books.ontologies.values():
            for line in coverage_lines(ontology, reached):
                write(line)
    codes = {(o.head.id, code.code) for o in books.ontologies.values() for code in o.codes}
    return len(codes & reached.keys())
