"""Deeds that are nobody's politics, whatever the rules of their family say.

The rules of a family say what its deeds look like; what is said here holds for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from coder.matching.deed import Deed
from coder.matching.mishaps import Mishaps
from coder.matching.pastimes import Pastimes
from coder.matching.private import Private
from coder.matching.reasons import Check
from coder.matching.tree import Tree
from coder.matching.types import is_a


class Apolitical:
    """Says of a deed why it is none of politics or war; `sets` are those of codebooks/core."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        parts = (Pastimes(sets), Private(sets), Mishaps(sets))
        self.checks = tuple(check for part in parts for check in part.checks)
        self._of_type: dict[str, tuple[Check, ...]] = {}

    def reason(self, tree: Tree, deed: Deed) -> str | None:
        """Why a deed is left out, or None."""
        checks = self._of_type.get(deed.type)
        if checks is None:
            checks = self._of_type[deed.type] = tuple(
                c for c in self.checks if any(is_a(deed.type, t) for t in c.types)
            )
        return next((c.why for c in checks if c.holds(tree, deed)), None)
