"""Each export is read back by a tool that its users have. Run by `just test-research`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from coder.export.panel import write_panel
from coder.export.write import ExportOptions, export
from coder.store.panels.options import PanelOptions
from coder.store.panels.panel import make_panel
from tests.export_sample import tables, write_dataset

HERE = Path(__file__).parent
LONG = 20_000


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with a text of a length that versions of formats are known to lose."""
    articles = tables()["articles"].with_columns(text=pl.lit("words" * (LONG // 5)))
    return write_dataset(tmp_path_factory.mktemp("outputs") / "long", {"articles": articles})


@pytest.fixture(scope="module")
def exports(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exports")
    for name in ("dta", "sav", "acled", "icews", "gdelt", "polecat", "phoenix", "geoparquet"):
        export(dataset, name, out)
    for name in ("dta", "sav"):
        export(dataset, name, out, ExportOptions(table="articles"))
    return out


def run(*command: object, folder: Path) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RETICULATE_PYTHON": sys.executable, "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_r(dataset, exports):
    parquet = (dataset / "latest").resolve() / "events.parquet"
    out = run("Rscript", HERE / "read_back.R", exports, parquet, folder=exports)
    found = dict(line.split("=", 1) for line in out.splitlines() if "=" in line)
    for kind in ("dta", "sav"):
        assert found[f"{kind}.rows"] == "7"
        assert found[f"{kind}.days"].split("|")[:3] == ["2024-02-02", "2024-02-02", "2024-03-01"]
        assert found[f"{kind}.quad"].split("|")[:3] == [
            "material conflict", "material conflict", "verbal cooperation",
        ]  # fmt: skip
        assert found[f"{kind}.precision"].split("|")[-1] == "year"
        assert found[f"{kind}.label"] == "Fewest killed: Lowest number stated."
        assert found[f"{kind}.killed"] == "5|90|NA|3|NA|NA|NA"
        assert found[f"{kind}.long"] == str(LONG)
    assert found["acled.columns"] == "31"
    assert found["acled.killed"] == "95|NA"
    assert found["icews.codes"] == "036|073|175|195"
    assert (found["parquet.rows"], found["parquet.killed"]) == ("7", "98")
    assert "degrees" in found["parquet.unit"]


def test_pspp(exports):
    out = run("pspp", "-O", "format=csv", HERE / "read_back.sps", folder=exports)
    assert "Fewest killed: Lowest number stated." in out
    assert ",material conflict,4,57.1%" in out.replace('"', "")
    assert ",year,1," in out.replace('"', "")
    assert "Fewest killed: Lowest number stated.,3,98.00" in out.replace('"', "")
    assert "error" not in out.lower()


def test_pandas_reads_stata(exports):
    """pandas has a reader of its own for Stata's format."""
    table = pd.read_stata(exports / "events_wide.dta").set_index("event_id")
    assert table.loc["e-a-0", "quad_class"] == "material conflict"
    assert table.loc["e-a-0", "date_start"] == pd.Timestamp(2024, 2, 2)
    labels = pd.io.stata.StataReader(exports / "events_wide.dta").variable_labels()
    assert labels["goldstein"] == "Goldstein score of the CAMEO code"


@pytest.mark.parametrize(
    ("name", "columns", "rows"), [("gdelt", 61, 9), ("phoenix", 26, 8), ("polecat", 40, 2)]
)
def test_pandas_reads_tab_separated_layouts(exports, name, columns, rows):
    header = 0 if name == "polecat" else None
    path = exports / f"machine-coded-{name}.tsv"
    table = pd.read_csv(path, sep="\t", header=header, dtype=str, quoting=3)
    assert table.shape == (rows, columns)


def test_geopandas(exports):
    geopandas = pytest.importorskip("geopandas")
    table = geopandas.read_parquet(exports / "events_wide.parquet").set_index("event_id")
    point = table.loc["e-g-0"].geometry
    assert (point.x, point.y) == (-179.9, -17.6)
    assert table.crs.to_string() == "OGC:CRS84"
    assert table.geometry.isna().sum() == 1


def test_statsmodels_on_a_panel(dataset, tmp_path):
    """Cells without articles are missing, not 0, and drop out of the model."""
    import statsmodels.formula.api as smf

    options = PanelOptions(by="quad", measures=("count", "goldstein"), lags=(1,))
    write_panel(make_panel(dataset, options), dataset, tmp_path / "p.parquet")
    panel = pd.read_parquet(tmp_path / "p.parquet")
    assert panel["count"].isna().sum() == panel["country"].nunique()
    known = panel.dropna(subset=["count", "count_lag1"])
    countries = known["country"].astype("category").cat.codes
    model = smf.ols("count ~ count_lag1", known).fit(
        cov_type="cluster", cov_kwds={"groups": countries}
    )
    assert model.nobs == panel["country"].nunique()  # March: April has no articles
    assert model.params["count_lag1"] == pytest.approx(1.0, abs=0.01)
    balanced = panel.set_index(["country", "period_start"]).index
    assert balanced.is_unique
    assert len(balanced) == balanced.levshape[0] * balanced.levshape[1]
