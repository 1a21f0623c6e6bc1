"""Who a filler of a slot is: names, agents and nationalities composed to one `Actor`.

The order of evidence: a dictionary name that heads the phrase; an agent noun with the nationality
or organisation that modifies it; an apposition; the place that the phrase names. What no dictionary
knows keeps its words. Nothing is guessed from thin air.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coder.codebook.actors import ActorEntry
from coder.matching.tag import Entry
from coder.matching.tree import Tree
from coder.types import Actor, ResolvedBy

_LEFT = ("amod", "compound", "nmod", "poss", "det", "nummod", "npadvmod", "appos")
_NOT_NATIONAL = frozenset(
    {
        "backed",
        "led",
        "allied",
        "aligned",
        "based",
        "born",
        "trained",
        "made",
        "built",
        "supplied",
        "funded",
        "supported",
        "linked",
        "affiliated",
        "held",
        "occupied",
        "controlled",
        "run",
        "bound",
        "friendly",
        "inspired",
        "brokered",
        "mediated",
        "sponsored",
        "owned",
        "flagged",
        "armed",
        "equipped",
        "speaking",
    }
)
_FORCE = frozenset(
    {"aircraft", "warship", "vehicle_military", "missile", "shell_weapon", "drone", "munition"}
)
_FIGHTERS = frozenset({"MIL", "REB", "UAF", "COP", "CRM"})


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a phrase before it becomes an `Actor`."""

    country: str | None = None
    role: str | None = None
    cameo: str | None = None
    group: str | None = None
    name: str | None = None
    kinds: frozenset[str] = frozenset()
    by: ResolvedBy = "words"


class ActorResolver:
    """Composes actors. `day` is the date at which dictionary entries are judged.

    `carriers` are words for people of an organisation that take its code (spokesman, leader,
    fighter, member); `facilities` are things that stand for their owner (positions, base).
    """

    def __init__(
        self, sets: Mapping[str, frozenset[str]], place_country: Mapping[str, str] | None = None
    ) -> None:
        self.sets = sets
        self.place_country = place_country or {}

    def resolve(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str]
    ) -> Actor:
        """The actor of the phrase headed by token `head`.

        `countries` gives the country of tokens that are place names (ISO 3166 alpha-3).
        """
        lo, hi = tree.noun_phrase(head)
        found = self.found(tree, head, day, countries)
        text = tree.text(lo, hi)
        name = found.name or strip_determiner(text)
        kinds = found.kinds | tree.kinds[head]
        return Actor(
            text=text,
            name=name,
            cameo=compose(found),
            country=found.country,
            role=found.role,
            group=found.group,
            kinds=frozenset(kinds),
            resolved_by=found.by,
        )

    def nations(self, tree: Tree, head: int, day: date | None) -> list[str]:
        """Countries of conjoined nationalities before a noun: "American and British warplanes"."""
        if head in tree.spans and tree.spans[head].how != "agent":
            return []
        out: list[str] = []
        for c in tree.kids(head, "amod", "compound", "nmod"):
            for t in (c, *tree.kids(c, "conj")):
                own = self._own(tree, t, day)
                if (
                    own is not None
                    and own.country
                    and not own.role
                    and "country" in own.kinds
                    and own.country not in out
                ):
                    out.append(own.country)
        return out

    def found(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str], depth: int = 0
    ) -> Found:
        own = self._own(tree, head, day)
        if own is not None and own.by == "named" and own.cameo is None and own.country is None:
            own = None
        if own is not None and own.by == "named":
            if own.role is None and own.group is not None and "country" in own.kinds:
                better = self._head_of_state(tree, head, own, day, countries)
                if better:
                    return better
            return own
        owners = list(self._owners(tree, head, day, countries, depth))
        if own is not None and (
            "weak" not in own.kinds or any(o.country or o.group or o.role for o in owners)
        ):
            named = next((o for o in owners if o.role and (o.group or o.role in _FIGHTERS)), None)
            if "weak" in own.kinds and named is not None:  # a group's camp, a party's side
                nation = named.country or next((o.country for o in owners if o.country), None)
                return replace(named, name=None, by="agent", country=nation)
            return self._with_owners(tree, head, own, owners)
        apposed = self._apposed(tree, head, day, countries, depth)
        if apposed is not None:
            return apposed
        if head in countries and tree.tags[head] in ("NNP", "NNPS", "NN"):
            return Found(country=countries[head], by="inferred", kinds=frozenset({"place"}))
        if tree.kinds[head] & _FORCE:  # government aircraft, Syrian artillery: an army's
            nation = next((o.country for o in owners if o.country), None)
            if any(o.role == "GOV" for o in owners):
                return Found(country=nation, role="MIL", by="agent")
        for owner in owners:
            if (owner.role or owner.cameo or owner.group) and tree.is_noun(head):
                return replace(owner, name=None, by="agent" if owner.by == "named" else owner.by)
        for owner in owners:
            if owner.country:
                role = None
                if tree.kinds[head] & {"aircraft", "warship", "vehicle_military"}:
                    role = "MIL"
                return Found(
                    country=owner.country, role=role, by=owner.by, kinds=owner.kinds & {"region"}
                )
        return Found()

    def _head_of_state(
        self, tree: Tree, head: int, own: Found, day: date | None, countries: Mapping[int, str]
    ) -> Found | None:
        """A country that is an adjective used as a noun keeps its country only."""
        return None

    def _own(self, tree: Tree, head: int, day: date | None) -> Found | None:
        span = tree.spans.get(head)
        if span is None:
            return None
        names = [e for e in span.entries if e.how != "agent"]
        if names:
            entry = choose_entry(names, day)
            if entry is not None:
                found = of_entry(entry.actor, day)
                if span.how == "demonym" and entry.actor.kind == "country":
                    return replace(
                        found,
                        role=self._people_role(tree, head),
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
    def _people_role(tree: Tree, head: int) -> str | None:
        return (
            "CVL"
            if tree.tags[head] in ("NNPS", "NNS") and tree.kids(head, "nummod", "amod", "quantmod")
            else None
        )

    def _owners(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str], depth: int
    ) -> Iterable[Found]:
        """What the modifiers of a noun say about whose it is, nearest first."""
        if depth > 3:
            return
        start = tree.spans[head].start if head in tree.spans else head
        left = [c for c in tree.children[head] if tree.deps[c] in _LEFT and c < head]
        inside = range(start, head)
        for c in sorted({*left, *inside}, reverse=True):
            yield from self._modifier(tree, c, day, countries, depth)
        if tree.deps[head] == "pobj" and tree.lower[tree.heads[head]] == "of":
            whole = tree.heads[tree.heads[head]]  # "its fleet of drones", "Israeli waves of jets"
            if tree.lemmas[whole] in self.sets["group_noun"]:
                for c in tree.kids(whole, "amod", "compound", "nmod", "poss"):
                    yield from self._modifier(tree, c, day, countries, depth + 1)
        for c in tree.children[head]:
            if tree.deps[c] == "prep" and tree.lower[c] in (
                "of",
                "from",
                "in",
                "at",
                "for",
                "with",
                "to",
            ):
                for p in tree.kids(c, "pobj"):
                    if tree.lower[c] == "of" or (
                        tree.lower[c] == "to"
                        and "agent" in str(tree.spans[head].how if head in tree.spans else "")
                    ):
                        yield self.found(tree, p, day, countries, depth + 1)
                    elif tree.lower[c] in ("from", "in", "at"):
                        inner = self.found(tree, p, day, countries, depth + 1)
                        if inner.country and (not inner.role or tree.lower[c] == "from"):
                            yield Found(country=inner.country, by="inferred")
                    elif tree.lower[c] in ("for", "with") and "agent" in tree.kinds[head]:
                        inner = self.found(tree, p, day, countries, depth + 1)
                        if inner.group and not inner.kinds & {"country"}:
                            yield inner

    def _modifier(
        self, tree: Tree, c: int, day: date | None, countries: Mapping[int, str], depth: int
    ) -> Iterable[Found]:
        if tree.lower[c] in _NOT_NATIONAL or any(
            tree.lower[k] in _NOT_NATIONAL for k in (tree.heads[c],)
        ):
            return
        own = self._own(tree, c, day)
        if own is not None:
            if tree.lower[c] in self.sets["former"]:
                return
            yield own
        elif c in countries and tree.tags[c].startswith("NNP"):
            yield Found(country=countries[c], by="inferred")
        for g in tree.children[c]:
            if tree.deps[g] in (*_LEFT, "conj"):
                yield from self._modifier(tree, g, day, countries, depth + 1)
            elif tree.deps[g] == "prep" and tree.lower[g] == "of":
                for p in tree.kids(g, "pobj"):
                    yield self.found(tree, p, day, countries, depth + 1)

    def _with_owners(self, tree: Tree, head: int, own: Found, owners: list[Found]) -> Found:
        """An agent noun with its owners: "Iraqi police", "Hezbollah fighters", "army spokesman"."""
        role, country, group, cameo, name, by = own.role, None, None, None, None, own.by
        carrier = tree.lemmas[head] in self.sets["carrier"]
        weak = carrier or tree.lemmas[head] in self.sets["armed_carrier"]
        kinds = own.kinds
        if any(tree.lower[c] in self.sets["former"] for c in tree.children[head]):
            role = "ELI"
        for owner in owners:
            if owner.country and country is None:
                country = owner.country
                by = "inferred" if owner.by == "inferred" and own.by != "named" else by
            if owner.cameo and cameo is None and not country_only(owner):
                if weak or owner.kinds & {"organisation"}:
                    cameo, group = owner.cameo, owner.group
                    kinds = kinds | owner.kinds
            if (
                owner.role == "GOV"
                and weak
                and not carrier
                and own.role in ("MIL", "REB")
                and tree.lemmas[head] in self.sets["armed_carrier"]
            ):
                role = "MIL"  # government forces, government troops
            elif (
                owner.role
                and role != "ELI"
                and (carrier or (weak and owner.role in ("REB", "MIL", "COP", "SPY", "UAF", "CRM")))
            ):
                if role in (None, "GOV", "UAF", "REB", "ELI", "CVL", "MIL"):
                    role = owner.role
                    kinds = kinds | owner.kinds
                    group = group or owner.group
                    carrier = False
        return Found(
            country=country, role=role, cameo=cameo, group=group, name=name, kinds=kinds, by=by
        )

    def _apposed(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str], depth: int
    ) -> Found | None:
        """A name explained by an apposition or by an agent before it: "spokesman John Kirby"."""
        if depth > 2:
            return None
        for c in tree.kids(head, "appos"):
            got = self.found(tree, c, day, countries, depth + 1)
            if got.role or got.cameo:
                return got
        if tree.deps[head] == "appos":
            h = tree.heads[head]
            own = self._own(tree, h, day)
            if own is not None:
                return self.found(tree, h, day, countries, depth + 1)
        if tree.tags[head].startswith("NNP"):
            for c in sorted(tree.kids(head, "compound", "amod", "nmod"), reverse=True):
                own = self._own(tree, c, day)
                if own is not None and own.by == "agent" and "person" in own.kinds | {"person"}:
                    owners = [
                        o
                        for o in self._owners(tree, head, day, countries, depth + 1)
                        if o.by != "agent"
                    ]
                    inner = list(self._owners(tree, c, day, countries, depth + 1))
                    return self._with_owners(tree, c, own, inner + owners)
        return None


def country_only(found: Found) -> bool:
    return found.cameo is not None and found.cameo == found.country


def strip_determiner(text: str) -> str:
    head, _, rest = text.partition(" ")
    return rest if head.lower() in ("the", "a", "an") and rest else text


def compose(found: Found) -> str | None:
    """The CAMEO code of what was found: its own, country with role, or role alone.

    >>> compose(Found(country="IRQ", role="COP")), compose(Found(role="UAF")), compose(Found())
    ('IRQCOP', 'UAF', None)
    """
    if found.cameo:
        return found.cameo
    if found.country or found.role:
        return (found.country or "") + (found.role or "")
    return None


def of_entry(entry: ActorEntry, day: date | None) -> Found:
    """What a dictionary entry says on a day."""
    spell_role = entry.role_at(day)
    return Found(
        country=entry.country_at(day),
        role=spell_role,
        cameo=entry.cameo_at(day),
        group=entry.id,
        name=entry.name,
        kinds=frozenset(_marks(entry, day)),
        by="named",
    )


def _marks(entry: ActorEntry, day: date | None) -> Iterable[str]:
    yield entry.kind
    inter = entry.inter_at(day)
    if inter is not None:
        yield f"inter:{inter}"
    if entry.floating:
        yield "floating"


def choose_entry(entries: list[Entry], day: date | None) -> Entry | None:
    """The entry that is valid on the day; persons in office before others, else the first."""
    valid: list[Any] = [e for e in entries if e.actor.means(e.form, day)]
    for entry in valid:
        if entry.actor.spells and entry.actor.spell_at(day) is not None:
            return entry  # type: ignore[no-any-return]
    return valid[0] if valid else None
