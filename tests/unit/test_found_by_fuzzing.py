"""Inputs that `just fuzz` has found to break a step. They stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coder.articles.clean import clean_text
from coder.codebook.actors import load_actors
from coder.codebook.importers.actors import read_actors
from coder.codebook.importers.agents import read_agents, read_issues
from coder.codebook.importers.lexing import Quarantine
from coder.codebook.importers.petrarch import read_dictionaries, write_codebook
from coder.codebook.importers.verb_forms import forms_of
from coder.codebook.importers.write import scalar
from coder.codebook.load import load_codebooks
from coder.codebook.yamlio import parse_yaml
from coder.errors import CoderError
from coder.parsing import split
from coder.parsing.split import spans
from coder.resolving.marks import recalled
from tests.parses import parse


def test_a_splitter_that_panics_leaves_the_paragraph_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """What Rust raises: no Exception."""

    def panics(*_: object) -> list[str]:
        raise Panic

    monkeypatch.setattr(split.sentencex, "segment", panics)
    assert list(spans("One. Two.\n\nThree.")) == [(0, 9), (11, 17)]


@pytest.mark.parametrize("text", ["1)\u00a0x", ".\u00a0)\u00a0A", "No.\u202f5 fell.\u00a0He left."])
def test_blanks_that_do_not_break(text: str) -> None:
    assert "".join(text[a:b] for a, b in spans(text)).split() != []


def test_many_clock_times_take_no_more_than_their_share() -> None:
    assert len(list(spans("at 5 a.m. Monday " * 3000))) > 1


def test_two_marks_of_byte_order() -> None:
    assert clean_text("\ufeff\ufeffRain fell.") == "Rain fell."


def test_a_deed_of_the_first_year() -> None:
    tree = parse("They met.")
    assert not recalled(tree, None, None, date(1, 1, 1))  # type: ignore[arg-type]


def test_an_actor_that_is_no_mapping(tmp_path: Path) -> None:
    about = "about: {title: a, facts_from: b, terms: c}\n"
    (tmp_path / "a.yaml").write_text(f"{about}actors:\n  - just a text\n", encoding="utf-8")
    with pytest.raises(CoderError) as raised:
        load_actors(tmp_path)
    assert raised.value.code == "E210"


def test_words_of_dictionaries_that_are_none(tmp_path: Path) -> None:
    for word in ("+", "A_+", "_+_"):
        with pytest.raises(ValueError, match="no verb"):
            forms_of(word, None)
    (tmp_path / "issues.txt").write_text("<ISSUE>\n~\n~~_\n_ [A]\nv:+ [B]\n</ISSUE>\n")
    aside = Quarantine("issues.txt")
    read = read_issues(tmp_path / "issues.txt", aside)
    assert (read.issues, read.not_sentence, read.not_story) == ([], [], [])
    assert len(aside.found) == 4
    (tmp_path / "actors.txt").write_text("_ [USA]\nB_ [RUS\n_ [X\n")
    aside = Quarantine("actors.txt")
    assert [r.words for r in read_actors(tmp_path / "actors.txt", aside).records] == [["b"]]
    (tmp_path / "agents.txt").write_text("_ {_} [~COP]\n!A! = !A!, X\n!A!_MAN [~B]\n")
    aside = Quarantine("agents.txt")
    assert read_agents(tmp_path / "agents.txt", aside).agents == []
    assert [q.reason for q in aside.found][-1] == "agent: its macros stand for too many phrases"


def test_an_import_without_verbs_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "actors.txt").write_text("RUSSIA [RUS]\n")
    write_codebook(read_dictionaries([tmp_path]), tmp_path / "out", "mine", "Mine")
    assert load_codebooks([str(tmp_path / "out")]).rules == []


@pytest.mark.parametrize("text", ["a\x7fb", "a\u2028b", "\ufeff", "a\ufffeb", "a\x85b"])
def test_characters_that_yaml_does_not_have(text: str) -> None:
    assert parse_yaml(f"a: {scalar(text)}\n") == {"a": text}
