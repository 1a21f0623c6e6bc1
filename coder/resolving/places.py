"""Finding place names in a parsed sentence.

Known names are the longest matches of the gazetteer and of the countries' names; a name that
no gazetteer knows is a place where the sentence says so ("the village of Foube", "near Foube").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from coder.codebook.gazetteer import Gazetteer, Place
from coder.codebook.gazetteer_names import fold
from coder.matching.tree import Tree
from coder.resolving.places_chain import chain, contains
from coder.resolving.places_native import with_natives
from coder.resolving.places_spans import (
    Cue,
    PlaceSpan,
    capitalised,
    cue_after,
    cue_before,
    cue_of,
    modifies,
    name_run,
    span_head,
)
from coder.types import GeoLevel

MOST_WORDS = 6
LARGE_TOWN = 15_000
"""Towns below this many people need a word that shows a place."""
LARGE_ALTERNATE = 100_000


class PlaceFinder:
    """Finds the places of a sentence.

    `country_names` maps names (not adjectives) to ISO 3166 alpha-3. Names of three letters
    and fewer are matched as written ("US", not "us"). `not_places` are names that are never
    taken for unknown places: adjectives and demonyms ("Chadian"), say.

    >>> finder = PlaceFinder(load_gazetteer(), {"Lebanon": "LBN"})  # doctest: +SKIP
    >>> [s.text for s in finder.find(parse("Jets bombed Baalbek, Lebanon."))]  # doctest: +SKIP
    ['Baalbek', 'Lebanon']
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        country_names: Mapping[str, str],
        not_places: Collection[str] = (),
    ) -> None:
        self.gazetteer = gazetteer
        self.words = gazetteer.words
        self._countries: dict[str, Place] = {}
        self._as_written = frozenset(country_names)
        starts = set(self.words.starts)
        for name, iso3 in country_names.items():
            place = gazetteer.country(iso3)
            key = gazetteer.key(name)
            if place is not None:
                self._countries[key] = place
                starts.add(key.split(" ", 1)[0])
        self._starts = frozenset(starts)
        self._inside = self.words.lists["inside"]
        self._not_places = (
            self.words.never | self.words.stop_names | frozenset(fold(n) for n in not_places)
        )

    def find(self, tree: Tree, taken: Collection[tuple[int, int]] = ()) -> list[PlaceSpan]:
        """The places of a sentence, in order; `taken` are token spans of persons and groups,
        which hold no places."""
        barred = {i for lo, hi in taken for i in range(lo, hi)}
        known = self._known(tree, barred)
        found: list[PlaceSpan] = []
        spans = {s[0]: s for s in known}
        i = 0
        while i < tree.n:
            if i in spans:
                lo, hi, candidates = spans[i]
                got = self._accept(tree, lo, hi, candidates, found, spans, barred)
                if got is not None:
                    found.append(got)
                    i = got.end
                    continue
                i = hi
                continue
            if i not in barred and capitalised(tree.words[i]) and tree.tags[i] in ("NNP", "NNPS"):
                got = self._unknown(tree, i, found, spans, barred)
                if got is not None:
                    found.append(got)
                    i = got.end
                    continue
            i += 1
        return with_natives(tree, chain(tree, found, self.words), self.gazetteer)

    def candidates(self, name: str) -> tuple[Place, ...]:
        """The places of a name: the country first, then what the gazetteer has."""
        places = self.gazetteer.lookup(name)
        country = self._countries.get(self.gazetteer.key(name))
        if country is None or (len(name) <= 3 and name not in self._as_written):
            return places
        if any(p.level == "admin1" and p.country == country.country for p in places):
            return places
        # A town that shares a country's name is almost never meant, a region may be (Georgia).
        return (country, *(p for p in places if p.level != "town" or p.country == country.country))

    def _known(self, tree: Tree, barred: set[int]) -> list[tuple[int, int, tuple[Place, ...]]]:
        out = []
        i = 0
        while i < tree.n:
            if i in barred or not self._begins(tree, i):
                i += 1
                continue
            skip = self._phrase(tree, i)
            if skip:
                barred.update(range(i, i + skip))
                i += skip
                continue
            hi, candidates = self._longest(tree, i, barred)
            if candidates:
                out.append((i, hi, candidates))
            i = max(hi, i + 1)
        return out

    def _begins(self, tree: Tree, i: int) -> bool:
        if tree.words[i][0].isupper():
            return True
        return (
            i + 2 < tree.n
            and tree.words[i + 1] == "-"
            and tree.lower[i] in self.gazetteer.articles
            and capitalised(tree.words[i + 2])
        )

    def _phrase(self, tree: Tree, i: int) -> int:
        """How many tokens from i are another thing's name that holds a place's."""
        for phrase in self.words.phrases.get(fold(tree.words[i]).split(" ")[0], ()):
            joined = fold(tree.text(i, min(i + len(phrase) + 3, tree.n))).split(" ")
            if tuple(joined[: len(phrase)]) == phrase:
                for hi in range(i + 1, tree.n + 1):
                    if len(fold(tree.text(i, hi)).split(" ")) >= len(phrase):
                        return hi - i
        return 0

    def _longest(self, tree: Tree, i: int, barred: set[int]) -> tuple[int, tuple[Place, ...]]:
        """End and candidates of the longest known name that begins at token i."""
        first = self.gazetteer.key(tree.words[i])
        if i + 1 < tree.n and tree.lower[i + 1] in ("'s", "’s"):
            first = self.gazetteer.key(tree.text(i, i + 2))  # Cox's Bazar
        article = tree.lower[i] in self.gazetteer.articles
        ends = []
        starts = (first, self.gazetteer.key(tree.words[i]))
        if article or " " in first or any(s.split(" ", 1)[0] in self._starts for s in starts):
            tail = self.words.tails.get("al" if article else first, 0)
            limit = min(tree.n, i + MOST_WORDS + 2)
            for j in range(i + 1, limit):
                if j in barred:
                    break
                word = tree.words[j]
                if (
                    capitalised(word)
                    or word[0].isdigit()
                    or (tail and word.isalpha() and j - i < tail + 2)
                ):
                    ends.append(j + 1)
                elif not (
                    word in "-/–'’`"
                    or tree.lower[j] in self._inside
                    or word == "'s"
                    or _hyphened(tree, j)
                ):
                    break
        for hi in reversed(ends):
            got = self.candidates(tree.text(i, hi))
            if got and tree.lower[hi - 1] not in self._inside:
                return hi, got
        if capitalised(tree.words[i]):
            return i + 1, self.candidates(tree.words[i])
        return i + 1, ()

    def _accept(
        self,
        tree: Tree,
        lo: int,
        hi: int,
        candidates: tuple[Place, ...],
        found: list[PlaceSpan],
        spans: Mapping[int, tuple[int, int, tuple[Place, ...]]],
        barred: set[int],
    ) -> PlaceSpan | None:
        """The known name as a place, or None where it is more likely something else."""
        text = tree.text(lo, hi)
        key = fold(text)
        if key in self.words.never or (
            text.isupper() and len(text) <= 4 and self._town(candidates)
        ):
            return None
        if key in self._not_places and self._town(candidates) and modifies(tree, hi - 1):
            return None  # "the Chadian shore"
        run_lo, run_hi = name_run(tree, lo, hi, self.words, barred)
        cue, level = self._cue(tree, min(lo, run_lo), found)
        if self._common(tree, lo, hi, key):
            return None
        after, level_after = cue_after(tree, hi, self.words)
        beside = self._region_beside(tree, hi, spans) or _lies_in_next(hi, candidates, tree, spans)
        if after or beside:
            cue = "strong"
        whole = run_lo >= lo and (run_hi <= hi or after or self._typed(tree, hi, run_hi))
        region = any(c.level in ("country", "admin1") for c in candidates)
        if not whole and lo == run_lo and region and hi < run_hi:
            # "the president of Colombia Alvaro Uribe": a country ends before a person's name.
            whole = cue_of(tree, lo) and (
                candidates[0].level == "country" or "person" in tree.kinds[max(lo - 2, 0)]
            )
        if not whole:
            if cue == "strong" and (beside or tree.deps[run_hi - 1] in ("pobj", "conj", "appos")):
                got = self._named(tree, run_lo, run_hi, level, cue)
                big = any(c.population >= LARGE_ALTERNATE for c in candidates)
                if lo == run_lo and got is not None and big and not candidates[0].alternate:
                    # Khartoum Bahri is in Khartoum.
                    city = PlaceSpan(lo, hi, hi - 1, text, candidates)
                    got = replace(got, within=(city,))
                return got
            return None
        if not self._sure(key, candidates, cue, tree.tags[hi - 1]):
            return None
        head = span_head(tree, lo, hi)
        return PlaceSpan(lo, hi, head, text, candidates, level_after or level, cue)

    def _common(self, tree: Tree, lo: int, hi: int, key: str) -> bool:
        """Whether a noun of place is only the first word of another name: University of Athens."""
        if key not in self.words.types or hi - lo > 1:
            return False
        of = hi < tree.n and tree.lower[hi] == "of"
        return of or (lo > 0 and tree.lower[lo - 1] == "the")

    def _sure(self, key: str, candidates: tuple[Place, ...], cue: Cue, tag: str) -> bool:
        if cue == "strong":
            return True
        if key in self.words.stop_names:
            return False
        if not self._town(candidates):
            return True
        if not tag.startswith("NNP"):
            return False
        if cue == "weak":
            return True
        return any(
            c.population >= (LARGE_ALTERNATE if c.alternate else LARGE_TOWN) for c in candidates
        )

    @staticmethod
    def _town(candidates: tuple[Place, ...]) -> bool:
        return all(c.level == "town" for c in candidates)

    def _typed(self, tree: Tree, lo: int, hi: int) -> bool:
        """Whether the rest of a name says what place it is: Homs *Countryside*."""
        last = tree.lower[hi - 1]
        return last in self.words.types or last in self.words.lists["parts"]

    def _cue(self, tree: Tree, lo: int, found: list[PlaceSpan]) -> tuple[Cue, GeoLevel | None]:
        """What shows a place before token lo; a list hands its preposition on."""
        cue, level = cue_before(tree, lo, self.words)
        if cue or not found or lo - found[-1].end not in (1, 2, 3):
            return cue, level
        last = found[-1]
        between = set(tree.lower[last.end : lo])
        listed = between <= {",", "and", "or", "as", "well", "the"}
        if between <= {"(", "'s", "’s", "/", "-"}:
            return last.cue, level
        if listed and tree.deps[last.head] != "nsubj" and last.coarsest != "country":
            return last.cue, level
        return "", level

    def _region_beside(
        self, tree: Tree, hi: int, spans: Mapping[int, tuple[int, int, tuple[Place, ...]]]
    ) -> bool:
        """Whether ", Lebanon" or "(Centre-Nord)" stands after a name that ends at hi."""
        if hi + 1 >= tree.n or tree.words[hi] not in (",", "("):
            return False
        i = hi + 1
        skipped = self.words.lists["compass"] | {"in", "the"}
        while i < tree.n and i not in spans and tree.lower[i] in skipped:
            i += 1
        got = spans.get(i)
        if got is None or self._town(got[2]):
            return False
        end = got[1]
        if tree.words[hi] == "(":
            return True
        return (
            end >= tree.n
            or tree.lower[end] in (",", ".", ";", ")", ":")
            or tree.lower[end] in (self.words.types)
        )

    def _unknown(
        self,
        tree: Tree,
        i: int,
        found: list[PlaceSpan],
        spans: Mapping[int, tuple[int, int, tuple[Place, ...]]],
        barred: set[int],
    ) -> PlaceSpan | None:
        """A name that no gazetteer has, where the sentence shows that it is a place."""
        lo, hi = name_run(tree, i, i + 1, self.words, barred)
        if lo >= 2 and tree.words[lo - 1] == "-":
            lo -= 2 * (tree.lower[lo - 2] in self.gazetteer.articles)
        while (
            lo
            and tree.lower[lo - 1] in self.words.lists["compass"]
            and (tree.tags[lo - 1] == "NNP" and capitalised(tree.words[lo - 1]))
        ):
            lo -= 1
        if any(j in spans or j in barred for j in range(lo, hi)):
            return None
        text = tree.text(lo, hi)
        if text.isupper() and len(text) <= 6:
            return None
        cue, level = self._cue(tree, lo, found)
        after, level_after = cue_after(tree, hi, self.words)
        the = lo > 0 and tree.lower[lo - 1] == "the"
        typed = (after and tree.deps[hi - 1] == "compound") or (level is not None and not the)
        if cue and hi - lo > 1 and tree.lower[hi - 1] in self.words.types:
            return self._named(tree, lo, hi, self.words.types[tree.lower[hi - 1]], "strong")
        if self._region_beside(tree, hi, spans) or (after and level_after is not None):
            return self._named(tree, lo, hi, level_after or level, "strong")
        head = span_head(tree, lo, hi)
        if cue == "weak" and tree.deps[head] == "dobj" and not the:
            return self._named(tree, lo, hi, None, "weak")
        if cue != "strong":
            return None
        if not typed and (
            tree.deps[head] not in ("pobj", "conj", "appos")
            or the
            or (hi < tree.n and tree.tags[hi] == "POS")
        ):
            return None
        return self._named(tree, lo, hi, level_after or level, "strong")

    def _named(
        self, tree: Tree, lo: int, hi: int, level: GeoLevel | None, cue: Cue
    ) -> PlaceSpan | None:
        """An unknown name as a place, unless a word of it says that it is something else."""
        if any(fold(tree.words[j]) in self._not_places for j in (lo, hi - 1)):
            return None
        if all(tree.lower[j] in self.words.types for j in range(lo, hi)):
            return None
        return PlaceSpan(lo, hi, span_head(tree, lo, hi), tree.text(lo, hi), (), level, cue)


def _lies_in_next(
    hi: int,
    candidates: tuple[Place, ...],
    tree: Tree,
    spans: Mapping[int, tuple[int, int, tuple[Place, ...]]],
) -> bool:
    """Whether "in" and a region that holds the name stand after it: "hit Ariha in Idlib"."""
    if hi + 1 >= tree.n or tree.lower[hi] != "in":
        return False
    after = spans.get(hi + 2 if tree.lower[hi + 1] in ("the", "northern") else hi + 1)
    if after is None:
        return False
    return any(
        contains(large, c) for large in after[2] if large.level != "town" for c in candidates
    )


def _hyphened(tree: Tree, i: int) -> bool:
    """Whether token i stands between hyphens: Port-au-Prince."""
    return (
        0 < i < tree.n - 1
        and tree.words[i].isalpha()
        and tree.words[i - 1] == "-"
        and tree.words[i + 1] == "-"
    )
