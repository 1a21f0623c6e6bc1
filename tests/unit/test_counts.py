"""Numbers of people in noun phrases, and the numbers themselves."""

from __future__ import annotations

import pytest

from coder.resolving.counts import combine, count_of
from coder.resolving.counts_numbers import parse_number
from coder.types import Count
from tests.parses import parse

# Sentence | head of the phrase | low best high ("-" unknown), or "none" for no count | who
TABLE = """
Gunmen killed at least 20 people in Minna. | people | 20 20 - | people
More than 85 villagers died in the flood. | villagers | 85 85 - | villagers
The blast wounded about 30 shoppers. | shoppers | - 30 - | shoppers
Up to 40 rebels died. | rebels | - - 40 | rebels
Troops shot between 10 and 15 demonstrators. | demonstrators | 10 10 15 | demonstrators
The raid left 20 to 30 villagers dead. | villagers | 20 20 30 | villagers
Some 200 students were detained. | students | - 200 - | students
Nearly 100 miners were trapped. | miners | - 100 - | miners
Dozens of people were hurt. | people | - - - | people
Dozens of people were hurt. | Dozens | - - - | people
Dozens were hurt. | Dozens | - - - | nothing
Scores died. | Scores | - - - | nothing
The army arrested hundreds of protesters. | protesters | - - - | protesters
Militants killed three US troops on Sunday. | troops | 3 3 3 | US troops
A soldier was killed. | soldier | 1 1 1 | soldier
One policeman died. | policeman | 1 1 1 | policeman
A sniper shot two soldiers and a child. | soldiers | 3 3 3 | soldiers and child
A couple of farmers were abducted. | farmers | 2 2 2 | farmers
The war displaced 12,000 families. | families | 12000 12000 12000 | families
It displaced 1.2 million people. | people | 1200000 1200000 1200000 | people
Twenty-one monks were arrested. | monks | 21 21 21 | monks
A dozen nurses were hurt. | nurses | 12 12 12 | nurses
Several guards were killed. | guards | - - - | guards
No one was hurt. | one | 0 0 0 | nothing
Nobody was killed. | Nobody | 0 0 0 | nothing
The strike killed four, including two children. | four | 4 4 4 | nothing
All five fishermen drowned. | fishermen | 5 5 5 | fishermen
Both pilots died. | pilots | 2 2 2 | pilots
Soldiers were killed. | Soldiers | - - - | Soldiers
The bomb exploded, killing four. | four | 4 4 4 | nothing
Nineteen died. | Nineteen | 19 19 19 | nothing
An ambush left nine dead. | dead | 9 9 9 | nothing
The attack injured 66. | 66 | 66 66 66 | nothing
More than a hundred others suffered wounds. | others | 100 100 - | others
A group of 20 fighters surrendered. | fighters | 20 20 20 | fighters
A group of 20 fighters surrendered. | group | 20 20 20 | fighters
A family of five was killed. | family | 5 5 5 | nothing
Rebels killed half a dozen guards. | guards | 6 6 6 | guards
Two dozen workers were abducted. | workers | 24 24 24 | workers
Several dozen workers were abducted. | workers | - - - | workers
Tens of thousands of people fled. | people | - - - | people
There were no casualties. | casualties | 0 0 0 | nothing
Police killed a 34-year-old teacher. | teacher | 1 1 1 | 34-year-old teacher
Gunmen killed Maria Santos. | Santos | 1 1 1 | Maria Santos
The governor was shot. | governor | 1 1 1 | governor
Raiders killed six Palestinians and an Israeli. | Palestinians | 7 7 7 | Palestinians and Israeli
Shells killed a man, a woman and two children. | man | 4 4 4 | man and woman and children
As many as 50 people died. | people | - - 50 | people
No fewer than 14 traders were shot. | traders | 14 14 - | traders
Fewer than ten people were hurt. | people | - - 10 | people
An estimated 3,000 people fled. | people | - 3000 - | people
Another 12 people were wounded. | people | 12 12 12 | people
Five of the six hostages were freed. | Five | 5 5 5 | hostages
None of the hostages was hurt. | None | 0 0 0 | nothing
The mob killed one of the officers. | one | 1 1 1 | officers
Police held 40 or so marchers. | marchers | - 40 - | marchers
Twenty or more marchers were held. | marchers | 20 20 - | marchers
The raid killed 20-odd fighters. | fighters | - 20 - | fighters
About 40 percent of the villagers fled. | villagers | - - - | villagers
The army killed militants. | militants | - - - | militants
A crowd was dispersed. | crowd | - - - | crowd
He was killed. | He | 1 1 1 | He
They were killed. | They | none | nothing
The bomb killed two policemen and several bystanders. | policemen | 2 - - | policemen and bystanders
Between three and five soldiers were killed. | soldiers | 3 3 5 | soldiers
Four hundred and twelve people were arrested. | people | 412 412 412 | people
The militia took 15 women and children. | women | 15 15 15 | women and children
A two-man crew was captured. | crew | - - - | two-man crew
Not a single soldier died. | soldier | 0 0 0 | nothing
The twins were killed. | twins | 2 2 2 | nothing
Three killed in blast | Three | 3 3 3 | nothing
An ambush left three guards wounded. | wounded | 3 3 3 | guards
Police reported that the blast left at least nine dead. | dead | 9 9 - | nothing
It killed two policemen and wounded six. | policemen | 2 2 2 | policemen
The toll rose to at least 45. | 45 | 45 45 - | nothing
No civilians were hurt. | civilians | 0 0 0 | nothing
Neither passenger was hurt. | passenger | 0 0 0 | nothing
At least 12 of them were shot. | 12 | 12 12 - | them
Two thirds of the workers left. | workers | - - - | workers
Gunmen abducted the prosecutor's driver. | driver | 1 1 1 | prosecutor's driver
"""

CASES = [line.split(" | ") for line in TABLE.strip().splitlines()]


def figures(count: Count | None) -> str:
    if count is None:
        return "none"
    return " ".join("-" if v is None else str(v) for v in (count.low, count.best, count.high))


def test_the_table_is_large() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("sentence", "head", "expected", "who"), CASES)
def test_count_of(sentence: str, head: str, expected: str, who: str) -> None:
    tree = parse(sentence)
    count = count_of(tree, tree.words.index(head), "killed")
    assert figures(count) == expected
    assert ((count.who if count else "") or "nothing") == who


@pytest.mark.parametrize(
    ("sentence", "head", "words"),
    [
        ("Gunmen killed at least 20 people in Minna.", "people", "at least 20 people"),
        ("Dozens of people were hurt.", "people", "Dozens of people"),
        ("A sniper shot two soldiers and a child.", "soldiers", "two soldiers and a child"),
    ],
)
def test_words(sentence: str, head: str, words: str) -> None:
    tree = parse(sentence)
    count = count_of(tree, tree.words.index(head), "injured")
    assert count is not None
    assert (count.words, count.kind) == (words, "injured")


def count(low: int | None, best: int | None, high: int | None, who: str = "") -> Count:
    return Count("killed", low, best, high, "", who)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(4, 4, 4)], "4 4 4"),
        ([(4, 4, 4), (2, 2, 2)], "6 6 6"),
        ([(49, 49, 49), (50, 50, None)], "99 99 -"),
        ([(4, 4, 4), (None, None, None)], "4 - -"),
        ([(4, 4, 4), (None, 30, None)], "4 34 -"),
        ([(None, None, 40), (1, 1, 1)], "1 - 41"),
        ([(None, None, None), (None, None, None)], "- - -"),
        ([(0, 0, 0), (None, None, None)], "0 - -"),
    ],
)
def test_combine(parts: list[tuple[int | None, int | None, int | None]], expected: str) -> None:
    assert figures(combine([count(*p) for p in parts])) == expected


def test_combine_joins_words() -> None:
    both = combine([count(1, 1, 1, "guard"), count(2, 2, 2, ""), count(3, 3, 3, "miners")])
    assert both == Count("killed", 6, 6, 6, "", "guard and miners")


def test_combine_nothing() -> None:
    with pytest.raises(ValueError, match="no counts"):
        combine([])


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.2 million", 1_200_000), ("2.3 million", 2_300_000), ("12,000", 12_000),
        ("a hundred and five", 105), ("twenty - one", 21), ("twenty-one", 21),
        ("half a dozen", 6), ("half a million", 500_000), ("two dozen", 24), ("a dozen", 12),
        ("three hundred and forty-two thousand five hundred", 342_500), ("zero", 0),
        ("fifteen hundred", 1500), ("2 million 3 thousand", 2_003_000),
        ("one thousand and one", 1001), ("hundred", 100), ("007", 7),
        ("two three", None), ("1 2", None), ("2.5", None), ("and", None), ("a", None),
        ("five and six", None), ("twenty twelve", None), ("20 - 1", None), ("", None),
        ("2 thousand 3 million", None), ("12,00", None), ("half", None), ("-", None),
    ],
)  # fmt: skip
def test_parse_number(words: str, value: int | None) -> None:
    assert parse_number(words.split()) == value
