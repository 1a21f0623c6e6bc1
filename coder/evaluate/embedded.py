"""The sentences embedded in codebooks: each rule codes its own and leaves its near miss.

Compared exactly: every key that a test writes must agree, and no further event may appear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from coder.codebook.load import Codebooks
from coder.codebook.model import Expected, RuleTest

Line = dict[str, Any]
Coder = Callable[[list[Line]], Iterable[Line]]
_KEYS = {"date": "event_date"}


@dataclass(frozen=True, slots=True)
class Case:
    """One embedded sentence: the rule or codebook it belongs to and its place in the file."""

    owner: str
    place: str
    test: RuleTest


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that was not coded as its codebook says."""

    case: Case
    problem: str
    events: tuple[Line, ...]

    def render(self) -> str:
        got = "; ".join(_show(e) for e in self.events) or "nothing"
        head = f"{self.case.place}: {self.case.owner}: {self.problem}"
        return f"{head}\n    {self.case.test.text}\n    coded: {got}"


def cases(books: Codebooks) -> Iterator[Case]:
    """Every embedded sentence of the loaded codebooks."""
    for rule in books.rules:
        for test in rule.tests:
            yield Case(rule.id, books.places[rule.id], test)
    for ontology in books.ontologies.values():
        for test, place in ontology.tests:
            yield Case(ontology.head.id, place, test)


def run(cases_: Sequence[Case], code: Coder) -> list[Failure]:
    """The cases that fail. `code` takes contract input lines and gives contract lines."""
    lines = [
        {"id": str(n), "published": c.test.published, "text": c.test.text}
        for n, c in enumerate(cases_)
    ]
    out = []
    for case, line in zip(cases_, code(lines), strict=True):
        problem = _problem(case, line)
        if problem:
            out.append(Failure(case, problem, tuple(line.get("events", ()))))
    return out


def _problem(case: Case, line: Line) -> str:
    if "error" in line:
        return str(line["error"]["message"])
    events: list[Line] = line["events"]
    expected = case.test.expect
    left = list(events)
    for want in expected:
        found = next((e for e in left if not differences(want, e)), None)
        if found is None:
            near = min(left, key=lambda e: len(differences(want, e)), default=None)
            return (
                "; ".join(differences(want, near))
                if near
                else f"expected {_wanted(want)}, nothing left"
            )
        left.remove(found)
    if left:
        return f"{len(left)} event(s) too many: {_show(left[0])}"
    return ""


def differences(want: Expected, event: Line) -> list[str]:
    """What a coded event has otherwise than a test says."""
    out = []
    for key in want.model_fields_set - {"codes"}:
        value = event.get(_KEYS.get(key, key))
        if (getattr(want, key) or "") != ("" if value is None else str(value)):
            out.append(f"{key} is {value}, not {getattr(want, key)}")
    for codebook, code in want.codes.items():
        value = event.get(codebook)
        if (code or "") != ("" if value is None else str(value)):
            out.append(f"{codebook} is {value}, not {code}")
    return out


def _wanted(want: Expected) -> str:
    return ", ".join(f"{k}={v}" for k, v in want.model_dump(exclude_unset=True).items())


def _show(event: Line) -> str:
    keys = ("chain", "source", "target", "event_date", "country", "fatalities", "rule", "trigger")
    return ", ".join(f"{k}={event[k]}" for k in keys if event.get(k) is not None)
