"""Says at the end how many inputs were tried."""

from __future__ import annotations

from typing import Any

from tests.fuzz.shares import had


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.section("inputs")
    for name, n in sorted(had.items()):
        terminalreporter.write_line(f"{n:>9}  {name.removeprefix('test_').replace('_', ' ')}")
    terminalreporter.write_line(f"{sum(had.values()):>9}  in all")
