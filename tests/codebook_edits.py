"""Random edits of codebooks, as people make them: a word more, a rule less, another code.

Edits are made on what was read from the files, so that hundreds of them take little time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from coder.codebook.actors import ActorBook
from coder.codebook.agents import AgentBook
from coder.codebook.load import Codebooks
from coder.codebook.model import Rule, Trigger


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """All that an edit may change."""

    books: Codebooks
    actors: ActorBook
    agents: AgentBook


Edit = Callable[[Dictionaries, Random, list[str]], Dictionaries | None]


def random_edit(
    now: Dictionaries, chance: Random, words: list[str]
) -> tuple[str, Dictionaries] | None:
    """One edit and its name, None where it came to nothing. `words` are those of the articles."""
    make = chance.choice(EDITS)
    made = make(now, chance, words)
    return None if made is None else (make.__name__.strip("_"), made)


def _books(now: Dictionaries, **changed: Any) -> Dictionaries:
    return replace(now, books=replace(now.books, **changed))


def _with_rule(now: Dictionaries, at: int, *rules: Rule) -> Dictionaries:
    listed = now.books.rules
    return _books(now, rules=[*listed[:at], *rules, *listed[at + 1 :]])


def _trigger_added(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    at = chance.randrange(len(now.books.rules))
    rule = now.books.rules[at]
    form = chance.choice(["verb", "noun"])
    phrases = (*getattr(rule.trigger, form), chance.choice(words))
    trigger = rule.trigger.model_copy(update={form: phrases})
    return _with_rule(now, at, rule.model_copy(update={"trigger": trigger}))


def _trigger_removed(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    at = _common_rule(now, chance, words)
    rule = now.books.rules[at]
    form = next((f for f in ("verb", "noun", "adj") if getattr(rule.trigger, f)), None)
    if form is None:
        return None
    phrases = list(getattr(rule.trigger, form))
    known = [p for p in phrases if p in words]
    phrases.remove(chance.choice(known or phrases))
    trigger = rule.trigger.model_copy(update={form: tuple(phrases)})
    return _with_rule(now, at, rule.model_copy(update={"trigger": trigger}))


def _rule_removed(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    return _with_rule(now, _common_rule(now, chance, words))


def _rule_added(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    at = chance.randrange(len(now.books.rules))
    rule = now.books.rules[at]
    new = rule.model_copy(
        update={
            "id": "edit.new",
            "trigger": Trigger(verb=(chance.choice(words),), noun=(chance.choice(words),)),
            "requires": rule.requires[: chance.randrange(len(rule.requires) + 1)],
        }
    )
    if chance.random() < 0.3:
        now = _books(now, user_rules=now.books.user_rules | {"edit.new"})
    return _with_rule(now, at, rule, new)


def _rule_changed(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    at = _common_rule(now, chance, words)
    rule = now.books.rules[at]
    update: dict[str, Any] = chance.choice(
        [
            {"type": chance.choice(list(now.books.types))},
            {"requires": rule.requires[1:]},
            {"status": chance.choice(["actual", "hypothetical", "negated"])},
            {"slots": {k: v for k, v in rule.slots.items() if k != "target"}},
            {"inner": "happened"},
            {"overrides": (chance.choice(now.books.rules).id,)},
        ]
    )
    return _with_rule(now, at, rule.model_copy(update=update))


def _common_rule(now: Dictionaries, chance: Random, words: list[str]) -> int:
    """A rule with a trigger that the articles hold, if one is soon found."""
    known = set(words)
    for _ in range(20):
        at = chance.randrange(len(now.books.rules))
        trigger = now.books.rules[at].trigger
        if any(p in known for p in (*trigger.verb, *trigger.noun, *trigger.adj)):
            break
    return at


def _set_changed(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    """Words more or fewer in a set or kind, by way of what stands in the articles."""
    known = set(words)
    names = [n for n, s in now.books.sets.items() if not known.isdisjoint(s)]
    name = chance.choice(names if chance.random() < 0.7 else list(now.books.sets))
    members = set(now.books.sets[name])
    inside = sorted(members & known)
    if inside and chance.random() < 0.5:
        members.remove(chance.choice(inside))
    else:
        pair = f"{chance.choice(words)} {chance.choice(words)}"
        members.add(chance.choice([chance.choice(words), chance.choice(words), pair]))
    changed = _books(now, sets=now.books.sets | {name: frozenset(members)})
    if name in now.books.kinds:
        changed = _books(changed, kinds=now.books.kinds | {name: frozenset(members)})
    return changed


def _path_changed(now: Dictionaries, chance: Random, _words: list[str]) -> Dictionaries | None:
    name = chance.choice([n for n, p in now.books.paths.items() if len(p) > 1])
    ways = list(now.books.paths[name])
    if chance.random() < 0.5:
        ways.pop(chance.randrange(len(ways)))
    else:
        chance.shuffle(ways)
    return _books(now, paths=now.books.paths | {name: tuple(ways)})


def _type_changed(now: Dictionaries, chance: Random, _words: list[str]) -> Dictionaries | None:
    name = chance.choice(list(now.books.types))
    event_type = now.books.types[name]
    turned = event_type.model_copy(update={"speech": not event_type.speech, "label": "X"})
    return _books(now, types=now.books.types | {name: turned})


def _code_changed(now: Dictionaries, chance: Random, _words: list[str]) -> Dictionaries | None:
    name = chance.choice(list(now.books.ontologies))
    ontology = now.books.ontologies[name]
    codes = list(ontology.codes)
    at = chance.randrange(len(codes))
    if chance.random() < 0.4:
        codes.pop(at)
    else:
        other = chance.choice(codes).code
        codes[at] = codes[at].model_copy(update={"code": other})
    made = replace(ontology, codes=tuple(codes), places=ontology.places)
    return _books(now, ontologies=now.books.ontologies | {name: made})


def _label_changed(now: Dictionaries, chance: Random, _words: list[str]) -> Dictionaries | None:
    name = chance.choice(list(now.books.ontologies))
    ontology = now.books.ontologies[name]
    if not ontology.labels:
        return None
    code = chance.choice(list(ontology.labels))
    label = ontology.labels[code].model_copy(update={"label": "Another label"})
    made = replace(ontology, labels=ontology.labels | {code: label})
    return _books(now, ontologies=now.books.ontologies | {name: made})


def _actor_changed(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    entries = list(now.actors.entries)
    known = set(words)
    for _ in range(200):
        at = chance.randrange(len(entries))
        if any(part.lower() in known for w, _ in entries[at].phrases() for part in w.split()):
            break
    entry = entries[at]
    word = chance.choice(words)
    update: dict[str, Any] = chance.choice(
        [
            {"country": chance.choice(["FRA", "KEN", "PER"])},
            {"words": (*entry.words, word.capitalize())},
            {"words": (*entry.words, word)},
            {"adjectives": (*entry.adjectives, word.capitalize())},
            {"demonyms": (*entry.demonyms, word.capitalize() + "s")},
            {"role": "REB"},
            {"kind": chance.choice(["person", "armed_group", "country"])},
        ]
    )
    entries[at] = entry.model_copy(update=update)
    if chance.random() < 0.2:
        entries.pop(at)
    return replace(now, actors=ActorBook(tuple(entries), ()))


def _agent_changed(now: Dictionaries, chance: Random, words: list[str]) -> Dictionaries | None:
    groups = list(now.agents.groups)
    at = chance.randrange(len(groups))
    listed = list(groups[at].words)
    known = [w for w in listed if w in words]
    if known and chance.random() < 0.6:
        listed.remove(chance.choice(known))
    else:
        listed.append(chance.choice(words))
    groups[at] = groups[at].model_copy(update={"words": tuple(listed)})
    return replace(now, agents=replace(now.agents, groups=tuple(groups)))


EDITS: list[Edit] = [
    _trigger_added,
    _trigger_removed,
    _rule_removed,
    _rule_added,
    _rule_changed,
    _rule_changed,
    _set_changed,
    _set_changed,
    _set_changed,
    _path_changed,
    _path_changed,
    _type_changed,
    _code_changed,
    _label_changed,
    _actor_changed,
    _actor_changed,
    _agent_changed,
]
