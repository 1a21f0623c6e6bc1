"""What all engines share: results in order, and what becomes of work whose worker is lost.

A crew keeps a few batches under way for each worker, so that none is idle and memory does not
grow with their number. A worker that dies, hangs or bloats is ended and replaced, and what it
owed is done again. The batch it was at is suspected, and divided: its parts are tried one by
one. A part that fails alone is refused, and only that part; after a death it is tried once
more, since the system may have been at fault.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import Any, Generic, Literal, Protocol, TypeVar

from coder.engines.guard import Batch, Guard, Loss, Result, bloated, dead, slow
from coder.errors import E461, E601, CoderError

AHEAD = 2
"""Batches under way for each worker: enough that none is idle while results are written."""
LOOK = 0.5
"""Seconds between two looks at the time and memory of the workers."""
DEATHS = 25
"""Workers that may die one after another without any result: beyond, it is not the articles."""

News = Literal["ready", "done", "failed", "gone"]


class Member(Protocol):
    """A worker somewhere. It takes batches and gives their results in that order."""

    def take(self, batch: Any) -> None:
        """Sends one batch, without waiting for anything."""

    def memory(self) -> int:
        """Bytes that it holds; 0 where that cannot be known."""

    def end(self, *, at_once: bool) -> None:
        """Ends it; `at_once` without waiting for what it is at."""


M = TypeVar("M", bound=Member)


class Workshop(Protocol[M]):
    """Where members are made and heard.

    `forgives` is how often the death of a worker is not held against a batch that could be
    divided; `patience` is how many seconds there may be no worker at all (None: any time).
    """

    forgives: int
    patience: float | None

    def hire(self) -> M:
        """A new worker, which says when it is ready."""

    def listen(self, members: Sequence[M], seconds: float) -> Iterable[tuple[M, News, Any]]:
        """What has come from each: at most one piece of news, waited for so many seconds."""


@dataclass(slots=True, eq=False)
class _Task(Generic[Batch]):
    """A batch, or a part of one, and how often a worker has died at it."""

    number: int
    batch: Batch
    part: int | None = None
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Seat(Generic[M]):
    """A worker, what it owes, and since when it is at the first of that."""

    member: M
    owed: deque[_Task[Any]] = field(default_factory=deque)
    ready: bool = False
    since: float = 0.0


class Crew(Generic[Batch, Result, M]):
    """So many workers of a workshop."""

    def __init__(
        self, workshop: Workshop[M], workers: int, guard: Guard[Batch, Result] | None
    ) -> None:
        self.workshop, self.guard, self.workers = workshop, guard, workers
        self._queue: deque[_Task[Batch]] = deque()
        self._results: dict[int, Result] = {}
        self._parts: dict[int, dict[int, Result | None]] = {}
        self._taken = self._deaths = 0
        self._alone_since = monotonic()
        self._seats: list[_Seat[M]] = []

    def results(self, batches: Iterator[Batch]) -> Iterator[Result]:
        """The results of all batches in their order. Raises what a worker raises, E601 where
        workers die for no fault of a batch, E461 where none is left."""
        numbered = enumerate(batches)
        whole = False
        try:
            self._seats += [_Seat(self.workshop.hire()) for _ in range(self.workers)]
            self._take(islice(numbered, self.workers * AHEAD))
            number = 0
            while number < self._taken:
                while number not in self._results:
                    self._step()
                self._take(islice(numbered, 1))
                yield self._results.pop(number)
                number += 1
            whole = True
        finally:
            for seat in self._seats:
                seat.member.end(at_once=not whole)

    def _take(self, batches: Iterable[tuple[int, Batch]]) -> None:
        for number, batch in batches:
            self._queue.append(_Task(number, batch))
            self._taken += 1
        self._hand_out()

    def _hand_out(self) -> None:
        """Gives what waits to the workers that have least to do."""
        free = [s for s in self._seats if s.ready and len(s.owed) < AHEAD]
        while self._queue and free:
            seat = min(free, key=lambda s: len(s.owed))
            if not seat.owed:
                seat.since = monotonic()
            task = self._queue.popleft()
            seat.owed.append(task)
            seat.member.take(task.batch)
            free = [s for s in free if len(s.owed) < AHEAD]

    def _step(self) -> None:
        self._hand_out()
        seats = {id(s.member): s for s in self._seats}
        for member, news, value in self.workshop.listen([s.member for s in self._seats], LOOK):
            self._hear(seats[id(member)], news, value)
        self._watch()

    def _hear(self, seat: _Seat[M], news: News, value: Any) -> None:
        seat.since = monotonic()
        if news == "ready":
            seat.ready = True
        elif news == "done":
            self._deaths = 0
            self._done(seat.owed.popleft(), value)
        elif news == "failed":
            raise value
        else:
            self._deaths += 1
            started = seat.ready or self.workshop.patience is not None
            if self._deaths > DEATHS or not started:
                raise CoderError(E601, workers=self.workers)
            self._lost(seat, dead())

    def _watch(self) -> None:
        """Ends the workers that are at one batch for too long or hold too much memory."""
        now = monotonic()
        working = [s for s in self._seats if s.ready]
        if working:
            self._alone_since = now
        elif self.workshop.patience is not None and now - self._alone_since > (
            self.workshop.patience
        ):
            raise CoderError(E461, seconds=f"{self.workshop.patience:g}")
        if self.guard is None:
            return
        for seat in working:
            if not seat.owed:
                continue
            limit = self.guard.seconds(seat.owed[0].batch)
            if now - seat.since > limit:
                self._lost(seat, slow(limit))
            elif seat.member.memory() > self.guard.memory:
                self._lost(seat, bloated(self.guard.memory))

    def _lost(self, seat: _Seat[M], loss: Loss) -> None:
        """Replaces a worker, and has done again what it owed."""
        seat.member.end(at_once=True)
        self._seats[self._seats.index(seat)] = _Seat(self.workshop.hire())
        suspect = seat.owed.popleft() if seat.owed else None
        self._queue.extendleft(reversed(seat.owed))
        if suspect is not None:
            self._blame(suspect, loss)

    def _blame(self, task: _Task[Batch], loss: Loss) -> None:
        """What becomes of the batch that a lost worker was at."""
        parts = list(self.guard.parts(task.batch)) if self.guard and task.part is None else []
        alone = self.guard is not None and len(parts) < 2
        forgives = max(self.workshop.forgives, int(alone))
        if loss.message.code == dead().message.code and task.deaths < forgives:
            task.deaths += 1
            self._queue.appendleft(task)
        elif self.guard is None:
            raise CoderError(E601, workers=self.workers)
        elif alone:
            self._done(task, self.guard.refuse(task.batch, loss))
        else:
            self._parts[task.number] = dict.fromkeys(range(len(parts)))
            tasks = [_Task(task.number, batch, part) for part, batch in enumerate(parts)]
            self._queue.extendleft(reversed(tasks))

    def _done(self, task: _Task[Batch], result: Result) -> None:
        if task.part is None:
            self._results[task.number] = result
            return
        found = self._parts[task.number]
        found[task.part] = result
        parts = [r for r in found.values() if r is not None]
        if len(parts) == len(found) and self.guard is not None:
            self._results[task.number] = self.guard.join(parts)
            del self._parts[task.number]
