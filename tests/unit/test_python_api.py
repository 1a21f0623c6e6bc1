"""What `import coder` offers: texts, frames of any library, datasets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pyarrow as pa
import pytest

import coder
from coder.api.coders import coder_for
from coder.api.frames import read_frame
from coder.articles.options import ReadOptions
from coder.contract import events_of
from coder.pipeline import Options
from coder.store.database import VIEWS
from coder.tables.models import TABLES, dtypes
from coder.types import Article, Reject
from tests.cli.helper import actors, agents, gazetteer, parser

NEWS = {
    "Date": ["2024-02-05", "2024-02-06", None],
    "body": [
        "Jets bombed Homs on Sunday, killing four people.",
        "An air raid on Homs on Sunday killed four people, residents said.",
        "Undated.",
    ],
    "ID": [7, 8, 9],
}


@pytest.fixture(autouse=True)
def loaded() -> Iterator[None]:
    """The parser and dictionaries that other tests have loaded."""
    with (
        patch("coder.pipeline.Parser", parser),
        patch("coder.pipeline.load_actors", actors),
        patch("coder.pipeline.load_agents", agents),
        patch("coder.pipeline.load_gazetteer", gazetteer),
    ):
        yield


def test_import_loads_nothing_heavy() -> None:
    program = "import sys, coder; print(*{'spacy', 'polars', 'duckdb', 'pyarrow'} & {*sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == ""


def test_every_name_is_there_and_no_other() -> None:
    assert all(getattr(coder, name) is not None for name in coder.__all__)
    assert set(coder.__all__) <= set(dir(coder))
    with pytest.raises(AttributeError, match="no attribute 'code_texts'"):
        coder.code_texts  # noqa: B018


# --- code_text ------------------------------------------------------------------------------


def test_a_text_gives_the_rows_of_the_contract() -> None:
    [row] = coder.code_text(NEWS["body"][0], "2024-02-05")
    assert (row["type"], row["event_date"]) == ("assault.air_strike", "2024-02-04")
    assert row["fatalities"] == 4
    article = next(read_frame(pl.DataFrame(NEWS), ReadOptions()))
    assert isinstance(article, Article)
    assert [row] == events_of(coder_for(Options()).code([article])[0])
    assert [row] == coder.code_text(NEWS["body"][0], date(2024, 2, 5))


def test_what_is_no_event_is_a_row_with_everything() -> None:
    text = "If Israel bombed Homs, Syria would retaliate."
    assert "bombed" not in [row["trigger"] for row in coder.code_text(text, "2024-02-05")]
    found = coder.code_text(text, "2024-02-05", everything=True)
    assert "bombed" in [row["trigger"] for row in found]


@pytest.mark.parametrize(
    ("text", "published", "code"),
    [("Rain fell.", None, "E110"), ("Rain fell.", "3/2/24", "E112"), (" ", "2024-02-05", "E113")],
)
def test_a_text_that_cannot_be_coded_says_why(text: str, published: str | None, code: str) -> None:
    with pytest.raises(coder.CoderError, match=code) as error:
        coder.code_text(text, published)
    assert error.value.code == code


def test_braces_in_a_reason_are_no_fields() -> None:
    with pytest.raises(coder.CoderError, match=r"E111.*\{1\}"):
        coder.code_text("Rain fell.", "{1}")


def test_a_coder_is_kept_until_a_file_of_the_users_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Options] = []
    monkeypatch.setattr("coder.api.coders.Coder", lambda options: made.append(options) or made)
    mine = tmp_path / "mine.yaml"
    mine.write_text("codebook: {}\n", encoding="utf-8")
    for folder in (mine, tmp_path):
        options = Options((str(folder),))
        coder_for(options)
        coder_for(options)
        assert made.pop() == options
        assert made == []
        mine.write_text(f"{mine.read_text('utf-8')}#\n", encoding="utf-8")
        coder_for(options)
        assert made.pop() == options


# --- frames ---------------------------------------------------------------------------------


class Pandas:
    """What the reader asks of a frame of pandas, which tests do without."""

    class Column(list):  # type: ignore[type-arg]
        def isna(self) -> Pandas.Column:
            return Pandas.Column(v is None or v != v for v in self)

        def tolist(self) -> list[object]:
            return list(self)

    def __init__(self, rows: list[tuple[object, ...]], columns: list[str]) -> None:
        self.rows, self.columns, self.iloc = rows, columns, self

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: tuple[slice, int]) -> Pandas.Column:
        return Pandas.Column(row[key[1]] for row in self.rows[key[0]])


FRAMES = {
    "polars": pl.DataFrame(NEWS),
    "lazy": pl.LazyFrame(NEWS),
    "arrow": pa.table(NEWS),
    "batch": pa.RecordBatch.from_pydict(NEWS),
    "reader": pa.table(NEWS).to_reader(),
    "pandas": Pandas(list(zip(*NEWS.values(), strict=True)), list(NEWS)),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_of_all_libraries_give_the_same_articles(kind: str) -> None:
    *read, undated = read_frame(FRAMES[kind], ReadOptions())
    assert [(a.text, a.published, a.input_id, a.row) for a in read if isinstance(a, Article)] == [
        (NEWS["body"][0], date(2024, 2, 5), "7", 1),
        (NEWS["body"][1], date(2024, 2, 6), "8", 2),
    ]
    assert isinstance(undated, Reject)
    assert (undated.code, undated.place) == ("E110", "articles:3")


def test_rows_of_a_frame_are_numbered_over_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coder.api.frames.AT_ONCE", 2)
    for kind in ("polars", "arrow", "pandas"):
        rows = [a.row for a in read_frame(FRAMES[kind], ReadOptions()) if isinstance(a, Article)]
        assert rows == [1, 2]


def test_days_and_missing_values_of_pandas_are_read() -> None:
    nan = float("nan")
    frame = Pandas([(datetime(2024, 2, 5), "Rain fell.", nan)], ["date", "text", "source"])  # noqa: DTZ001
    [article] = read_frame(frame, ReadOptions(publisher="Wire"))
    assert isinstance(article, Article)
    assert (article.published, article.publisher) == (date(2024, 2, 5), "Wire")


@pytest.mark.parametrize("given", [[{"text": "a"}], {"text": ["a"]}, "a", None])
def test_what_is_no_frame_is_refused(given: object) -> None:
    with pytest.raises(coder.CoderError, match=r"E770.*no frame"):
        coder.code_articles(given)


@pytest.mark.parametrize("kind", ["polars", "arrow", "pandas"])
def test_a_missing_column_is_named(kind: str) -> None:
    options = ReadOptions(columns={"text": "story"})
    fresh = {
        "polars": pl.DataFrame(NEWS),
        "arrow": pa.table(NEWS),
        "pandas": FRAMES["pandas"],
    }
    with pytest.raises(coder.CoderError, match="E108 at articles: There is no column for text"):
        list(read_frame(fresh[kind], options))


# --- code_articles --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> coder.Dataset:
    """The frame, coded into a folder."""
    out = tmp_path_factory.mktemp("api") / "news"
    with (
        patch("coder.pipeline.Parser", parser),
        patch("coder.pipeline.load_actors", actors),
        patch("coder.pipeline.load_agents", agents),
        patch("coder.pipeline.load_gazetteer", gazetteer),
    ):
        return coder.code_articles(pl.DataFrame(NEWS), out, codebooks=["cameo"])


def test_two_reports_are_one_event_with_typed_tables(dataset: coder.Dataset) -> None:
    assert set(dataset.articles["input_id"]) == {"7", "8"}
    [event] = dataset.events.to_dicts()
    assert (event["date_start"], event["fatalities_best"], event["n_articles"]) == (
        date(2024, 2, 4),
        4,
        2,
    )
    assert dataset.mentions.height >= 2
    for table in TABLES:
        assert dict(dataset.table(table).schema) == dtypes(table)
    assert dataset.rejects["place"].to_list() == ["articles:3"]
    assert dataset.manifest.command == ["coder.code_articles"]


def test_without_a_folder_the_files_go_with_the_dataset(dataset: coder.Dataset) -> None:
    """And what is given in another form gives the same."""
    kept = coder.code_articles(pa.table(NEWS), codebooks="cameo")
    folder = kept.path
    assert folder.is_dir()
    for table in ("articles", "events", "event_actors", "codings", "event_mentions"):
        assert kept.table(table).equals(dataset.table(table)), table
    events = kept.events
    del kept
    assert not folder.exists()
    assert events.height == 1


def test_nothing_is_left_of_a_build_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(coder.CoderError, match="E604"):
        coder.code_articles(pl.DataFrame(NEWS), strict=True)
    assert list(tmp_path.iterdir()) == []


# --- open_dataset ---------------------------------------------------------------------------


def test_tables_and_views_are_attributes(sample_dataset: Path) -> None:
    opened = coder.open_dataset(str(sample_dataset))
    assert {*TABLES, *VIEWS} <= set(dir(opened))
    assert opened.events is opened.events
    assert opened.events_cameo.height > 0
    assert dict(opened.events.schema) == dtypes("events")
    with pytest.raises(AttributeError, match="no attribute 'evnts'"):
        opened.evnts  # noqa: B018
    with pytest.raises(coder.CoderError, match="E410"):
        opened.table("evnts")


def test_the_database_alone_has_the_same_tables(sample_dataset: Path) -> None:
    folder = coder.open_dataset(sample_dataset)
    alone = coder.open_dataset(folder.path / "events.duckdb")
    for table in ("events", "event_actors", "coverage"):
        assert alone.table(table).equals(folder.table(table)), table
    assert alone.manifest == folder.manifest


def test_sql_fills_values_and_gives_plain_numbers(sample_dataset: Path) -> None:
    opened = coder.open_dataset(sample_dataset)
    sums = opened.sql(
        "SELECT sum(fatalities_best) AS n, 1.5 AS half FROM events WHERE country = $c", c="SYR"
    )
    assert dict(sums.schema) == {"n": pl.Int64, "half": pl.Float64}
    with pytest.raises(coder.CoderError, match="E431"):
        opened.sql("DROP TABLE events")
    with pytest.raises(coder.CoderError, match="E432"):
        opened.sql("SELECT nothing FROM events")


def test_sentences_behind_an_event(sample_dataset: Path) -> None:
    opened = coder.open_dataset(sample_dataset)
    event = opened.event_mentions.filter("founding")["event_id"][0]
    found = opened.sentences(event)
    assert found["founding"][0] is True
    assert {"sentence_text", "rule", "trigger", "start", "end"} <= set(found.columns)
    with pytest.raises(coder.CoderError, match="E771"):
        opened.sentences("none")


def test_questions_and_panels(sample_dataset: Path) -> None:
    opened = coder.open_dataset(sample_dataset)
    assert "top_dyads" in opened.questions
    assert opened.ask("top_dyads").height > 0
    panel = opened.panel("country", "month", by="quad", measures=("count",), countries=("SYR",))
    assert {"country", "period", "articles_read", "count", "count_quad4"} <= set(panel.columns)
    with pytest.raises(coder.CoderError, match=r"E772.*'quad'.*undirected"):
        opened.panel(quad=True)


def test_a_folder_without_a_dataset(tmp_path: Path) -> None:
    with pytest.raises(coder.CoderError, match="E423"):
        coder.open_dataset(tmp_path)
