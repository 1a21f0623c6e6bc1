"""HTML made of templates and assets: escaping, and a policy that lets no other script run.

Templates escape every value. Scripts are named by their hashes in the page's Content Security
Policy, so that a script that got into the page by any other way would not run, and nothing can
be loaded from the network.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import date
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from coder.errors import E751, CoderError
from coder.tables.disk import disk_errors, write_text

_ASSETS = files("coder.report") / "assets"
_MADE = "event-coder"
PAGE_MARK = f'content="{_MADE} '
"""What says in the head of a page that coder made it."""

_HEAD = 4096
"""Bytes of a file in which its maker must stand."""


def asset(name: str) -> str:
    """The text of a file in `coder/report/assets`."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def generator() -> str:
    """Who made a page, as it stands in its head and foot."""
    return f"{_MADE} {metadata.version('event-coder')}"


def policy(scripts: Sequence[str]) -> str:
    """The Content Security Policy under which only these scripts run and nothing is loaded.

    >>> policy(["1"])[:46]
    "default-src 'none'; script-src 'sha256-a4ayc/8"
    """
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def inline(script: str) -> Markup:
    """A script of ours as it may stand between script tags.

    >>> inline("'</script>'")
    Markup("'<\\\\/script>'")
    """
    return Markup(re.sub(r"</(?=script)", r"<\\/", script, flags=re.IGNORECASE))


def render(template: str, **values: Any) -> str:
    """A page from a template of `assets`; values are escaped unless they are `Markup`."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "n": thousands,
        "day": _day,
        "share": _share,
        "tail": _tail,
        "ticked": ticked,
    }
    return environment.get_template(template).render(generator=generator(), **values)


def thousands(number: int) -> str:
    """A number with its thousands set off.

    >>> thousands(55070)
    '55,070'
    """
    return f"{number:,}"


def ticked(text: str) -> Markup:
    """Text with what stands in backticks as code; all else is escaped.

    >>> ticked("`a<b` holds")
    Markup('<code>a&lt;b</code> holds')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "none"


def _tail(place: str) -> str:
    return place.rsplit("/", 1)[-1]


def write_page(path: Path, page: str) -> None:
    """Writes a page, whole or not at all; one that coder made before is replaced.

    Raises E751 where a file of the user's is in the way, E422 and E424 of the disk.
    """
    check_ours(path, PAGE_MARK)
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, page)


def check_ours(path: Path, mark: str) -> None:
    """Raises E751 where there is a file that does not say at its head that coder made it."""
    if not path.exists():
        return
    if path.is_file():
        with disk_errors(path), path.open("rb") as file:
            if mark.encode() in file.read(_HEAD):
                return
    raise CoderError(E751, place=str(path), path=path)
