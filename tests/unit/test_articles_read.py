"""Reading files of each format, and what happens to those that cannot be read."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coder.articles.options import ReadOptions
from coder.articles.read import read_articles
from coder.errors import CoderError
from coder.types import Article, Reject

BODY = "Rebels shelled the market of a border town on Monday, the mayor said."


def articles(path: object, **options: object) -> list[Article]:
    got = list(read_articles([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
    assert [x for x in got if isinstance(x, Reject)] == []
    return [x for x in got if isinstance(x, Article)]


def rejects(path: object, **options: object) -> list[tuple[str, str]]:
    got = list(read_articles([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
    return [(x.code, Path(x.place).name) for x in got if isinstance(x, Reject)]


def error(*paths: object, **options: object) -> str:
    with pytest.raises(CoderError) as caught:
        list(read_articles([str(p) for p in paths], ReadOptions(**options)))  # type: ignore[arg-type]
    return caught.value.code


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- text ---


@pytest.mark.parametrize(
    ("header", "place"),
    [
        (" date 2024-02-03 WASHINGTON: ", "WASHINGTON"),
        ("date 2024-02-03 TEL AVIV: ", "TEL AVIV"),
        (" date 2024-02-03 NEW YORK, N.Y.: ", "NEW YORK, N.Y."),
        ("\ufeff date 2024-02-03 SAN JOSÉ: ", "SAN JOSÉ"),
        (" date 2024-02-03: ", None),
        (" date 2024-02-03 ", None),
        (" date 2024-02-03 OUAGADOUGOU:\n", "OUAGADOUGOU"),
    ],
)
def test_text_header(tmp_path: Path, header: str, place: str | None) -> None:
    [got] = articles(write(tmp_path / "a.txt", f"{header}{BODY}\r\n\r\n“More.”\r\n"))
    assert (got.text, got.dateline) == (f"{BODY}\n\n“More.”", place)
    assert (got.published, got.row, got.language) == (date(2024, 2, 3), 1, "en")


def test_text_body_may_hold_colons_and_its_own_dateline(tmp_path: Path) -> None:
    body = "BEIRUT, March 3 (Reuters) - The mayor said: nobody was hurt in the town."
    [got] = articles(write(tmp_path / "a.txt", f"date 2024-03-03: {body}"))
    assert (got.text, got.dateline) == (body, "BEIRUT")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BODY, "E110"),
        (f" date WASHINGTON: {BODY}", "E110"),
        (f" date 2024-13-45 WASHINGTON: {BODY}", "E111"),
        (f" date 03/02/2024 WASHINGTON: {BODY}", "E112"),
        ("", "E113"),
        (" \n\n", "E113"),
        (" date 2024-02-03 WASHINGTON: \n", "E113"),
        (f" date 2024-02-03 WASHINGTON: {BODY * 99}", "E114"),
        (" date 2024-02-03 PARIS: Douze personnes ont été tuées lundi dans la ville.", "E115"),
    ],
)
def test_text_rejects(tmp_path: Path, content: str, code: str) -> None:
    assert rejects(write(tmp_path / "a.txt", content), max_chars=3000) == [(code, "a.txt:1")]


def test_reject_says_why(tmp_path: Path) -> None:
    [got] = read_articles([str(write(tmp_path / "a.txt", "date 2024-13-45 ROME: x"))])
    assert isinstance(got, Reject)
    assert got.message.startswith("'2024-13-45' is not a publication date: month must be in 1..12")
    assert (got.step, got.place) == ("read", f"{tmp_path / 'a.txt'}:1")


def test_text_in_windows_1252(tmp_path: Path) -> None:
    text = f"The “guards” of Orléans fled. {BODY}"
    path = write(tmp_path / "a.txt", f"date 2024-02-03 PARIS: {text}".encode("cp1252"))
    assert articles(path)[0].text == text


def test_packed_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt.gz", gzip.compress(f"date 2024-02-03 ROME: {BODY}".encode()))
    assert articles(path)[0].text == BODY
    write(path, path.read_bytes()[:-12])
    assert error(path) == "E102"
    assert error(write(tmp_path / "b.txt.gz", b"not packed")) == "E102"


# --- JSON lines ---


def test_jsonl(tmp_path: Path) -> None:
    full = {
        "ID": 7,
        "Body": BODY,
        "published_at": "2024-02-03T10:00:00Z",
        "Source": " Daily ",
        "title": "War",
        "url": "",
        "lang": "en-GB",
        "source_scale": "national",
        "license": "CC0",
        "other": [1],
    }
    lines = [json.dumps(full), "", "{broken", "[1]", json.dumps({"text": BODY, "date": "nope"})]
    path = write(tmp_path / "a.jsonl", "\r\n".join(lines))
    first, *rest = read_articles([str(path)])
    assert isinstance(first, Article)
    assert (first.input_id, first.publisher, first.headline, first.url) == (
        "7",
        "Daily",
        "War",
        None,
    )
    assert (first.published, first.published_at) == (date(2024, 2, 3), "2024-02-03T10:00:00Z")
    assert (first.language, first.source_scale, first.licence) == ("en", "national", "CC0")
    assert [(r.code, r.place) for r in rest if isinstance(r, Reject)] == [
        ("E116", f"{path}:3"),
        ("E116", f"{path}:4"),
        ("E111", f"{path}:5"),
    ]


def test_jsonl_keeps_text_as_it_is(tmp_path: Path) -> None:
    text = f"  {BODY}\t‘x’ \n"
    row = json.dumps({"text": text.replace("\n", "\r\n") + "\ud800", "date": "20240203"})
    assert articles(write(tmp_path / "a.jsonl", row))[0].text == text + "\ufffd"


def test_jsonl_bad_values(tmp_path: Path) -> None:
    rows = [
        {"date": "2024-02-03", "text": BODY},
        {"date": "2024-02-03", "text": ["a"]},
        {"date": "2024-02-03"},
        {"text": BODY},
        {"text": BODY, "date": True},
        {"text": "\x00 \n", "date": "2024-02-03"},
        {"text": BODY, "date": "2024-02-03", "language": "de"},
        {"text": "x" * 101, "date": "2024-02-03"},
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert rejects(path, max_chars=100) == [
        ("E119", "a.jsonl:2"),
        ("E113", "a.jsonl:3"),
        ("E110", "a.jsonl:4"),
        ("E110", "a.jsonl:5"),
        ("E113", "a.jsonl:6"),
        ("E115", "a.jsonl:7"),
        ("E114", "a.jsonl:8"),
    ]


def test_jsonl_line_that_is_too_long_or_not_utf8(tmp_path: Path) -> None:
    good = json.dumps({"text": BODY, "date": "2024-02-03"}).encode()
    bad = good.replace(b"town", b"t\xffwn")
    filler = b"\n" * (1 << 20)  # the encoding is found before the bad bytes
    path = write(tmp_path / "a.jsonl", good + b"\n" + b"x" * 70_000 + b"\n" + good + filler + bad)
    assert rejects(path, max_chars=100) == [
        ("E114", "a.jsonl:2"),
        ("E107", f"a.jsonl:{3 + (1 << 20)}"),
    ]


def test_given_language_wins(tmp_path: Path) -> None:
    row = {
        "text": "Douze personnes ont été tuées lundi dans la ville de Bamako.",
        "date": "20240203",
    }
    assert rejects(write(tmp_path / "a.jsonl", json.dumps(row))) == [("E115", "a.jsonl:1")]
    assert rejects(write(tmp_path / "b.jsonl", json.dumps({**row, "lang": "en"}))) == []
    assert rejects(tmp_path / "a.jsonl", check_language=False) == []


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps({"id": "s1", "text": BODY, "published": "2024-02-03"}) + "\n{}\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    first, second = read_articles(["-"])
    assert isinstance(first, Article)
    assert isinstance(second, Reject)
    assert (first.input_id, second.code, second.place) == ("s1", "E113", "-:2")


# --- tables ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    text = f'{BODY}\nSecond, "quoted"; line.'
    cell = '"' + text.replace('"', '""') + '"'
    rows = ["Date,Text,Outlet", f"2024-02-03,{cell},X", "", f"2024-02-04,{BODY.replace(',', '')},"]
    content = "\r\n".join(
        r if r.startswith("2024-02-03,") else r.replace(",", delimiter) for r in rows
    )
    content = content.replace("2024-02-03,", f"2024-02-03{delimiter}").replace(
        ",X", f"{delimiter}X"
    )
    first, second = articles(write(tmp_path / "a.csv", "\ufeff" + content))
    assert (first.text, first.publisher, first.row) == (text, "X", 2)
    assert (second.publisher, second.row) == (None, 5)


def test_csv_broken_rows(tmp_path: Path) -> None:
    good = f'2024-02-03,"{BODY}"'
    path = write(
        tmp_path / "a.csv", f"date,text\n{good}\n{good},more\n2024-02-03\n03/02/2024,x\n{good}\n"
    )
    assert rejects(path) == [("E117", "a.csv:3"), ("E117", "a.csv:4"), ("E112", "a.csv:5")]
    assert len(list(read_articles([str(path)]))) == 5


def test_csv_huge_field(tmp_path: Path) -> None:
    long = BODY * 5000
    assert articles(write(tmp_path / "a.csv", f'date,text\n2024-02-03,"{long}"\n'))[0].text == long


def test_named_columns_and_defaults(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f'day,story,text\n03/02/2024,"{BODY}",summary\n')
    columns = {"text": "story", "published": "Day"}
    [got] = articles(
        path, columns=columns, date_format="%d/%m/%Y", publisher="Daily", ingested_at="t"
    )
    assert (got.text, got.published, got.publisher) == (BODY, date(2024, 2, 3), "Daily")
    assert got.ingested_at == "t"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "when,text\n2024,x\n"), ("a.csv", ""), ("a.jsonl", '{"when": "2024", "text": "x"}')],
)
def test_missing_column(tmp_path: Path, name: str, content: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(CoderError) as caught:
        list(read_articles([str(path)]))
    assert caught.value.code == "E108"
    found = "when" if content else "none"
    assert found in caught.value.text


def test_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {
            "article_id": ["a", "b", "c"],
            "published": pa.array([date(2024, 2, 3), None, date(2024, 2, 5)]),
            "heading": ["H", None, None],
            "text": pa.array([BODY, BODY, BODY + "\x00"], pa.large_string()),
            "unused": [1, 2, 3],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    got = list(read_articles([str(tmp_path / "a.parquet")]))
    first, second, third = got
    assert isinstance(first, Article)
    assert isinstance(second, Reject)
    assert isinstance(third, Article)
    assert (first.input_id, first.headline, first.row) == ("a", "H", 1)
    assert (second.code, second.place) == ("E110", f"{tmp_path / 'a.parquet'}:2")
    assert (third.text, third.published) == (BODY + "\ufffd", date(2024, 2, 5))


def test_parquet_timestamps(tmp_path: Path) -> None:
    stamps = pa.array([1706918400_123456789], pa.timestamp("ns", tz="UTC"))
    pq.write_table(pa.table({"date": stamps, "text": [BODY]}), tmp_path / "a.parquet")
    [got] = articles(tmp_path / "a.parquet")
    assert (got.published, got.published_at) == (
        date(2024, 2, 3),
        "2024-02-03T00:00:00.123456+00:00",
    )


def test_parquet_faults(tmp_path: Path) -> None:
    assert error(write(tmp_path / "a.parquet", b"PAR1 no")) == "E102"
    pq.write_table(pa.table({"x": [1]}), tmp_path / "b.parquet")
    assert error(tmp_path / "b.parquet") == "E108"


# --- PETRARCH XML ---


def test_petrarch_xml(tmp_path: Path) -> None:
    content = f"""<?xml version="1.0"?>
<Sentences><!-- & < -->
<Sentence date = "20240203" id ="A-1" source="AFP" sentence="true"><EventCoding eventcode="190"/>
<Text>
Rebels &amp; troops &unknown; AT&T
fought   on.

{BODY} <![CDATA[a & b &amp;]]>
</Text><Parse>(ROOT (S))</Parse></Sentence>
<Sentence date="20241345" id="A-2"><Text>{BODY}</Text></Sentence>
<Sentence date="20240203" id="A-3"></Sentence>
</Sentences>"""
    path = write(tmp_path / "a.xml", content)
    first, *rest = read_articles([str(path)])
    assert isinstance(first, Article)
    assert first.text == f"Rebels & troops &unknown; AT&T fought on.\n\n{BODY} a & b &amp;"
    assert (first.input_id, first.publisher, first.row) == ("A-1", "AFP", 3)
    assert [(r.code, r.place) for r in rest if isinstance(r, Reject)] == [
        ("E111", f"{path}:10"),
        ("E113", f"{path}:11"),
    ]


def test_xml_entities_are_never_expanded(tmp_path: Path) -> None:
    content = f"""<!DOCTYPE x [<!ENTITY a "BOOM"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<x><Sentence date="20240203"><Text>&a; &f; {BODY}</Text></Sentence></x>"""
    assert articles(write(tmp_path / "a.xml", content))[0].text == f"&a; &f; {BODY}"


def test_xml_that_breaks_off(tmp_path: Path) -> None:
    content = f'<x>\n<Sentence date="20240203"><Text>{BODY}</Text></Sentence>\n<Sentence></x>'
    first, second = read_articles([str(write(tmp_path / "a.xml", content))])
    assert isinstance(first, Article)
    assert isinstance(second, Reject)
    assert (second.code, Path(second.place).name) == ("E118", "a.xml:3")


# --- paths ---


def test_folder_order_and_rejects(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.TXT", "a.txt", "c.txt"):
        write(tmp_path / name, f"date 2024-02-03 ROME: {BODY}")
    write(tmp_path / ".hidden.txt", "x")
    write(tmp_path / "b/readme.md", "x")
    write(tmp_path / "b/picture.txt", bytes(range(256)))
    write(tmp_path / "b/table.csv", "a,b\n1,2\n")
    got = list(read_articles([str(tmp_path)]))
    names = [
        str(Path(x.file if isinstance(x, Article) else x.place).relative_to(tmp_path)) for x in got
    ]
    assert names == [
        "a.txt",
        "b/1.TXT",
        "b/2.txt",
        "b/picture.txt",
        "b/readme.md",
        "b/table.csv",
        "c.txt",
    ]
    assert [x.code for x in got if isinstance(x, Reject)] == ["E106", "E105", "E108"]


def test_globs_and_overlaps(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        write(tmp_path / name, f"date 2024-02-03 ROME: {BODY}")

    def names(*paths: str) -> list[str]:
        given = [str(tmp_path / p) for p in paths]
        return [Path(x.file).name for x in read_articles(given) if isinstance(x, Article)]

    assert names("*.txt") == ["a.txt", "b.txt"]
    assert names("**/*.txt") == ["a.txt", "b.txt", "c.txt"]
    assert names("*") == ["a.txt", "b.txt", "c.txt"]
    assert names("b.txt", "") == ["b.txt", "a.txt", "c.txt"]
    assert names("sub/*.txt", "**") == ["c.txt", "a.txt", "b.txt"]


def test_link_loop_ends(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f"date 2024-02-03 ROME: {BODY}")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(read_articles([str(tmp_path)]))) == 1


def test_path_errors_come_before_reading(tmp_path: Path) -> None:
    good = write(tmp_path / "a.txt", f"date 2024-02-03 ROME: {BODY}")
    (tmp_path / "empty").mkdir()
    picture = write(tmp_path / "p.png", bytes(range(256)))
    for paths, code in (
        ([], "E109"),
        ([good, tmp_path / "none.txt"], "E101"),
        ([good, tmp_path / "*.csv"], "E104"),
        ([good, tmp_path / "empty"], "E103"),
        ([good, picture], "E105"),
    ):
        with pytest.raises(CoderError) as caught:
            read_articles([str(p) for p in paths])
        assert caught.value.code == code
    assert error(write(tmp_path / "b.txt", bytes(range(256)))) == "E106"


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", (json.dumps({"text": BODY, "date": "20240203"}) + "\n") * 50)
    stream = read_articles([str(path)])
    assert isinstance(next(stream), Article)
    assert len(list(stream)) == 49
