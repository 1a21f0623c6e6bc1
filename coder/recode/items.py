"""What the codebooks say, thing by thing: what is compared to find what an edit changed.

An item is a digest of all that coding takes from a rule, path, type, code, actor or place, with the
words without which it comes to nothing. What hangs on everything is kept as digests of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from coder.codebook.actors import load_actors
from coder.codebook.agents import load_agents
from coder.codebook.gazetteer_data import read_place_data
from coder.codebook.home import codebooks_dir
from coder.codebook.load import Codebooks, Ontology, file_hash
from coder.codebook.model import Rule

T = TypeVar("T")
FORMS = ("verb", "noun", "adj", "aux")
_WALKS = {"slots", "requires", "alone", "patterns", "by_form"}
"""Keys of a rule in which paths are named."""
_NAMES = (re.compile(r"[\w.]+"), re.compile(r"[\w.-]+"))
_ANYWHERE = re.compile(r"^(owner|about\b.*|(verb|noun|adj|aux)\.(doer|on|cause|about)\b.*)$")
"""Paths that the program itself walks, so that each rule may hang on them."""


@dataclass(frozen=True, slots=True)
class RuleItem:
    """A rule: its digest, trigger phrases, types that it yields and paths that it names."""

    digest: str
    phrases: tuple[str, ...]
    types: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A digest, with the phrases that a text must hold (actors, places), or the paths that a path
    names."""

    digest: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line or label of an ontology with the families of event types that it codes."""

    digest: str
    roots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """All that codebooks say. Mappings are in the order of the files, which counts for rules,
    actors, places and lines of codes. `whole`, `roles` and `regions` are digests by name of what
    reaches every article; `files` are those of the files of the dictionaries."""

    files: Mapping[str, str] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, RuleItem] = field(default_factory=dict)
    paths: Mapping[str, Named] = field(default_factory=dict)
    types: Mapping[str, Named] = field(default_factory=dict)
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Line]] = field(default_factory=dict)
    actors: Mapping[str, Named] = field(default_factory=dict)
    agents: Mapping[str, Named] = field(default_factory=dict)
    places: Mapping[str, Named] = field(default_factory=dict)
    stop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def dumps(self) -> str:
        """The items as JSON."""
        raw = {
            "files": self.files,
            "whole": self.whole,
            "roles": self.roles,
            "regions": self.regions,
            "rules": {k: (r.digest, r.phrases, r.types, r.paths) for k, r in self.rules.items()},
            "sets": self.sets,
            "codes": {
                book: {k: (line.digest, line.roots) for k, line in lines.items()}
                for book, lines in self.codes.items()
            },
            "stop": self.stop,
        }
        for part in ("paths", "types", "actors", "agents", "places"):
            named: Mapping[str, Named] = getattr(self, part)
            raw[part] = {k: (n.digest, n.phrases) for k, n in named.items()}
        return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def loads(text: str) -> Items:
        """Items from JSON; raises KeyError, TypeError or ValueError where it is not theirs."""
        raw: dict[str, Any] = json.loads(text)
        return Items(
            files=raw["files"],
            whole=raw["whole"],
            roles=raw["roles"],
            regions=raw["regions"],
            rules={
                k: RuleItem(digest, *map(tuple, rest))
                for k, (digest, *rest) in raw["rules"].items()
            },
            paths=_named(raw["paths"]),
            types=_named(raw["types"]),
            sets={k: tuple(v) for k, v in raw["sets"].items()},
            codes={
                book: {k: Line(digest, tuple(roots)) for k, (digest, roots) in lines.items()}
                for book, lines in raw["codes"].items()
            },
            actors=_named(raw["actors"]),
            agents=_named(raw["agents"]),
            places=_named(raw["places"]),
            stop={k: tuple(v) for k, v in raw["stop"].items()},
        )


def _named(raw: Mapping[str, Any]) -> dict[str, Named]:
    return {k: Named(digest, tuple(phrases)) for k, (digest, phrases) in raw.items()}


def read_items(
    books: Codebooks,
    folder: Path | None = None,
    known: Items | None = None,
    *,
    state: str = "",
) -> Items:
    """The items of codebooks and of the dictionaries beside them. What `known` says of files that
    are the same is not read again; `state` is a hash of all files, "" where it is not known.

    >>> from coder.codebook.load import load_codebooks
    >>> read_items(load_codebooks()).paths["owner"].digest != ""
    True
    """
    home = folder or codebooks_dir()
    if known is not None and state and known.files.get("state") == state:
        return known
    files = {part: _digest(_files(books, part)) for part in ("actors", "places")}
    files["state"] = state
    whole = {f"kind_groups.{k}": _digest(sorted(v)) for k, v in books.kind_groups.items()}
    whole |= {f"kind_yields.{k}": _digest(sorted(v)) for k, v in books.kind_yields.items()}
    whole |= {f: file_hash(home / f) for f in ("core/time.yaml", "core/numbers.yaml")}
    if books.standalone is not None:
        whole["standalone codebook"] = books.digest
    names = _Names(books.paths)
    people = known if known is not None and known.files["actors"] == files["actors"] else None
    places = known if known is not None and known.files["places"] == files["places"] else None
    return replace(
        _places(home / "places") if places is None else places,
        files=files,
        whole=whole,
        rules={r.id: _rule(r, r.id in books.user_rules, names) for r in books.rules},
        paths={k: Named(_digest(v), names.among(" ".join(v))) for k, v in books.paths.items()},
        types={
            k: Named(_digest([t.reciprocal, t.speech, t.silent])) for k, t in books.types.items()
        },
        sets={k: tuple(sorted(v)) for k, v in books.sets.items()},
        codes={k: _lines(o) for k, o in books.ontologies.items()},
        **(_people(home / "actors") if people is None else _same(people)),
    )


def _files(books: Codebooks, part: str) -> list[tuple[str, str]]:
    return sorted((k, v) for k, v in books.hashes.items() if k.startswith(f"{part}/"))


def _same(known: Items) -> dict[str, Any]:
    return {"roles": known.roles, "actors": known.actors, "agents": known.agents}


def _people(folder: Path) -> dict[str, Any]:
    """What the dictionaries of actors and agents say."""
    agents = load_agents(folder)
    roles = {f"role {k}": _digest(r.model_dump_json()) for k, r in agents.roles.items()}
    return {
        "roles": roles
        | {"patterns of agents": _digest([p.model_dump_json() for p in agents.patterns])},
        "actors": _numbered(
            (e.id, Named(_digest(e.model_dump_json()), tuple(w for w, _ in e.phrases())))
            for e in load_actors(folder).entries
        ),
        "agents": {
            word: Named(_digest([g.model_dump_json(exclude={"words"}) for g in groups]), (word,))
            for word, groups in agents.by_word.items()
        },
    }


def _places(folder: Path) -> Items:
    """Items of which only what is said of places is filled in."""
    data = read_place_data(folder)
    states = folder / "states.yaml"
    return Items(
        regions={
            "regions": _digest([repr(r) for r in data.regions]),
            "places/words.yaml": _digest([data.words, data.types]),
            "places/countries.yaml": _digest([data.countries, data.part_of]),
            "places/states.yaml": file_hash(states) if states.is_file() else "",
        },
        places=_numbered(
            (f.name, Named(_digest(repr(f)), (f.name, *f.aliases))) for f in data.features
        ),
        stop={k: tuple(sorted(v)) for k, v in data.stop.items()},
    )


def everywhere(path: str) -> bool:
    """Whether a path is one that the program walks for every rule.

    >>> everywhere("owner"), everywhere("verb.doer"), everywhere("noun.means")
    (True, True, False)
    """
    return _ANYWHERE.match(path) is not None


class _Names:
    """Finds the named paths that a text speaks of."""

    def __init__(self, paths: Mapping[str, Sequence[str]]) -> None:
        self.paths = frozenset(paths)

    def among(self, text: str) -> tuple[str, ...]:
        words = {word for names in _NAMES for word in names.findall(text)}
        return tuple(sorted(words & self.paths))


def _rule(rule: Rule, own: bool, names: _Names) -> RuleItem:
    said = rule.model_dump_json(by_alias=True, exclude={"tests"})
    texts = rule.model_dump_json(by_alias=True, include=_WALKS)
    types = [rule.type, rule.mirror or "", *(p.type for p in rule.patterns)]
    types += [p.mirror or "" for p in rule.patterns] + [p.type for p in rule.by_form.values()]
    return RuleItem(
        _digest(f"{own} {said}"),
        tuple(phrase for form in FORMS for phrase in getattr(rule.trigger, form)),
        tuple(dict.fromkeys(t for t in types if t)),
        names.among(texts),
    )


def _lines(ontology: Ontology) -> dict[str, Line]:
    """The lines of codes in their order, the labels with the families of the lines that give the
    code, and the id of the codebook."""
    out: list[tuple[str, Line]] = [("id", Line(_digest(ontology.head.id), ("*",)))]
    roots_of: dict[str, set[str]] = {}
    for code in ontology.codes:
        firsts = [*code.from_, *(chain[0] for chain in code.chain)]
        roots = tuple(sorted({first.split(".")[0] for first in firsts}))
        said = code.model_dump_json(by_alias=True)
        roots_of.setdefault(code.code, set()).update(roots)
        out.append((f"{code.code} {_digest(said)}", Line("", roots)))
    for code_id, label in ontology.labels.items():
        found = tuple(sorted(roots_of.get(code_id, ())))
        said = _digest([label.label, label.quad_class, label.score])
        out.append((f"label {code_id}", Line(said, found)))
    return _numbered(out)


def _numbered(items: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Items by name; the second of a name is `name#2`."""
    out: dict[str, T] = {}
    for name, item in items:
        key, n = name, 1
        while key in out:
            n += 1
            key = f"{name}#{n}"
        out[key] = item
    return out


def _digest(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
