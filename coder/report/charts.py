"""The charts of a report as Vega specifications, written with Altair.

Colours are variables of the page's style sheet, so that one chart serves light, dark and print.
Data come from the page: `bins` and `tolls` (start, end, all, n), `months` (period, n),
`shapes` (TopoJSON), `shades` (id, fill), `spots` (longitude, latitude, r, label, place).
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from coder.report.extra import need

Spec = dict[str, Any]
ACCENT, GHOST, INK, LINE = "var(--accent)", "var(--ghost)", "var(--muted)", "var(--line)"
SHORT = "format(datum.value, '~s')"
"""Numbers of an axis in short: 500, 2k."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
AXIS = {
    "labelColor": INK,
    "titleColor": INK,
    "gridColor": LINE,
    "domainColor": LINE,
    "tickColor": LINE,
    "labelFont": FONT,
    "labelFontSize": 11,
    "labelFlush": False,
    "labelOverlap": True,
    "domain": False,
}
CONFIG: Spec = {
    "background": "transparent",
    "aria": False,
    "view": {"stroke": None},
    "axis": AXIS,
    "autosize": {"type": "fit-x", "contains": "padding"},
}


@cache
def specs() -> dict[str, Spec]:
    """The charts by name, compiled to Vega. Raises E750 where the extra is not installed.

    >>> sorted(specs())  # doctest: +SKIP
    ['map', 'months', 'timeline', 'tolls']
    """
    convert = need("vl_convert")
    made = {
        "timeline": _bars("bins", "events", 150),
        "tolls": _bars("tolls", "killed", 110),
        "months": _months(),
        "map": _map(),
    }
    return {
        name: json.loads(json.dumps(convert.vegalite_to_vega(spec))) for name, spec in made.items()
    }


@cache
def bundle() -> str:
    """Vega and its embedder as one script, out of the installed package."""
    return str(need("vl_convert").javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def _bars(data: str, what: str, height: int) -> Spec:
    """Bars of what is chosen before paler bars of all there is."""
    alt = need("altair")
    x = alt.X(
        "start:T", scale=alt.Scale(type="utc"), title=None, axis=alt.Axis(grid=False, tickCount=8)
    )
    tip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("n:Q", title=what, format=","),
        alt.Tooltip("all:Q", title="in all", format=","),
    ]
    y = alt.Axis(tickCount=4, tickMinStep=1, labelExpr=SHORT, title=None)
    base = alt.Chart(alt.NamedData(data)).encode(x=x, x2="end:T", tooltip=tip)
    ghost = base.mark_rect(color=GHOST).encode(y=alt.Y("all:Q", axis=y), y2=alt.datum(0))
    chosen = base.mark_rect(color=ACCENT, cursor="pointer").encode(
        y=alt.Y("n:Q", axis=y), y2=alt.datum(0)
    )
    return _finished(alt.layer(ghost, chosen), height)


def _months() -> Spec:
    alt = need("altair")
    chart = (
        alt.Chart(alt.NamedData("months"))
        .mark_rect(color=ACCENT)
        .encode(
            x=alt.X(
                "start:T",
                scale=alt.Scale(type="utc"),
                title=None,
                axis=alt.Axis(grid=False, tickCount=8),
            ),
            x2="end:T",
            y=alt.Y("n:Q", axis=alt.Axis(tickCount=3, tickMinStep=1, labelExpr=SHORT, title=None)),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("n:Q", title="articles", format=","),
            ],
        )
    )
    return _finished(chart, 90)


def _map() -> Spec:
    """Countries shaded by events and a circle for each place; `k`, `x`, `y` zoom and move it."""
    alt = need("altair")
    shapes = (
        alt.Chart(
            alt.NamedData("shapes", format=alt.TopoDataFormat(type="topojson", feature="countries"))
        )
        .transform_lookup(
            lookup="id",
            from_=alt.LookupData(
                data=alt.NamedData("shades"), key="id", fields=["fill", "label", "code"]
            ),
        )
        .mark_geoshape(stroke="var(--paper)", strokeWidth=0.5, cursor="pointer")
        .encode(
            fill=alt.Fill("fill:N", scale=None, legend=None),
            tooltip=alt.Tooltip("label:N", title=" "),
        )
    )
    spots = (
        alt.Chart(alt.NamedData("spots"))
        .mark_circle(
            fill=ACCENT, fillOpacity=0.6, stroke="var(--paper)", strokeWidth=0.6, cursor="pointer"
        )
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("size:Q", scale=None, legend=None),
            tooltip=alt.Tooltip("label:N", title=" "),
        )
    )
    world = (
        alt.layer(shapes, spots)
        .project(
            type="naturalEarth1",
            scale=alt.ExprRef("k * width / 5.6"),
            translate=alt.ExprRef("[width * x, height * y]"),
        )
        .add_params(
            alt.param(name="k", value=1),
            alt.param(name="x", value=0.5),
            alt.param(name="y", value=0.53),
        )
    )
    return _finished(world, 420)


def _finished(chart: Any, height: int) -> Spec:
    sized = chart.properties(width="container", height=height).configure(**CONFIG)
    spec: Spec = json.loads(sized.to_json(validate=True))
    return spec
