"""How a deed is told: as something of this world, or of stories, games, memory and supposition.

A deed under a film or a proverb did not happen; one under a plaque or in the life of somebody who
has died is history. What a clause hangs on decides, never a word elsewhere in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coder.matching.tree import Tree

_SUBJECTS = ("nsubj", "nsubjpass")
_HUNDREDS = 100
_SPANS = ("year", "decade", "century")


class Telling:
    """Reads how deeds are told; `sets` are those of telling.yaml and qualifiers.yaml.

    Tokens: `i` is the trigger of a deed, `carrier` the verb that carries it (the same where the
    trigger is a verb).
    """

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self.sets = sets

    # --- what did not happen ----------------------------------------------------------------

    def unreal(self, tree: Tree, i: int, carrier: int) -> bool:
        """Whether the deed is only thought, played, told in a story, or turned out to be none."""
        return (
            self._in_art(tree, carrier)
            or self._imagined(tree, i)
            or self._not_in_earnest(tree, i)
            or self._false_alarm(tree, i)
            or self._a_topic(tree, i)
            or self._played(tree, i)
            or self._counted_by_hundreds(tree, i)
            or self._as_though(tree, carrier)
            or self._of_anybody(tree, carrier)
            or self._habit(tree, carrier)
            or self._contest(tree, carrier)
            or self._under_heading(tree)
        )

    def _imagined(self, tree: Tree, i: int) -> bool:
        """A deed that is only thought of: "any attack", "fighting could reach the city", "a deal on
        withdrawing troops would be signed"."""
        if tree.is_noun(i) and any(
            tree.lower[a] == "than" for a in tree.ancestors(i) if tree.deps[a] == "prep"
        ):
            return True  # "more than in all the clashes together"
        at = i
        while tree.deps[at] in ("pobj", "pcomp") and tree.deps[tree.heads[at]] == "prep":
            at = tree.heads[tree.heads[at]]
            if tree.is_verb(at):
                return False
        if tree.is_verb(at):
            return False
        if any(tree.deps[c] == "det" and tree.lower[c] == "any" for c in tree.children[i]):
            return True
        h = tree.heads[at]
        if tree.deps[at] not in _SUBJECTS or not tree.is_verb(h):
            return False
        modal = (*self.sets["modal_aux"], "would")
        return any(tree.lower[c] in modal for c in tree.kids(h, "aux"))

    def _in_art(self, tree: Tree, i: int) -> bool:
        """Whether a novel, a film or a play does what governs the deed, or it is done in one, or
        somebody writes or dreams of it."""
        fiction = self.sets["fiction_noun"]
        below = i
        for a in (i, *tree.ancestors(i)):
            for c in tree.children[a]:
                if tree.deps[c] in (*_SUBJECTS, "poss"):
                    if "art" in tree.kinds[c] or tree.lemmas[c] in fiction:
                        return True
                elif tree.lower[c] == "in" and tree.deps[c] == "prep":
                    inside = {tree.lemmas[p] for p in tree.kids(c, "pobj")}
                    if inside & fiction:
                        return True
            dreamt = tree.lemmas[a] in self.sets["dream_verb"]
            told = tree.lemmas[a] in self.sets["story_verb"] and tree.lower[below] in (
                "of",
                "about",
            )
            if a != i and (dreamt or told):
                return True
            below = a
        return False

    def _not_in_earnest(self, tree: Tree, i: int) -> bool:
        """ "Celebratory gunfire", "dropped a practice grenade"."""
        words = self.sets["not_in_earnest"]
        near = [i]
        if tree.is_verb(i):
            for c in tree.kids(i, "prep"):
                if tree.lower[c] == "with" and any(
                    tree.lemmas[p] == "blank" for p in tree.kids(c, "pobj")
                ):
                    return True
            near += [c for c in tree.kids(i, "dobj", *_SUBJECTS) if "weapon" in tree.kinds[c]]
        return any(
            tree.lower[c] in words for t in near for c in tree.kids(t, "amod", "compound", "nmod")
        )

    def _false_alarm(self, tree: Tree, i: int) -> bool:
        """ "Reports of gunfire proved to be a lorry backfiring"; "mistook it for an attack"; "the
        march was called off"."""
        below = i
        for a in tree.ancestors(i):
            if tree.is_verb(a):
                told_as = (
                    tree.deps[below] in _SUBJECTS and tree.lemmas[a] in self.sets["prove_verb"]
                )
                taken_for = (
                    tree.lower[below] == "for" and tree.lemmas[a] in self.sets["mistake_verb"]
                )
                return told_as or taken_for
            below = a
        return False

    def _a_topic(self, tree: Tree, i: int) -> bool:
        """ "A message about an attack", "counted the ballot on a strike": a noun under a noun."""
        if not tree.is_noun(i) or tree.deps[i] != "pobj":
            return False
        prep = tree.heads[i]
        above = tree.heads[prep]
        return tree.lower[prep] in ("about", "on") and tree.lemmas[above] in self.sets["topic_noun"]

    def _from_a_story(self, tree: Tree, verb: int) -> bool:
        """ "The gunfire came from the set of a thriller"."""
        parts = tree.kids(verb, "prep", "attr")
        if tree.lemmas[verb] not in ("come", "be"):
            parts = [c for c in parts if tree.lower[c] == "for"]
        return any(
            "art" in tree.kinds[t] or tree.lemmas[t] in self.sets["fiction_noun"]
            for c in parts
            for t in (c, *tree.kids(c, "pobj"), *(tree.subtree(c) if len(parts) == 1 else ()))
        )

    def _as_though(self, tree: Tree, i: int) -> bool:
        """ "Looked as though an army had shelled it"."""
        for a in (i, *tree.ancestors(i)):
            marks = [c for c in tree.children[a] if tree.lower[c] in ("though", "if")]
            if any(c > 0 and tree.lower[c - 1] == "as" for c in marks):
                return True
            if tree.lower[a] == "like" and tree.lemmas[tree.heads[a]] in self.sets["seem_verb"]:
                return True
            if tree.deps[a] not in (
                "conj",
                "xcomp",
                "ccomp",
                "pcomp",
                "acl",
                "pobj",
                "prep",
                "advcl",
            ):
                return False
        return False

    def _played(self, tree: Tree, i: int) -> bool:
        """ "Rehearsed the admission of casualties of an attack", "214 clashes were counted"."""
        below = i
        for a in tree.ancestors(i):
            if tree.is_verb(a):
                role = tree.deps[below]
                played = tree.lemmas[a] in self.sets["play_verb"] and role in (
                    *("dobj", "nsubjpass", "xcomp"),
                )
                counted = tree.lemmas[a] in self.sets["count_verb"] and role == "nsubjpass"
                return played or (counted and not tree.is_verb(i))
            below = a
        return False

    def _of_anybody(self, tree: Tree, i: int) -> bool:
        """A deed of nobody in particular: "an army that attacks from the east must cross a river",
        "anyone who shoots at a guard"."""
        for a in (i, *tree.ancestors(i)):
            if tree.deps[a] not in ("relcl", "acl") or tree.tags[a] not in ("VBZ", "VBP", "VBG"):
                continue
            noun = tree.heads[a]
            if tree.lower[noun] in self.sets["anybody"]:
                return True
            verb = tree.heads[noun]
            bare = any(tree.lower[c] in ("a", "an", "any") for c in tree.kids(noun, "det"))
            if bare and tree.deps[noun] in _SUBJECTS and tree.kids(verb, "aux"):
                modal = self.sets["modal_aux"] | {"will"}
                return any(tree.lower[c] in modal for c in tree.kids(verb, "aux"))
        if tree.is_verb(i):
            return any(tree.lower[s] in self.sets["anybody"] for s in tree.kids(i, *_SUBJECTS))
        return False

    @staticmethod
    def _habit(tree: Tree, i: int) -> bool:
        """ "August is when the city empties", "gangs usually clash", "drivers strike most Fridays",
        "meet twice a year": the present tense with such words tells what is usual."""
        if tree.tags[i] not in ("VBZ", "VBP"):
            return False
        usual = ("whenever", "usually", "typically", "normally", "generally", "habitually")
        by = {tree.lower[c] for c in tree.kids(i, "advmod", "mark")}
        if not by.isdisjoint(usual) or ("when" in by and not _befalls_some(tree, i)):
            return True
        each = ("every", "each", "most", "once", "twice", "times")
        return any(
            tree.lower[c] in each
            for span in tree.kids(i, "npadvmod")
            if "time" in tree.kinds[span]
            for c in (*tree.children[span], *(span - k for k in (1, 2) if span >= k))
        )

    def _contest(self, tree: Tree, i: int) -> bool:
        """Whether teams do it, not states: "Pakistan were bombed out of the Cup", "Army beat Navy
        4-2 in lacrosse". A country or an army that takes a verb in the plural is a team."""
        verbs = [a for a in (i, *tree.ancestors(i)) if tree.is_verb(a)]
        sides = [s for v in verbs for s in tree.kids(v, *_SUBJECTS)]
        sides += [p for s in sides for p in tree.kids(s, "poss")]  # "Germany's attack"
        if not any(self._is_side(tree, s) for s in sides):
            return False
        if any(self._plural_team(tree, v) or self._at_sport(tree, v) for v in verbs):
            return True
        return _scored(tree) and self.sets["vote_word"].isdisjoint(tree.lemmas)

    def _plural_team(self, tree: Tree, verb: int) -> bool:
        subject = tree.kid(verb, *_SUBJECTS)
        if subject is None or tree.tags[subject] != "NNP" or tree.kids(subject, "conj"):
            return False
        helper = tree.kid(verb, "auxpass", "aux")
        word = tree.lower[helper] if helper is not None else tree.lower[verb]
        return word in ("were", "have", "are") and "country" in tree.kinds[subject]

    @staticmethod
    def _at_sport(tree: Tree, verb: int) -> bool:
        return any(
            "sport" in tree.kinds[p]
            for c in _preps(tree, verb)
            if tree.lower[c] in ("in", "of", "at", "during", "out", "with")
            for p in tree.kids(c, "pobj")
        )

    @staticmethod
    def _is_side(tree: Tree, i: int) -> bool:
        """A bare name: of a country, a service or nobody known, as teams are called."""
        if tree.tags[i] not in ("NNP", "NNPS"):
            return False
        return not tree.kinds[i] or bool(tree.kinds[i] & {"country", "region", "state_force"})

    # --- what is long past ------------------------------------------------------------------

    @staticmethod
    def _counted_by_hundreds(tree: Tree, i: int) -> bool:
        """ "160,000 bombings": a figure, no event."""
        if tree.is_verb(i):
            return False
        numbers = [tree.lower[c].replace(",", "") for c in tree.kids(i, "nummod")]
        return any(n.isdigit() and int(n) >= _HUNDREDS for n in numbers)

    def long_past(self, tree: Tree, i: int, carrier: int) -> bool:
        """Whether the deed is told from the past: "once", "ten years after", under a word of memory
        ("a monument to", "a plaque shows where") or of judgement ("was convicted of"), or in the
        life of somebody who has died."""
        above = tree.verb_over(carrier)
        clause = carrier if above is None else above
        if tree.is_noun(i) and self._of_a_year(tree, i):
            return True
        if any(
            tree.lower[c] in self.sets["past_long"]
            and tree.deps[c] in ("advmod", "prep", "npadvmod")
            for t in {i, carrier, clause}
            for c in tree.children[t]
        ):
            return True
        joined = [c for t in (i, carrier) for c in tree.kids(t, "conj") if tree.is_verb(c)]
        chain = (i, carrier, *joined, *tree.ancestors(carrier))
        return (
            any(self._years_off(tree, a) for a in chain)
            or self._remembered(tree, carrier)
            or self._in_a_life(tree, carrier)
        )

    def _remembered(self, tree: Tree, carrier: int) -> bool:
        if tree.deps[carrier] == "acl" and tree.deps[tree.heads[carrier]] == "dobj":
            counts = tree.heads[tree.heads[carrier]]  # "the yearbook counts 318 people killed"
            if tree.lemmas[counts] in self.sets["count_verb"]:
                return True
        below = carrier
        for a in tree.ancestors(carrier):
            lemma = tree.lemmas[a]
            for_it = tree.lower[below] in ("for", "over")
            if tree.is_noun(a):
                if lemma in self.sets["memorial"]:
                    return True
                if lemma in self.sets["legal_noun"] and for_it:
                    return True
                if tree.deps[below] in ("relcl", "acl") and self._has_year(tree, a):
                    return True
            elif tree.is_verb(a) and a != carrier:
                if lemma in self.sets["memorial_verb"] or lemma in self.sets["legal_verb"]:
                    return True
                objects = [tree.lemmas[c] for c in tree.kids(a, "dobj")]
                subjects = [
                    tree.lemmas[t]
                    for c in tree.kids(a, *_SUBJECTS)
                    for t in (
                        c,
                        *(p for prep in tree.kids(c, "prep") for p in tree.kids(prep, "pobj")),
                    )
                ]
                if not self.sets["memorial"].isdisjoint((*objects, *subjects)):
                    return True
                if for_it and not self.sets["legal_noun"].isdisjoint(objects):
                    return True
            below = a
        return False

    def _in_a_life(self, tree: Tree, carrier: int) -> bool:
        """ "The gunner who shot down four jets has died at 70"; "born in Lodz, she blew up a train
        and later taught chemistry"."""
        for a in (carrier, *tree.ancestors(carrier)):
            if tree.deps[a] in ("relcl", "acl"):
                noun = tree.heads[a]
                person = noun if tree.deps[noun] != "appos" else tree.heads[noun]
                verb = tree.heads[person]
                if tree.deps[person] in _SUBJECTS and tree.lemmas[verb] in self.sets["life_verb"]:
                    return True
            if tree.heads[a] == a or tree.deps[a] == "ccomp":
                return any(
                    tree.lemmas[c] in ("bear", "born") and c < a
                    for c in tree.kids(a, "advcl", "acl", "amod", "dep")
                )
        return False

    def _under_heading(self, tree: Tree) -> bool:
        start = " ".join(tree.lower[:4])
        return any(start.startswith(words) for words in self.sets["history_heading"])

    def _years_off(self, tree: Tree, i: int) -> bool:
        """Whether a clause or noun is told as years away: "ten years after troops had fired"."""
        for c in tree.kids(i, "advmod"):  # "had left the site ten years before"
            if tree.lower[c] in ("before", "earlier", "previously") and any(
                tree.lemmas[g] in _SPANS for g in tree.kids(c, "npadvmod")
            ):
                return True
        for c in tree.kids(i, "advmod"):  # "were slaughtered there 10,000 years ago"
            if tree.lower[c] == "ago" and any(
                tree.lemmas[g] in _SPANS and tree.kids(g, "nummod")
                for g in tree.kids(c, "npadvmod")
            ):
                return True
        links = [c for c in tree.children[i] if tree.lower[c] in ("after", "since")]
        if tree.deps[tree.heads[i]] == "prep" and tree.lower[tree.heads[i]] in ("after", "since"):
            links.append(tree.heads[i])
        return any(tree.lemmas[c] in _SPANS for link in links for c in self._before(tree, link, i))

    @staticmethod
    def _before(tree: Tree, link: int, i: int) -> Iterator[int]:
        around = [*tree.children[link], *tree.children[i]]
        above = tree.heads[i] if tree.heads[link] == i else tree.heads[link]
        around += tree.children[above]
        yield from (c for c in around if c < link)

    @staticmethod
    def _of_a_year(tree: Tree, noun: int) -> bool:
        """ "The bombing of 1937"."""
        return any(
            tree.words[p].isdigit() and len(tree.words[p]) == 4
            for of in tree.kids(noun, "prep")
            if tree.lower[of] == "of"
            for p in tree.kids(of, "pobj")
        )

    @staticmethod
    def _has_year(tree: Tree, noun: int) -> bool:
        """ "The 1864 war", told of by a clause of its own."""
        return any(
            tree.tags[c] == "CD" and len(tree.words[c]) == 4 and tree.words[c].isdigit()
            for c in tree.kids(noun, "nummod", "amod", "compound")
        )


def _preps(tree: Tree, verb: int) -> Iterator[int]:
    """The prepositions of a verb, and those on what they govern: "from the start in the derby"."""
    for prep in tree.kids(verb, "prep"):
        yield prep
        for p in tree.kids(prep, "pobj"):
            yield from tree.kids(p, "prep")


def _befalls_some(tree: Tree, i: int) -> bool:
    """Whether the clause above a "when" tells what befell somebody, once: "five people are killed
    when a bomb explodes", not "people flee when a bomb explodes"."""
    above = tree.heads[i]
    if tree.deps[i] != "advcl" or not tree.is_verb(above):
        return False
    verbs = [above, tree.heads[above]] if tree.deps[above] == "conj" else [above]
    for verb in verbs:
        passive = bool(tree.kids(verb, "auxpass")) or tree.tags[verb] == "VBN"
        for subject in tree.kids(verb, *_SUBJECTS):
            of_it = [subject, *tree.kids(subject, "det", "nummod", "quantmod", "amod")]
            counted = any(tree.tags[c] == "CD" for c in of_it)
            some = {tree.lower[c] for c in of_it} & {"a", "an", "another", "several", "many", "the"}
            if counted or (passive and (some or tree.tags[subject] == "NNP")):
                return True
    return False


def _scored(tree: Tree) -> bool:
    """Whether a sentence has a result: "2-1"."""
    return any(
        tree.tags[c] == tree.tags[c + 2] == "CD"
        and tree.words[c + 1] in ("-", "–")
        and len(tree.words[c]) <= 2 >= len(tree.words[c + 2])
        for c in range(tree.n - 2)
    )
