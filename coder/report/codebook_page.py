"""The pages of a codebook: HTML and Markdown of the same entries."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from markupsafe import Markup, escape

from coder.report.codebook_entries import CodebookPages, Example
from coder.report.html import asset, check_ours, policy, render, write_page
from coder.tables.disk import write_text

_NARROW = 6
"""Letters of a code that stands before its label in the list of codes."""

_SLOTS = frozenset({"trigger", "source", "target", "place", "date"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_MADE = "<!-- Made by coder docs; do not edit. -->"


def write_pages(pages: CodebookPages, folder: Path) -> tuple[Path, Path]:
    """Writes ID.html and ID.md into a folder; pages that coder made before are replaced.

    Raises E751, E422, E424.
    """
    name = re.sub(r"[^\w.-]", "_", pages.ontology.head.id)
    html, markdown = folder / f"{name}.html", folder / f"{name}.md"
    text = markdown_of(pages)
    check_ours(markdown, _MADE)
    write_page(html, html_of(pages))
    write_text(markdown, text)
    return html, markdown


def html_of(pages: CodebookPages) -> str:
    """The page as HTML without any script."""
    return render(
        "codebook.html.j2",
        pages=pages,
        head=pages.ontology.head,
        style=Markup(asset("base.css") + asset("codebook.css")),
        policy=policy([]),
        marked=marked,
        anchor=anchor,
        wide=any(len(c.code) > _NARROW for c in pages.codes),
    )


def markdown_of(pages: CodebookPages) -> str:
    """The page as Markdown; words of slots stand in bold, with the slot's name after them."""
    made = render(
        "codebook.md.j2",
        pages=pages,
        head=pages.ontology.head,
        made=Markup(_MADE),
        marked=lambda example: Markup(marked_markdown(example)),
        md=lambda text: Markup(plain(text)),
    )
    return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"


def anchor(kind: str, name: str) -> str:
    """The id of an element for a code or a type.

    >>> anchor("code", "Air/drone strike")
    'code-Air-drone-strike'
    """
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_.]+', '-', name)}"


def plain(text: str) -> str:
    """Text in which Markdown sees nothing to do.

    >>> print(plain("a *b* <c>"))
    a \\*b\\* \\<c\\>
    """
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", " ")


def marked(example: Example) -> Markup:
    """The sentence of an example with the words of its slots marked."""
    out = Markup("")
    for text, kinds, ends in _pieces(example):
        if not kinds:
            out += escape(text)
            continue
        css = " ".join(kind if kind in _SLOTS else "other" for kind in kinds)
        out += Markup('<mark class="{}">{}</mark>').format(css, text)
        for kind in ends:
            css = kind if kind in _SLOTS else "other"
            out += Markup('<small class="slot {}"> {}</small>').format(css, kind)
    return out


def marked_markdown(example: Example) -> str:
    """The same in Markdown.

    >>> e = Example("Rain hit.", (("trigger", 5, 8),), {}, "x")
    >>> print(marked_markdown(e))
    Rain **hit** (trigger).
    """
    out = ""
    for text, kinds, ends in _pieces(example):
        bare = text.strip()
        words = plain(text)
        if kinds and bare:
            words = text.replace(bare, f"**{plain(bare)}**")
        out += words + (f" ({', '.join(ends)})" if ends else "")
    return out


def _pieces(example: Example) -> list[tuple[str, list[str], list[str]]]:
    """Texts between the borders of spans: with the kinds that cover each, and that end there."""
    spans = example.spans
    borders = sorted({0, len(example.text), *(n for _, s, e in spans for n in (s, e))})
    out = []
    for start, end in pairwise(borders):
        kinds = [kind for kind, s, e in spans if s <= start and end <= e]
        ends = [kind for kind, s, e in spans if s <= start and end == e]
        out.append((example.text[start:end], list(dict.fromkeys(kinds)), list(dict.fromkeys(ends))))
    return out
