"""The figures of one set (or half of one) of gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from coder.evaluate.clusters import cluster_figures
from coder.evaluate.figures import Figure, as_counts, count_matchings, f1_figures, share, share_of
from coder.evaluate.gold import GoldEvent
from coder.evaluate.gsr_figures import gsr_figures
from coder.evaluate.intervals import Floats, resamples
from coder.evaluate.match import Match, exact_cameo, root_of
from coder.evaluate.outcome import Outcome
from coder.evaluate.slot_figures import slot_figures

Confusions = tuple[tuple[str, str, int], ...]


def figures_of(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Every figure that the gold of these items allows."""
    weights = resamples(len(outcomes))
    made = [share_of("answered", [one.answered for one in outcomes])]
    if any("gsr" in one.item.tags for one in outcomes):
        return made + gsr_figures(outcomes)
    made += _cameo(outcomes, weights)
    made += _other_schemes(outcomes, weights)
    made += slot_figures(outcomes)
    made += _main_events(outcomes)
    made += _negatives(outcomes)
    made += cluster_figures(outcomes, weights)
    return [figure for figure in made if figure.n]


def _cameo(outcomes: Sequence[Outcome], weights: Floats) -> list[Figure]:
    matchings = [one.matchings["cameo"] for one in outcomes]
    made = f1_figures("root", count_matchings(matchings), weights)
    made.append(
        share_of(
            "CAMEO code, given the root",
            [exact_cameo(m.wanted.event, m.coded) for one in matchings for m in one.matches],
        )
    )
    exact = [
        (
            sum(exact_cameo(m.wanted.event, m.coded) for m in one.matches),
            len(one.spurious) + _inexact(one.matches),
            len(one.missed) + _inexact(one.matches),
        )
        for one in matchings
    ]
    made += f1_figures("CAMEO code", as_counts(exact), weights, only_f1=True)
    roots = {root_of(w.event.cameo) or "" for one in matchings for w in one.missed}
    roots |= {root_of(m.wanted.event.cameo) or "" for one in matchings for m in one.matches}
    roots |= {coded.root or "" for one in matchings for coded in one.spurious}
    for root in sorted(roots):
        counts = [
            (
                sum(root_of(m.wanted.event.cameo) == root for m in one.matches),
                sum(coded.root == root for coded in one.spurious),
                sum(root_of(w.event.cameo) == root for w in one.missed),
            )
            for one in matchings
        ]
        made += f1_figures(f"  root {root}", as_counts(counts), weights, only_f1=True)
    focus = {t for one in outcomes for t in one.item.tags if t.startswith("focus-")}
    for tag in (["focus-"] if focus else []) + sorted(focus):
        rows = [
            count if any(t.startswith(tag) for t in one.item.tags) else (0.0, 0.0, 0.0)
            for one, count in zip(outcomes, count_matchings(matchings).tolist(), strict=True)
        ]
        name = f"  {tag} root" if tag != "focus-" else "focus items, root"
        made += f1_figures(name, as_counts([tuple(row) for row in rows]), weights, only_f1=True)
    return made


def _inexact(matches: Sequence[Match]) -> int:
    return sum(not exact_cameo(m.wanted.event, m.coded) for m in matches)


def _other_schemes(outcomes: Sequence[Outcome], weights: Floats) -> list[Figure]:
    made: list[Figure] = []
    for scheme, name in (
        ("plover", "PLOVER type"),
        ("acled_type", "ACLED event type"),
        ("acled", "ACLED sub-event"),
        ("strikes", "strikes type"),
    ):
        matchings = [one.matchings[scheme] for one in outcomes]
        gold = any(m.matches or m.missed for m in matchings)
        if not gold:
            continue
        made += f1_figures(name, count_matchings(matchings), weights, only_f1=scheme != "strikes")
        if scheme == "plover":
            pairs = [
                (m.wanted.event.plover_mode, m.coded.get("plover_mode"))
                for one in matchings
                for m in one.matches
                if m.wanted.event.plover_mode
            ]
            made.append(share_of("PLOVER mode (any of gold's)", [_modes(*p) for p in pairs]))
            continue
        label: Callable[[GoldEvent], str | None]
        label = (lambda e: e.strikes) if scheme == "strikes" else (lambda e: e.acled)
        if scheme == "acled_type":
            continue
        kinds = {label(w.event) or "" for m in matchings for w in m.missed}
        kinds |= {label(x.wanted.event) or "" for m in matchings for x in m.matches}
        for kind in sorted(kinds):
            counts = [
                (
                    sum(label(x.wanted.event) == kind for x in m.matches),
                    sum(coded.get(scheme) == kind for coded in m.spurious),
                    sum(label(w.event) == kind for w in m.missed),
                )
                for m in matchings
            ]
            made += f1_figures(f"  {kind}", as_counts(counts), weights, only_f1=True)
    return made


def _modes(gold: str | None, coded: str | None) -> bool:
    return bool(set((gold or "").split(";")) & set((coded or "").split(";")))


def _main_events(outcomes: Sequence[Outcome]) -> list[Figure]:
    """ACLED's view of a note: its main event is the first of gold."""
    if not any(event.inter1 for one in outcomes for event in one.item.events):
        return []
    with_event = [one for one in outcomes if one.item.events and one.item.events[0].acled]
    sub = [_main_found(one, "acled") for one in with_event]
    first = [_first_acled(one) == one.item.events[0].acled for one in with_event]
    quiet = [not one.matchings["acled"].spurious for one in outcomes if one.item.negative]
    return [
        share_of(
            "main event: ACLED event type", [_main_found(o, "acled_type") for o in with_event]
        ),
        share_of("main event: ACLED sub-event", sub),
        share_of("main event: first sub-event coded", first),
        share_of("main event or rightly none", sub + quiet),
    ]


def _main_found(one: Outcome, scheme: str) -> bool:
    main = one.item.events[0]
    return any(match.wanted.event is main for match in one.matchings[scheme].matches)


def _first_acled(one: Outcome) -> object:
    return next((coded.get("acled") for coded in one.coded if coded.get("acled")), None)


def _negatives(outcomes: Sequence[Outcome]) -> list[Figure]:
    negatives = [one for one in outcomes if one.item.negative]
    return [
        share("negatives with an event", sum(o.false_alarm for o in negatives), len(negatives)),
        share_of(
            "negatives with an ACLED event",
            [bool(one.matchings["acled"].spurious) for one in negatives],
        ),
    ]


def confusions_of(outcomes: Sequence[Outcome], scheme: str) -> Confusions:
    """Gold code, coded code and how often the one was taken for the other, most often first.

    For CAMEO also codes of the right root that are not gold's; "-" stands for no event.
    """
    tally: Counter[tuple[str, str]] = Counter()
    for one in outcomes:
        matching = one.matchings[scheme]
        paired = list(matching.confused)
        if scheme == "cameo":
            paired += [m for m in matching.matches if not exact_cameo(m.wanted.event, m.coded)]
        for m in paired:
            tally[_code(m.wanted.event, scheme), str(m.coded.get(scheme))] += 1
        confused = {id(m.wanted) for m in matching.confused}
        taken = {id(m.coded) for m in matching.confused}
        for want in matching.missed:
            if id(want) not in confused:
                tally[_code(want.event, scheme), "-"] += 1
        for coded in matching.spurious:
            if id(coded) not in taken:
                tally["-", str(coded.get(scheme))] += 1
    ordered = sorted(tally.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple((gold, code, n) for (gold, code), n in ordered)


def _code(event: GoldEvent, scheme: str) -> str:
    codes = {"cameo": event.cameo, "plover": event.plover, "acled": event.acled}
    return str(codes.get(scheme, event.strikes))
