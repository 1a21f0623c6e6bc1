"""Any words with any tree over them, and real sentences mangled: all steps of the coder."""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coder.articles.ids import article_id, text_hash
from coder.codebook.load import load_codebooks
from coder.contract import events_of
from coder.matching.tree import Tree
from coder.parsing.split import split
from coder.pipeline import Coder
from coder.resolving.counts import count_of
from coder.resolving.dates import find_dates
from coder.resolving.dates_attach import date_for
from coder.types import Article, Parse, Sentence
from tests.fuzz.shares import share

FUNCTION_WORDS = """the a of to in on at by for from with between and or , . " ' ( ) who which that
it he they their 's not never no if would will could has been being were was said after before
during more than at least up two 12 1,200 dozens hundreds 5th 2024 February Monday last next week
ago year Homs Syria Ukraine Israel Russian rebels troops police army president drone missile jets
people civilians soldiers protesters talks ceasefire town border""".split()
LABELS = """nsubj nsubjpass dobj pobj prep agent conj cc relcl acl advcl xcomp ccomp compound amod
poss appos nummod det aux auxpass neg attr mark punct dep prt dative pcomp ROOT""".split()
TAGS = "NN NNS NNP NNPS VB VBD VBG VBN VBP VBZ IN CD JJ DT PRP PRP$ WP WDT MD TO RB . ,".split()
days = st.dates()


@cache
def coder() -> Coder:
    return Coder()


@cache
def vocabulary() -> list[str]:
    """Every word of every trigger, sets of the rules, and some grammar."""
    words = set(FUNCTION_WORDS)
    for rule in load_codebooks().rules:
        for name in ("verb", "noun", "adj"):
            for phrase in getattr(rule.trigger, name, None) or ():
                words.update(phrase.split())
    return sorted(words)


@cache
def sentences() -> list[str]:
    """The test sentences inside the rules."""
    return sorted({test.text for rule in load_codebooks().rules for test in rule.tests})


@st.composite
def parses(draw: st.DrawFn, most: int = 24) -> Parse:
    """Any tree: a seed draws it, which is far faster than a draw for each token."""
    r = random.Random(draw(st.integers(0, 2**48)))
    n = r.randint(1, most)
    words = [
        r.choice(vocabulary()) if r.random() < 0.9 else chr(r.randint(1, 0xD7FF)) for _ in range(n)
    ]
    words = [w.capitalize() if r.random() < 0.1 else w for w in words]
    heads = list(range(n))
    root, order = r.randrange(n), list(range(n))
    r.shuffle(order)
    order.remove(root)
    reached = [root]
    for i in order:
        heads[i] = r.choice(reached[-6:] if r.random() < 0.8 else reached)
        reached.append(i)
    if r.random() < 0.05:
        heads[r.randrange(n)] = root if r.random() < 0.5 else r.randrange(n)  # loops, two roots
        heads = _without_loops(heads)
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return Parse(
        tuple(words),
        tuple(w.lower() for w in words),
        tuple(r.choice(TAGS) for _ in words),
        tuple("ROOT" if heads[i] == i else r.choice(LABELS) for i in range(n)),
        tuple(heads),
        tuple(starts),
    )


def _without_loops(heads: list[int]) -> list[int]:
    for i in range(len(heads)):
        seen, at = {i}, i
        while heads[at] != at:
            at = heads[at]
            if at in seen:
                heads[i] = i
                break
            seen.add(at)
    return heads


def article(text: str, day: date) -> Article:
    return Article(article_id(None, day, text), text, day, text_hash(text))


@share(9)
@given(st.lists(parses(), min_size=1, max_size=4), days)
def test_any_trees(made: list[Parse], day: date) -> None:
    texts = [" ".join(parse.words) for parse in made]
    whole = article("\n\n".join(texts), day)
    at, own = 0, []
    for n, text in enumerate(texts):
        own.append(Sentence(whole.article_id, n, at, at + len(text), text))
        at += len(text) + 2
    check(coder().code_one(whole, own, made), whole)


@share(4)
@given(parses(most=120), days)
def test_long_trees(made: Parse, day: date) -> None:
    text = " ".join(made.words)
    whole = article(text, day)
    one = Sentence(whole.article_id, 0, 0, len(text), text)
    check(coder().code_one(whole, [one], [made]), whole)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    r = random.Random(draw(st.integers(0, 2**48)))
    words = " ".join(r.choice(sentences()) for _ in range(r.randint(1, 3))).split(" ")
    for _ in range(r.randint(1, 6)):
        i = r.randrange(len(words))
        how = r.randrange(7)
        if how == 0 and len(words) > 1:
            del words[i]
        elif how == 1:
            words.insert(i, words[r.randrange(len(words))])
        elif how == 2:
            j = r.randrange(len(words))
            words[i], words[j] = words[j], words[i]
        elif how == 3:
            words[i] = words[i].upper() if r.random() < 0.5 else words[i].lower()
        elif how == 4:
            words.insert(i, r.choice(vocabulary()))
        elif how == 5:
            at = r.randrange(len(words[i]) + 1)
            words[i] = words[i][:at] + chr(r.randint(1, 0x2FFF)) + words[i][at:]
        else:
            words[i : i + 1] = [words[i], r.choice(["(", ")", '"', "--", "\n\n", ";", "and", ","])]
    return " ".join(words)


@share(3)
@given(mangled(), days)
def test_mangled_sentences(text: str, day: date) -> None:
    whole = article(text, day)
    own = list(split(whole))
    check(coder().code_one(whole, own, coder().parses([s.text for s in own])), whole)


def check(coded: Any, whole: Article) -> None:
    assert not coded.rejects
    events_of(coded, everything=True)
    for mention in coded.mentions:
        assert 0 <= mention.start < mention.end <= len(whole.text)


@share(9)
@given(parses(most=16), days, st.none() | days)
def test_dates_and_counts(made: Parse, published: date, context: date | None) -> None:
    tree = Tree(made)
    found = find_dates(tree, published, context)
    for when in found:
        assert when.start <= when.end
        assert 0 <= when.start_token < when.end_token <= tree.n
    for i in range(tree.n):
        chosen = date_for(tree, i, found, lambda token: token % 3 == 0)
        assert chosen is None or chosen in found
        for kind in ("killed", "injured"):
            count = count_of(tree, i, kind)  # type: ignore[arg-type]
            if count is not None and count.low is not None and count.high is not None:
                assert 0 <= count.low <= count.high
