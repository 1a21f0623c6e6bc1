"""Who stands on either side of a trigger, by names that a dictionary knows.

A standalone codebook has no paths for its sides: the source is the subject (in a passive what
follows "by"), or the nearest name before the trigger; the target is the first name after it. An
agent noun with no name is taken where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coder.matching.lexical import Flat
from coder.matching.paths import Paths
from coder.matching.sequence import Found, Party, Places
from coder.matching.tree import NP_LEFT, Tree

WHOSE = frozenset({"of", "in", "from", "at"})
_LEFT = NP_LEFT | {"appos"}
_NOUNS = ("NN", "PRP", "CD", "WP", "FW")


class Sides:
    """The parties of one tagged sentence."""

    def __init__(self, tree: Tree, flat: Flat, paths: Paths) -> None:
        self.tree, self.flat, self.paths = tree, flat, paths
        self.named = sorted(h for h, span in tree.spans.items() if span.how == "name")
        self.agents = sorted(h for h, span in tree.spans.items() if span.how == "agent")
        self.tops = {h: top(tree, h) for h in (*self.named, *self.agents)}
        self.places = Places(tuple(self._parties()), tuple(self._phrases()))

    # --- noun phrases -----------------------------------------------------------------------

    def _parties(self) -> Iterator[Party]:
        """Parties in the order of their beginnings, the larger phrase first."""
        found: dict[tuple[int, int], Party] = {}
        for name in (*self.named, *self.agents):
            for head in dict.fromkeys((self.tops[name], noun_of(self.tree, name))):
                party = self._party(head, name)
                found.setdefault((party.start, party.end), party)
        yield from sorted(found.values(), key=lambda p: (p.start, -p.end))

    def _party(self, head: int, name: int) -> Party:
        """The list that a head belongs to, from its first word to its last."""
        heads = tuple(self.known(group(self.tree, head)))
        tree = self.tree
        start = min(tree.noun_phrase(h)[0] for h in (head, noun_of(tree, name)))
        end = max(head, name)
        if len(heads) > 1:
            start = min(start, *(tree.noun_phrase(h)[0] for h in heads))
            end = max(end, *heads)
        return Party(self.flat.first[start], self._after(end), heads or (head,))

    def _after(self, token: int) -> int:
        nxt = token + 1
        return self.flat.first[nxt] if nxt < self.tree.n else len(self.flat.words)

    def _phrases(self) -> Iterator[tuple[int, int]]:
        tree = self.tree
        for i in range(tree.n):
            if tree.tags[i].startswith(_NOUNS) and tree.deps[i] not in NP_LEFT:
                start, end = self.flat.first[tree.noun_phrase(i)[0]], self._after(i)
                yield start, end
                plain = [c for c in tree.children[i] if c < i and tree.deps[c] in ("det", "poss")]
                if plain and self.flat.first[plain[0]] == start:
                    yield self.flat.first[min(plain[0] + 1, i)], end

    def known(self, heads: Iterable[int]) -> list[int]:
        """Those heads whose phrase a dictionary knows."""
        return [h for h in heads if self.names(h) or self.roles(h)]

    def names(self, head: int) -> list[int]:
        """Heads of names in the phrase of a head, in order; those that its list shares count."""
        return names_in(self.tree, head)

    def roles(self, head: int) -> list[int]:
        return agents_in(self.tree, head)

    # --- source and target ------------------------------------------------------------------

    def fill(self, trigger: int, tokens: tuple[int, ...], marks: Found, end: int) -> Found:
        """Source and target of a trigger: those that the pattern marks, else by the parse."""
        tree = self.tree
        source, target = marks.get("$", ()), marks.get("+", ())
        both = marks.get("%", ())
        by = [p for c in tree.kids(trigger, "agent") for p in tree.kids(c, "pobj")]
        doers = self.known(h for p in by for h in group(tree, p))
        turned = bool(doers) and not marks
        if both:
            after = min(both) > trigger
            source = source or (self._source(trigger, tokens, both) if after else ())
            return {"source": source, "target": both} if source else {"source": both}
        if turned:
            subject = self._subject(trigger)
            target = tuple(subject) or self._before(min(tokens), tuple(doers))
            return {"source": tuple(doers), "target": target}
        source = source or self._source(trigger, tokens, target)
        target = target or self._target(max(tokens), end, source)
        return {"source": source, "target": target}

    def _source(
        self, trigger: int, tokens: tuple[int, ...], other: tuple[int, ...]
    ) -> tuple[int, ...]:
        subject = self._subject(trigger)
        if subject and not self._overlap(subject, other):
            return tuple(subject)
        own = self._own_subject(trigger)
        if own:
            return own  # somebody else, whom no dictionary knows
        return self._before(min(tokens), other)

    def _own_subject(self, trigger: int) -> tuple[int, ...]:
        tree = self.tree
        subjects = tree.kids(trigger, "nsubj", "nsubjpass")
        return tuple(s for s in subjects if tree.is_noun(s) and not self.known(group(tree, s)))

    def _subject(self, trigger: int) -> list[int]:
        """The subject of a verb or of the verb that it is joined to, where it is known."""
        tree, at = self.tree, trigger
        found: list[int] = []
        for _ in range(6):
            found = [s for s in tree.kids(at, "nsubj", "nsubjpass") if s < trigger]
            if found or tree.deps[at] not in ("conj", "xcomp", "aux", "auxpass", "acomp", "pcomp"):
                break
            at = tree.heads[at]
        if not found:
            found = [h for h in self.paths.walk("verb.doer", tree, trigger) if h < trigger]
        return self.known(h for s in found for h in group(tree, s))

    def _before(self, first: int, other: tuple[int, ...]) -> tuple[int, ...]:
        """The nearest name before the trigger, with its list."""
        for name in reversed([n for n in self.named if n < first]):
            heads = self._list_of(name)
            if not self._overlap(heads, other) and min(heads) < first:
                return tuple(h for h in heads if h < first)
        return ()

    def _target(self, last: int, end: int, source: tuple[int, ...]) -> tuple[int, ...]:
        """The first name after the trigger that is not the source's, else the first agent."""
        said = {n for h in source for n in self._meanings(h)}
        for known in (self.named, self.agents):
            for name in known:
                if not last < name or self.flat.first[name] >= end:
                    continue
                heads = tuple(h for h in self._list_of(name) if h > last)
                if self._overlap(heads, source) or not heads:
                    continue
                if said and {n for h in heads for n in self._meanings(h)} <= said:
                    continue
                return heads
        return ()

    def _list_of(self, name: int) -> tuple[int, ...]:
        heads = self.known(group(self.tree, self.tops[name]))
        return tuple(heads) or (name,)

    def _meanings(self, head: int) -> set[tuple[int, ...]]:
        spans = (self.tree.spans[n] for n in (*self.names(head), *self.roles(head)))
        return {tuple(id(e.actor) for e in s.entries) for s in spans}

    def _overlap(self, heads: Iterable[int], other: Iterable[int]) -> bool:
        theirs = set(other)
        return any(h in theirs or set(self.names(h)) & theirs for h in heads)


def noun_of(tree: Tree, name: int) -> int:
    """The noun that a name modifies from the left: "soldiers" in "Chad soldiers"."""
    at = name
    while tree.deps[at] in NP_LEFT and tree.heads[at] > at and not tree.is_verb(tree.heads[at]):
        at = tree.heads[at]
    return at


def top(tree: Tree, name: int) -> int:
    """The noun whose actor a name is a part of: "soldiers" in "Chad soldiers" and in "soldiers
    from Chad and Mali", where it is an agent."""
    at = noun_of(tree, name)
    first = at
    while tree.deps[first] == "conj" and not tree.is_verb(tree.heads[first]):
        first = tree.heads[first]
    prep = tree.heads[first]
    if tree.deps[first] == "pobj" and tree.lower[prep] in WHOSE:
        whole = tree.heads[prep]
        if whole < prep and not tree.is_verb(whole) and _is_agent(tree, whole):
            return whole
    return at


def _is_agent(tree: Tree, head: int) -> bool:
    span = tree.spans.get(head)
    return span is not None and span.how == "agent"


def group(tree: Tree, head: int) -> list[int]:
    """The members of the list that a head belongs to, in order."""
    first = head
    while tree.deps[first] == "conj" and not tree.is_verb(tree.heads[first]):
        first = tree.heads[first]
    out, stack = [], [first]
    while stack:
        i = stack.pop()
        out.append(i)
        stack += [c for c in tree.kids(i, "conj") if not tree.is_verb(c)]
    return sorted(out)


def region(tree: Tree, head: int) -> list[int]:
    """Tokens of the phrase of a head: what stands on its left, and whose it is."""
    out, stack = set(), [head]
    while stack:
        i = stack.pop()
        if i in out:
            continue
        out.add(i)
        for c in tree.children[i]:
            inside = tree.deps[c] in _LEFT or (tree.deps[c] == "conj" and i != head)
            whose = tree.deps[c] == "prep" and not tree.is_verb(i)
            under = tree.deps[i] == "prep" and tree.deps[c] == "pobj"
            if (
                inside
                or under
                or (whose and (tree.lower[c] in WHOSE or tree.lower[c] == "between"))
            ):
                stack.append(c)
    return sorted(out)


def names_in(tree: Tree, head: int) -> list[int]:
    """Heads of the names of a phrase that mean one actor or a list: the first, and those listed
    with it. A list shares the name before its first member: "Danish media and government"."""
    for at in dict.fromkeys((head, group(tree, head)[0])):
        found = [t for t in region(tree, at) if t in tree.spans and tree.spans[t].how == "name"]
        if at != head:
            found = [t for t in found if t < at]
        if found:
            noun = noun_of(tree, found[0])
            members = [] if noun == at else group(tree, noun)
            listed = [] if found[0] == at else group(tree, found[0])
            return [t for t in found if t == found[0] or t in listed or noun_of(tree, t) in members]
    return []


def agents_in(tree: Tree, head: int) -> list[int]:
    """Heads of the agents of a phrase, in order. Where a list shares the name before its first
    member, it shares the agents before it too."""
    own = region(tree, head)
    found = [t for t in own if _is_agent(tree, t)]
    names = names_in(tree, head)
    if names and names[0] not in own:
        first = group(tree, head)[0]
        found = [t for t in region(tree, first) if t < first and _is_agent(tree, t)] + found
    return found
