"""What was read from dictionaries, as the files of a codebook of our own that stands alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from coder.codebook.importers.actors import ActorRecord
from coder.codebook.importers.agents import Agent, DiscardFile, IssueFile
from coder.codebook.importers.patterns import OBJECT, SUBJECT
from coder.codebook.importers.verbs import Block, EventCode, VerbBook
from coder.codebook.model import Condition, WordPattern

_PLAIN = re.compile(r"^[A-Za-z0-9][\w./+-]*( [\w./+-]+)*$")
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
NOTHING = "code.none"
_PATHS = {
    SUBJECT: [">nsubj", ">nsubjpass", "@verb.doer"],
    OBJECT: [">dobj", ">attr", ">oprd", "@verb.on"],
}


def scalar(text: str) -> str:
    """A text as YAML: plain where that is safe, else in double quotes.

    Characters that YAML does not allow, or takes for line ends, are written as escapes.

    >>> scalar("al qaeda"), scalar("&ties"), scalar("a: b")
    ('al qaeda', '"&ties"', '"a: b"')
    """
    if _PLAIN.match(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def flow(items: Iterable[str]) -> str:
    return "[" + ", ".join(scalar(i) for i in items) + "]"


def mapping(values: Mapping[str, str]) -> str:
    """A mapping on one line; the values are YAML already."""
    return "{" + ", ".join(f"{k}: {v}" for k, v in values.items()) + "}"


def type_of(code: str | None) -> str:
    return NOTHING if code is None else f"code.{code}"


def codebook_yaml(codebook_id: str, title: str, books: Sequence[VerbBook]) -> str:
    """The file of sets, types, rules and codes.

    Every code of the dictionaries becomes a type (`code.173`) and one line that gives it.
    """
    return "\n".join(
        [
            *_head(codebook_id, title),
            *_sets(books),
            *_paths(books),
            *_types(books),
            *_rules(books, codebook_id),
            *_codes(books),
            "",
        ]
    )


def _head(codebook_id: str, title: str) -> Iterator[str]:
    yield "# Made by `coder import`; edit it freely. docs/import.md says what each part means."
    yield "codebook:"
    yield f"  id: {scalar(codebook_id)}"
    yield "  version: 1.0.0"
    yield f"  title: {scalar(title)}"
    yield '  standalone: "true"'
    yield ""


def _sets(books: Sequence[VerbBook]) -> Iterator[str]:
    sets = {name: s.words for book in books for name, s in book.synsets.items()}
    if sets:
        yield "sets:"
        for name, words in sets.items():
            yield f"  {scalar(set_name(name))}: {flow(words)}"
        yield ""


def set_name(label: str) -> str:
    """The set of a synonym set: apart from the sets that come with the program."""
    return f"syn.{label}"


def _paths(books: Sequence[VerbBook]) -> Iterator[str]:
    if not any(book.dialect == "nouns" for book in books):
        return
    yield "paths:"
    for name, steps in _PATHS.items():
        yield f"  {name}: {flow(steps)}"
    yield ""


def _all_codes(books: Sequence[VerbBook]) -> list[str]:
    codes: dict[str, None] = {}
    for book in books:
        for block in book.blocks:
            given = [block.code, *(v.code for v in block.verbs), *(p.code for p in block.patterns)]
            for code in given:
                if code is not None:
                    codes.update(dict.fromkeys(c for c in (code.there, code.back) if c))
    return sorted(codes)


def _types(books: Sequence[VerbBook]) -> Iterator[str]:
    yield "types:"
    yield f'  {NOTHING}: {{label: Words that make no event, silent: "true"}}'
    for code in _all_codes(books):
        yield f"  {scalar(type_of(code))}: {{label: {scalar(f'Code {code}')}}}"
    yield ""


def _codes(books: Sequence[VerbBook]) -> Iterator[str]:
    codes = _all_codes(books)
    yield "codes:" if codes else "codes: []"
    for code in codes:
        yield f"  - {{code: {json.dumps(code)}, from: {flow([type_of(code)])}}}"


def _rules(books: Sequence[VerbBook], codebook_id: str) -> Iterator[str]:
    blocks = [block for book in books for block in book.blocks if block.verbs]
    yield "rules:" if blocks else "rules: []"
    used: dict[str, int] = {}
    for block in blocks:
        yield from _rule(block, f"{codebook_id}.{_rule_id(block, used)}")
    yield ""


def _rule_id(block: Block, used: dict[str, int]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", (block.name or block.verbs[0].word).lower()).strip("-")
    used[slug] = used.get(slug, 0) + 1
    return slug if used[slug] == 1 else f"{slug}.{used[slug]}"


def _rule(block: Block, rule_id: str) -> Iterator[str]:
    forms = dict.fromkeys(f for v in block.verbs for f in v.forms)
    yield f"  - id: {scalar(rule_id)}"
    for key, value in _types_of(block.code).items():
        yield f"    {key}: {value}"
    yield f"    trigger: {{form: {flow(forms)}}}"
    own = {f: v.code for v in block.verbs if v.code is not None for f in v.forms}
    if own:
        yield "    by_form:"
        for form, code in own.items():
            yield f"      {scalar(form)}: {mapping(_types_of(code))}"
    if block.patterns:
        yield "    patterns:"
        for pattern in block.patterns:
            yield f"      - {mapping({**_pattern(pattern.words), **_types_of(pattern.code)})}"


def _types_of(code: EventCode) -> dict[str, str]:
    out = {"type": scalar(type_of(code.there))}
    if code.back is not None:
        out["mirror"] = scalar(type_of(code.back))
    return out


def _pattern(pattern: WordPattern) -> dict[str, str]:
    out: dict[str, str] = {}
    if pattern.words is not None:
        out["words"] = scalar(re.sub(r"&(?=\w)", "&syn.", pattern.words))
    if pattern.requires or pattern.words is None:
        out["requires"] = "[" + ", ".join(map(_condition, pattern.requires)) + "]"
    return out


def _condition(condition: Condition) -> str:
    parts = {"at": scalar(condition.at or "")}
    for key, words in (("has", condition.has), ("within", condition.within)):
        if words:
            parts[key] = flow(re.sub(r"^set:", "set:syn.", w) for w in words)
    if condition.filled:
        parts["filled"] = '"true"'
    return mapping(parts)


def actors_yaml(title: str, records: Iterable[ActorRecord]) -> str:
    """The file of actors; of the codes of one those with dates stand first."""
    lines = [*_about(title), "actors:"]
    for record in records:
        codes = []
        for code in record.ordered():
            parts = {"code": scalar(code.code)}
            if code.start:
                parts["from"] = code.start.isoformat()
            if code.until:
                parts["until"] = code.until.isoformat()
            codes.append(mapping(parts))
        lines.append(f"  - words: {flow(dict.fromkeys(record.words))}")
        lines.append(f"    codes: [{', '.join(codes)}]")
    return _dictionary(lines)


def agents_yaml(title: str, agents: Iterable[Agent]) -> str:
    lines = [*_about(title), "agents:"]
    for agent in agents:
        parts = {"words": flow(agent.words), "code": scalar(agent.code)}
        if agent.before:
            parts["before"] = '"true"'
        lines.append(f"  - {mapping(parts)}")
    return _dictionary(lines)


def _dictionary(lines: list[str]) -> str:
    """A file of entries under its last key, which is an empty list where there are none."""
    if lines[-1].endswith(":"):
        lines[-1] += " []"
    return "\n".join([*lines, ""])


def _about(title: str) -> list[str]:
    return ["about:", f"  title: {scalar(title)}"]


def discards_yaml(discards: Iterable[DiscardFile]) -> str:
    files = list(discards)
    lines = []
    for key in ("sentence", "story"):
        phrases = dict.fromkeys(p for d in files for p in getattr(d, key))
        lines.append(f"{key}:" + ("" if phrases else " []"))
        lines += [f"  - {scalar(p)}" for p in phrases]
    return "\n".join([*lines, ""])


def issues_yaml(issues: Iterable[IssueFile]) -> str:
    files = list(issues)
    lines = ["issues:"]
    for file in files:
        for issue in file.issues:
            parts = {"phrases": flow(issue.phrases), "code": scalar(issue.code)}
            if issue.category:
                parts["category"] = scalar(issue.category)
            if issue.type:
                parts["type"] = scalar(issue.type)
            lines.append(f"  - {mapping(parts)}")
    if len(lines) == 1:
        lines = ["issues: []"]
    for key in ("not_sentence", "not_story"):
        phrases = dict.fromkeys(p for f in files for p in getattr(f, key))
        lines.append(f"{key}:" + ("" if phrases else " []"))
        lines += [f"  - {scalar(p)}" for p in phrases]
    return "\n".join([*lines, ""])
