"""The data dictionary, made from the models: `python -m coder.tables.dictionary FILE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from coder.tables.disk import write_text
from coder.tables.models import FOREIGN_KEYS, KEYS, SCHEMA_VERSION, TABLES, columns, schema

HEAD = f"""# Data dictionary

Made from the models that check every build (schema version {SCHEMA_VERSION}).
Each table is one Parquet file of the same name, and a table of `events.duckdb`.
An unknown value is null, never 0 or an empty text. Offsets count Unicode code points from 0; an
end is one past the last. Lists in one cell are joined with `;`.
"""


def render() -> str:
    """The page as Markdown.

    >>> render().splitlines()[0]
    '# Data dictionary'
    """
    parts = [HEAD, *(_table(name) for name in TABLES)]
    return "\n".join(parts)


def _table(table: str) -> str:
    doc = " ".join((TABLES[table].__doc__ or "").split())
    return "\n".join([f"## {table}", "", doc, "", *_notes(table), "", *_columns(table), ""])


def _notes(table: str) -> Iterator[str]:
    yield f"- Primary key: {_code(*KEYS[table])}"
    for ref in FOREIGN_KEYS:
        if ref.table == table:
            there = ", ".join(f"`{ref.parent}.{c}`" for c in ref.parent_columns)
            yield f"- {_code(*ref.columns)} refers to {there}"
    for check in schema(table).checks:
        yield f"- Check: {_escape(str(check.error))}"


def _columns(table: str) -> Iterator[str]:
    yield "| column | type | unknown | unit | meaning | allowed |"
    yield "|---|---|---|---|---|---|"
    for c in columns(table):
        cells = [
            f"`{c.name}`",
            c.dtype,
            "null" if c.nullable else "never",
            c.unit or "",
            f"{c.title}: {c.description}",
            "; ".join(_plain(check) for check in c.checks),
        ]
        yield "| " + " | ".join(_escape(cell) for cell in cells) + " |"


def _plain(check: str) -> str:
    """A check in the words of the page."""
    name, _, rest = check.partition("(")
    values = rest.removesuffix(")")
    match name:
        case "isin":
            return values.strip("[]").replace("'", "")
        case "greater_than_or_equal_to":
            return f"{values} or more"
        case "in_range":
            low, high = values.split(", ")
            return f"{low} to {high}"
        case "str_length":
            return "not empty"
        case "str_matches":
            return f"pattern `{values.strip(chr(39))}`"
        case _:
            return check


def _code(*names: str) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _escape(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    write_text(Path(sys.argv[1]), render())
