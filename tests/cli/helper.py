"""Running the command line in this process, with one parser for all tests."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from coder.cli import main
from coder.codebook.actors import load_actors
from coder.codebook.agents import load_agents
from coder.codebook.gazetteer import load_gazetteer
from coder.parsing.parse import Parser

ROOT = Path(__file__).resolve().parents[2]
CODEBOOK = ROOT / "codebooks" / "template" / "my_codebook.yaml"
parser = cache(Parser)
actors, agents, gazetteer = cache(load_actors), cache(load_agents), cache(load_gazetteer)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


class _Out(io.TextIOWrapper):
    """Standard output with a buffer, as the real one."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    @property
    def text(self) -> str:
        self.flush()
        raw = self.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue().decode()


def coder(*args: object, stdin: bytes = b"") -> Ran:
    """What `coder ARGS` gives: exit code, standard output and standard error."""
    out, err = _Out(), io.StringIO()
    source = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    code = -1
    if args[:1] == ("build",) and "--time-limit" not in args:
        args = (*args, "--time-limit", 0)  # one worker is then this process
    with (
        patch("coder.pipeline.Parser", parser),
        patch("coder.pipeline.load_actors", actors),
        patch("coder.pipeline.load_agents", agents),
        patch("coder.pipeline.load_gazetteer", gazetteer),
        patch.object(sys, "stdin", source),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main([str(a) for a in args])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Ran(code, out.text, err.getvalue())


def articles(path: Path, *rows: Mapping[str, Any] | str) -> Path:
    """A file of JSON lines; a text is a line as it stands."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
