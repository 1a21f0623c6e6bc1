"""The page docs/performance.md of what was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

import spacy

from coder.parsing.parse import DEFAULT_MODEL
from tests.bench.builds import Build
from tests.bench.steps import Steps

_STEPS = (
    ("parse", "parse: tags, lemmas and dependencies of each sentence"),
    ("tag", "tag: repairs of the parse, dictionaries"),
    ("places", "places: names of places"),
    ("match", "match: rules"),
    ("resolve", "resolve: actors, dates, places, counts, pronouns"),
    ("link", "link: mentions of one event"),
    ("code", "code: codes of the ontologies"),
)
_RULES = ("tag", "places", "match", "resolve", "link")

_SCREENING = (
    "## What is left unparsed",
    "",
    "An article is not parsed where no sentence of it holds the words of a trigger phrase, in any",
    "form, with a word of each set that its rule asks for (`coder/matching/screen.py`). One pass",
    "of Aho-Corasick over its words tells; it takes 0.3% of the time of plain spaCy. It leaves out",
    "little: of the first 30,000 short news items 47 (0.08% of the characters), of a sample of",
    "3,000 of them 11. No event was lost: the 47 coded in full give nothing.",
    "",
    "Stronger screens would save little more. In the sample, with the lemmas and kinds that the",
    "parse itself gives, which is more than can be known before it, 31% of sentences hold no",
    "trigger word, but these have 8% of the tokens: most are credits of a word or two. Sentences",
    "without a deed say who, when and where for the next ones, and the one after a deed is heard",
    "too (an accident, a false alarm). What nobody reads has 0.02% of the tokens by trigger words,",
    "0.6% by whole phrases and 3% by the kinds of things that rules ask for. Credits are parsed",
    "once: of equal sentences in a batch one is parsed, and parses of short ones are kept.",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """All that a run measured; `builds` are of the same file, `many` is of varied copies."""

    source: str
    fresh: Steps
    cached: Steps
    builds: Sequence[Build]
    many: Build | None
    copies: int


def page(m: Measured) -> str:
    """The page as Markdown."""
    fresh, cached = m.fresh.shares(), m.cached.shares()
    parse = m.fresh.seconds["parse"]
    rules = sum(m.fresh.seconds[step] for step in _RULES) / parse
    lines = [
        "# Performance",
        "",
        "Written by `just bench`. What counts are ratios: times by the clock depend on the machine",
        "and on who else uses it.",
        "",
        f"{m.source}: {m.fresh.articles} articles, {m.fresh.sentences} sentences,",
        f"{m.fresh.events} events in articles. Python {platform.python_version()},",
        f"spaCy {spacy.__version__}, {DEFAULT_MODEL}, {os.cpu_count()} cores.",
        "",
        "## One core, against plain spaCy",
        "",
        "Plain spaCy is `nlp.pipe` over the same articles with all components of our pipeline,",
        "batch by batch in the same process. CPU time of our steps in parts of that:",
        "",
        "| step | no cache | parses kept |",
        "|---|---:|---:|",
        *(f"| {text} | {fresh[k]:.2f} | {cached[k]:.2f} |" for k, text in _STEPS),
        f"| **all, from articles to events** | **{fresh['all']:.2f}** | **{cached['all']:.2f}** |",
        "",
        "With parses kept, `parse` is reading them; that is what a change of a codebook costs.",
        f"Tagging, places, matching, resolving and linking together take {rules:.2f} of the time",
        f"of parsing. At {m.fresh.seconds['plain']:.1f} s for plain spaCy this run coded",
        f"{_rate(m.fresh):,.0f} sentences a second of CPU time, and {_rate(m.cached):,.0f} from",
        "kept parses.",
        "",
        "## Builds",
        "",
        "`coder build` from the start of the process to the written dataset, without a cache.",
        "",
        "| articles | workers | seconds | CPU seconds | largest process, MB | dataset, MB |",
        "|---|---:|---:|---:|---:|---:|",
        *(_row("the same", b) for b in m.builds),
    ]
    if m.many is not None:
        lines.append(_row(f"{m.copies:,} sentences of varied copies", m.many))
    one, two = (min(b.seconds for b in m.builds if b.workers == n) for n in (1, 2))
    lines += [
        "",
        f"Two workers took {two / one:.2f} of the time of one. Of {os.cpu_count()} cores",
        f"{os.getloadavg()[0]:.1f} were asked for at the end, others' work included: where that",
        "is more than there are, two workers win nothing. Loading codebooks, dictionaries and",
        "model does not halve, and costs most of a short build.",
        "",
        "The copies have other names, numbers and days, so that no parse of them is known;",
        "`just bench --sentences 1000000` builds a million of them.",
        "",
        *_SCREENING,
        "",
    ]
    return "\n".join(lines)


def _rate(steps: Steps) -> float:
    return steps.sentences / steps.seconds["all"]


def _row(what: str, b: Build) -> str:
    return (
        f"| {what} | {b.workers} | {b.seconds:.1f} | {b.cpu:.1f} | {b.memory:.0f} | {b.disk:.1f} |"
    )
