"""The YAML reader: strings only, places of errors, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.codebook.yamlio import (
    line_of,
    load_with_lines,
    load_yaml,
    parse_with_lines,
    parse_yaml,
)
from coder.errors import CoderError


def test_every_scalar_is_a_string() -> None:
    text = "a: 010\nb: NO\nc: 1.10\nd: 2021-01-20\ne: ~\nf:\ng: [yes, 0x1F, '7']\n"
    assert parse_yaml(text) == {
        "a": "010",
        "b": "NO",
        "c": "1.10",
        "d": "2021-01-20",
        "e": "~",
        "f": "",
        "g": ["yes", "0x1F", "7"],
    }


def test_lines_of_all_parts() -> None:
    text = "about: {title: T}\nactors:\n  - id: USA\n    words:\n      - US\n      - America\n"
    data, lines = parse_with_lines(text)
    assert data["actors"][0]["words"] == ["US", "America"]
    assert lines == {
        (): 1,
        ("about",): 1,
        ("about", "title"): 1,
        ("actors",): 2,
        ("actors", 0): 3,
        ("actors", 0, "id"): 3,
        ("actors", 0, "words"): 4,
        ("actors", 0, "words", 0): 5,
        ("actors", 0, "words", 1): 6,
    }
    assert line_of(lines, ("actors", 0, "name")) == 3
    assert line_of(lines, ("actors", 0, "words", 1)) == 6
    assert line_of({}, ("x",)) == 1


def test_files_and_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfname: \xc3\x89lys\xc3\xa9e\n")
    assert load_yaml(file) == {"name": "Élysée"}
    assert load_with_lines(str(file)) == ({"name": "Élysée"}, {(): 1, ("name",): 1})
    file.write_text("")
    assert load_yaml(file) == ""


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: [1, 2\nb: 3\n", "E202", "f:2:2"),
        ("a: 1\n\tb: 2\n", "E202", "f:2:1"),
        ("a: 1\n---\nb: 2\n", "E202", "f:2:1"),
        ("a: *nobody\n", "E202", "f:1:4"),
        ("a: \x00\n", "E202", "f"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "E203", "f:4:3"),
        ("a: !!python/object/apply:os.system [ls]\n", "E204", "f:1:4"),
        ("a: !mine 1\n", "E204", "f:1:4"),
        ("a: !!int 1\n", "E204", "f:1:4"),
        ("? [a, b]\n: 1\n", "E205", "f:1:3"),
        ("!!int 1: a\n", "E205", "f:1:1"),
        ("a: &x [*x]\n", "E202", "f:1:8"),
        ("[" * 200 + "]" * 200, "E206", "f:1:102"),
    ],
)
def test_refused(text: str, code: str, place: str) -> None:
    with pytest.raises(CoderError) as error:
        parse_yaml(text, "f")
    assert (error.value.code, error.value.place) == (code, place)


def test_very_deep_nesting_is_a_clean_error() -> None:
    with pytest.raises(CoderError):
        parse_yaml("[" * 100_000, "f")


def test_alias_bomb_is_refused_and_small_aliases_are_fine() -> None:
    assert parse_yaml("a: &x [1, 2]\nb: *x\n") == {"a": ["1", "2"], "b": ["1", "2"]}
    levels = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"l{i}: &l{i} [" + ", ".join([f"*l{i - 1}"] * 10) + "]" for i in range(1, 9)]
    with pytest.raises(CoderError) as error:
        parse_yaml("\n".join(levels), "f")
    assert error.value.code == "E206"


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(CoderError) as missing:
        load_yaml(tmp_path / "none.yaml")
    assert missing.value.code == "E201"
    (tmp_path / "latin.yaml").write_bytes(b"a: \xe9\n")
    with pytest.raises(CoderError) as latin:
        load_yaml(tmp_path / "latin.yaml")
    assert latin.value.code == "E201"
    assert "byte 3" in latin.value.text
