"""Verbs of the present tense that small parsers take for nouns: "Police in Lima arrest a senator",
"The union sanctions the bank", "Lebanon and Syria exchange prisoners".

News that is told in the present is full of words that are nouns as often as verbs. Where such a
word agrees with what stands before it and the sentence has no other verb, it is the verb.
"""

from __future__ import annotations

from collections.abc import Collection

from coder.matching.draft import Draft

_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_BASE, _ENDS_IN_S = ("NN", "VB", "VBP", "JJ"), ("NNS", "VBZ")
_MAIN = ("nsubj", "nsubjpass")
_NAMING = ("compound", "nmod", "amod", "det", "poss", "nummod", "quantmod")
_MANY = frozenset({"police", "people", "military", "media", "series", "number", "group", "pair"})
_ONE = frozenset({"military", "opposition", "media"})
_PLURAL_LEMMAS = {"leaf": "leave", "life": "live"}
_BEHIND = (*_NOUNS, "DT", "PRP", "PRP$", "CD", "$", "JJ", "IN", "TO", "RP", "RB", "VBN", "WDT")


class Present:
    """Finds and seats such verbs in a draft. `known` are the lemmas that rules know as verbs."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known

    def with_subjects(self, draft: Draft) -> None:
        """What has a subject, and agrees with it, is a verb whatever its tag: "it votes for"."""
        for i, tag in enumerate(draft.tags):
            if tag not in ("NN", "NNS") or self._lemma(draft, i) not in self.known:
                continue
            left = [c for c in draft.kids(i) if c < i]
            subject = next((c for c in left if draft.deps[c] == "nsubj"), None)
            named = any(draft.deps[c] in _NAMING for c in left if subject is None or c > subject)
            if subject is not None and not named and self._agree(draft, subject, i):
                thing = _top(draft, i)
                if thing != i:  # "the army claims responsibility"
                    draft.take_object(i, thing)
                    draft.tags[i] = tag
                self._retag(draft, i)

    def main_verb(self, draft: Draft, root: int) -> bool:
        """Seats the verb of a sentence whose root is a noun; False where there is none."""
        found = [v for v in range(1, draft.n - 1) if self._may_be(draft, v)]
        found.sort(key=lambda v: (draft.tags[v] not in ("VBZ", "VBP", "VB"), v == root))
        return any(self._seat(draft, v, root) for v in found)

    def _may_be(self, draft: Draft, v: int) -> bool:
        before, behind = v - 1, v + 1
        if draft.tags[v] not in (*_BASE, *_ENDS_IN_S) or self._lemma(draft, v) not in self.known:
            return False
        if not draft.words[v].islower() or draft.words[behind].lower() == "of":
            return False
        if draft.tags[behind] not in _BEHIND:
            return False
        if any(draft.deps[c] in ("aux", "auxpass", *_MAIN) for c in draft.kids(v)):
            return False
        word = draft.words[before]
        after_noun = draft.tags[before] in _NOUNS or word.lower() in _ONE or word[:1].isupper()
        return after_noun or (word == "," and draft.deps[v] == "appos")

    def _seat(self, draft: Draft, v: int, root: int) -> bool:
        """Makes v the root with its subject and object, if the two agree."""
        inner = _top(draft, v)
        names = [c for c in range(v) if draft.deps[c] in _NAMING and _top(draft, c) == inner]
        names = [c for c in names if draft.heads[c] >= v]
        thing = inner if inner != v else None
        doer = next((c for c in reversed(names) if _is_name(draft, c)), None)
        if inner == root:
            subject = doer
        elif draft.deps[inner] == "pobj" and root < draft.heads[inner] < v:
            subject = root if doer is not None else None
        elif draft.deps[inner] in ("appos", "dobj", "conj", "dep", "acl"):
            subject = root if root < v and draft.is_under(inner, root) else None
        else:
            subject = None
        counted = draft.tags[v] in _ENDS_IN_S and any(draft.tags[c] == "CD" for c in names)
        if subject is None or subject > v or counted or not self._agree(draft, subject, v):
            return False
        self._move(draft, v, thing, subject, doer, names)
        return True

    def _move(
        self,
        draft: Draft,
        v: int,
        thing: int | None,
        subject: int,
        doer: int | None,
        names: list[int],
    ) -> None:
        inner = v if thing is None else thing
        if doer is not None:
            for c in names:
                if c != doer:
                    draft.heads[c] = doer
            if subject != doer:  # it ends the phrase that the verb was read into
                in_phrase = draft.deps[inner] == "pobj"
                draft.heads[doer] = draft.heads[inner] if in_phrase else subject
                draft.deps[doer] = "pobj" if in_phrase else "appos"
        for above in {inner, subject}:
            for c in draft.kids(above):
                if above != v and c not in (v, doer) and _goes_along(draft, c, v):
                    draft.heads[c] = v
        if doer is not None and subject == doer:
            for c in draft.kids(inner):
                if c < doer and draft.deps[c] == "prep" and draft.words[c][:1].isupper():
                    draft.heads[c] = v
        draft.heads[v], draft.deps[v] = v, "ROOT"
        self._retag(draft, v)
        draft.heads[subject], draft.deps[subject] = v, "nsubj"
        if thing is not None:
            draft.heads[thing], draft.deps[thing] = v, "dobj"
        else:
            for c in draft.kids(v):
                if c > v and draft.deps[c] in ("appos", "npadvmod") and _is_object(draft, c):
                    draft.deps[c] = "dobj"

    def _agree(self, draft: Draft, subject: int, v: int) -> bool:
        tag, word = draft.tags[subject], draft.words[subject].lower()
        joined = any(draft.deps[c] == "conj" and c < v for c in draft.kids(subject))
        many = joined or tag in ("NNS", "NNPS") or word in _MANY
        if draft.tags[v] in _ENDS_IN_S:
            return not joined and (tag in ("NN", "NNP", "NNPS", "PRP") or word in _ONE)
        return many

    def _lemma(self, draft: Draft, v: int) -> str:
        return _PLURAL_LEMMAS.get(draft.lemmas[v], draft.lemmas[v])

    def _retag(self, draft: Draft, v: int) -> None:
        draft.lemmas[v] = self._lemma(draft, v)
        draft.tags[v] = "VBZ" if draft.tags[v] in _ENDS_IN_S else "VBP"


def _top(draft: Draft, i: int) -> int:
    """The noun behind i that it is read as a part of, else i itself."""
    while draft.deps[i] in _NAMING and draft.heads[i] > i:
        i = draft.heads[i]
    return i


def _is_name(draft: Draft, c: int) -> bool:
    """Whether a noun can be who acts, or the end of a phrase: no adjective or number."""
    if draft.tags[c] in _NOUNS:
        return draft.deps[c] != "poss"
    return draft.words[c].lower() in _ONE


def _goes_along(draft: Draft, c: int, v: int) -> bool:
    """Whether what hangs on the object, or on the subject behind the verb, belongs to the verb."""
    if draft.deps[c] == "punct":
        return True
    if c > v and draft.tags[c] == "VBG" and draft.deps[c] == "acl":
        draft.deps[c] = "advcl"  # "blasts rock the city, killing two"
    return c > v and draft.deps[c] in ("prep", "advcl", "advmod", "npadvmod", "mark", "ccomp")


def _is_object(draft: Draft, c: int) -> bool:
    """Whether a noun behind a verb can be its object: what names no day."""
    return draft.tags[c] in _NOUNS and draft.words[c - 1] != ","
