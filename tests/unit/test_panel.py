"""Panels: complete, zero where articles were read, missing where none were, no event lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from coder.codebook.states import load_states
from coder.errors import CoderError
from coder.export.panel import write_panel
from coder.store.panels import panel as panels
from coder.store.panels.options import PanelOptions, period_name, periods
from coder.store.panels.panel import Panel, make_panel
from coder.store.panels.units import as_states
from coder.store.query import query
from tests.export_sample import tables, write_dataset

MONTHS = [date(2024, month, 1) for month in (2, 3, 4, 5)]


@pytest.fixture(scope="module")
def dataset(sample_dataset: Path) -> Path:
    return sample_dataset


def made(dataset: Path, **options: object) -> Panel:
    return make_panel(dataset, PanelOptions(**options))


def unit(panel: Panel, *key: str) -> pl.DataFrame:
    frame = panel.frame()
    return frame.filter(pl.col(c) == k for c, k in zip(frame.columns, key, strict=False))


def test_every_state_has_every_month(dataset):
    panel = made(dataset)
    table = panel.frame()
    then = [s.code for s in load_states().values() if s.existed(MONTHS[0], date(2024, 5, 31))]
    assert sorted(table["country"].unique()) == sorted(then)
    assert {"SSD", "XKX", "TUV"} <= set(then)
    assert not {"YUG", "CSK", "DDR", "SCG"} & set(then)
    assert table.height == panel.rows == len(then) * 4
    assert table["period_start"].unique().sort().to_list() == MONTHS


def test_zero_where_articles_were_read_and_missing_where_none_were(dataset):
    yemen = unit(made(dataset), "YEM")
    assert yemen["articles_read"].to_list() == [2, 2, 0, 3]
    assert yemen["count"].to_list() == [2, 2, None, 0]
    assert unit(made(dataset), "TUV")["count"].to_list() == [0, 0, None, 0]


def test_articles_read_are_those_of_coverage(dataset):
    table = made(dataset).frame().unique("period_start").sort("period_start")
    covered = query(dataset, "SELECT period, sum(n_articles) AS n FROM coverage GROUP BY ALL")
    known = {row["period"]: int(row["n"]) for row in covered.to_pylist()}
    assert dict(table.select("period", "articles_read").iter_rows()) == {"2024-04": 0} | known


def test_no_event_is_lost(dataset):
    for options in (
        {},
        {"period": "day"},
        {"unit": "admin1"},
        {"unit": "dyad", "undirected": True},
        {"countries": ("FJI",)},
        {"start": date(2024, 3, 1)},
        {"stated_dates": True},
    ):
        panel = made(dataset, **options)
        report = dict(panel.report)
        left = sum(n for text, n in panel.report if text.startswith("left out: "))
        assert report["events in the dataset"] == 7 == left + report["events in the table"]
        counted = panel.frame()["count"].sum()
        assert counted == report.get(
            "pairs of countries in these events", report["events in the table"]
        )


def test_report_says_why(dataset):
    report = dict(made(dataset, stated_dates=True).report)
    assert report["left out: dated less exactly than to the month"] == 1
    assert report["left out: dated by publication only"] == 1
    assert report["left out: the country is not known"] == 1
    late = dict(made(dataset, start=date(2024, 3, 1), end=date(2024, 3, 31)).report)
    assert late["left out: outside the time of the table"] == 3


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset with one strike on Aruba, a shared toll for the other, and talks in April."""
    e = pl.col("event_id")
    april = pl.lit(date(2024, 4, 2))
    events = tables()["events"].with_columns(
        country=pl.when(e == "e-a-0").then(pl.lit("ABW")).otherwise("country"),
        fatalities_basis=pl.when(e == "e-b-0").then(pl.lit("shared")).otherwise("fatalities_basis"),
        date_start=pl.when(e == "e-d-0").then(april).otherwise("date_start"),
        date_end=pl.when(e == "e-d-0").then(april).otherwise("date_end"),
    )
    return write_dataset(tmp_path_factory.mktemp("outputs") / "odd", {"events": events})


def test_an_event_in_a_month_without_articles_is_reported(odd):
    panel = made(odd)
    assert dict(panel.report)["left out: in a month of which no article was read"] == 1
    assert unit(panel, "YEM")["count"].to_list() == [1, 1, None, 0]


def test_a_shared_toll_is_not_added_up(odd):
    panel = made(odd, measures=("fatalities",))
    assert unit(panel, "YEM")["fatalities"].to_list() == [0, 0, None, 0]
    assert dict(panel.report)["of these with a toll shared with other events, not added up"] == 1


def test_territories_on_request(odd):
    out = dict(made(odd).report)
    assert out["left out: of other units, or of no state of that time"] == 1
    assert unit(made(odd, territories=True), "ABW")["count"].sum() == 1


def test_measures_by_quad(dataset):
    yemen = unit(made(dataset, by="quad", measures=("count", "fatalities", "goldstein")), "YEM")
    february, march, april, may = yemen.to_dicts()
    assert (february["count_quad4"], february["count_quad1"]) == (2, 0)
    assert (february["fatalities"], february["toll_unknown"]) == (95, 0)
    assert (february["goldstein"], february["goldstein_negative"]) == (-10.0, -20.0)
    assert (march["count_quad1"], march["count_quad4"]) == (1, 1)
    assert (march["fatalities"], march["toll_unknown"]) == (0, 2)
    assert (march["goldstein"], march["goldstein_positive"]) == (-1.5, 4.0)
    assert (april["fatalities"], april["goldstein_negative"], april["goldstein"]) == (None,) * 3
    assert (may["count"], may["goldstein"], may["goldstein_positive"]) == (0, None, 0.0)


def test_columns_of_roots_and_types(dataset):
    roots = made(dataset, by="root").frame()
    assert [c for c in roots.columns if c.startswith("count_")] == [
        f"count_root{n:02d}" for n in range(1, 21)
    ]
    assert roots["count_root19"].sum() == 2
    types = made(dataset, by="type")
    assert types.frame()["count_coerce_disperse"].sum() == 1
    assert list(types.labels) == types.frame().columns


def test_dyads_are_directed_or_not(dataset):
    directed = made(dataset, unit="dyad", countries=("NOR", "SDN"))
    assert directed.n_units == 2
    assert unit(directed, "NOR", "SDN")["count"].to_list() == [0, 1, None, 0]
    assert unit(directed, "SDN", "NOR")["count"].to_list() == [0, 1, None, 0]
    both = made(dataset, unit="dyad", countries=("NOR", "SDN"), undirected=True)
    assert both.frame().columns[:2] == ["country_a", "country_b"]
    assert both.frame()["count"].to_list() == [0, 1, None, 0]
    one = made(dataset, unit="dyad", countries=("NOR",))
    states = made(dataset).n_units
    assert one.n_units == 2 * (states - 1)
    assert made(dataset, unit="dyad", undirected=True).n_units == states * (states - 1) // 2


def test_only_actors_of_states(dataset):
    every = made(dataset, unit="dyad", countries=("NOR", "YEM"))
    assert unit(every, "NOR", "YEM")["count"].to_list() == [2, 0, None, 0]
    states = made(dataset, unit="dyad", countries=("NOR", "YEM"), state_actors=True)
    assert states.frame()["count"].sum() == 0
    assert (
        dict(states.report)["left out: an actor does not act for a state"] == 3
    )  # and police at home


def test_regions_are_listed_and_seen(dataset):
    panel = made(dataset, unit="admin1", countries=("YEM",))
    regions = panel.frame()["admin1"].unique().to_list()
    assert {"Aden", "Hadra"} <= set(regions)
    assert unit(panel, "YEM", "Hadra")["count"].to_list() == [2, 2, None, 0]


def test_onset_needs_quiet_periods_that_are_known(dataset):
    weeks = made(dataset, period="week", onset=1, countries=("YEM",)).frame()
    found = dict(weeks.select("period", "onset").iter_rows())
    assert found["2024-W05"] is None  # nothing is known before
    assert found["2024-W10"] == 0
    quiet = write_counts([0, 0, 2, 3, 0, 1, 0, 0, 1])
    assert quiet["onset"].to_list() == [0, 0, 1, 0, 0, 0, 0, 0, 1]
    gap = write_counts([0, None, 2, 0, 0, 4, None, 1])
    assert gap["onset"].to_list() == [0, None, None, 0, 0, 1, None, 0]
    assert gap["count_lag1"].to_list() == [None, 0, None, 2, 0, 0, 4, None]


def write_counts(counts: list[int | None]) -> pl.DataFrame:
    """What a row of counts becomes with an onset after two quiet periods and a lag."""
    columns = panels.Columns(PanelOptions(onset=2, lags=(1,)), ("country",), [])
    grid = pl.DataFrame(
        {
            "country": ["X"] * len(counts),
            "count": counts,
            "articles_read": [int(c is not None) for c in counts],
        }
    )
    return columns.finished(grid)


def test_lags_do_not_run_from_one_unit_into_the_next(dataset):
    table = made(dataset, lags=(1, 3)).frame()
    first = table.filter(pl.col("period_start") == MONTHS[0])
    assert first["count_lag1"].null_count() == first.height
    assert unit(made(dataset, lags=(1,)), "YEM")["count_lag1"].to_list() == [None, 2, 2, None]


def test_states_have_their_time(dataset):
    options = {"start": date(2011, 5, 1), "end": date(2011, 8, 31)}
    panel = made(dataset, **options)
    assert unit(panel, "SSD")["period"].to_list() == ["2011-07", "2011-08"]
    assert unit(panel, "SDN").height == 4
    dyads = made(dataset, unit="dyad", countries=("SSD", "SDN"), **options)
    assert dyads.frame()["period"].to_list() == ["2011-07", "2011-08"] * 2


def test_codes_of_today_count_for_the_state_of_the_day():
    events = pl.DataFrame(
        {
            "country": ["SSD", "SSD", "XKX", "XKX", "XKX", "FRA", None],
            "date_start": [date(y, 1, 1) for y in (2010, 2012, 2007, 2000, 1990, 1990, 1990)],
        }
    )
    assert as_states(events, "country")["country"].to_list() == [
        "SDN", "SSD", "SRB", "SCG", "YUG", "FRA", None,
    ]  # fmt: skip


def test_periods_have_names():
    assert list(periods(date(2023, 12, 31), date(2024, 1, 8), "week")) == [
        date(2023, 12, 25), date(2024, 1, 1), date(2024, 1, 8),
    ]  # fmt: skip
    assert period_name(date(2024, 12, 30), "week") == "2025-W01"


def test_pieces_are_the_whole(dataset, monkeypatch):
    options = {"countries": ("YEM", "SDN", "NOR", "FJI"), "lags": (1,), "onset": 1}
    whole = made(dataset, **options).frame()
    monkeypatch.setattr(panels, "CHUNK_ROWS", 8)
    panel = made(dataset, **options)
    assert [f.height for f in panel.frames()] == [8, 8]
    assert panel.frame().equals(whole)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"unit": "planet"}, "E608"),
        ({"measures": ("count", "tone")}, "E608"),
        ({"onset": 0}, "E724"),
        ({"lags": (1, -1)}, "E724"),
        ({"start": date(2024, 3, 1), "end": date(2024, 2, 1)}, "E725"),
        ({"countries": ("YEM", "XXX")}, "E726"),
        ({"unit": "dyad", "period": "day", "start": date(2000, 1, 1)}, "E728"),
    ],
)
def test_what_cannot_be_made_is_refused(dataset, options, code):
    with pytest.raises(CoderError) as error:
        made(dataset, **options)
    assert error.value.code == code


def test_without_articles_nothing_can_be_told(dataset, monkeypatch):
    empty = pl.DataFrame(schema={"published": pl.Date, "n": pl.Int64})
    monkeypatch.setattr(panels, "_rows", lambda *_: empty)
    with pytest.raises(CoderError) as error:
        made(dataset)
    assert error.value.code == "E727"


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_files_hold_the_panel(dataset, tmp_path, ending):
    panel = made(dataset, countries=("YEM", "FJI"), measures=("count", "goldstein"))
    path = tmp_path / f"p.{ending}"
    written = write_panel(panel, dataset, path)
    readers = {"parquet": pl.read_parquet, "csv": pl.read_csv, "jsonl": pl.read_ndjson}
    read = readers[ending](path)
    assert read["count"].to_list() == panel.frame()["count"].to_list()
    notes = written.notes.read_text(encoding="utf-8")
    assert "left out: the country is not known: 1" in notes
    assert "| articles_read | Articles published" in notes
    with pytest.raises(CoderError) as error:
        write_panel(panel, dataset, path)
    assert error.value.code == "E605"
    with pytest.raises(CoderError) as error:
        write_panel(panel, dataset, tmp_path / "p.xlsx")
    assert error.value.code == "E729"


def test_labels_in_stata(dataset, tmp_path):
    readstat = pytest.importorskip("pyreadstat")
    panel = made(dataset, by="quad", countries=("YEM",))
    write_panel(panel, dataset, tmp_path / "p.dta")
    table, meta = readstat.read_dta(str(tmp_path / "p.dta"), output_format="polars")
    assert table["count"].to_list() == [2, 2, None, 0]
    assert meta.column_names_to_labels["count_quad4"] == "Events, material conflict"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("states: {XXX: {from: '2020-13-01'}}", "`from` is a day"),
        ("states: {XXX: {since: '2020-01-01'}}", "a state has keys"),
        ("states: {XXX: {before: YYY}}", "`before` of XXX"),
        ("states: {xx: {}}", "no code of three"),
        ("places: {}", "`states` is missing"),
    ],
)
def test_a_wrong_list_of_states_is_refused(tmp_path, text, why):
    path = tmp_path / "states.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CoderError, match=why):
        load_states(path)
