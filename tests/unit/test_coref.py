"""Antecedents: pronouns, "the group", "the army", and who "we" are."""

from __future__ import annotations

import pytest

from coder.resolving.coref import Memory, as_coreference
from coder.types import Actor
from tests.coding_sample import coder, mentions, tagged

HEZBOLLAH = Actor("Hezbollah", "Hezbollah", "LBNREB", "LBN", "REB", "hezbollah")
CHAD = Actor("Chad", "Chad", "TCD", "TCD", kinds=frozenset({"country"}))


def source(text: str, type_: str) -> str | None:
    actor = mentions(text)[type_].sources[0].actor
    assert actor is not None
    return actor.cameo


@pytest.mark.parametrize(
    ("text", "type_", "code"),
    [
        (
            "Hezbollah fighters attacked the base. They shelled the village of Metula on Monday.",
            "assault.shelling",
            "LBNREB",
        ),
        (
            "The Kenyan president met his Ugandan counterpart. He accused Sudan of arming rebels.",
            "accuse",
            "KENGOV",
        ),
        (
            "Sudan's army bombed Nyala. The army shelled El Fasher on Monday.",
            "assault.shelling",
            "SDNMIL",
        ),
        ('"We attacked the airport," a Houthi spokesman said.', "assault", "YEMREB"),
    ],
)
def test_in_articles(text: str, type_: str, code: str) -> None:
    assert source(text, type_) == code


def test_a_pronoun_is_marked_and_keeps_its_own_word() -> None:
    text = "Hezbollah fighters attacked the base. They shelled the village of Metula on Monday."
    actor = mentions(text)["assault.shelling"].sources[0].actor
    assert actor is not None
    assert (actor.text, actor.resolved_by) == ("They", "coreference")


def memory(*actors: tuple[int, int, str, Actor]) -> Memory:
    """A memory of (sentence, token, text of the sentence, actor)."""
    made = Memory(coder().books.sets)
    for sentence, token, text, actor in actors:
        made.add(tagged(text), sentence, token, actor)
    return made


def test_only_known_actors_are_remembered() -> None:
    made = memory((0, 0, "Chad left.", Actor("Chad", "Chad")))
    assert made.seen == []


def test_a_pronoun_takes_the_subject_of_the_latest_sentence() -> None:
    made = memory(
        (0, 0, "Chad left.", CHAD), (1, 0, "Hezbollah told Chad.", HEZBOLLAH),
        (1, 2, "Hezbollah told Chad.", CHAD),
    )  # fmt: skip
    assert made.pronoun(tagged("It attacked."), 2, 0) is HEZBOLLAH


def test_a_pronoun_is_not_what_its_own_verb_names() -> None:
    made = memory((0, 2, "It attacked Chad.", CHAD))
    assert made.pronoun(tagged("It attacked Chad."), 0, 0) is None


def test_kind_and_number() -> None:
    minister = Actor("minister", "minister", "TCDGOV", "TCD", "GOV", kinds=frozenset({"person"}))
    made = memory((0, 1, "The minister left.", minister))
    assert made.pronoun(tagged("He spoke."), 1, 0) is minister
    assert made.pronoun(tagged("It spoke."), 1, 0) is None
    assert made.pronoun(tagged("They spoke."), 1, 0) is None
    chad = memory((0, 0, "Chad left.", CHAD))
    assert chad.pronoun(tagged("She spoke."), 1, 0) is None
    assert chad.pronoun(tagged("They spoke."), 1, 0) is CHAD


def test_what_lies_too_far_back_is_forgotten() -> None:
    made = memory((0, 0, "Chad left.", CHAD))
    assert made.pronoun(tagged("It attacked."), 8, 0) is CHAD
    assert made.pronoun(tagged("It attacked."), 9, 0) is None


def test_we_are_the_last_speaker() -> None:
    made = memory((0, 0, "Chad left.", CHAD))
    assert made.pronoun(tagged("We attacked."), 1, 0) is None
    made.speaker = HEZBOLLAH
    assert made.pronoun(tagged("We attacked."), 1, 0) is HEZBOLLAH


def test_other_words_are_no_pronouns() -> None:
    made = memory((0, 0, "Chad left.", CHAD))
    assert made.pronoun(tagged("Rain fell."), 1, 0) is None


def test_role_nouns() -> None:
    army = Actor("army", "army", "MIL", None, "MIL")
    group = Actor("group", "group")
    militia = Actor("JNIM", "JNIM", "MLIREB", "MLI", "REB", "jnim", frozenset({"armed_group"}))
    soldiers = Actor("troops", "troops", "TCDMIL", "TCD", "MIL")
    made = memory(
        (0, 0, "Chad left.", CHAD), (0, 0, "Troops left.", soldiers), (0, 0, "JNIM left.", militia)
    )
    assert made.role_noun(1, "army", army) is soldiers
    assert made.role_noun(1, "group", group) is militia
    assert made.role_noun(1, "country", group) is CHAD
    assert made.role_noun(1, "lorry", group) is None
    assert made.role_noun(9, "army", army) is None


def test_a_body_may_be_an_organisation() -> None:
    union = Actor("AU", "AU", "IGOAFU", None, "IGO", None, frozenset({"organisation"}))
    made = memory((0, 0, "AU left.", union))
    bloc = Actor("bloc", "bloc")
    assert made.role_noun(1, "bloc", bloc) is union
    assert made.role_noun(0, "bloc", bloc) is None


def test_coreference_keeps_the_antecedent() -> None:
    actor = as_coreference(CHAD, "it")
    assert (actor.cameo, actor.text, actor.resolved_by) == ("TCD", "it", "coreference")
