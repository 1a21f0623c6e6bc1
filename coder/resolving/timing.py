"""The day of a deed within its sentence: which of the sentence's dates is its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from coder.matching.deed import Deed
from coder.matching.reporting import Reporting
from coder.matching.tree import Tree
from coder.resolving.dates import find_dates
from coder.resolving.dates_attach import date_for
from coder.resolving.dates_tree import clause_verb
from coder.types import When

_ASIDE = ("relcl", "acl", "ccomp")


def dates_of(
    tree: Tree, published: date, end_words: Collection[str], context: date | None = None
) -> list[When]:
    """The dates of a sentence, without those that only say until when something lasts or is to be
    done. `context` is the day that the text is about so far."""
    kept: list[When] = []
    ends: set[int] = set()
    for when in find_dates(tree, published, context):
        if when.start_token > 0 and _is_end(tree, when.start_token, end_words, ends):
            ends.update(range(when.start_token, when.end_token))
        else:
            kept.append(when)
    return kept


def _is_end(tree: Tree, i: int, end_words: Collection[str], ends: Collection[int]) -> bool:
    """Whether a date that begins at i is an end: "until Friday", the next one after it ("until
    August 31 in Auckland and August 27 elsewhere"), a deadline ("orders them to leave by Friday",
    but not "had left by Friday")."""
    before = i - 1
    if not {tree.lower[i], tree.lower[before]}.isdisjoint(end_words):
        return True
    if tree.deps[i] == "conj" and ends and tree.lower[before] == "and":
        return True
    if tree.lower[before] != "by":
        return False
    above = tree.heads[before]
    return tree.is_noun(above) or tree.tags[above] in ("VB", "VBZ", "VBP", "VBG")


def day_of(
    tree: Tree,
    deed: Deed,
    deeds: Sequence[Deed],
    dates: Sequence[When],
    reporting: Reporting,
    *,
    speech: bool,
) -> When | None:
    """The date of a deed, or None. A speech act may take the date of the verb that reports it; a
    deed in a "when" clause that of the clause above ("it came on Sunday, when a missile hit")."""

    def reports(i: int) -> bool:
        return reporting.is_report(tree, i)

    for head in (deed.head, *(r.head for r in deed.results)):
        found = date_for(tree, head, dates, reports)
        if found is not None:
            return found
    if speech and deed.speaker is not None:
        return date_for(tree, tree.heads[deed.speaker], dates, lambda i: False)
    above = tree.heads[deed.head]
    if tree.deps[deed.head] == "advcl" and tree.is_verb(above) and not reports(above):
        found = date_for(tree, above, dates, reports)
        if found is not None:
            return found
    return _stray(tree, deed, {d.head for d in deeds}, dates, reporting)


def reported_on(tree: Tree, deed: Deed, dates: Sequence[When], reporting: Reporting) -> When | None:
    """The day on which a deed without a day is reported: "two died in clashes, police said on
    Friday". It is not the deed's own (basis "context"), but it did not happen later."""
    if deed.speaker is None or not reporting.is_report(tree, tree.heads[deed.speaker]):
        return None
    found = date_for(tree, tree.heads[deed.speaker], dates, lambda i: False)
    if found is None or found.precision != "day":
        return None
    return replace(found, basis="context")


def _stray(
    tree: Tree, deed: Deed, heads: set[int], dates: Sequence[When], reporting: Reporting
) -> When | None:
    """A date that the parser hung on a word that is no deed ("sites used by rebels Friday") dates
    the main deed, if it is the only one of the sentence that dates nothing else."""
    for a in (deed.head, *tree.ancestors(deed.head)):
        told = tree.deps[a] == "ccomp" and reporting.is_report(tree, tree.heads[a])
        if tree.deps[a] in _ASIDE and not told:
            return None
    free = []
    for when in dates:
        verb = clause_verb(tree, when.start_token) if when.start_token >= 0 else None
        if verb is None or verb in heads or tree.deps[verb] not in ("acl", "advcl", "relcl"):
            continue
        if not reporting.is_report(tree, verb) and not heads & set(tree.subtree(verb)):
            free.append(when)
    return free[0] if len(free) == 1 else None
