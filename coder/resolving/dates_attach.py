"""Which time expression of a sentence dates which deed.

The parse decides first, then the clause; parsers often hang a date at the end of a clause on
the wrong word, so within one clause any place counts. A date of a reporting verb ("said on
Friday") dates the report only, a date inside a noun phrase ("the May 2015 accord") that noun
only. Nothing is guessed: no date that reaches the deed gives None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coder.codebook.wordlists import load_time_words
from coder.matching.tree import Tree
from coder.resolving.dates_tree import clause_verb, owner
from coder.types import When

Reporting = Callable[[int], bool]

# How far a date is from the deed, in the order in which it is believed.
OWN, CLAUSE, GOVERNOR, SHARED, FRONTED, ABOVE, BELOW = range(7)
_SUBJECTS = ("nsubj", "nsubjpass", "agent")
_ADJECTIVES = ("relcl", "acl")


@dataclass(frozen=True, slots=True)
class _Hung:
    """A time expression, the token that it modifies, and whether it is inside a noun phrase."""

    when: When
    owner: int
    inner: bool


def date_for(tree: Tree, trigger: int, dates: Sequence[When], reporting: Reporting) -> When | None:
    """The expression that dates the deed at token `trigger` (a verb or a noun), or None.

    `reporting(i)` tells whether token i reports (said, told, announced). In "Police said on
    Friday that gunmen shot two farmers on Tuesday" the deed "shot" gets Tuesday, "said" gets
    Friday; without "on Tuesday", "shot" gets None.
    """
    best: tuple[int, int, int] | None = None
    chosen: When | None = None
    for index, when in enumerate(dates):
        if when.start_token < 0:
            continue
        rank = _Judge(tree, trigger, reporting).rank(_hang(tree, when, reporting))
        if rank is None:
            continue
        key = (rank, abs(when.start_token - trigger), index)
        if best is None or key < best:
            best, chosen = key, when
    return chosen


def _hang(tree: Tree, when: When, reporting: Reporting) -> _Hung:
    at, inner = owner(tree, when.start_token, when.end_token)
    if inner:
        return _Hung(when, at, inner)
    spoken = _report_before(tree, when.start_token, reporting)
    if spoken is not None:
        return _Hung(when, spoken, False)
    if reporting(at) and tree.is_verb(at) and at < when.start_token:
        # "said gunmen shot two in Minna on Friday": the end of the clause, not of the report.
        for clause in tree.kids(at, "ccomp"):
            if at < clause < when.start_token:
                return _Hung(when, clause, False)
    return _Hung(when, at, inner)


def _report_before(tree: Tree, lo: int, reporting: Reporting) -> int | None:
    """The reporting verb that the expression follows at once: "said on Friday", "told
    reporters late on Friday"."""
    i = lo - 1
    while i >= 0 and tree.tags[i] in ("IN", "RB", "DT") and tree.lower[i] != "that":
        i -= 1
    if i >= 0 and not tree.is_verb(i) and tree.deps[i] in ("dobj", "dative"):
        left = tree.span(i)[0]
        i = left - 1 if tree.span(i)[1] <= lo else i
    if i >= 0 and tree.is_verb(i) and reporting(i):
        return i
    return None


class _Judge:
    """Ranks dates for one trigger."""

    def __init__(self, tree: Tree, trigger: int, reporting: Reporting) -> None:
        self.tree = tree
        self.trigger = trigger
        self.reporting = reporting

    def rank(self, hung: _Hung) -> int | None:
        tree, trigger, at = self.tree, self.trigger, hung.owner
        if at == trigger or hung.when.start_token <= trigger < hung.when.end_token:
            return OWN
        if hung.inner:
            return self.rank_inner(hung)
        if self.is_fronted(hung.when):
            return FRONTED if self.in_main_line(trigger) else None
        if self.reporting(at):
            return None
        if tree.is_verb(trigger):
            return self.rank_for_verb(trigger, hung)
        if self.inside(trigger, at, adjectives=True):
            return CLAUSE
        verb = clause_verb(tree, trigger)
        if verb is None or self.reporting(verb) or self.crosses_clause(trigger, verb):
            return None
        if at == verb:
            return GOVERNOR
        rank = self.rank_for_verb(verb, hung)
        return None if rank is None else max(rank, GOVERNOR)

    def rank_inner(self, hung: _Hung) -> int | None:
        """A date inside another noun phrase: "Sunday's raid killed two" dates the killing."""
        tree, at = self.tree, hung.owner
        if hung.when.precision not in ("day", "week"):
            return None
        subject = tree.deps[at] in _SUBJECTS or tree.deps[tree.heads[at]] == "agent"
        verb = clause_verb(tree, at)
        if subject and verb == self.trigger and tree.is_verb(self.trigger):
            return GOVERNOR
        return None

    def rank_for_verb(self, verb: int, hung: _Hung) -> int | None:
        at = hung.owner
        if at == verb:
            return OWN
        if self.inside(verb, at, adjectives=False):
            return CLAUSE
        if self.is_pluperfect(verb):
            return None
        for rank, related in self.relatives(verb):
            if at == related or self.inside(related, at, adjectives=False):
                return rank
        return None

    def is_fronted(self, when: When) -> bool:
        """Whether it opens the sentence ("On 4 May, ...", "Clash: on 4 May, ...")."""
        tree = self.tree
        return not any(
            tree.tags[i].startswith(("VB", "PRP")) or tree.deps[i] in _SUBJECTS
            for i in range(when.start_token)
        )

    def in_main_line(self, trigger: int) -> bool:
        """Whether the deed is told in the sentence's own line: no report, no relative clause of
        another time and no pluperfect between it and the root."""
        tree = self.tree
        path = [trigger, *tree.ancestors(trigger)]
        for i in path:
            if tree.is_verb(i) and self.is_pluperfect(i):
                return False
            if i != trigger and self.reporting(i):
                return False
            if tree.is_verb(i) and tree.deps[i] in _ADJECTIVES and tree.tags[i] != "VBG":
                return False
        return True

    def inside(self, top: int, at: int, adjectives: bool) -> bool:
        """Whether `at` lies under `top` with no clause between them; `adjectives` allows a
        relative or participle clause of `top` ("a raid that killed two on Friday")."""
        tree = self.tree
        if at == top:
            return True
        i = at
        while tree.heads[i] != i:
            if tree.is_verb(i) and tree.deps[i] not in ("amod", "compound", "prep", "auxpass"):
                if not (adjectives and tree.heads[i] == top and tree.deps[i] in _ADJECTIVES):
                    return False
            elif self.reporting(i):
                return False
            i = tree.heads[i]
            if i == top:
                return True
        return False

    def crosses_clause(self, noun: int, verb: int) -> bool:
        """Whether the noun is only reached through a relative clause of another noun."""
        tree = self.tree
        return tree.deps[verb] in _ADJECTIVES and tree.heads[verb] == noun

    def relatives(self, verb: int) -> list[tuple[int, int]]:
        """Other verbs whose date holds for this one, each with its rank."""
        tree = self.tree
        out: list[tuple[int, int]] = []
        up = verb
        while tree.deps[up] == "conj" and tree.is_verb(tree.heads[up]):
            own_subject = tree.kid(up, "nsubj", "nsubjpass") is not None
            up = tree.heads[up]
            out.append((ABOVE if own_subject else SHARED, up))
        out += [(SHARED, c) for c in self.conjuncts(verb)]
        out += self.above(up)
        out += [(BELOW, c) for c in tree.kids(verb, "advcl") if self.same_time(c)]
        out += [(BELOW, c) for c in tree.kids(verb, "xcomp") if tree.kid(verb, "dobj") is None]
        out += [(BELOW, c) for p in tree.kids(verb, "prep") for c in tree.kids(p, "pcomp")]
        return [(rank, i) for rank, i in out if not self.reporting(i)]

    def conjuncts(self, verb: int) -> list[int]:
        """The verbs that follow in coordination and share the subject."""
        out: list[int] = []
        stack = [verb]
        while stack:
            for c in self.tree.kids(stack.pop(), "conj"):
                if self.tree.is_verb(c) and self.tree.kid(c, "nsubj", "nsubjpass") is None:
                    out.append(c)
                    stack.append(c)
        return out

    def above(self, verb: int) -> list[tuple[int, int]]:
        """The governing verbs, as far as nothing that is told of another time lies between."""
        tree = self.tree
        out: list[tuple[int, int]] = []
        at = verb
        while tree.heads[at] != at:
            if tree.deps[at] in _ADJECTIVES and tree.tags[at] != "VBG":
                break
            if self.is_pluperfect(at):
                break
            at = tree.heads[at]
            if tree.is_verb(at):
                if self.reporting(at):
                    break
                out.append((ABOVE, at))
        return out

    def same_time(self, clause: int) -> bool:
        """Whether a clause happens together with the one it hangs on: "when shells fell on
        Friday", "killing two on Friday"."""
        tree = self.tree
        if tree.tags[clause] == "VBG":
            return True
        marks = tree.kids(clause, "mark", "advmod")
        return any(tree.lower[m] in load_time_words().same_time for m in marks)

    def is_pluperfect(self, verb: int) -> bool:
        """ "had fled": told of an earlier time than its surroundings."""
        pluperfect = load_time_words().pluperfect
        return self.tree.tags[verb] == "VBN" and any(
            self.tree.lower[c] in pluperfect for c in self.tree.kids(verb, "aux")
        )
