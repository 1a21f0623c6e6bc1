"""The words for times and numbers: `codebooks/core/time.yaml` and `numbers.yaml`.

Both files are plain lists and maps; unknown keys are refused (E220). The words are read
once and kept.

>>> load_time_words().weekdays["friday"], load_number_words().units["seven"]
(4, 7)
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from coder.codebook.home import codebooks_dir
from coder.codebook.yamlio import load_yaml
from coder.errors import E220, CoderError

Words = tuple[str, ...]
Model = TypeVar("Model", bound=BaseModel)


class TimeWords(BaseModel):
    """Words of time expressions, lower case; the file says what each list is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: dict[str, int]
    month_short: dict[str, int]
    month_or_name: Words
    weekdays: dict[str, int]
    weekday_short: dict[str, int]
    units: dict[str, str]
    deictic: dict[str, int]
    overnight: Words
    parts: Words
    before_day: Words
    weekend: Words
    last: Words
    next: Words
    this: Words
    earlier_in: Words
    later_in: Words
    the: Words
    early: Words
    mid: Words
    late: Words
    ago: Words
    earlier: Words
    later: Words
    before_deed: Words
    after_deed: Words
    beside: dict[str, int]
    few: Words
    half_a: Words
    window: Words
    range_open: Words
    range_to: Words
    range_and: Words
    month_cues: Words
    year_cues: Words
    clock: Words
    habit: Words
    names: Words
    name_heads: Words
    feasts: dict[str, str]
    easter: dict[str, int]
    future_aux: Words
    refusal_aux: Words
    lapse_verbs: Words
    future_nouns: Words
    future_heads: Words
    deadline: Words
    pluperfect: Words
    carriers: Words
    same_time: Words


class NumberWords(BaseModel):
    """Words of numbers and counts, lower case; the file says what each list is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    fixed: dict[str, int]
    ordinals: dict[str, int]
    articles: Words
    singular: Words
    one_person: Words
    nobody: Words
    no: Words
    not_words: Words
    single: Words
    vague: Words
    shares: Words
    containers: Words
    collectives: Words
    at_least: Words
    at_most: Words
    about: Words
    after_at_least: Words
    after_at_most: Words
    after_about: Words
    range_open: Words
    range_and: Words
    range_to: Words
    killed: Words
    injured: Words
    treated: Words
    treated_for: Words
    deaths: Words
    injuries: Words
    casualties: Words
    unhurt: Words
    without: Words
    among: Words
    stated_as: Words


@lru_cache(maxsize=1)
def load_time_words() -> TimeWords:
    """The words of `core/time.yaml`. Raises E220 where the file does not fit."""
    return _load(codebooks_dir() / "core" / "time.yaml", TimeWords)


@lru_cache(maxsize=1)
def load_number_words() -> NumberWords:
    """The words of `core/numbers.yaml`. Raises E220 where the file does not fit."""
    return _load(codebooks_dir() / "core" / "numbers.yaml", NumberWords)


def _load(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate(load_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise CoderError(E220, place=f"{path}: {key}", why=first["msg"]) from error
