"""The dated list of states, `codebooks/places/states.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from coder.codebook.home import codebooks_dir
from coder.codebook.yamlio import line_of, load_with_lines
from coder.errors import E230, CoderError

FILE = Path("places") / "states.yaml"
_KEYS = frozenset({"from", "until", "before", "observer"})


@dataclass(frozen=True, slots=True)
class State:
    """A state: ISO 3166 alpha-3, first and last day (None: open), the state that it was part of
    before, and whether it is disputed or no member of the United Nations."""

    code: str
    start: date | None = None
    end: date | None = None
    before: str | None = None
    observer: bool = False

    def existed(self, first: date, last: date) -> bool:
        """Whether it was a state on any day from `first` to `last`.

        >>> State("SSD", date(2011, 7, 9)).existed(date(2011, 7, 1), date(2011, 7, 31))
        True
        """
        return (self.start is None or self.start <= last) and (
            self.end is None or self.end >= first
        )


@lru_cache(maxsize=4)
def load_states(path: Path | None = None) -> Mapping[str, State]:
    """The states by code; raises E230 with `file:line` for a wrong entry.

    >>> load_states()["SSD"].start
    datetime.date(2011, 7, 9)
    """
    path = path or codebooks_dir() / FILE
    data, lines = load_with_lines(path)
    listed = data.get("states") if isinstance(data, dict) else None
    if not isinstance(listed, dict):
        raise CoderError(E230, place=str(path), why="the mapping `states` is missing")
    found = {}
    for code, entry in listed.items():
        place = f"{path}:{line_of(lines, ('states', code))}"
        if not isinstance(entry, dict) or set(entry) - _KEYS:
            raise CoderError(E230, place=place, why=f"a state has keys of {sorted(_KEYS)}")
        found[code] = State(
            code,
            _day(entry, "from", place),
            _day(entry, "until", place),
            entry.get("before"),
            entry.get("observer") == "true",
        )
        if not (len(code) == 3 and code.isupper()):
            raise CoderError(E230, place=place, why=f"{code} is no code of three capital letters")
    for state in found.values():
        if state.before is not None and (state.before not in found or state.start is None):
            why = f"`before` of {state.code} needs `from` and the code of a state"
            raise CoderError(E230, place=str(path), why=why)
    return found


def _day(entry: Mapping[str, str], key: str, place: str) -> date | None:
    try:
        return date.fromisoformat(entry[key]) if key in entry else None
    except (TypeError, ValueError) as error:
        raise CoderError(E230, place=place, why=f"`{key}` is a day, as 1991-08-24") from error
