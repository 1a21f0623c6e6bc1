"""Patterns of verb dictionaries to `WordPattern`s of our own format.

Dialect A ("words") is kept as a sequence of words around the trigger. Dialect B ("nouns") says
what heads the phrases around the verb, and becomes conditions on paths.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Literal

from coder.codebook.model import Condition, WordPattern

Dialect = Literal["words", "nouns"]
SUBJECT, OBJECT = "pattern.subject", "pattern.object"
_PIECES = re.compile(r"\([^()]*\)|\{[^{}]*\}|[^\s(){}]+")
_WORD = re.compile(r"^[^\s&{}\[\]<>=~*%$^()+,\"]+$")
_CORE = re.compile(r"^(&?[^\s&{}\[\]<>=~*%$^()+_\"]+|[$+%^])$")


class PatternError(ValueError):
    """A pattern that says what neither its own program nor ours can read."""


def read_pattern(body: str, dialect: Dialect, synsets: Container[str]) -> WordPattern:
    """A pattern without its code. Raises PatternError.

    >>> read_pattern("* &TIES WITH +", "words", {"ties"}).words
    '* &ties with +'
    >>> [c.at for c in read_pattern("* AID (TO)", "nouns", ()).requires]
    ['pattern.object', '>prep[to] || @pattern.object>prep[to]']
    """
    stars = body.count("*")
    if stars != 1:
        raise PatternError("there is no *" if not stars else "there are several *")
    if dialect == "words":
        return WordPattern(words=_sequence(body, synsets))
    return WordPattern(requires=_conditions(body, synsets))


def _sequence(body: str, synsets: Container[str]) -> str:
    """The words of a pattern, lower case, with single blanks."""
    out = []
    for piece in body.lower().split():
        for word in piece.split("_"):
            if word and word != "*":
                if not _CORE.match(word):
                    raise PatternError(f"{word!r} is no word")
                _known(word, synsets)
        # "&military_" names the set &military: an underscore at the end joins to nothing
        out.append(piece if piece.endswith("*") else piece.rstrip("_"))
    return " ".join(out)


def _known(word: str, synsets: Container[str]) -> None:
    if word.startswith("&") and word[1:] not in synsets:
        raise PatternError(f"there is no synonym set {word}")


def _conditions(body: str, synsets: Container[str]) -> tuple[Condition, ...]:
    before, after = body.lower().split("*")
    out: list[Condition] = []
    for piece in _pieces(before):
        if piece.startswith("("):
            out += _prepositional(piece, synsets)
        elif piece != "^":
            out += _noun(piece, SUBJECT, synsets)
    for piece in _pieces(after):
        if piece.startswith("("):
            out += _prepositional(piece, synsets)
        elif piece != "^":
            out += _noun(piece, OBJECT, synsets)
    return tuple(out)


def _pieces(text: str) -> list[str]:
    for mark, what in (("+", "left-over +"), ("$", "left-over $"), ("%", "left-over %")):
        if mark in text:
            raise PatternError(f"{what} means nothing in this dialect")
    if "/" in text:
        raise PatternError("alternatives with / mean nothing in this dialect")
    if re.search(r"\w_\w", text):
        raise PatternError("an inner _ means nothing in this dialect")
    pieces = _PIECES.findall(text)
    if "".join(pieces).replace(" ", "") != text.replace(" ", "").replace("\t", ""):
        raise PatternError("parentheses or braces that do not match")
    return pieces


def _noun(piece: str, path: str, synsets: Container[str]) -> list[Condition]:
    """A head noun, or modifiers with the head last in braces."""
    words = piece.strip("{}").split()
    if not words:
        raise PatternError("empty braces")
    tests = [_word(w, synsets) for w in words]
    out = [_has(path, tests[-1])]
    out += [Condition.model_validate({"at": path, "within": [t]}) for t in tests[:-1]]
    return out


def _prepositional(piece: str, synsets: Container[str]) -> list[Condition]:
    inside = _PIECES.findall(piece.strip("()"))
    if not inside or inside[0].startswith(("{", "&", "^")):
        raise PatternError(f"{piece} does not begin with a preposition")
    if any(i.startswith("(") for i in inside) or not _WORD.match(inside[0]):
        raise PatternError(f"{piece} is no prepositional part")
    word = inside[0]
    here = f">prep[{word}] || @{OBJECT}>prep[{word}]"
    below = f">prep[{word}]>pobj || @{OBJECT}>prep[{word}]>pobj"
    nouns = [i for i in inside[1:] if i != "^"]
    if not nouns:
        return [Condition.model_validate({"at": here, "filled": True})]
    return [c for noun in nouns for c in _noun(noun, below, synsets)]


def _word(word: str, synsets: Container[str]) -> str:
    name = word.strip("_")
    if name.startswith("&"):
        _known(name, synsets)
        return f"set:{name[1:]}"
    if not _WORD.match(name):
        raise PatternError(f"{word!r} is no word")
    return name


def _has(path: str, test: str) -> Condition:
    return Condition.model_validate({"at": path, "has": [test]})
