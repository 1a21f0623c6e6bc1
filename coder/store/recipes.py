"""Recipes: questions that researchers ask, each a file of SQL with the question as its header.

`python -m coder.store.recipes` prints the page `docs/queries.md` that is made of them.
"""

from __future__ import annotations

import sys
from importlib.resources import files

from coder.store.database import VIEWS, split_header, view_sql

RECIPES = (
    "air_strikes_by_week",
    "sentences_behind_event",
    "independent_reports",
    "dyads_by_month",
    "dated_by_publication",
    "threats_by_deed",
    "casualties_by_month",
    "rules_by_events",
    "possible_duplicates",
    "acled_by_week",
    "rejects_by_reason",
)

_INTRO = """# Questions in SQL

Run a question with `coder query`, over the latest build of a dataset:

    coder query "FROM timeline WHERE country = 'SYR'" --dataset outputs/NAME

or open `outputs/NAME/latest/events.duckdb` with any client of DuckDB (Python, R, the shell). A
query over a dataset can only read it: it changes nothing and opens no other file.

Dates are days; an event is counted on its first day. Unknown is NULL, never 0 or an empty
string. Tables are described in [data-dictionary.md](data-dictionary.md) and, in the database
itself, by `SELECT column_name, comment FROM duckdb_columns()`.

## Views
"""


def recipe_texts() -> dict[str, str]:
    """The recipes' files by name, in the order of the page.

    >>> list(recipe_texts()) == list(RECIPES)
    True
    """
    folder = files("coder.store") / "sql" / "recipes"
    return {name: (folder / f"{name}.sql").read_text(encoding="utf-8").strip() for name in RECIPES}


def page() -> str:
    """The page `docs/queries.md`.

    >>> page().startswith("# Questions in SQL")
    True
    """
    parts = [_INTRO, "| view | one row is |", "|---|---|"]
    parts += [f"| `{name}` | {view_sql(name)[0].removeprefix('One row is ')} |" for name in VIEWS]
    parts.append("\n## Questions")
    for text in recipe_texts().values():
        header, sql = split_header(text)
        question, _, note = header.partition("? ")
        parts.append(f"\n### {question}?\n")
        if note:
            parts.append(f"{note}\n")
        parts.append(f"```sql\n{sql}\n```")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
