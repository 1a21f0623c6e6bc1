"""A pool of processes on this machine. It knows batches and nothing of what is in them.

Each process makes its own worker once (a loaded model, say) and then takes batch after batch.
Results come in the order of the batches; only a few batches are under way at a time, so memory
does not grow with their number.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from coder.errors import E601, CoderError

Batch = TypeVar("Batch")
Result = TypeVar("Result")
Worker = Callable[[Batch], Result]

AHEAD = 2
"""Batches waiting for each process: enough that none is idle while results are written."""

_worker: Worker[Any, Any] | None = None


def run_batches(
    make: Callable[[], Worker[Batch, Result]], batches: Iterable[Batch], workers: int
) -> Iterator[Result]:
    """The results of a worker on each batch, in order.

    `make` gives the worker; with more than one process it is called once in each, so it must
    be picklable. One worker runs in this process, and its `close`, if it has one, is called at
    the end. Raises E601 where a process dies.

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
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(make,),
    )
    waiting: deque[Future[Result]] = deque()
    whole = False
    try:
        for batch in islice(batches, workers * AHEAD):
            waiting.append(_submit(pool, batch))
        while waiting:
            result = waiting.popleft().result()
            for batch in islice(batches, 1):
                waiting.append(_submit(pool, batch))
            yield result
        whole = True
    except BrokenProcessPool as error:
        raise CoderError(E601, workers=workers) from error
    finally:
        queue = getattr(pool, "_call_queue", None)
        pool.shutdown(wait=whole, cancel_futures=True)
        if not whole:
            # Batches under way take seconds; nobody waits for them any more.
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
            # Python before 3.12 waits for ever to send a batch that no process takes any more
            # (python/cpython#94777): a pipe without a reader ends that.
            reader = getattr(queue, "_reader", None)
            if reader is not None:
                reader.close()


def _nothing() -> None:
    return


def _submit(pool: ProcessPoolExecutor, batch: Any) -> Future[Any]:
    """Submitting may start a process, which inherits that Ctrl-C is ignored: from its first
    moment on it is for the main process, which ends the others."""
    if threading.current_thread() is not threading.main_thread():
        return pool.submit(_work, batch)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return pool.submit(_work, batch)
    finally:
        signal.signal(signal.SIGINT, before)


def _start(make: Callable[[], Worker[Any, Any]]) -> None:
    """Makes the worker of a process."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _worker = make()
    except CoderError as error:
        # An error in a pool's initialiser is lost, so it is raised with the first batch.
        _worker = _raiser(error)


def _raiser(error: CoderError) -> Worker[Any, Any]:
    def fail(_batch: object) -> Any:
        raise error

    return fail


def _work(batch: Any) -> Any:
    assert _worker is not None
    return _worker(batch)
