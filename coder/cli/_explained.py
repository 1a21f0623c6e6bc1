"""An explanation as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coder.explain import Explained, Explanation
from coder.harmless import visible

EVENT_KEYS = (
    *("type", "chain", "source", "target", "source_name", "target_name", "event_date", "country"),
    *("place", "fatalities", "injured", "status", "completion", "hedged", "attributed_to"),
)

LONGEST = 240


def render(shown: Explanation) -> str:
    """The text of `coder explain`. Nothing in the words of a text steers the terminal."""
    parts = [_sentence(one) for one in shown.sentences]
    parts.append("Events" if shown.events else "No events.")
    parts += [_event(n, event, shown.codebooks) for n, event in enumerate(shown.events, 1)]
    return "\n\n".join(parts)


def _sentence(one: Explained) -> str:
    header = ("", "word", "lemma", "tag", "dep", "head", "kinds")
    rows = [
        (
            str(t.index),
            visible(t.word),
            visible(t.lemma),
            t.tag,
            t.dep,
            f"{t.head} {visible(one.tokens[t.head].word)}",
            " ".join(t.kinds),
        )
        for t in one.tokens
    ]
    lines = [visible(one.sentence), "", table([header, *rows])]
    lines += ["", "Rules that fired" if one.fired else "No rule fired."]
    for f in one.fired:
        outcome = f"  [{f.outcome}]" if f.outcome else ""
        lines.append(f"  {f.rule} on {f.trigger!r}: {f.chain}{outcome}")
        filled = ((name, visible("; ".join(words))) for name, words in f.slots.items() if words)
        lines += [f"      {name}: {words}" for name, words in filled]
    if one.near:
        lines += ["", "Rules that nearly fired"]
        lines += [f"  {n.rule} on {n.trigger!r}: {shortened(n.failed)}" for n in one.near]
    return "\n".join(lines)


def shortened(condition: str) -> str:
    """A condition in no more than three lines of a terminal; `--json` has all of it.

    >>> shortened("source must be there")
    'source must be there'
    >>> len(shortened("target must be a word of a set, or " * 20))
    240
    """
    return condition if len(condition) <= LONGEST else f"{condition[: LONGEST - 4]} ..."


def _event(number: int, event: dict[str, Any], codebooks: Sequence[str]) -> str:
    lines = [f"{number}. {event['trigger']!r} ({event['rule']})"]
    codes = [f"{book} {event[book]}" for book in codebooks if event.get(book) is not None]
    lines.append(f"   codes: {', '.join(codes) or 'none'}")
    for key in EVENT_KEYS:
        value = event.get(key)
        if value not in (None, False, ""):
            lines.append(f"   {key}: {visible(str(value))}")
    return "\n".join(lines)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns, two blanks between them.

    >>> print(table([("a", "bb"), ("ccc", "d")]))
    a    bb
    ccc  d
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
