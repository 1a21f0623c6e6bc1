"""What is wrong in codebooks that can be read: names that lead nowhere, rules that never win.

`coder check` prints these with `file:line`. Whether sentences are coded as they should be is
for `coder.evaluate.embedded`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from coder.codebook.lint_standalone import only_standalone, sets_of_words, standalone_rules
from coder.codebook.load import Codebooks, Ontology, Problem
from coder.codebook.model import Code, Condition, Rule
from coder.errors import CoderError

CheckPath = Callable[[str], None]
"""Raises CoderError where a path can neither be read nor found."""

PROGRAM_SETS = frozenset(
    """
    accident_cause accident_verb accusing_word acts_alone ancient_word anonymous_speaker anybody
    armed_carrier arming_word attempt_modifier attempt_word body_noun bond_noun bond_word
    building_word calendar_name carrier casualty_word circle_noun conditional count_verb
    counterpart_noun crewed_gun custom_noun dream_verb end_word entertainer family_noun
    festive_noun fiction_noun film_part film_verb first_person former future_aux future_modifier
    gas_vessel gas_word getaway_verb group_noun hedge hedge_verb hire_noun history_heading
    hoax_noun holding_verb implicative_verb intent_word legal_noun legal_verb leisure_noun
    life_verb light_verb livestock market_noun memorial memorial_verb mishap_noun mishap_verb
    mistake_verb modal_aux negating_adverb negating_verb negation not_in_earnest occur_verb
    official_noun old_war outlander past_long petty_criminal plain_offence play_verb preposition
    prove_verb provincial quarrel_noun relation_participle report_verb robbery_verb seem_verb
    side_noun state_noun state_side story_verb structure_noun takes_infinitive till_noun
    topic_noun trade_noun transparent_verb truce_ended truce_prolonged truce_starting
    uniform_noun vote_word weapon_fate weapon_hypernym weapon_motion word_prefix
    """.split()
)
"""Sets that steps of the program ask for by name, rather than rules or paths."""

FORMS = ("verb", "noun", "adj", "aux")
_REGEX = re.compile(r"\.[*+?]|\\[wdsb]|\[\^|\(\?|[)\]][*+?{]|[|^]|.\$|\$.")
_SET = re.compile(r"set:([\w.-]+)")
_CALL = re.compile(r"@([\w.]+)")
_NAME = re.compile(r"[\w.]+")


def lint(books: Codebooks, check_path: CheckPath | None = None) -> list[Problem]:
    """Every problem, in the order of files and lines.

    `check_path` reads the expressions of paths. There are no regular expressions in codebooks,
    so nothing a user writes can search without end; words that look like one are a problem.

    >>> [p.text for p in lint(load_codebooks())]  # doctest: +SKIP
    []
    """
    alone = books.standalone is not None
    found = [
        *unusable(books, check_path),
        *_types(books),
        *(standalone_rules(books) if alone else _embedded_rules(books)),
        *(p for ontology in books.ontologies.values() for p in _ontology(books, ontology)),
    ]
    return sorted(set(found), key=_in_order)


def _embedded_rules(books: Codebooks) -> Iterator[Problem]:
    yield from _unused_sets(books)
    yield from _rules(books)
    yield from _same_rules(books)
    yield from _circles(books)
    yield from only_standalone(books)


def _in_order(problem: Problem) -> tuple[str, int, str]:
    file, _, line = problem.place.rpartition(":")
    return (file, int(line), problem.text) if line.isdigit() else (problem.place, 0, problem.text)


def unusable(books: Codebooks, check_path: CheckPath | None = None) -> list[Problem]:
    """The problems with which rules cannot run at all: sets and paths that are not there or
    cannot be read. A build asks first, so that none is met after hours of work."""
    paths = (
        Problem(books.places[rule.id], f"rule {rule.id}: {text}")
        for rule in books.rules
        for text in _path_problems(books, rule, check_path)
    )
    return sorted({*_missing_sets(books), *paths}, key=_in_order)


# --- sets -----------------------------------------------------------------------------------


def _missing_sets(books: Codebooks) -> Iterator[Problem]:
    for name, place in _named_sets(books).items():
        if name not in books.sets:
            yield Problem(place or "core/paths.yaml:1", f"there is no set {name}")


def _unused_sets(books: Codebooks) -> Iterator[Problem]:
    named = _named_sets(books)
    for name, place in books.set_places.items():
        if any(word.startswith("kind:") for word in books.sets.get(name, ())):
            continue  # a list of kinds that rules share by a YAML anchor, not by its name
        if name not in named and name not in PROGRAM_SETS:
            yield Problem(place, f"set {name} is used nowhere")


def _named_sets(books: Codebooks) -> dict[str, str]:
    """The sets that rules and paths name, with the place of the first rule that does."""
    named = sets_of_words(books)
    for rule in books.rules:
        for text in _texts(rule):
            for name in _SET.findall(text):
                named.setdefault(name, books.places[rule.id])
    for alternatives in books.paths.values():
        for path in alternatives:
            for name in _SET.findall(path):
                named.setdefault(name, "")
    return named


def _texts(rule: Rule) -> Iterator[str]:
    """The texts of a rule in which sets can be named."""
    for condition in _conditions(_given(rule)):
        yield from (*condition.has, *condition.within, *condition.trigger)
        if condition.at:
            yield condition.at
    for paths in rule.slots.values():
        yield from paths


def _given(rule: Rule) -> Iterator[Condition]:
    """The conditions under any key of a rule."""
    for name in Rule.model_fields:
        value = getattr(rule, name)
        if isinstance(value, tuple):
            yield from (v for v in value if isinstance(v, Condition))
    for pattern in rule.patterns:
        yield from pattern.requires


def _conditions(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for c in conditions:
        yield c
        yield from _conditions((*c.any_, *c.all_, *((c.not_,) if c.not_ else ())))


# --- types ----------------------------------------------------------------------------------


def _known(books: Codebooks, pattern: str) -> bool:
    if pattern == "*":
        return True
    base = pattern.removesuffix(".*")
    return base in books.types or any(t.startswith(base + ".") for t in books.types)


def _types(books: Codebooks) -> Iterator[Problem]:
    for name, event_type in books.types.items():
        for other in event_type.not_:
            if other not in books.types:
                yield Problem(
                    books.type_places[name], f"type {name}: not: there is no type {other}"
                )


# --- rules ----------------------------------------------------------------------------------


def _rules(books: Codebooks) -> Iterator[Problem]:
    ids = {rule.id for rule in books.rules}
    for rule in books.rules:
        for text in _of_rule(books, rule, ids):
            yield Problem(books.places[rule.id], f"rule {rule.id}: {text}")


def _of_rule(books: Codebooks, rule: Rule, ids: set[str]) -> Iterator[str]:
    if rule.type not in books.types:
        yield f"there is no type {rule.type}"
    phrases = [(form, p.lower()) for form in FORMS for p in getattr(rule.trigger, form)]
    if not phrases:
        yield "it has no trigger"
    for phrase in sorted({p for p in phrases if phrases.count(p) > 1}):
        yield f"the {phrase[0]} {phrase[1]!r} stands twice in its trigger"
    for _, phrase_text in phrases:
        if _REGEX.search(phrase_text):
            yield (
                f"{phrase_text!r} looks like a regular expression; triggers are plain words, "
                "each form of which is found by itself"
            )
    for pattern in rule.about:
        if not _known(books, pattern):
            yield f"about: there is no type {pattern}"
    for other in rule.overrides:
        if other not in ids:
            yield f"overrides: there is no rule {other}"
    yield from _condition_problems(books, rule)
    if not any(t.expect for t in rule.tests):
        yield "no test sentence that it codes"
    if all(t.expect for t in rule.tests):
        yield "no near miss: a test sentence with expect: []"


def _condition_problems(books: Codebooks, rule: Rule) -> Iterator[str]:
    slots = {"source", "target", *rule.slots}
    for c in _conditions(_given(rule)):
        for pattern in c.about:
            if not _known(books, pattern):
                yield f"requires: there is no type {pattern}"
        for slot in (*c.same_or_empty, *((c.slot,) if c.slot else ())):
            if not slot.startswith("about.") and slot not in slots:
                yield f"requires: the rule has no slot {slot}"
        for word in (*c.has, *c.within, *c.trigger):
            plain = word.removeprefix("set:").removeprefix("kind:")
            if _REGEX.search(plain):
                yield f"{word!r} looks like a regular expression; conditions are plain words"


def _path_problems(books: Codebooks, rule: Rule, check_path: CheckPath | None) -> Iterator[str]:
    at = [c.at for c in _conditions(_given(rule)) if c.at]
    for path in (*at, *(p for paths in rule.slots.values() for p in paths)):
        path = path.removeprefix("path:")
        if path == "none" or path.startswith("about."):
            continue
        missing = [n for n in _CALL.findall(path) if n not in books.paths]
        if _NAME.fullmatch(path) and path not in books.paths:
            missing.append(path)
        for name in missing:
            yield f"there is no path {name}"
        if not missing and check_path is not None:
            try:
                check_path(path)
            except CoderError as error:
                yield error.text


def _same_rules(books: Codebooks) -> Iterator[Problem]:
    """Rules of which one can never win, or which nothing tells apart."""
    by_phrase: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in books.rules:
        for form in FORMS:
            for phrase in {p.lower() for p in getattr(rule.trigger, form)}:
                by_phrase[form, phrase].append(rule)
    reported: set[tuple[str, str]] = set()
    keys = {rule.id: _key(rule) for rule in books.rules}
    for (form, phrase), rules in by_phrase.items():
        for a, b in combinations(rules, 2):
            if (a.id, b.id) in reported or keys[a.id] != keys[b.id] or _settled(books, a, b):
                continue
            reported.add((a.id, b.id))
            where = f"also at {books.places[a.id]}"
            if a.type == b.type:
                text = f"rule {b.id} can never fire by itself: {a.id} has the {form} {phrase!r} "
                yield Problem(books.places[b.id], f"{text}under the same conditions ({where})")
            else:
                text = f"rule {b.id} ties with {a.id} on the {form} {phrase!r}: give one of them "
                yield Problem(books.places[b.id], f"{text}a condition or an override ({where})")


def _key(rule: Rule) -> tuple[frozenset[str], frozenset[str], str, object]:
    """What tells rules with one trigger apart: conditions, deeds underneath, effect, slots."""
    conditions = frozenset(c.model_dump_json(exclude_defaults=True) for c in rule.requires)
    about = tuple(sorted((k, v) for k, v in rule.slots.items() if k == "about"))
    return conditions, frozenset(rule.about), rule.effect or "", about


def _settled(books: Codebooks, a: Rule, b: Rule) -> bool:
    """Whether another reason than conditions says which of two rules wins."""
    if (a.id in books.user_rules) != (b.id in books.user_rules):
        return True
    if b.id in a.overrides or a.id in b.overrides:
        return True
    return a.type.startswith(b.type + ".") or b.type.startswith(a.type + ".")


def _circles(books: Codebooks) -> Iterator[Problem]:
    overrides: Mapping[str, Sequence[str]] = {r.id: r.overrides for r in books.rules}
    for start in overrides:
        trail = _back_to(start, overrides)
        if trail and start == min(trail):
            shown = " > ".join((*trail, start))
            yield Problem(books.places[start], f"overrides form a circle: {shown}")


def _back_to(start: str, edges: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest trail from a rule to itself, [] where there is none."""
    trails = [[start]]
    seen: set[str] = set()
    for trail in trails:
        for nxt in edges.get(trail[-1], ()):
            if nxt == start:
                return trail
            if nxt not in seen:
                seen.add(nxt)
                trails.append([*trail, nxt])
    return []


# --- ontologies -----------------------------------------------------------------------------


def _ontology(books: Codebooks, ontology: Ontology) -> Iterator[Problem]:
    claims: dict[tuple[tuple[str, ...], str], tuple[Code, str]] = {}
    for code, place in zip(ontology.codes, ontology.places, strict=True):
        if ontology.labels and code.code not in ontology.labels:
            yield Problem(place, f"code {code.code} has no label")
        if not code.from_ and not code.chain:
            yield Problem(place, f"code {code.code} is given to no type: write from or chain")
        when = code.when.model_dump_json(exclude_defaults=True)
        for pattern in (*((t,) for t in code.from_), *code.chain):
            for part in pattern:
                if not _known(books, part):
                    yield Problem(place, f"code {code.code}: there is no type {part}")
            other, other_place = claims.setdefault((tuple(pattern), when), (code, place))
            if other is not code:
                shown = " > ".join(pattern)
                text = f"{shown} is claimed by {other.code} ({other_place}) and by {code.code}"
                yield Problem(place, f"{text} under the same conditions")
        for rule in code.when.rule:
            if rule not in books.places:
                yield Problem(place, f"code {code.code}: there is no rule {rule}")
    claimed = {code.code for code in ontology.codes}
    for name, label in ontology.labels.items():
        if label.parent is not None and label.parent not in ontology.labels:
            place = ontology.places[0] if ontology.places else ontology.head.id
            yield Problem(place, f"label {name}: its parent {label.parent} has no label")
    named = {c: "units" for unit in ontology.units for c in (*unit.first, *unit.takes)}
    for name, part in (named | dict.fromkeys(ontology.uncovered, "uncovered")).items():
        if name not in claimed and name not in ontology.labels:
            place = ontology.places[0] if ontology.places else ontology.head.id
            yield Problem(place, f"{part}: there is no code {name}")
    yield from _wrong_expectations(ontology, claimed)


def _wrong_expectations(ontology: Ontology, claimed: set[str]) -> Iterator[Problem]:
    for test, place in ontology.tests:
        for expected in test.expect:
            code = expected.codes.get(ontology.head.id)
            if code and code not in claimed:
                yield Problem(place, f"the test expects {code}, a code that no line gives")
