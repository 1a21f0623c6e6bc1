"""What a codebook file may say: pydantic models that refuse unknown keys.

A core file has `sets`, `paths`, `types` and `rules`; an ontology file has `codebook` and
`codes`; a user's own file may have all of them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from coder.codebook.ontology_model import Code as Code
from coder.codebook.ontology_model import CodeWhen as CodeWhen
from coder.codebook.ontology_model import Label as Label
from coder.codebook.ontology_model import Unit
from coder.codebook.ontology_model import as_list as _as_list
from coder.codebook.strict import Strict as _Strict
from coder.types import Completion, Status

Inner = Literal["happened", "not", "open"]


class EventType(_Strict):
    """A core event type: `label`, our own `definition`, and what it is `not`. What is of a `silent`
    type is recognised and makes no event."""

    label: str
    definition: str = ""
    not_: dict[str, str] = Field(default_factory=dict, alias="not")
    reciprocal: bool = False
    speech: bool = False
    silent: bool = False


class Trigger(_Strict):
    """Words that can fire a rule, by what they are in the sentence.

    A phrase is written as lemmas: the first word of a verb phrase is its head, the last
    before a preposition that of a noun phrase. `aux` are helping verbs, for rules on what is
    going to be done ("will send"): the verb that they help is at the path `aux.about`. `form` are
    verbs in the very form that is written ("left", not "leave"), words of a phrase side by side
    and its head marked ("wire +tapped").
    """

    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adj: tuple[str, ...] = ()
    aux: tuple[str, ...] = ()
    form: tuple[str, ...] = ()


class Condition(_Strict):
    """One thing that must hold. All keys given must hold together.

    `slot`/`at` choose tokens (a slot, or a path from the trigger), `has` compares their words
    with sets or words, `is` their kinds, `within` their modifiers too; `filled`
    asks whether there is anything at all. `any`, `all` and `not` combine conditions.
    """

    slot: str | None = None
    at: str | None = None
    has: tuple[str, ...] = ()
    is_: tuple[str, ...] = Field((), alias="is")
    within: tuple[str, ...] = ()
    filled: bool | None = None
    or_empty: bool = False
    trigger: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    same_or_empty: tuple[str, ...] = ()
    any_: tuple[Condition, ...] = Field((), alias="any")
    all_: tuple[Condition, ...] = Field((), alias="all")
    not_: Condition | None = Field(None, alias="not")

    _lists = field_validator(
        "has",
        "is_",
        "within",
        "trigger",
        "form",
        "about",
        "same_or_empty",
        "any_",
        "all_",
        mode="before",
    )(_as_list)

    @model_validator(mode="after")
    def _one_place(self) -> Condition:
        if self.slot is not None and self.at is not None:
            raise ValueError("a condition has either `slot` or `at`; put two of them under `all`")
        return self


class Expected(_Strict):
    """What a test sentence must give; only the keys that are written are compared, but no further
    event may appear."""

    type: str | None = None
    chain: str | None = None
    source: str | None = None
    target: str | None = None
    status: str | None = None
    fatalities: str | None = None
    injured: str | None = None
    date: str | None = None
    country: str | None = None
    place: str | None = None
    trigger: str | None = None
    rule: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)


class RuleTest(_Strict):
    """A sentence or two with the events that they hold (`expect: []` for a near miss)."""

    text: str
    published: str = "2024-03-15"
    expect: tuple[Expected, ...] = ()


class WordPattern(_Strict):
    """What stands around the trigger of a rule, and the type that it makes of the deed.

    `words` is a sequence with `*` for the trigger: a blank lets other words between, `_` does not;
    `&name` is a word of a set, `$` is where the source stands, `+` the target, `%` several who are
    both, and `^` skips a noun phrase. `requires` are conditions. `mirror` is the type of what the
    target does back.

    >>> WordPattern(words="* diplomatic_ties with +", type="approve").mirror is None
    True
    """

    words: str | None = None
    requires: tuple[Condition, ...] = ()
    type: str = ""
    mirror: str | None = None


class Rule(_Strict):
    """Trigger words that make an event type under conditions.

    `about` names the types of the deed under the trigger and `inner` whether it happened;
    `effect` makes the rule a result (a toll) that joins the deed that caused it; `alone` are
    conditions under which it may stand without one, `cause_only` that it never may.

    `patterns` refine the type: the one with most words that fits holds, of equal ones the first;
    where none does, the rule's own `type` and `mirror`, or those that `by_form` has for the form
    of the trigger.
    """

    id: str
    type: str
    trigger: Trigger
    slots: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    requires: tuple[Condition, ...] = ()
    about: tuple[str, ...] = ()
    about_optional: bool = False
    inner: Inner = "not"
    effect: Literal["killed", "injured", "arrested", "abducted", "displaced"] | None = None
    cause_only: bool = False
    alone: tuple[Condition, ...] = ()
    reciprocal: bool = False
    status: Status | None = None
    completion: Completion | None = None
    inner_only: bool = False
    mirror: str | None = None
    patterns: tuple[WordPattern, ...] = ()
    by_form: dict[str, WordPattern] = Field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    tests: tuple[RuleTest, ...] = ()

    @field_validator("slots", mode="before")
    @classmethod
    def _paths(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: (v,) if isinstance(v, str) else v for k, v in value.items()}
        return value


ROW_KEYS = frozenset(
    (
        *("event_id", "type", "chain", "quad_class", "goldstein", "plover_mode", "inter1"),
        *("inter2", "source", "target", "source_name", "target_name", "reciprocal"),
        *("event_date", "date_precision", "country", "countries", "admin1", "place"),
        *("latitude", "longitude", "geo_level", "fatalities", "injured", "status"),
        *("completion", "hedged", "attributed_to", "attribution", "quoted", "sentence"),
        *("disputed", "speaks_of", "plover_context", "civilian_targeting", "ceasefire_stage"),
        *("start", "end", "trigger", "rule"),
    )
)
"""Keys of a row of `coder code`: a codebook's code stands there under its id, so no id is one."""


class CodebookHead(_Strict):
    """Who a codebook is: id, version, title, sources of its facts and their terms.

    A `standalone` codebook does without the rules and dictionaries that come with the program: it
    has its own, and codes what its words match, whatever is said of it (see docs/import.md).
    """

    id: str
    version: str
    title: str
    facts_from: str = ""
    terms: str = ""
    notes: str = ""
    standalone: bool = False

    @field_validator("id")
    @classmethod
    def _own_key(cls, value: str) -> str:
        if value in ROW_KEYS:
            raise ValueError(f"{value} is a key of `coder code`; give the codebook another id")
        return value


class CodebookFile(_Strict):
    """All that one YAML file may hold. `uncovered` are codes that no text can give, with the
    reason: `coder check --coverage` does not ask test sentences of them."""

    about: dict[str, str] = Field(default_factory=dict)
    codebook: CodebookHead | None = None
    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    kind_groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    kind_yields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    paths: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    types: dict[str, EventType] = Field(default_factory=dict)
    common: tuple[Condition, ...] = ()
    rules: tuple[Rule, ...] = ()
    labels: dict[str, Label] = Field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    units: tuple[Unit, ...] = ()
    uncovered: dict[str, str] = Field(default_factory=dict)
    tests: tuple[RuleTest, ...] = ()

    @field_validator("paths", mode="before")
    @classmethod
    def _paths(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: _as_list(v) for k, v in value.items()}
        return value
