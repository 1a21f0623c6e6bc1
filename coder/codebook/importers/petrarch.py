"""Dictionaries of PETRARCH and TABARI to a codebook of our own: the whole import.

    files -> what kind each is -> records -> codebook.yaml, actors.yaml ... and quarantine.tsv

Nothing is guessed: what does not parse is in the quarantine with its file, line and reason.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from coder.codebook.importers import write
from coder.codebook.importers.actors import ActorFile, read_actors
from coder.codebook.importers.agents import (
    AgentFile,
    DiscardFile,
    IssueFile,
    read_agents,
    read_discards,
    read_issues,
)
from coder.codebook.importers.lexing import Quarantine, lines_of, read_text
from coder.codebook.importers.verbs import VerbBook, read_verbs
from coder.errors import E101, E424, E700, E701, E705, CoderError

Kind = Literal["verbs", "actors", "agents", "discards", "issues", "prepositions"]
QUARANTINE, SUMMARY = "quarantine.tsv", "summary.json"


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file: its kind, the records that came over and those that were set aside, by kind."""

    file: str
    kind: Kind
    dialect: str
    counts: dict[str, int]
    aside: dict[str, int]


@dataclass(slots=True)
class Import:
    """Everything read from a list of files."""

    verbs: list[VerbBook] = field(default_factory=list)
    actors: list[ActorFile] = field(default_factory=list)
    agents: list[AgentFile] = field(default_factory=list)
    discards: list[DiscardFile] = field(default_factory=list)
    issues: list[IssueFile] = field(default_factory=list)
    quarantines: list[Quarantine] = field(default_factory=list)
    files: list[FileSummary] = field(default_factory=list)
    left_out: list[Path] = field(default_factory=list)


def read_dictionaries(paths: Sequence[Path]) -> Import:
    """The dictionaries among files and folders of files.

    Raises CoderError E101, E102 (a file is not there or not readable) and E700 (there is none).
    """
    out = Import()
    for path in _files(paths):
        kind = kind_of(path)
        if kind is None:
            out.left_out.append(path)
            continue
        quarantine = Quarantine(path.name)
        out.quarantines.append(quarantine)
        counts, dialect = _read(out, kind, path, quarantine)
        out.files.append(FileSummary(path.name, kind, dialect, counts, quarantine.counts()))
    if not out.files:
        raise CoderError(E700, place=str(paths[0]), path=", ".join(map(str, paths)))
    _note_repeats(out)
    return out


def _read(
    out: Import, kind: Kind, path: Path, quarantine: Quarantine
) -> tuple[dict[str, int], str]:
    if kind == "verbs":
        verbs = read_verbs(path, quarantine)
        out.verbs.append(verbs)
        return verbs.counts(), verbs.dialect
    if kind == "actors":
        actors = read_actors(path, quarantine)
        out.actors.append(actors)
        return actors.counts(), ""
    if kind == "agents":
        agents = read_agents(path, quarantine)
        out.agents.append(agents)
        return agents.counts(), ""
    if kind == "discards":
        discards = read_discards(path, quarantine)
        out.discards.append(discards)
        return discards.counts(), ""
    if kind == "issues":
        issues = read_issues(path, quarantine)
        out.issues.append(issues)
        return issues.counts(), ""
    # Counted, and no more: the parser knows its prepositions.
    return {"prepositions": sum(1 for _ in lines_of(read_text(path, quarantine)))}, ""


def _files(paths: Sequence[Path]) -> list[Path]:
    out: list[Path] = []
    for path in paths:
        if path.is_dir():
            out += sorted(f for f in path.iterdir() if f.is_file() and f.suffix == ".txt")
        elif path.exists():
            out.append(path)
        else:
            raise CoderError(E101, place=str(path), path=path)
    return list(dict.fromkeys(out))


def kind_of(path: Path) -> Kind | None:
    """What kind of dictionary a file is, by its lines and, for lists of bare phrases, its name."""
    texts = [line.text.strip() for line in lines_of(read_text(path, Quarantine(path.name)))]
    if any(t.startswith("<ISSUE") for t in texts):
        return "issues"
    if any(re.match(r"^---.*\[.*---", t) for t in texts):
        return "verbs"
    bracketed = [t for t in texts if t.endswith("]")]
    if any(re.search(r"\[\s*~|~\s*\]$", t) for t in bracketed):
        return "agents"
    if bracketed:
        return "actors"
    if "preposition" in path.name.lower() and texts:
        return "prepositions"
    return "discards" if "discard" in path.name.lower() and texts else None


def _note_repeats(out: Import) -> None:
    """Note names of actors that stand more than once; each stays, and the first wins."""
    files = zip(out.quarantines, out.files, strict=True)
    actors = [quarantine for quarantine, file in files if file.kind == "actors"]
    seen: dict[str, str] = {}
    for file, quarantine in zip(out.actors, actors, strict=True):
        for record in file.records:
            for word in record.words:
                if word in seen:
                    reason = f"note: the name stands also at {seen[word]}, which wins"
                    quarantine.note(record.line, word, reason)
                seen.setdefault(word, f"{record.file}:{record.line}")


def write_codebook(read: Import, folder: Path, codebook_id: str, title: str) -> None:
    """Write the codebook, its dictionaries, the quarantine and the summary into a new folder.

    The folder appears when it is whole. Raises CoderError E701 (there already), E705 (the id) and
    E424 (not writable).
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", codebook_id):
        raise CoderError(E705, place="--id", value=codebook_id)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CoderError(E701, place=str(folder), path=folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        made.chmod(0o755)
        try:
            for name, text in _texts(read, codebook_id, title).items():
                (made / name).write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():
                folder.rmdir()
            made.replace(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise CoderError(E424, place=str(folder), path=folder, reason=why) from error


def _texts(read: Import, codebook_id: str, title: str) -> dict[str, str]:
    records = [r for file in read.actors for r in file.records if r.codes]
    return {
        "codebook.yaml": write.codebook_yaml(codebook_id, title, read.verbs),
        "actors.yaml": write.actors_yaml(title, records),
        "agents.yaml": write.agents_yaml(title, [a for f in read.agents for a in f.agents]),
        "discards.yaml": write.discards_yaml(read.discards),
        "issues.yaml": write.issues_yaml(read.issues),
        QUARANTINE: quarantine_text(read.quarantines),
        SUMMARY: json.dumps(summary(read), ensure_ascii=False, indent=1) + "\n",
    }


def quarantine_text(quarantines: Sequence[Quarantine]) -> str:
    """The quarantine as a table: place, what it would have been, reason, record."""
    rows = ["place\tkind\treason\trecord"]
    for quarantine in quarantines:
        found = sorted(quarantine.found, key=lambda q: q.line)
        rows += [f"{q.file}:{q.line}\t{q.kind or '-'}\t{q.reason}\t{q.record}" for q in found]
    return "\n".join([*rows, ""])


def summary(read: Import) -> list[dict[str, object]]:
    """For each file its kind, the records that came over and those set aside."""
    return [
        {"file": f.file, "kind": f.kind, "dialect": f.dialect, "read": f.counts, "aside": f.aside}
        for f in read.files
    ]
