"""Codebooks, actors and dictionaries with anything in them: read, or refused with a code."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.codebook.actors import load_actors
from coder.codebook.agents import load_agents
from coder.codebook.home import codebooks_dir
from coder.codebook.importers.petrarch import read_dictionaries, write_codebook
from coder.codebook.lexicon import load_lexicon
from coder.codebook.load import load_codebooks
from coder.codebook.yamlio import parse_with_lines
from coder.errors import CoderError
from coder.matching.match import Matcher
from coder.matching.sequence import compile_words
from coder.pipeline import Options
from coder.readiness import ready_codebooks
from tests.fuzz.shares import share
from tests.unit.test_importers_petrarch import VERBS

seeds = st.integers(0, 2**48)
PIECES = [
    *(": ", "- ", ", ", "[", "]", "{", "}", '"', "'", "#", "&a ", "*a ", "<<: ", "!x ", "? ", "\n"),
    *("!!python/object/apply:os.system ", "\n  ", "\n    ", "---\n", "...\n", "%YAML 1.1\n", "\t"),
    *("|", "null", "~", "010", "yes", ".inf", "2021-13-45", "set:", "set:none", "kind:armed"),
    *("@verb.doer", ">dobj", "<*", "{passive}", "{!x}", ">prep[", ">prep[on,]", " || ", "*.*"),
    *(
        "type",
        "id",
        "trigger",
        "verb",
        "requires",
        "slot",
        "any",
        "not",
        "expect",
        "text",
        "source",
    ),
    *("\x00", "é", "\ufeff", "\ud7ff", "a_b", "assault.*", "none", "about.target", ">nsubj>*", "^"),
    *("$", ".", "..", "overrides", "from", "chain", "when", "code"),
]


@cache
def template() -> str:
    return (codebooks_dir() / "template" / "my_codebook.yaml").read_text(encoding="utf-8")


@cache
def actors() -> list[str]:
    files = sorted((codebooks_dir() / "actors").glob("*.yaml"))
    return [f.read_text(encoding="utf-8")[:3000] for f in files]


def mutated(text: str, r: random.Random) -> str:
    """The text with a few lines and characters changed."""
    lines = text.splitlines(keepends=True)
    begin = r.randrange(len(lines)) if r.random() < 0.2 else 0
    lines = lines[begin : begin + r.choice([10, 40, 400])]
    for _ in range(r.randint(1, 5)):
        i = r.randrange(len(lines))
        how, line = r.randrange(6), lines[i]
        at = r.randrange(len(line) + 1)
        if how == 0:
            lines[i] = ""
        elif how == 1:
            lines.insert(i, lines[r.randrange(len(lines))])
        elif how == 2:
            lines[i] = line[:at] + r.choice(PIECES) + line[at:]
        elif how == 3:
            lines[i] = line[:at] + line[at + r.randint(1, 6) :]
        elif how == 4:
            lines[i] = " " * r.choice([1, 2, 4]) + line
        else:
            key, colon, _ = line.partition(":")
            lines[i] = f"{key}{colon} {r.choice(PIECES)}\n"
    return "".join(lines)


def code_of(function: Callable[..., object], *args: object) -> str:
    """The code of the error that a call raises, "" where it raises none."""
    try:
        function(*args)
    except CoderError as error:
        return error.code
    return ""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small home: kinds, and the paths and sets of a core."""
    folder = tmp_path_factory.mktemp("home")
    core = codebooks_dir() / "core"
    (folder / "core").mkdir()
    for name in ("kinds.yaml", "paths.yaml"):
        (folder / "core" / name).write_bytes((core / name).read_bytes())
    return folder


@share(4)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join))
def test_any_yaml(text: str) -> None:
    assert code_of(parse_with_lines, text) in {"", *(f"E20{n}" for n in range(1, 7))}


@share(3)
@given(seeds)
def test_a_codebook_mutated(home: Path, seed: int) -> None:
    file = home / "mine.yaml"
    file.write_text(mutated(template(), random.Random(seed)), encoding="utf-8", errors="replace")
    options = Options((str(file),), folder=home)
    assert code_of(lambda: Matcher(ready_codebooks(options)))[:2] in {"", "E2"}


@share(3)
@given(seeds)
def test_actors_and_agents_mutated(seed: int) -> None:
    r = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        text = mutated(r.choice(actors()), r)
        Path(folder, "a.yaml").write_text(text, encoding="utf-8", errors="replace")
        for load in (load_actors, load_agents):
            assert code_of(load, folder)[:2] in {"", "E2"}


DICTIONARIES = {
    "verbs": VERBS,
    "actors": "RUSSIA_ [RUS]\n+MOSCOW\n\t[RUSGOV >010199]\n\t[RUSGOV 010190-010199]\n"
    "A_B ;note\n[USA <x]\n",
    "agents": "!PERSON! = MAN, WOMAN\n!A! = X, !PERSON!\nPOLICE {POLICE}  [~COP]\n"
    "!A!_MAN [~B]\nCHEF [X~]\n",
    "discards": "# of games\nTEST MATCH\n+SOCCER_ \nKILLED_BY *\n",
    "issues": '<ISSUE category="A">\nWATER [ECO]\n+RIVER_\n</ISSUE>\n',
}


@share(2.5)
@given(seeds)
def test_dictionaries_mutated(home: Path, seed: int) -> None:
    r = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        for kind, text in DICTIONARIES.items():
            if r.random() < 0.7:
                text = mutated(text, r)
            (folder / f"{kind}.discard.txt").write_bytes(text.encode("utf-8", "replace"))
        assert code_of(imported, folder, Path(name) / "out", home) in {"", "E101", "E102", "E700"}


def imported(folder: Path, out: Path, home: Path) -> None:
    write_codebook(read_dictionaries([folder]), out, "mine", 'A title: with "signs" #1')
    load_lexicon(out)
    load_codebooks([str(out)], home)


@share(3)
@given(st.text("ABC *+%$&_^{}[]():/\\-", max_size=30))
def test_any_pattern_of_words(text: str) -> None:
    with suppress(CoderError, ValueError):  # loading a codebook gives the reason with its place
        compile_words(text)
