"""`coder actors unresolved`: what the dictionaries lack, ready to be added."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from coder.codebook.agents import load_agents
from coder.errors import CoderError
from tests.cli.helper import ROOT, articles, coder

TEXTS = (
    "The Blue Lotus attacked a base in Chad on Monday.",
    "The Blue Lotus attacked a base in Niger on Tuesday.",
    "Kenya condemned the wizards on Monday.",
    "Rebels attacked a base in Chad on Wednesday.",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("actors")
    rows = [{"published": "2024-02-14", "text": text} for text in TEXTS]
    source = articles(folder / "news.jsonl", *rows)
    ran = coder("build", source, "--out", folder / "out", "-c", "cameo", "--workers", 1)
    assert ran.code == 0, ran.err
    return folder / "out"


def test_unknown_names_and_nouns_are_listed_with_a_sentence(built: Path) -> None:
    ran = coder("actors", "unresolved", built, "--format", "csv")
    assert ran.code == 0, ran.err
    rows = {r["words"]: r for r in csv.DictReader(io.StringIO(ran.out))}
    lotus = rows["Blue Lotus"]
    assert (lotus["sort"], lotus["n"], lotus["sources"]) == ("name", "2", "2")
    assert lotus["example"] in TEXTS
    assert rows["wizards"]["sort"] == "noun"
    assert "rebels" not in rows
    assert next(iter(rows)) == "Blue Lotus"


def test_the_yaml_has_the_keys_of_the_dictionaries_and_asks_for_roles(
    built: Path, tmp_path: Path
) -> None:
    out = tmp_path / "unknown.yaml"
    ran = coder("actors", "unresolved", built, "--out", out)
    assert ran.code == 0, ran.err
    text = out.read_text(encoding="utf-8")
    read = yaml.safe_load(text)
    [lotus] = [a for a in read["actors"] if a["name"] == "Blue Lotus"]
    assert lotus["words"] == ["Blue Lotus"]
    assert "# 2 times, 2 as source" in text
    # as it stands a dictionary does not take it; with a role it does
    about = {"title": "x", "facts_from": "x", "terms": "x"}
    roles = (ROOT / "codebooks" / "actors" / "roles.yaml").read_text(encoding="utf-8")
    (tmp_path / "roles.yaml").write_text(roles, encoding="utf-8")
    agents = {"about": about, "patterns": [], "agents": read["agents"]}
    (tmp_path / "agents.yaml").write_text(yaml.safe_dump(agents), encoding="utf-8")
    with pytest.raises(CoderError, match="E221"):
        load_agents(tmp_path)
    filled = yaml.safe_dump(agents).replace("???", "CVL")
    (tmp_path / "agents.yaml").write_text(filled, encoding="utf-8")
    assert load_agents(tmp_path).find("wizards")


def test_a_file_that_is_there_is_not_written_over(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.yaml"
    out.write_text("kept", encoding="utf-8")
    ran = coder("actors", "unresolved", built, "--out", out)
    assert ran.code != 0
    assert "E261" in ran.err
    assert out.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("arguments", "code"), [(("--format", "xml"), "E260"), (("--only", "verb"), "E260")]
)
def test_unknown_options(built: Path, arguments: tuple[str, ...], code: str) -> None:
    ran = coder("actors", "unresolved", built, *arguments)
    assert ran.code != 0
    assert code in ran.err


def test_only_names_and_only_the_frequent(built: Path) -> None:
    ran = coder("actors", "unresolved", built, "--only", "name", "--min", 2, "-f", "csv")
    assert [r["words"] for r in csv.DictReader(io.StringIO(ran.out))] == ["Blue Lotus"]
