"""A dataset as one HTML file that needs no network: `write_report(dataset, out)`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from coder.report.charts import bundle, specs
from coder.report.columns import event_columns
from coder.report.evidence import evidence
from coder.report.facts import Facts, facts_of
from coder.report.html import asset, inline, policy, render, write_page
from coder.report.names import Names
from coder.report.packing import packed
from coder.report.tables import Tables, read_tables

SCRIPTS = ("data", "dom", "filter", "tally", "charts", "detail", "table", "lists", "main")
"""The page's own scripts, in order; they share one function so that no name is global."""

_ANTARCTICA = "010"
_EPOCH = date(1970, 1, 1)
_MARGIN = 31
"""Days by which an event may lie outside the time of publication and still be drawn."""


def write_report(
    dataset: Path,
    out: Path,
    *,
    title: str | None = None,
    names: Names | None = None,
    text: bool = True,
) -> int:
    """Writes the report of the newest build of a dataset; returns the number of events.

    Without `text` the sentences are left out. Raises E411, E423, E425 for a dataset that cannot
    be read, E750 where the extra is not installed, E751, E422 and E424 where `out` cannot be
    written.

        write_report(Path("outputs/seeds"), Path("report.html"))
    """
    charts, library = specs(), bundle()
    tables = read_tables(dataset)
    page = page_of(
        tables,
        title=title or _title(dataset),
        names=names or Names(),
        charts=charts,
        library=library,
        text=text,
    )
    write_page(out, page)
    return tables.events.height


def page_of(
    tables: Tables, *, title: str, names: Names, charts: Any, library: str, text: bool = True
) -> str:
    """The page of one build, as text; the same build gives the same page."""
    facts = facts_of(tables)
    data = event_columns(tables, names) | {
        "specs": charts,
        "months": facts.months,
        "span": _span(tables, facts),
    }
    library = str(inline(library))
    script = str(inline(own_script()))
    records = tables.manifest.codebooks
    return render(
        "report.html.j2",
        title=title,
        facts=facts,
        manifest=tables.manifest,
        codebooks=[c for c in records if c.version],
        files=[c for c in records if not c.version],
        style=Markup(asset("base.css") + asset("report.css")),
        policy=policy([library, script]),
        data=Markup(packed(data)),
        evidence=Markup(packed(evidence(tables, names, text=text))),
        world=Markup(packed(_world())),
        library=Markup(library),
        script=Markup(script),
    )


def _world() -> Any:
    """The shapes of countries, without Antarctica, which would be a third of the map."""
    world = json.loads(asset("countries-50m.json"))
    del world["objects"]["land"]
    countries = world["objects"]["countries"]
    countries["geometries"] = [g for g in countries["geometries"] if g.get("id") != _ANTARCTICA]
    return world


def own_script(scripts: Sequence[str] = SCRIPTS) -> str:
    """The page's scripts as one."""
    parts = "\n".join(asset(f"js/{name}.js") for name in scripts)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _title(dataset: Path) -> str:
    resolved = dataset.resolve()
    folder = resolved.parent if (resolved / "manifest.json").is_file() else resolved
    return folder.name.replace("_", " ")


def _span(tables: Tables, facts: Facts) -> list[int]:
    """First and last day of the time axis: of events in the years in which articles appeared.

    Background goes back centuries and plans lie ahead, so the axis keeps to the articles.
    """
    if facts.published is None:
        return [0, 0]
    first, last = ((day - _EPOCH).days for day in facts.published)
    days = tables.events["date_start"].drop_nulls().to_physical().to_list()
    inside = [day for day in days if first - _MARGIN <= day <= last + _MARGIN]
    return [min(inside, default=first), max(inside, default=last)]
