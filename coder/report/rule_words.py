"""Rules and lines of codes in plain words, made of the same values that match and code."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder.codebook.model import Code, CodeWhen, Condition, EventType, Rule
from coder.report.path_words import any_of, joined, path_words

Types = Mapping[str, EventType]
Sets = Mapping[str, frozenset[str]]
_INNER = {
    "happened": "which happened",
    "not": "which has not happened for all that this says",
    "open": "of which it is open whether it happened",
}
_PARTS = {"verb": "verb", "noun": "noun", "adj": "adjective", "aux": "helping verb"}
_SAMPLE = 4
_MOST = 6
_ENOUGH = 3
"""Rules that a file must have before what they share is taken for common."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in words: what it fires on, what must hold and what must not, and its slots."""

    fires: str
    only: tuple[str, ...]
    never: tuple[str, ...]
    slots: tuple[str, ...]


def rule_words(
    rule: Rule, types: Types, sets: Sets, common: Container[Condition] = ()
) -> RuleWords:
    """A rule as sentences; conditions in `common`, which all rules of its file have, are left out.

    >>> from coder.codebook.model import Trigger
    >>> rule = Rule(id="raid", type="assault", trigger=Trigger(noun=("raid",)))
    >>> rule_words(rule, {}, {}).fires
    'The noun “raid”'
    """
    own = [c for c in rule.requires if c not in common]
    never = [c.not_ for c in own if _is_not(c) and c.not_ is not None]
    slots = [
        f"{slot.capitalize()}: {joined(_different(path_words(p) for p in paths), 'or else')}"
        for slot, paths in rule.slots.items()
        if slot != "about" and "".join(paths)
    ]
    if rule.effect:
        slots.append(f"It states how many were {rule.effect} and joins the deed that caused it")
    if rule.inner_only:
        slots.append("It counts only as a deed under another")
    return RuleWords(
        fires_on(rule, types),
        tuple(_different(capital(condition_words(c, sets)) for c in own if not _is_not(c))),
        tuple(_different(capital(condition_words(c, sets)) for c in never)),
        tuple(slots),
    )


def fires_on(rule: Rule, types: Types) -> str:
    """The words that a rule fires on, and the deed that must stand under them."""
    triggers = [
        f"the {name} {any_of(words, most=12)}"
        for part, name in _PARTS.items()
        if (words := getattr(rule.trigger, part))
    ]
    said = capital(joined(triggers, "or"))
    if rule.about:
        deeds = listed([type_words(t, types) for t in rule.about])
        optional = ", if there is one," if rule.about_optional else ""
        said += f"; the deed under it{optional} is {deeds}, {_INNER[rule.inner]}"
    return said


def condition_words(condition: Condition, sets: Sets) -> str:
    """What must hold, as the end of “Only where ...”.

    >>> condition_words(Condition.model_validate({"slot": "target", "is": "civilian"}), {})
    'the target is of the kind civilian'
    """
    c = condition
    place = f"the {c.slot}" if c.slot else path_words(c.at) if c.at else "it"
    said: list[str] = []
    if c.has:
        said.append(f"{place} is {_items(c.has, sets)}")
    if c.is_:
        said.append(f"{place} is of the kind {listed(_spaced(c.is_))}")
    if c.within:
        said.append(f"{place} is or holds {_items(c.within, sets)}")
    if c.filled is not None:
        said.append(f"{place} is {'there' if c.filled else 'not there'}")
    elif (c.at or c.slot) and not (c.has or c.is_ or c.within or c.form):
        said.append(f"{place} is there")
    if c.trigger:
        said.append(f"the word is {_items(c.trigger, sets)}")
    if c.form:
        forms = [f"not {f[1:]}" if f.startswith("!") else f.replace("_", " ") for f in c.form]
        said.append(f"the form is {joined(forms, 'and')}")
    if c.about:
        said.append(f"the deed under it is {listed(list(c.about))}")
    if c.same_or_empty:
        said.append(f"{joined(list(c.same_or_empty), 'and')} are the same, or one is unknown")
    if c.any_:
        said.append("either " + joined([condition_words(x, sets) for x in c.any_], "or"))
    nots = [c.not_] if c.not_ is not None else []
    for part in c.all_:
        if _is_not(part) and part.not_ is not None:
            nots.append(part.not_)
        else:
            said.append(condition_words(part, sets))
    words = joined(said, "and")
    for part in nots:
        words += (", unless " if words else "never where ") + condition_words(part, sets)
    return f"{words} (or unknown)" if c.or_empty else words


def common_conditions(rules: Sequence[Rule]) -> list[Condition]:
    """The conditions that all of these rules have: those of `common` in their file."""
    if len(rules) < _ENOUGH:
        return []
    return [c for c in rules[0].requires if all(c in rule.requires for rule in rules[1:])]


def listed(parts: Sequence[str], *, most: int = _MOST) -> str:
    """Parts joined by or; the rest of a long list is counted.

    >>> listed(["a", "b", "c"], most=2)
    'a, b or 1 more'
    """
    shown = list(parts[:most])
    if len(parts) > most:
        shown.append(f"{len(parts) - most} more")
    return joined(shown, "or")


def _is_not(condition: Condition) -> bool:
    """Whether a condition says only that something must not hold."""
    return condition.model_fields_set == {"not_"} and condition.not_ is not None


def _items(items: Sequence[str], sets: Sets) -> str:
    """Words, sets of words with a few of them, and kinds."""
    words, kinds, said = [], [], []
    for item in items:
        what, _, name = item.partition(":")
        if name and what == "set":
            few = sorted(sets.get(name, ()))
            sample = ", ".join(few[:_SAMPLE]) + (" ..." if len(few) > _SAMPLE else "")
            said.append(f"a word of the set {name.replace('_', ' ')} ({sample})")
        elif name and what == "kind":
            kinds.append(name)
        else:
            words.append(item)
    first = [any_of(words)] if words else []
    last = [f"something of the kind {listed(_spaced(kinds))}"] if kinds else []
    return joined(first + said + last, "or")


def _spaced(names: Sequence[str]) -> list[str]:
    return [name.replace("_", " ") for name in names]


def _different(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def code_words(code: Code, types: Types) -> str:
    """A line of a codebook: the types or chains that get the code, and when.

    >>> code_words(Code(code="1", **{"from": ["threaten.*"]}), {})
    'Any threaten'
    """
    said = [type_words(t, types) for t in code.from_]
    said += [" of ".join(type_words(t, types) for t in chain) for chain in code.chain]
    conditions = _when(code.when, types)
    where = f", where {joined(conditions, 'and')}" if conditions else ""
    extra = f" (mode {joined(list(code.modes), 'and')})" if code.modes else ""
    return capital(joined(said, "or")) + where + extra


def type_words(name: str, types: Types) -> str:
    """A type by its label; a family with what lies below it.

    >>> type_words("threaten.attack", {}), type_words("threaten.*", {})
    ('threaten.attack', 'any threaten')
    """
    family = name.endswith(".*")
    bare = name.removesuffix(".*")
    known = types.get(bare)
    label = known.label if known and known.label else bare
    if label[1:2].islower():
        label = label[:1].lower() + label[1:]
    return f"any {label}" if family else label


def _when(when: CodeWhen, types: Types) -> list[str]:
    said = [
        f"the {key} is {joined([_kind(v) for v in values], 'or')}"
        for key, values in (("source", when.source), ("target", when.target))
        if values
    ]
    said += [
        f"the {key} is not {joined([_kind(v) for v in values], 'or')}"
        for key, values in (("source", when.not_source), ("target", when.not_target))
        if values
    ]
    said += [
        f"the {key} has the role {joined(list(values), 'or')}"
        for key, values in (("source", when.source_role), ("target", when.target_role))
        if values
    ]
    for key, answer in (
        ("people were killed", when.killed),
        ("people were hurt", when.injured),
        ("both sides do it", when.reciprocal),
        ("the source is known", when.source_filled),
        ("the target is known", when.target_filled),
    ):
        if answer is not None:
            said.append(key if answer else f"it is not so that {key}")
    if when.inter:
        said.append(f"a side counts as {joined(list(when.inter), 'or')}")
    if when.completion:
        said.append(f"it was {joined(list(when.completion), 'or')}")
    if when.rule:
        said.append(f"the rule is {joined(list(when.rule), 'or')}")
    if when.trigger:
        said.append(f"the word is {any_of(when.trigger)}")
    if when.with_:
        others = [type_words(name, types) for name in when.with_]
        said.append(f"the article also tells of {joined(others, 'or')}")
    return said


def _kind(value: str) -> str:
    return value.removeprefix("inter:").replace("_", " ")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
