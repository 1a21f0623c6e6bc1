"""Where batches are worked on: processes of this machine, or the machines of a cluster.

All engines have one interface, `run_batches(make, batches, workers, guard)`: batches in, results
out in the order of the batches, whoever worked on them. `crew` is what they share: the order,
what becomes of a batch whose worker is lost, and the limits of time and memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from coder.errors import E459, CoderError

ENGINES = ("local", "ray")


def engine(name: str) -> tuple[Callable[..., Any], Callable[[], int]]:
    """The `run_batches` of an engine, and what tells how many workers it has room for.

    Raises E459 for an unknown one, E460 where its package is not installed.

    >>> engine("local")[1]() >= 1
    True
    """
    if name == "local":
        from coder.engines.local import run_batches

        return run_batches, lambda: os.cpu_count() or 1
    if name == "ray":
        from coder.engines import ray

        return ray.run_batches, ray.cores
    raise CoderError(E459, place="--engine", name=name, known=", ".join(ENGINES))
