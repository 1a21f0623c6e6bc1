"""The JSON Schema of codebook files agrees with the models that read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from coder.codebook.home import codebooks_dir
from coder.codebook.schema import codebook_schema
from coder.codebook.yamlio import load_yaml

SCHEMA = codebook_schema()
FILES = sorted(codebooks_dir().glob("*.yaml")) + [
    codebooks_dir() / "core" / name for name in ("yield.yaml", "paths.yaml", "riot.yaml")
]


def faults(value: Any) -> list[str]:
    """What of a value the schema does not allow."""
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(value)]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_our_files_keep_the_schema(file: Path) -> None:
    assert faults(load_yaml(file)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ({"rulez": []}, "'rulez' was unexpected"),
        ({"rules": [{"type": "a", "trigger": {"verb": ["go"]}}]}, "'id' is a required property"),
        ({"codes": [{"code": "1", "from": "a", "when": {"sauce": "x"}}]}, "'sauce' was unexpected"),
        ({"units": [{"takes": ["a"]}]}, "'first' is a required property"),
        ({"labels": {"a": {"label": "A", "civilians": "never"}}}, "'never' is not"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(text: dict[str, Any], fault: str) -> None:
    assert fault in "; ".join(faults(text))


def test_a_word_stands_for_a_list_where_the_reader_takes_it() -> None:
    rule = {"id": "a", "type": "b", "trigger": {"verb": ["go"]}, "slots": {"source": ">nsubj"}}
    assert faults({"rules": [rule | {"requires": [{"at": ">dobj", "has": "bread"}]}]}) == []
    assert faults({"rules": [rule | {"trigger": {"verb": "go"}}]})
