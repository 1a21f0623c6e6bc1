"""Which deed a claim, a denial or an accusation speaks of, and what that says of the deed: one that
is denied is disputed, one that only an enemy tells of is the word of an adversary.

Works on the mentions of one article in order of their triggers, after the sides are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.linking.agree import actors, share, sides_agree
from coder.types import DISPUTED, Actor, Filler, Mention

_DEEDS = ("assault", "abduct", "mass_violence", "property", "coerce", "territory", "force",
          "disrupt", "aid.military", "protest.riot", "protest.mob", "yield.ceasefire.broken",
          "kill")  # fmt: skip
"""What is claimed, denied and laid at somebody's door."""
_HOSTILE = ("assault", "abduct", "mass_violence", "threaten", "accuse", "condemn", "territory")
_NEAR = 12
_TOLD = ("actual", "attempted")


def tie_claims(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with `speaks_of` on claims, denials and accusations that have a deed in the
    article, `DISPUTED` on the deeds that are denied, and the attribution `adversary`.

    A denial speaks of the deed that it names, of one of the denier's, or, where the article tells
    of none, of the accusation.

    >>> tie_claims([])
    []
    """
    out = list(mentions)
    for n, speech in enumerate(out):
        party = _party(speech)
        if party is None:
            continue
        at = _deed(out, n, party)
        if at is None and speech.type.startswith("deny"):
            at = _accusation(out, n, party)
        if at is None:
            continue
        out[n] = replace(out[n], speaks_of=out[at].mention_id)
        if speech.type.startswith("deny") and out[at].type.startswith(_DEEDS):
            out[at] = replace(out[at], tags=out[at].tags | {DISPUTED})
    return [_by_adversary(m, out) for m in out]


def _party(speech: Mention) -> Sequence[Filler] | None:
    """Who is said to have done the deed; None where a mention speaks of no deed."""
    if speech.status not in _TOLD:
        return None
    if speech.type.startswith(("claim", "deny")):
        return speech.sources
    return speech.targets if speech.type.startswith("accuse") else None


def _deed(mentions: Sequence[Mention], n: int, party: Sequence[Filler]) -> int | None:
    """The nearest deed that the party may have done: first in the sentence, then before it."""
    speech = mentions[n]
    named = speech.about[-1].type.split(".")[0] if speech.about else None
    for at in sorted(range(len(mentions)), key=lambda i: _away(mentions[i], speech)):
        m = mentions[at]
        if at == n or not m.type.startswith(_DEEDS) or m.status not in _TOLD:
            continue
        if not 0 <= speech.sentence - m.sentence <= _NEAR:
            continue
        if named is not None and m.type.split(".")[0] != named:
            continue
        if sides_agree(actors(m.sources), actors(party)):
            return at
    return None


def _accusation(mentions: Sequence[Mention], n: int, party: Sequence[Filler]) -> int | None:
    """The last accusation before a denial that is made against the denier."""
    for at in range(n - 1, -1, -1):
        m = mentions[at]
        if m.type.startswith("accuse") and m.status in _TOLD:
            if mentions[n].sentence - m.sentence > _NEAR:
                return None
            if share(actors(m.targets), actors(party)):
                return at
    return None


def _away(m: Mention, speech: Mention) -> tuple[bool, int, int]:
    return (m.sentence != speech.sentence, -m.sentence, abs(m.start - speech.start))


def _by_adversary(m: Mention, mentions: Sequence[Mention]) -> Mention:
    """A deed told by a third party who is at odds with its source in this article."""
    if m.attribution != "third party" or not m.type.startswith(_DEEDS) or not m.attributed_to:
        return m
    own = actors(m.sources)
    speaker = _speaker(m.attributed_to, mentions)
    if not own or not speaker or share(own, speaker):
        return m
    for other in mentions:
        if not other.type.startswith(_HOSTILE) or other.mention_id == m.mention_id:
            continue
        one, two = actors(other.sources), actors(other.targets)
        if (share(speaker, one) and share(own, two)) or (share(own, one) and share(speaker, two)):
            return replace(m, attribution="adversary")
    return m


def _speaker(words: str, mentions: Sequence[Mention]) -> list[Actor]:
    """The speaker, where he takes part in something that the article tells."""
    said = (f for m in mentions for f in (*m.sources, *m.targets))
    return actors(f for f in said if f.text.lower() == words.lower())[:1]
