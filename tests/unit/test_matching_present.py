"""Verbs of the present tense that the parser took for nouns."""

from __future__ import annotations

import pytest

from coder.matching.repair import Repair
from coder.types import Parse
from tests.unit.test_matching_repair import arcs, read

KNOWN = (
    "claim",
    "arrest",
    "attack",
    "exchange",
    "fire",
    "leave",
    "sanction",
    "seize",
    "vote",
    "strike",
    "kill",
)
REPAIR = Repair(
    {
        "acts_alone": frozenset(),
        "accident_verb": frozenset(),
        "holding_verb": frozenset(),
        "word_prefix": frozenset(),
        "calendar_name": frozenset(),
        "report_verb": frozenset(),
        "takes_infinitive": frozenset(),
    },
    frozenset(KNOWN),
)


def root(parse: Parse) -> str:
    return parse.words[next(i for i, h in enumerate(parse.heads) if h == i)]


@pytest.mark.parametrize(
    ("wrong", "verb", "right"),
    [
        (  # the root took its doer as a part of its name
            (
                "Local/local/JJ/amod/1 police/police/NN/compound/2 arrest/arrest/NN/ROOT/2 "
                "Lam/lam/NNP/dobj/2 ././././2"
            ),
            "arrest",
            ["police>nsubj>arrest", "Lam>dobj>arrest"],
        ),
        (  # a pair, and its object that took the verb
            (
                "Chad/chad/NNP/nmod/4 and/and/CC/cc/0 Mali/mali/NNP/conj/0 "
                "exchange/exchange/NN/compound/4 captives/captive/NNS/ROOT/4 of/of/IN/prep/4 "
                "war/war/NN/pobj/5 ././././4"
            ),
            "exchange",
            ["Chad>nsubj>exchange", "captives>dobj>exchange"],
        ),
        (  # the verb stands in the phrase behind the subject
            (
                "Police/police/NNS/ROOT/0 in/in/IN/prep/0 Lima/lima/NNP/compound/3 "
                "fire/fire/NN/nmod/5 tear/tear/NN/compound/5 gas/gas/NN/pobj/1 ././././0"
            ),
            "fire",
            ["Police>nsubj>fire", "Lima>pobj>in", "gas>dobj>fire"],
        ),
        (  # and is itself read as the end of that phrase
            (
                "Forces/force/NNS/ROOT/0 in/in/IN/prep/0 the/the/DT/det/4 war/war/NN/compound/4 "
                "attack/attack/NN/pobj/1 Derna/derna/NNP/appos/4 ././././0"
            ),
            "attack",
            ["Forces>nsubj>attack", "war>pobj>in", "Derna>dobj>attack"],
        ),
        (  # a noun of the plural is another word: "leaves" is no leaf here
            (
                "The/the/DT/det/1 Army/army/NNP/compound/2 leaves/leaf/NNS/ROOT/2 "
                "the/the/DT/det/4 town/town/NN/dobj/2 ././././2"
            ),
            "leaves",
            ["Army>nsubj>leaves", "town>dobj>leaves"],
        ),
    ],
)
def test_the_verb_is_seated(wrong: str, verb: str, right: list[str]) -> None:
    parse = REPAIR.mend(read(wrong))
    assert root(parse) == verb
    assert parse.tags[parse.words.index(verb)] in ("VBZ", "VBP")
    assert set(right) <= set(arcs(parse))


@pytest.mark.parametrize(
    "text",
    [
        # no agreement: a strike of police is no strike that the police does
        (
            "The/the/DT/det/2 rebel/rebel/NN/compound/2 attack/attack/NN/ROOT/2 in/in/IN/prep/2 "
            "Derna/derna/NNP/pobj/3 ././././2"
        ),
        # nothing stands behind it
        "Police/police/NNS/compound/1 fire/fire/NN/ROOT/1 ././././1",
        # what comes behind belongs to a noun
        (
            "Gunmen/gunman/NNS/compound/1 fire/fire/NN/ROOT/1 of/of/IN/prep/1 guns/gun/NNS/pobj/2 "
            "././././1"
        ),
        # no verb of any rule
        (
            "Police/police/NNS/compound/1 car/car/NN/ROOT/1 in/in/IN/prep/1 Lima/lima/NNP/pobj/2 "
            "././././1"
        ),
        # a sentence that has its verb
        (
            "Police/police/NNS/compound/1 fire/fire/NN/nsubj/2 killed/kill/VBD/ROOT/2 "
            "him/he/PRP/dobj/2 ././././2"
        ),
    ],
)
def test_nouns_stay(text: str) -> None:
    parse = read(text)
    assert REPAIR.mend(parse) is parse


def test_what_has_a_subject_is_a_verb_where_the_two_agree() -> None:
    one = read(
        "Congress/congress/NNP/nsubj/1 votes/vote/NNS/ROOT/1 again/again/RB/advmod/1 ././././1"
    )
    assert REPAIR.mend(one).tags[1] == "VBZ"
    held = read(
        "Rebels/rebel/NNP/nsubj/1 claims/claim/NNS/compound/2 credit/credit/NN/ROOT/2 "
        "for/for/IN/prep/2 it/it/PRP/pobj/3 ././././2"
    )
    assert "credit>dobj>claims" in arcs(REPAIR.mend(held))
    two = read("He/he/PRP/nsubj/1 vote/vote/NN/ROOT/1 again/again/RB/advmod/1 ././././1")
    assert REPAIR.mend(two) is two
