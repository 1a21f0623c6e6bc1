"""What became of one item: its gold, what was coded, and how the two match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coder.evaluate.acled_types import acled_event_type
from coder.evaluate.gold import GoldItem
from coder.evaluate.match import (
    ACLED,
    CAMEO,
    PLOVER,
    STRIKES,
    Coded,
    Match,
    Matching,
    acled_scheme,
    counted,
    match_item,
)

ACLED_TYPE = acled_scheme(acled_event_type)
SCHEMES = {
    "cameo": CAMEO,
    "plover": PLOVER,
    "acled": ACLED,
    "acled_type": ACLED_TYPE,
    "strikes": STRIKES,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """An item with its coded events and its matching under every scheme of `SCHEMES`.

    `answered` is False where the coder gave no line for the item, or an error.
    """

    item: GoldItem
    coded: tuple[Coded, ...]
    matchings: Mapping[str, Matching]
    answered: bool = True

    @property
    def false_alarm(self) -> bool:
        """Whether something was coded in a negative item that no optional event forgives."""
        forgiven = {one.index for m in self.matchings.values() for one in m.forgiven}
        return self.item.negative and any(one.index not in forgiven for one in self.coded)

    def toll(self, match: Match, key: str) -> int | None:
        """`fatalities` or `injured` of a coded mention: it stands on one of its pairs."""
        mine = match.coded
        if mine.get("event_id") is None or mine.get(key) is not None:
            value = mine.get(key)
            return int(value) if value is not None else None
        for one in self.coded:
            same = one.get("event_id") == mine.get("event_id")
            if same and one.get("start") == mine.get("start") and one.get(key) is not None:
                return int(one.get(key))
        return None


def outcome_of(
    item: GoldItem, rows: Sequence[Mapping[str, Any]], *, answered: bool = True
) -> Outcome:
    """Match the rows coded for an item with its gold under every scheme."""
    coded = counted(rows)
    matchings = {name: match_item(item, coded, scheme) for name, scheme in SCHEMES.items()}
    return Outcome(item, coded, matchings, answered)
