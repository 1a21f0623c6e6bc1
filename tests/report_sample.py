"""A small dataset of our own sentences, with words that would like to be HTML, and its report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from coder.report.packing import unpacked
from tests.cli.helper import articles, coder

EVIL = "<script>window.broken = 1</script> & </script><img src=x onerror='window.broken = 2'>"
STRIKE = "An air strike by Israel on Baalbek killed four people on Monday."
ARREST = f"Police in Kenya arrested 12 protesters in Nairobi on Tuesday ({EVIL})."
MEETING = "The president of Mali met the president of Niger in Bamako on Tuesday."
QUIET = "The museum reopened after a rainy week."


def row(text: str, day: str, **more: object) -> dict[str, Any]:
    return {"published": day, "text": text, **more}


def build(folder: Path) -> Path:
    """The dataset, in a folder below `folder`."""
    source = articles(
        folder / "news.jsonl",
        row(STRIKE, "2024-03-12", publisher="Daily", headline=f"Strike {EVIL}"),
        row(ARREST, "2024-03-13", publisher=EVIL, url="javascript:window.broken=3"),
        row(MEETING, "2024-03-13", publisher="Daily", url="https://example.org/a?b=1&c=2"),
        row(QUIET, "2024-04-02", publisher="Post"),
        {"published": "never", "text": "Undated."},
    )
    ran = coder("build", source, "--out", folder / "sample", "--workers", 1)
    assert ran.code == 0, ran.err
    return folder / "sample"


def part(page: str, name: str) -> Any:
    """The data of a page: `data`, `evidence` or `world`."""
    found = re.search(f'id="{name}">([^<]*)</script>', page)
    assert found, name
    return unpacked(found[1])
