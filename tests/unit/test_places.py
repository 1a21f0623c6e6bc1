"""Places in sentences: finding them, choosing among namesakes, tying them to a deed."""

from __future__ import annotations

import time

import pytest

from coder.codebook.gazetteer import Place
from coder.matching.tree import Tree
from coder.resolving.places_choose import (
    PlaceContext,
    main_place,
    place_context,
    resolve,
)
from coder.resolving.places_deed import places_for, relation
from coder.resolving.places_infer import inferred_country, kind_of
from coder.resolving.places_spans import PlaceSpan
from coder.types import Where
from tests.gazetteer_sample import finder, gazetteer
from tests.parses import parse


def names(text: str) -> list[str]:
    return [s.text for s in finder().find(parse(text))]


def token(tree: Tree, word: str) -> int:
    return tree.words.index(word)


def wheres(text: str, context: PlaceContext | None = None) -> list[Where]:
    spans = finder().find(parse(text))
    return [resolve(s, context or place_context(spans)) for s in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jets bombed Baalbek on Monday.", ["Baalbek"]),
        ("Two men were shot in Kandahar.", ["Kandahar"]),
        ("Shells fell near Port Sudan and Kassala.", ["Port Sudan", "Kassala"]),
        ("Fighting went on in Deir al-Zour.", ["Deir al-Zour"]),
        ("Troops entered al-Fasher at dawn.", ["al-Fasher"]),
        ("A mine exploded in Burkina Faso.", ["Burkina Faso"]),
        ("Rebels hold much of Tigray.", ["Tigray"]),
        ("A tanker was hit in the Red Sea.", ["Red Sea"]),
        ("Rockets struck the Golan Heights.", ["Golan Heights"]),
        ("Boats met at Second Thomas Shoal.", ["Second Thomas Shoal"]),
        ("Two died in Idlib province.", ["Idlib"]),
        ("A bomb went off in the town of Baidoa.", ["Baidoa"]),
        ("Gunmen raided Kaya, Burkina Faso.", ["Kaya", "Burkina Faso"]),
        ("A patrol was ambushed at Dori (Sahel).", ["Dori", "Sahel"]),
        ("Syria's Idlib was calm.", ["Syria", "Idlib"]),
        ("Police fired on a crowd in Gaza City.", ["Gaza City"]),
        ("Drones hit a base in northern Iraq.", ["Iraq"]),
        ("Raiders burned huts in the Nuba Mountains.", ["Nuba Mountains"]),
        ("A rocket landed outside Kyiv, Ukraine.", ["Kyiv", "Ukraine"]),
        ("Troops left Bab al-Hawa.", ["Bab al-Hawa"]),
        ("Gangs hold much of Port-au-Prince, Haiti.", ["Port-au-Prince", "Haiti"]),
    ],
)
def test_known_names_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four men died in the village of Zarqumbo.", ["Zarqumbo"]),
        ("Soldiers clashed with rebels near Zarqumbo.", ["Zarqumbo"]),
        ("A bus was burned in Zarqumbo district.", ["Zarqumbo"]),
        ("Herders were killed at Wadi Zarqum on Friday.", ["Wadi Zarqum"]),
        ("Rebels attacked Zarqumbo, Mali.", ["Zarqumbo", "Mali"]),
        ("Farmers fled from Zarqumbo.", ["Zarqumbo"]),
    ],
)
def test_unknown_names_are_found_where_the_sentence_shows_a_place(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lloyd Austin met reporters.",
        "Clinton spoke on Monday.",
        "Michael Jordan retired.",
        "The March of the union was calm.",
        "Most people stayed at home.",
        "The New York Times reported the raid.",
        "Paris Saint-Germain won again.",
        "Hamas released two men.",
        "In May the talks ended.",
        "Officials at Google declined to comment.",
        "Reading is fun.",
        "The Black Sea Fleet was put on alert.",
        "Members of the Islamic State were seen.",
        "He spoke in Parliament.",
        "It happened in Africa.",
    ],
)
def test_other_names_are_no_places(text: str) -> None:
    assert names(text) == []


def test_stop_names_are_places_after_a_preposition_of_place() -> None:
    assert names("A knifeman was shot in Nice.") == ["Nice"]
    assert names("Nice shot.") == []


def test_taken_spans_hold_no_places() -> None:
    tree = parse("The governor of Idlib met envoys in Ankara.")
    at = token(tree, "Idlib")
    assert [s.text for s in finder().find(tree, [(at - 2, at + 1)])] == ["Ankara"]


def test_short_names_of_countries_are_matched_as_written() -> None:
    assert [p.level for p in finder().candidates("US")][:1] == ["country"]
    assert all(p.level != "country" for p in finder().candidates("Us"))


def test_spans_name_their_tokens_cue_and_level() -> None:
    [span] = finder().find(parse("Two died in Zarqum province."))
    assert (span.start, span.end, span.head, span.text) == (3, 4, 3, "Zarqum")
    assert (span.cue, span.level, span.candidates) == ("strong", "admin1", ())


def test_the_larger_places_beside_a_name_are_within() -> None:
    spans = finder().find(parse("Shells hit Saraqib, Idlib, Syria."))
    assert [s.text for s in spans] == ["Saraqib", "Idlib", "Syria"]
    assert [s.text for s in spans[0].within] == ["Idlib", "Syria"]
    assert [s.text for s in spans[1].within] == ["Syria"]


def test_a_list_is_not_a_chain() -> None:
    spans = finder().find(parse("Bombs went off in Damascus, Iraq and Lebanon."))
    assert [s.within for s in spans] == [(), (), ()]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Police fired shots in Tripoli, Lebanon.", ("Tripoli", "LBN", "town")),
        ("Police fired shots in Tripoli, Libya.", ("Tripoli", "LBY", "town")),
        ("A bomb exploded in Hyderabad, India.", ("Hyderabad", "IND", "town")),
        ("A bomb exploded in Hyderabad, Pakistan.", ("Hyderabad", "PAK", "town")),
        ("Two died in Kharkiv.", ("Kharkiv", "UKR", "town")),
        ("Two died in Kharkiv oblast.", ("Kharkiv", "UKR", "admin1")),
        ("Two died in Paris, Texas.", ("Paris", "USA", "town")),
        ("Two died in Georgia.", (None, "GEO", "country")),
        ("Two died in Zarqumbo, Mali.", ("Zarqumbo", "MLI", "town")),
        ("Two died in Hong Kong.", ("Hong Kong", "CHN", "town")),
        ("Two died in the Gulf of Aden.", ("Gulf of Aden", "YEM", "sea")),
    ],
)
def test_resolve(text: str, place: tuple[str | None, str, str]) -> None:
    first = wheres(text)[0]
    assert (first.name, first.country, first.level) == place


def test_context_chooses_among_namesakes() -> None:
    spans = finder().find(parse("Two men were shot in Tripoli."))
    assert resolve(spans[0], PlaceContext()).country == "LBY"
    assert resolve(spans[0], PlaceContext({"LBN": 3.0})).country == "LBN"


def test_a_small_namesake_in_an_unnamed_country_is_not_taken() -> None:
    small = Place("Zarqum", "USA", "Ohio", 40.0, -82.0, "town", 900, "1")
    span = PlaceSpan(0, 1, 0, "Zarqum", (small,), cue="strong")
    assert resolve(span, PlaceContext({"USA": 1.0})).geonames_id == "1"
    assert resolve(span, PlaceContext()).geonames_id == "1"
    elsewhere = resolve(span, PlaceContext({"SDN": 3.0}))
    assert (elsewhere.country, elsewhere.latitude) == ("SDN", None)


def test_an_unknown_place_keeps_its_name_and_gets_a_country() -> None:
    [span] = finder().find(parse("Two men were shot near Zarqumbo."))
    got = resolve(span, PlaceContext({"BFA": 3.0, "FRA": 0.4}))
    assert (got.name, got.country, got.latitude, got.level) == ("Zarqumbo", "BFA", None, "town")
    nowhere = resolve(span, PlaceContext())
    assert (nowhere.name, nowhere.country) == ("Zarqumbo", None)


def test_a_region_stated_beside_an_unknown_place_is_its_region() -> None:
    got = wheres("A patrol was hit at Zarqumbo (Centre-Nord).")[0]
    assert (got.name, got.country, got.admin1, got.latitude) == (
        "Zarqumbo", "BFA", "Centre-Nord", None
    )  # fmt: skip


def test_a_quarter_has_the_coordinates_of_its_town() -> None:
    quarter, town = wheres("Shells fell on the Zarqum quarter of Aleppo.")
    assert (quarter.name, town.name) == ("Zarqum", "Aleppo")
    assert (quarter.latitude, quarter.country) == (town.latitude, "SYR")


def test_where_carries_coordinates_region_and_id() -> None:
    [got] = wheres("Two men were shot in Maiduguri.")
    assert (got.admin1, got.basis, got.geonames_id) == ("Borno", "stated", "2331447")
    assert (round(got.latitude or 0), round(got.longitude or 0)) == (12, 13)
    assert (got.start_token, got.end_token, got.text) == (5, 6, "Maiduguri")


def deed(text: str, trigger: str, sources: tuple[str, ...] = ()) -> list[str]:
    tree = parse(text)
    spans = finder().find(tree)
    acting = [token(tree, s) for s in sources]
    return [s.text for s in places_for(tree, token(tree, trigger), spans, finder().words, acting)]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Jets bombed Baalbek.", "bombed", ["Baalbek"]),
        ("Gunmen killed two men in Kandahar.", "killed", ["Kandahar"]),
        ("An air strike on Hodeidah killed four.", "strike", ["Hodeidah"]),
        ("The Damascus bombing killed four.", "bombing", ["Damascus"]),
        ("The Jordan attack killed three soldiers.", "attack", ["Jordan"]),
        ("A US strike killed four men in Yemen.", "strike", ["Yemen"]),
        ("Shells hit a hospital in Gaza City.", "hit", ["Gaza City"]),
        ("Missiles struck targets near Hodeidah.", "struck", ["Hodeidah"]),
        ("Police in Nairobi shot three men.", "shot", ["Nairobi"]),
        ("A bomb went off on the outskirts of Mogadishu.", "went", ["Mogadishu"]),
        ("Baalbek was hit by two rockets.", "hit", ["Baalbek"]),
        ("Aleppo saw heavy shelling.", "shelling", ["Aleppo"]),
        ("Israel bombed Beirut.", "bombed", ["Beirut"]),
        ("Soldiers fired on a crowd in Goma, Congo.", "fired", ["Goma", "Congo"]),
        ("A blast killed six in the city of Quetta.", "killed", ["Quetta"]),
        ("Rockets were fired from Gaza.", "fired", ["Gaza"]),
    ],
)
def test_places_of_a_deed(text: str, trigger: str, expected: list[str]) -> None:
    assert deed(text, trigger) == expected


def test_the_place_of_a_reporting_verb_is_the_speakers() -> None:
    text = "Rebels killed four men in Idlib, a spokesman said in Geneva."
    assert deed(text, "killed") == ["Idlib"]
    assert deed(text, "said")[0] == "Geneva"


def test_a_country_that_acts_is_no_place() -> None:
    assert deed("Iran attacked a tanker off Yemen.", "attacked") == ["Yemen"]


def test_places_among_the_sources_are_left_out() -> None:
    text = "The Damascus bombing killed four."
    assert deed(text, "bombing", ("Damascus",)) == []


def test_talks_on_a_place_are_not_there() -> None:
    assert deed("Talks on Abkhazia resumed in Geneva.", "Talks") == ["Geneva"]


def test_origin_comes_after_the_place() -> None:
    text = "Rockets were fired from Gaza at Sderot."
    assert deed(text, "fired") == ["Sderot", "Gaza"]


def test_landmarks_come_after_the_place() -> None:
    text = "Raiders shot two men at Zarqumbo, south of Gao."
    assert deed(text, "shot")[0] == "Zarqumbo"


@pytest.mark.parametrize(
    ("text", "trigger", "place", "tie"),
    [
        ("Jets bombed Baalbek.", "bombed", "Baalbek", "deed"),
        ("A school in Idlib was hit.", "hit", "Idlib", "target"),
        ("The Damascus bombing killed four.", "bombing", "Damascus", "modifier"),
        ("An envoy flew to Beijing.", "flew", "Beijing", "goal"),
        ("Rockets were fired from Gaza.", "fired", "Gaza", "origin"),
        ("A US strike killed four.", "strike", "US", "none"),
    ],
)
def test_relation(text: str, trigger: str, place: str, tie: str) -> None:
    tree = parse(text)
    [span] = [s for s in finder().find(tree) if s.text == place]
    assert relation(tree, token(tree, trigger), span, finder().words) == tie


SYRIA = Where(None, "SYR", "country", "stated")
IDLIB = Where("Idlib", "SYR", "admin1", "stated", "Idlib")
SARAQIB = Where("Saraqib", "SYR", "town", "stated", "Idlib")
HOMS = Where("Homs", "SYR", "town", "stated", "Homs")
HAIFA = Where("Haifa", "ISR", "town", "stated", "Haifa")
UNKNOWN = Where("Zarqumbo", None, "town", "stated")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], None),
        ([SYRIA], SYRIA),
        ([SYRIA, HAIFA], SYRIA),
        ([SYRIA, SARAQIB], SARAQIB),
        ([IDLIB, HOMS], IDLIB),
        ([IDLIB, SARAQIB], SARAQIB),
        ([SARAQIB, HOMS], SARAQIB),
        ([UNKNOWN], UNKNOWN),
        ([UNKNOWN, HAIFA], HAIFA),
    ],
)
def test_main_place(given: list[Where], expected: Where | None) -> None:
    assert main_place(given) == expected


def test_context_counts_names_that_mean_one_country() -> None:
    here = finder().find(parse("Shells fell in Idlib."))
    there = finder().find(parse("Envoys met in Turkey."))
    context = place_context(here, there, countries={"USA": 0.5})
    assert context.countries == {"USA": 0.5, "SYR": 3.0, "TUR": 1.0}
    assert context.first == "SYR"
    assert ("SYR", "Idlib") in context.regions
    assert PlaceContext().first is None


def test_inferred_country() -> None:
    g = gazetteer()
    beirut = Where("Beirut", "LBN", "town", "stated", "Beirut", latitude=33.9, longitude=35.5)

    def got(*args: object) -> tuple[str | None, str] | None:
        where = inferred_country(g, *args)  # type: ignore[arg-type]
        return None if where is None else (where.country, where.basis)

    assert got("force", "YEM", "USA", None) == ("YEM", "inferred")
    assert got("force", None, "USA", None) is None
    assert got("force", None, "USA", beirut) == ("LBN", "dateline")
    assert got("protest", "FRA", "HTI", None) == ("HTI", "inferred")
    assert got("protest", "FRA", None, None) == ("FRA", "inferred")
    assert got("own", "FRA", "HTI", None) == ("HTI", "inferred")
    assert got("own", "FRA", None, None) is None
    assert got("there", "FRA", "HTI", None) == ("FRA", "inferred")
    assert got("shared", "FRA", "HTI", None) is None
    assert got("shared", "HTI", "HTI", None) == ("HTI", "inferred")
    assert got("other", "YEM", "USA", None) is None
    assert got("other", "YEM", "USA", beirut) == ("LBN", "dateline")


def test_kind_of_a_deed_says_whose_country_it_is_in() -> None:
    assert kind_of("assault.air_strike") == "force"
    assert kind_of("coerce.cyber") == "force"
    assert kind_of("coerce.arrest") == "protest"
    assert kind_of("condemn") == kind_of("reduce.expel_envoy") == "own"
    assert kind_of("consult.visit") == "there"
    assert kind_of("consult.phone") == kind_of("aid.military") == "shared"
    assert kind_of("aid.asylum") == "own"
    assert kind_of("topic.policy") is None


def test_finding_is_fast() -> None:
    texts = ["Jets bombed Baalbek on Monday.", "A US strike killed four men in Yemen, aides said."]
    trees = [parse(t) for t in texts]
    find = finder().find
    for tree in trees:
        find(tree)
    start = time.process_time()
    for _ in range(1_000):
        for tree in trees:
            find(tree)
    assert 2_000 / (time.process_time() - start) > 5_000


def test_spans_are_values() -> None:
    span = PlaceSpan(0, 1, 0, "Goma", ())
    assert span == PlaceSpan(0, 1, 0, "Goma", ())
    assert span.coarsest == "town"
