"""Clusters of the events of one block: same first day, same country, one family of types.

Events are taken in the order of founding. Each joins the cluster whose founding event it
matches best, provided that it contradicts no member; nothing is chained over a member that
lacks a value. What fits no cluster founds one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coder.merging.compare import Verdict, compare
from coder.merging.profile import Profile

NEIGHBOURS = 200
"""An event is looked at as a possible duplicate of at most so many that were founded after it
in its block: pairs of a block grow with its square, and nobody reads them all."""

SINGLE_MATCH = "single match"
"""What a pair lacks where a third report fits both, or a member keeps them apart."""


@dataclass(slots=True)
class Cluster:
    """Articles' events that are one event; the first member founds it.

    `swapped` says of each member whether its source is the founding event's target.
    """

    members: list[Profile]
    swapped: list[bool] = field(default_factory=lambda: [False])
    articles: set[str] = field(default_factory=set)

    @property
    def founder(self) -> Profile:
        return self.members[0]

    def add(self, member: Profile, swapped: bool) -> None:
        self.members.append(member)
        self.swapped.append(swapped)
        self.articles.add(member.article_id)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two founding events that may be one."""

    first: str
    second: str
    agrees: tuple[str, ...]
    lacks: tuple[str, ...]


def cluster(block: Sequence[Profile]) -> tuple[list[Cluster], list[Doubt]]:
    """The clusters of a block, in the order of founding, and the pairs that stay in doubt.

    Example: two articles tell of one strike by the same army on the same town, a third of one
    by nobody named: two clusters, and one doubt that lacks "actors".
    """
    clusters: list[Cluster] = []
    by_key: dict[tuple[str, str], list[int]] = {}
    doubts: dict[tuple[str, str], Doubt] = {}
    for event in sorted(block, key=lambda p: p.rank):
        keys = event.keys
        near = sorted({n for key in keys for n in by_key.get(key, ())})
        found = list(_homes(event, clusters, near))
        if not found:
            for key in keys:
                by_key.setdefault(key, []).append(len(clusters))
            clusters.append(Cluster([event], articles={event.article_id}))
            continue
        best = max(verdict.closeness for verdict, _ in found)
        ties = [(verdict, home) for verdict, home in found if verdict.closeness == best]
        verdict, home = ties[0]
        home.add(event, verdict.swapped)
        for _, other in ties[1:]:
            # The report fits both: it counts with the earlier one, so that no event is
            # made of it, and the two are shown to the reader.
            _note(doubts, home, other, Verdict(verdict.agrees, (), ()))
    for first, second, verdict in _pairs(clusters):
        _note(doubts, first, second, verdict)
    return clusters, [doubts[key] for key in sorted(doubts)]


def _homes(
    event: Profile, clusters: Sequence[Cluster], near: Sequence[int]
) -> Iterator[tuple[Verdict, Cluster]]:
    """Clusters that the event may join, in the order of founding."""
    for n in near:
        home = clusters[n]
        if event.article_id in home.articles:
            # Linking had the whole article before it and kept them apart.
            continue
        verdict = compare(home.founder, event)
        if verdict is None or verdict.lacks:
            continue
        if all(_bearable(member, event) for member in home.members[1:]):
            yield verdict, home


def _bearable(member: Profile, event: Profile) -> bool:
    verdict = compare(member, event)
    return verdict is not None and "toll" not in verdict.lacks


def _pairs(clusters: Sequence[Cluster]) -> Iterator[tuple[Cluster, Cluster, Verdict]]:
    for n, first in enumerate(clusters):
        for second in clusters[n + 1 : n + 1 + NEIGHBOURS]:
            if not first.articles.isdisjoint(second.articles):
                continue
            verdict = compare(first.founder, second.founder)
            if verdict is not None:
                yield first, second, verdict


def _note(
    doubts: dict[tuple[str, str], Doubt], first: Cluster, second: Cluster, verdict: Verdict
) -> None:
    a, b = sorted((first.founder.event_id, second.founder.event_id))
    if (a, b) not in doubts:
        doubts[a, b] = Doubt(a, b, verdict.agrees, verdict.lacks or (SINGLE_MATCH,))
