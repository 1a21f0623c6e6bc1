"""Kinds of things: `codebooks/core/kinds.yaml`.

>>> sorted(k for k, words in load_kinds("codebooks/core/kinds.yaml").items()
...        if "tank shell" in words)  # doctest: +SKIP
['shell_weapon']
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from coder.codebook.agents import About, Word, WordFinding, read_words, word_key
from coder.codebook.yamlio import line_of, load_with_lines

KindName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]


class _KindFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    about: About
    kinds: dict[KindName, Annotated[tuple[Word, ...], Field(min_length=1)]]


def load_kinds(path: str | Path) -> dict[str, frozenset[str]]:
    """From kind to its words: singular lemmas as written in the file.

    Raises CoderError E201-E206 (not readable as YAML) or E221 (a key is wrong, `file:line`).
    """
    return {
        kind: frozenset(words) for kind, words in read_words(Path(path), _KindFile).kinds.items()
    }


def lint_kinds(path: str | Path) -> list[WordFinding]:
    """Words that stand twice in one kind, hyphens and case left out of account."""
    file = Path(path)
    _, lines = load_with_lines(file)
    out: list[WordFinding] = []
    for kind, words in read_words(file, _KindFile).kinds.items():
        seen: set[str] = set()
        for i, word in enumerate(words):
            if word_key(word) in seen:
                place = f"{file}:{line_of(lines, ('kinds', kind, i))}"
                out.append(WordFinding("repeated-word", place, f"{word} stands twice in {kind}"))
            seen.add(word_key(word))
    return out
