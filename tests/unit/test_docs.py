"""The pages for users say what is there: commands, recipes, links, queries, the guide."""

from __future__ import annotations

import re
import shlex
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
from tests.cli.helper import ROOT, coder

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
GUIDE = ROOT / "docs" / "codebook-guide.md"
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
RECIPES = set(
    re.findall(r"(?m)^([a-z][\w-]*)(?: [^:\n]*)?:(?!=)", (ROOT / "justfile").read_text("utf-8"))
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str) -> list[str]:
    return [body for name, body in _FENCE.findall(text) if name == language]


def whole_commands(path: Path) -> list[str]:
    """The lines of a page's shell blocks."""
    text = path.read_text(encoding="utf-8")
    return [line for block in blocks(text, "sh") for line in block.splitlines() if line.strip()]


def named_commands(path: Path) -> list[str]:
    """Commands named in running text: `coder check`, `just accuracy`."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return re.findall(r"`((?:coder|just|\./run) [^`\n]+)`", text)


def arguments(line: str) -> list[str]:
    """The words of a command line up to a pipe or a redirection.

    >>> arguments("coder code -c cameo < texts.jsonl")
    ['coder', 'code', '-c', 'cameo']
    """
    words = shlex.split(line)
    ends = [n for n, word in enumerate(words) if word in ("<", ">", "|")]
    return words[: min(ends, default=len(words))]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_every_command_in_a_shell_block_parses(path: Path) -> None:
    for line in whole_commands(path):
        program, *rest = arguments(line)
        if program == "./run":
            assert rest[0] in RECIPES, line
        elif program == "coder":
            command = COMMANDS[rest[0]]
            assert command.make_context(rest[0], rest[1:]).info_name == rest[0], line
        else:
            assert (program, *rest) == (".", ".venv/bin/activate"), line


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    for line in named_commands(path):
        program, name, *rest = line.replace('"', " ").split()
        if program == "coder":
            assert name in COMMANDS, line
            known = {o for p in COMMANDS[name].params for o in p.opts} | {"--help"}
            assert {word for word in rest if word.startswith("-")} - {"-"} <= known, line
        else:
            assert name in RECIPES, line


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
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


def test_the_questions_of_the_readme_are_those_of_the_page() -> None:
    asked = blocks(README, "sql")
    assert len(asked) == 10
    assert set(asked) <= set(blocks(queries_page(), "sql"))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, built once with the parser that other tests have loaded."""
    out = tmp_path_factory.mktemp("docs") / "seeds"
    ran = coder("build", ROOT / "seeds" / "*.txt", "--out", out, "--workers", 1, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    return out


def test_the_questions_of_the_readme_run(dataset: Path) -> None:
    """The sample articles answer all but two: they name no publishers, and none is rejected."""
    rows = {sql: query(dataset, sql).num_rows for sql in blocks(README, "sql")}
    empty = {sql for sql, n in rows.items() if not n}
    assert empty == {recipe("independent_reports") + "\n", recipe("rejects_by_reason") + "\n"}


def test_the_guide_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its codebook fails as shown, is mended as shown, and codes its articles as shown."""
    text = GUIDE.read_text(encoding="utf-8")
    first, slots, noun = blocks(text, "yaml")
    monkeypatch.chdir(tmp_path)
    Path("news.jsonl").write_text(blocks(text, "json")[0], encoding="utf-8")
    cache = ("--cache", tmp_path / "parses")

    Path("borders.yaml").write_text(first, encoding="utf-8")
    ran = coder("check", "borders.yaml", *cache)
    assert ran.code == 1
    assert ran.out in text

    mended = re.sub(r"(?m)^(    trigger: \{verb: .*\n)", lambda m: m[1] + slots, first)
    Path("borders.yaml").write_text(mended, encoding="utf-8")
    ran = coder("check", "./borders.yaml", "--coverage", *cache)
    assert ran.code == 0
    assert ran.out.startswith("borders: 3 of 3 codes reached, ")
    assert ran.out in text
    assert "5 sentences" in ran.err
    codes = ["CLOSED", "OPENED", "THREATENED"]
    assert coded() == codes

    whole = mended.replace("\nlabels:\n", f"\n{noun}\nlabels:\n", 1)
    Path("borders.yaml").write_text(whole, encoding="utf-8")
    assert coder("check", "borders.yaml", *cache).code == 0
    assert coded() == [*codes, "CLOSED"]


def coded() -> list[str]:
    """What `coder code` gives for the guide's articles in its codebook, in order."""
    ran = coder("code", "-c", "borders.yaml", stdin=Path("news.jsonl").read_bytes())
    return re.findall(r'"borders": "(\w+)"', ran.out)


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
