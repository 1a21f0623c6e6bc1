"""The pages of docs as programs: a reader who types every block of a page, in order, in a folder.

A block whose paragraph above ends in a file's name (`` `news.csv`: ``) is written as that file.
Shell lines are run, commands of `coder` in this process; SQL is asked of the sample dataset;
Python is executed, with what the blocks above have defined. What needs a program or package that
is not installed is given as `skipped`.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest.mock import patch

from coder.codebook import load
from coder.parsing.cache import ParseCache
from coder.pipeline import Coder, Options
from coder.store.query import query
from tests.cli.helper import ROOT, Ran, coder

SAMPLE = Path("outputs/seeds")
INSTALLS = ("apt-get", "pip")
"""Programs that change the computer: their lines are passed over."""
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`([\w./-]+\.\w+)`:$")
_SET = re.compile(r"[A-Z_]+=")
_IMPORT = re.compile(r"^(?:import|from) (\w+)", re.MULTILINE)
_RECIPE = re.compile(
    r"^(?P<name>[a-z][\w-]*)(?P<more>[^:\n]*):(?!=).*\n(?P<body>(?:    .*\n)*)", re.M
)


_KEPT: dict[object, Any] = {}
_read_codebooks = load.read_codebooks


def read_once(chosen: Sequence[str] = load.DEFAULT_CODEBOOKS, folder: Path | None = None) -> Any:
    """`read_codebooks`, once for the same codebooks: reading them takes a second."""
    return _once("read", chosen, lambda: _read_codebooks(chosen, folder))


def coder_once(
    options: Options, cache: ParseCache | None = None, ready: load.Codebooks | None = None
) -> Coder:
    """A `Coder`, once for the same codebooks, with the cache that is given."""
    made: Coder = _once("coder", options.codebooks, lambda: Coder(options, ready=ready))
    made.cache = cache
    return made


def _once(what: str, chosen: Sequence[str], make: Callable[[], Any]) -> Any:
    """What is made of codebooks, anew where a file of them is another."""
    paths = [Path(name) for name in chosen]
    files = [f for p in paths for f in (sorted(p.glob("*")) if p.is_dir() else [p]) if f.is_file()]
    key = (what, *chosen, *(file.read_bytes() for file in files))
    if key not in _KEPT:
        _KEPT[key] = make()
    return _KEPT[key]


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the line of the page above it."""

    language: str
    body: str
    above: str

    @property
    def file(self) -> str | None:
        """The file that a reader is told to write."""
        found = _FILE.search(self.above)
        return found[1] if found else None

    @property
    def commands(self) -> list[str]:
        """The lines of a shell block."""
        lines = [line.strip() for line in self.body.splitlines()]
        return [line for line in lines if line and not line.startswith("#")]


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page.

    >>> [block] = blocks("Write `a.sql`:\\n\\n```sql\\nSELECT 1;\\n```\\n")
    >>> block.language, block.body, block.file
    ('sql', 'SELECT 1;\\n', 'a.sql')
    """
    for found in _FENCE.finditer(text):
        above = text[: found.start()].rstrip().rpartition("\n")[2]
        yield Block(found[1], found[2], above)


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", text)


def recipes() -> dict[str, str]:
    """The recipes of the justfile with their commands."""
    text = (ROOT / "justfile").read_text(encoding="utf-8")
    return {found["name"]: found["body"].strip() for found in _RECIPE.finditer(text)}


Edit = Callable[[Block], None]


@dataclass
class Reader:
    """Types the blocks of a page in the current folder, and says which were skipped.

    `edit` takes YAML that belongs into a file written before; `failing` are commands whose exit
    code is 1 the first time; `not_shown` are blocks of text that no command before has given.
    """

    edit: Edit | None = None
    failing: list[str] = field(default_factory=list)
    not_shown: tuple[str, ...] = ()
    skipped: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)
    said: str = ""

    def read(self, page: Path) -> None:
        """Runs the whole page; fails at the first thing that is not as the page says."""
        with (
            patch("coder.codebook.load.read_codebooks", read_once),
            patch("coder.batch.Coder", coder_once),
            patch("coder.cli.check.Coder", coder_once),
            patch("coder.cli.code.Coder", coder_once),
            patch("coder.cli.pages.Coder", coder_once),
        ):
            for block in blocks(page.read_text(encoding="utf-8")):
                self._do(block)

    def _do(self, block: Block) -> None:
        if block.file is not None:
            path = Path(block.file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        elif block.language == "sh":
            self.said = "".join(self.run(line) for line in block.commands)
        elif block.language == "sql":
            query(SAMPLE, block.body)
        elif block.language == "python":
            if self._has(block.body):
                exec(compile(block.body, "page", "exec"), self.names)
        elif block.language == "yaml" and self.edit is not None:
            self.edit(block)
        elif block.language == "json":
            self._shown_json(block.body)
        elif block.language == "text" and not any(t in block.body for t in self.not_shown):
            assert self.said, f"nothing was run before: {block.body}"
            shown = {_words(line) for line in self.said.splitlines()}
            for line in block.body.splitlines():
                assert _words(line) in shown, f"not shown: {line}"

    def _shown_json(self, body: str) -> None:
        """Each object of the block is part of an object that a command has given."""
        given = [event for line in self.said.splitlines() for event in json.loads(line)["events"]]
        for line in body.splitlines():
            wanted = json.loads(line).items()
            assert any(wanted <= event.items() for event in map(_hashable, given)), line

    def _has(self, program: str) -> bool:
        lacking = [name for name in _IMPORT.findall(program) if find_spec(name) is None]
        if lacking:
            self.skipped += [f"import {name}" for name in lacking]
        return not lacking

    # --- shell lines ------------------------------------------------------------------------

    def run(self, line: str) -> str:
        """What one line of the shell prints."""
        feed = b""
        *before, last = line.split(" | ") if " | coder" in line else [line]
        for part in before:
            words = shlex.split(part)
            assert words[0] == "echo", line
            feed = " ".join(words[1:]).encode()
        words = shlex.split(last, comments=True)
        if "<" in words:
            feed = Path(words[words.index("<") + 1]).read_bytes()
        to = Path(words[words.index(">") + 1]) if ">" in words else None
        end = min([words.index(mark) for mark in "<>" if mark in words], default=len(words))
        ran = self._run(words[:end], feed)
        if ran is None:
            return ""
        expected = int(line in self.failing)
        if expected:
            self.failing.remove(line)
        assert ran.code == expected, f"{line}\n{ran.out}{ran.err}"
        if to is not None:
            to.write_text(ran.out, encoding="utf-8")
        return ran.out + ran.err

    def _run(self, words: list[str], feed: bytes) -> Ran | None:
        program, *rest = words
        if words == [".", ".venv/bin/activate"] or program in INSTALLS:
            return None
        if _SET.match(program):  # A test of the project itself, named with its settings.
            assert all(Path(ROOT, word).exists() for word in words if "/" in word), words
            return None
        if program in ("./run", "just"):
            return self._recipe(*rest)
        if program == "coder":
            if "ray" in words and not find_spec("ray"):
                self.skipped.append("import ray")
                return None
            arguments = [*map(_matching, rest)]
            return coder(*(a for some in arguments for a in some), stdin=feed)
        if program == "python":
            if not self._has(Path(rest[0]).read_text(encoding="utf-8")):
                return None
            return _subprocess(sys.executable, *rest)
        assert program == "Rscript", words
        if shutil.which(program) is None:
            self.skipped.append(program)
            return None
        return _subprocess(program, *rest)

    def _recipe(self, name: str, *rest: str) -> Ran | None:
        """A recipe that is one command of `coder`; of others, that it is there."""
        body = recipes()[name].lstrip("@")
        if not body.startswith("coder ") or "\n" in body or name == "build":
            return None
        words = shlex.split(body.replace("{{dataset}}", str(SAMPLE)))
        return coder(*(w for word in words[1:] for w in (rest if word == "$@" else [word])))


def _matching(word: str) -> list[str]:
    """The files of a pattern, as a shell gives them."""
    return sorted(map(str, Path().glob(word))) or [word] if "*" in word else [word]


def _words(line: str) -> str:
    """A line without the widths of its columns."""
    return " ".join(line.split())


def _hashable(event: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in event.items()}


def _subprocess(*words: str) -> Ran:
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C.UTF-8"}
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def settle(folder: Path, dataset: Path) -> None:
    """A folder as a reader of the pages has it: the project's own files, and the sample built."""
    for name in ("seeds", "codebooks"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    (folder / "outputs").mkdir()
    (folder / SAMPLE).symlink_to(dataset, target_is_directory=True)


def sample(out: Path) -> Path:
    """The sample articles, built into `out`."""
    ran = coder("build", ROOT / "seeds" / "*.txt", "--out", out, "--workers", 1, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    return out
