"""Names and nouns in the sides of a dataset that no dictionary knows, ready to be added to one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import yaml

from coder.codebook.actors import ActorBook
from coder.codebook.agents import AgentBook
from coder.store.query import query

Sort = Literal["name", "noun"]
FORMATS = ("yaml", "csv", "table")
TODO = "???"
"""What stands for a role in the YAML until a person has filled it: the loader refuses it."""

_SQL = """
SELECT a.side, a.text, a.kinds, e.country, a.event_id, s.text AS sentence
FROM event_actors a
JOIN events e USING (event_id)
JOIN event_mentions em USING (event_id)
JOIN mentions m USING (mention_id)
JOIN sentences s ON s.article_id = m.article_id AND s.sentence = m.sentence
WHERE a.side IN ('source', 'target') AND a.cameo IS NULL
  AND (s.text IS NULL OR contains(s.text, a.text))
ORDER BY a.event_id, a.side, a.position, m.article_id, m.sentence
"""
_LEADING = frozenset(
    """
    a an the this that these those its their his her our some any no many several few more most
    other another both all each every about around nearly almost over under least at up to dozens
    scores hundreds thousands tens of one two three four five six seven eight nine ten eleven twelve
    former late
    """.split()
)
_POINTERS = frozenset(
    """
    he she it they we i you him her them us who which what that this these those his its their one
    himself herself itself themselves someone somebody anyone nobody everyone others other another
    """.split()
)
_THINGS = frozenset(
    """
    weapon munition violence_noun abstract time document event_peaceful accident weather disease
    natural_force crime_ordinary money sport
    """.split()
)
"""Kinds of what is no actor: datasets of older versions have such sides."""
_PERSON = "person"
_HEAD = """\
# Unknown names and nouns of {title}, most frequent first. Delete what is no actor, put a role for
# each ???, check `kind` and `country`, and move the entries to the files of codebooks/actors;
# docs/actors.md says what the keys mean.
"""


@dataclass(slots=True)
class Unknown:
    """A name or a noun that no dictionary knows, with what is known of its uses.

    `n` counts event sides, `sources` those of them that are sources; `countries` are the
    countries of the events (ISO 3166 alpha-3) with their counts, `example` is a sentence.
    """

    words: str
    sort: Sort
    n: int = 0
    sources: int = 0
    countries: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    example: str = ""
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def country(self) -> str | None:
        """The country of most of its events, where one has at least two thirds of them."""
        if not self.countries:
            return None
        code, n = self.countries.most_common(1)[0]
        return code if 3 * n >= 2 * self.countries.total() else None


def unresolved(
    dataset: Path, actors: ActorBook, agents: AgentBook, *, least: int = 1
) -> list[Unknown]:
    """The unknown names and nouns of a dataset that stand at least `least` times, most first.

    Words that `actors` or `agents` know by now are left out, pronouns and numbers too. Raises
    E423, E430 where there is no dataset.

    >>> unresolved(Path("outputs/news"), load_actors(...), load_agents(...))  # doctest: +SKIP
    """
    rows = query(dataset, _SQL).to_pylist()
    found = _counted(rows)
    kept = [u for u in found if u.n >= least and not _known(u, actors, agents)]
    return sorted(kept, key=lambda u: (-u.n, u.words))


def _counted(rows: Iterable[dict[str, Any]]) -> list[Unknown]:
    out: dict[tuple[str, str], Unknown] = {}
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        key = (row["event_id"], row["side"], row["text"])
        sentence = row["sentence"] or ""
        words, sort = bare(row["text"], sentence)
        if key in seen or not words or _THINGS & set((row["kinds"] or "").split(";")):
            continue
        seen.add(key)
        one = out.setdefault((words.lower(), sort), Unknown(words, sort))
        one.n += 1
        one.sources += row["side"] == "source"
        one.spellings[words] += 1
        one.kinds.update((row["kinds"] or "").split(";"))
        if row["country"]:
            one.countries[row["country"]] += 1
        if not one.example or 0 < len(sentence) < len(one.example):
            one.example = sentence
    return list(out.values())


def bare(text: str, sentence: str = "") -> tuple[str, Sort]:
    """The words of a phrase without articles and numbers, and whether they are a name; "" where
    nothing is left that a dictionary could hold.

    >>> bare("The Blue Lotus Front", "The Blue Lotus Front attacked."), bare("three potters")
    (('Blue Lotus Front', 'name'), ('potters', 'noun'))
    >>> bare("Weavers", "Weavers marched."), bare("at least 30"), bare("him")
    (('weavers', 'noun'), ('', 'noun'), ('', 'noun'))
    """
    words = [w.strip("\"'“”‘’,.;:()[]") for w in text.split()]
    while words and (words[0].lower() in _LEADING or not any(c.isalpha() for c in words[0])):
        del words[0]
    words = [re.sub(r"['’]s$", "", w) for w in words if w]
    if not words or (len(words) == 1 and words[0].lower() in _POINTERS):
        return "", "noun"
    first = sentence.lstrip("\"'“”‘’ ").startswith(" ".join(text.split()[:1]))
    capitals = [w for w in words if w[0].isupper()]
    alone = len(capitals) == 1 and capitals[0] is words[0] and first and len(words) == 1
    if capitals and capitals[-1] is words[-1] and not alone:
        return " ".join(words), "name"
    return " ".join(words).lower(), "noun"


def _known(one: Unknown, actors: ActorBook, agents: AgentBook) -> bool:
    if one.sort == "name":
        return bool(actors.find(one.words))
    return any(agents.find(form) for form in (one.words, *_singulars(one.words)))


def _singulars(noun: str) -> Iterable[str]:
    if noun.endswith("men"):
        yield noun[:-3] + "man"
    if noun.endswith("ies"):
        yield noun[:-3] + "y"
    if noun.endswith("es"):
        yield noun[:-2]
    if noun.endswith("s"):
        yield noun[:-1]


def as_yaml(unknown: Sequence[Unknown], title: str) -> str:
    """Entries for `codebooks/actors/`: names as `actors`, nouns as `agents`, each with its count,
    countries and a sentence as a comment. Roles are `???` until a person fills them.

    >>> print(as_yaml([Unknown("potters", "noun", 3, 1, example="Potters marched.")], "x"))
    ... # doctest: +ELLIPSIS
    # Unknown names and nouns of x...
    agents:
      # 3 times, 1 as source: Potters marched.
      - role: "???"
        form: person
        kinds: []
        words: [potters]
    <BLANKLINE>
    """
    out = StringIO()
    out.write(_HEAD.format(title=title))
    names = [u for u in unknown if u.sort == "name"]
    nouns = [u for u in unknown if u.sort == "noun"]
    ids: Counter[str] = Counter()
    if names:
        out.write("actors:\n")
    for one in names:
        made = slug(one.words)
        ids[made] += 1
        entry: dict[str, object] = {
            "id": made if ids[made] == 1 else f"{made}_{ids[made]}",
            "name": one.spellings.most_common(1)[0][0] if one.spellings else one.words,
            "kind": _PERSON if one.kinds[_PERSON] else "organisation",
        }
        if one.country:
            entry["country"] = one.country
        entry["role"] = TODO
        entry["words"] = sorted(one.spellings) or [one.words]
        _entry(out, one, entry)
    if nouns:
        out.write("agents:\n")
    for one in nouns:
        _entry(out, one, {"role": TODO, "form": "person", "kinds": [], "words": [one.words]})
    return out.getvalue()


def _entry(out: StringIO, one: Unknown, entry: dict[str, object]) -> None:
    where = ", ".join(f"{c} {n}" for c, n in one.countries.most_common(4))
    times = f"{one.n} time" + ("s" if one.n != 1 else "")
    head = f"{times}, {one.sources} as source" + (f"; {where}" if where else "")
    example = " ".join(one.example.split())
    out.write(f"  # {head}: {example}\n")
    for n, (key, value) in enumerate(entry.items()):
        shown = (
            yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6)
            .removesuffix("\n...\n")
            .strip()
        )
        if value == TODO:
            shown = f'"{TODO}"'
        out.write(f"  {'-' if n == 0 else ' '} {key}: {shown}\n")


def slug(words: str) -> str:
    """An id from a name: lower case letters of ASCII, digits and `_`.

    >>> slug("Coördinadora d’Obrers 3")
    'coordinadora_d_obrers_3'
    """
    plain = unicodedata.normalize("NFKD", words.replace("’", " ")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "_", plain.decode().lower()).strip("_") or "unnamed"


COLUMNS = ("words", "sort", "n", "sources", "country", "countries", "kinds", "example")


def as_rows(unknown: Sequence[Unknown]) -> list[dict[str, object]]:
    """A row for each, with the columns of `COLUMNS`."""
    return [
        {
            "words": u.spellings.most_common(1)[0][0] if u.spellings else u.words,
            "sort": u.sort,
            "n": u.n,
            "sources": u.sources,
            "country": u.country,
            "countries": " ".join(f"{c}:{n}" for c, n in u.countries.most_common(4)) or None,
            "kinds": " ".join(k for k, _ in u.kinds.most_common() if k) or None,
            "example": " ".join(u.example.split()),
        }
        for u in unknown
    ]
