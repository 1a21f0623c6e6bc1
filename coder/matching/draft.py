"""A parse while it is being mended, and the misreadings of single words that can be seen in it.

`coder.matching.repair` says which are looked for and in which order.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from coder.types import Parse

_PARTICLES = frozenset({"in", "ins", "out", "outs", "up", "ups", "off", "offs", "over", "overs"})
_MAIN = ("nsubj", "nsubjpass", "csubj", "expl")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj")
_GERUND_AS = {"dobj": "xcomp", "pobj": "pcomp", "nsubj": "csubj"}


class Draft:
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
            elif self.deps[c] == "prep" and c < root:
                self.heads[c] = verb  # "On Monday, ..." says nothing of the noun behind it
        self.heads[verb], self.deps[verb], self.tags[verb] = verb, "ROOT", "VBD"
        self.heads[root], self.deps[root] = verb, "nsubj"

    def take_object(self, verb: int, thing: int) -> None:
        """The verb takes the place of the noun that it stands under, which becomes its object."""
        above, dep = self.heads[thing], self.deps[thing]
        for c in self.kids(thing):
            if c != verb and (c < verb or self.deps[c] in ("punct", "advcl", "advmod", "prep")):
                self.heads[c] = verb
        self.heads[verb], self.deps[verb] = (verb if above == thing else above), dep
        self.tags[verb] = "VBD"
        self.heads[thing], self.deps[thing] = verb, "dobj"

    def verbs_under_objects(self, known: Collection[str]) -> None:
        """A word with a subject of its own is the verb of what is read as its head ("the rebels
        overran Damasak") and no noun, if it has an object too ("the rebels retook Bama")."""
        for i, dep in enumerate(self.deps):
            kids = [self.deps[c] for c in self.kids(i) if c < i]
            if dep in ("dobj", "pobj") and self.tags[i] == "VBZ" and {"nummod", "det"} & {*kids}:
                self.tags[i] = "NNS"  # "killed four militants"
            if "nsubj" not in kids or self.lemmas[i] not in known:
                continue
            thing = self.heads[i]
            if dep in ("compound", "amod") and thing > i and self.tags[i] == "VBD":
                self.take_object(i, thing)
            elif self.tags[i] == "NN" and any(self.deps[c] == "dobj" for c in self.kids(i)):
                self.tags[i] = "VBD"

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
                self.deps[i] in ("npadvmod", "advmod")
                and self.tags[i] == "NNP"
                and verb == i + 1
                and self.tags[verb] in ("VBD", "VBZ", "VBP")
                and self.words[i].lower() not in calendar
                and not any(self.deps[c] in _MAIN for c in self.kids(verb))
            ):
                self.deps[i] = "nsubj"

    def nouns_as_clauses(self) -> None:
        """ "let Red Cross lorries through": the lorries are no clause whose subject is a cross."""
        for i in range(1, self.n):
            if (
                self.deps[i] == "ccomp"
                and self.tags[i] in ("NNS", "NNPS")
                and self.lemmas[self.heads[i]] == "let"
                and self.heads[i] < i
                and self.deps[i - 1] == "nsubj"
                and self.heads[i - 1] == i
            ):
                self.deps[i] = "dobj"
                for c in self.kids(i):
                    if self.deps[c] == "nsubj":
                        self.deps[c] = "compound"
                    elif self.deps[c] == "prep" and self.tags[c] == "RP":
                        self.heads[c], self.deps[c] = self.heads[i], "prt"

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

    def infinitives_after_nouns(self, nouns: Collection[str]) -> None:
        """ "rejected calls to stop the trial": what is called for belongs to the calls."""
        for i in range(2, self.n):
            verb, noun = self.heads[i], i - 1
            if (
                self.deps[i] == "aux"
                and self.tags[i] == "TO"
                and self.deps[verb] == "advcl"
                and self.lemmas[noun] in nouns
                and self.deps[noun] in _ARGUMENTS
                and self.heads[verb] == self.heads[noun]
                and verb > i
            ):
                self.heads[verb], self.deps[verb] = noun, "acl"

    def gerunds_after_particles(self) -> None:
        """ "ruled out sending troops": what is ruled out is no aside of it."""
        for i in range(2, self.n):
            if (
                self.deps[i] == "advcl"
                and self.tags[i] == "VBG"
                and self.deps[i - 1] == "prt"
                and self.heads[i - 1] == self.heads[i]
            ):
                self.deps[i] = "xcomp"

    def gerunds_with_particles(self, known: Collection[str]) -> None:
        """ "after handing over the fugitives": not a handing that is over them."""
        for i in range(self.n - 2):
            word, after = self.words[i].lower(), i + 1
            if (
                self.tags[i] != "NN"
                or not word.endswith("ing")
                or self.deps[i] not in _GERUND_AS
                or self.tags[after] != "RP"
                or self.deps[after] != "prep"
                or self.heads[after] != i
            ):
                continue
            stem = word.removesuffix("ing")
            lemma = next((v for v in (stem, stem + "e", stem[:-1]) if v in known), None)
            thing = next((c for c in self.kids(after) if self.deps[c] == "pobj"), None)
            if lemma is None or thing is None:
                continue
            self.tags[i], self.lemmas[i], self.deps[i] = "VBG", lemma, _GERUND_AS[self.deps[i]]
            self.deps[after] = "prt"
            self.heads[thing], self.deps[thing] = i, "dobj"

    def titles_after_hyphens(self) -> None:
        """ "the secretary-general said": what is a subject there is no adjective."""
        for i in range(2, self.n):
            if (
                self.tags[i] == "JJ"
                and self.words[i - 1] == "-"
                and self.deps[i] in _ARGUMENTS
                and self.heads[i - 2] == i
                and self.tags[i - 2].startswith("NN")
            ):
                self.tags[i] = "NN"

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
