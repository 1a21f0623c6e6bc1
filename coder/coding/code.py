"""Ontology codebooks over article events: types, chains and conditions give codes.

An exact type beats a wildcard, a longer chain a shorter one, a larger set of conditions a smaller
one. There is no default code: what no line matches stays uncoded in that codebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coder.codebook.load import Codebooks, Ontology
from coder.codebook.model import Code, CodeWhen
from coder.coding.inter import inter_of
from coder.types import Actor, ArticleEvent, Coding


@dataclass(frozen=True, slots=True)
class _Line:
    """One compiled alternative of a code line."""

    code: Code
    pattern: tuple[str, ...]
    order: int

    @property
    def weight(self) -> tuple[int, int, int, int]:
        exact = sum(not p.endswith("*") for p in self.pattern)
        depth = sum(p.count(".") + 1 for p in self.pattern if p != "*")
        return (len(self.pattern), exact, depth, _conditions(self.code.when))


class OntologyCoder:
    """Codes events in one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.lines: dict[str, list[_Line]] = {}
        order = 0
        for code in ontology.codes:
            patterns = [(t,) for t in code.from_] + list(code.chain)
            for pattern in patterns:
                root = pattern[0].split(".")[0]
                self.lines.setdefault(root, []).append(_Line(code, tuple(pattern), order))
                order += 1
        for lines in self.lines.values():
            lines.sort(key=lambda line: (tuple(-w for w in line.weight), line.order))

    def code(self, event: ArticleEvent, others: Sequence[ArticleEvent]) -> Coding | None:
        """The code of an event, or None. `others` are the other events of its article."""
        chain = max(
            (m.chain for m in event.mentions if m.chain[0] == event.type),
            key=len,
            default=(event.type,),
        )
        root = chain[0].split(".")[0]
        for line in (*self.lines.get(root, ()), *self.lines.get("*", ())):
            if matches(line.pattern, chain) and holds(line.code.when, event, others):
                return self._coding(line.code, event)
        return None

    def _coding(self, code: Code, event: ArticleEvent) -> Coding:
        label = self.ontology.labels.get(code.code)
        extra = dict(label.extra) if label else {}
        if self.ontology.head.id == "acled":
            extra |= inter_of(event)
        return Coding(
            codebook=self.ontology.head.id,
            code=code.code,
            label=label.label if label else "",
            modes=code.modes,
            contexts=code.contexts,
            quad_class=int(label.quad_class) if label and label.quad_class else None,
            score=float(label.score) if label and label.score else None,
            rule=event.mentions[0].rule,
            extra=extra,
        )


def code_events(
    books: Codebooks, events: Sequence[ArticleEvent], coders: Sequence[OntologyCoder] | None = None
) -> tuple[ArticleEvent, ...]:
    """The events of one article with their codings in every chosen codebook.

    >>> code_events(load_codebooks(), events)  # doctest: +SKIP
    """
    coders = coders if coders is not None else make_coders(books)
    out = []
    for event in events:
        others = [e for e in events if e is not event]
        found = [c for coder in coders if (c := coder.code(event, others)) is not None]
        out.append(replace(event, codings=tuple(found)))
    return tuple(out)


def make_coders(books: Codebooks) -> tuple[OntologyCoder, ...]:
    """One coder for each chosen ontology, in the order in which they were chosen."""
    return tuple(OntologyCoder(o) for o in books.ontologies.values())


def covers(pattern: str, type_: str) -> bool:
    """Whether an element of a pattern covers a type: exact, or `x.*` for x and all below.

    >>> covers("assault.*", "assault.drone"), covers("assault", "assault.drone"), covers("*", "x")
    (True, False, True)
    """
    if pattern == "*":
        return True
    if pattern.endswith(".*"):
        base = pattern[:-2]
        return type_ == base or type_.startswith(base + ".")
    return pattern == type_


def matches(pattern: Sequence[str], chain: Sequence[str]) -> bool:
    return len(pattern) <= len(chain) and all(
        covers(p, t) for p, t in zip(pattern, chain, strict=False)
    )


def holds(when: CodeWhen, event: ArticleEvent, others: Iterable[ArticleEvent]) -> bool:
    """Whether the conditions of a code line hold of an event."""
    for wanted, actors in ((when.source, event.sources), (when.target, event.targets)):
        if wanted and not any(_is(a, wanted) for a in actors):
            return False
    for unwanted, actors in ((when.not_source, event.sources), (when.not_target, event.targets)):
        if unwanted and any(_is(a, unwanted) for a in actors):
            return False
    for roles, actors in ((when.source_role, event.sources), (when.target_role, event.targets)):
        if roles and not any(a.role in roles or (a.cameo or "")[-3:] in roles for a in actors):
            return False
    if (
        when.inter
        and inter_of(event).get("inter2") not in when.inter
        and inter_of(event).get("inter1") not in when.inter
    ):
        return False
    if when.killed is not None and when.killed is not _any(event, "killed"):
        return False
    if when.injured is not None and when.injured is not _any(event, "injured"):
        return False
    if when.reciprocal is not None and when.reciprocal is not any(
        m.reciprocal for m in event.mentions
    ):
        return False
    if when.source_filled is not None and when.source_filled is not bool(event.sources):
        return False
    if when.target_filled is not None and when.target_filled is not bool(event.targets):
        return False
    if when.completion and event.mentions[0].completion not in when.completion:
        return False
    if when.rule and not any(m.rule in when.rule for m in event.mentions):
        return False
    if when.trigger and not any(
        w in m.trigger.lower() for w in when.trigger for m in event.mentions
    ):
        return False
    return not when.with_ or any(covers(w, o.type) for w in when.with_ for o in others)


def _is(actor: Actor, kinds: Iterable[str]) -> bool:
    return any(k in actor.kinds for k in kinds)


def _any(event: ArticleEvent, kind: str) -> bool:
    return any(
        c.kind == kind and ((c.low or c.best or 0) > 0 or (c.best is None and c.low is None))
        for c in event.counts
    )


def _conditions(when: CodeWhen) -> int:
    return len(when.model_fields_set)
