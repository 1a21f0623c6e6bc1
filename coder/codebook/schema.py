"""JSON Schema of codebook files, for editors that complete and check YAML while one writes.

Made from the models that read the files, so that it allows what they allow: a single word for a
list of one, and values that YAML may write with or without quotes.
"""

from __future__ import annotations

from typing import Any

from coder.codebook.model import CodebookFile

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = ("boolean", "integer", "number")
_SINGLE = {
    "Condition": {"has", "is", "within", "trigger", "form", "about", "same_or_empty", "any", "all"},
    "Code": {"from", "modes", "contexts", "chain"},
    "Rule": {"slots"},
    "CodebookFile": {"paths"},
}
"""Keys of each model where one word or condition may stand for a list of one. All of `when`."""


def codebook_schema() -> Schema:
    """The schema of a codebook file (JSON Schema, draft 2020-12).

    >>> sorted(codebook_schema()["properties"])[:3]
    ['about', 'codebook', 'codes']
    """
    made = CodebookFile.model_json_schema(by_alias=True)
    for name, model in (*made["$defs"].items(), ("CodebookFile", made)):
        keys = model.get("properties", {})
        single = keys if name == "CodeWhen" else _SINGLE.get(name, ())
        keys |= {key: _or_one(keys[key]) for key in single}
    written: Schema = _as_written(made)
    return {"$schema": DIALECT, **written, "title": "Codebook of event-coder"}


def _or_one(key: Schema) -> Schema:
    """A list, or what a list of one would hold; of a mapping, its values."""
    if "additionalProperties" in key:
        return {**key, "additionalProperties": _or_one(key["additionalProperties"])}
    if key.get("type") != "array":
        return key
    listed = {k: v for k, v in key.items() if k not in ("title", "description", "default")}
    shown = {k: v for k, v in key.items() if k in ("title", "description")}
    return {**shown, "anyOf": [listed["items"], listed]}


def _as_written(part: Any) -> Any:
    """A part of the schema, with plain values as YAML may write them: 1.5, "1.5", true, "true"."""
    if isinstance(part, list):
        return [_as_written(p) for p in part]
    if not isinstance(part, dict):
        return part
    made = {key: _as_written(value) for key, value in part.items() if key != "default"}
    kind = made.get("type")
    if kind in _PLAIN:
        return {**made, "type": [kind, "string"]}
    if kind == "string" and "enum" not in made:
        return {**made, "type": ["string", "number", "boolean"]}
    return made
