"""Records of the PLOVER gold standard: one type a text, in the names of the 2016 draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The draft's names that were given up, with the type that took each one in.
_DRAFT_NAMES = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}


@dataclass(frozen=True, slots=True)
class GsrRecord:
    """What we use of a record: `type` is in today's names, `words` are those of the event."""

    id: str
    date: str
    text: str
    type: str
    words: str


def is_gsr(record: Mapping[str, Any]) -> bool:
    """Whether a JSON record has the form of the PLOVER gold standard."""
    return "event" in record and "events" not in record


def current_type(name: str) -> str:
    """Today's name of a type of the draft.

    >>> current_type("FIGHT"), current_type("AID")
    ('ASSAULT', 'AID')
    """
    return _DRAFT_NAMES.get(name, name)


def read_gsr_record(record: Mapping[str, Any]) -> GsrRecord:
    """A record of the PLOVER gold standard. Raises KeyError where a field is missing."""
    return GsrRecord(
        id=str(record["id"]),
        date=record["date"],
        text=record["text"],
        type=current_type(record["event"]),
        words=record.get("eventText") or "",
    )
