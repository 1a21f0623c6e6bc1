"""START HERE: the whole flow, from articles to a dataset.

    articles -> sentences -> parses -> deeds -> mentions -> article events -> codings

`Coder.code` is that line, a plain function of a batch of articles: no article needs another
one. Only merging, in `coder.build`, looks across articles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from coder.codebook.actors import ActorBook, load_actors
from coder.codebook.agents import load_agents
from coder.codebook.gazetteer import load_gazetteer
from coder.codebook.home import codebooks_dir
from coder.codebook.lexicon import load_lexicon
from coder.codebook.load import DEFAULT_CODEBOOKS, Codebooks, load_codebooks
from coder.coding.code import OntologyCoder, code_events, make_coders
from coder.errors import E303
from coder.linking.claims import tie_claims
from coder.linking.culprits import name_culprits
from coder.linking.link import link
from coder.linking.truces import stage_truces
from coder.linking.warring import with_warring_sides
from coder.matching.dictionary import DictionaryMatcher
from coder.matching.lexical import LexiconTagger
from coder.matching.match import Matcher, Trace
from coder.matching.repair import Repair
from coder.matching.screen import Screen
from coder.matching.surroundings import Surroundings
from coder.matching.tag import Tagger
from coder.matching.tree import Tree
from coder.matching.weapons import WeaponMemory
from coder.parsing.cache import ParseCache
from coder.parsing.forms import Forms
from coder.parsing.model import find_model
from coder.parsing.parse import DEFAULT_MODEL, Parser
from coder.parsing.split import split
from coder.resolving.actors import ActorResolver
from coder.resolving.lexicon import LexiconResolver
from coder.resolving.mentions import MentionResolver
from coder.resolving.places import PlaceFinder
from coder.resolving.scene import Matched
from coder.types import Article, CodedArticle, Parse, Reject, Sentence


@dataclass(frozen=True, slots=True)
class Options:
    """What a coder is made of: codebooks by id or path, and the spaCy pipeline."""

    codebooks: tuple[str, ...] = DEFAULT_CODEBOOKS
    model: str = DEFAULT_MODEL
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article with its sentences and, in the same order, their parses; None where no rule can
    fire on any of them."""

    article: Article
    sentences: tuple[Sentence, ...]
    parses: tuple[Parse, ...] | None


@dataclass(slots=True)
class Coder:
    """Everything loaded once: codebooks, dictionaries, gazetteer and (on first use) the parser.

    >>> from coder.articles.record import RecordReader  # doctest: +SKIP
    >>> Coder().code([article])[0].events  # doctest: +SKIP
    """

    options: Options = field(default_factory=Options)
    cache: ParseCache | None = None
    ready: Codebooks | None = None
    """The codebooks of the options, where they are loaded already."""
    books: Codebooks = field(init=False)
    tagger: Tagger | LexiconTagger = field(init=False)
    repair: Repair = field(init=False)
    matcher: Matcher | DictionaryMatcher = field(init=False)
    surroundings: Surroundings = field(init=False)
    resolver: MentionResolver = field(init=False)
    ontologies: tuple[OntologyCoder, ...] = field(init=False)
    _parser: Parser | None = field(init=False, default=None)
    _screen: Screen | None = field(init=False, default=None)
    _screens: bool = field(init=False, default=True)

    def __post_init__(self) -> None:
        with collector_paused():
            self._load()

    def _load(self) -> None:
        home = self.options.folder or codebooks_dir()
        self.books = self.ready or load_codebooks(self.options.codebooks, home)
        actors = load_actors(home / "actors")
        own = self.books.standalone
        if own is not None:
            self.tagger = LexiconTagger(load_lexicon(own))
            self.matcher = DictionaryMatcher(self.books)
        else:
            self.tagger = Tagger(
                actors,
                load_agents(home / "actors"),
                self.books.kinds,
                self.books.kind_groups,
                self.books.kind_yields,
                self.books.sets,
            )
            self.matcher = Matcher(self.books)
        triggers = self.matcher.triggers
        self.repair = Repair(self.books.sets, triggers.verbs())
        self.surroundings = Surroundings(self.books.sets)
        places = PlaceFinder(
            load_gazetteer(home / "places"), country_words(actors), people_words(actors)
        )
        speech = (name for name, event_type in self.books.types.items() if event_type.speech)
        resolver_of = ActorResolver if own is None else LexiconResolver
        actor_resolver = resolver_of(self.books.sets)
        self.resolver = MentionResolver(actor_resolver, places, self.books.sets, speech)
        self.ontologies = make_coders(self.books)

    @property
    def parser(self) -> Parser:
        if self._parser is None:
            self._parser = Parser(self.options.model)
        return self._parser

    @property
    def screen(self) -> Screen | None:
        """Tells which articles can hold an event, None where the parser or the codebook does not
        let that be told."""
        if self._screen is None and self._screens:
            if isinstance(self.matcher, Matcher) and (forms := self._forms()) is not None:
                self._screen = Screen(self.matcher.needed(), forms.of)
            self._screens = self._screen is not None
        return self._screen

    def _forms(self) -> Forms | None:
        """The forms of words, from the cache where it has them: then no parser is loaded."""
        if self.cache is None:
            return self.parser.forms
        kept_by = find_model(self.options.model).fingerprint
        return self.cache.forms(kept_by, lambda: self.parser.forms)

    # --- the flow ---------------------------------------------------------------------------

    def code(self, articles: Sequence[Article]) -> list[CodedArticle]:
        """Code a batch of articles; each result depends on its own article only."""
        return self.code_parsed(self.parsed(articles))

    def parsed(self, articles: Sequence[Article]) -> list[ParsedArticle]:
        """The articles of a batch with their sentences and parses, none where no rule can fire."""
        with collector_paused():
            sentences = [tuple(split(a)) for a in articles]
            told = [self._may_tell(own) for own in sentences]
            wanted = [own for own, may in zip(sentences, told, strict=True) if may]
            parses = iter(self.parses([s.text for own in wanted for s in own]))
            return [
                ParsedArticle(article, own, tuple(next(parses) for _ in own) if may else None)
                for article, own, may in zip(articles, sentences, told, strict=True)
            ]

    def _may_tell(self, sentences: Sequence[Sentence]) -> bool:
        """Whether an article can hold an event; where not, nothing of it need be parsed."""
        return self.screen is None or self.screen.may_tell_any(s.text for s in sentences)

    def code_parsed(self, parsed: Sequence[ParsedArticle]) -> list[CodedArticle]:
        """Code articles whose parses are there."""
        with collector_paused():
            return [
                _left_out(one.article, one.sentences)
                if one.parses is None
                else self.code_safely(one.article, one.sentences, one.parses)
                for one in parsed
            ]

    def parses(self, texts: Sequence[str]) -> list[Parse]:
        """Parses of sentence texts, from the cache where it has them."""
        if self.cache is None:
            return list(self.parser.parse(texts))
        kept_by = find_model(self.options.model).fingerprint
        return self.cache.parses(texts, kept_by, lambda missing: self.parser.parse(missing))

    def code_safely(
        self, article: Article, sentences: Sequence[Sentence], parses: Sequence[Parse]
    ) -> CodedArticle:
        """An article that breaks a step costs that article only: it becomes a reject."""
        try:
            return self.code_one(article, sentences, parses)
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            RecursionError,
            TypeError,
            ValueError,
        ) as error:
            reason = E303.text.format(reason=f"{type(error).__name__}: {error}")
            place = f"{article.file}:{article.row}" if article.file else article.article_id
            reject = Reject("code", E303.code, reason, place, article.article_id)
            return CodedArticle(article, tuple(sentences), (), (), (reject,))

    def code_one(
        self, article: Article, sentences: Sequence[Sentence], parses: Sequence[Parse]
    ) -> CodedArticle:
        """One article from its sentences and their parses."""
        matched = self.match(sentences, parses)
        mentions = self.resolver.resolve(article, matched)
        mentions = tie_claims(with_warring_sides(name_culprits(mentions)))
        if "truce_ended" in self.books.sets:
            mentions = stage_truces(mentions, matched, self.books.sets)
        events = code_events(self.books, link(article, mentions), self.ontologies)
        return CodedArticle(article, tuple(sentences), tuple(mentions), events)

    def match(
        self,
        sentences: Sequence[Sentence],
        parses: Sequence[Parse],
        traces: Sequence[Trace | None] = (),
    ) -> list[Matched]:
        """The sentences of one article tagged, with the deeds that the rules find in each."""
        weapons = WeaponMemory(self.books.sets)
        matched = [
            self._match(sentence, parse, weapons, trace)
            for sentence, parse, trace in zip_longest(sentences, parses, traces)
        ]
        if isinstance(self.tagger, LexiconTagger):
            return kept(self.tagger, matched)
        self.surroundings.settle([(m.tree, m.deeds) for m in matched])
        return matched

    def _match(
        self, sentence: Sentence, parse: Parse, weapons: WeaponMemory, trace: Trace | None
    ) -> Matched:
        tree = self.tagger.tag(Tree(self.repair.mend(parse)))
        weapons.carry(tree)
        places = self.resolver.find_places(tree)
        return Matched(sentence, tree, tuple(self.matcher.match(tree, trace)), tuple(places))


def _left_out(article: Article, sentences: Sequence[Sentence]) -> CodedArticle:
    """An article on which no rule can fire."""
    screened = tuple(s.index for s in sentences)
    return CodedArticle(article, tuple(sentences), (), (), screened=screened)


def kept(tagger: LexiconTagger, matched: Sequence[Matched]) -> list[Matched]:
    """Sentences without the deeds of those that the dictionary discards; none of a story that it
    discards as a whole."""
    found = [tagger.discards(m.tree) for m in matched]
    return [
        replace(m, deeds=()) if "story" in found or why else m
        for m, why in zip(matched, found, strict=True)
    ]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Dictionaries and rules are hundreds of thousands of objects and none of them garbage: the
    collector would look through them again and again while they grow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def country_words(actors: ActorBook) -> dict[str, str]:
    """Names of countries with their ISO 3166 alpha-3 codes, for finding places."""
    return {
        word: entry.country
        for entry in actors.entries
        if entry.kind == "country" and entry.country
        for word in entry.words
    }


def people_words(actors: ActorBook) -> frozenset[str]:
    """Adjectives and demonyms: they are no places."""
    return frozenset(
        w for e in actors.entries for w in (*e.adjectives, *e.demonyms) if w not in e.words
    )


def batches(articles: Iterator[Article], size: int = 64) -> Iterator[list[Article]]:
    """Articles in batches of about `size`."""
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
