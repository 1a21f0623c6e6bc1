"""The small parts of reading: ids, cleaning, dates, datelines, columns, language, encodings."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from coder.articles.clean import clean_text
from coder.articles.dateline import find_dateline
from coder.articles.dates import parse_published
from coder.articles.decoding import find_encoding
from coder.articles.fields import find_columns
from coder.articles.ids import article_id, text_hash
from coder.articles.language import find_language, is_english_code
from coder.articles.options import ReadOptions
from coder.errors import CoderError

DAY = date(2024, 2, 3)


def test_ids_are_stable() -> None:
    assert text_hash("") == "cae66941d9efbd404e4d88758ea67670"
    assert article_id(None, DAY, "x") == article_id(None, DAY, "x")
    assert len(article_id("A", DAY, "x")) == 32


def test_ids_separate_their_fields() -> None:
    triples = [
        (None, DAY, "x"),
        ("", DAY, "x"),
        ("-", DAY, "x"),
        ("A", DAY, "Bx"),
        ("AB", DAY, "x"),
    ]
    assert len({article_id(*t) for t in triples}) == len(triples)
    assert article_id("A", DAY, "x") != article_id("A", date(2024, 2, 4), "x")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeffa", "a"),
        ("‘a’ “b” — c…", "‘a’ “b” — c…"),
        ("a\x00b\x1bc\x7fd", "a\ufffdb\ufffdc\ufffdd"),
        ("a\x0bb\x0cc\x85d", "a\nb\nc\nd"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\t a ", "\t a "),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2024, 2, 3, 23, 59, tzinfo=UTC),
        20240203,
        "2024-02-03",
        " 2024-02-03 ",
        "20240203",
        "2024/02/03",
        "2024-02-03T23:30:00-11:00",
        "2024-02-03 00:10",
        "2024-02-03T10:00:00.123Z",
        "20240203T101500Z",
        "Sat, 03 Feb 2024 23:30:00 -0500",
        "3 February 2024",
        "3 Feb. 2024",
        "February 3, 2024",
        "Saturday, February 3rd, 2024",
        "3-Feb-2024",
    ],
)
def test_dates_that_are_read(value: object) -> None:
    assert parse_published(value) == DAY


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "E110"),
        ("  ", "E110"),
        ("2024-13-45", "E111"),
        ("2023-02-29", "E111"),
        ("20241345", "E111"),
        ("2024-02", "E111"),
        ("2024-02-03 maybe", "E111"),
        ("2024-02-03-04", "E111"),
        ("3 Febtober 2024", "E111"),
        ("31 June 2024", "E111"),
        ("last Friday", "E111"),
        ("1706918400", "E111"),
        ("03/02/2024", "E112"),
        ("13/02/2024", "E112"),
        ("3.2.24", "E112"),
    ],
)
def test_dates_that_are_refused(value: object, code: str) -> None:
    with pytest.raises(CoderError) as error:
        parse_published(value)
    assert error.value.code == code


def test_date_format_decides_alone() -> None:
    assert parse_published("03/02/2024", "%d/%m/%Y") == DAY
    assert parse_published("02/03/2024", "%m/%d/%Y") == DAY
    with pytest.raises(CoderError, match="not of the form"):
        parse_published("2024-02-03", "%d/%m/%Y")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("WASHINGTON (AP) — The army left.", "WASHINGTON"),
        ("BEIRUT, March 3 (Reuters) - The army left.", "BEIRUT"),
        ("BEIRUT, 3 March 2024 (Reuters) - The army left.", "BEIRUT"),
        ("KYIV, Ukraine (AP) — The army left.", "KYIV, Ukraine"),
        ("NEW YORK, N.Y.: The army left.", "NEW YORK, N.Y."),
        ("SAN JOSÉ – The army left.", "SAN JOSÉ"),
        ("SANA’A -- The army left.", "SANA’A"),
        ("Port-au-Prince (AFP) - The army left.", "Port-au-Prince"),
        ("WASHINGTON/BEIRUT (Reuters) - The army left.", "WASHINGTON/BEIRUT"),
        ("The army - which left - returned.", None),
        ("Ministers: the army left.", None),
        ("Republicans left (for now) and: more.", None),
        ("A - b", None),
        ("", None),
    ],
)
def test_datelines(text: str, place: str | None) -> None:
    assert find_dateline(text) == place


def test_columns_are_found_by_usual_names() -> None:
    names = ["ID", "Outlet", "Heading", "Link", "Lang", "Article Text", "Pub-Date", "License", "x"]
    assert find_columns(names, {}) == {
        "text": "Article Text",
        "published": "Pub-Date",
        "input_id": "ID",
        "publisher": "Outlet",
        "language": "Lang",
        "url": "Link",
        "headline": "Heading",
        "licence": "License",
    }


def test_a_chosen_column_is_never_replaced() -> None:
    assert find_columns(["text", "Story", "date"], {"text": "story"})["text"] == "Story"
    assert "text" not in find_columns(["text", "date"], {"text": "story"})


def test_options_refuse_unknown_names() -> None:
    with pytest.raises(CoderError, match="E120"):
        ReadOptions(columns={"txt": "a"})
    with pytest.raises(CoderError, match="E121"):
        ReadOptions(encoding="utf-9")
    with pytest.raises(CoderError, match="E121"):
        ReadOptions(encoding="rot13")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Au moins douze personnes ont été tuées dans une frappe aérienne sur le port.", "fr"),
        ("Al menos doce personas murieron en un ataque aéreo contra el puerto.", "es"),
        ("По меньшей мере двенадцать человек погибли при ударе по портовому городу.", "ru"),
        ("قتل ما لا يقل عن اثني عشر شخصا في غارة جوية على المدينة الساحلية يوم الاثنين.", "ar"),
        ("At least twelve people were killed in an air strike on the port on Monday.", "en"),
        ("Mort à Paris", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Phú Trọng received Włodzimierz Czarzasty and Seán Ó Fearghaíl at Hải Phòng.",
        "Gunmen of Boko Haram seized traders near Maiduguri, Borno State, Nigeria.",
        "The Landtag of Mecklenburg-Vorpommern and the Bürgerschaft of Hamburg met.",
    ],
)
def test_foreign_names_do_not_make_a_text_foreign(text: str) -> None:
    assert find_language(text) in ("en", None)


@pytest.mark.parametrize("code", ["en", "EN", "en-GB", "en_US", "eng", "English"])
def test_codes_for_english(code: str) -> None:
    assert is_english_code(code)


def test_encodings() -> None:
    old = "The “guards” of Orléans fired – and fled – at about noon on Monday, they said."
    russian = "По меньшей мере двенадцать человек погибли при ударе по портовому городу. " * 3
    assert find_encoding(old.encode(), "a", whole=True) == "utf-8"
    assert find_encoding(old.encode("cp1252"), "a", whole=True) == "cp1252"
    assert find_encoding(old.encode("utf-16"), "a", whole=True) == "utf-16"
    assert find_encoding(b"\xef\xbb\xbfabc", "a", whole=True) == "utf-8-sig"
    name = find_encoding(russian.encode("koi8-r"), "a", whole=True)
    assert russian.encode("koi8-r").decode(name) == russian
    # A sample that ends inside a character is still UTF-8.
    assert find_encoding("é".encode()[:1], "a", whole=False) == "utf-8"
    with pytest.raises(CoderError, match="E106"):
        find_encoding(bytes(range(256)), "a", whole=True)
