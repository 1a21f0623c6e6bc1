"""What a filled-in sheet says: precision by type, rule and field, and how much was missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.errors import E506, CoderError
from coder.evaluate.figures import Figure
from coder.evaluate.intervals import wilson
from coder.evaluate.sheet import JUDGEMENTS, judgement, read_sheet

Case = tuple[bool, float]
_FIELDS = JUDGEMENTS[:-1]


@dataclass(frozen=True, slots=True)
class Judged:
    """`figures` are shares of the whole dataset, estimated with the weights of the sample;
    their `n` counts the rows that were judged, `hits` those judged yes."""

    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure | None:
        """A figure by its name, or None where nobody judged it."""
        return next((figure for figure in self.figures if figure.name == name), None)

    def render(self) -> str:
        """The figures as plain text: share, 95% interval, rows judged."""
        lines = [f"{'':46}share  95% interval  judged"]
        for figure in self.figures:
            ends = f"{figure.low:.3f}-{figure.high:.3f}"
            lines.append(f"{figure.name[:45]:45} {figure.value:.3f}  {ends:14} {figure.n:6}")
        return "\n".join(lines) + "\n"


def read_judged(path: str | Path) -> Judged:
    """The figures of a filled-in sheet. Rows that nobody judged are left out.

    Raises CoderError E506 where the file is no sheet or a cell is neither yes nor no.

    >>> read_judged("check.csv").figure("type right").value  # doctest: +SKIP
    0.93
    """
    by_field: dict[str, list[Case]] = {name: [] for name in _FIELDS}
    by_type: dict[str, list[Case]] = {}
    by_rule: dict[str, list[Case]] = {}
    missed: list[Case] = []
    missed_in: dict[str, list[Case]] = {}
    for number, row in enumerate(read_sheet(path), 2):
        place = f"{path}:{number}"
        weight = _weight(row["weight"], place)
        if row["kind"] == "uncoded":
            said = judgement(row, "event_missed", place)
            if said is not None:
                missed.append((said, weight))
                missed_in.setdefault(row["stratum"], []).append((said, weight))
            continue
        for name in _FIELDS:
            said = judgement(row, name, place)
            if said is None:
                continue
            by_field[name].append((said, weight))
            if name == "type_ok":
                by_type.setdefault(row["type"], []).append((said, weight))
                by_rule.setdefault(row["rule"], []).append((said, weight))
    made = [weighted_share(f"{k.removesuffix('_ok')} right", v) for k, v in by_field.items() if v]
    made += _each("type right, ", by_type)
    made += _each("type right, rule ", by_rule)
    if missed:
        made.append(weighted_share("uncoded sentences with an event", missed))
    made += _each("an event in: ", missed_in)
    return Judged(tuple(made))


def _each(prefix: str, groups: dict[str, list[Case]]) -> list[Figure]:
    return [weighted_share(prefix + name, groups[name]) for name in sorted(groups)]


def weighted_share(name: str, cases: Sequence[Case]) -> Figure:
    """The weighted share of true cases, with Wilson's interval on the effective sample size.

    The effective size is Kish's: the square of the sum of weights over the sum of squares.

    >>> weighted_share("x", [(True, 1.0), (False, 3.0)]).value
    0.25
    """
    total = sum(weight for _, weight in cases)
    value = sum(weight for right, weight in cases if right) / total
    size = total**2 / _squares(weight for _, weight in cases)
    low, high = wilson(value * size, size)
    return Figure(name, value, low, high, len(cases), sum(right for right, _ in cases))


def _squares(values: Iterable[float]) -> float:
    return sum(value * value for value in values)


def _weight(cell: str, place: str) -> float:
    try:
        weight = float(cell)
    except ValueError as problem:
        raise CoderError(E506, place=place, why=f"weight is {cell!r}") from problem
    if not 0 < weight < float("inf"):
        raise CoderError(E506, place=place, why=f"weight is {cell!r}")
    return weight
