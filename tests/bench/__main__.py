"""`just bench`: measure the speed of each step and of whole builds, and write the page on it."""

from __future__ import annotations

import argparse
import tempfile
from itertools import islice
from pathlib import Path

from coder.parsing.split import spans
from tests.bench.builds import Build, build
from tests.bench.copies import Text, texts_of, varied, write
from tests.bench.page import Measured, page
from tests.bench.steps import measure

_SHOWN = 2000


def main() -> None:
    args = _arguments()
    name = args.name or "The sample articles"
    texts = texts_of(args.paths, args.items)
    if len(texts) < args.items:
        texts += list(islice(varied(texts), args.items - len(texts)))
        name += " and varied copies of them"
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        fresh = measure(texts)
        print(f"no cache: {fresh.shares()}")
        cached = measure(texts, here / "parses")
        print(f"parses kept: {cached.shares()}")
        file = write(texts, len(texts), here / "articles.jsonl")
        builds = [_best(file, here / "out", workers, args.repeats) for workers in (1, 2)]
        many, copies = None, 0
        if args.sentences:
            many, copies = _many(texts, args.sentences, args.workers, here)
    written = page(Measured(name, fresh, cached, builds, many, copies))
    print(written)
    if args.out is not None:
        args.out.write_text(written, encoding="utf-8")


def _best(file: Path, out: Path, workers: int, repeats: int) -> Build:
    """The fastest of some builds: the others were disturbed."""
    return min((build(file, out, workers) for _ in range(repeats)), key=lambda b: b.seconds)


def _many(texts: list[Text], sentences: int, workers: int, here: Path) -> tuple[Build, int]:
    shown = texts[:_SHOWN]
    each = sum(sum(1 for _ in spans(t.text)) for t in shown) / len(shown)
    articles = round(sentences / each)
    return build(write(varied(texts), articles, here / "copies.jsonl"), here / "out", workers), (
        round(articles * each)
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument(
        "paths", nargs="*", default=["seeds/*.txt"], help="files or folders of articles"
    )
    parser.add_argument("--name", help="what the articles are called on the page")
    parser.add_argument("--items", type=int, default=3000, help="articles to measure on")
    parser.add_argument("--repeats", type=int, default=2, help="builds of which the best counts")
    parser.add_argument("--sentences", type=int, default=0, help="also build so many varied copies")
    parser.add_argument("--workers", type=int, default=2, help="processes for the varied copies")
    parser.add_argument("--out", type=Path, help="where to write the page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
