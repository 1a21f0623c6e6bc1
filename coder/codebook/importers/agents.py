"""Agent, discard and issue dictionaries of TABARI and PETRARCH."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from coder.codebook.importers.actors import name_of
from coder.codebook.importers.lexing import Quarantine, lines_of, read_text
from coder.codebook.importers.verb_forms import forms_of, plural_of

_MACRO = re.compile(r"^!(\w+)!\s*=\s*(.*)$")
_AGENT = re.compile(r"^(?P<name>[^\[\]{}]+?)\s*(\{(?P<plural>[^{}]*)\})?\s*\[(?P<code>[^\[\]]*)\]$")
_CODE = re.compile(r"^(~\s*[A-Za-z0-9#-]+|[A-Za-z0-9#-]+\s*~)$")
_MOST = 10_000
"""Steps of writing out the macros of one phrase."""
_OPEN = re.compile(r"<ISSUE\b([^>]*)>")
_CLOSE = re.compile(r"</ISSUE>")
_ISSUE = re.compile(r"([^\[\]\s][^\[\]]*)\[([^\[\]]+)\]")
_ATTRIBUTE = re.compile(r'(\w+)\s*=\s*"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Agent:
    """Common nouns for people or a body: `code` goes behind an actor's, or `before` it."""

    words: tuple[str, ...]
    code: str
    before: bool
    line: int


@dataclass(slots=True)
class AgentFile:
    agents: list[Agent] = field(default_factory=list)
    macros: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        return {"agents": len(self.agents), "agent macros": len(self.macros)}


def read_agents(path: Path, quarantine: Quarantine) -> AgentFile:
    """The agents of a file with their plurals: those in braces, none for `{}`, else the regular
    one. Raises CoderError E101, E102."""
    out = AgentFile()
    for line in lines_of(read_text(path, quarantine)):
        text = line.text.strip()
        macro = _MACRO.match(text)
        if macro:
            words = tuple(w.strip().lower() for w in macro[2].split(",") if w.strip())
            out.macros[macro[1].upper()] = words
            continue
        match = _AGENT.match(text)
        code = match["code"].strip() if match else ""
        if match is None or not _CODE.match(code):
            quarantine.add(line, "not an agent: PHRASE {plural} [~CODE] or [CODE~]", "agents")
            continue
        try:
            names = _expanded(match["name"], out.macros)
        except KeyError as error:
            quarantine.add(line, f"there is no macro {error}", "agents")
            continue
        except ValueError as error:
            quarantine.add(line, f"agent: {error}", "agents")
            continue
        if match["plural"] is None:
            plurals = [plural_of(n) for n in names] if "!" not in match["name"] else []
        else:
            plurals = [name_of(p) for p in match["plural"].split(",") if p.strip()]
        forms = tuple(dict.fromkeys(form for form in (*names, *plurals) if form))
        if not forms:
            quarantine.add(line, "an agent without a word", "agents")
            continue
        before = code.endswith("~")
        out.agents.append(Agent(forms, code.strip("~ ").upper(), before, line.number))
    return out


def _expanded(phrase: str, macros: dict[str, tuple[str, ...]]) -> list[str]:
    """The phrases that a phrase with !MACRO! stands for. Raises KeyError for an unknown macro,
    ValueError for macros that stand for too many, or for one another without end."""
    made: list[str] = []
    waiting = [phrase]
    for _ in range(_MOST):
        if not waiting:
            return made
        one = waiting.pop()
        match = re.search(r"!(\w+)!", one)
        if match is None:
            made.append(name_of(one))
            continue
        words = macros[match[1].upper()]
        waiting += [one[: match.start()] + w + one[match.end() :] for w in reversed(words)]
    raise ValueError("its macros stand for too many phrases")


@dataclass(slots=True)
class DiscardFile:
    """Phrases that drop the sentence that holds them, or the whole story."""

    sentence: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {
            "discards of a sentence": len(self.sentence),
            "discards of a story": len(self.story),
        }


def read_discards(path: Path, quarantine: Quarantine) -> DiscardFile:
    """The discards of a file. Raises CoderError E101, E102."""
    out = DiscardFile()
    for line in lines_of(read_text(path, quarantine)):
        text = line.text.strip()
        story = text.startswith("+")
        phrase = name_of(text.removeprefix("+"))
        if not phrase or any(c in phrase for c in "[]{}"):
            quarantine.add(
                line,
                "not a discard: a phrase, with + for the whole story",
                "discards of a sentence",
            )
            continue
        (out.story if story else out.sentence).append(phrase)
    return out


@dataclass(frozen=True, slots=True)
class Issue:
    """A phrase that says what a text is about; `phrases` are its forms."""

    phrases: tuple[str, ...]
    code: str
    category: str
    type: str


@dataclass(slots=True)
class IssueFile:
    """Issues, and phrases that keep a sentence or a story from being about any."""

    issues: list[Issue] = field(default_factory=list)
    not_sentence: list[str] = field(default_factory=list)
    not_story: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {
            "issue phrases": len(self.issues),
            "issue codes": len({i.code for i in self.issues}),
            "issue exclusions of a sentence": len(self.not_sentence),
            "issue exclusions of a story": len(self.not_story),
        }


def read_issues(path: Path, quarantine: Quarantine) -> IssueFile:
    """The issues of a file. Raises CoderError E101, E102."""
    out = IssueFile()
    inside = 0
    where: dict[str, str] = {}
    for line in lines_of(read_text(path, quarantine)):
        text = line.text.strip()
        if text.startswith("<"):
            opened = _OPEN.search(text)
            if opened:
                inside += 1
                where = {k.upper(): v for k, v in _ATTRIBUTE.findall(opened[1])}
            elif _CLOSE.search(text):
                if not inside:
                    quarantine.add(line, "a closing tag without its opening")
                inside = max(0, inside - 1)
            else:
                quarantine.add(line, "a tag that is not known")
            continue
        if text.startswith("~"):
            phrase = name_of(text.removeprefix("~").removeprefix("~"))
            kept = out.not_story if text.startswith("~~") else out.not_sentence
            if phrase:
                kept.append(phrase)
            else:
                quarantine.add(line, "an exclusion without a phrase")
            continue
        try:
            found = [(_issue_forms(p.strip()), code.strip()) for p, code in _ISSUE.findall(text)]
        except ValueError as error:
            quarantine.add(line, f"issue: {error}", "issue phrases")
            continue
        if not found or not all(code and all(forms) for forms, code in found):
            quarantine.add(line, "not an issue: PHRASE [CODE]", "issue phrases")
            continue
        category, type_ = where.get("CATEGORY", ""), where.get("TYPE", "")
        out.issues += [Issue(forms, code, category, type_) for forms, code in found]
    return out


def _issue_forms(phrase: str) -> tuple[str, ...]:
    """All forms of a phrase: n: a noun with its plural, v: a verb with its endings.

    >>> _issue_forms("pre+n:school")
    ('pre school', 'pre schools')
    """
    forms = [""]
    for piece in re.split(r"[\s_+]+", phrase.lower().strip()):
        words = [piece]
        if piece.startswith("n:"):
            words = [piece[2:], plural_of(piece[2:])]
        elif piece.startswith("v:"):
            words = _verb_forms(piece[2:])
        forms = [f"{f} {w}".strip() for f in forms for w in words]
    return tuple(dict.fromkeys(forms))


def _verb_forms(word: str) -> list[str]:
    return list(forms_of(word, None))
