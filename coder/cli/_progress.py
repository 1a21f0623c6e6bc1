"""A bar for a terminal: articles done, events found, articles a second."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Bar:
    """Use it in a `with` block; a line for each step of a build."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<9}"),
            BarColumn(),
            TextColumn("{task.completed:.0f} articles"),
            TextColumn("{task.fields[events]} events"),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._task: TaskID | None = None
        self._events = 0

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._progress.stop()

    def step(self, name: str, total: int | None = None) -> None:
        """The step before is done, and one begins."""
        self._end()
        self._task = self._progress.add_task(name, total=total, events=self._events, rate="")

    def advance(self, articles: int, events: int = 0) -> None:
        """So many more articles are done, with so many events."""
        if self._task is None:
            return
        self._events += events
        self._progress.update(self._task, advance=articles, events=self._events)
        task = self._progress.tasks[-1]
        if task.elapsed:
            rate = f"{task.completed / task.elapsed:.1f} articles/s"
            self._progress.update(self._task, rate=rate)

    def _end(self) -> None:
        if self._task is not None:
            done = self._progress.tasks[-1].completed
            self._progress.update(self._task, total=done or 1, completed=done or 1)
            self._progress.stop_task(self._task)
