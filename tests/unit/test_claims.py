"""Claims, denials and accusations, and the deeds that they speak of."""

from __future__ import annotations

import pytest

from coder.linking.claims import tie_claims
from coder.types import DISPUTED, Link, Mention
from tests.coding_sample import rows
from tests.unit.test_linking import CHAD, GUNMEN, MALI, NIGER, mention


def spoken(*mentions: Mention) -> list[tuple[int | None, bool, str]]:
    """Of each mention: the number of the one that it speaks of, disputed, and who tells it."""
    ids = [m.mention_id for m in mentions]
    made = tie_claims(mentions)
    return [
        (ids.index(m.speaks_of) if m.speaks_of else None, DISPUTED in m.tags, m.attribution)
        for m in made
    ]


PLAIN = (None, False, "narrator")
DENIED = (None, True, "narrator")
OF_FIRST = (0, False, "narrator")
RAID = mention(0)


@pytest.mark.parametrize(
    ("said", "deed", "speech"),
    [
        (mention(1, "deny", CHAD, None), DENIED, OF_FIRST),
        (mention(1, "claim", CHAD, None), PLAIN, OF_FIRST),
        (mention(1, "accuse", MALI, CHAD), PLAIN, OF_FIRST),
        (mention(1, "deny", MALI, None), PLAIN, PLAIN),  # who did not do it denies something else
        (mention(20, "deny", CHAD, None), PLAIN, PLAIN),
        (mention(1, "praise", CHAD, NIGER), PLAIN, PLAIN),
        (
            mention(1, "deny", CHAD, None, about=(Link("coerce.arrest", "r", "arrest"),)),
            PLAIN,
            PLAIN,
        ),
        (mention(1, "deny", CHAD, None, about=(Link("assault", "r", "attack"),)), DENIED, OF_FIRST),
    ],
)
def test_what_a_speech_is_about(
    said: Mention, deed: tuple[object, ...], speech: tuple[object, ...]
) -> None:
    assert spoken(RAID, said) == [deed, speech]


def test_a_deed_of_unknown_men_can_be_denied() -> None:
    unknown = mention(0, source=None)
    assert spoken(unknown, mention(1, "deny", CHAD, None)) == [DENIED, OF_FIRST]
    assert spoken(mention(0, source=GUNMEN), mention(1, "deny", CHAD, None)) == [PLAIN, PLAIN]


def test_a_denial_without_a_deed_speaks_of_the_accusation() -> None:
    made = spoken(mention(0, "accuse", NIGER, CHAD), mention(1, "deny", CHAD, None))
    assert made == [PLAIN, OF_FIRST]


def test_an_enemy_is_an_adversary() -> None:
    threat = mention(1, "threaten", MALI, CHAD)
    told = mention(0, attribution="third party", attributed_to="Mali")
    assert spoken(told, threat)[0] == (None, False, "adversary")
    assert spoken(told, mention(1, "consult", MALI, CHAD))[0] == (None, False, "third party")
    assert spoken(told, mention(1, "threaten", MALI, NIGER))[0] == (None, False, "third party")


def test_rows_say_what_is_spoken_of() -> None:
    hit, denied = rows("Shells hit a market in Donetsk. Russia denied shelling the market.")
    assert (hit["disputed"], hit["speaks_of"]) == (True, None)
    assert (denied["cameo"], denied["speaks_of"]) == ("016", hit["event_id"])


def test_a_bomb_is_laid_at_the_door_of_those_who_are_blamed() -> None:
    bomb, blame = rows("A bomb killed four people in Ankara; police blamed the PKK.")
    assert (bomb["source"], blame["speaks_of"]) == ("TURREB", bomb["event_id"])
    (bomb,) = [
        r for r in rows("A bomb killed four in Ankara. Police praised medics.") if r["cameo"]
    ]
    assert bomb["source"] is None
