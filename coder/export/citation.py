"""How a released dataset is cited: CITATION.cff (version 1.2.0) and BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from coder.errors import E731, CoderError
from coder.tables.manifest import Manifest

_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_BIBTEX = str.maketrans({c: f"\\{c}" for c in "&%$#_"} | {"{": r"\{", "}": r"\}", "\\": ""})


@dataclass(frozen=True, slots=True)
class Credits:
    """Who releases what: `authors` as "Family, Given", or the name of an organisation.

    `version` is that of the dataset (default: the id of its build), `licence` the terms of what
    the authors may give away, as an SPDX id (CC-BY-4.0) or in words.
    """

    title: str
    authors: tuple[str, ...]
    version: str | None = None
    licence: str | None = None


def made_by(manifest: Manifest) -> str:
    """Versions of the program, the codebooks and the model in one line."""
    books = ", ".join(f"{b.id} {b.version}" for b in manifest.codebooks if b.version)
    model = f"{manifest.model.name} {manifest.model.version}" if manifest.model else "none"
    coder = manifest.versions.get("coder", "unknown")
    return f"event-coder {coder}; codebooks {books or 'none'}; model {model}"


def corpus_dates(first: date | None, last: date | None) -> str:
    """The dates of the corpus in words.

    >>> corpus_dates(date(2024, 2, 1), date(2024, 3, 1))
    'articles published 2024-02-01 to 2024-03-01'
    """
    return f"articles published {first} to {last}" if first and last else "articles"


def cff(credit: Credits, manifest: Manifest, corpus: str) -> str:
    """The text of CITATION.cff; raises E731 without an author."""
    if not credit.authors:
        raise CoderError(E731)
    made: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Please cite this dataset, and the coding schemes whose codes you use.",
        "type": "dataset",
        "title": credit.title,
        "authors": [_person(author) for author in credit.authors],
        "version": credit.version or manifest.build_id,
        "abstract": f"Machine-coded political events. {made_by(manifest)}; {corpus}. "
        f"Dataset digest {manifest.digest}.",
        "keywords": ["event data", "machine-coded", "conflict"],
    }
    if manifest.finished:
        made["date-released"] = manifest.finished[:10]
    if credit.licence and _SPDX.fullmatch(credit.licence):
        made["license"] = credit.licence
    made["references"] = [
        {
            "type": "software",
            "title": "event-coder",
            "authors": [{"name": "event-coder contributors"}],
            "version": manifest.versions.get("coder", "unknown"),
        }
    ]
    return yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=100)


def bibtex(credit: Credits, manifest: Manifest, corpus: str) -> str:
    """One BibTeX entry, with the versions and the dates of the corpus in its note."""
    year = (manifest.finished or manifest.build_id)[:4]
    first = re.sub(r"\W", "", credit.authors[0].partition(",")[0], flags=re.ASCII).lower()
    authors = " and ".join(_tex(a) if "," in a else f"{{{_tex(a)}}}" for a in credit.authors)
    fields = {
        "author": authors,
        "title": f"{{{_tex(credit.title)}}}",
        "year": year,
        "version": _tex(credit.version or manifest.build_id),
        "howpublished": "Data set",
        "note": _tex(
            f"Machine-coded with {made_by(manifest)}; {corpus}; digest {manifest.digest[:16]}"
        ),
    }
    inner = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{first or 'dataset'}{year}, {inner}}}\n"


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_BIBTEX)


def _person(author: str) -> dict[str, str]:
    """A person or an organisation, as CFF has them.

    >>> _person("Doe, Jane"), _person("Sample Institute")
    ({'family-names': 'Doe', 'given-names': 'Jane'}, {'name': 'Sample Institute'})
    """
    family, comma, given = (part.strip() for part in author.partition(","))
    return {"family-names": family, "given-names": given} if comma and given else {"name": family}
