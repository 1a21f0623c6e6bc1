"""How names of places are compared: one key for the spellings of a name.

Accents, apostrophes, case and hyphens are folded; the Arabic article has one spelling
("El Fasher", "al-Fasher"); "St." is "Saint".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i", "ə": "a", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe",
        "ħ": "h", "þ": "th", "’": None, "‘": None, "'": None, "`": None, "ʿ": None, "ʾ": None,
        "ʼ": None, "ʻ": None, "´": None, ".": None, "-": " ", "–": " ", "‑": " ", "/": " ",
    }
)  # fmt: skip
_SPACE = re.compile(r"\s+")
_LATIN = re.compile(r"^[A-Z][a-z' -]+$")


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """The key of a name without its article rule: lower case, no accents, hyphens as spaces.

    >>> fold("Ségou"), fold("Deir ez-Zor"), fold("Sa'dah"), fold("U.S.")
    ('segou', 'deir ez zor', 'sadah', 'us')
    """
    if name.isascii():
        text = name.lower()
    else:
        text = unicodedata.normalize("NFKD", name)
        text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return _SPACE.sub(" ", text.translate(_LETTERS)).strip()


def key_of(name: str, articles: Collection[str]) -> str:
    """The key under which a name is stored and looked up.

    >>> key_of("El-Fasher", {"al", "el"}), key_of("St. Petersburg", ())
    ('al fasher', 'saint petersburg')
    """
    words = fold(name).split(" ")
    if len(words) == 1:
        return words[0]
    last = len(words) - 1
    out = ["al" if w in articles and i < last else w for i, w in enumerate(words)]
    if out[0] == "st":
        out[0] = "saint"
    return " ".join(out)


def useful_alternate(name: str) -> bool:
    """Whether an alternate name could stand in English text: Latin letters, a capital first,
    four letters or more, no capitals inside a word (codes, transcriptions letter by letter)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.translate(_LETTERS).strip()
    return (
        len(plain) >= 4
        and all(_LATIN.match(w) or w.islower() for w in plain.split())
        and (plain[0].isupper() and plain.isascii())
    )
