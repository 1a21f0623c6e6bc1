"""What the ontology part of a codebook file may say: labels, code lines and units."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator

from coder.codebook.strict import Strict


def as_list(value: Any) -> Any:
    """A single word or condition stands for a list of one.

    >>> as_list("armed"), as_list(["armed"])
    (['armed'], ['armed'])
    """
    return [value] if isinstance(value, str | dict) else value


class CodeWhen(Strict):
    """Conditions of a code on the whole article event.

    `source`, `target`: kinds, any of which a participant must have; `source_role`,
    `target_role`: CAMEO roles; `killed`, `injured`: whether anyone was; `arrested`: at
    least so many were; `with`: another event of the article, of its day and place;
    `trigger`: words of a mention; `tags`: its tags, such as `truce.agreed`.
    """

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    not_source: tuple[str, ...] = ()
    not_target: tuple[str, ...] = ()
    source_role: tuple[str, ...] = ()
    target_role: tuple[str, ...] = ()
    inter: tuple[str, ...] = ()
    killed: bool | None = None
    injured: bool | None = None
    arrested: int | None = None
    reciprocal: bool | None = None
    source_filled: bool | None = None
    target_filled: bool | None = None
    completion: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    trigger: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field((), alias="with")

    _lists = field_validator(
        "source",
        "target",
        "not_source",
        "not_target",
        "source_role",
        "target_role",
        "inter",
        "completion",
        "rule",
        "trigger",
        "tags",
        "with_",
        mode="before",
    )(as_list)


class Code(Strict):
    """One line of an ontology: types (`from`) or chains of types that get `code`.

    `extra` is what else the line says of the event, such as the stage of a ceasefire; it is stored
    beside the code.
    """

    code: str
    from_: tuple[str, ...] = Field((), alias="from")
    chain: tuple[tuple[str, ...], ...] = ()
    when: CodeWhen = CodeWhen()
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    extra: dict[str, str] = Field(default_factory=dict)

    @field_validator("chain", mode="before")
    @classmethod
    def _chains(cls, value: Any) -> Any:
        return [value] if value and isinstance(value[0], str) else value

    _lists = field_validator("from_", "modes", "contexts", mode="before")(as_list)


class Label(Strict):
    """What a code is called, and its scores in its own ontology.

    `civilians` says when an event of this code targets civilians: `always`, or with `victims` where
    the second side are civilians.
    """

    label: str
    definition: str = ""
    parent: str | None = None
    quad_class: str | None = None
    score: str | None = None
    civilians: Literal["always", "victims"] | None = None
    extra: dict[str, str] = Field(default_factory=dict)


class Unit(Strict):
    """What a codebook counts as one event: records of one day, place and pair of actors.

    Where one of the codes in `first` is among them, it stands for all that are in `first` or
    `takes`; of several the one that is written first. `roles_apart` are CAMEO roles that are no
    part of the pair, so that a march and the police who break it up are one event.

    >>> Unit(first=("Armed clash",), takes=("Grenade",)).roles_apart
    ()
    """

    first: tuple[str, ...]
    takes: tuple[str, ...] = ()
    roles_apart: tuple[str, ...] = ()
