"""What is known of a phrase before it becomes an `Actor`, and what of it makes the code."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from coder.codebook.actors import ActorEntry
from coder.matching.tag import Entry
from coder.matching.tree import Tree
from coder.types import ResolvedBy


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a phrase before it becomes an `Actor`."""

    country: str | None = None
    role: str | None = None
    cameo: str | None = None
    group: str | None = None
    name: str | None = None
    kinds: frozenset[str] = frozenset()
    by: ResolvedBy = "words"


UNNAMED_STATES = Found(
    role="UIS",
    cameo="UIS",
    kinds=frozenset({"international", "state", "government"}),
    by="agent",
)


def owns_by_name(tree: Tree, head: int) -> bool:
    return any(not tree.tags[c].startswith("PRP") for c in tree.kids(head, "poss"))


def through(tree: Tree, head: int, preposition: str, inner: Found) -> Iterable[Found]:
    """What the noun under a preposition says about whose its head is."""
    is_agent = head in tree.spans and tree.spans[head].how == "agent"
    if preposition == "of" or (preposition == "to" and is_agent):
        yield inner  # the army of Chad; the envoy to Chad
    elif preposition in ("from", "in", "at"):
        unknown = "unidentified" in tree.kinds[head] and preposition != "from"
        if inner.country and (not inner.role or preposition == "from") and not unknown:
            yield Found(country=inner.country, by="inferred")
    elif (
        preposition in ("for", "with")
        and "agent" in tree.kinds[head]
        and inner.group
        and "country" not in inner.kinds
    ):
        yield inner


def role_of_site(kinds: Collection[str]) -> str | None:
    """Whom one strikes with a thing that stands somewhere: an army with its base, civilians with
    homes, schools and markets, a country with its bridges (no role).

    >>> role_of_site({"facility_military"}), role_of_site({"civilian_site"}), role_of_site(())
    ('MIL', 'CVL', None)
    """
    if "civilian_site" in kinds:
        return "CVL"
    return "MIL" if "facility_military" in kinds else None


def country_only(found: Found) -> bool:
    return found.cameo is not None and found.cameo == found.country


def strip_determiner(text: str) -> str:
    head, _, rest = text.partition(" ")
    return rest if head.lower() in ("the", "a", "an") and rest else text


def compose(found: Found) -> str | None:
    """The CAMEO code of what was found: its own, country with role, or role alone.

    >>> compose(Found(country="IRQ", role="COP")), compose(Found(role="UAF")), compose(Found())
    ('IRQCOP', 'UAF', None)
    """
    if found.cameo:
        return found.cameo
    if found.country or found.role:
        return (found.country or "") + (found.role or "")
    return None


def of_entry(entry: ActorEntry, day: date | None) -> Found:
    """What a dictionary entry says on a day."""
    spell_role = entry.role_at(day)
    return Found(
        country=entry.country_at(day),
        role=spell_role,
        cameo=entry.cameo_at(day),
        group=entry.id,
        name=entry.name,
        kinds=frozenset(_marks(entry, day)),
        by="named",
    )


def _marks(entry: ActorEntry, day: date | None) -> Iterable[str]:
    yield entry.kind
    inter = entry.inter_at(day)
    if inter is not None:
        yield f"inter:{inter}"
    if entry.floating:
        yield "floating"


def choose_entry(
    entries: list[Entry], day: date | None, beside: Collection[str] = ()
) -> Entry | None:
    """The entry that is valid on the day; persons in office before others, then whose country the
    sentence names `beside`, else the first."""
    valid: list[Any] = [e for e in entries if e.actor.means(e.form, day)]
    serving = [e for e in valid if e.actor.spells and e.actor.spell_at(day) is not None] or valid
    for entry in serving:
        if entry.actor.country_at(day) in beside:
            return entry  # type: ignore[no-any-return]
    return serving[0] if serving else None
