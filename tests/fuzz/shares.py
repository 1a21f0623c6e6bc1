"""How many inputs each test of `just fuzz` gets, and how many it has had."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis import HealthCheck, settings

INPUTS = int(os.environ.get("FUZZ_INPUTS", "2000"))
had: Counter[str] = Counter()


def share(percent: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many of all inputs go to this test; stands above `given`."""
    chosen = settings(
        max_examples=max(5, round(INPUTS * percent / 100)),
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        inner = test.hypothesis.inner_test  # type: ignore[attr-defined]

        @wraps(inner)
        def counted(*args: Any, **named: Any) -> None:
            had[test.__name__] += 1
            inner(*args, **named)

        test.hypothesis.inner_test = counted  # type: ignore[attr-defined]
        return chosen(test)

    return decorate
