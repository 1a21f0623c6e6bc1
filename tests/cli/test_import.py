"""`coder import petrarch`, and coding and scoring with what it makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helper import ROOT, Ran, articles, coder

SHARED = ROOT.parent / "shared"
RECORDS = SHARED / "gold" / "petrarch2" / "PETR.UnitTest.records.xml"
PEERS = SHARED / "dictionaries" / "petrarch2"

VERBS = """&GOODS
+RICE
+RED BEAN
--- GIVE [070] ---
GIVE {GAVE GIVEN GIVES GIVING}
- * &GOODS TO  [073]
- DID NOT *  [121]
- % *  [030:030]
- * UP  [---]
--- VISIT [042:043] ---
VISIT
--- BOMB [195] ---
BOMB
--- RECEIVE [033] ---
RECEIVE
- + * HELP FROM $  [070]
"""
ACTORS = """NORGA [NRG <20200101] [NOR]
SELVIA [SLV]
+SELVIAN
BREEN [BRN]
"""
AGENTS = "MINISTER [~GOV]\nARMY {} [~MIL]\n"
DISCARDS = "CHESS\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("import")
    source = folder / "in"
    source.mkdir()
    files = {"verbs": VERBS, "actors": ACTORS, "agents": AGENTS, "discards": DISCARDS}
    for name, text in files.items():
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    ran = coder("import", "petrarch", source, "--out", folder / "book", "--id", "peers")
    assert ran.code == 0, ran.err
    assert "patterns" in ran.out
    assert "0 records set aside" in ran.err
    return folder / "book"


CODED = [
    ("Norga bombed Selvia.", [("NOR", "195", "SLV", False)]),
    ("Selvia was bombed by the army of Norga.", [("NORMIL", "195", "SLV", False)]),
    ("Norga gave red beans to Selvia.", [("NOR", "073", "SLV", False)]),
    ("Norga gave tea to Selvia.", [("NOR", "070", "SLV", False)]),
    ("Norga did not give rice to Selvia.", [("NOR", "073", "SLV", False)]),
    ("Norga did not give tea to Selvia.", [("NOR", "121", "SLV", False)]),
    ("Norga gave Selvia up.", []),
    ("Norga and Selvia will give.", [("NOR", "030", "SLV", True)]),
    ("Norga received help from Selvia.", [("SLV", "070", "NOR", False)]),
    (
        "The Selvian minister visited Norga.",
        [("SLVGOV", "042", "NOR", False), ("NOR", "043", "SLVGOV", False)],
    ),
    (
        "Norga bombed Selvia and Breen.",
        [("NOR", "195", "SLV", False), ("NOR", "195", "BRN", False)],
    ),
    ("Norga bombed Selvia over a game of chess.", []),
    ("Israel attacked Lebanon.", []),
]


def test_an_imported_codebook_codes(book: Path) -> None:
    line = {"published": "2024-02-03"}
    lines = [json.dumps({**line, "id": n, "text": text}) for n, (text, _) in enumerate(CODED)]
    early = {"published": "2019-12-31", "id": "early", "text": "Norga bombed Selvia."}
    stdin = "\n".join([*lines, json.dumps(early)]).encode()
    ran = coder("code", "--codebook", book, stdin=stdin)
    assert ran.code == 0, ran.err
    keys = ("source", "peers", "target", "reciprocal")
    found = [
        [tuple(e[k] for k in keys) for e in json.loads(a)["events"]] for a in ran.out.splitlines()
    ]
    for (text, rows), events in zip(CODED, found, strict=False):
        assert events == rows, text
    # Codes of actors hold for their time.
    assert found[-1] == [("NRG", "195", "SLV", False)]


def test_an_imported_codebook_passes_the_check_and_builds(book: Path, tmp_path: Path) -> None:
    ran = coder("check", book, "--cache", tmp_path)
    assert ran.code == 0, ran.out
    news = articles(
        tmp_path / "a.jsonl",
        {"id": "1", "published": "2024-02-03", "text": "Norga bombed Selvia."},
    )
    ran = coder("build", news, "--out", tmp_path / "out", "--codebook", book, "--workers", "1")
    assert ran.code == 0, ran.err
    asked = "SELECT codebook, code FROM codings"
    ran = coder("query", asked, "--dataset", tmp_path / "out", "--format", "csv")
    assert ran.out.split() == ["codebook,code", "peers,195"]


def test_explain_shows_the_rule(book: Path) -> None:
    ran = coder("explain", "Norga bombed Selvia.", "--published", "2024-02-03", "-c", book)
    assert ran.code == 0, ran.err
    assert "peers.bomb" in ran.out


def faulty(book: Path, tmp_path: Path, file: str, old: str, new: str) -> Ran:
    folder = tmp_path / "book"
    folder.mkdir()
    for path in book.iterdir():
        text = path.read_text(encoding="utf-8")
        text = text.replace(old, new, 1) if path.name == file else text
        (folder / path.name).write_text(text, encoding="utf-8")
    return coder("check", folder, "--cache", tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "said"),
    [
        ("codebook.yaml", "&syn.goods", "&syn.god", 1, "there is no set syn.god"),
        ("codebook.yaml", "type: code.073", "type: code.99", 1, "there is no type code.99"),
        ("codebook.yaml", "* up", "up", 1, "'up' needs one *"),
        ("codebook.yaml", "patterns:", "paterns:", 1, "unknown key"),
        ("actors.yaml", "until: 2020-01-01", "until: soon", 2, "E703 at"),
    ],
)
def test_faults_are_found(
    book: Path, tmp_path: Path, file: str, old: str, new: str, code: int, said: str
) -> None:
    ran = faulty(book, tmp_path, file, old, new)
    assert (ran.code, said in ran.out + ran.err) == (code, True), ran.out + ran.err


def test_a_codebook_that_stands_alone_is_used_by_itself(book: Path) -> None:
    ran = coder("code", "-c", book, "-c", "cameo", stdin=b"{}")
    assert ran.code == 2
    assert "E702" in ran.err


def test_wrong_uses_are_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing of the kind\n", encoding="utf-8")
    out = tmp_path / "out"
    assert "E700" in coder("import", "petrarch", tmp_path, "--out", out).err
    assert "E101" in coder("import", "petrarch", tmp_path / "none", "--out", out).err
    (tmp_path / "notes.txt").write_text("NORGA [NRG]\n", encoding="utf-8")
    assert "E705" in coder("import", "petrarch", tmp_path, "--out", out, "--id", "A b").err
    assert "E701" in coder("import", "petrarch", tmp_path, "--out", tmp_path).err
    assert not out.exists()


XML = """<Validation><Sentences>
<Sentence date="20240203" id="one" category="DEMO">
<EventCoding sourcecode="NOR" targetcode="SLV" eventcode="195"></EventCoding>
<Text>Norga bombed Selvia.</Text></Sentence>
<Sentence date="20240203" id="two" category="DEMO">
<EventCoding noevents="True"></EventCoding>
<Text>Norga bombed Selvia.</Text>
<Parse>(ROOT (S (NP (NNP Norga)) (VP (VBD slept))))</Parse></Sentence>
<Config option="require_dyad" value="false"></Config>
<Sentence date="20240203" id="three" category="ERROR">
<EventCoding sourcecode="NOR" targetcode="---" eventcode="195"></EventCoding>
<Text>Norga bombed.</Text></Sentence>
<Sentence date="20240203" id="four" category="ERROR">
<EventCoding error="sentencediscard"></EventCoding>
<Text>Norga bombed Selvia over a game of chess.</Text></Sentence>
<Sentence date="20240203" id="five" category="DEMO">
<EventCoding sourcecode="NOR" targetcode="SLV" eventcode="190"></EventCoding>
<Text>Norga bombed Selvia.</Text></Sentence>
</Sentences></Validation>
"""


def test_records_are_scored(book: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.xml"
    gold.write_text(XML, encoding="utf-8")
    ran = coder("score", gold, "--codebook", book, "--cache", tmp_path)
    assert ran.out.startswith("4 of 5 records exactly right (0.800)")
    ran = coder("score", gold, "--codebook", book, "--cache", tmp_path, "--json")
    figures = json.loads(ran.out)
    assert figures["by_root"] == {"19": [2, 3]}
    assert figures["by_group"] == {"discards": [1, 1], "events": [2, 3], "no events": [1, 1]}
    ran = coder("score", gold, "-c", book, "--cache", tmp_path, "--errors", "all")
    wrong = json.loads(ran.out)
    assert (wrong["id"], wrong["missed"], wrong["extra"]) == (
        "five",
        ["NOR SLV 190"],
        ["NOR SLV 195"],
    )
    gold.write_text("<Validation>", encoding="utf-8")
    assert "E704" in coder("score", gold, "--codebook", book, "--cache", tmp_path).err


@pytest.mark.skipif(not RECORDS.is_file(), reason=f"no records at {RECORDS}")
def test_the_published_records_are_coded_as_well_as_before(tmp_path: Path) -> None:
    files = sorted(PEERS.glob("PETR.Validate.*.txt"))
    assert coder("import", "petrarch", *files, "--out", tmp_path / "book").code == 0
    ran = coder("score", RECORDS, "-c", tmp_path / "book", "--cache", tmp_path, "--json")
    figures = json.loads(ran.out)
    assert figures["records"] == 284
    assert figures["right"] >= 250
