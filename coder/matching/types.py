"""Core event types are dotted: a family, then what is below it."""

from __future__ import annotations

from functools import cache


@cache
def is_a(type_: str, pattern: str) -> bool:
    """Whether a type falls under a pattern: `assault` and `assault.*` cover `assault.drone`.

    >>> is_a("assault.drone", "assault.*"), is_a("assault", "assault.*"), is_a("yield", "assault")
    (True, True, False)
    """
    if pattern == "*":
        return True
    base = pattern.removesuffix(".*")
    return type_ == base or type_.startswith(base + ".")
