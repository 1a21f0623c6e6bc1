"""Writes the site: the pages of docs and the notebook, run anew, and then Zensical over them.

    .venv-docs/bin/python docs/build_site.py      # what `just site` does

A link that leads nowhere, a page that is not in `nav` and a cell that fails stop it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbconvert import MarkdownExporter
from nbconvert.preprocessors import ExecutePreprocessor

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = ROOT / "build" / "docs"
SITE = ROOT / "build" / "site"
NOTEBOOK = "notebook.ipynb"
SERVER = "python -m http.server --directory build/site"


def main() -> None:
    """Pages and notebook into build/docs, the site into build/site."""
    for folder in (PAGES, SITE):
        shutil.rmtree(folder, ignore_errors=True)
    PAGES.mkdir(parents=True)
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text(encoding="utf-8").replace(f"]({NOTEBOOK})", "](notebook.md)")
        (PAGES / page.name).write_text(text, encoding="utf-8")
    shutil.copy(DOCS / "site.css", PAGES)
    write_notebook()
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    missing = {page.name for page in PAGES.glob("*.md")} - set(re.findall(r"[\w-]+\.md", nav))
    if missing:
        sys.exit(f"mkdocs.yml: {', '.join(sorted(missing))} not in nav")
    zensical = Path(sys.executable).with_name("zensical")
    done = subprocess.run([zensical, "build", "--strict", "--clean"], cwd=ROOT, check=False)
    if done.returncode == 0:
        sys.stdout.write(f"{SITE / 'index.html'}  The search needs a server: {SERVER}\n")
    sys.exit(done.returncode)


def write_notebook() -> None:
    """The notebook as a page with its tables and pictures."""
    notebook = nbformat.read(DOCS / NOTEBOOK, as_version=4)
    runner = ExecutePreprocessor(timeout=600, kernel_name="python3")
    runner.preprocess(notebook, {"metadata": {"path": str(ROOT)}})
    text, found = MarkdownExporter().from_notebook_node(notebook)
    (PAGES / "notebook.md").write_text(text, encoding="utf-8")
    for name, content in found["outputs"].items():
        (PAGES / name).write_bytes(content)


if __name__ == "__main__":
    main()
