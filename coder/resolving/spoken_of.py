"""Whom words about a deed are aimed at: a denial at the one who accuses, or else at whom the deed
was done to; an admission or a claim at whom it was done to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coder.matching.deed import Deed
from coder.matching.tree import Tree
from coder.resolving.fillers import Fillers
from coder.resolving.scene import Scene
from coder.types import Actor, Filler, Link

_ABOUT_DEEDS = ("deny", "claim", "statement.acknowledge")
_VIOLENT = ("assault", "abduct", "mass_violence", "territory", "property", "coerce")
_SPOKEN = ("reject", "intend", "accuse", "demand", "appeal", "threaten", "statement", "condemn")
_NOT_TOLD = frozenset({"statement.consider_policy"})
"""What is aimed at those whom the policy would meet."""
_TELL = frozenset({"tell", "assure", "inform", "notify"})
_RULERS = frozenset({None, "GOV", "LEG", "MIL", "JUD", "OPP", "REB", "IGO"})
"""Roles of those to whom a word is a deed of politics: not of reporters."""
_SAID_BY = frozenset({"by", "from"})
_OBJECTS = ("dobj", "oprd", "ccomp", "xcomp", "nsubjpass", "prep", "pobj", "nsubj", "acl")


def those_concerned(
    scene: Scene,
    deed: Deed,
    fillers: Fillers,
    about: Sequence[Link],
    sources: Sequence[Filler],
) -> tuple[Filler, ...]:
    """The accuser whose words are denied, else who suffered the deed that is denied or owned up to.
    Nobody where the sentence names neither."""
    if not deed.type.startswith(_ABOUT_DEEDS):
        return ()
    own = [f.actor for f in sources if f.actor and f.actor.cameo]
    if not own:
        return ()
    if deed.type == "deny":
        for head in _accusers(scene.tree, deed.head, fillers):
            filler = fillers.one(scene, head)
            if _is_other(filler.actor, own):
                return (filler,)
    for link in about:
        if link.type.startswith(_VIOLENT):
            suffered = tuple(f for f in link.targets if _is_other(f.actor, own))
            if suffered:
                return suffered
    return ()


def addressee(
    scene: Scene, deed: Deed, fillers: Fillers, sources: Sequence[Filler]
) -> tuple[Filler, ...]:
    """Whom a state or politician tells what he says: "the premier told parliament that he would
    not go". Reporters hear it for others."""
    tree, own = scene.tree, [f.actor for f in sources if f.actor and f.actor.cameo]
    if not own or not deed.type.startswith(_SPOKEN) or deed.type in _NOT_TOLD:
        return ()
    for verb in (deed.head, *tree.ancestors(deed.head)):
        if tree.lemmas[verb] not in _TELL or not tree.is_verb(verb):
            continue
        for c in tree.kids(verb, "dobj", "dative"):
            filler = fillers.one(scene, c)
            actor = filler.actor
            known = actor is not None and actor.cameo is not None and actor.role in _RULERS
            if known and not {"media", "pronoun"} & tree.kinds[c] and c in tree.spans:
                return (filler,)
    return ()


def _accusers(tree: Tree, verb: int, fillers: Fillers) -> Iterator[int]:
    """Heads of those whose accusation, claim or report a denial speaks of."""
    for word in _under(tree, verb):
        if tree.lemmas[word] not in fillers.actors.sets["accusing_word"]:
            continue
        yield from tree.kids(word, "poss", "amod", "compound", "nmod")
        for by in tree.kids(word, "prep", "agent"):
            if tree.lower[by] in _SAID_BY:
                yield from tree.kids(by, "pobj")
        for made in tree.kids(word, "acl", "relcl"):
            for by in tree.kids(made, "agent"):
                yield from tree.kids(by, "pobj")
            if tree.deps[made] == "relcl":
                yield from tree.kids(made, "nsubj")


def _under(tree: Tree, verb: int, depth: int = 0) -> Iterator[int]:
    for c in tree.kids(verb, *_OBJECTS):
        if depth == 0 and tree.deps[c] == "nsubj":
            continue  # who denies
        yield c
        if depth < 2:
            yield from _under(tree, c, depth + 1)


def _is_other(actor: Actor | None, own: Sequence[Actor]) -> bool:
    """Whether somebody known is on another side than those who speak."""
    if actor is None or actor.cameo is None or (actor.country is None and actor.group is None):
        return False
    return all(
        o.cameo != actor.cameo and (o.country is None or o.country != actor.country) for o in own
    )
