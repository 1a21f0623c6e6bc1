"""Misreadings of parsers, and what they become."""

from __future__ import annotations

import pytest

from coder.matching.repair import Repair
from coder.types import Parse

REPAIR = Repair(
    {
        "acts_alone": frozenset({"flare"}),
        "accident_verb": frozenset({"overturn"}),
        "holding_verb": frozenset({"hold"}),
        "word_prefix": frozenset({"ex"}),
        "calendar_name": frozenset({"monday"}),
        "report_verb": frozenset({"allege"}),
        "takes_infinitive": frozenset({"call"}),
    },
    frozenset({"explode", "stage", "spar", "hand", "overrun", "retook", "bomb", "bombard"}),
)


def read(words: str) -> Parse:
    """A parse written as `word/lemma/tag/dep/head`, heads by position."""
    cells = [w.split("/") for w in words.split()]
    starts = [sum(len(c[0]) + 1 for c in cells[:i]) for i in range(len(cells))]
    return Parse(
        tuple(c[0] for c in cells),
        tuple(c[1] for c in cells),
        tuple(c[2] for c in cells),
        tuple(c[3] for c in cells),
        tuple(int(c[4]) for c in cells),
        tuple(starts),
    )


def arcs(parse: Parse) -> list[str]:
    return [
        f"{w}>{d}>{parse.words[h]}"
        for w, d, h in zip(parse.words, parse.deps, parse.heads, strict=True)
    ]


def test_a_verb_that_its_object_took() -> None:
    wrong = read(
        "Nurses/nurse/NNS/ROOT/0 in/in/IN/prep/0 Accra/accra/NNP/nmod/4 "
        "boycotted/boycott/VBN/amod/4 classes/class/NNS/pobj/1 ././././0"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[:5] == [
        "Nurses>nsubj>boycotted", "in>prep>Nurses", "Accra>pobj>in",
        "boycotted>ROOT>boycotted", "classes>dobj>boycotted",
    ]  # fmt: skip
    assert mended.tags[3] == "VBD"


def test_whose_hands_a_place_is_in_is_no_verb() -> None:
    right = read(
        "Fighting/fighting/NN/ROOT/0 in/in/IN/prep/0 Taliban/taliban/NNP/nmod/4 "
        "held/hold/VBN/amod/4 areas/area/NNS/pobj/1 ././././0"
    )
    assert REPAIR.mend(right) is right


def test_a_verb_that_its_subject_took() -> None:
    wrong = read(
        "Violence/violence/NN/ROOT/0 flared/flare/VBN/acl/0 in/in/IN/prep/1 "
        "Dhaka/dhaka/NNP/pobj/2 ././././0"
    )
    assert arcs(REPAIR.mend(wrong))[:3] == [
        "Violence>nsubj>flared", "flared>ROOT>flared", "in>prep>flared",
    ]  # fmt: skip


@pytest.mark.parametrize("last", [".", "Monday"])
def test_a_passive_participle_stays_one(last: str) -> None:
    right = read(
        f"Man/man/NN/ROOT/0 arrested/arrest/VBN/acl/0 in/in/IN/prep/1 Lima/lima/NNP/pobj/2 "
        f"{last}/././punct/0"
    )
    assert REPAIR.mend(right) is right


def test_a_verb_read_as_a_plural() -> None:
    wrong = read(
        "A/a/DT/det/2 tanker/tanker/NN/compound/2 explodes/explode/NNS/ROOT/2 off/off/IN/prep/2 "
        "Aden/aden/NNP/pobj/3 ././././2"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[:3] == ["A>det>tanker", "tanker>nsubj>explodes", "explodes>ROOT>explodes"]
    assert mended.tags[2] == "VBZ"


def test_the_subject_of_a_helping_verb() -> None:
    wrong = read("Envoys/envoy/NNS/nsubj/1 are/be/VBP/aux/2 meeting/meet/VBG/ROOT/2 ././././2")
    assert arcs(REPAIR.mend(wrong))[0] == "Envoys>nsubj>meeting"


def test_a_noun_with_a_particle() -> None:
    wrong = read(
        "Miners/miner/NNS/nsubj/1 staged/stage/VBD/ROOT/1 a/a/DT/det/5 sit/sit/NN/compound/5 "
        "-/-/HYPH/punct/5 in/in/NN/dobj/1 ././././1"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[2:6] == ["a>det>sit", "sit>dobj>staged", "->punct>sit", "in>prt>sit"]
    assert mended.tags[5] == "RP"


def test_prepositions_side_by_side() -> None:
    wrong = read(
        "Word/word/NN/ROOT/0 from/from/IN/prep/0 Oslo/oslo/NNP/pobj/1 to/to/IN/prep/1 "
        "Riga/riga/NNP/pobj/3 came/come/VBD/conj/0 ././././0"
    )
    assert "to>prep>Word" in arcs(REPAIR.mend(wrong))


def test_a_prefix_modifies_its_noun() -> None:
    wrong = read(
        "The/the/DT/det/1 ex/ex/NN/nsubj/4 -/-/HYPH/punct/1 president/president/NN/nsubj/4 "
        "resigned/resign/VBD/ROOT/4 ././././4"
    )
    assert arcs(REPAIR.mend(wrong))[1:4] == [
        "ex>amod>president", "->punct>ex", "president>nsubj>resigned",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "label"), [("Nauru", "nsubj"), ("Monday", "npadvmod")])
def test_a_name_before_its_verb(name: str, label: str) -> None:
    wrong = read(f"{name}/nauru/NNP/npadvmod/1 expelled/expel/VBD/ROOT/1 him/he/PRP/dobj/1")
    assert REPAIR.mend(wrong).deps[0] == label


def test_the_lemma_of_a_verb_that_rules_know() -> None:
    wrong = read("Miners/miner/NNS/nsubj/1 staged/stag/VBD/ROOT/1 one/one/CD/dobj/1")
    assert REPAIR.mend(wrong).lemmas[1] == "stage"
    right = read("Boxers/boxer/NNS/nsubj/1 sparred/spar/VBD/ROOT/1 ././././1")
    assert REPAIR.mend(right) is right


def test_a_noun_has_no_infinitive() -> None:
    wrong = read(
        "They/they/PRP/nsubj/1 took/take/VBD/ROOT/1 it/it/PRP/dobj/1 to/to/TO/aux/4 "
        "court/court/NN/xcomp/1 ././././1"
    )
    assert arcs(REPAIR.mend(wrong))[3:5] == ["to>prep>took", "court>pobj>to"]


def test_who_said_so_at_the_end() -> None:
    wrong = read(
        "Guards/guard/NNS/nsubj/1 stole/steal/VBD/ROOT/1 millions/million/NNS/dobj/1 ,/,/,/punct/1 "
        "an/an/DT/det/5 agency/agency/NN/npadvmod/1 alleged/allege/VBN/acl/5 ././././1"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[1] == "stole>ccomp>alleged"
    assert arcs(mended)[5:7] == ["agency>nsubj>alleged", "alleged>ROOT>alleged"]
    assert mended.tags[6] == "VBD"


def test_a_joined_verb_that_its_object_took() -> None:
    wrong = read(
        "Soldiers/soldier/NNS/compound/5 machine/machine/NN/npadvmod/3 -/-/HYPH/punct/3 "
        "gunned/gun/VBN/amod/5 forty/forty/CD/nummod/5 men/man/NNS/ROOT/5 ././././5"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[0] == "Soldiers>nsubj>gunned"
    assert arcs(mended)[3] == "gunned>ROOT>gunned"
    assert arcs(mended)[5] == "men>dobj>gunned"


def test_a_year_goes_to_its_preposition() -> None:
    wrong = read(
        "In/in/IN/prep/3 1995/1995/CD/nummod/2 rebels/rebel/NNS/nsubj/3 attacked/attack/VBD/ROOT/3"
    )
    assert arcs(REPAIR.mend(wrong))[1] == "1995>pobj>In"
    number = read(
        "In/in/IN/prep/3 Goma/goma/NNP/pobj/0 1995/1995/CD/nummod/3 rebels/rebel/NNS/ROOT/3"
    )
    assert REPAIR.mend(number) == number


def test_what_is_called_for_belongs_to_the_calls() -> None:
    wrong = read(
        "He/he/PRP/nsubj/1 rejected/reject/VBD/ROOT/1 calls/call/NNS/dobj/1 to/to/TO/aux/4 "
        "stop/stop/VB/advcl/1 work/work/NN/dobj/4 ././././1"
    )
    assert arcs(REPAIR.mend(wrong))[3:5] == ["to>aux>stop", "stop>acl>calls"]
    aim = read(
        "He/he/PRP/nsubj/1 took/take/VBD/ROOT/1 a/a/DT/det/3 taxi/taxi/NN/dobj/1 to/to/TO/aux/5 "
        "stop/stop/VB/advcl/1 work/work/NN/dobj/5 ././././1"
    )
    assert REPAIR.mend(aim) is aim


def test_a_gerund_after_a_particle_is_what_the_verb_is_about() -> None:
    wrong = read(
        "Oman/oman/NNP/nsubj/1 ruled/rule/VBD/ROOT/1 out/out/RP/prt/1 sending/send/VBG/advcl/1 "
        "troops/troop/NNS/dobj/3 ././././1"
    )
    assert "sending>xcomp>ruled" in arcs(REPAIR.mend(wrong))


def test_a_gerund_with_a_particle_is_no_noun() -> None:
    wrong = read(
        "Oman/oman/NNP/nsubj/1 opposed/oppose/VBD/ROOT/1 handing/handing/NN/dobj/1 "
        "over/over/RP/prep/2 the/the/DT/det/5 men/man/NNS/pobj/3 ././././1"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[2:6] == [
        "handing>xcomp>opposed", "over>prt>handing", "the>det>men", "men>dobj>handing",
    ]  # fmt: skip
    assert (mended.lemmas[2], mended.tags[2]) == ("hand", "VBG")


def test_a_title_after_a_hyphen_is_a_noun() -> None:
    wrong = read(
        "The/the/DT/det/3 secretary/secretary/NN/compound/3 -/-/HYPH/punct/3 "
        "general/general/JJ/nsubj/4 resigned/resign/VBD/ROOT/4 ././././4"
    )
    assert REPAIR.mend(wrong).tags[3] == "NN"


def test_what_is_let_through_is_no_clause() -> None:
    wrong = read(
        "Chad/chad/NNP/nsubj/1 let/let/VBD/ROOT/1 Oxfam/oxfam/NNP/nsubj/3 "
        "lorries/lorry/NNS/ccomp/1 through/through/RP/prep/3 ././././1"
    )
    assert arcs(REPAIR.mend(wrong))[2:5] == [
        "Oxfam>compound>lorries", "lorries>dobj>let", "through>prt>let",
    ]  # fmt: skip


def test_a_verb_under_the_name_of_its_object() -> None:
    wrong = read(
        "Gunmen/gunman/NNS/nsubj/1 overran/overrun/VBD/compound/2 Damasak/damasak/NNP/ROOT/2 "
        "on/on/IN/prep/2 Monday/monday/NNP/pobj/3 ././././2"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[:4] == [
        "Gunmen>nsubj>overran",
        "overran>ROOT>overran",
        "Damasak>dobj>overran",
        "on>prep>overran",
    ]


def test_a_noun_with_subject_and_object_is_a_verb() -> None:
    wrong = read("Gunmen/gunman/NNS/nsubj/1 retook/retook/NN/ROOT/1 Bama/bama/NNP/dobj/1 ././././1")
    assert REPAIR.mend(wrong).tags[1] == "VBD"
    other = read("The/the/DT/det/1 end/end/NN/nsubj/2 retook/retook/NN/ROOT/2 ././././2")
    assert REPAIR.mend(other).tags[2] == "NN"


def test_a_name_that_lost_its_verb() -> None:
    wrong = read(
        "Boko/boko/NNP/compound/1 Haram/haram/NNP/compound/4 bombed/bomb/VBN/amod/4 "
        "Baga/baga/NNP/compound/4 market/market/NN/ROOT/4 ././././4"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[:5] == [
        "Boko>compound>Haram",
        "Haram>nsubj>bombed",
        "bombed>ROOT>bombed",
        "Baga>compound>market",
        "market>dobj>bombed",
    ]
    held = read(
        "Boko/boko/NNP/compound/3 Haram/haram/NNP/compound/3 held/hold/VBN/amod/3 "
        "areas/area/NNS/ROOT/3 ././././3"
    )
    assert REPAIR.mend(held) == held


def test_a_common_noun_that_lost_its_verb() -> None:
    wrong = read(
        "On/on/IN/prep/2 Monday/monday/NNP/pobj/0 jets/jet/NNS/ROOT/2 of/of/IN/prep/2 "
        "the/the/DT/det/7 coalition/coalition/NN/npadvmod/6 bombarded/bombard/VBN/amod/7 "
        "farms/farm/NNS/pobj/3 ././././2"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[0] == "On>prep>bombarded"
    assert arcs(mended)[2] == "jets>nsubj>bombarded"
    assert arcs(mended)[4:8] == [
        "the>det>coalition",
        "coalition>pobj>of",
        "bombarded>ROOT>bombarded",
        "farms>dobj>bombarded",
    ]


def test_what_was_killed_is_no_verb() -> None:
    wrong = read(
        "Police/police/NNS/nsubj/1 killed/kill/VBD/ROOT/1 four/four/CD/nummod/3 "
        "militants/militant/VBZ/dobj/1 ././././1"
    )
    assert REPAIR.mend(wrong).tags[3] == "NNS"


def test_a_crowd_that_set_upon_and_burned() -> None:
    wrong = read(
        "A/a/DT/det/1 crowd/crowd/NN/ROOT/1 set/set/VBN/acl/1 upon/upon/IN/prep/2 "
        "him/he/PRP/pobj/3 and/and/CC/cc/2 burned/burn/VBD/conj/2 it/it/PRP/dobj/6 ././././1"
    )
    mended = REPAIR.mend(wrong)
    assert arcs(mended)[1:3] == ["crowd>nsubj>set", "set>ROOT>set"]
