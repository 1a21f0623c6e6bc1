"""What the codebooks say, thing by thing: what is compared to find what an edit changed.

An item is a digest of all that coding takes from a rule, path, type, code, actor or place, with the
words without which it comes to nothing. What hangs on everything is kept as digests of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
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
    actors and lines of codes. `whole` are digests by name of what reaches every article."""

    whole: Mapping[str, str]
    rules: Mapping[str, RuleItem]
    paths: Mapping[str, Named]
    types: Mapping[str, Named]
    sets: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, Line]]
    actors: Mapping[str, Named]
    agents: Mapping[str, Named]
    places: Mapping[str, Named]
    stop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def dumps(self) -> str:
        """The items as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def loads(text: str) -> Items:
        """Items from JSON; raises KeyError, TypeError or ValueError where it is not theirs."""
        raw: dict[str, Any] = json.loads(text)
        named = ("paths", "types", "actors", "agents", "places")
        return Items(
            whole=raw["whole"],
            rules={
                k: RuleItem(v["digest"], *(tuple(v[x]) for x in ("phrases", "types", "paths")))
                for k, v in raw["rules"].items()
            },
            sets={k: tuple(v) for k, v in raw["sets"].items()},
            stop={k: tuple(v) for k, v in raw["stop"].items()},
            codes={
                book: {k: Line(v["digest"], tuple(v["roots"])) for k, v in lines.items()}
                for book, lines in raw["codes"].items()
            },
            **{
                part: {k: Named(v["digest"], tuple(v["phrases"])) for k, v in raw[part].items()}
                for part in named
            },
        )


def read_items(books: Codebooks, folder: Path | None = None) -> Items:
    """The items of codebooks and of the dictionaries beside them.

    >>> from coder.codebook.load import load_codebooks
    >>> read_items(load_codebooks()).paths["owner"].digest != ""
    True
    """
    home = folder or codebooks_dir()
    agents = load_agents(home / "actors")
    places = read_place_data(home / "places")
    whole = {f"kind_groups.{k}": _digest(sorted(v)) for k, v in books.kind_groups.items()}
    whole |= {f"kind_yields.{k}": _digest(sorted(v)) for k, v in books.kind_yields.items()}
    for file in ("core/time.yaml", "core/numbers.yaml"):
        whole[file] = file_hash(home / file)
    if (home / "places" / "states.yaml").is_file():
        whole["places/states.yaml"] = file_hash(home / "places" / "states.yaml")
    whole["roles"] = _digest([(k, r.model_dump_json()) for k, r in agents.roles.items()])
    whole["patterns of agents"] = _digest([p.model_dump_json() for p in agents.patterns])
    whole["regions"] = _digest([repr(r) for r in places.regions])
    whole["places/words.yaml"] = _digest([places.words, places.types])
    whole["places/countries.yaml"] = _digest([places.countries, places.part_of])
    if books.standalone is not None:
        whole["standalone codebook"] = books.digest
    features = [(f.name, (f.name, *f.aliases), repr(f)) for f in places.features]
    return Items(
        whole=whole,
        rules={r.id: _rule(r, books) for r in books.rules},
        paths={k: Named(_digest(v), _named_in(v, books.paths)) for k, v in books.paths.items()},
        types={
            k: Named(_digest([t.reciprocal, t.speech, t.silent])) for k, t in books.types.items()
        },
        sets={k: tuple(sorted(v)) for k, v in books.sets.items()},
        codes={k: _lines(o) for k, o in books.ontologies.items()},
        actors=_numbered(
            (e.id, Named(_digest(e.model_dump_json()), tuple(w for w, _ in e.phrases())))
            for e in load_actors(home / "actors").entries
        ),
        agents={
            word: Named(_digest([g.model_dump_json(exclude={"words"}) for g in groups]), (word,))
            for word, groups in agents.by_word.items()
        },
        places=_numbered((name, Named(_digest(said), names)) for name, names, said in features),
        stop={k: tuple(sorted(v)) for k, v in places.stop.items()},
    )


def everywhere(path: str) -> bool:
    """Whether a path is one that the program walks for every rule.

    >>> everywhere("owner"), everywhere("verb.doer"), everywhere("noun.means")
    (True, True, False)
    """
    return _ANYWHERE.match(path) is not None


def _rule(rule: Rule, books: Codebooks) -> RuleItem:
    said = rule.model_dump(mode="json", by_alias=True, exclude={"tests"})
    texts = _texts([said["slots"], said["requires"], said["alone"], said["patterns"]])
    types = [rule.type, rule.mirror or "", *(p.type for p in rule.patterns)]
    types += [p.mirror or "" for p in rule.patterns] + [p.type for p in rule.by_form.values()]
    return RuleItem(
        _digest([said, rule.id in books.user_rules]),
        tuple(phrase for form in FORMS for phrase in getattr(rule.trigger, form)),
        tuple(dict.fromkeys(t for t in types if t)),
        _named_in(texts, books.paths),
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


def _named_in(texts: Iterable[str], paths: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The named paths that texts speak of."""
    words = {word for text in texts for names in _NAMES for word in names.findall(text)}
    return tuple(sorted(words & paths.keys()))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _texts(one)]


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
