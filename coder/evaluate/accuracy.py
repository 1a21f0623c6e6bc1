"""The page `docs/accuracy.md`: what `coder score` measured, as tables of Markdown."""

from __future__ import annotations

from coder.evaluate.figures import Figure
from coder.evaluate.report import HALVES, Report, ahead

_INTRO = """# How accurate it is

Measured on {date} by `coder score --markdown` (`just accuracy` writes this page anew).
Do not edit it.

The texts were coded by hand, apart from the program. `sentences` and `wire` are one or two
sentences in the style of a news agency, `acled_notes` are in the style of notes on single events,
`articles` are whole articles: all of these were invented for the purpose. `plover_gsr_dev` are
records of the PLOVER gold standard, most of them examples of codebooks. Real news is harder in
some ways and easier in others: before you rely on a figure, measure on a sample of your own
with `coder sample`.

- Each set has two halves. Texts of half A may be read while rules are written, those of half B
  are only scored: **B is nearer to what to expect of new texts**, though its scores were seen while
  rules were written, so it may flatter a little. A star marks where A is more than 5 points ahead.
- A cell holds the value, its 95 % interval (Wilson's for shares, a bootstrap over texts for F1)
  and the number of cases under it.
- An event is found when one of the gold has its label (CAMEO root, PLOVER type ...), one to one;
  each pair of source and target counts as an event. Sources, targets, dates, places and numbers are
  scored on events found, where the gold has a value. *Lenient* takes a country for its government
  or army, and a name for a longer one that holds it ("Sanaa", "Sanaa province").
- *Negatives* are texts without any event: each that was given one is an error.
"""


def render(report: Report, date: str) -> str:
    """The page: a table for each set of gold, figures by half. `date` is the day of measuring.

    >>> from coder.evaluate.report import report_of
    >>> render(report_of(()), "2024-03-15").startswith("# How accurate it is")
    True
    """
    parts = [_INTRO.format(date=date), *(_table(report, name) for name in report.sets)]
    return "\n".join(parts)


def _table(report: Report, name: str) -> str:
    halves = {half: _by_name(report, name, half) for half in HALVES}
    sizes = {half: _size(figures) for half, figures in halves.items()}
    lines = [
        f"## {name}",
        "",
        f"{sizes['both']} texts: {sizes['A']} in half A, {sizes['B']} in half B.",
        "",
        "| figure | half A | half B | both |",
        "|---|---|---|---|",
    ]
    for figure in halves["both"].values():
        if figure.detail or figure.name.startswith(" ") or figure.name == "answered":
            continue
        one, other = (halves[half].get(figure.name) for half in ("A", "B"))
        cells = [_cell(one) + (" \\*" if ahead(one, other) else ""), _cell(other), _cell(figure)]
        lines.append(f"| {figure.name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _by_name(report: Report, name: str, half: str) -> dict[str, Figure]:
    return {figure.name: figure for figure in report.figures.get((name, half), ())}


def _size(figures: dict[str, Figure]) -> int:
    """Every item is counted by the share of items that got an answer."""
    return figures["answered"].n if "answered" in figures else 0


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "-"
    ends = f"{figure.low:.2f}-{figure.high:.2f}"
    if figure.name.startswith("negatives"):
        return f"{figure.hits} of {figure.n} ({ends})"
    return f"{figure.value:.2f} ({ends}), {figure.n}"
