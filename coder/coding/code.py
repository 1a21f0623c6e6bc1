"""Ontology codebooks over article events: types, chains and conditions give codes.

An exact type beats a wildcard, a longer chain a shorter one, a larger set of conditions a smaller
one. There is no default code: what no line matches stays uncoded in that codebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from coder.codebook.load import Codebooks, Ontology
from coder.codebook.ontology_model import Code, CodeWhen
from coder.coding.inter import civilians_targeted, inter_of
from coder.linking.agree import days_agree, places_agree
from coder.types import Actor, ArticleEvent, Coding

ACLED = "acled"
CIVILIAN_TARGETING = "Civilian targeting"
"""What ACLED writes into its column `civilian_targeting`, which is empty otherwise."""
_REMEMBERED = 10_000
"""Chains of types of which a coder remembers the lines, at most."""


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
        self._matching: dict[tuple[str, ...], tuple[_Line, ...]] = {}

    def code(self, event: ArticleEvent, others: Sequence[ArticleEvent]) -> Coding | None:
        """The code of an event, or None. `others` are the other events of its article."""
        chain = max(
            (m.chain for m in event.mentions if m.chain[0] == event.type),
            key=len,
            default=(event.type,),
        )
        for line in self._lines_of(chain):
            if holds(line.code.when, event, others):
                return self._coding(line.code, event)
        return None

    def _lines_of(self, chain: tuple[str, ...]) -> tuple[_Line, ...]:
        """The lines that match a chain, in order. Remembered, since the same chains recur."""
        known = self._matching.get(chain)
        if known is None:
            if len(self._matching) == _REMEMBERED:
                self._matching.clear()
            root = chain[0].split(".")[0]
            lines = (*self.lines.get(root, ()), *self.lines.get("*", ()))
            known = tuple(line for line in lines if matches(line.pattern, chain))
            self._matching[chain] = known
        return known

    def _coding(self, code: Code, event: ArticleEvent) -> Coding:
        label = self.ontology.labels.get(code.code)
        extra = (dict(label.extra) if label else {}) | code.extra
        if self.ontology.head.id == ACLED:
            extra |= inter_of(event, code.code)
            if label and label.civilians and civilians_targeted(event, code.code, label.civilians):
                extra["civilian_targeting"] = CIVILIAN_TARGETING
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
    """Whether the conditions of a code line hold of an event. `others` are the other events of its
    article. A condition that is not written holds."""
    for check in _CHECKS:
        if not check(when, event):
            return False
    return not when.with_ or any(
        covers(w, o.type) and _in_company(event, o) for w in when.with_ for o in others
    )


def _in_company(event: ArticleEvent, other: ArticleEvent) -> bool:
    """Whether two events of an article may be of one day and place, as far as it says."""
    days = (event.when, other.when)
    unsaid = any(w is None or w.basis == "publication" for w in days)
    return (unsaid or days_agree(*days)) and places_agree(event.where, other.where)


Check = Callable[[CodeWhen, ArticleEvent], bool]
_CHECKS: tuple[Check, ...] = (
    lambda w, e: not w.source or _has_kind(e.sources, w.source),
    lambda w, e: not w.target or _has_kind(e.targets, w.target),
    lambda w, e: not w.not_source or not _has_kind(e.sources, w.not_source),
    lambda w, e: not w.not_target or not _has_kind(e.targets, w.not_target),
    lambda w, e: not w.source_role or _has_role(e.sources, w.source_role),
    lambda w, e: not w.target_role or _has_role(e.targets, w.target_role),
    lambda w, e: not w.inter or _has_inter(e, w.inter),
    lambda w, e: w.killed is None or w.killed is _any(e, "killed"),
    lambda w, e: w.injured is None or w.injured is _any(e, "injured"),
    lambda w, e: w.reciprocal is None or w.reciprocal is any(m.reciprocal for m in e.mentions),
    lambda w, e: w.source_filled is None or w.source_filled is bool(e.sources),
    lambda w, e: w.target_filled is None or w.target_filled is bool(e.targets),
    lambda w, e: not w.completion or e.mentions[0].completion in w.completion,
    lambda w, e: w.arrested is None or w.arrested <= _number(e, "arrested"),
    lambda w, e: not w.rule or any(m.rule in w.rule for m in e.mentions),
    lambda w, e: not w.trigger or _has_words(e, w.trigger),
    lambda w, e: not w.tags or any(not m.tags.isdisjoint(w.tags) for m in e.mentions),
)
"""One check a key of `CodeWhen`, but for `with`, which looks at other events."""


def _has_kind(actors: Iterable[Actor], kinds: Iterable[str]) -> bool:
    return any(not a.kinds.isdisjoint(kinds) for a in actors)


def _has_role(actors: Iterable[Actor], roles: Sequence[str]) -> bool:
    return any(a.role in roles or (a.cameo or "")[-3:] in roles for a in actors)


def _has_inter(event: ArticleEvent, kinds: Sequence[str]) -> bool:
    found = inter_of(event)
    return found.get("inter1") in kinds or found.get("inter2") in kinds


def _has_words(event: ArticleEvent, words: Sequence[str]) -> bool:
    return any(w in m.trigger.lower() for w in words for m in event.mentions)


def _any(event: ArticleEvent, kind: str) -> bool:
    return any(
        c.kind == kind and ((c.low or c.best or 0) > 0 or (c.best is None and c.low is None))
        for c in event.counts
    )


def _number(event: ArticleEvent, kind: str) -> int:
    return max((c.low or c.best or 0 for c in event.counts if c.kind == kind), default=0)


def _conditions(when: CodeWhen) -> int:
    return len(when.model_fields_set)
