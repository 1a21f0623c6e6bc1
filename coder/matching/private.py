"""Deeds that are nobody's politics: family quarrels, slips with weapons, animals, shells of old
wars, and what entertainers say.

The rules of a family say what its deeds look like; what is said here holds for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.matching.types import is_a

_VIOLENT = ("assault", "abduct", "property", "protest.riot", "protest.mob", "mass_violence")
_EXPLOSIVE = ("assault.bomb", "assault.shelling", "assault.grenade", "disrupt")
_VERBAL = (
    *("accuse", "agreement", "aid", "appeal", "apologise", "condemn", "consult", "cooperate"),
    *("demand", "deny", "intend", "praise", "reject", "statement", "support", "threaten", "yield"),
)
_ARMS = frozenset({"weapon", "munition", "aircraft", "violence_noun", "suicide_weapon", "armed"})
_FORCES = frozenset({"armed", "nonstate_armed", "state_force", "police", "protester", "rioter"})
_NATURE = frozenset({"disease", "natural_force", "weather", "animal", "medical"})
_INERT = frozenset(
    {"goods", "tech", "natural_force", "weather", "disease", "medical", "art", "business_thing"}
) | {"body_part", "money", "sport", "time"}
_PREPOSITIONS = frozenset({"in", "over", "during", "after", "following", "amid"})
_POLITICAL = frozenset(
    {
        "politic",
        "armed",
        "state",
        "organisation",
        "protester",
        "religious",
        "ethnic",
        "media",
        "ngo",
    }
)


Check = Callable[[Tree, Deed], bool]


class Private:
    """Says of a deed why it is none of politics or war; `sets` are those of codebooks/core."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets
        self._of_type: dict[str, tuple[tuple[Check, str], ...]] = {}
        self.checks: tuple[tuple[tuple[str, ...], Check, str], ...] = (
            ((*_VIOLENT, "protest", "coerce.repress"), self._custom, "a custom"),
            ((*_VIOLENT, "coerce.repress"), self._practice, "practice"),
            ((*_VIOLENT, "protest"), self._at_leisure, "a crowd at leisure"),
            (("coerce.arrest", "legal"), self._for_plain_crime, "a case of plain crime"),
            (_VIOLENT, self._in_the_family, "a matter within a family"),
            (_VIOLENT, self._in_a_quarrel, "a private quarrel"),
            (_VIOLENT, self._plain_crime, "plain crime"),
            (_VIOLENT, self._one_private_person, "done by a private person"),
            (_VIOLENT, self._accident, "an accident"),
            (_VIOLENT, self._slip, "a weapon went off by mistake"),
            (_VIOLENT, self._against_nature, "against no people"),
            (_VIOLENT, self._at_play, "sport"),
            (_VIOLENT, self._in_business, "a matter of business"),
            ((*_VIOLENT, "territory"), self._beasts, "done by animals"),
            ((*_VIOLENT, "coerce.coup", "yield.withdraw"), self._things, "done by a thing"),
            (_VIOLENT, self._of_ancient_times, "of ancient times"),
            (_EXPLOSIVE, self._of_old_wars, "ordnance of an old war"),
            (_VERBAL, self._civil_case, "a civil case"),
            (_VERBAL, self._private_voice, "said or done by a private person"),
        )

    def reason(self, tree: Tree, deed: Deed) -> str | None:
        """Why a deed is left out, or None."""
        checks = self._of_type.get(deed.type)
        if checks is None:
            checks = self._of_type[deed.type] = tuple(
                (holds, why)
                for types, holds, why in self.checks
                if any(is_a(deed.type, t) for t in types)
            )
        return next((why for holds, why in checks if holds(tree, deed)), None)

    def _in_the_family(self, tree: Tree, deed: Deed) -> bool:
        """ "Killed his brother", "set fire to his wife's shop", "was shot by her own cousin"."""
        family = self.sets["family_noun"]
        sources = deed.slots.get("source", ())
        if not sources or any(not self._is_one_person(tree, s) for s in sources):
            return False  # gunmen who kill a man's brother, a raid that kills his sons
        for head in self._sides(deed):
            for t in self._phrase(tree, head):
                if not any(
                    tree.tags[c] == "PRP$" and tree.lower[c] in ("his", "her")
                    for c in tree.kids(t, "poss")
                ):
                    continue
                own = any(tree.lower[c] == "own" for c in tree.kids(t, "amod"))
                if tree.lemmas[t] in family or (own and "armed" not in tree.kinds[t]):
                    return True
        targets = deed.slots.get("target", ())
        return any(tree.tags[t] == "PRP" for t in targets) and any(
            tree.lemmas[t] in family and tree.kids(t, "poss")  # "who had lost his daughter ... her"
            for s in sources
            for t in tree.subtree(s)
        )

    def _against_nature(self, tree: Tree, deed: Deed) -> bool:
        """ "Are fighting an outbreak", "shelled a snowfield to bring down an avalanche", "burned
        tyres to drive the locusts off"."""
        verb = deed.head
        if not tree.is_verb(verb):
            return False
        purposes = [
            c
            for c in tree.kids(verb, "advcl", "xcomp")
            if any(tree.lower[t] == "to" for t in tree.kids(c, "aux"))
        ]
        met = [t for v in (verb, *purposes) for t in tree.kids(v, "dobj")]
        if any(tree.lower[t] == "it" for t in deed.slots.get("target", ())):
            met += [
                s for s in range(verb) if tree.deps[s] == "nsubj"
            ]  # "... before guards shot it"
        return any(
            tree.kinds[t] & _NATURE and tree.lemmas[t] not in self.sets["livestock"] for t in met
        )

    def _at_play(self, tree: Tree, deed: Deed) -> bool:
        """ "Sacrificed both rooks, launched an attack and won"."""
        if any(tree.kinds[s] & (_FORCES | _ARMS) for s in self._sides(deed)):
            return False
        verb = next((a for a in (deed.head, *tree.ancestors(deed.head)) if tree.is_verb(a)), None)
        if verb is None:
            return False
        top = tree.heads[verb] if tree.deps[verb] == "conj" else verb
        return any(
            "sport" in tree.kinds[t] and not tree.kinds[t] & _POLITICAL
            for v in (top, *tree.kids(top, "conj"))
            for t in tree.kids(v, "dobj", "nsubj")
        )

    def _in_business(self, tree: Tree, deed: Deed) -> bool:
        """ "Shares jumped after a dawn raid by an unnamed buyer"."""
        sides = (*deed.slots.get("source", ()), *deed.slots.get("target", ()))
        if any(tree.kinds[s] & _POLITICAL for s in sides):
            return False
        return any(
            tree.lemmas[s] in self.sets["market_noun"]
            for a in tree.ancestors(deed.head)
            if tree.is_verb(a)
            for s in tree.kids(a, "nsubj", "nsubjpass")
        )

    @staticmethod
    def _is_one_person(tree: Tree, head: int) -> bool:
        apart = {"weapon", "aircraft", "violence_noun", "group", "body", "country", "organisation"}
        return tree.tags[head] in ("NN", "NNP", "PRP") and not tree.kinds[head] & apart

    def _in_a_quarrel(self, tree: Tree, deed: Deed) -> bool:
        """ "In a row over grazing", "during an argument", "in what police say was a quarrel"."""
        quarrels = self.sets["quarrel_noun"]
        verb = next((a for a in (deed.head, *tree.ancestors(deed.head)) if tree.is_verb(a)), None)
        if verb is None:
            return False
        told = [
            t
            for prep in tree.kids(verb, "prep")
            if tree.lower[prep] in _PREPOSITIONS and prep > verb
            for t in tree.kids(prep, "pobj")
        ]
        for clause in tree.kids(verb, "advcl"):  # "in what police believe was a quarrel"
            if any(tree.lower[c] == "in" for c in tree.kids(clause, "prep")):
                told += tree.kids(clause, "attr")
        return any(tree.lemmas[t] in quarrels for t in told)

    def _slip(self, tree: Tree, deed: Deed) -> bool:
        """ "When his own rifle went off"; "took him for a boar and shot him"."""
        above = tree.heads[deed.head]
        mistaken = tree.deps[deed.head] == "conj" and any(
            tree.lower[c] == "for" for c in tree.kids(above, "prep")
        )
        if mistaken and tree.lemmas[above] in self.sets["mistake_verb"]:
            return True
        for clause in tree.kids(deed.head, "advcl"):
            subject = tree.kid(clause, "nsubj")
            if (
                subject is not None
                and "firearm" in tree.kinds[subject]
                and tree.lemmas[clause] in ("go", "discharge", "misfire", "fire")
            ):
                return True
        return False

    def _plain_crime(self, tree: Tree, deed: Deed) -> bool:
        """What burglars and drunks do."""
        petty = self.sets["petty_criminal"]
        if any(tree.lemmas[s] in petty for s in deed.slots.get("source", ())):
            return True
        sources = deed.slots.get("source", ())
        organised = any(
            tree.kinds[s] & {"nonstate_armed", "state_force"} and tree.tags[s] != "NN"
            for s in sources
        )
        if organised or "killed" in (deed.effect, deed.rule.effect):
            return False  # raiders who kill and make off with cattle are no robbers of shops
        if any(tree.lemmas[t] in self.sets["till_noun"] for t in self._sides(deed)):
            return True
        above = [a for a in (deed.head, *tree.ancestors(deed.head)) if tree.is_verb(a)]
        verbs = [v for a in above for v in (a, *tree.kids(a, "conj", "advcl")) if tree.is_verb(v)]
        return any(self._is_robbery(tree, v) for v in verbs)

    def _one_private_person(self, tree: Tree, deed: Deed) -> bool:
        """ "A plumber abducted her", "a hunter shot at a hiker": one person whom nothing ties to
        arms, a cause or a people, and a victim whom nothing ties to politics."""
        sources = deed.slots.get("source", ())
        if len(sources) != 1 or not self._is_one_person(tree, sources[0]):
            return False
        source = sources[0]
        kinds = tree.kinds[source]
        named = tree.tags[source] == "NNP" or tree.lower[source] in ("he", "she")
        if named or kinds & (_POLITICAL | _ARMS | _FORCES) or "person" not in kinds:
            return False
        if any(tree.kinds[t] & _POLITICAL for t in tree.subtree(source) if t != source):
            return False
        return not any(
            tree.kinds[t] & _POLITICAL
            for head in deed.slots.get("target", ())
            for t in tree.subtree(head)
        )

    def _is_robbery(self, tree: Tree, verb: int) -> bool:
        """ "Held up a jeweller", "escaped with the cash"."""
        with_what = [
            p
            for prep in tree.kids(verb, "prep")
            if tree.lower[prep] == "with"
            for p in tree.kids(prep, "pobj")
        ]
        loot = any(not tree.kinds[p].isdisjoint(("money", "goods")) for p in with_what)
        if tree.lemmas[verb] == "hold":
            return any(tree.lower[c] == "up" for c in tree.kids(verb, "prt", "advmod"))
        return tree.lemmas[verb] in self.sets["robbery_verb"] or (
            loot and tree.lemmas[verb] in self.sets["getaway_verb"]
        )

    def _custom(self, tree: Tree, deed: Deed) -> bool:
        """ "As custom requires", "in keeping with an old tradition", "at a festival", "marched to
        greet the team", "pelted one another with tomatoes"."""
        words = self.sets["custom_noun"]
        each_other = any(
            tree.lower[t] in ("another", "other") for t in tree.kids(deed.head, "dobj")
        ) and any("goods" in tree.kinds[t] for t in tree.subtree(deed.head))
        if each_other and "armed" not in {k for s in self._sides(deed) for k in tree.kinds[s]}:
            return True
        if any(tree.kinds[s] & _FORCES for s in self._sides(deed)):
            return False  # an attack during a festival is an attack
        verb = next((a for a in (deed.head, *tree.ancestors(deed.head)) if tree.is_verb(a)), None)
        if verb is None:
            return False
        for c in tree.kids(verb, "prep", "advcl", "dobj"):
            under = [c, *tree.children[c]]
            under += [g for t in tree.children[c] for g in tree.children[t]]
            if tree.deps[c] != "dobj" and any(tree.lemmas[t] in words for t in under):
                return True
        greeted = [t for c in tree.kids(verb, "advcl", "xcomp") for t in tree.kids(c, "dobj")]
        if is_a(deed.type, "protest") and any("sport" in tree.kinds[t] for t in greeted):
            return True
        return is_a(deed.type, "protest") and any(
            tree.kinds[p] & {"sport", "event_peaceful"} and "protest" not in tree.lemmas[p]
            for prep in tree.kids(verb, "prep")
            if tree.lower[prep] == "for"
            for p in tree.kids(prep, "pobj")
        )

    @staticmethod
    def _practice(tree: Tree, deed: Deed) -> bool:
        """ "Fired at wooden targets in its yearly shooting practice"."""
        verb = next((a for a in (deed.head, *tree.ancestors(deed.head)) if tree.is_verb(a)), None)
        return verb is not None and any(
            tree.lemmas[p] in ("practice", "drill", "exercise", "rehearsal", "training")
            for prep in tree.kids(verb, "prep")
            if tree.lower[prep] in ("in", "during", "for", "as")
            for p in tree.kids(prep, "pobj")
        )

    def _at_leisure(self, tree: Tree, deed: Deed) -> bool:
        """ "Shoppers stormed a new supermarket", "fans of both clubs marched to the ground"."""
        sources = deed.slots.get("source", ())
        if deed.rule.effect or any(
            tree.kinds[t] & _POLITICAL
            for head in deed.slots.get("target", ())
            for t in tree.subtree(head)
        ):
            return False
        if sources and all(tree.lemmas[s] in self.sets["leisure_noun"] for s in sources):
            return True
        return is_a(deed.type, "protest") and any(
            "sport" in tree.kinds[p] and not tree.kinds[p] & _POLITICAL
            for s in sources
            for of in tree.kids(s, "prep")
            for p in tree.kids(of, "pobj")
        )

    def _for_plain_crime(self, tree: Tree, deed: Deed) -> bool:
        """ "Jailed a clerk for forging cheques"."""
        public = {"opposition", "media", "government", "state_force", "nonstate_armed"}
        public |= {"protester", "politic", "ngo"}
        if any(tree.kinds[t] & public for t in deed.slots.get("target", ())):
            return False
        words = self.sets["plain_offence"]
        reasons = [
            p
            for t in (deed.head, *deed.slots.get("target", ()))
            for prep in tree.kids(t, "prep")
            if tree.lower[prep] in ("for", "of", "over", "on")
            for p in tree.kids(prep, "pobj", "pcomp")
        ]
        reasons += [  # "jailed for four years for selling"
            p
            for r in tuple(reasons)
            if "time" in tree.kinds[r]
            for prep in tree.kids(r, "prep")
            for p in tree.kids(prep, "pobj", "pcomp")
        ]
        return any(tree.lemmas[r] in words or "crime_ordinary" in tree.kinds[r] for r in reasons)

    def _accident(self, tree: Tree, deed: Deed) -> bool:
        """A toll of gas, fireworks, a storm or a crash that the clause above tells of; a ship that
        "struck a reef and sank"."""
        if self._wrecked(tree, deed.head):
            return True
        if not (deed.effect or deed.rule.effect):
            return False
        causes = {"accident", "natural_force", "weather", "disease"}
        words = self.sets["accident_cause"]
        for a in tree.ancestors(deed.head):
            for s in tree.kids(a, "nsubj", "nsubjpass") if tree.is_verb(a) else ():
                near = (s, *tree.kids(s, "compound", "amod", "nmod"))
                if any(tree.kinds[t] & _ARMS for t in tree.subtree(s)):
                    continue  # a truck bomb, a wave of strikes
                if tree.kinds[s] & causes or any(tree.lemmas[t] in words for t in near):
                    return True
        return False

    def _wrecked(self, tree: Tree, verb: int) -> bool:
        if not tree.is_verb(verb) or tree.is_passive(verb):
            return False
        craft = {"vehicle", "ship", "warship", "aircraft"}
        return any(tree.kinds[s] & craft for s in tree.kids(verb, "nsubj")) and any(
            tree.lemmas[c] in self.sets["mishap_verb"] for c in tree.kids(verb, "conj")
        )

    def _beasts(self, tree: Tree, deed: Deed) -> bool:
        wild = tree.kids(deed.head, "nsubj") if tree.is_verb(deed.head) else []
        if any(
            "animal" in tree.kinds[s] and tree.lemmas[s] not in self.sets["livestock"] for s in wild
        ):
            return True
        return any(
            "animal" in tree.kinds[p]
            for head in (*deed.slots.get("source", ()), *deed.slots.get("target", ()))
            for of in tree.kids(head, "prep")
            if tree.lower[of] == "of"
            for p in tree.kids(of, "pobj")
        )

    @staticmethod
    def _things(tree: Tree, deed: Deed) -> bool:
        """ "Sugar has launched an assault on", "the monsoon is in full retreat": what cannot act is
        the subject of the verb that carries the deed."""
        carrier = next(
            (a for a in (deed.head, *tree.ancestors(deed.head)) if tree.is_verb(a)), None
        )
        if carrier is None or tree.is_passive(carrier):
            return False
        prep = tree.heads[deed.head]
        own = carrier == deed.head or (
            carrier in (prep, tree.heads[prep])
            and (tree.deps[deed.head] == "dobj" or tree.lower[prep] == "in")
        )
        subjects = tree.kids(carrier, "nsubj") if own else ()
        return any(
            tree.tags[s] in ("NN", "NNS")
            and tree.kinds[s]
            and tree.kinds[s] <= _INERT
            and not any(tree.kinds[t] & (_ARMS | _POLITICAL) for t in tree.subtree(s))
            for s in subjects
        )

    def _of_ancient_times(self, tree: Tree, deed: Deed) -> bool:
        """ "Bronze Age villagers", "medieval raiders"."""
        words = self.sets["ancient_word"]
        return any(
            tree.lower[c] in words
            for head in self._sides(deed)
            for c in tree.kids(head, "amod", "compound", "nmod")
        )

    def _of_old_wars(self, tree: Tree, deed: Deed) -> bool:
        """ "A bomb from the Second World War", "a mine laid in 1991"."""
        arms = [*self._sides(deed), *deed.slots.get("weapon", ()), *deed.tokens]
        if tree.is_verb(deed.head):
            arms += tree.kids(deed.head, "dobj", "nsubj", "nsubjpass")
        for head in arms:
            if not tree.kinds[head] & {"weapon", "munition"}:
                continue
            lo, hi = tree.span(head)
            words = " ".join(tree.lower[lo:hi])
            if any(old in words for old in self.sets["old_war"]):
                return True
        return False

    @staticmethod
    def _civil_case(tree: Tree, deed: Deed) -> bool:
        """ "A judge lifted the ban on the sale of the firm's machines"."""
        sources, targets = deed.slots.get("source", ()), deed.slots.get("target", ())
        return (
            bool(sources and targets)
            and all("judiciary" in tree.kinds[s] for s in sources)
            and all(tree.kinds[t] & {"business", "goods", "business_thing"} for t in targets)
            and all(tree.tags[t] in ("NN", "NNS") for t in targets)
        )

    def _private_voice(self, tree: Tree, deed: Deed) -> bool:
        """Whether the only side is one entertainer or expert: "the singer begs forgiveness"."""
        sources = deed.slots.get("source", ())
        others = (*deed.slots.get("target", ()), *self._of_about(deed))
        if len(sources) != 1 or any(tree.kinds[t] & _POLITICAL for t in others):
            return False
        head = sources[0]
        if tree.tags[head] != "NN" or tree.kinds[head] & _POLITICAL - {"politic"}:
            return False
        return tree.lemmas[head] in self.sets["entertainer"]

    @staticmethod
    def _of_about(deed: Deed) -> Iterable[int]:
        inner = deed.about
        return (
            ()
            if inner is None
            else (*inner.slots.get("source", ()), *inner.slots.get("target", ()))
        )

    @staticmethod
    def _sides(deed: Deed) -> tuple[int, ...]:
        return (
            *deed.slots.get("source", ()),
            *deed.slots.get("target", ()),
            *deed.slots.get("victims", ()),
        )

    @staticmethod
    def _phrase(tree: Tree, head: int) -> Iterable[int]:
        yield head
        yield from tree.kids(head, "poss")
