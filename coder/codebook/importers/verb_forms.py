"""Forms of the words of a dictionary: written out, or regular."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"^[^\s{}\[\]*%$^()&=]+$")


def forms_of(word: str, written: str | None) -> tuple[str, ...]:
    """All forms of a verb: those in braces, else the regular ones in -s, -ed and -ing.

    `written` is what stands between braces, None where there are none. A verb of several words
    has its head marked with `+`. Raises ValueError where it is no verb.

    >>> forms_of("DENY", None)
    ('deny', 'denies', 'denied', 'denying')
    >>> forms_of("+CORDON_OFF", "+CORDONED_OFF")
    ('+cordon off', '+cordoned off')
    """
    base = phrase_forms(word)
    if written is None:
        return tuple(dict.fromkeys(_regular(base)))
    return tuple(dict.fromkeys((base, *(phrase_forms(form) for form in written.split()))))


def phrase_forms(word: str) -> str:
    """A verb as our triggers write it.

    >>> phrase_forms("WIRE_+TAP"), phrase_forms("ARM_")
    ('wire +tap', 'arm')
    """
    words = word.strip().strip("_").lower().replace("_", " ").split()
    if not words or not all(_LETTERS.match(w) and w.strip("+") for w in words):
        raise ValueError(f"{word!r} is no verb")
    marked = sum(w.startswith("+") for w in words)
    if marked > 1:
        raise ValueError(f"{word!r} has several heads")
    if marked == 1 and len(words) == 1:
        return words[0][1:]
    if len(words) > 1 and not marked:
        words[0] = f"+{words[0]}"
    return " ".join(words)


def _regular(base: str) -> list[str]:
    words = base.split()
    at = next((i for i, w in enumerate(words) if w.startswith("+")), 0)
    head = words[at].removeprefix("+")
    mark = "+" if words[at].startswith("+") else ""
    made = (head, _third(head), _past(head), _participle(head))
    return [" ".join([*words[:at], mark + form, *words[at + 1 :]]) for form in made]


def _third(head: str) -> str:
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return head[:-1] + "ies"
    return head + ("es" if head.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _past(head: str) -> str:
    if head.endswith("e"):
        return head + "d"
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return head[:-1] + "ied"
    return head + "ed"


def _participle(head: str) -> str:
    return (head[:-1] if head.endswith("e") and not head.endswith("ee") else head) + "ing"


def plural_of(phrase: str) -> str:
    """The regular plural of a phrase, that of its last word; itself where it looks like one.

    >>> plural_of("spy agency"), plural_of("coach"), plural_of("dollars")
    ('spy agencies', 'coaches', 'dollars')
    """
    if phrase.endswith("s") and not phrase.endswith(("ss", "us")):
        return phrase
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("s", "x", "z", "ch", "sh")) else "s")
