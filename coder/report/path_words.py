"""Dependency paths in plain words: `>prep[on]>pobj` is 'what follows "on"'.

What is too long to say is given as it is written, as the named paths are that have no words
here: a page that is short of words is better than one that says something else.
"""

from __future__ import annotations

import re
from functools import cache

NAMED = {
    "verb.doer": "who does it",
    "verb.on": "to whom or what it is done",
    "verb.object": "its object",
    "verb.subject": "its subject",
    "verb.at": "whom or what it is aimed at",
    "verb.to": "whom it goes to",
    "verb.with": "with whom it is done",
    "verb.from": "from whom or where",
    "verb.by_means": "the means",
    "verb.for_what": "what it is for",
    "verb.told": "who is told",
    "noun.doer": "who does it",
    "noun.on": "to whom or what it is done",
    "noun.means": "the means",
    "noun.of": 'what follows "of"',
    "adj.doer": "who does it",
    "given": "what is given",
    "none": "nothing: it stays empty",
}
_DEPS = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "dobj": "object",
    "dative": "indirect object",
    "pobj": "object of its preposition",
    "amod": "modifier",
    "compound": "modifier",
    "nmod": "modifier",
    "nummod": "number",
    "advmod": "adverb",
    "neg": "negation",
    "aux": "helping verb",
    "auxpass": "helping verb",
    "prt": "particle",
    "xcomp": "clause under it",
    "ccomp": "clause under it",
    "advcl": "side clause",
    "acl": "clause on it",
    "relcl": "relative clause",
    "poss": "possessor",
    "conj": "other half of an and",
    "appos": "other name",
    "attr": "complement",
    "acomp": "complement",
    "oprd": "complement",
    "det": "article",
    "*": "dependent",
}
_STEP = re.compile(r"([<>])([a-z*]+(?:\|[a-z*]+)*)(?:\[([^\]]*)\])?")
_TEST = re.compile(r"\{[^}]*\}")
_LONGEST = 3
_MOST_WORDS = 6


@cache
def path_words(path: str) -> str:
    """Where a path leads from the trigger.

    >>> path_words("verb.object")
    'its object'
    >>> path_words(">prep[on,at]>pobj")
    'what follows “on” or “at”'
    >>> path_words(">dobj>amod")
    'the modifier of its object'
    >>> path_words("<dobj{verb}")
    'the word whose object it is'
    >>> path_words("probe.matter")
    '`probe.matter`'
    """
    alternatives = [part.strip() for part in path.split("||")]
    said = list(dict.fromkeys(_one(part) for part in alternatives))
    if any(words is None for words in said):
        return f"`{path}`"
    return " or ".join(str(words) for words in said)


def any_of(words: list[str] | tuple[str, ...], *, most: int = _MOST_WORDS) -> str:
    """Words in quotation marks, joined by or; the rest of a long list is counted.

    >>> any_of(["a", "b", "c"], most=2)
    '“a”, “b” or 1 more'
    """
    quoted = [f"“{word}”" for word in words]
    if len(quoted) > most:
        quoted = [*quoted[:most], f"{len(words) - most} more"]
    return joined(quoted, "or")


def joined(parts: list[str], word: str) -> str:
    """Parts as a list in a sentence.

    >>> joined(["a", "b", "c"], "and")
    'a, b and c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _one(path: str) -> str | None:
    if path in NAMED:
        return NAMED[path]
    bare = _TEST.sub("", path)
    steps = _STEP.findall(bare)
    if not steps or len(steps) > _LONGEST or "".join(_written(s) for s in steps) != bare:
        return None
    words, n = "it", 0
    while n < len(steps):
        way, label, only = steps[n]
        following = steps[n + 1][:2] if n + 1 < len(steps) else None
        if way == ">" and label in ("prep", "agent") and following == (">", "pobj"):
            prepositions = any_of(tuple(only.split(","))) if only else "a preposition"
            prepositions = "“by”" if label == "agent" else prepositions
            words = f"what follows {prepositions}" + ("" if words == "it" else f" after {words}")
            n += 2
            continue
        next_words = _step(way, label, only, words)
        if next_words is None:
            return None
        words, n = next_words, n + 1
    return words


def _written(step: tuple[str, str, str]) -> str:
    return step[0] + step[1] + (f"[{step[2]}]" if step[2] else "")


def _step(way: str, label: str, only: str, words: str) -> str | None:
    if label == "prep" and way == ">" and only:
        name = f"the phrase with {any_of(tuple(only.split(',')))}"
        return name if words == "it" else f"{name} after {words}"
    names = [_DEPS[dep] for dep in label.split("|") if dep in _DEPS]
    if len(names) != len(label.split("|")):
        return None
    name = joined(list(dict.fromkeys(names)), "or")
    which = f" {any_of(tuple(only.split(',')))}" if only else ""
    if way == "<":
        return f"the word{which} whose {name} {'it is' if words == 'it' else f'is {words}'}"
    owner = f"its {name}" if words == "it" else f"the {name} of {words}"
    return owner + which
