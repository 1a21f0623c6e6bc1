"""`coder check`: each fault of a codebook is found, with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coder.codebook.lint import PROGRAM_SETS, lint
from coder.codebook.load import load_codebooks, read_codebooks
from coder.matching.paths import Paths
from tests.cli.helper import CODEBOOK, ROOT, coder

HEAD = """codebook: {id: mine, version: 0.1.0, title: Mine}
sets:
  my_goods: [flour, rice]
types:
  mine.gift: {label: Gift, definition: Something is given.}
  mine.big: {label: Big, definition: Something big.}
"""
RULE = """rules:
  - id: mine.give
    type: mine.gift
    trigger: {verb: [bestow]}
    requires: [{at: ">dobj", has: "set:my_goods"}]
    tests:
      - {text: "The king bestowed flour.", expect: [{type: mine.gift}]}
      - {text: "The king bestowed honours.", expect: []}
"""
CODES = """labels:
  "G1": {label: Gift}
codes:
  - {code: "G1", from: [mine.gift]}
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    """`LINE: text` of each problem of a codebook."""
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    books, found = read_codebooks([str(file)])
    found = found or lint(books, Paths(books.paths, books.sets).check)
    return [p.place.removeprefix(f"{file}:") + ": " + p.text for p in found if str(file) in p.place]


def test_a_sound_codebook_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, HEAD + RULE + CODES) == []


FAULTS = [
    ("type: mine.gift\n", "type: mine.gfit\n", "8: rule mine.give: there is no type mine.gfit"),
    ('has: "set:my_goods"', 'has: "set:god"', "8: there is no set god"),
    ('at: ">dobj"', "at: verb.objct", "8: rule mine.give: there is no path verb.objct"),
    ('at: ">dobj"', 'at: "@nowhere>dobj"', "8: rule mine.give: there is no path nowhere"),
    ("[bestow]", "[bestow, Bestow]", "8: rule mine.give: the verb 'bestow' stands twice in its t"),
    ("[bestow]", '["best.*"]', "8: rule mine.give: 'best.*' looks like a regular expression"),
    ("verb: [bestow]", "verb: []", "8: rule mine.give: it has no trigger"),
    ("at: ", "slot: gift, or_empty: true}, {at: ", "8: rule mine.give: requires: the rule has no"),
    (
        "    requires",
        "    about: [nope.*]\n    requires",
        "8: rule mine.give: about: there is no ty",
    ),
    ("    requires", "    overrides: [no.rule]\n    requires", "8: rule mine.give: overrides: the"),
    ("expect: []", "expect: [{type: mine.gift}]", "8: rule mine.give: no near miss"),
    ("[{type: mine.gift}]", "[]", "8: rule mine.give: no test sentence that it codes"),
    ("Something is given.}", "x, not: {mine.x: y}}", "5: type mine.gift: not: there is no type"),
    ('"G1", from', '"G2", from', "18: code G2 has no label"),
    ("from: [mine.gift]", "from: [mine.gone]", "18: code G1: there is no type mine.gone"),
    ("from: [mine.gift]", "when: {killed: true}", "18: code G1 is given to no type"),
    ("from: [mine.gift]}", "from: [mine.gift]}\n  - {code: G1, from: [mine.gift]}", "19: mine.gif"),
    (
        "from: [mine.gift]}",
        'from: [mine.gift]}\ntests:\n  - {text: "A b.", expect: [{codes: {mine: X9}}]}',
        "20: the test expects X9, a code that no line gives",
    ),
    ("flour, rice]", "flour, rice]\n  spare: [x]", "4: set spare is used nowhere"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[f[2][:40] for f in FAULTS])
def test_each_fault_is_found_at_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = HEAD + RULE + CODES
    assert text.count(old) >= 1
    found = problems(tmp_path, text.replace(old, new, 1))
    assert [p[: len(message)] for p in found if p.startswith(message)] == [message], found


def second_rule(name: str, type_: str, more: str = "") -> str:
    return f"""  - id: {name}
    type: {type_}
    trigger: {{verb: [bestow]}}
    requires: [{{at: ">dobj", has: "set:my_goods"}}]
    {more}
    tests:
      - {{text: "The king bestowed rice.", expect: [{{type: {type_}}}]}}
      - {{text: "The king bestowed land.", expect: []}}
"""


def test_rules_that_never_win_or_tie(tmp_path: Path) -> None:
    same = problems(tmp_path, HEAD + RULE + second_rule("mine.two", "mine.gift") + CODES)
    assert [p.partition(": mine.give has")[0] for p in same] == [
        "15: rule mine.two can never fire by itself"
    ]
    tie = problems(tmp_path, HEAD + RULE + second_rule("mine.two", "mine.big") + CODES)
    assert [p.partition(":")[2][:44] for p in tie] == [
        " rule mine.two ties with mine.give on the ve"
    ]
    settled = second_rule("mine.two", "mine.big", "overrides: [mine.give]")
    assert problems(tmp_path, HEAD + RULE + settled + CODES) == []


def test_overrides_in_a_circle(tmp_path: Path) -> None:
    first = RULE.replace("    requires", "    overrides: [mine.two]\n    requires")
    text = HEAD + first + second_rule("mine.two", "mine.big", "overrides: [mine.give]") + CODES
    assert problems(tmp_path, text) == [
        "8: overrides form a circle: mine.give > mine.two > mine.give"
    ]


def test_what_the_loader_refuses_comes_with_file_and_line(tmp_path: Path) -> None:
    typo = (HEAD + RULE + CODES).replace("    trigger:", "    triger:")
    assert "8: rules.0.trigger: Field required" in problems(tmp_path, typo)
    assert "10: rules.0.triger: unknown key" in problems(tmp_path, typo)
    twice = HEAD + RULE + RULE.removeprefix("rules:\n") + CODES
    [found] = problems(tmp_path, twice)
    assert found.startswith("15: rule id mine.give stands twice (also at ")


def test_sets_of_the_program_are_those_that_it_asks_for() -> None:
    asked: set[str] = set()
    literals: set[str] = set()
    for folder in ("matching", "resolving", "linking"):
        for file in (ROOT / "coder" / folder).glob("*.py"):
            text = file.read_text(encoding="utf-8")
            asked |= set(re.findall(r'sets(?:\.get\(|\[)"(\w+)"', text))
            literals |= set(re.findall(r'"(\w+)"', text))
    assert asked - PROGRAM_SETS == set()
    assert PROGRAM_SETS - literals == set()
    assert PROGRAM_SETS - set(load_codebooks([]).sets) == set()


def test_the_command_runs_the_sentences_and_counts(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    good = coder("check", CODEBOOK, "--cache", cache, "--coverage")
    assert good.code == 0
    head, *few = good.out.splitlines()
    assert head.startswith("convoys: 2 of 2 codes reached, ")
    assert all(line.startswith("  reached by ") for line in few)
    assert re.search(r", 4 sentences, 2 codes reached: 0 problems, 0 sentences not", good.err)
    text = CODEBOOK.read_text(encoding="utf-8").replace("looted the trucks", "bought the trucks")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    ran = coder("check", bad, "--cache", cache, "--coverage")
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"{bad}:")
    assert any(line.startswith("convoys: 1 of 2 codes reached, ") for line in lines)
    assert "  not reached: LOOTED Convoy looted" in lines


def test_the_command_lists_what_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "typo.yaml"
    file.write_text("codebook: {id: a, version: '1', title: A}\nrulez: []\n", encoding="utf-8")
    ran = coder("check", file)
    assert (ran.code, ran.out) == (1, f"{file}:2: rulez: unknown key\n")
    built = coder("build", file, "-o", tmp_path / "out", "-c", file)
    assert (built.code, built.err.partition(": ")[0]) == (2, f"error E250 at {file}:2")
    broken = (HEAD + RULE + CODES).replace('at: ">dobj"', 'at: ">dobj]"')
    file.write_text(broken, encoding="utf-8")
    built = coder("build", file, "-o", tmp_path / "out", "-c", file)
    assert (built.code, built.err.partition(": ")[0]) == (2, f"error E250 at {file}:8")
    assert not (tmp_path / "out").exists()
    assert coder("check", file).out.startswith(f"{file}:8: rule mine.give: The path '>dobj]' ")
    unknown = coder("check", "nothing")
    assert (unknown.code, unknown.err[:21]) == (2, "error E251 at nothing")


def test_deeds_about_one_another_come_to_an_end(tmp_path: Path) -> None:
    """A circle of `about` walks no word twice, so it ends; no codebook can make it loop."""
    rules = "".join(
        f"""  - id: circle.{a}
    type: mine.{a}
    trigger: {{verb: [{verb}]}}
    about: [mine.{b}]
    about_optional: true
    slots: {{about: ["<*", ">*"]}}
    tests: []
"""
        for a, b, verb in [("gift", "big", "promise"), ("big", "gift", "refuse")]
    )
    file = tmp_path / "circle.yaml"
    file.write_text(HEAD + "rules:\n" + rules, encoding="utf-8")
    text = "She promised to refuse to promise to refuse to promise."
    ran = coder("explain", text, "-c", file, "--published", "2024-02-14")
    assert ran.code == 0
    assert "circle.gift on 'promised'" in ran.out
