"""`Reject` values of the reading step, made from messages and from errors."""

from __future__ import annotations

from coder.errors import CoderError, Message
from coder.harmless import storable
from coder.types import Reject

STEP = "read"


def reject(message: Message, place: str, **fields: object) -> Reject:
    """A reject with the text and the advice of a message.

    >>> from coder.errors import E113
    >>> reject(E113, "a.csv:2").code
    'E113'
    """
    return from_error(CoderError(message, place=place, **fields))


def from_error(error: CoderError, place: str | None = None) -> Reject:
    """The reject that says what an error says, at `place` or else where the error is."""
    at = error.place if place is None else place
    return Reject(STEP, error.code, storable(f"{error.text} {error.fix}"), storable(at))
