"""Tagging: what the dictionaries know about the words of a sentence.

Fills `Tree.kinds` (what kind of thing a token is: armed, aircraft, country, weapon ...) and
`Tree.spans` (names, adjectives and agents, by the token that heads them). Names go before
common nouns, longer phrases before shorter ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from coder.codebook.actors import ActorBook, ActorEntry
from coder.codebook.agents import AgentBook
from coder.matching.phrases import Entry as Entry
from coder.matching.phrases import How, Phrases
from coder.matching.tree import TagSpan, Tree

Kinds = list[set[str] | None]
"""Kinds of each token while they are gathered, None where there are none."""
_FORMS: Mapping[str, How] = {
    "words": "name",
    "office_words": "name",
    "adjectives": "adjective",
    "demonyms": "demonym",
    "seats": "seat",
}
_KIND_OF_ENTRY = {
    "country": ("country", "state"),
    "organisation": ("organisation",),
    "institution": ("institution",),
    "person": ("person",),
    "armed_group": ("armed", "group", "nonstate_armed"),
    "party": ("party",),
    "firm": ("business",),
    "movement": ("group",),
    "region": ("region",),
    "ethnic": ("people",),
    "religious": ("people",),
}
_PASSED_ON = frozenset(
    {
        "armed",
        "nonstate_armed",
        "state_force",
        "police",
        "state",
        "government",
        "party",
        "opposition",
        "protester",
        "civilian",
        "organisation",
        "legislature",
        "judiciary",
    }
)
_ONE = frozenset({"a", "an", "the", "another", "one", "this", "that"})
_ARMED_ROLES = frozenset({"MIL", "REB", "UAF", "COP", "INS", "SEP", "CRM", "SPY"})
_STATE_ROLES = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})


class Tagger:
    """All dictionaries in one index of phrases (`coder.matching.phrases`).

    `groups` and `yields` relate kinds to one another (codebooks/core/kind_relations.yaml);
    of `sets`, `arming_word` are adjectives that make actors of weak words ("security forces").
    """

    def __init__(
        self,
        actors: ActorBook,
        agents: AgentBook,
        kinds: Mapping[str, frozenset[str]],
        groups: Mapping[str, frozenset[str]],
        yields: Mapping[str, frozenset[str]],
        sets: Mapping[str, frozenset[str]],
    ) -> None:
        self.yields, self.arming = yields, sets["arming_word"]
        self.groups = {
            k: frozenset(g for g, members in groups.items() if k in members)
            for members in groups.values()
            for k in members
        }
        self._met: dict[frozenset[str], frozenset[str]] = {}
        self.phrases = Phrases()
        for entry in actors.entries:
            base = _kinds_of(entry, agents)
            for word, form in entry.phrases():
                how = _FORMS[form]
                extra = {"actor", "civilian"} if how == "demonym" else {"actor"}
                self.phrases.add(word, Entry(how, base | extra, entry, form))
        for group in agents.groups:
            found = frozenset({*group.kinds, "actor", group.form})
            for word in group.words:
                self.phrases.add(word, Entry("agent", found, group, weak=group.weak), lemma=True)
        for kind, words in kinds.items():
            for word in words:
                self.phrases.add(word, Entry("kind", frozenset({kind})), lemma=True)

    def tag(self, tree: Tree) -> Tree:
        """Fill `tree.kinds` and `tree.spans`, and return the tree."""
        found = list(self.phrases.found(tree))
        if not found:
            return tree
        kinds: Kinds = [None] * tree.n
        for (start, end), entries in _mark(tree, found, kinds).items():
            head = head_of(tree, start, end)
            how = _how(tree, head, entries)
            tree.spans[head] = TagSpan(start, end, tuple(entries), how)
            if _is_one_citizen(tree, head, entries):
                kinds[head] = {"actor", "civilian", "person", "citizen"}
            elif how == "adjective":
                kinds[head] = (kinds[head] or set()) - {"civilian"} | {"national"}
        for head, span in tree.spans.items():
            if span.entries[0].weak:
                support = self._support(tree, head, kinds)
                if support is not None:
                    kinds[head] = (
                        (kinds[head] or set()) - {"weak"} | span.entries[0].kinds | support
                    )
        for i in range(tree.n):
            if tree.tags[i] == "NNP" and not kinds[i]:
                kinds[i] = _titled(tree, i, kinds)
        for i, mark in enumerate(kinds):
            if mark:
                tree.kinds[i] = self._related(frozenset(mark))
        return tree

    def _related(self, mark: frozenset[str]) -> frozenset[str]:
        """Kinds without those that yield to another one here, and with the groups they are in.
        Remembered, since the same kinds meet again and again."""
        known = self._met.get(mark)
        if known is None:
            known = self._met[mark] = self._relate(mark)
        return known

    def _relate(self, mark: frozenset[str]) -> frozenset[str]:
        left = mark - {k for k in mark if not mark.isdisjoint(self.yields.get(k, ()))}
        return frozenset(left.union(*(self.groups.get(kind, ()) for kind in left)))

    def _support(self, tree: Tree, head: int, kinds: Kinds) -> set[str] | None:
        """What makes a weak agent word ("forces", "members", "side") an actor: a modifier that is
        one, whose kinds it takes over ("members of the militia" are armed). None where nothing
        does."""
        found: set[str] | None = None
        for c in tree.children[head]:
            dep = tree.deps[c]
            if dep in ("nummod", "poss") or (dep == "amod" and tree.lower[c] in self.arming):
                found = found or set()
            of = tree.kids(c, "pobj") if dep == "prep" and tree.lower[c] == "of" else ()
            for t in (c, *of) if dep in ("amod", "compound", "nmod", "poss", "prep") else ():
                if "actor" in (kinds[t] or ()):
                    found = (found or set()) | ((kinds[t] or set()) & _PASSED_ON)
                elif dep == "compound" and kinds[t]:
                    return None  # "nine cancer cells", "two airport units"
        return found


def _mark(
    tree: Tree, found: list[tuple[int, int, Entry]], kinds: Kinds
) -> dict[tuple[int, int], list[Entry]]:
    """Gives each token the kinds of the phrases that it heads; the names and agents that keep
    their words, by span. Names come first, then the longer phrases: "Revolutionary Guard" is no
    guard, "Jordan" no river."""
    found = sorted(found, key=lambda f: (_is_common(f[2]), -(f[1] - f[0]), f[0]))
    named = {(start, end) for start, end, entry in found if not _is_common(entry)}
    taken: dict[int, tuple[int, int]] = {}
    groups: dict[tuple[int, int], list[Entry]] = {}
    for start, end, entry in found:
        span = (start, end)
        holders = {taken[j] for j in range(start, end) if j in taken}
        if entry.how == "kind":
            if tree.tags[start] == "CD" or any(h != span or h in named for h in holders):
                continue
        elif holders - {span}:
            continue
        else:
            taken.update(dict.fromkeys(range(start, end), span))
            groups.setdefault(span, []).append(entry)
        head = head_of(tree, start, end)
        mark = kinds[head]
        if mark is None:
            mark = kinds[head] = set()
        mark |= {"weak"} if entry.weak else entry.kinds
    return groups


def _is_common(entry: Entry) -> bool:
    """Whether a phrase is a common noun, not a name."""
    return entry.how in ("agent", "kind")


def _kinds_of(entry: ActorEntry, agents: AgentBook) -> frozenset[str]:
    """What kind of thing a dictionary entry is, from its kind, its roles and its side."""
    kinds = set(_KIND_OF_ENTRY.get(entry.kind, ()))
    roles = {entry.role, *(s.role for s in entry.spells)}
    if roles & _ARMED_ROLES:
        kinds.add("armed")
    if roles & _STATE_ROLES:
        kinds.add("state")
    if entry.inter == "State forces" and entry.kind != "country":
        kinds |= {"armed", "state_force"}
    for role in roles:
        if role in agents.roles:
            kinds |= set(agents.roles[role].kinds)
    return frozenset(kinds)


def head_of(tree: Tree, start: int, end: int) -> int:
    """The token of a span whose head lies outside it (the last such)."""
    for j in range(end - 1, start - 1, -1):
        h = tree.heads[j]
        if h == j or not start <= h < end:
            return j
    return end - 1


def _titled(tree: Tree, i: int, kinds: Kinds) -> set[str] | None:
    """An unknown name takes the kinds of its title or apposition: "Foreign Minister Ali Karimi",
    "militant group Ansar Salam"."""
    for c in tree.children[i]:
        mark = kinds[c] or set()
        if tree.deps[c] not in ("compound", "appos") or "actor" not in mark:
            continue
        if "person" in mark or tree.tags[c] == "NN":
            return set(mark)
    return None


def _is_one_citizen(tree: Tree, head: int, entries: list[Entry]) -> bool:
    """Whether a demonym means one person, who is no state: "the Kenyan" who won a race."""
    if tree.deps[head] in ("amod", "compound", "nmod", "poss", "npadvmod"):
        return False
    if not any(tree.lower[c] in _ONE for c in tree.kids(head, "det", "nummod")):
        return False
    word = tree.words[head] + "s"
    return any(word in getattr(e.actor, "demonyms", ()) for e in entries)


def _how(tree: Tree, head: int, entries: list[Entry]) -> str:
    """How a phrase is used here: an adjective before a noun, a demonym or a name by itself."""
    hows = {e.how for e in entries}
    if "adjective" in hows and (
        tree.deps[head] in ("amod", "compound", "nmod", "npadvmod") or tree.tags[head] == "JJ"
    ):
        return "adjective"
    for how in ("name", "seat", "demonym", "adjective"):
        if how in hows:
            return how
    return "agent"
