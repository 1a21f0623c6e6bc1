"""The report of a scoring: figures for each set and half, as a table, as JSON, and the errors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from coder.errors import E503, E504, CoderError
from coder.evaluate.figures import Figure
from coder.evaluate.gold import GoldEvent, Pair
from coder.evaluate.match import Match, exact_cameo
from coder.evaluate.measures import Confusions, confusions_of, figures_of
from coder.evaluate.outcome import SCHEMES, Outcome
from coder.evaluate.slot_figures import SLOTS, slot_cases

HALVES = ("A", "B", "both")
KINDS = ("missed", "spurious", "confused", "codes", "negatives", "slots", *SLOTS)
# Half A may run ahead of half B by this much before rules look fitted to sentences.
_GAP = 0.05
_SHOWN_CONFUSIONS = 12
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Report:
    """`figures` and `confusions` by (set, half); a half is "A", "B" or "both".

    Confusions are (gold code, coded code, times) by scheme. `outcomes` hold the items
    themselves and are only shown through `errors`.
    """

    figures: Mapping[tuple[str, str], tuple[Figure, ...]]
    confusions: Mapping[tuple[str, str], Mapping[str, Confusions]]
    outcomes: tuple[Outcome, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name, _ in self.figures))

    def figure(self, set_name: str, name: str, half: str = "both") -> Figure | None:
        """A figure by its name, or None where the gold does not allow it.

        >>> report.figure("wire", "root F1", "A").value  # doctest: +SKIP
        0.8
        """
        for figure in self.figures.get((set_name, half), ()):
            if figure.name.strip() == name:
                return figure
        return None

    def render(self, *, brief: bool = False) -> str:
        """The figures as plain text, at most 100 columns wide: value, 95% interval, cases.

        A star marks where half A is more than 5 points ahead of half B. `brief` leaves out
        the indented lines of single roots and types.
        """
        return "\n\n".join(self._table(name, brief) for name in self.sets) + "\n"

    def _table(self, name: str, brief: bool) -> str:
        by_half = {h: {f.name: f for f in self.figures[name, h]} for h in HALVES}
        sizes = {h: sum(_in_half(o, name, h) for o in self.outcomes) for h in HALVES}
        lines = [
            f"{name}: {sizes['both']} items (A {sizes['A']}, B {sizes['B']})",
            f"{'':34}" + "".join(f"{title:22}" for title in HALVES).rstrip(),
        ]
        for figure in by_half["both"].values():
            if figure.detail or (brief and figure.name.startswith(" ")):
                continue
            cells = "".join(f"{_cell(by_half[h].get(figure.name)):22}" for h in HALVES)
            one, other = (by_half[h].get(figure.name) for h in ("A", "B"))
            gap = " *" if ahead(one, other) else ""
            lines.append(f"{_cut(figure.name, 33):34}{cells.rstrip()}{gap}")
        for scheme, pairs in self.confusions[name, "both"].items():
            taken = [pair for pair in pairs if "-" not in pair[:2]]
            if taken:
                lines.append(f"most confused in {scheme} (gold > coded, times):")
                shown = (f"{g} > {c} {n}" for g, c, n in taken[:_SHOWN_CONFUSIONS])
                lines += _wrapped(shown)
        return "\n".join(lines)

    def to_json(self) -> str:
        """Everything but the items themselves, as one JSON object: sets, halves, figures."""
        tree: dict[str, Any] = {}
        for (name, half), figures in self.figures.items():
            confusions = self.confusions[name, half]
            tree.setdefault(name, {})[half] = {
                "figures": [{**asdict(f), "name": f.name.strip()} for f in figures],
                "confusions": {
                    scheme: [{"gold": g, "coded": c, "n": n} for g, c, n in pairs]
                    for scheme, pairs in confusions.items()
                },
            }
        return json.dumps({"sets": tree}, ensure_ascii=False, indent=1)


def report_of(outcomes: Sequence[Outcome]) -> Report:
    """The report of a scoring, from the outcome of every item."""
    figures: dict[tuple[str, str], tuple[Figure, ...]] = {}
    confusions: dict[tuple[str, str], Mapping[str, Confusions]] = {}
    for name in dict.fromkeys(one.item.set for one in outcomes):
        for half in HALVES:
            chosen = [one for one in outcomes if _in_half(one, name, half)]
            figures[name, half] = tuple(figures_of(chosen)) if chosen else ()
            confusions[name, half] = {
                scheme: confusions_of(chosen, scheme)
                for scheme in ("cameo", "plover", "acled", "strikes")
            }
    return Report(figures, confusions, tuple(outcomes))


def errors(
    report: Report, set_name: str, kind: str, *, half: str = "A", scheme: str | None = None
) -> list[dict[str, Any]]:
    """What went wrong in half A: a list of `{id, text, gold, coded}`, in order of the items.

    `kind` is one of `KINDS`: missed or spurious events, events confused with another label,
    codes (right root, wrong code), negatives, slots (all of them) or the name of one slot.
    `scheme` is a name of `SCHEMES`: cameo, or plover for records of the PLOVER gold standard,
    unless another is asked for. Raises CoderError E503 for half B, E504 for unknown names.

    >>> errors(report, "wire", "missed")[0]["gold"]["cameo"]  # doctest: +SKIP
    '042'
    """
    if half != "A":
        raise CoderError(E503, place=set_name)
    for what, name, known in (
        ("set", set_name, report.sets),
        ("kind of error", kind, KINDS),
        ("scheme", scheme or "cameo", tuple(SCHEMES)),
    ):
        if name not in known:
            raise CoderError(E504, what=what, name=name, known=", ".join(known))
    chosen = [one for one in report.outcomes if _in_half(one, set_name, "A")]
    if scheme is None:
        scheme = "plover" if any("gsr" in one.item.tags for one in chosen) else "cameo"
    if kind in SLOTS or kind == "slots":
        slots = tuple(SLOTS) if kind == "slots" else (kind,)
        return [
            _entry(one, m.wanted.event, m.wanted.pair, m.coded.row, slot=slot)
            for slot in slots
            for one, m, right in slot_cases(chosen, slot)
            if not right
        ]
    return [entry for one in chosen for entry in _errors_of(one, kind, scheme)]


def _errors_of(one: Outcome, kind: str, scheme: str) -> list[dict[str, Any]]:
    matching = one.matchings[scheme]
    if kind == "missed":
        return [_entry(one, w.event, w.pair, None) for w in matching.missed]
    if kind == "spurious":
        return [_entry(one, None, None, coded.row) for coded in matching.spurious]
    if kind == "negatives":
        rows = one.coded if one.false_alarm else ()
        return [_entry(one, None, None, coded.row) for coded in rows]
    pairs: Sequence[Match] = matching.confused
    if kind == "codes":
        pairs = [m for m in matching.matches if not exact_cameo(m.wanted.event, m.coded)]
    return [_entry(one, m.wanted.event, m.wanted.pair, m.coded.row) for m in pairs]


def _entry(
    one: Outcome,
    event: GoldEvent | None,
    pair: Pair | None,
    row: Mapping[str, Any] | None,
    **more: str,
) -> dict[str, Any]:
    gold = None
    if event is not None and pair is not None:
        gold = {key: value for key, value in asdict(event).items() if key != "pairs" and value}
        gold |= {"source": pair[0], "target": pair[1]}
    text = one.item.text
    place = event.span[0] if event and event.span else (row or {}).get("start")
    if one.item.sentences and isinstance(place, int):
        text = next((text[s:e] for s, e in one.item.sentences if s <= place < e), text)
    coded = dict(row) if row is not None else None
    return {"id": one.item.id, **more, "text": text, "gold": gold, "coded": coded}


def _in_half(one: Outcome, set_name: str, half: str) -> bool:
    return one.item.set == set_name and half in (one.item.half, "both")


def _cell(figure: Figure | None) -> str:
    """A value, its interval and its cases in at most 21 characters."""
    if figure is None or figure.value is None:
        return "-"
    ends = f"{figure.low:.2f}-{figure.high:.2f}"
    if figure.name.startswith("negatives"):
        return f"{figure.hits} of {figure.n}, {ends}"
    return f"{figure.value:.3f} {ends} {figure.n}"


def ahead(one: Figure | None, other: Figure | None) -> bool:
    """Whether a figure of half A runs ahead of that of half B by more than 5 points.

    >>> ahead(Figure("source", 0.9, 0.8, 1.0, 50), Figure("source", 0.8, 0.7, 0.9, 50))
    True
    """
    if one is None or other is None or one.value is None or other.value is None:
        return False
    return not one.name.startswith("negatives") and one.value - other.value > _GAP


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "."


def _wrapped(parts: Any) -> list[str]:
    lines, line = [], "  "
    for part in parts:
        if len(line) + len(part) + 2 > _WIDTH and line.strip():
            lines.append(line.rstrip("; "))
            line = "  "
        line += part + "; "
    return [*lines, line.rstrip("; ")]
