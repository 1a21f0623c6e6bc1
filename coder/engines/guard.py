"""What is done about a batch that ends, hangs or bloats the process which works on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from coder.errors import E455, E456, E457, Message

Batch = TypeVar("Batch")
Result = TypeVar("Result")

GIB = 1 << 30
MEMORY = 4 * GIB
"""Bytes that a process may hold. A coder with its model holds a third of a gigabyte."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a piece of work is given up; the fields are those of the message."""

    message: Message
    fields: dict[str, Any]

    @property
    def reason(self) -> str:
        """The text and the advice of the message.

        >>> slow(90).reason.partition(".")[0]
        'Coding the article took more than 90 seconds'
        """
        return f"{self.message.text} {self.message.fix}".format(**self.fields)


@dataclass(frozen=True, slots=True)
class Guard(Generic[Batch, Result]):
    """Limits of a batch, and how it is saved from the one of its articles that breaks them.

    - `seconds`: how long a batch may take.
    - `parts`: what a batch is divided into when it fails, so that each can be tried alone. A
      batch that cannot be divided is given as it is.
    - `refuse`: the result in place of that of a part that fails alone too.
    - `join`: one result from those of the parts, in their order.
    - `memory`: bytes that the process may hold (watched where there is `/proc`).
    """

    seconds: Callable[[Batch], float]
    parts: Callable[[Batch], Sequence[Batch]]
    refuse: Callable[[Batch, Loss], Result]
    join: Callable[[Sequence[Result]], Result]
    memory: int = MEMORY


def slow(seconds: float) -> Loss:
    """The work took longer than it may."""
    return Loss(E455, {"seconds": f"{seconds:g}"})


def dead() -> Loss:
    """The process has gone, by a fault of its libraries or by the system."""
    return Loss(E456, {})


def bloated(memory: int) -> Loss:
    """The process held more memory than it may."""
    return Loss(E457, {"gigabytes": f"{memory / GIB:g}"})
