"""`coder panel`: complete tables of units and periods."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from coder.cli._app import app, say
from coder.cli.datasets import DATASET
from coder.cli.exports import Dataset, Replace
from coder.errors import E606, E724, CoderError
from coder.export.panel import write_panel
from coder.store.panels.options import BY, MEASURES, PERIODS, UNITS, PanelOptions
from coder.store.panels.panel import make_panel


@app.command()
def panel(
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="FILE", help="File ending in .parquet, .csv, .dta, .sav, .jsonl."
        ),
    ],
    dataset: Dataset = DATASET,
    unit: Annotated[str, typer.Option("--unit", help=f"{', '.join(UNITS)}.")] = "country",
    period: Annotated[
        str, typer.Option("--period", help=f"{', '.join(PERIODS)}; weeks begin on Monday.")
    ] = "month",
    by: Annotated[
        str | None,
        typer.Option("--by", help=f"Columns for each {', '.join(BY)} (CAMEO's roots and quads)."),
    ] = None,
    measure: Annotated[
        str, typer.Option("--measure", help=f"Some of {','.join(MEASURES)}, joined with commas.")
    ] = "count",
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            metavar="CODES",
            help="Only these, joined with commas: SYR,IRQ. Dyads of one code are with all others.",
        ),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Default: the first article.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Default: the last article.")
    ] = None,
    undirected: Annotated[
        bool, typer.Option("--undirected", help="Dyads without direction, each event once.")
    ] = False,
    onset: Annotated[
        int | None,
        typer.Option("--onset", metavar="N", help="Columns for events after N quiet periods."),
    ] = None,
    lag: Annotated[
        str | None, typer.Option("--lag", metavar="N,N", help="Columns of so many periods before.")
    ] = None,
    stated_dates: Annotated[
        bool, typer.Option("--stated-dates", help="Leave out events dated by publication only.")
    ] = False,
    state_actors: Annotated[
        bool, typer.Option("--state-actors", help="Dyads: only actors that act for a state.")
    ] = False,
    territories: Annotated[
        bool, typer.Option("--territories", help="Also places that are no states, where seen.")
    ] = False,
    replace: Replace = False,
) -> None:
    """Make a complete table of every unit and period: a panel for statistics.

    Units follow a dated list of states, not only those in the news. A cell is 0 where articles were
    read in that period, and empty where none were; articles_read is the exposure. Events that
    are not in the table are counted by reason.

    Example:

        coder panel --unit dyad --by quad --measure count,goldstein --out dyads.parquet
    """
    options = PanelOptions(
        unit=unit,
        period=period,
        by=by,
        measures=_words(measure),
        start=_day(first, "--from"),
        end=_day(last, "--until"),
        countries=_words(country),
        undirected=undirected,
        onset=onset,
        lags=tuple(_number(n) for n in _words(lag)),
        stated_dates=stated_dates,
        state_actors=state_actors,
        territories=territories,
    )
    made = make_panel(dataset, options)
    written = write_panel(made, dataset, out, replace=replace)
    for text, n in made.report:
        say(f"{n:>9} {text}")
    size = f"{made.rows} rows ({made.n_units} units, {made.n_periods} periods)"
    say(f"{size} -> {written.path} (notes: {written.notes.name})")


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise CoderError(E724, place="--lag", value=repr(text)) from error


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CoderError(E606, place=option, value=text) from error
