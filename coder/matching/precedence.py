"""Which rule wins on one trigger. No numeric priorities: each step is a reason that can be said."""

from __future__ import annotations

from collections.abc import Sequence

from coder.codebook.model import Rule
from coder.matching.deed import Deed


class Precedence:
    """Chooses among deeds of one trigger. `user_rules` are ids that beat the core."""

    def __init__(self, user_rules: set[str]) -> None:
        self.user_rules = user_rules
        self.ties: dict[tuple[str, ...], int] = {}
        self._asked: dict[str, frozenset[str]] = {}

    def choose(self, deeds: Sequence[Deed]) -> Deed | None:
        """The deed that no other beats. A tie that remains codes the common ancestor type, and is
        counted in `ties`."""
        if len(deeds) == 1:
            return deeds[0]
        left = [d for d in deeds if not any(o is not d and self.beats(o, d) for o in deeds)]
        left = left or list(deeds)
        types = {d.type for d in left}
        first = min(left, key=lambda d: (-len(d.chain), d.rule.id))
        if len(types) == 1:
            return first
        if _several_weapons(left):
            return first
        names = tuple(sorted(d.rule.id for d in left))
        self.ties[names] = self.ties.get(names, 0) + 1
        common = common_ancestor([d.type for d in left])
        if common:
            first.type = common
        first.tied_with = names
        return first

    def beats(self, a: Deed, b: Deed) -> bool:
        """Whether a wins over b: a deed of its own over one that is only an object, user over core,
        overrides, longer trigger, a deed underneath, longer chain, more specific type, a condition
        set that includes the other's."""
        if a.rule.inner_only != b.rule.inner_only:
            return b.rule.inner_only
        if (a.rule.id in self.user_rules) != (b.rule.id in self.user_rules):
            return a.rule.id in self.user_rules
        if b.rule.id in a.rule.overrides:
            return True
        if a.rule.id in b.rule.overrides:
            return False
        if len(a.tokens) != len(b.tokens):
            return len(a.tokens) > len(b.tokens)
        if (a.about is None) != (b.about is None):
            return a.about is not None
        if a.about is not None and b.about is not None and len(a.chain) != len(b.chain):
            return len(a.chain) > len(b.chain)
        if a.type != b.type and a.type.startswith(b.type + "."):
            return True
        if a.type != b.type and b.type.startswith(a.type + "."):
            return False
        return self._conditions(a.rule) > self._conditions(b.rule)

    def _conditions(self, rule: Rule) -> frozenset[str]:
        """What a rule asks for, as texts that can be compared. Remembered by the rule's id."""
        known = self._asked.get(rule.id)
        if known is None:
            dumped = (c.model_dump_json(exclude_defaults=True) for c in rule.requires)
            known = frozenset((*dumped, *(f"about:{a}" for a in rule.about)))
            self._asked[rule.id] = known
        return known


def _several_weapons(deeds: Sequence[Deed]) -> bool:
    """Whether deeds speak of different weapons ("a drone and missile attack"): no tie, but deeds
    beside each other."""
    used: set[int] = set()
    for deed in deeds:
        weapons = set(deed.slots.get("weapon", ()))
        if not weapons or weapons & used:
            return False
        used |= weapons
    return True


def common_ancestor(types: Sequence[str]) -> str:
    """The longest dotted ancestor of all types, "" when there is none.

    >>> common_ancestor(["assault.drone", "assault.air_strike"])
    'assault'
    """
    common: list[str] = []
    for parts in zip(*(t.split(".") for t in types), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ".".join(common)
