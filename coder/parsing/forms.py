"""From a lemma back to the words that may have it, for texts that are looked through before they
are parsed. `turned` makes them of a pipeline; here nothing of spaCy is loaded.

Rather too many words than too few: what no word of a text can become is in none of its parses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping


class Forms:
    """The words of each lemma: `written` are those that tables tell, `endings` pairs of an ending
    and what it becomes, `parts` the written words by the parts that they are cut into; lemmas in
    `free` may be of any word.

    >>> from coder.parsing.parse import Parser
    >>> forms = Parser().forms
    >>> sorted(forms.of("strike") & {"strike", "struck", "striking", "hit"})
    ['strike', 'striking', 'struck']
    """

    def __init__(
        self,
        endings: Iterable[tuple[str, str]] = (),
        written: Mapping[str, Iterable[str]] | None = None,
        parts: Mapping[str, Iterable[str]] | None = None,
        free: Iterable[str] = (),
    ) -> None:
        self._endings = sorted((old, new) for old, new in endings)
        self._written = {lemma: set(words) for lemma, words in (written or {}).items()}
        self._parts = {part: set(wholes) for part, wholes in (parts or {}).items()}
        self._any = set(free)

    @classmethod
    def from_json(cls, text: str) -> Forms:
        """The forms that `to_json` wrote.

        >>> Forms.from_json(Forms([("ies", "y")]).to_json()).of("army") == {"army", "armies"}
        True
        """
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """The forms as text, for keeping."""
        return json.dumps(
            {
                "endings": self._endings,
                "written": {lemma: sorted(words) for lemma, words in self._written.items()},
                "parts": {part: sorted(wholes) for part, wholes in self._parts.items()},
                "free": sorted(self._any),
            },
            ensure_ascii=False,
        )

    def of(self, lemma: str) -> frozenset[str] | None:
        """Words in lower case that may have a lemma, or None where any word may."""
        if lemma in self._any:
            return None
        found = {lemma, *self._written.get(lemma, ())}
        for old, new in self._endings:
            if lemma.endswith(new):
                found.add(lemma[: len(lemma) - len(new)] + old)
        found |= {whole for word in tuple(found) for whole in self._parts.get(word, ())}
        return frozenset(found)
