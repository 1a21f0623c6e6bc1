"""Qualifiers of a deed from the parse: negation, modality, tense, hedging, quotation.

Scope is the parse, never a window of words: a modifier counts when it hangs on the trigger, on
the light verb that carries it, or on a verb that governs it through its complement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coder.matching.paths import finite, passive
from coder.matching.telling import Telling
from coder.matching.tree import Tree
from coder.types import Completion, Status

_COMPLEMENT = frozenset(
    {
        "xcomp",
        "ccomp",
        "pcomp",
        "acl",
        "advcl",
        "dobj",
        "pobj",
        "prep",
        "nsubjpass",
        "conj",
        "relcl",
        "nsubj",
        "attr",
        "oprd",
    }
)


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """Status, completion and hedging of one deed."""

    status: Status
    completion: Completion
    hedged: bool


class Qualify:
    """Reads qualifiers; `sets` are the word sets of codebooks/core/qualifiers.yaml."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets
        self.telling = Telling(sets)

    def forms(self, tree: Tree, i: int) -> frozenset[str]:
        """Grammatical forms of a trigger: verb/noun, tense, mood, voice, person of the subject."""
        out: set[str] = set()
        carrier = self.carrier(tree, i)
        if not tree.is_verb(i):
            out.add("noun")
        else:
            out.add("verb")
            if passive(tree, i):
                out.add("passive")
        if tree.is_verb(carrier):
            aux = [tree.lower[c] for c in tree.kids(carrier, "aux", "auxpass")]
            lemmas = [tree.lemmas[c] for c in tree.kids(carrier, "aux", "auxpass")]
            tag = tree.tags[carrier]
            if any(a in self.sets["future_aux"] for a in aux) or self._shares_aux(tree, carrier):
                out.add("future")
            if any(a in self.sets["modal_aux"] for a in aux) or self._shares_aux(
                tree, carrier, "modal_aux"
            ):
                out.add("modal")
            if "to" in aux:
                out.add("infinitive")
            if "have" in lemmas:
                out.add("perfect")
            if tag == "VBG":
                out.add("progressive")
            if tag in ("VBD", "VBN") and "future" not in out and "to" not in aux:
                out.add("past")
            if tag in ("VBZ", "VBP") or (
                tag == "VBG" and {"is", "are", "am", "'s", "'re"} & set(aux)
            ):
                out.add("present")
            subjects = tree.kids(carrier, "nsubj", "nsubjpass")
            if any(tree.lower[s] in self.sets["first_person"] for s in subjects):
                out.add("first_person")
            if tag == "VB" and not aux and not subjects and tree.deps[carrier] in ("ROOT", "ccomp"):
                out.add("imperative")
        if self.negated(tree, i) or self._never_meant(tree, carrier):
            out.add("negated")
        return frozenset(out)

    def _shares_aux(self, tree: Tree, i: int, which: str = "future_aux") -> bool:
        """A bare conjunct verb shares the modal of the first: "will find and punish"."""
        if tree.deps[i] != "conj" or tree.tags[i] != "VB" or tree.kids(i, "aux", "nsubj"):
            return False
        head = tree.heads[i]
        return any(tree.lower[c] in self.sets[which] for c in tree.kids(head, "aux"))

    def long_past(self, tree: Tree, i: int) -> bool:
        """Whether the deed is told from the past (see `Telling.long_past`)."""
        return self.telling.long_past(tree, i, self.carrier(tree, i))

    def carrier(self, tree: Tree, i: int) -> int:
        """The verb that carries a noun deed ("launched strikes", "an attack was carried out"), or
        the trigger itself."""
        if tree.is_verb(i) and not (
            tree.deps[i] in ("pobj", "dobj") and tree.kids(i, "det", "amod", "poss")
        ):
            return i
        h = tree.heads[i]
        if (
            h != i
            and tree.is_verb(h)
            and tree.deps[i] in ("dobj", "nsubjpass")
            and tree.lemmas[h] in self.sets["light_verb"]
        ):
            return h
        if (
            tree.deps[i] == "nsubj"
            and tree.is_verb(h)
            and tree.lemmas[h] in self.sets["occur_verb"]
        ):
            return h
        return i

    def negated(self, tree: Tree, i: int) -> bool:
        """Whether the deed is said not to have happened."""
        carrier = self.carrier(tree, i)
        for t in {i, carrier}:
            for c in tree.children[t]:
                if tree.deps[c] == "neg" and tree.lower[c] in self.sets["negation"]:
                    return True
                if tree.deps[c] == "det" and tree.lower[c] in ("no", "neither", "any") and t == i:
                    return tree.lower[c] != "any"
                if tree.deps[c] == "preconj" and tree.lower[c] == "neither":
                    return True
                if tree.deps[c] in ("advmod", "cc") and tree.lower[c] in self.sets["negation"]:
                    return True
                if tree.deps[c] in ("nsubj", "nsubjpass", "agent") and tree.lower[c] in (
                    "nobody",
                    "none",
                    "no-one",
                ):
                    return True
                if tree.deps[c] in ("nsubj", "nsubjpass", "dobj") and any(
                    tree.lower[g] == "no" and tree.deps[g] == "det" for g in tree.children[c]
                ):
                    return t == carrier and tree.is_verb(t)
        if tree.deps[carrier] in ("pcomp", "pobj") and tree.lower[tree.heads[carrier]] in (
            "without",
            "despite no",
        ):
            return True
        if self._short_of(tree, carrier):
            return True
        return self._governor(tree, carrier, "negating_verb") is not None

    def _short_of(self, tree: Tree, i: int) -> bool:
        """ "stopped short of bombing"."""
        prep = tree.heads[i]
        return (
            tree.deps[i] in ("pcomp", "pobj")
            and tree.lemmas[tree.heads[prep]] in self.sets["negating_adverb"]
        )

    def _governor(self, tree: Tree, i: int, which: str) -> int | None:
        """A verb or noun of a set that governs the deed through complements."""
        words = self.sets[which]
        at = i
        for _ in range(4):
            h = tree.heads[at]
            if h == at or tree.deps[at] not in _COMPLEMENT:
                return None
            if tree.deps[at] == "acl" and tree.tags[at] == "VBN":
                return None  # "demand a ransom for engineers abducted in May"
            if tree.deps[at] in ("conj", "relcl", "advcl", "nsubj") and not (
                tree.deps[at] == "conj" and tree.tags[at] in ("VB", "VBG")
            ):
                return None
            if tree.lemmas[h] in words and not (
                tree.deps[at] == "prep"
                and tree.lower[at] in ("after", "in", "during", "since", "following")
            ):
                return h
            at = h
            if (
                tree.is_verb(at)
                and tree.lemmas[at] not in self.sets["transparent_verb"]
                and tree.lemmas[at] not in self.sets["light_verb"]
            ):
                return None
        return None

    def read(self, tree: Tree, i: int, forms: frozenset[str] | None = None) -> Qualifiers:
        """Status, completion and hedging of the deed at token i, whose `forms` may be known."""
        carrier = self.carrier(tree, i)
        forms = self.forms(tree, i) if forms is None else forms
        status: Status = "actual"
        completion: Completion = "completed"
        if "negated" in forms:
            status = "negated"
        elif self._conditional(tree, carrier) or self.telling.unreal(tree, i, carrier):
            status = "hypothetical"
        elif "future" in forms or "modal" in forms:
            status = "scheduled" if "future" in forms and "modal" not in forms else "hypothetical"
        elif self._governor(tree, carrier, "intent_word") is not None or self._modified(
            tree, i, "future_modifier"
        ):
            status = "hypothetical"
        elif "infinitive" in forms and self._governor(tree, carrier, "attempt_word") is not None:
            status, completion = "attempted", "attempted"
        elif "infinitive" in forms and tree.deps[carrier] in (
            "xcomp",
            "acl",
            "ccomp",
            "relcl",
            "advcl",
            "ROOT",
        ):
            status = "actual" if self._realised(tree, carrier) else "hypothetical"
        elif "imperative" in forms or (
            carrier != i and self._governor(tree, carrier, "intent_word") is not None
        ):
            status = "hypothetical"
        if status == "actual" and (
            self._governor(tree, carrier, "attempt_word") is not None
            or self._modified(tree, i, "attempt_modifier")
        ):
            status, completion = "attempted", "attempted"
        hedged = (
            self._modified(tree, i, "hedge")
            or self._modified(tree, carrier, "hedge")
            or self._governor(tree, carrier, "hedge_verb") is not None
        )
        return Qualifiers(status, completion, hedged)

    def _never_meant(self, tree: Tree, i: int) -> bool:
        """Whether a deed is what somebody did not plan: "does not plan to retaliate"."""
        meant = self._governor(tree, i, "intent_word")
        return meant is not None and any(tree.deps[c] == "neg" for c in tree.children[meant])

    def _realised(self, tree: Tree, i: int) -> bool:
        """An infinitive that did happen: "managed to", "began to", "used X to", "is said to"."""
        h = tree.heads[i]
        if tree.kids(i, "aux") and any(tree.lemmas[c] == "have" for c in tree.kids(i, "aux")):
            return True
        if tree.lemmas[h] in self.sets["implicative_verb"]:
            return True
        told = tree.tags[h] in ("VBD", "VBN")
        told |= tree.tags[h] in ("VBZ", "VBP") and not tree.kids(h, "dobj", "dative")
        return tree.deps[i] == "advcl" and tree.is_verb(h) and told and finite(tree, h)

    def _modified(self, tree: Tree, i: int, which: str) -> bool:
        words = self.sets[which]
        return any(
            (tree.lower[c] in words or tree.lemmas[c] in words)
            and tree.deps[c] in ("amod", "advmod", "compound", "nmod", "npadvmod", "advcl")
            for c in tree.children[i]
        )

    def _conditional(self, tree: Tree, i: int) -> bool:
        at = i
        subject = tree.kid(i, "nsubj", "nsubjpass")
        for c in tree.kids(i, "aux", "auxpass"):  # "Had the rebels seized the port, ..."
            if subject is not None and c < subject and tree.lower[c] in ("had", "were", "should"):
                return True
        for _ in range(6):
            if at == 0 and tree.lower[at] == "were":
                return True  # "Were the rebels to seize the port, ..."
            if any(
                tree.lower[c] in self.sets["conditional"]
                and tree.deps[c] in ("mark", "advmod", "prep", "aux")
                and not (tree.deps[c] == "prep" and tree.lower[c] in self.sets["end_word"])
                for c in tree.children[at]
            ) and tree.deps[at] in (
                "advcl",
                "ccomp",
                "pcomp",
                "acl",
                "xcomp",
                "ROOT",
                "relcl",
                "conj",
            ):
                return True
            if tree.heads[at] == at or tree.deps[at] in ("ccomp", "ROOT", "parataxis"):
                return False
            at = tree.heads[at]
        return False
