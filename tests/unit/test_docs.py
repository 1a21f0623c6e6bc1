"""The pages for users say what is there: commands, recipes, links, queries, the guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from coder.cli._commands import app
from coder.codebook.model import ROW_KEYS
from coder.contract import events_of
from coder.evaluate.accuracy import render
from coder.evaluate.figures import share
from coder.evaluate.report import Report
from coder.store.query import query, recipe
from coder.store.recipes import page as queries_page
from tests.cli import test_import
from tests.cli.helper import ROOT, coder
from tests.pages import Reader, blocks, prose, recipes, sample, settle

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LONG = (ROOT / "README.md", ROOT / "docs" / "codebook-guide.md")
"""Pages that build several datasets: `just test-docs` runs them."""
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
RECIPES = set(recipes())


def named_commands(path: Path) -> list[str]:
    """Commands in running text, `coder check`, `just accuracy`, and those set off by blanks."""
    text = prose(path.read_text(encoding="utf-8"))
    set_off = re.sub(r" \\\n +|\n      +(?=\S)", " ", text)
    return [
        *re.findall(r"`((?:coder|just|\./run) [^`\n]+)`", text),
        *re.findall(r"(?m)^    ((?:coder|just|\./run) .+)$", set_off),
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    for line in named_commands(path):
        program, name, *rest = line.replace('"', " ").split()
        if program == "coder":
            assert name in COMMANDS, line
            command = COMMANDS[name]
            command = getattr(command, "commands", {}).get(next(iter(rest), ""), command)
            known = {o for p in command.params for o in p.opts} | {"--help"}
            assert {word for word in rest if word.startswith("-")} - {"-"} <= known, line
        else:
            assert name in RECIPES, line


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = prose(path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        found = path.parent / file if file else path
        assert found.exists(), target
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", found.read_text(encoding="utf-8"))
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, target


def test_every_page_is_on_the_site() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    named = re.findall(r": ([\w-]+\.md)$", nav, re.MULTILINE)
    pages = [page.name for page in (ROOT / "docs").glob("*.md")]
    assert sorted(named) == sorted([*pages, "notebook.md"])


def sql_of(text: str) -> list[str]:
    return [block.body for block in blocks(text) if block.language == "sql"]


def test_the_questions_of_the_readme_are_those_of_the_page() -> None:
    asked = sql_of(README)
    assert len(asked) == 10
    assert set(asked) <= set(sql_of(queries_page()))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, built once with the parser that other tests have loaded."""
    return sample(tmp_path_factory.mktemp("docs") / "seeds")


def test_the_questions_of_the_readme_run(dataset: Path) -> None:
    """The sample articles answer all but two: they name no publishers, and none is rejected."""
    rows = {sql: query(dataset, sql).num_rows for sql in sql_of(README)}
    empty = {sql for sql, n in rows.items() if not n}
    assert empty == {recipe("independent_reports") + "\n", recipe("rejects_by_reason") + "\n"}


@pytest.fixture
def desk(tmp_path: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to type the blocks of a page in."""
    settle(tmp_path, dataset)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", [p for p in PAGES if p not in LONG], ids=lambda p: p.name)
def test_every_block_of_a_page_runs(path: Path, desk: Path) -> None:
    """But for what needs R, statsmodels or Ray: `just test-research` and `just test-ray`."""
    NEEDED.get(path.name, str)()
    reader = Reader()
    reader.read(path)
    assert set(reader.skipped) <= ELSEWHERE


ELSEWHERE = {"Rscript", "import pandas", "import ray", "import statsmodels"}


def its_dictionaries() -> None:
    """What the page on importing has: dictionaries, records and texts of a reader's own."""
    for path, text in {
        "dictionaries/verbs.txt": test_import.VERBS,
        "dictionaries/actors.txt": test_import.ACTORS,
        "dictionaries/agents.txt": test_import.AGENTS,
        "PETR.Validate.verbs.txt": test_import.VERBS,
        "PETR.Validate.actors.txt": test_import.ACTORS,
        "PETR.UnitTest.records.xml": test_import.XML,
        "texts.jsonl": TEXTS,
        "news/texts.jsonl": TEXTS,
    }.items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


TEXTS = '{"id": "1", "published": "2024-03-15", "text": "Norga bombed Selvia on Monday."}\n'


def its_dataset() -> None:
    """What the page on actors asks: a dataset of the reader's own."""
    Path("outputs/news").symlink_to("seeds")


def its_articles() -> None:
    """What the pages on large corpora build: a folder of articles."""
    Path("news").mkdir()
    Path("news/texts.jsonl").write_text(TEXTS, encoding="utf-8")


NEEDED = {
    "actors.md": its_dataset,
    "builds.md": its_articles,
    "import.md": its_dictionaries,
    "scaling.md": its_articles,
}


def test_the_contract_page_lists_the_keys_of_a_row() -> None:
    text = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    listed = set(re.findall(r"`(\w+)`", "".join(rows)))
    source = Path(events_of.__code__.co_filename).read_text(encoding="utf-8")
    keys = set(re.findall(r'(?m)^        "(\w+)":', source))
    assert listed == keys
    assert keys == ROW_KEYS | {"strikes", "cameo", "plover", "acled"}


def test_a_codebook_cannot_take_the_name_of_a_key(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text('codebook: {id: source, version: "1", title: Mine}\n', encoding="utf-8")
    ran = coder("check", mine)
    assert ran.code == 1
    assert "source is a key of `coder code`" in ran.out


def test_the_page_of_accuracy_shows_both_halves_and_marks_a_gap() -> None:
    halves = {
        "A": (share("answered", 4, 4), share("source", 9, 10), share("  root 19", 1, 1)),
        "B": (share("answered", 3, 3), share("source", 8, 10)),
        "both": (share("answered", 7, 7), share("source", 17, 20), share("  root 19", 1, 1)),
    }
    report = Report({("wire", h): figures for h, figures in halves.items()}, {}, ())
    tables = render(report, "2024-03-15").split("## wire\n")[1]
    assert tables.splitlines() == [
        "",
        "7 texts: 4 in half A, 3 in half B.",
        "",
        "| figure | half A | half B | both |",
        "|---|---|---|---|",
        "| source | 0.90 (0.60-0.98), 10 \\* | 0.80 (0.49-0.94), 10 | 0.85 (0.64-0.95), 20 |",
    ]
