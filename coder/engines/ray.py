"""The engine of a cluster: Ray Core actors, each with a worker in it, on any number of machines.

Batches go out and results come back through Ray's object store. An actor whose machine is lost
is replaced where there is room; until then the others do its batches.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from coder.engines.crew import Crew, News
from coder.engines.guard import Batch, Guard, Result
from coder.errors import E460, CoderError

PATIENCE = 300.0
"""Seconds that a cluster may be without any worker before the run stops."""


def run_batches(
    make: Callable[[], Callable[[Batch], Result]],
    batches: Iterable[Batch],
    workers: int,
    guard: Guard[Batch, Result] | None = None,
) -> Iterator[Result]:
    """As `coder.engines.local.run_batches`, in actors of the Ray cluster that is connected to.

    That is the one which `RAY_ADDRESS` names or which was started on this machine; otherwise
    one is started for the run. Raises E460 where ray is not installed, E461 where the cluster
    has lost all its workers, and whatever a worker raises.

    Example: `list(run_batches(partial(BatchCoder, options, None), shards, workers=64))`.
    """
    ray = _connected()
    crew: Crew[Batch, Result, _Actor] = Crew(_Actors(ray, make), max(workers, 1), guard)
    yield from crew.results(iter(batches))


def cores() -> int:
    """The processors of the cluster, over all its machines."""
    return max(1, int(_connected().cluster_resources().get("CPU", 1)))


def _connected() -> Any:
    try:
        import ray
    except ImportError as error:
        raise CoderError(E460) from error
    if not ray.is_initialized():
        ray.init(log_to_driver=False, include_dashboard=False, configure_logging=False)
    return ray


class _Actors:
    """Makes actors of the cluster, and hears of them."""

    forgives = 2
    patience: float | None = PATIENCE

    def __init__(self, ray: Any, make: Callable[[], Callable[[Any], Any]]) -> None:
        self.ray = ray
        self.make = ray.put(make)
        self.kind = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Worker)

    def hire(self) -> _Actor:
        return _Actor(self.ray, self.kind.remote(self.make))

    def listen(
        self, members: Sequence[_Actor], seconds: float
    ) -> Iterator[tuple[_Actor, News, Any]]:
        of_answer = {actor.answers[0]: actor for actor in members if actor.answers}
        if not of_answer:
            return
        ready, _ = self.ray.wait(list(of_answer), num_returns=1, timeout=seconds)
        more, _ = self.ray.wait(list(of_answer), num_returns=len(of_answer), timeout=0)
        for answer in dict.fromkeys([*ready, *more]):
            yield of_answer[answer], *of_answer[answer].news()


class _Actor:
    """An actor somewhere in the cluster: what it owes is what it will answer, in that order."""

    def __init__(self, ray: Any, actor: Any) -> None:
        self.ray, self.actor = ray, actor
        self.answers: deque[Any] = deque([actor.ready.remote()])

    def take(self, batch: Any) -> None:
        self.answers.append(self.actor.work.remote(batch))

    def news(self) -> tuple[News, Any]:
        try:
            got: tuple[News, Any] = self.ray.get(self.answers.popleft())
        except self.ray.exceptions.RayTaskError:
            raise
        except self.ray.exceptions.RayError:  # the actor, its machine or its result is lost
            return "gone", None
        return got

    def memory(self) -> int:
        return 0  # Ray itself ends what uses up the memory of a machine

    def end(self, *, at_once: bool) -> None:
        with suppress(self.ray.exceptions.RayError):
            self.ray.kill(self.actor)


class _Worker:
    """What runs in an actor."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]]) -> None:
        self.make = make
        self.worker: Callable[[Any], Any] | None = None

    def ready(self) -> tuple[News, Any]:
        return self._told(self._made)

    def work(self, batch: Any) -> tuple[News, Any]:
        return self._told(lambda: ("done", self.worker(batch) if self.worker else None))

    def _made(self) -> tuple[News, Any]:
        self.worker = self.make()
        return "ready", None

    def _told(self, do: Callable[[], tuple[News, Any]]) -> tuple[News, Any]:
        try:
            return do()
        except Exception as error:  # noqa: BLE001 - it is raised in the main process
            error.add_note(f"In an actor that codes articles:\n{traceback.format_exc()}")
            return "failed", error
