"""The pages of a release for people: what it is, and under which terms each file stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl

from coder.codebook.yamlio import load_yaml
from coder.export.citation import Credits, made_by
from coder.export.layout import DISCLAIMER
from coder.export.layouts import LAYOUTS
from coder.tables.manifest import Manifest

GEONAMES = "names and coordinates of places: GeoNames (geonames.org), CC BY 4.0, to be credited"
WORDS = "short words of articles (triggers, names, numbers) under the terms of their publishers"
LICENCE = "LICENSE"
"""The file with the licence of the program's codebooks, which stands beside them."""
PLACES = ("event_changes", "events", "event_places", "mentions", "events.duckdb", "exports/")
QUOTING = ("mentions", "event_actors", "event_places", "events.duckdb", "exports/")


def licences(
    files: Iterable[str], articles: pl.DataFrame, credit: Credits, codebooks: Path, *, text: bool
) -> str:
    """The page LICENCES.md: one row a file."""
    own = credit.licence or "not stated by the authors of this release: ask them"
    parts = [
        "# Terms of each file",
        "",
        (
            f"What the authors of this release may give away: {own}. What others hold rights in is "
            "named for each file."
        ),
        "",
        *_of_articles(articles),
        "",
        "| file | terms |",
        "|---|---|",
    ]
    parts += [f"| {name} | {_terms(name, own, codebooks, text=text)} |" for name in files]
    parts += [
        "",
        (
            "The codes of CAMEO, PLOVER and ACLED are those schemes' own; cite them when you use "
            "them. The codings are machine-made and none of these projects' data."
        ),
    ]
    return "\n".join(parts) + "\n"


def _of_articles(articles: pl.DataFrame) -> Iterator[str]:
    yield "Articles by the terms that came with them:"
    yield ""
    by = articles.group_by("licence").len().sort("licence", nulls_last=True)
    for licence, n in by.iter_rows():
        yield f"- {licence or 'terms not stated'}: {n}"


def _terms(name: str, own: str, codebooks: Path, *, text: bool) -> str:
    if name == f"codebooks/{LICENCE}":
        return "the MIT licence of the program, for codebooks that name it"
    if name.startswith("codebooks/"):
        return _cell(_codebook_terms(codebooks / name.removeprefix("codebooks/")))
    stem = name.removeprefix("data/").removesuffix(".parquet")
    notes = [_cell(own)]
    if text and stem in ("articles", "sentences", "events.duckdb"):
        notes.append("whole texts of articles: terms of their publishers, see above")
    elif stem == "articles":
        notes.append("headlines and addresses: terms of their publishers")
    if stem.startswith(PLACES):
        notes.append(GEONAMES)
    if stem.startswith(QUOTING) and not name.endswith(".md"):
        notes.append(WORDS)
    notes += [
        DISCLAIMER.format(title=layout.title)
        for layout in LAYOUTS.values()
        if f"machine-coded-{layout.name}." in name
    ]
    return "; ".join(notes)


def _codebook_terms(path: Path) -> str:
    data = load_yaml(path)
    head = data.get("codebook") or data.get("about") if isinstance(data, dict) else None
    terms = head.get("terms") if isinstance(head, dict) else None
    return " ".join(terms.split()) if isinstance(terms, str) else "with the program: MIT"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def readme(
    credit: Credits,
    manifest: Manifest,
    corpus: str,
    entry: str,
    missing: Sequence[str],
    formats: Sequence[str],
    *,
    text: bool,
) -> str:
    """The page README.md."""
    rows = {name: record.rows for name, record in manifest.tables.items()}
    parts = [
        f"# {credit.title}",
        "",
        (
            f"Political events coded by machine from {rows['articles']} {corpus}: "
            f"{rows['events']} events from {rows['mentions']} mentions. "
            "Nobody has checked each row."
        ),
        "",
        f"- By: {'; '.join(credit.authors)}",
        f"- Made with: {made_by(manifest)}",
        f"- Version: {credit.version or manifest.build_id}",
        f"- Digest of the dataset: {manifest.digest}",
        f"- Texts of articles: {'included' if text else 'left out; offsets, hashes, URLs remain'}",
        "",
        "| file | what |",
        "|---|---|",
        "| data/*.parquet | the tables |",
        "| data/events.duckdb | the same tables with views and macros, for DuckDB |",
        "| data/manifest.json | what made them: codebooks, model, versions, digests |",
        "| data-dictionary.md | what each column means |",
        "| codebooks/ | the words and codes, as the build read them |",
    ]
    if formats:
        parts.append(f"| exports/ | {', '.join(formats)}, each with notes |")
    parts += [
        "| LICENCES.md | the terms of each file |",
        "| CITATION.cff, citation.bib | how to cite it |",
        "| SHA256SUMS | checksums: `sha256sum -c SHA256SUMS` |",
        "",
    ]
    if missing:
        parts += [
            (
                "These codebooks of the build are not included: changed since, or not given: "
                f"{', '.join(missing)}."
            ),
            "",
        ]
    parts += ["```bibtex", entry.strip(), "```"]
    return "\n".join(parts) + "\n"
