"""Dictionaries of PETRARCH: what is read, what is set aside, and how often."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coder.codebook.importers.actors import read_actors, read_spec
from coder.codebook.importers.agents import read_agents, read_discards, read_issues
from coder.codebook.importers.lexing import Quarantine
from coder.codebook.importers.petrarch import read_dictionaries, write_codebook
from coder.codebook.importers.verbs import EventCode, VerbBook, read_verbs
from coder.codebook.lexicon import load_lexicon
from coder.codebook.load import load_codebooks
from coder.errors import CoderError

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT.parent / "shared" / "dictionaries" / "petrarch2"

VERBS = """<!-- a comment
over lines -->
&TOOLS
+HAMMER
+SPY GLASS   # of several words
&METALS_
+TIN
+&TOOLS
####### VERB PATTERNS #######
--- LEND [071] ---
LEND {LENT}
+HAND_OUT [073]
CARRY;xyz 3/4/91
- * &TOOLS TO +  [072:12]
- SAID_*  [---]
- * MONEY_&METALS  [074!]
- * MONEY
- MONEY  [075]
- * A * B [076]
- * &NOWHERE [077]
--- BROKEN [120]---  ---
BRAG [14 [15]
-- * A [078]
--- VISIT [:033] ---
VISIT
######## TRANSFORMATIONS ##########
~ a (a b LEND) SAY = a b 015
"""


def verbs(tmp_path: Path, text: str) -> tuple[VerbBook, Quarantine]:
    file = tmp_path / "verbs.txt"
    file.write_text(text, encoding="utf-8")
    quarantine = Quarantine("verbs.txt")
    return read_verbs(file, quarantine), quarantine


def test_verbs_have_their_forms_and_codes(tmp_path: Path) -> None:
    book, _ = verbs(tmp_path, VERBS)
    lend, broken, visit = book.blocks
    assert [v.forms for v in lend.verbs] == [
        ("lend", "lent"),
        ("+hand out", "+hands out", "+handed out", "+handing out"),
        ("carry", "carries", "carried", "carrying"),
    ]
    assert [v.code for v in lend.verbs] == [None, EventCode("073"), None]
    assert (lend.code, broken.code, visit.code) == (
        EventCode("071"),
        EventCode("120"),
        EventCode(None, "033"),
    )


def test_patterns_keep_words_and_codes(tmp_path: Path) -> None:
    book, _ = verbs(tmp_path, VERBS)
    found = [(p.words.words, p.code) for p in book.blocks[0].patterns]
    assert found == [
        ("* &tools to +", EventCode("072", "12")),
        ("said_*", EventCode()),
        ("* money_&metals", EventCode("074")),
    ]


def test_sets_have_plurals_unless_marked_and_members_of_other_sets(tmp_path: Path) -> None:
    book, _ = verbs(tmp_path, VERBS)
    assert book.synsets["tools"].words == ["hammer", "hammers", "spy glass", "spy glasses"]
    assert book.synsets["metals"].words == ["tin", *book.synsets["tools"].words]


def test_what_does_not_parse_is_set_aside_with_its_line(tmp_path: Path) -> None:
    _, quarantine = verbs(tmp_path, VERBS)
    assert [(q.line, q.kind, q.reason) for q in sorted(quarantine.found, key=lambda q: q.line)] == [
        (17, "patterns", "pattern without one [code] at its end"),
        (18, "patterns", "pattern: there is no *"),
        (19, "patterns", "pattern: there are several *"),
        (20, "patterns", "pattern: there is no synonym set &nowhere"),
        (22, "verbs", "verb: 'BRAG [14' is no verb"),
        (23, "patterns", "a pattern begins with one dash"),
        (27, "transformations",
         "transformation: a verb above another verb's event is not brought over"),
    ]  # fmt: skip


NOUNS = """--- SEND [070] ---
SEND {SENT}
- * {WARM COAT} (TO ^)  [071]
- KING * (FOR {OLD TOWN})  [072]
- * GOLD +  [073]
- * A/B  [074]
- * SPY_GLASS  [075]
- * (OF  [076]
"""


def test_the_dialect_of_nouns_becomes_conditions(tmp_path: Path) -> None:
    book, quarantine = verbs(tmp_path, NOUNS)
    assert book.dialect == "nouns"
    coat, king = (p.words.requires for p in book.blocks[0].patterns)
    assert [(c.at, c.has, c.within, c.filled) for c in coat] == [
        ("pattern.object", ("coat",), (), None),
        ("pattern.object", (), ("warm",), None),
        (">prep[to] || @pattern.object>prep[to]", (), (), True),
    ]
    assert [c.has or c.within for c in king] == [("king",), ("town",), ("old",)]
    reasons = [q.reason.removeprefix("pattern: ") for q in quarantine.found]
    assert reasons == [
        "left-over + means nothing in this dialect",
        "alternatives with / mean nothing in this dialect",
        "an inner _ means nothing in this dialect",
        "parentheses or braces that do not match",
    ]


ACTORS = """ANN_LEE_ [XKXGOV 010203-20050607] [XKXELI] # a comment
+LEE [ZZZ < 19990101]
\t[XKXREB > 20100101]
THE OLD ORDER
NOBODY [---]
BAD_DATE [AAA 20011399] [BBB]
TURNED_RANGE [AAA 20020101-20010101]
STRAY]
"""


def test_actors_have_dated_codes_and_the_undated_one_last(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ACTORS, encoding="utf-8")
    quarantine = Quarantine("a.txt")
    found = read_actors(file, quarantine)
    lee = found.records[0]
    assert lee.words == ["ann lee", "lee"]
    assert [(c.code, c.start, c.until) for c in lee.ordered()] == [
        ("XKXGOV", date(2001, 2, 3), date(2005, 6, 8)),
        ("ZZZ", None, date(1999, 1, 1)),
        ("XKXREB", date(2010, 1, 1), None),
        ("XKXELI", None, None),
    ]
    assert [c.code for c in found.records[3].codes] == ["BBB"]
    assert found.counts()["actors"] == 6
    assert sorted({q.line for q in quarantine.found}) == [4, 6, 7, 8]


@pytest.mark.parametrize(
    "spec", ["", "AAA 20010230", "AAA > 2001", "< 20010101", "A B", "AAA 20010101"]
)
def test_a_code_that_is_none_is_refused(spec: str) -> None:
    with pytest.raises(ValueError, match=r"no code|no date|code with dates"):
        read_spec(spec)


def test_agents_have_their_plurals(tmp_path: Path) -> None:
    file = tmp_path / "agents.txt"
    file.write_text(
        "!WHO! = MAN, WOMEN\nDEPUTY [~GOV]\nTROOPS {} [~MIL]\nOX {OXEN} [~AGR]\n"
        "RELIEF_BODY [NGO~]\nCHAIR!WHO! [~LEG]\nDEPUTY_ [~GOV}\n",
        encoding="utf-8",
    )
    quarantine = Quarantine("agents.txt")
    found = read_agents(file, quarantine).agents
    assert [(a.words, a.code, a.before) for a in found] == [
        (("deputy", "deputies"), "GOV", False),
        (("troops",), "MIL", False),
        (("ox", "oxen"), "AGR", False),
        (("relief body", "relief bodies"), "NGO", True),
        (("chairman", "chairwomen"), "LEG", False),
    ]
    assert [q.line for q in quarantine.found] == [7]


def test_discards_and_issues(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("+Chess Cup\nYEARS_LATER\n[x]\n", encoding="utf-8")
    (tmp_path / "i.txt").write_text(
        '<ISSUE CATEGORY="FOOD" TYPE="ALL">\nn:pea [PEAS] pre+v:cook [COOK]\n~pea coat\n'
        "~~pea shooter\nbarley\n</ISSUE>\n</ISSUE>\n",
        encoding="utf-8",
    )
    quarantine = Quarantine("x")
    discards = read_discards(tmp_path / "d.txt", quarantine)
    assert (discards.story, discards.sentence) == (["chess cup"], ["years later"])
    issues = read_issues(tmp_path / "i.txt", quarantine)
    assert [(i.phrases, i.code, i.category) for i in issues.issues] == [
        (("pea", "peas"), "PEAS", "FOOD"),
        (("pre cook", "pre cooks", "pre cooked", "pre cooking"), "COOK", "FOOD"),
    ]
    assert (issues.not_sentence, issues.not_story) == (["pea coat"], ["pea shooter"])
    assert [q.line for q in quarantine.found] == [3, 5, 7]


def test_bytes_of_other_encodings_are_read_and_control_characters_noted(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("MÜLLER [AAA]\n".encode("cp1252") + b"A\x9d\x01B [BBB]\n")
    quarantine = Quarantine("a.txt")
    assert read_actors(file, quarantine).records[0].words == ["müller"]
    assert [(q.line, q.reason[:4]) for q in quarantine.found] == [(2, "note")]


def test_the_codebook_that_is_written_can_be_read(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name, text in (("verbs.txt", VERBS), ("actors.txt", ACTORS)):
        (source / name).write_text(text, encoding="utf-8")
    out = tmp_path / "book"
    write_codebook(read_dictionaries([source]), out, "peers", "Title: with a colon")
    books = load_codebooks([str(out)])
    assert books.standalone == out
    assert {r.id for r in books.rules} == {"peers.lend", "peers.visit"}
    lend = next(r for r in books.rules if r.id == "peers.lend")
    assert [(p.words, p.type, p.mirror) for p in lend.patterns] == [
        ("* &syn.tools to +", "code.072", "code.12"),
        ("said_*", "code.none", None),
        ("* money_&syn.metals", "code.074", None),
    ]
    assert lend.by_form["+handed out"].type == "code.073"
    assert load_lexicon(out).actors[0].code_at(date(2003, 1, 1)) == "XKXGOV"
    with pytest.raises(CoderError, match="E701"):
        write_codebook(read_dictionaries([source]), out, "peers", "")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["book", "in"]


COUNTS = [
    ("CAMEO.2.0.txt", {"verb blocks": 397, "verbs": 1817, "verbs of several words": 129,
     "verbs with written forms": 321, "verbs with a code of their own": 124, "patterns": 4668,
     "synonym sets": 40, "members of synonym sets": 558, "transformations": 8}),
    ("CAMEO.verbpatterns.150430.txt", {"verb blocks": 396, "verbs": 1860, "patterns": 11011,
     "synonym sets": 38, "members of synonym sets": 544}),
    ("Phoenix.Countries.actors.txt", {"actors": 18390, "synonyms of actors": 7527,
     "codes of actors": 28389}),
    ("Phoenix.International.actors.txt", {"actors": 7841, "synonyms of actors": 66,
     "codes of actors": 7896}),
    ("Phoenix.MilNonState.actors.txt", {"actors": 1021, "synonyms of actors": 772,
     "codes of actors": 1021}),
    ("Phoenix.agents.txt", {"agents": 2245, "agent macros": 2}),
    ("Phoenix.discards.txt", {"discards of a sentence": 442, "discards of a story": 64}),
    # Two of the 2,976 lines with a phrase and a code hold two of them.
    ("Phoenix.IssueCoding.txt", {"issue phrases": 2978 + 13, "issue codes": 111,
     "issue exclusions of a sentence": 98, "issue exclusions of a story": 83}),
    ("Phoenix.prepositions.txt", {"prepositions": 106}),
    ("PETR.Validate.verbs.txt", {"verb blocks": 261, "patterns": 474}),
    ("PETR.Validate.actors.txt", {"actors": 128}),
    ("PETR.Validate.agents.txt", {"agents": 88}),
    ("PETR.Validate.discards.txt", {"discards of a sentence": 5, "discards of a story": 4}),
]  # fmt: skip


@pytest.mark.skipif(not PEERS.is_dir(), reason=f"no dictionaries at {PEERS}")
@pytest.mark.parametrize(
    ("name", "expected"), COUNTS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_record_of_the_published_dictionaries_is_read_or_set_aside(
    name: str, expected: dict[str, int]
) -> None:
    file = read_dictionaries([PEERS / name]).files[0]
    total = {k: file.counts.get(k, 0) + file.aside.get(k, 0) for k in expected}
    assert total == expected
