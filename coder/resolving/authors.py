"""Who did what nobody is named for, by those who blame somebody: "the army blamed the PKK".

A blast, a raid or an abduction without a source takes the one side on whom its own sentence or the
next lays it. Such a source is alleged: the mention is hedged. Attacks that somebody claims need no
help from here, since the claim and the deed are one event to linking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coder.matching.tree import Tree
from coder.resolving.fillers import Fillers
from coder.resolving.scene import Scene
from coder.resolving.sides import is_known
from coder.types import Filler, Mention

_VIOLENCE = ("assault", "abduct", "mass_violence", "property")
_HAPPENED = ("actual", "attempted")
_RESPONSIBLE = frozenset({"responsible", "accountable", "answerable", "liable", "culpable"})


def with_authors(
    mentions: Sequence[Mention], scenes: Mapping[int, Scene], fillers: Fillers
) -> list[Mention]:
    """The mentions of an article, those of violence without a source with whom others blame.

    `scenes` are the sentences of the article by index.
    """
    return [_with_author(m, scenes, fillers) for m in mentions]


def _with_author(mention: Mention, scenes: Mapping[int, Scene], fillers: Fillers) -> Mention:
    if not mention.type.startswith(_VIOLENCE) or mention.status not in _HAPPENED:
        return mention
    if is_known(mention.sources):
        return mention
    for index in (mention.sentence, mention.sentence + 1):
        scene = scenes.get(index)
        blamed = [] if scene is None else _named(scene, fillers)
        if len({f.actor.cameo for f in blamed if f.actor}) > 1:
            return mention
        if blamed and not _is_target(blamed[0], mention):
            return replace(
                mention, slots=dict(mention.slots) | {"source": tuple(blamed)}, hedged=True
            )
    return mention


def _named(scene: Scene, fillers: Fillers) -> list[Filler]:
    heads = [h for h in dict.fromkeys(blamed(scene.tree)) if scene.tree.tags[h] != "PRP"]
    found = [fillers.one(scene, h) for h in heads]
    return [f for f in found if f.actor and f.actor.cameo and (f.actor.country or f.actor.group)]


def _is_target(blamed: Filler, mention: Mention) -> bool:
    return any(
        f.actor and blamed.actor and f.actor.cameo == blamed.actor.cameo for f in mention.targets
    )


def blamed(tree: Tree) -> Iterator[int]:
    """Heads of those on whom a sentence says that something is blamed."""
    for verb in range(tree.n):
        if not tree.is_verb(verb) or tree.kid(verb, "neg") is not None:
            continue
        if tree.lemmas[verb] == "blame":
            yield from _of_blame(tree, verb)
        elif tree.lemmas[verb] in ("attribute", "pin"):
            yield from _under(tree, verb, "to" if tree.lemmas[verb] == "attribute" else "on")
        elif tree.lemmas[verb] == "hold":
            for small in tree.kids(verb, "oprd", "acomp", "ccomp"):
                if tree.lower[small] in _RESPONSIBLE:
                    yield from tree.kids(small, "nsubj") or tree.kids(verb, "dobj", "nsubjpass")
        elif tree.lemmas[verb] == "fall" and any(
            tree.lemmas[s] in ("suspicion", "blame") for s in tree.kids(verb, "nsubj")
        ):
            yield from _under(tree, verb, "on")


def _of_blame(tree: Tree, verb: int) -> Iterator[int]:
    on = list(_under(tree, verb, "on"))
    if on:
        yield from on
    elif tree.kid(verb, "dobj") is not None:
        yield from tree.kids(verb, "dobj")
    else:
        yield from tree.kids(verb, "nsubjpass")  # "the rebels were blamed for it"


def _under(tree: Tree, verb: int, preposition: str) -> Iterator[int]:
    """ "Blamed the blast on": the preposition may hang on the object."""
    for at in (verb, *tree.kids(verb, "dobj")):
        for p in tree.kids(at, "prep"):
            if tree.lower[p] == preposition:
                yield from (c for c in tree.kids(p, "pobj") if "time" not in tree.kinds[c])
