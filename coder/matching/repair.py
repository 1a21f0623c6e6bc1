"""Mends readings that small parsers get wrong again and again, before anything is matched.

Each repair looks for a shape that no correct parse has (a sentence whose only candidate for a
verb hangs on a noun as its participle) and turns it into the reading that the words allow. What
fits no shape stays as the parser left it.
"""

from __future__ import annotations

from collections.abc import Mapping

from coder.matching.draft import Draft
from coder.matching.present import Present
from coder.types import Parse

_NAMING = ("compound", "nmod", "amod", "det", "poss", "nummod", "quantmod")


class Repair:
    """`sets` are the word sets of codebooks/core: `acts_alone` are verbs that need no object,
    `holding_verb` those whose participle says in whose hands a place is, `word_prefix` parts
    before a hyphen ("ex"), `calendar_name` days and months; `report_verb` verbs of
    saying, `takes_infinitive` nouns for what is said or meant to be done; `known` are the lemmas
    that rules know as verbs.

    >>> Repair(books.sets).mend(parse)  # doctest: +SKIP
    """

    def __init__(
        self,
        sets: Mapping[str, frozenset[str]],
        known: frozenset[str] = frozenset(),
    ) -> None:
        self.alone = sets["acts_alone"] | sets["accident_verb"]
        self.holding = sets["holding_verb"]
        self.prefixes, self.calendar = sets["word_prefix"], sets["calendar_name"]
        self.reports, self.takes_infinitive = sets["report_verb"], sets["takes_infinitive"]
        self.known, self.present = known, Present(known)

    def mend(self, parse: Parse) -> Parse:
        """The parse with its known misreadings put right; the same object where there are none."""
        draft = Draft(parse)
        hyphened = "-" in parse.words
        if hyphened:
            draft.join_hyphened_nouns()
            draft.titles_after_hyphens()
        draft.gerunds_with_particles(self.known)
        draft.lemmas_of_verbs(self.known)
        draft.verbs_under_objects(self.known)
        draft.subjects_of_helpers()
        draft.prepositions_side_by_side()
        if hyphened:
            draft.join_prefixes(self.prefixes)
        draft.names_as_adverbs(self.calendar)
        draft.nouns_as_clauses()
        draft.infinitives_of_nouns(self.known)
        draft.infinitives_after_nouns(self.takes_infinitive)
        draft.gerunds_after_particles()
        draft.years_of_prepositions()
        draft.reporters_at_the_end(self.reports)
        self.present.with_subjects(draft)
        root = draft.nominal_root()
        if root is not None:
            _ = (
                self._object_took_the_verb(draft, root)
                or self._subject_took_the_verb(draft, root)
                or self._name_took_the_verb(draft, root)
                or self._object_took_a_joined_verb(draft, root)
                or self.present.main_verb(draft, root)
            )
        return draft.done()

    def _object_took_the_verb(self, draft: Draft, root: int) -> bool:
        """ "Lawyers in Lahore boycotted proceedings" read as Lahore's boycotted proceedings."""
        for verb in range(root + 2, draft.n - 1):
            if draft.tags[verb] != "VBN" or draft.deps[verb] != "amod":
                continue
            thing = draft.heads[verb]
            prep = draft.heads[thing]
            name = verb - 1
            if (
                draft.deps[thing] != "pobj"
                or thing < verb
                or not root < prep < name
                or not draft.is_under(prep, root)
                or not (
                    (draft.words[name][:1].isupper() and draft.heads[name] == thing)
                    or (draft.heads[name] == verb and draft.deps[name] == "npadvmod")
                )
                or (draft.lemmas[verb] in self.holding and thing == verb + 1)
            ):
                continue
            if draft.words[name][:1].isupper() and draft.tags[name] not in ("NNP", "NNPS"):
                draft.tags[name] = "NNP"
            for i in range(prep + 1, name):
                if draft.heads[i] == thing:
                    draft.heads[i] = name
            draft.heads[name], draft.deps[name] = prep, "pobj"
            draft.make_root(verb, root)
            draft.heads[thing], draft.deps[thing] = verb, "dobj"
            return True
        return False

    def _subject_took_the_verb(self, draft: Draft, root: int) -> bool:
        """ "Violence flared in the capital" read as violence that was flared."""
        for verb in draft.kids(root):
            if verb < root or draft.deps[verb] != "acl" or draft.tags[verb] not in ("VBN", "VBD"):
                continue
            below = [draft.deps[c] for c in draft.kids(verb)]
            if "agent" in below or "aux" in below or "auxpass" in below:
                return False
            joined = [c for c in draft.kids(verb) if draft.deps[c] == "conj"]
            finite = any(draft.tags[c] == "VBD" and c > verb for c in joined)
            if "dobj" in below or draft.lemmas[verb] in self.alone or finite:
                draft.make_root(verb, root)
                return True
            return False
        return False

    def _name_took_the_verb(self, draft: Draft, root: int) -> bool:
        """ "Boko Haram bombed Baga market" read as a market that it bombed."""
        for verb in draft.kids(root):
            doer = verb - 1
            if (
                verb < 1
                or draft.tags[verb] not in ("VBN", "VBD")
                or draft.deps[verb] != "amod"
                or draft.lemmas[verb] not in self.known
                or draft.lemmas[verb] in self.holding
                or draft.tags[doer] not in ("NNP", "NNPS")
                or draft.heads[doer] != root
                or draft.deps[doer] not in ("compound", "nmod")
            ):
                continue
            for c in draft.kids(root):
                if c < doer and draft.deps[c] in _NAMING:
                    draft.heads[c] = doer
            draft.take_object(verb, root)
            draft.heads[doer], draft.deps[doer] = verb, "nsubj"
            return True
        return False

    def _object_took_a_joined_verb(self, draft: Draft, root: int) -> bool:
        """ "Soldiers machine-gunned about 300 men" read as soldiers men that were so gunned."""
        for verb in range(3, root):
            doer = verb - 3
            if (
                draft.tags[verb] == "VBN"
                and draft.deps[verb] == "amod"
                and draft.words[verb - 1] == "-"
                and draft.tags[doer] in ("NNS", "NNPS")
                and draft.heads[doer] == root
                and any(draft.tags[c] in ("CD", "DT", "PRP$") for c in range(verb + 1, root))
            ):
                for c in draft.kids(root):
                    if c < doer:
                        draft.heads[c] = doer
                    elif draft.deps[c] == "punct":
                        draft.heads[c] = verb
                draft.heads[verb], draft.deps[verb], draft.tags[verb] = verb, "ROOT", "VBD"
                draft.heads[doer], draft.deps[doer] = verb, "nsubj"
                draft.heads[root], draft.deps[root] = verb, "dobj"
                return True
        return False
