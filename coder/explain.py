"""How a text is coded and why: its parse, each rule that fired, and each that nearly did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from coder.articles.ids import article_id, text_hash
from coder.codebook.model import Condition
from coder.contract import events_of
from coder.matching.deed import Attempt, Deed
from coder.matching.match import Trace
from coder.matching.tree import Tree
from coder.parsing.split import split
from coder.pipeline import Coder
from coder.types import Article, Sentence


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the parse; `head` is the index of the word that it hangs on."""

    index: int
    word: str
    lemma: str
    tag: str
    dep: str
    head: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule whose conditions all held; `outcome` is "" where its deed is a mention."""

    rule: str
    type: str
    trigger: str
    slots: Mapping[str, tuple[str, ...]]
    chain: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Near:
    """A rule whose trigger stood there; `failed` says in words which condition did not hold."""

    rule: str
    type: str
    trigger: str
    failed: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence."""

    sentence: str
    tokens: tuple[Token, ...]
    fired: tuple[Fired, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentences of a text, and its events as rows of the contract of `coder code` with a
    code for each of `codebooks`."""

    sentences: tuple[Explained, ...]
    events: tuple[dict[str, Any], ...]
    codebooks: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def explain(coder: Coder, text: str, published: date) -> Explanation:
    """Codes a text and keeps what was tried.

    >>> explain(Coder(), "Jets bombed Homs.", date(2024, 2, 3)).sentences[0].fired[0].rule
    ... # doctest: +SKIP
    'air-strike.verb'
    """
    key = article_id(None, published, text)
    article = Article(key, text, published, text_hash(text))
    sentences = list(split(article))
    parses = coder.parses([s.text for s in sentences])
    traces = [Trace() for _ in sentences]
    shown = [
        _explained(m.sentence, m.tree, m.deeds, trace.attempts)
        for m, trace in zip(coder.match(sentences, parses, traces), traces, strict=True)
    ]
    events = events_of(coder.code_one(article, sentences, parses), everything=True)
    return Explanation(tuple(shown), tuple(events), tuple(coder.books.ontologies))


def _explained(
    sentence: Sentence, tree: Tree, deeds: Iterable[Deed], attempts: Sequence[Attempt]
) -> Explained:
    tokens = tuple(
        Token(i, tree.words[i], tree.lemmas[i], tree.tags[i], tree.deps[i], tree.heads[i], kinds)
        for i, kinds in enumerate(tuple(sorted(k)) for k in tree.kinds)
    )
    winners = {deed.head: deed for deed in deeds}
    fired, near = [], []
    for attempt in attempts:
        rule, trigger = attempt.rule, _words(tree, attempt.tokens)
        if attempt.failed:
            near.append(Near(rule.id, rule.type, trigger, why(attempt.failed)))
            continue
        deed = next((d for d in winners.values() if set(d.tokens) & set(attempt.tokens)), None)
        chosen = deed is not None and deed.rule.id == rule.id
        slots = deed.slots if deed is not None and chosen else attempt.slots
        named = {name: tuple(_phrase(tree, t) for t in found) for name, found in slots.items()}
        chain = ">".join(deed.chain) if deed is not None and chosen else rule.type
        fired.append(Fired(rule.id, rule.type, trigger, named, chain, _outcome(rule.id, deed)))
    return Explained(sentence.text, tokens, tuple(fired), tuple(near))


def _outcome(rule: str, deed: Deed | None) -> str:
    if deed is None:
        return "another rule has the word"
    if deed.rule.id != rule:
        return f"beaten by {deed.rule.id}"
    if deed.tied_with:
        return f"tied: {', '.join(deed.tied_with)}; coded as {deed.type}"
    return deed.suppressed


def _words(tree: Tree, tokens: Iterable[int]) -> str:
    return " ".join(tree.words[t] for t in tokens)


def _phrase(tree: Tree, head: int) -> str:
    return tree.text(*tree.noun_phrase(head))


def why(failed: str) -> str:
    """What a failed attempt says, in plain words: a condition as JSON, or words already.

    >>> why('{"slot":"source","is":["armed","police"]}')
    'source must be of the kind armed or police'
    """
    if not failed.startswith("{"):
        return failed
    return in_words(Condition.model_validate_json(failed))


def in_words(c: Condition) -> str:
    """A condition of a rule in plain words.

    >>> in_words(Condition(form=["!passive"]))
    'the trigger must not be passive'
    """
    parts: list[str] = []
    if c.any_:
        parts.append("either " + " or ".join(f"({in_words(x)})" for x in c.any_))
    if c.all_:
        parts.append(" and ".join(in_words(x) for x in c.all_))
    if c.not_ is not None:
        parts.append(f"not ({in_words(c.not_)})")
    if c.trigger:
        parts.append(f"the trigger must be {_or(c.trigger)}")
    for form in c.form:
        negated = "not " if form.startswith("!") else ""
        parts.append(f"the trigger must {negated}be {form.lstrip('!')}")
    if c.about:
        parts.append(f"the deed under the trigger must be {_or(c.about)}")
    if c.same_or_empty:
        parts.append(f"{' and '.join(c.same_or_empty)} must be the same where both are known")
    who = c.slot or c.at
    if who is not None:
        parts += _of_tokens(c, who)
    return ", and ".join(parts)


def _of_tokens(c: Condition, who: str) -> list[str]:
    if c.filled is False:
        return [f"{who} must be empty"]
    must = []
    if c.has:
        must.append(f"{who} must be {_or(c.has)}")
    if c.is_:
        must.append(f"{who} must be of the kind {_or(c.is_)}")
    if c.within:
        must.append(f"{who} must be, or have beside it, {_or(c.within)}")
    if c.filled or not must:
        must.insert(0, f"{who} must be there")
    if c.or_empty:
        must[-1] += " (or nothing)"
    return must


def _or(values: Sequence[str]) -> str:
    shown = [
        f"a word of the set {v[4:]}" if v.startswith("set:") else v.removeprefix("kind:")
        for v in values
    ]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
