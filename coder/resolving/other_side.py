"""Towards whom a deed is done where its rule found nobody: the actor that its clause speaks of.

"China is poised to fly a rescue team to Nepal" is an offer to Nepal, "Iran admits it shot down a
Ukrainian jet" speaks of Ukraine. The nearest actor on another side than the source is meant,
first under the deed, then in its clause; a country that only says where it happened comes last
and counts for deeds across a border only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.resolving.fillers import Fillers
from coder.resolving.scene import Scene
from coder.types import Actor, Filler, Where

_ATTRIBUTIVE = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "nummod", "det"})
_INSIDE = _ATTRIBUTIVE | {"conj", "pobj"}
_MEASURES = ("coerce", "yield.ease", "yield.release", "yield.allow", "yield.reform", "reduce.aid")
"""What states do by decree."""
_WHERE = frozenset(
    "in at on near off outside inside around over above across along through below".split()
)
_CLAUSE = frozenset({"xcomp", "advcl", "acl", "ccomp", "pcomp", "prep", "pobj", "dobj", "conj"})
_STATE = frozenset({None, "GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
Rank = Literal["near", "where", "home"]
_TOWARDS = (
    "intend",
    "appeal",
    "threaten",
    "aid",
    "assault",
    "abduct",
    "mass_violence",
    "property",
    "coerce",
    "condemn",
    "accuse",
    "demand",
    "reject",
    "support",
    "statement.acknowledge",
    "statement.consider_policy",
    "statement.pessimistic",
    "territory",
    "yield",
    "reduce",
    "praise",
    "force",
    "investigate",
)
"""Deeds that are done towards somebody."""
_ALONE = (
    "yield.ease_restrictions",
    "yield.demobilize",
    "assault.clash",
    "yield.withdraw",
    "reduce.halt_mediation",
    "threaten.retaliation",
    "force.alert",
    "force.deploy.police",
    "force.cyber",
    "force.nuclear_test",
    "force.mobilize",
    "force.weapons",
)
"""Of these, the ones that need nobody."""
_ACROSS = (
    "aid",
    "territory",
    "assault",
    "mass_violence",
    "reduce",
    "statement.acknowledge",
    "statement.consider_policy",
    "force",
    "coerce.blockade",
    "yield.allow",
    "intend",
    "investigate",
)
"""Deeds whose place is whom they are done to, if it lies in another country."""
_ABROAD = frozenset({"abroad", "foreign", "international", "outside", "overseas"})
_AT_HOME_FIRST = ("coerce", "yield", "reject", "reduce")
"""Of these, what a state does to its own people rather than to others."""
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_OFFICES = ("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP")
"""Roles that states have alike: "the defence ministers of Kenya and Somalia"."""
_AT_HOME = ("coerce", "yield", "intend", "reject", "appeal", "demand")
"""Of these, what a state may do to its own people."""
_SUBJECTS = frozenset({"OPP", "CVL", "LAB", "EDU", "MED", "HLH", "AGR", "PTY", "REB", "ELI"})
_BETWEEN = ("agreement", "consult", "cooperate", "yield.deescalate", "yield.ceasefire")
"""What two parties do with each other."""
_APART = frozenset({"after", "since", "before", "during", "until", "despite", "amid"})


def other_side(
    scene: Scene,
    deed: Deed,
    fillers: Fillers,
    sources: Sequence[Filler],
    apart: Collection[int],
) -> tuple[Filler, ...]:
    """The filler of the nearest actor on another side than `sources`, or nothing.

    `apart` are heads that take no part: the sources, the speaker.
    """
    tree = scene.tree
    if not any(f.actor and f.actor.cameo for f in sources):
        return ()
    if not deed.type.startswith(_TOWARDS) or deed.type.startswith(_ALONE):
        return ()
    own = [f.actor for f in sources if f.actor is not None and f.actor.cameo]
    shut = {t for h in apart if h >= 0 for t in _whole(tree, h)}
    for f in sources:  # "the envoy for Yemen"
        own_words = set(tree.subtree(f.head)) if f.head >= 0 else set()
        if deed.head not in own_words:
            shut |= own_words
    found: dict[Rank, list[int]] = {"near": [], "where": [], "home": []}
    for head, rank in _candidates(scene, deed, fillers, own, shut):
        found[rank].append(head)
        if rank == "near":
            break
    if not deed.type.startswith(_ACROSS):
        found["where"] = []
    for heads in found.values():
        if heads:
            return (fillers.one(scene, heads[0]),)
    return _outside(scene, deed, sources[0])


def _candidates(
    scene: Scene, deed: Deed, fillers: Fillers, own: Sequence[Actor], shut: Collection[int]
) -> Iterator[tuple[int, Rank]]:
    """Heads of phrases that name another side, nearest first: one that is meant before all others,
    one that says where it happened, one of the source's own country."""
    tree = scene.tree
    for level, (at, scope) in enumerate(_scopes(tree, deed)):
        for head in _heads(tree, scope, scene, shut, deed):
            if level and tree.heads[head] == at and tree.deps[head] in _SUBJECT:
                continue
            actor = fillers.actor(scene, head)
            pointer = tree.tags[head].startswith("PRP")
            if pointer or not _may_be_meant(actor, own, deed.type):
                continue
            home = actor.country in (None, own[0].country) and actor.cameo != "UIS"
            barred = "actor" not in tree.kinds[head] or deed.type.startswith("threaten")
            if home and ((actor.country and barred) or not _ruled_by(actor, deed.type)):
                continue  # "Chinese market": a thing of the source's own; none threatens itself
            if home and not deed.type.startswith(_AT_HOME_FIRST):
                yield head, "home"
            elif not _is_where(tree, head):
                yield head, "near"
            elif _abroad(actor, own):
                yield head, "where"


def _ruled_by(actor: Actor, type_: str) -> bool:
    """Whether a deed may be aimed at that side at home: demands go to those who rule."""
    return not type_.startswith("demand") or actor.role in _STATE


def _outside(scene: Scene, deed: Deed, source: Filler) -> tuple[Filler, ...]:
    """States that an appeal speaks of without names: "a call for help from abroad"."""
    tree = scene.tree
    word = next((t for t in tree.subtree(deed.head) if tree.lower[t] in _ABROAD), None)
    if word is None or not deed.type.startswith("appeal"):
        return ()
    actor = Actor(
        text=tree.words[word],
        name="other states",
        cameo="UIS",
        country=None,
        role="UIS",
        group=None,
        kinds=frozenset({"international", "state"}),
        resolved_by="inferred",
    )
    return (replace(source, head=-1, actor=actor),)


def is_self(tree: Tree, filler: Filler, sources: Sequence[Filler]) -> bool:
    """Whether a target is the source over again, spoken of by a pronoun: "its veto"."""
    actor = filler.actor
    return (
        actor is not None
        and actor.cameo is not None
        and filler.head >= 0
        and tree.tags[filler.head] in ("PRP", "PRP$", "WP", "WDT")
        and any(f.actor and f.actor.cameo == actor.cameo for f in sources)
    )


def plan_maker(sources: tuple[Filler, ...], doers: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Whose plan it is: of the state or body of which its speaker tells ("Croatia will champion
    the bid, the minister said"), if the speaker is its own."""
    said = sources[0].actor if len(sources) == 1 else None
    does = doers[0].actor if len(doers) == 1 else None
    if said is None or does is None or does.cameo is None or said.role not in ("GOV", "MIL"):
        return sources
    whole = (does.role is None and does.country is not None) or "armed_group" in does.kinds
    if not whole or doers[0].head == sources[0].head or said.country not in (None, does.country):
        return sources
    return doers


def with_shared_role(
    scene: Scene, fillers: Fillers, side: tuple[Filler, ...], other: Sequence[Filler]
) -> tuple[Filler, ...]:
    """ "The foreign ministers of India and Pakistan": the countries stand for their ministers."""
    heads = {f.head for f in other}
    return tuple(_with_role(scene, fillers, f, heads) for f in side)


def _with_role(scene: Scene, fillers: Fillers, filler: Filler, others: Collection[int]) -> Filler:
    tree, actor = scene.tree, filler.actor
    if actor is None or actor.country is None or actor.cameo != actor.country or filler.head < 0:
        return filler
    at, of = filler.head, False
    while tree.deps[at] in _INSIDE or (
        tree.deps[at] == "prep" and tree.lower[at] in ("of", "from")
    ):
        of |= tree.deps[at] == "prep"
        at = tree.heads[at]
        if of and tree.is_noun(at) and at not in scene.countries and at in tree.spans:
            role = fillers.actor(scene, at).role
            if role in _OFFICES and any(t in others for t in tree.subtree(at)):
                code = f"{actor.country}{role}"
                return replace(filler, actor=replace(actor, role=role, cameo=code))
    return filler


def announcer(
    deed: Deed, speaker: Filler | None, targets: Sequence[Filler], where: Sequence[Where]
) -> tuple[Filler, ...]:
    """The state that tells of its own measure: "the curfew has been lifted, the governor said"."""
    actor = speaker.actor if speaker is not None else None
    if speaker is None or actor is None or actor.country is None or actor.role not in _STATE:
        return ()
    if not deed.type.startswith(_MEASURES):
        return ()
    places = {w.country for w in where if w.country}
    people = {
        f.actor.country for f in targets if f.actor and f.actor.country and f.actor.role != "GOV"
    }
    near = places | people if deed.type.startswith("coerce") else set()
    return (speaker,) if near <= {actor.country} else ()


def as_of_peer(
    tree: Tree, filler: Filler, sources: Sequence[Filler], peers: Collection[str]
) -> Filler:
    """ "His Azeri counterpart" holds the same office as he does, in another country."""
    actor, own = filler.actor, sources[0].actor if sources else None
    if actor is None or own is None or own.role is None or filler.head < 0:
        return filler
    if tree.lemmas[filler.head] not in peers or actor.country in (None, own.country):
        return filler
    code = f"{actor.country}{own.role}"
    return replace(filler, actor=replace(actor, role=own.role, cameo=code))


def _scopes(tree: Tree, deed: Deed) -> Iterator[tuple[int, list[int]]]:
    """Tokens to look at, in order: under the deed, then under each clause above it."""
    seen: set[int] = set()
    at = tree.heads[deed.head] if tree.deps[deed.head] == "aux" else deed.head
    while True:
        scope = [t for t in tree.subtree(at) if t not in seen]
        seen.update(scope)
        if at != deed.head:
            beside = {t for c in tree.kids(at, "conj") if tree.is_verb(c) for t in tree.subtree(c)}
            scope = [t for t in scope if t not in beside]
        scope.sort(key=lambda t: (t < deed.head, t))
        yield at, scope
        passive = tree.deps[at] == "nsubjpass" and at == deed.head
        if tree.heads[at] == at or not (passive or tree.deps[at] in _CLAUSE):
            return
        at = tree.heads[at]


def _whole(tree: Tree, head: int) -> set[int]:
    """The tokens of a phrase with its clauses and what belongs to it."""
    out = set(range(*tree.noun_phrase(head)))
    for c in tree.children[head]:
        if tree.deps[c] in ("relcl", "acl", "appos") or tree.lower[c] in ("of", "from", "in"):
            out.update(tree.subtree(c))
    return out


def _heads(
    tree: Tree, scope: list[int], scene: Scene, shut: Collection[int], deed: Deed
) -> Iterator[int]:
    """Heads of the phrases in which actors or countries are named."""
    done: set[int] = set()
    for t in scope:
        span = tree.spans.get(t)
        if span is None and t not in scene.countries:
            continue
        head = t
        while tree.deps[head] in _ATTRIBUTIVE and tree.is_noun(tree.heads[head]):
            head = tree.heads[head]
        if head in done or head in shut or t in shut or head == deed.head:
            continue
        done.add(head)
        if _set_apart(tree, head, deed):
            continue
        yield head


def _set_apart(tree: Tree, head: int, deed: Deed) -> bool:
    """Whether a phrase stands in an adverbial of its own: "after Israel struck"."""
    at = head
    while tree.heads[at] != at and at != deed.head:
        if tree.lower[at] in _APART and tree.deps[at] == "prep":
            return True
        if tree.deps[at] == "agent" and not deed.type.startswith(("intend", "condemn")):
            return True
        if tree.deps[at] == "advcl" and any(
            tree.lower[c] in _APART or tree.lower[c] in ("when", "while", "as", "because")
            for c in tree.kids(at, "mark", "advmod")
        ):
            return True
        if tree.deps[at] in ("relcl", "appos"):
            return True
        at = tree.heads[at]
    return False


def _is_where(tree: Tree, head: int) -> bool:
    return tree.deps[head] == "pobj" and tree.lower[tree.heads[head]] in _WHERE


def _may_be_meant(actor: Actor, own: Sequence[Actor], type_: str) -> bool:
    """Whether an actor is known and on another side than those of the source."""
    if actor.cameo is None or "region" in actor.kinds:
        return False
    if actor.country is None and actor.group is None and actor.cameo != "UIS":
        return type_.startswith(_AT_HOME) and actor.role in _SUBJECTS
    return not any(_same_side(actor, o) for o in own)


def _abroad(actor: Actor, own: Sequence[Actor]) -> bool:
    return actor.country is not None and all(o.country != actor.country for o in own)


def _same_side(a: Actor, b: Actor) -> bool:
    if a.group is not None and a.group == b.group:
        return True
    if a.country is None or a.country != b.country:
        return a.cameo == b.cameo
    return a.role == b.role or a.role is None or (a.role in _STATE and b.role in _STATE)


def split_sides(deed: Deed, sources: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """The second of two states or parties that plan or end something between them."""
    what = deed.about.type if deed.type == "intend" and deed.about else deed.type
    if not what.startswith(_BETWEEN) or len(sources) != 2:
        return ()
    one, other = (f.actor for f in sources)
    apart = one and other and one.cameo and other.cameo and one.cameo != other.cameo
    return sources[1:] if apart else ()


def whole_phrase(scene: Scene, deed: Deed, fillers: Fillers, filler: Filler) -> Filler:
    """The side that a nationality belongs to, where a rule found the nationality alone: "buzzed a
    Guyanese patrol boat", "lent Egypt's central bank"."""
    tree, actor = scene.tree, filler.actor
    if actor is None or filler.head < 0 or actor.cameo != actor.country or actor.country is None:
        return filler
    if deed.type.startswith(("assault", "disrupt", "aid.economic", "cooperate")):
        return filler  # their rules say whether the nation or its men are meant
    if tree.deps[filler.head] not in ("amod", "compound", "nmod", "poss"):
        return filler
    head = tree.heads[filler.head]
    sides = {h for heads in deed.slots.values() for h in heads}
    if head == deed.head or head in {*deed.tokens, *sides} or not tree.is_noun(head):
        return filler
    whole = fillers.actor(scene, head)
    if whole.role is None or whole.country != actor.country or "actor" not in tree.kinds[head]:
        return filler
    return fillers.one(scene, head)


def as_worker(tree: Tree, filler: Filler, type_: str, trades: Collection[str]) -> Filler:
    """Drivers who block a road do so as workers; when a bomb hits them they are civilians."""
    actor = filler.actor
    if actor is None or filler.head < 0 or not type_.startswith("protest"):
        return filler
    if actor.role not in ("CVL", None) or tree.lemmas[filler.head] not in trades:
        return filler
    code = f"{actor.country or ''}LAB"
    return replace(filler, actor=replace(actor, role="LAB", cameo=code))
