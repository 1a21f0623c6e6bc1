"""Who a filler is by the dictionaries of a standalone codebook: codes put one behind the other.

The code of the name comes first, those of the agents of its phrase behind it (or before, where the
dictionary says so), each three letters that are there already left out. Agents without a name give
their own codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from coder.matching.sides import agents_in, names_in
from coder.matching.tree import Tree
from coder.resolving.actors import ActorResolver
from coder.resolving.found import Found, strip_determiner
from coder.types import Actor

_STEP = 3


class LexiconResolver(ActorResolver):
    """In place of `ActorResolver`, with the same answers."""

    def resolve(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str]
    ) -> Actor:
        lo, hi = tree.noun_phrase(head)
        text = tree.text(lo, hi)
        codes = codes_of(tree, head, day)
        group = codes[0] if len(codes) == 1 else None  # several are told apart by `several`
        return Actor(
            text=text,
            name=strip_determiner(text),
            cameo=codes[0] if codes else None,
            group=group,
            kinds=frozenset(tree.kinds[head] | {"politic"} if codes else tree.kinds[head]),
            resolved_by="named" if codes else "words",
        )

    def several(self, tree: Tree, head: int, day: date | None) -> list[Found]:
        """The codes of a phrase that means several: "lawmakers of Chad and Mali"."""
        codes = codes_of(tree, head, day)
        return [Found(cameo=c, group=c) for c in codes] if len(codes) > 1 else []

    def found(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str], depth: int = 0
    ) -> Found:
        codes = codes_of(tree, head, day)
        return Found(cameo=codes[0], group=codes[0], by="named") if codes else Found()


def codes_of(tree: Tree, head: int, day: date | None) -> list[str]:
    """The codes of all actors that the phrase of a head means, [] where it means none."""
    agents = [tree.spans[t].entries[0].actor for t in agents_in(tree, head)]
    names: list[str] = []
    for t in names_in(tree, head):
        codes = (e.actor.code_at(day) for e in tree.spans[t].entries)
        code = next((c for c in codes if c), None)
        names += code.split("/") if code else []
    before = [a.code for a in agents if a.before]
    behind = [a.code for a in agents if not a.before]
    if not names:
        made = compose("", [*before, *behind], [])
        return [made] if made else []
    return list(dict.fromkeys(compose(name, behind, before) for name in names))


def compose(name: str, behind: list[str], before: list[str]) -> str:
    """A name's code with those of its agents.

    >>> compose("ARN", ["GOV"], ["NGO"]), compose("USAGOV", ["GOV"], [])
    ('NGOARNGOV', 'USAGOV')
    """
    code = name
    for agent in behind:
        code = code if _has(code, agent) else code + agent
    for agent in before:
        code = code if _has(code, agent) else agent + code
    return code


def _has(code: str, agent: str) -> bool:
    """Whether an agent's letters stand in a code at the border of three letters."""
    steps = range(0, max(0, len(code) - len(agent)) + 1, _STEP)
    return any(code[i : i + len(agent)] == agent for i in steps)
