"""Score a coder against gold: `score(gold, code)`, or a file of its predictions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coder.errors import E505, CoderError
from coder.evaluate.gold import GoldItem, read_gold
from coder.evaluate.outcome import Outcome, outcome_of
from coder.evaluate.report import Report, report_of

Line = dict[str, Any]
Coder = Callable[[list[Line]], list[Line]]


def score(gold: str | Path, code: Coder) -> Report:
    """Code the texts of gold and compare.

    `code` takes `{"id", "published", "text"}` and returns the lines of `coder code`,
    `{"id", "events": [...]}`, in any order. Raises CoderError E501, E502, E505.

    >>> print(score("gold/", code).render())  # doctest: +SKIP
    """
    items = read_gold(gold)
    texts = [{"id": item.id, "published": item.published, "text": item.text} for item in items]
    return report_of(compare_with_gold(items, code(texts)))


def score_file(gold: str | Path, predictions: str | Path) -> Report:
    """As `score`, for a file of predictions (JSON lines as `coder code` writes them).

    Raises CoderError E501, E502, E505.
    """
    return report_of(compare_with_gold(read_gold(gold), read_predictions(predictions)))


def read_predictions(path: str | Path) -> list[Line]:
    """The lines of a file of predictions. Raises CoderError E505."""
    lines: list[Line] = []
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CoderError(E505, place=str(path), why=str(problem)) from problem
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            place = f"{path}:{number}"
            try:
                read = json.loads(line)
            except ValueError as problem:
                raise CoderError(E505, place=place, why=str(problem)) from problem
            _check(read, place)
            lines.append(read)
    return lines


def compare_with_gold(
    items: Sequence[GoldItem], lines: Iterable[Mapping[str, Any]]
) -> tuple[Outcome, ...]:
    """The outcome of every item. Items without a line, or with an error, have no events.

    Raises CoderError E505 where a line has no id, or its events are not a list of objects.
    """
    answers: dict[str, list[Mapping[str, Any]]] = {}
    for number, line in enumerate(lines, 1):
        _check(line, f"line {number}")
        if "error" not in line:
            answers[str(line["id"])] = line["events"]
    return tuple(
        outcome_of(item, answers.get(item.id, ()), answered=item.id in answers) for item in items
    )


def _check(line: object, place: str) -> None:
    """Raises CoderError E505 where a line has neither an error nor events, or no id."""
    if not isinstance(line, Mapping) or "id" not in line:
        raise CoderError(E505, place=place, why="there is no id")
    if "error" in line:
        return
    events = line.get("events")
    if not isinstance(events, list) or not all(isinstance(e, Mapping) for e in events):
        raise CoderError(E505, place=place, why="events is not a list of objects")
