"""A crew of processes on this machine. It knows batches and nothing of what is in them.

Each process makes its own worker once (a loaded model, say) and then takes batch after batch.
Results come in the order of the batches; only a few batches are under way at a time, so memory
does not grow with their number.

Each process has a pipe of its own and shares nothing else, so one that is ended or dies in the
middle of a result spoils nothing for the others (with the queues of a pool it may).
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import Any, TypeVar

from coder.errors import E601, CoderError

Batch = TypeVar("Batch")
Result = TypeVar("Result")
Worker = Callable[[Batch], Result]

AHEAD = 2
"""Batches under way for each process: enough that none is idle while results are written."""


def run_batches(
    make: Callable[[], Worker[Batch, Result]], batches: Iterable[Batch], workers: int
) -> Iterator[Result]:
    """The results of a worker on each batch, in order.

    `make` gives the worker; with more than one process it is called once in each, so it must
    be picklable. One worker runs in this process. A worker's `close`, if it has one, is called
    at the end. Raises E601 where a process dies, and whatever a worker raises.

    >>> list(run_batches(lambda: str.upper, ["a", "b"], workers=1))
    ['A', 'B']
    """
    if workers <= 1:
        worker = make()
        try:
            for batch in batches:
                yield worker(batch)
        finally:
            getattr(worker, "close", _nothing)()
        return
    yield from _in_processes(make, iter(batches), workers)


def _in_processes(
    make: Callable[[], Worker[Batch, Result]], batches: Iterator[Batch], workers: int
) -> Iterator[Result]:
    crew = [_Process(make) for _ in range(workers)]
    whole = False
    try:
        numbered = enumerate(batches)
        results: dict[int, Any] = {}
        sent = sum(_idlest(crew).take(*one) for one in islice(numbered, workers * AHEAD))
        number = 0
        while number < sent:
            while number not in results:
                results.update(_finished(crew))
            sent += sum(_idlest(crew).take(*one) for one in islice(numbered, 1))
            yield results.pop(number)
            number += 1
        whole = True
    except _ProcessEndedError as error:
        raise CoderError(E601, workers=workers) from error
    finally:
        for process in crew:
            process.end(at_once=not whole)


def _idlest(crew: list[_Process]) -> _Process:
    return min(crew, key=lambda process: len(process.owed))


def _finished(crew: list[_Process]) -> dict[int, Any]:
    """The results that have come, at least one, by the numbers of their batches."""
    owing = {process.pipe: process for process in crew if process.owed}
    return dict(owing[pipe].give() for pipe in wait(list(owing)))  # type: ignore[index]


class _ProcessEndedError(Exception):
    """A process has gone, and its batches with it."""


class _Process:
    """A process with a worker in it: it takes batches and gives their results in that order."""

    def __init__(self, make: Callable[[], Worker[Any, Any]]) -> None:
        context = multiprocessing.get_context("spawn")
        self.owed: deque[int] = deque()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, make), daemon=True)
        _start(self.process)
        theirs.close()  # so that a process that dies is the end of its pipe

    def take(self, number: int, batch: object) -> int:
        """Sends one batch and gives the number of batches sent, 1."""
        try:
            self.pipe.send(batch)
        except ConnectionError as error:
            raise _ProcessEndedError from error
        self.owed.append(number)
        return 1

    def give(self) -> tuple[int, Any]:
        try:
            good, result = self.pipe.recv()
        except (EOFError, ConnectionError) as error:
            raise _ProcessEndedError from error
        if not good:
            raise result
        return self.owed.popleft(), result

    def end(self, *, at_once: bool) -> None:
        """Waits for the process; batches under way, which may take seconds, are given up."""
        if at_once:
            self.process.terminate()
        self.pipe.close()
        self.process.join()


def _start(process: multiprocessing.process.BaseProcess) -> None:
    """A process inherits that Ctrl-C is ignored: from its first moment on it is for the main
    process, which ends the others."""
    if threading.current_thread() is not threading.main_thread():
        process.start()
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(pipe: Connection, make: Callable[[], Worker[Any, Any]]) -> None:
    """What a process does: works until no batches come any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    batches: SimpleQueue[Any] = SimpleQueue()
    # Batches are taken from the pipe as they come, so that sending one never has to wait for a
    # result that is being sent the other way.
    threading.Thread(target=_receive, args=(pipe, batches), daemon=True).start()
    worker: Worker[Any, Any] | None = None
    try:
        while (batch := batches.get()) is not _END:
            try:
                worker = make() if worker is None else worker
                answer = (True, worker(batch))
            except Exception as error:  # noqa: BLE001 - it is raised in the main process
                error.add_note(f"In a process that codes articles:\n{traceback.format_exc()}")
                answer = (False, error)
            pipe.send(answer)
    except ConnectionError:
        pass  # the main process has gone
    finally:
        getattr(worker, "close", _nothing)()


def _receive(pipe: Connection, batches: SimpleQueue[Any]) -> None:
    try:
        while True:
            batches.put(pipe.recv())
    except (EOFError, OSError):
        batches.put(_END)


_END = object()


def _nothing() -> None:
    return
