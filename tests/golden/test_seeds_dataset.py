"""The dataset of the sample articles, event by event, against what a person has reviewed.

`just golden` writes `seeds_dataset.json` anew; look at its changes before committing them. Ids
are left out, so that it changes only where a reader of the dataset would see it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from coder.build import BuildOptions, BuildResult, build
from coder.tables.dataset import load
from coder.tables.verify import verify

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("seeds_dataset.json")
WRITE = os.environ.get("GOLDEN") == "write"
COLUMNS = (
    *("type", "date_start", "date_end", "date_precision", "date_basis", "country", "admin1"),
    *("place", "geo_level", "fatalities_low", "fatalities_high", "injured_low", "status"),
    *("completion", "attribution", "disputed", "n_mentions", "n_articles", "n_independent"),
)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    out = tmp_path_factory.mktemp("seeds")
    return build([str(ROOT / "seeds" / "*.txt")], out, BuildOptions(workers=1, time_limit=0))


def summary(folder: Path) -> list[Row]:
    """The events in the order of articles and words, unknown values left out."""
    articles = load(folder, "articles").select("article_id", file=pl.col("file"))
    mentions = (
        load(folder, "event_mentions")
        .join(load(folder, "mentions"), on=["mention_id", "article_id"])
        .join(articles, on="article_id")
        .with_columns(article=pl.col("file").str.split("/").list.last())
        .sort("article", "start", "type")
    )
    words: dict[str, list[str]] = {}
    for row in mentions.iter_rows(named=True):
        at = f"{row['article']}:{row['sentence']} {row['trigger']} ({row['rule']})"
        words.setdefault(row["event_id"], []).append(at)
    actors: dict[str, dict[str, list[str]]] = {}
    for row in load(folder, "event_actors").sort("position").iter_rows(named=True):
        shown = f"{row['cameo'] or '-'} {row['text']}"
        actors.setdefault(row["event_id"], {}).setdefault(row["side"], []).append(shown)
    codes: dict[str, dict[str, str]] = {}
    for row in load(folder, "codings").sort("codebook", "code").iter_rows(named=True):
        modes = f" {row['modes']}" if row["modes"] else ""
        codes.setdefault(row["event_id"], {})[row["codebook"]] = row["code"] + modes
    events = []
    for row in load(folder, "events").iter_rows(named=True):
        key = row["event_id"]
        known = {c: str(row[c]) for c in COLUMNS if row[c] not in (None, False)}
        events.append(
            {"mentions": words[key], **known}
            | {"actors": actors.get(key, {}), "codes": codes.get(key, {})}
        )
    return sorted(events, key=lambda e: (e["mentions"], e["type"]))


def test_nothing_is_rejected_and_the_tables_are_as_the_manifest_says(result: BuildResult) -> None:
    assert result.rejects == ()
    assert verify(result.folder) == (result.manifest.digest, [])
    assert load(result.folder, "articles")["coded"].to_list() == [True] * 12


def test_the_events_are_those_of_before(result: BuildResult) -> None:
    found = summary(result.folder)
    if WRITE:
        text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
    if not GOLDEN.exists():
        pytest.fail("seeds_dataset.json is missing; write it with `just golden` and read it")
    expected: list[Row] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert Counter(e["type"] for e in found) == Counter(e["type"] for e in expected)
    assert found == expected
