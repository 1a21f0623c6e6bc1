"""Reprints: articles whose texts are copies of one another, but for a headline or a cut tail.

Two texts are copies when their words are the same, or, from `MIN_WORDS` words up, when their
sets of five-word shingles have a Jaccard similarity of at least `JACCARD`, or the shorter one,
at least half as long, stands almost whole in the other (`CONTAINED`). Both are estimated from
MinHash signatures of `PERMUTATIONS` values, so the standard error is 0.04 at 0.7. A template
filled with another place and another number stays below these limits, and is another event.

Copies are copies of a first text, never of copies of it: nothing chains from a story to
another over many small changes.

MinHash is that of rensa 0.5 (MIT, a release in 2026): 1.2 MB, deterministic for a seed, and
thirty times as fast as datasketch, which needs scipy besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash  # type: ignore[import-untyped]

SHINGLE = 5
MIN_WORDS = 30
PERMUTATIONS = 128
JACCARD = 0.7
CONTAINED = 0.85
_BANDS = 32
_ROWS = 4
"""Texts meet if one band of values is equal: all but 1 in 5000 of those at 0.7, 95 % at 0.55."""
_SEED = 1
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text to compare it: 16 bytes of hash of its words, the number of its
    different shingles, and the MinHash (`PERMUTATIONS` uint32 values as bytes; empty for a
    text shorter than `MIN_WORDS` words)."""

    words: bytes
    shingles: int
    minhash: bytes


def signature(text: str) -> Signature:
    """The signature of a text; blanks, case and punctuation do not count.

    >>> signature("Shells  fell.") == signature("Shells fell")
    True
    """
    words = _WORD.findall(text.casefold())
    joined = " ".join(words)
    # A text without any word is told apart by its characters.
    whole = joined or " ".join(text.split())
    key = blake2b(whole.encode("utf-8", errors="replace"), digest_size=16).digest()
    if len(words) < MIN_WORDS:
        return Signature(key, 0, b"")
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update([s.encode("utf-8", errors="replace") for s in shingles])
    return Signature(key, len(shingles), np.array(minhash.digest(), dtype="<u4").tobytes())


class SyndicationIndex:
    """Texts seen so far; each new one is a copy of the first that it matches, or a first itself.

    Holds a signature for each first text and the hash of each copy, never texts.

    >>> index = SyndicationIndex()
    >>> index.add("a", "Shells fell on the town.")
    'a'
    >>> index.add("b", "Shells  fell on the town.")
    'a'
    """

    def __init__(self) -> None:
        self._by_words: dict[bytes, str] = {}
        self._bands: dict[int, int | list[int]] = {}  # a list only where texts meet
        self._first: list[tuple[str, Signature]] = []

    def add(self, article_id: str, text: str | Signature) -> str:
        """The id of the first article of which this one is a copy; its own if it is of none.

        The best match wins, then the earliest added.
        """
        sign = signature(text) if isinstance(text, str) else text
        known = self._by_words.get(sign.words)
        if known is None:
            known = self._match(article_id, sign) if sign.minhash else article_id
            self._by_words[sign.words] = known
        return known

    def _match(self, article_id: str, sign: Signature) -> str:
        values = np.frombuffer(sign.minhash, dtype="<u4")
        keys = _band_keys(sign.minhash)
        candidates: set[int] = set()
        for key in keys:
            got = self._bands.get(key)
            if isinstance(got, int):
                candidates.add(got)
            elif got is not None:
                candidates.update(got)
        best, best_score = None, 0.0
        for i in sorted(candidates):
            score = _likeness(sign, values, self._first[i][1])
            if score > best_score:
                best, best_score = i, score
        if best is not None:
            return self._first[best][0]
        place = len(self._first)
        self._first.append((article_id, sign))
        for key in keys:
            got = self._bands.setdefault(key, place)
            if isinstance(got, list):
                got.append(place)
            elif got != place:
                self._bands[key] = [got, place]
        return article_id


def syndication_ids(
    rows: Iterable[tuple[str, date, str | Signature]],
) -> dict[str, str]:
    """article_id -> syndication_id, the id of the earliest article that it is a copy of.

    `rows` are (article_id, published, text or its signature), each read once and kept as a
    signature. The result is the same for any order of rows: they are compared in the order of
    date and id. An article that stands alone is its own syndication.

    >>> day = date(2024, 2, 3)
    >>> syndication_ids([("b", day, "Shells fell."), ("a", day, "Shells  fell.")])
    {'a': 'a', 'b': 'a'}
    """
    kept = sorted(
        ((day, key, signature(t) if isinstance(t, str) else t) for key, day, t in rows),
        key=lambda row: row[:2],
    )
    index = SyndicationIndex()
    return {key: index.add(key, sign) for _, key, sign in kept}


def _band_keys(minhash: bytes) -> list[int]:
    width = 4 * _ROWS
    # The number of the band is in the key, so that bands never meet one another.
    return [
        int.from_bytes(blake2b(minhash[b * width : (b + 1) * width], digest_size=7).digest(), "big")
        * _BANDS
        + b
        for b in range(_BANDS)
    ]


def _likeness(sign: Signature, values: NDArray[np.uint32], other: Signature) -> float:
    """The estimated Jaccard similarity or containment, the larger; 0 if they are no copies."""
    same = float(np.mean(values == np.frombuffer(other.minhash, dtype="<u4")))
    small, large = sorted((sign.shingles, other.shingles))
    shared = same / (1 + same) * (small + large)
    contained = min(1.0, shared / small)
    if same >= JACCARD:
        return max(same, contained)
    return contained if contained >= CONTAINED and 2 * small >= large else 0.0
