"""Results join the deed that caused them: "bombed the town, killing four" is one event with a toll.

A result that finds no deed in its sentence is an orphan: it may belong to a sentence before, which
linking finds out.
"""

from __future__ import annotations

from collections.abc import Sequence

from coder.matching.deed import Deed, Toll
from coder.matching.paths import Paths
from coder.matching.tree import Tree
from coder.matching.types import is_a

CAUSES = ("assault", "protest", "coerce")


class Results:
    """Joins results within one sentence. Causes are found along the paths `*.cause`."""

    def __init__(self, tree: Tree, paths: Paths) -> None:
        self.tree, self.paths = tree, paths

    def join(self, deed: Deed, deeds: Sequence[Deed]) -> None:
        """Merge a deed into the one that it is a result of: a toll ("killing four"), or what
        another is said to have hit ("the strikes destroyed a depot")."""
        rule = deed.rule
        people = deed.slots.get("victims") or deed.slots.get("target", ())
        nobody = rule.effect is not None and "negated" in deed.forms
        if rule.effect is not None and (people or nobody):
            deed.tolls.append(Toll(rule.effect, people or (deed.head,), nobody))
        if deed.effect or rule.effect:
            cause = self._cause(deed, deeds)
        else:
            cause = self._told_more_of(deed, deeds)
        if cause is None:
            deed.orphan = bool(rule.effect) and not deed.suppressed
        elif deed.qualifiers.status == "negated" and not nobody:
            deed.suppressed = "a result that did not happen"
        else:
            self._merge(deed, cause, people, nobody)

    def _merge(self, deed: Deed, cause: Deed, people: tuple[int, ...], nobody: bool) -> None:
        deed.merged_into = cause
        deed.suppressed = f"result of {cause.rule.id}"
        cause.results.append(deed)
        cause.may_stand_alone |= deed.may_stand_alone
        cause.tolls += deed.tolls
        if nobody:
            return
        bare = cause.rule.effect is not None and is_a(deed.type, "assault")
        if deed.rule.effect is None and (bare or is_a(deed.type, cause.type)):
            cause.type = deed.type
        kinds = self.tree.kinds
        others = tuple(p for p in people if p not in cause.tokens)
        if not any(self._is_somebodys(t) for t in cause.slots.get("target", ())):
            known = tuple(p for p in others if not kinds[p].isdisjoint(("actor", "weak")))
            if known or (others and not cause.slots.get("target")):
                cause.slots["target"] = known or others
        if not cause.slots.get("source"):
            source = tuple(s for s in deed.slots.get("source", ()) if s not in cause.tokens)
            if source:
                cause.slots["source"] = source

    def _is_somebodys(self, t: int) -> bool:
        """Whether a target is an actor, or stands for one: "a police post"."""
        tree = self.tree
        if "actor" in tree.kinds[t]:
            return True
        owners = [tree.kinds[c] for c in tree.kids(t, "compound", "poss", "nmod", "amod")]
        return any("police" in k or ("actor" in k and "state" not in k) for k in owners)

    def _told_more_of(self, deed: Deed, deeds: Sequence[Deed]) -> Deed | None:
        """The deed of which a verb of force, or the noun in "a barrage of raids", tells more."""
        tree = self.tree
        if not is_a(deed.type, "assault"):
            return None
        weapon = set(deed.slots.get("weapon", ()))
        if weapon and tree.deps[deed.head] in ("acl", "relcl"):  # shells fired by rebels fell on
            for other in deeds:
                shared = weapon & set(other.slots.get("weapon", ()))
                forceful = is_a(other.type, "assault") and not other.suppressed
                if other is not deed and forceful and shared:
                    return other
        nouns = {
            t: d
            for d in deeds
            for t in d.tokens
            if d is not deed and not tree.is_verb(d.head) and is_a(d.type, "assault")
        }
        if not tree.is_verb(deed.head):
            of = tree.heads[deed.head]
            inside = tree.deps[deed.head] == "pobj" and tree.lower[of] == "of"
            return nouns.get(tree.heads[of]) if inside else None
        looked: list[int] = []
        if tree.deps[deed.head] == "advcl" and tree.tags[deed.head] == "VBG":
            for t in self._through(tree.heads[deed.head]):  # carried out strikes, hitting a base
                looked += [t, *self._through(t)]
        for t in deed.slots.get("source", ()):  # the raids, a barrage of raids wrecked a depot
            looked += [t, tree.heads[tree.heads[t]]] if tree.deps[t] == "pobj" else [t]
        for t in looked:
            if t in nouns:
                return nouns[t]
        return None

    def _cause(self, deed: Deed, deeds: Sequence[Deed]) -> Deed | None:
        form = "verb" if self.tree.is_verb(deed.head) else "noun"
        by_token = {t: d for d in deeds for t in d.tokens}
        for alternative in self.paths.definitions.get(f"{form}.cause", ()):
            for t in self.paths.walk(alternative, self.tree, deed.head):
                for u in (t, *self._through(t)):
                    cause = by_token.get(u)
                    while cause is not None and cause.merged_into is not None:
                        cause = cause.merged_into
                    if cause is None or cause is deed or not _can_cause(cause, deed):
                        continue
                    if not self._by_another(deed, cause):
                        return cause
        return None

    def _by_another(self, deed: Deed, cause: Deed) -> bool:
        """Whether others did it: "soldiers killed twelve people as villagers marched"."""
        kinds = self.tree.kinds
        own = [s for s in deed.slots.get("source", ()) if "actor" in kinds[s]]
        theirs = cause.slots.get("source", ())
        return bool(own) and bool(theirs) and not {*own} & {*theirs, *cause.tokens}

    def _through(self, t: int) -> list[int]:
        return self.paths.through(self.tree, t)


def _can_cause(cause: Deed, result: Deed) -> bool:
    """Force, a protest or an arrest can have a result; of two tolls the dead stand before the
    wounded."""
    if not any(is_a(cause.type, c) for c in CAUSES):
        return False
    if cause.about is not None or cause.rule.inner_only or result.merged_into is cause:
        return False
    first = cause.effect or cause.rule.effect
    second = result.effect or result.rule.effect
    if not first:
        return True
    return (first, second) == ("killed", "injured") or (
        first == second and cause.head < result.head
    )
