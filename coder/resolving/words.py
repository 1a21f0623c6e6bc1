"""What the words of a phrase mean one by one, and phrases that mean several at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coder.matching.tag import Entry
from coder.matching.tree import Tree
from coder.resolving.found import Found, choose_entry, of_entry

_PARTIES = frozenset({"REB", "OPP"})
"""Roles of those who face their state at a table."""


class Words:
    """Reads the dictionary words of a phrase, each by itself. `sets` are the word sets."""

    def __init__(
        self, sets: Mapping[str, frozenset[str]], place_country: Mapping[str, str] | None = None
    ) -> None:
        self.sets = sets
        self.place_country = place_country or {}

    def agent_role(self, tree: Tree, head: int, day: date | None) -> str | None:
        """The role of the agent noun alone, whoever its modifiers name."""
        own = self._own(tree, head, day)
        return own.role if own is not None and own.by == "agent" else None

    def several(self, tree: Tree, head: int, day: date | None) -> list[Found]:
        """Conjoined nationalities and bodies before a noun: "American and British warplanes",
        "Israeli and PLO officials"; [] where there is but one."""
        entry = tree.spans.get(head)
        if entry is not None and entry.how == "adjective":
            return self._hyphened(tree, head, day)
        if entry is not None and entry.how != "agent":
            return []
        out: list[Found] = []
        for c in tree.kids(head, "amod", "compound", "nmod", "appos"):
            for t in _conjuncts(tree, c):
                own = self._own(tree, t, day)
                if own is not None and own.by == "agent" and own.role in _PARTIES:
                    own = Found(role=own.role, cameo=own.role, kinds=own.kinds, by="agent")
                if own is None or own.cameo is None or (own.by != "named" and not own.role):
                    continue
                if own.cameo in (o.cameo for o in out) or not _is_a_side(own):
                    continue
                out.append(own)
        if len(out) > 1 and any("country" in o.kinds and not o.role for o in out):
            return [_at_home_in(o, out) for o in out]
        return self._of_several(tree, head, day)

    def _hyphened(self, tree: Tree, head: int, day: date | None) -> list[Found]:
        """ "An Armenian-Azerbaijani truce"."""
        first = next((c for c in tree.kids(head, "compound", "amod", "nmod", "npadvmod")), None)
        if first is None or tree.lower[head - 1] not in ("-", "–") or first != head - 2:
            return []
        both = [self._own(tree, t, day) for t in (first, head)]
        named = [o for o in both if o is not None and "country" in o.kinds and not o.role]
        return named if len({o.country for o in named}) == 2 else []

    def _of_several(self, tree: Tree, head: int, day: date | None) -> list[Found]:
        """Countries whose officials a phrase names together: "the ministers of Laos and Nepal"."""
        if head not in tree.spans or tree.tags[head] not in ("NNS", "NNPS"):
            return []
        for c in tree.kids(head, "prep"):
            if tree.lower[c] not in ("of", "from"):
                continue
            for first in tree.kids(c, "pobj"):
                several = [self._own(tree, t, day) for t in _conjuncts(tree, first)]
                named = [o for o in several if o and "country" in o.kinds and not o.role]
                if len(several) == len(named) > 1:
                    return named
        return []

    def _own(self, tree: Tree, head: int, day: date | None) -> Found | None:
        span = tree.spans.get(head)
        if span is None:
            return None
        names = [e for e in span.entries if e.how != "agent"]
        if names:
            entry = choose_entry(names, day, self._named_beside(tree, head, names))
            if entry is not None:
                found = of_entry(entry.actor, day)
                if span.how == "demonym" and entry.actor.kind == "country":
                    role = self._people_role(tree, head)
                    return replace(
                        found,
                        role=role,
                        cameo=found.cameo if role is None else None,
                        kinds=found.kinds | {"civilian", "person"},
                    )
                return found
        agents = [e for e in span.entries if e.how == "agent"]
        if agents:
            group = agents[0].actor
            if group.weak:
                return Found(role=group.role, kinds=frozenset({"weak"}), by="agent")
            return Found(role=group.role, cameo=group.cameo, kinds=agents[0].kinds, by="agent")
        return None

    @staticmethod
    def _named_beside(tree: Tree, head: int, names: list[Entry]) -> frozenset[str]:
        """Countries that the sentence names besides: "King Abdullah promised Jordanians"."""
        if len(names) < 2:
            return frozenset()
        entries = (e.actor for h, s in tree.spans.items() if h != head for e in s.entries)
        return frozenset(a.country for a in entries if getattr(a, "kind", "") == "country")

    @staticmethod
    def _people_role(tree: Tree, head: int) -> str | None:
        """Civilian for one citizen or a counted few; a whole people stands for its country."""
        counted = bool(tree.kids(head, "nummod", "amod", "quantmod"))
        few = tree.tags[head] in ("NNPS", "NNS") and counted
        return "CVL" if few or "citizen" in tree.kinds[head] else None


def _is_a_side(own: Found) -> bool:
    """Whether a modifier names whose its noun is: a country, an organisation, an armed group."""
    if own.role is None:
        return bool(own.kinds & {"country", "organisation"})
    return own.by == "agent" or bool(
        own.kinds & {"armed_group", "organisation", "movement", "party"}
    )


def _at_home_in(own: Found, several: list[Found]) -> Found:
    """Rebels who are named beside a state are its rebels: "Ukrainian and separatist delegates"."""
    nation = next((o.country for o in several if o.country and not o.role), None)
    if own.country or own.by != "agent" or nation is None:
        return own
    return replace(own, country=nation, cameo=f"{nation}{own.role}")


def _conjuncts(tree: Tree, first: int) -> list[int]:
    """A token and all that is joined to it: "Rwanda, France and Belgium"."""
    out = [first]
    while more := tree.kids(out[-1], "conj"):
        out += more
    return out
