"""From a lemma back to the words that may have it: the lemmatizer of a pipeline turned round.

Needed where a text is looked through before it is parsed. Rather too many words than too few: what
no word of a text can become is in none of its parses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coder.parsing.lemmas import REPLACED, Lemmas


class Forms:
    """The words of each lemma, of one pipeline.

    >>> from coder.parsing.parse import Parser
    >>> forms = Parser().forms
    >>> sorted(forms.of("strike") & {"strike", "struck", "striking", "hit"})
    ['strike', 'striking', 'struck']
    """

    def __init__(self, nlp: Any) -> None:
        ruler, lemmatizer = (nlp.get_pipe(name) for name in REPLACED)
        tables = lemmatizer.lookups
        self._endings = sorted(
            {
                (old, new)
                for rules in tables.get_table("lemma_rules", {}).values()
                for old, new in rules
            }
            | {("ing", "e"), ("ed", "e"), ("s", ""), ("es", ""), ("ies", "y")}
        )
        self._written: dict[str, set[str]] = {}
        for words in tables.get_table("lemma_exc", {}).values():
            for word, lemmas in words.items():
                for lemma in lemmas:
                    self._add(lemma, _text(nlp, word))
        self._any: set[str] = set()
        for rule in ruler.patterns:
            if "LEMMA" in rule["attrs"]:
                self._from_rule(rule["attrs"]["LEMMA"], rule["patterns"], rule["index"])
        self._parts = dict(_parts(nlp))

    @staticmethod
    def suit(nlp: Any) -> bool:
        """Whether the lemmas of a pipeline come from tables and rules that are known."""
        return Lemmas.suit(nlp) and nlp.get_pipe(REPLACED[1]).mode == "rule"

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

    def _add(self, lemma: str, word: str) -> None:
        self._written.setdefault(lemma.lower(), set()).add(word.lower())

    def _from_rule(self, lemma: str, patterns: Any, index: int) -> None:
        """The words to which the attribute ruler gives a lemma."""
        for pattern in patterns:
            asked = pattern[index].get("LOWER")
            if isinstance(asked, dict):
                asked = asked.get("IN") if asked.keys() == {"IN"} else None
            if asked is None:
                self._any.add(lemma.lower())
            for word in [asked] if isinstance(asked, str) else asked or ():
                self._add(lemma, word)


def _text(nlp: Any, word: str | int) -> str:
    return word if isinstance(word, str) else str(nlp.vocab.strings[word])


def _parts(nlp: Any) -> Iterator[tuple[str, set[str]]]:
    """The words that the tokenizer cuts a written word into ("can" of "cannot"), with these."""
    wholes: dict[str, set[str]] = {}
    orth = nlp.vocab.strings["ORTH"]
    for whole, parts in nlp.tokenizer.rules.items():
        for part in parts:
            wholes.setdefault(_text(nlp, part[orth]).lower(), set()).add(whole.lower())
    yield from wholes.items()
