"""Who a filler of a slot is: names, agents and nationalities composed to one `Actor`.

The order of evidence: a dictionary name that heads the phrase; an agent noun with the nationality
or organisation that modifies it; an apposition; the place that the phrase names. What no dictionary
knows keeps its words. Nothing is guessed from thin air.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from coder.matching.tree import Tree
from coder.resolving.affiliation import affiliations
from coder.resolving.found import (
    UNNAMED_STATES,
    Found,
    compose,
    country_only,
    owns_by_name,
    role_of_site,
    strip_determiner,
    through,
)
from coder.resolving.words import Words
from coder.types import Actor

_WHOSE = ("of", "from", "in", "at", "for", "with", "to")
_LEFT = ("amod", "compound", "nmod", "poss", "det", "nummod", "npadvmod", "appos")
_FORCE = frozenset(
    {"aircraft", "warship", "vehicle_military", "missile", "shell_weapon", "drone", "munition"}
)
_CREWED = frozenset({"aircraft", "warship", "vehicle_military"})
_THINGS = frozenset({"facility", "facility_civil", "building", "infrastructure", "vehicle"})
_SITES = frozenset({"civilian_site", "facility_military"})
_FIGHTERS = frozenset({"MIL", "REB", "UAF", "COP", "CRM"})
_SERVANTS = frozenset({None, "MIL", "REB", "UAF", "CRM", "CVL", "OPP"})
_PEOPLE = frozenset({"person", "people", "armed", "actor", "agent", "weak"})
_LENT_ROLES = frozenset({"REB", "MIL", "COP", "SPY", "UAF", "CRM"})
"""Roles that words for fighters take over from whom they fight for."""
_OPEN_ROLES = frozenset({None, "GOV", "UAF", "REB", "ELI", "CVL", "MIL"})
"""Roles that say little enough to give way to an owner's."""


class ActorResolver(Words):
    """Composes actors. `day` is the date at which dictionary entries are judged.

    `sets` are the word sets of codebooks/core; of these `carrier` are words for people who act for
    what they belong to and take its code (spokesman, leader), `armed_carrier` those who fight.
    """

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

    def found(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str], depth: int = 0
    ) -> Found:
        """What is known of the phrase headed by a token, by the order of evidence."""
        own = self._ship(tree, head, day) or self._own(tree, head, day)
        if own is not None and own.by == "named":
            if own.cameo is not None or own.country is not None:
                return self._of_another(tree, head, own, day, countries)
            own = None
        owners = list(self._owners(tree, head, day, countries, depth))
        circle = self._circle(tree, head, own, owners)
        if circle is not None:
            return circle
        hired = self._in_the_pay(tree, head, day, countries, depth)
        if hired is not None:
            return hired
        theirs = self._serving(tree, head, own, day, countries, depth)
        if theirs is not None:
            return theirs
        if own is not None:
            composed = self._of_agent(tree, head, own, owners)
            if composed is not None:
                return composed
        apposed = self._apposed(tree, head, day, countries, depth)
        if apposed is not None:
            return apposed
        if head in countries and tree.tags[head] in ("NNP", "NNPS", "NN"):
            return Found(country=countries[head], by="inferred", kinds=frozenset({"place"}))
        return self._of_owners(tree, head, owners)

    def _ship(self, tree: Tree, head: int, day: date | None) -> Found | None:
        """A warship by the letters before its name, which may be that of a person: "USS Carney"."""
        for c in tree.kids(head, "compound", "nmod"):
            prefix = self._own(tree, c, day) if tree.words[c].isupper() else None
            if prefix is not None and (prefix.group or "").endswith(".ship_prefix"):
                return prefix
        return None

    def _in_the_pay(
        self, tree: Tree, head: int, day: date | None, countries: Mapping[int, str], depth: int
    ) -> Found | None:
        """ "Hackers in the pay of Iran" do what Iran wants."""
        if depth:
            return None
        for c in tree.kids(head, "prep"):
            for pay in tree.kids(c, "pobj"):
                if tree.lemmas[pay] not in self.sets["hire_noun"]:
                    continue
                for of in tree.kids(pay, "prep"):
                    for whose in tree.kids(of, "pobj"):
                        found = self.found(tree, whose, day, countries, depth + 1)
                        return found if found.country else None
        return None

    def _serving(
        self,
        tree: Tree,
        head: int,
        own: Found | None,
        day: date | None,
        countries: Mapping[int, str],
        depth: int,
    ) -> Found | None:
        """People of a body that is named behind them: "gunmen loyal to", "believed to be of"."""
        role = own.role if own is not None else None
        if depth or role not in _SERVANTS or not tree.kinds[head] & _PEOPLE:
            return None
        for whose in affiliations(tree, head, self.sets):
            found = self.found(tree, whose, day, countries, depth + 1)
            if "person" in found.kinds and found.country:
                fights = "armed" in tree.kinds[head] or role in _FIGHTERS
                rule = "MIL" if found.role in ("GOV", "MIL") else "REB"
                role = rule if fights else role
                return Found(country=found.country, role=role, by="agent")
            if found.cameo and found.cameo != found.country:
                return replace(found, name=None, by="agent")
            if found.country and found.role in _FIGHTERS:
                return replace(found, name=None, by="agent")
        return None

    def _circle(
        self, tree: Tree, head: int, own: Found | None, owners: list[Found]
    ) -> Found | None:
        """States that are not named one by one: Burundi's neighbours, Gulf leaders, NATO allies."""
        around = tree.lemmas[head] in self.sets["circle_noun"]
        leaders = own is not None and own.role == "GOV" and "weak" not in own.kinds
        if tree.tags[head] not in ("NNS", "NNPS") or not (around or leaders):
            return None
        for owner in owners:
            if "organisation" in owner.kinds and around and owner.cameo:
                return replace(owner, name=None, by="agent")
            if owner.role is None and owner.country is None and "region" in owner.kinds:
                return UNNAMED_STATES
            if around and owner.role in (None, "GOV") and "country" in owner.kinds:
                return UNNAMED_STATES if owner.by == "named" and owns_by_name(tree, head) else None
        return None

    def _of_another(
        self, tree: Tree, head: int, own: Found, day: date | None, countries: Mapping[int, str]
    ) -> Found:
        """An institution whose name several countries use is its owner's: "Peru's Congress"."""
        if own.country is None or own.kinds.isdisjoint(("institution", "floating")):
            return own
        for c in tree.kids(head, "poss", "amod", "compound"):
            for owner in self._modifier(tree, c, day, countries, 0):
                if owner.country and owner.country != own.country and "country" in owner.kinds:
                    return Found(country=owner.country, role=own.role, kinds=own.kinds, by="agent")
        if not any(
            tree.lower[c] in self.sets["provincial"] for c in tree.kids(head, "amod", "compound")
        ):
            return own
        for c in tree.kids(head, "prep"):  # a regional House of Representatives is of its region
            for p in tree.kids(c, "pobj"):
                if p in countries:
                    return Found(
                        country=countries[p], role=own.role, kinds=own.kinds, by="inferred"
                    )
        return Found(role=own.role, kinds=own.kinds, by="agent")

    def _of_agent(self, tree: Tree, head: int, own: Found, owners: list[Found]) -> Found | None:
        """An agent noun with whose it is; a weak one ("side", "camp") needs an owner."""
        if "weak" not in own.kinds:
            return self._with_owners(tree, head, own, owners)
        if tree.kinds[head] & _SITES and tree.tags[head] == "NN":
            return None  # a refugee camp is a place that is hit, no body of people
        if not any(o.country or o.group or o.role for o in owners):
            if tree.lemmas[head] in self.sets["official_noun"] and tree.tags[head] == "NNS":
                return own  # still weak: it needs a country from the place or the text
            people = own.role == "CVL" and tree.lemmas[head] not in self.sets["body_noun"]
            counted = people or "actor" in tree.kinds[head]  # "seven guards", "patients"
            return replace(own, kinds=tree.kinds[head] - {"weak"}) if counted else None
        named = next((o for o in owners if o.role and (o.group or o.role in _FIGHTERS)), None)
        if named is None:
            return self._with_owners(tree, head, own, owners)
        nation = named.country or next((o.country for o in owners if o.country), None)
        return replace(named, name=None, by="agent", country=nation)

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
        mine = any(tree.deps[c] == "poss" or "national" in tree.kinds[c] for c in left)
        for c in tree.children[head]:
            where = tree.lower[c] == "in" and "violence_noun" in tree.kinds[head]
            if tree.lower[c] == "to" and mine:
                continue  # China's ambassador to the United Nations
            if tree.deps[c] == "prep" and tree.lower[c] in _WHOSE and not where:
                for p in tree.kids(c, "pobj"):
                    inner = self.found(tree, p, day, countries, depth + 1)
                    if "ethnic" in inner.kinds and p in countries:  # a town, no people
                        inner = Found(country=countries[p], by="inferred")
                    yield from through(tree, head, tree.lower[c], inner)

    def _modifier(
        self, tree: Tree, c: int, day: date | None, countries: Mapping[int, str], depth: int
    ) -> Iterable[Found]:
        apart = self.sets["relation_participle"]  # "Iran-backed": nobody is Iranian by that
        if tree.lower[c] in apart or tree.lower[tree.heads[c]] in apart:
            return
        own = self._own(tree, c, day)
        if own is not None:
            if tree.lower[c] in self.sets["former"]:
                return
            thing = not tree.kinds[tree.heads[c]].isdisjoint(_THINGS)
            if thing and tree.lemmas[c] in self.sets["building_word"]:
                return  # a power plant, an office block
            yield own
        elif c in countries and tree.tags[c].startswith("NNP") and "weapon" not in tree.kinds[c]:
            yield Found(country=countries[c], by="inferred")  # a Claymore mine is of no Claymore
        for g in tree.children[c]:
            if tree.deps[g] in (*_LEFT, "conj"):
                yield from self._modifier(tree, g, day, countries, depth + 1)
            elif tree.deps[g] == "prep" and tree.lower[g] == "of":
                for p in tree.kids(g, "pobj"):
                    yield self.found(tree, p, day, countries, depth + 1)

    def _with_owners(self, tree: Tree, head: int, own: Found, owners: list[Found]) -> Found:
        """An agent noun with its owners: "Iraqi police", "Hezbollah fighters", "army spokesman"."""
        role, country, group, cameo, by = own.role, None, None, None, own.by
        armed = tree.lemmas[head] in self.sets["armed_carrier"]
        carrier = tree.lemmas[head] in self.sets["carrier"]
        weak = carrier or armed
        army = armed and not carrier and own.role in ("MIL", "REB")
        kinds = own.kinds
        if any(tree.lower[c] in self.sets["former"] for c in tree.children[head]):
            role = "ELI"
        for owner in owners:
            if owner.country and country is None:
                country = owner.country
                by = "inferred" if owner.by == "inferred" and own.by != "named" else by
            if (
                owner.cameo
                and cameo is None
                and not country_only(owner)
                and (weak or "organisation" in owner.kinds)
            ):
                cameo, group = owner.cameo, owner.group
                kinds = kinds | owner.kinds
            if owner.role == "GOV" and army:
                role = "MIL"  # government forces, government troops
            elif (
                owner.role
                and role != "ELI"
                and (carrier or (weak and owner.role in _LENT_ROLES))
                and role in _OPEN_ROLES
            ):
                role = owner.role
                kinds = kinds | owner.kinds
                group = group or owner.group
                carrier = False
        if country is None and any(
            tree.lower[c] in self.sets["outlander"] for c in tree.children[head]
        ):
            kinds = kinds | {"international"}  # foreign reporters are of no one country
        if role == "PTY" and any(o.role == "CVL" and "group" not in o.kinds for o in owners):
            role = "CVL"  # members of a sect, a family, a community
        national = country is not None and any("country" in o.kinds for o in owners)
        if role == "INT" and national:
            role = None  # a Czech mediator is sent by his state
        elif role == "IGO" and national:
            role = "MIL"  # Angolan peacekeepers are soldiers
        return Found(country=country, role=role, cameo=cameo, group=group, kinds=kinds, by=by)

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

    def _of_owners(self, tree: Tree, head: int, owners: list[Found]) -> Found:
        """What follows from modifiers alone, where no dictionary knows the head."""
        if tree.kinds[head] & _FORCE and any(o.role in ("GOV", "PTY") for o in owners):
            nation = next((o.country for o in owners if o.country), None)
            return Found(country=nation, role="MIL", by="agent")  # government aircraft: an army's
        manned = tree.kinds[head] & _CREWED or tree.lemmas[head] in self.sets["crewed_gun"]
        role = "MIL" if manned else role_of_site(tree.kinds[head])
        for owner in owners:
            if not (owner.role or owner.cameo or owner.group) or not tree.is_noun(head):
                continue
            if role is not None and owner.role is None and "country" in owner.kinds:
                return Found(country=owner.country, role=role, by="agent")
            return replace(owner, name=None, by="agent" if owner.by == "named" else owner.by)
        for owner in owners:
            if owner.country:
                region = owner.kinds & {"region"}
                return Found(country=owner.country, role=role, by=owner.by, kinds=region)
        return Found()
