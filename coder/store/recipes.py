"""Recipes: questions that researchers ask, each a file of SQL with the question as its header.

`python -m coder.store.recipes` prints the page `docs/queries.md` that is made of them.
"""

from __future__ import annotations

import sys
from importlib.resources import files

from coder.store.database import MACROS, VIEWS, macro_call, macro_sql, split_header, view_sql

RECIPES = (
    "air_strikes_by_week",
    "sentences_behind_event",
    "independent_reports",
    "independent_publishers",
    "dyads_by_month",
    "two_countries_by_month",
    "top_dyads",
    "goldstein_by_week",
    "near_a_point",
    "reporting_lag",
    "dated_by_publication",
    "precision_codes",
    "threats_by_deed",
    "casualties_by_month",
    "rules_by_events",
    "possible_duplicates",
    "acled_by_week",
    "rejects_by_reason",
)

_INTRO = """# Questions in SQL

Run a question with `coder query`, over the latest build of a dataset:

```sh
coder query "FROM timeline WHERE country = 'SYR'" --dataset outputs/seeds
```

A question of this page runs by its name or the beginning of it, over `outputs/seeds`, or with
`--dataset` over another dataset; `just ask` alone lists the names:

```sh
just ask dyads
just ask near_a_point --dataset outputs/seeds --format csv
```

Or open `outputs/NAME/latest/events.duckdb` with any client of DuckDB (Python, R, the shell). A
query over a dataset can only read it: it changes nothing and opens no other file.

Dates are days; an event is counted on its first day. Unknown is NULL, never 0 or an empty
string. Tables are described in [data-dictionary.md](data-dictionary.md) and, in the database
itself, by `SELECT column_name, comment FROM duckdb_columns()`.

## Views
"""

_MACROS = """
## Macros

Macros take values: `FROM country_week('SYR')`, `FROM events_near(33.51, 36.29, 50)`. A value with
`:=` may be left out or given by name, as in `FROM top_dyads(n := 5)`.
"""


def recipe_texts() -> dict[str, str]:
    """The recipes' files by name, in the order of the page.

    >>> list(recipe_texts()) == list(RECIPES)
    True
    """
    folder = files("coder.store") / "sql" / "recipes"
    return {name: (folder / f"{name}.sql").read_text(encoding="utf-8").strip() for name in RECIPES}


def questions() -> dict[str, str]:
    """The question of each recipe by its name.

    >>> questions()["reporting_lag"]
    'How long after an event is it reported, by type?'
    """
    headers = {name: split_header(text)[0] for name, text in recipe_texts().items()}
    return {name: header.partition("?")[0] + "?" for name, header in headers.items()}


def page() -> str:
    """The page `docs/queries.md`.

    >>> page().startswith("# Questions in SQL")
    True
    """
    parts = [_INTRO, "| view | one row is |", "|---|---|"]
    parts += [f"| `{name}` | {view_sql(name)[0].removeprefix('One row is ')} |" for name in VIEWS]
    parts += [_MACROS, "| macro | what it gives |", "|---|---|"]
    parts += [f"| `{macro_call(name)}` | {macro_sql(name)[0]} |" for name in MACROS]
    parts.append("\n## Questions")
    for name, text in recipe_texts().items():
        header, sql = split_header(text)
        question, _, note = header.rstrip("?").partition("? ")
        parts.append(f"\n### {question}?\n")
        parts.append(f"`just ask {name}`\n")
        if note:
            parts.append(f"{note}\n")
        parts.append(f"```sql\n{sql}\n```")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
