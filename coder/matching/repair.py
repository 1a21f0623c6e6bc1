"""Mends readings that small parsers get wrong again and again, before anything is matched.

Each repair looks for a shape that no correct parse has (a sentence whose only candidate for a
verb hangs on a noun as its participle) and turns it into the reading that the words allow. What
fits no shape stays as the parser left it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from coder.types import Parse

_PARTICLES = frozenset({"in", "ins", "out", "outs", "up", "ups", "off", "offs", "over", "overs"})
_NAMING = ("compound", "nmod", "amod", "det", "poss", "nummod", "quantmod")
_MAIN = ("nsubj", "nsubjpass", "csubj", "expl")


class Repair:
    """`sets` are the word sets of codebooks/core: `acts_alone` are verbs that need no object,
    `holding_verb` those whose participle says in whose hands a place is, `word_prefix` parts
    before a hyphen ("ex"), `calendar_name` days and months; `report_verb` verbs of
    saying; `verbs` are lemmas that rules know as verbs and not as nouns, `known` all that they
    know as verbs.

    >>> Repair(books.sets).mend(parse)  # doctest: +SKIP
    """

    def __init__(
        self,
        sets: Mapping[str, frozenset[str]],
        verbs: frozenset[str] = frozenset(),
        known: frozenset[str] = frozenset(),
    ) -> None:
        self.alone = sets["acts_alone"] | sets["accident_verb"]
        self.holding = sets["holding_verb"]
        self.prefixes, self.calendar = sets["word_prefix"], sets["calendar_name"]
        self.reports = sets["report_verb"]
        self.verbs, self.known = verbs, known

    def mend(self, parse: Parse) -> Parse:
        """The parse with its known misreadings put right; the same object where there are none."""
        draft = _Draft(parse)
        hyphened = "-" in parse.words
        if hyphened:
            draft.join_hyphened_nouns()
        draft.lemmas_of_verbs(self.known)
        draft.subjects_of_helpers()
        draft.prepositions_side_by_side()
        if hyphened:
            draft.join_prefixes(self.prefixes)
        if "npadvmod" in parse.deps:
            draft.names_as_adverbs(self.calendar)
        draft.infinitives_of_nouns(self.known)
        draft.years_of_prepositions()
        draft.reporters_at_the_end(self.reports)
        root = draft.nominal_root()
        if root is not None:
            _ = (
                self._object_took_the_verb(draft, root)
                or self._subject_took_the_verb(draft, root)
                or self._verb_read_as_plural(draft, root)
                or self._object_took_a_joined_verb(draft, root)
            )
        return draft.done()

    def _object_took_the_verb(self, draft: _Draft, root: int) -> bool:
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
                or not draft.words[name][:1].isupper()
                or draft.heads[name] != thing
                or (draft.lemmas[verb] in self.holding and thing == verb + 1)
            ):
                continue
            if draft.tags[name] not in ("NNP", "NNPS"):
                draft.tags[name] = "NNP"
            for i in range(prep + 1, name):
                if draft.heads[i] == thing:
                    draft.heads[i] = name
            draft.heads[name], draft.deps[name] = prep, "pobj"
            draft.make_root(verb, root)
            draft.heads[thing], draft.deps[thing] = verb, "dobj"
            return True
        return False

    def _subject_took_the_verb(self, draft: _Draft, root: int) -> bool:
        """ "Violence flared in the capital" read as violence that was flared."""
        for verb in draft.kids(root):
            if verb < root or draft.deps[verb] != "acl" or draft.tags[verb] not in ("VBN", "VBD"):
                continue
            below = [draft.deps[c] for c in draft.kids(verb)]
            if "agent" in below or "aux" in below or "auxpass" in below:
                return False
            if "dobj" in below or draft.lemmas[verb] in self.alone:
                draft.make_root(verb, root)
                return True
            return False
        return False

    def _object_took_a_joined_verb(self, draft: _Draft, root: int) -> bool:
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

    def _verb_read_as_plural(self, draft: _Draft, root: int) -> bool:
        """ "A tanker explodes off the coast" read as a kind of explodes."""
        if draft.tags[root] != "NNS" or draft.lemmas[root] not in self.verbs or not root:
            return False
        doer = root - 1
        if draft.deps[doer] not in ("compound", "nmod") or draft.heads[doer] != root:
            return False
        for c in draft.kids(root):
            if c < doer and draft.deps[c] in (*_NAMING, "prep"):
                draft.heads[c] = doer
            elif c > root and draft.deps[c] in ("appos", "dep", "npadvmod"):
                draft.deps[c] = "dobj"
        draft.tags[root] = "VBZ"
        draft.deps[doer] = "nsubj"
        return True


class _Draft:
    """A parse being mended: lists instead of tuples, and whether anything changed."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.n = len(parse)
        self.words, self.lemmas = parse.words, list(parse.lemmas)
        self.tags, self.deps, self.heads = list(parse.tags), list(parse.deps), list(parse.heads)

    def done(self) -> Parse:
        """The parse as it stands now."""
        same = (
            tuple(self.heads) == self.parse.heads
            and tuple(self.deps) == self.parse.deps
            and tuple(self.tags) == self.parse.tags
            and tuple(self.lemmas) == self.parse.lemmas
        )
        if same:
            return self.parse
        return replace(
            self.parse,
            lemmas=tuple(self.lemmas),
            tags=tuple(self.tags),
            deps=tuple(self.deps),
            heads=tuple(self.heads),
        )

    def kids(self, i: int) -> list[int]:
        return [c for c, h in enumerate(self.heads) if h == i and c != i]

    def is_under(self, i: int, top: int) -> bool:
        for _ in range(self.n):
            if i == top:
                return True
            if self.heads[i] == i:
                return False
            i = self.heads[i]
        return False

    def nominal_root(self) -> int | None:
        """The root, where it is a noun of a whole sentence that has no verb of its own."""
        root = next((i for i, h in enumerate(self.heads) if h == i), None)
        if root is None or not self.tags[root].startswith("NN") or self.words[-1] not in '.)"”':
            return None
        has_verb = any(self.deps[c] in (*_MAIN, "cop") for c in self.kids(root))
        return None if has_verb else root

    def make_root(self, verb: int, root: int) -> None:
        """The verb becomes the root and the old root its subject; what followed goes with it."""
        for c in self.kids(root):
            if c != verb and (c > verb or self.deps[c] == "punct"):
                self.heads[c] = verb
        self.heads[verb], self.deps[verb], self.tags[verb] = verb, "ROOT", "VBD"
        self.heads[root], self.deps[root] = verb, "nsubj"

    def lemmas_of_verbs(self, known: Collection[str]) -> None:
        """ "staged" is of "stage", not of "stag", and "fined" not of "fin"."""
        for i, tag in enumerate(self.tags):
            lemma = self.lemmas[i]
            if (
                tag in ("VBD", "VBN", "VBG")
                and lemma not in known
                and lemma + "e" in known
                and self.words[i].lower() in (f"{lemma}ed", f"{lemma}ing")
            ):
                self.lemmas[i] = lemma + "e"

    def subjects_of_helpers(self) -> None:
        """A subject that hangs on "is" or "have" belongs to the verb that these help."""
        for i, dep in enumerate(self.deps):
            helper = self.heads[i]
            if dep in ("nsubj", "nsubjpass") and self.deps[helper] in ("aux", "auxpass"):
                verb = self.heads[helper]
                if not any(self.deps[c] in _MAIN for c in self.kids(verb)):
                    self.heads[i] = verb

    def prepositions_side_by_side(self) -> None:
        """ "an apology from Japan to the women": the second hangs where the first does."""
        for i, dep in enumerate(self.deps):
            upper = self.heads[i]
            if dep != "prep" or self.deps[upper] != "prep" or upper == i:
                continue
            if any(self.deps[c] == "pobj" and c < i for c in self.kids(upper)):
                self.heads[i] = self.heads[upper]

    def join_prefixes(self, prefixes: Collection[str]) -> None:
        """ "ex-president": the prefix modifies the noun, which takes its place."""
        for i in range(self.n - 2):
            if self.words[i].lower() not in prefixes or self.words[i + 1] != "-":
                continue
            noun = i + 2
            if not self.tags[noun].startswith("NN") or self.heads[i] == noun:
                continue
            if self.heads[noun] == i:
                self.heads[noun] = noun if self.heads[i] == i else self.heads[i]
                self.deps[noun] = self.deps[i]
                for c in self.kids(i):
                    self.heads[c] = noun
            elif self.heads[i] != self.heads[noun]:
                continue
            self.heads[i], self.deps[i] = noun, "amod"

    def names_as_adverbs(self, calendar: Collection[str]) -> None:
        """ "Nauru expelled a reporter": a name right before a finite verb is its subject."""
        for i in range(self.n - 1):
            verb = self.heads[i]
            if (
                self.deps[i] == "npadvmod"
                and self.tags[i] == "NNP"
                and verb == i + 1
                and self.tags[verb] in ("VBD", "VBZ", "VBP")
                and self.words[i].lower() not in calendar
                and not any(self.deps[c] in _MAIN for c in self.kids(verb))
            ):
                self.deps[i] = "nsubj"

    def years_of_prepositions(self) -> None:
        """ "In 1995 rebels attacked the town": the year belongs to the preposition."""
        for i in range(1, self.n - 1):
            year, prep = self.words[i], i - 1
            if (
                self.deps[i] == "nummod"
                and self.heads[i] > i
                and len(year) == len("1995")
                and year.isdigit()
                and "1000" <= year < "2100"
                and self.words[prep].lower() in ("in", "since", "until", "by")
                and self.deps[prep] == "prep"
                and not self.kids(prep)
            ):
                self.heads[i], self.deps[i] = prep, "pobj"

    def infinitives_of_nouns(self, known: Collection[str]) -> None:
        """ "take the ministry to court": a noun has no infinitive, "to" is a preposition there."""
        for i, dep in enumerate(self.deps):
            noun = self.heads[i]
            if (
                dep == "aux"
                and self.words[i].lower() == "to"
                and self.tags[noun].startswith("NN")
                and self.deps[noun] in ("xcomp", "advcl", "ccomp")
                and self.lemmas[noun] not in known
            ):
                self.heads[i], self.deps[i], self.tags[i] = self.heads[noun], "prep", "IN"
                self.heads[noun], self.deps[noun] = i, "pobj"

    def reporters_at_the_end(self, reports: Collection[str]) -> None:
        """ "Guards took bribes, the agency alleged": who said so is no agency that was alleged."""
        for i in range(2, self.n):
            who = self.heads[i]
            told = self.heads[who]
            if (
                self.deps[i] != "acl"
                or self.tags[i] not in ("VBN", "VBD")
                or self.lemmas[i] not in reports
                or who != i - 1
                or self.deps[who] not in ("npadvmod", "dep", "dobj", "conj", "attr", "appos")
                or not self.tags[told].startswith("VB")
                or any(self.deps[c] in ("agent", "dobj", "auxpass") for c in self.kids(i))
            ):
                continue
            first = min(c for c in range(who + 1) if self.is_under(c, who))
            if first == 0 or self.words[first - 1] != "," or told > first:
                continue
            self.heads[i] = i if self.heads[told] == told else self.heads[told]
            self.deps[i], self.tags[i] = self.deps[told], "VBD"
            self.heads[told], self.deps[told] = i, "ccomp"
            self.heads[who], self.deps[who] = i, "nsubj"

    def join_hyphened_nouns(self) -> None:
        """ "sit-in", "walk-outs": the first part heads the noun, the particle belongs to it."""
        for i in range(2, self.n):
            first = i - 2
            if (
                self.words[i - 1] == "-"
                and self.words[i].lower() in _PARTICLES
                and self.tags[i].startswith("NN")
                and self.heads[first] == i
                and self.deps[first] in ("compound", "amod", "nmod")
            ):
                for c in self.kids(i):
                    self.heads[c] = first
                top = self.heads[i]
                self.heads[first] = first if top == i else top
                self.deps[first] = self.deps[i]
                self.tags[first] = "NN"
                self.heads[i], self.deps[i], self.tags[i] = first, "prt", "RP"
