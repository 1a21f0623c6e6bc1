"""Deeds of private people: family quarrels, plain crime, what entertainers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coder.matching.deed import Deed
from coder.matching.reasons import ARMS, FORCES, POLITICAL, VIOLENT, Check
from coder.matching.tree import Tree

_VERBAL = (
    *("accuse", "agreement", "aid", "appeal", "apologise", "condemn", "consult", "cooperate"),
    *("demand", "deny", "intend", "praise", "reject", "statement", "support", "threaten", "yield"),
)
_PREPOSITIONS = frozenset({"in", "over", "during", "after", "following", "amid"})


class Private:
    """Deeds of private people; `sets` are those of codebooks/core."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets
        self.checks: tuple[Check, ...] = (
            Check(("coerce.arrest", "legal"), self._for_plain_crime, "a case of plain crime"),
            Check(VIOLENT, self._in_the_family, "a matter within a family"),
            Check(VIOLENT, self._in_a_quarrel, "a private quarrel"),
            Check(VIOLENT, self._plain_crime, "plain crime"),
            Check(VIOLENT, self._one_private_person, "done by a private person"),
            Check(_VERBAL, self._civil_case, "a civil case"),
            Check(_VERBAL, self._private_voice, "said or done by a private person"),
        )

    def _in_the_family(self, tree: Tree, deed: Deed) -> bool:
        """ "Killed his brother", "set fire to his wife's shop", "was shot by her own cousin"."""
        family = self.sets["family_noun"]
        sources = deed.slots.get("source", ())
        if not sources or any(not self._is_one_person(tree, s) for s in sources):
            return False  # gunmen who kill a man's brother, a raid that kills his sons
        for head in deed.people:
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

    @staticmethod
    def _is_one_person(tree: Tree, head: int) -> bool:
        apart = {"weapon", "aircraft", "violence_noun", "group", "body", "country", "organisation"}
        return tree.tags[head] in ("NN", "NNP", "PRP") and not tree.kinds[head] & apart

    def _in_a_quarrel(self, tree: Tree, deed: Deed) -> bool:
        """ "In a row over grazing", "during an argument", "in what police say was a quarrel"."""
        quarrels = self.sets["quarrel_noun"]
        verb = tree.verb_over(deed.head)
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
        if any(tree.lemmas[t] in self.sets["till_noun"] for t in deed.people):
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
        if deed.type.startswith("assault.bomb.suicide"):
            return False  # nobody does that for himself
        source = sources[0]
        kinds = tree.kinds[source]
        named = tree.tags[source] == "NNP" or tree.lower[source] in ("he", "she")
        if named or kinds & (POLITICAL | ARMS | FORCES) or "person" not in kinds:
            return False
        if any(tree.kinds[t] & POLITICAL for t in tree.subtree(source) if t != source):
            return False
        return not any(
            tree.kinds[t] & POLITICAL
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
        if len(sources) != 1 or any(tree.kinds[t] & POLITICAL for t in others):
            return False
        head = sources[0]
        if tree.tags[head] != "NN" or tree.kinds[head] & POLITICAL - {"politic"}:
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
    def _phrase(tree: Tree, head: int) -> Iterable[int]:
        yield head
        yield from tree.kids(head, "poss")
