"""Place names in a sentence: the value that finding gives, and what stands around a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coder.codebook.gazetteer import Place, PlaceWords
from coder.codebook.gazetteer_names import fold
from coder.matching.tree import Tree
from coder.types import GeoLevel

Cue = Literal["", "weak", "strong"]
_SKIP_TAGS = frozenset({"DT", "JJ", "JJS", "VBN", "HYPH", "RB", "CD", "PRP$"})
_SKIP_MOST = 5
_MISTAGGED = frozenset({"NN", "NNS", "FW", "VB", "VBP", "VBD", "VBZ"})
"""Tags that the parser gives to parts of names it does not know."""


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place name: tokens start..end (end not included), its head and words.

    `candidates` are the places of that name (none for a name that only the sentence shows to
    be a place), `level` is what a noun beside it says ("X province"), `cue` how sure the
    sentence is that it is a place, `within` are the larger places stated beside it, nearest
    first ("Kaya, Burkina Faso"), `quarter` that it is a part or a spot of the town it is within.
    """

    start: int
    end: int
    head: int
    text: str
    candidates: tuple[Place, ...]
    level: GeoLevel | None = None
    cue: Cue = ""
    within: tuple[PlaceSpan, ...] = ()
    quarter: bool = False

    @property
    def coarsest(self) -> GeoLevel:
        """The largest level that the name can have."""
        if self.level is not None:
            return self.level
        levels = {c.level for c in self.candidates} or {"town"}
        return min(levels, key=RANK.__getitem__)


RANK: dict[GeoLevel, int] = {
    "country": 0, "sea": 1, "admin1": 2, "admin2": 3, "town": 4, "exact": 5
}  # fmt: skip
"""Levels from the coarsest to the most specific."""


def capitalised(word: str) -> bool:
    return word[0].isupper()


def span_head(tree: Tree, lo: int, hi: int) -> int:
    """The token of lo..hi whose head lies outside; the last such one."""
    for i in range(hi - 1, lo - 1, -1):
        if not lo <= tree.heads[i] < hi or tree.heads[i] == i:
            return i
    return hi - 1


def cue_before(tree: Tree, lo: int, words: PlaceWords) -> tuple[Cue, GeoLevel | None]:
    """What governs a name that begins at token lo: a preposition of place, "the town of"."""
    lists = words.lists
    i = lo - 1
    level: GeoLevel | None = None
    for _ in range(_SKIP_MOST):
        if i < 0:
            return "", level
        word, lemma = tree.lower[i], tree.lemmas[i].lower()
        if word in lists["strong"]:
            return "strong", level
        if word in lists["weak"]:
            return "weak", level
        if word == "of" and i > 0:
            noun = tree.lemmas[i - 1].lower()
            if noun in words.types:
                owned = i > 1 and tree.tags[i - 2].startswith("NNP")  # "the X district of Y"
                return "strong", None if owned else words.types[noun]
            shown = lists["parts"] | lists["natives"]
            return ("strong" if noun in shown or tree.lower[i - 1] in shown else ""), level
        if word in lists["goals"] or word in lists["origins"]:
            moved = tree.lemmas[tree.heads[i]].lower() in lists["moving"]
            return ("strong" if moved and tree.tags[i] in ("IN", "TO") else ""), level
        if word in lists["links"] and i > 0 and tree.lemmas[i - 1].lower() in words.types:
            return "strong", level
        if i == lo - 1 and lemma in words.types and tree.tags[i] in ("NN", "NNS"):
            level = words.types[lemma]
        elif word not in lists["compass"] and (
            tree.tags[i] not in _SKIP_TAGS or (capitalised(tree.words[i]) and tree.tags[i] != "DT")
        ):
            if level is not None:
                return "strong", level
            return ("weak" if lemma in lists["taking"] and tree.is_verb(i) else ""), level
        i -= 1
    return "", level


def cue_of(tree: Tree, lo: int) -> bool:
    """Whether "of" or "in" stands right before a name."""
    return lo > 0 and tree.tags[lo - 1] == "IN"


def cue_after(tree: Tree, hi: int, words: PlaceWords) -> tuple[bool, GeoLevel | None]:
    """Whether a noun of place follows ("X province", "X refugee camp"), and the level it gives.

    Camps, airports and the like give no level: the name is that of their town.
    """
    for i in range(hi, min(hi + 3, tree.n)):
        lemma = tree.lemmas[i].lower()
        if lemma in words.types and tree.is_noun(i):
            level = words.types[lemma]
            return True, None if level == "exact" else level
        if tree.lower[i] in words.lists["parts"]:
            return i == hi, None
        # "Baghdad International Airport", but not "Port Authority bus terminal".
        if capitalised(tree.words[i]) and (i + 1 == tree.n or not capitalised(tree.words[i + 1])):
            break
        if not tree.is_noun(i) and tree.tags[i] not in ("JJ", "CD"):
            break
    return False, None


def name_run(tree: Tree, lo: int, hi: int, words: PlaceWords, barred: set[int]) -> tuple[int, int]:
    """The unbroken proper name around lo..hi, without days, nouns of place and directions."""

    def part(i: int) -> bool:
        return (
            0 <= i < tree.n
            and i not in barred
            and capitalised(tree.words[i])
            and (tree.tags[i] in ("NNP", "NNPS") or (i > 0 and tree.tags[i] in _MISTAGGED))
            and fold(tree.words[i]) not in words.never
            and tree.lower[i] not in words.lists["compass"]
        )

    def joined(i: int) -> bool:
        """A hyphen or a small word inside a name: Barsalogho-Kaya, Pointe de Noire."""
        joins = words.lists["joins"]
        return 0 < i < tree.n - 1 and (tree.words[i] == "-" or tree.lower[i] in joins)

    def reach(i: int, step: int) -> int:
        """How far from i the name goes on: a word, or one behind up to three small ones and
        hyphens ("Dasht-e-Barchi")."""
        for far in range(4):
            if part(i + far * step):
                return far + 1
            if not joined(i + far * step):
                break
        return 0

    while more := reach(lo - 1, -1):
        lo -= more
    while more := reach(hi, 1):
        hi += more
    return lo, hi


def modifies(tree: Tree, i: int) -> bool:
    """Whether a token is an adjective of the noun after it."""
    noun = tree.heads[i]
    if noun <= i or not tree.is_noun(noun) or "," in tree.words[i:noun]:
        return False
    return tree.deps[i] in ("amod", "compound", "nmod") or tree.tags[i] == "JJ"
