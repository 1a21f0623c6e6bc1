"""The engine of one computer: processes. It knows batches and nothing of what is in them.

Each process makes its own worker once (a loaded model, say) and then takes batch after batch.

Each has a pipe of its own and shares nothing else, so one that is ended or dies in the middle
of a result spoils nothing for the others (with the queues of a pool it may).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from coder.engines.crew import Crew, News
from coder.engines.guard import Batch, Guard, Result

Worker = Callable[[Batch], Result]


def run_batches(
    make: Callable[[], Worker[Batch, Result]],
    batches: Iterable[Batch],
    workers: int,
    guard: Guard[Batch, Result] | None = None,
) -> Iterator[Result]:
    """The results of a worker on each batch, in the order of the batches.

    `make` gives the worker; it is called once in each process, so it must be picklable. A
    `guard` limits time and memory and saves the rest of a batch that ends its process; without
    one a dead process raises E601, and one worker runs in this process. Raises whatever a
    worker raises. A worker's `close`, if it has one, is called at the end.

    >>> list(run_batches(lambda: str.upper, ["a", "b"], workers=1))
    ['A', 'B']
    """
    if workers <= 1 and guard is None:
        worker = make()
        try:
            for batch in batches:
                yield worker(batch)
        finally:
            getattr(worker, "close", _nothing)()
        return
    crew: Crew[Batch, Result, _Process] = Crew(_Processes(make), max(workers, 1), guard)
    yield from crew.results(iter(batches))


class _Processes:
    """Makes processes of this computer, and hears what comes through their pipes."""

    forgives = 0
    patience: float | None = None

    def __init__(self, make: Callable[[], Worker[Any, Any]]) -> None:
        self.make = make

    def hire(self) -> _Process:
        return _Process(self.make)

    def listen(
        self, members: Sequence[_Process], seconds: float
    ) -> Iterator[tuple[_Process, News, Any]]:
        of_pipe = {process.pipe: process for process in members}
        for pipe in wait(list(of_pipe), seconds):
            process = of_pipe[pipe]  # type: ignore[index]
            yield process, *process.news()


class _Process:
    """A process with a worker in it."""

    def __init__(self, make: Callable[[], Worker[Any, Any]]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, make), daemon=True)
        _start(self.process)
        theirs.close()  # so that a process that dies is the end of its pipe
        # A process that hangs in C code takes nothing from its pipe: who sends may wait for
        # ever, so that must not be the thread that is to end it.
        self._outbox: SimpleQueue[Any] = SimpleQueue()
        self._sender = threading.Thread(target=_send, args=(self.pipe, self._outbox), daemon=True)
        self._sender.start()

    def take(self, batch: Any) -> None:
        self._outbox.put(ForkingPickler.dumps(batch))

    def news(self) -> tuple[News, Any]:
        try:
            got: tuple[News, Any] = self.pipe.recv()
        except (EOFError, OSError):
            return "gone", None
        return got

    def memory(self) -> int:
        try:
            pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            return 0

    def end(self, *, at_once: bool) -> None:
        """Waits for the process; what is under way, which may take seconds, is given up."""
        if at_once:
            self.process.kill()
        self._outbox.put(_END)
        self._sender.join()
        self.pipe.close()
        self.process.join()


def _send(pipe: Connection, outbox: SimpleQueue[Any]) -> None:
    """What the thread of a process does: it sends batches until the process is gone."""
    with suppress(OSError):
        while (data := outbox.get()) is not _END:
            pipe.send_bytes(data)


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
        try:
            worker = make()
            pipe.send(("ready", None))
            while (batch := batches.get()) is not _END:
                pipe.send(("done", worker(batch)))
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - it is raised in the main process
            error.add_note(f"In a process that codes articles:\n{traceback.format_exc()}")
            _tell(pipe, error)
    except ConnectionError:
        pass  # the main process has gone
    finally:
        getattr(worker, "close", _nothing)()


def _tell(pipe: Connection, error: Exception) -> None:
    try:
        pipe.send(("failed", error))
    except ConnectionError:
        raise
    except Exception:  # noqa: BLE001 - one that cannot be sent is told in words
        pipe.send(("failed", RuntimeError(f"{type(error).__name__}: {error}")))


def _receive(pipe: Connection, batches: SimpleQueue[Any]) -> None:
    try:
        while True:
            batches.put(pipe.recv())
    except (EOFError, OSError):
        batches.put(_END)


_END = object()


def _nothing() -> None:
    return
