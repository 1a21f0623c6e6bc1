"""From files of articles to a dataset: read -> code -> merge -> check -> write -> switch.

Coding is `coder.pipeline`, batch by batch and in several processes; only merging looks across
articles. Texts, sentences and mentions go to disk as they come; what stays in memory are the
small rows of events. What a build before has coded, finished or not, is taken over where it holds
(`coder.recode`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Protocol

import polars as pl

from coder.articles.options import ReadOptions
from coder.articles.read import read_articles
from coder.batch import MERGED, STREAMED, CodedBatch, batch_coder
from coder.codebook.load import Codebooks
from coder.engines import engine
from coder.errors import E440, E602, E604, CoderError
from coder.intake import SPILL_BYTES, Intake
from coder.merging.merge import merge
from coder.parsing.cache import LIMIT, mend, trim
from coder.parsing.model import find_model
from coder.pipeline import Options, collector_paused
from coder.readiness import ready_codebooks
from coder.recode.codebook_files import files_now, state_of
from coder.recode.environment import environment
from coder.recode.items import read_items
from coder.recode.kept import Kept
from coder.recode.reads import Memory, reading_key
from coder.salvage import SECONDS, guard_of
from coder.store.database import check_path, write_database
from coder.tables.changes import changes
from coder.tables.check import check, check_tables
from coder.tables.coverage import coverage
from coder.tables.dataset import Build
from coder.tables.manifest import CodebookRecord, Manifest, ModelRecord, make_manifest
from coder.tables.models import TABLES, frame
from coder.tables.parquet import TableWriter
from coder.tables.rows import reject_rows
from coder.types import Article, Reject

CACHE = ".parses"
"""Folder of the cache of parses in the folder of a dataset; builds share it."""
CODED = ".coded"
"""Folder of the codings kept by article, finished or not; builds share it."""
READ, READING = "read", ".read.parquet"
"""What was read is kept there in the folder of codings, while it is read here in that of the
build."""

Source = Callable[[], Iterable[Article | Reject]]


class Progress(Protocol):
    """Hears how far a build is."""

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins; `total` articles where their number is known."""

    def advance(self, articles: int, events: int = 0) -> None:
        """So many more articles are done, with so many events."""


class Silent:
    """A progress that shows nothing."""

    def step(self, name: str, total: int | None = None) -> None:
        return

    def advance(self, articles: int, events: int = 0) -> None:
        return


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build: codebooks and model, how to read, and how many processes (None: a process
    for each core). `strict` stops on the first row that fails; `cache` keeps parses, at most
    `cache_bytes` of them, and codings for the next build; `keep_text` is False where the words of
    articles may not be kept; `command` is written into the manifest. `time_limit` is in seconds an
    article, 0 for none, which codes in this process where `workers` is 1; `engine` is one of
    `coder.engines.ENGINES`."""

    coder: Options = field(default_factory=Options)
    read: ReadOptions = field(default_factory=ReadOptions)
    workers: int | None = None
    time_limit: float = SECONDS
    engine: str = "local"
    strict: bool = False
    cache: bool = True
    cache_bytes: int = LIMIT
    keep_text: bool = True
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A build that is whole: its folder, manifest, and what a user is told.

    `ties` counts the triggers on which several rules tied, by the ids of the rules.
    """

    folder: Path
    manifest: Manifest
    rejects: tuple[Reject, ...]
    ties: Mapping[tuple[str, ...], int]
    notes: tuple[str, ...] = ()

    def rows(self, table: str) -> int:
        """The number of rows of a table."""
        return self.manifest.tables[table].rows


def build(
    paths: Sequence[str],
    out: Path,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Codes the articles of files and folders into a new build of the dataset folder `out`.

    The same articles, codebooks and model give the same bytes in every table, whatever the
    number of processes and the order of files. On any error `latest` stays what it was. Raises
    CoderError: E1xx for paths, E2xx codebooks, E301 model, E42x for the folder, E602, E604.

    >>> build(["seeds"], Path("outputs/seeds")).rows("events")  # doctest: +SKIP
    """
    options = options or BuildOptions()
    key = partial(reading_key, paths, options.read)
    return build_from(lambda: read_articles(paths, options.read), out, options, progress, key)


def build_from(
    source: Source,
    out: Path,
    options: BuildOptions,
    progress: Progress | None = None,
    key: Callable[[], str] | None = None,
) -> BuildResult:
    """The same of articles from anywhere: `source` is called when the folder is ours to write
    into, and gives articles and what could not be read; `key` gives a hash of all that they come
    from, by which what was read is kept. `options.read` is not looked at."""
    check_path(out)
    files = files_now(options.coder.codebooks, options.coder.folder)
    run = _Run(options, progress or Silent(), ready_codebooks(options.coder), files)
    with Build(out) as target:
        kept = run.kept(out) if options.cache else None
        intake = run.read(source, target, key)
        run.code(intake, target, out / CACHE if options.cache else None, kept)
        run.merge(target)
        run.write_rest(target)
        (target.path / READING).unlink(missing_ok=True)
        with run.timed("database"):
            write_database(target.path)
        manifest = run.manifest(target)
        folder = target.commit(manifest.save)
        if kept is not None:
            run.tidy(out, kept)
    return BuildResult(folder, manifest, tuple(run.rejects), run.ties, tuple(run.notes))


class _Run:
    """One build under way: what is kept in memory between its steps."""

    def __init__(
        self,
        options: BuildOptions,
        progress: Progress,
        books: Codebooks,
        files: Mapping[str, str],
    ) -> None:
        if options.workers is not None and options.workers < 1:
            raise CoderError(E602, place="--workers", value=options.workers)
        self.options, self.progress, self.books, self.files = options, progress, books, files
        self.started = datetime.now(UTC)
        self.seconds: dict[str, float] = {}
        self.rejects: list[Reject] = []
        self.ties: dict[tuple[str, ...], int] = {}
        self.notes: list[str] = []
        self.small: dict[str, list[pl.DataFrame]] = {name: [] for name in MERGED}
        self.model = find_model(options.coder.model)

    @contextmanager
    def timed(self, step: str, total: int | None = None) -> Iterator[None]:
        """A step whose seconds go into the manifest."""
        self.progress.step(step, total)
        began = perf_counter()
        yield
        self.seconds[step] = round(perf_counter() - began, 3)

    # --- the steps --------------------------------------------------------------------------

    def read(self, source: Source, target: Build, key: Callable[[], str] | None) -> Intake:
        intake = Intake(target.path / READING)
        keeps = self.options.cache and self.options.keep_text
        memory = Memory(target.out / CODED / READ, key) if keeps and key is not None else None
        with self.timed("read"):
            intake.read(source, self.progress.advance, self._refuse, memory)
        return intake

    def kept(self, out: Path) -> Kept:
        """The codings of the builds before, as far as they hold."""
        options = self.options
        with self.timed("compare"), collector_paused():
            hangs_on = environment(options.coder.model, keep_text=options.keep_text)
            state = state_of(options.coder.codebooks, self.files)
            now = partial(read_items, self.books, options.coder.folder, state=state)
            kept = Kept(out / CODED, hangs_on, now)
            kept.open()
        return kept

    def code(
        self, intake: Intake, target: Build, cache: Path | None, kept: Kept | None = None
    ) -> None:
        """Codes what is not taken over; articles, sentences and mentions go to disk as they
        come."""
        if cache is not None:
            self.notes += [f"{path} was damaged; parsed anew" for path in mend(cache)]
        run_batches, room = engine(self.options.engine)
        if self.options.engine != "local":
            cache = None  # a file that only this machine has
        guard = guard_of(self.options.time_limit, keep_text=self.options.keep_text)
        with self.timed("code", intake.listing().height), ExitStack() as stack:
            writers: dict[str, TableWriter] = {
                name: stack.enter_context(
                    TableWriter(target.file(name), name, spill_bytes=SPILL_BYTES)
                )
                for name in STREAMED
            }
            anew = intake.listing()["coded"].is_not_null()
            if kept is not None:
                same = kept.judge(intake.listing())
                self._take_over(kept, intake, same, writers)
                self.notes += [*kept.notes, *filter(None, [kept.tell()])]
                anew &= ~same
            workers = min(self.options.workers or room(), intake.n_batches(anew))
            here = workers == 1 and guard is None
            make = batch_coder(
                self.options.coder,
                cache,
                keep_text=self.options.keep_text,
                books=self.books if here else None,
            )
            found = run_batches(make, intake.batches(anew), workers, guard) if anew.any() else ()
            for done in found:
                for name, writer in writers.items():
                    writer.append(done.frames[name])
                if kept is not None:
                    kept.add(done.frames)
                self._note(done)
            for name, writer in writers.items():
                target.written[name] = writer.close()
            if self._files() != self.files:
                raise CoderError(E440)
        for reject in intake.rejects:
            self._refuse(reject)

    def _files(self) -> dict[str, str]:
        chosen = self.options.coder
        return files_now(chosen.codebooks, chosen.folder)

    def _take_over(
        self, kept: Kept, intake: Intake, same: pl.Series, writers: Mapping[str, TableWriter]
    ) -> None:
        """The rows of articles whose codings hold. Which copy of a text an article is hangs on the
        other articles, so that is said anew."""
        if not same.any():
            return
        for rows in intake.pieces(same):
            good, rejects = check("articles", rows)
            assert not rejects  # a coding is kept of articles that hold every check
            if not self.options.keep_text:
                good = good.with_columns(text=pl.lit(None, pl.String))
            writers["articles"].append(good)
            self.progress.advance(good.height)
        syndications = intake.listing().filter(same).select("article_id", "syndication_id")
        for frames in kept.frames():
            for name in ("sentences", "mentions"):
                writers[name].append(frames[name])
            events = frames["article_events"]
            frames["article_events"] = (
                events.drop("syndication_id")
                .join(syndications, on="article_id", how="left", maintain_order="left")
                .select(events.columns)
            )
            for name, small in self.small.items():
                small.append(frames[name])
            self.progress.advance(0, events.height)

    def merge(self, target: Build) -> None:
        """One event from the same event in several articles."""
        with self.timed("merge"):
            small = {name: self._small(name) for name in MERGED}
            columns = ["article_id", "syndication_id", "publisher", "published", "coded"]
            articles = pl.read_parquet(target.file("articles"), columns=columns, glob=False)
            founding = small["article_events"].select("mention_id")
            mentions = (
                pl.scan_parquet(target.file("mentions"), glob=False)
                .select("mention_id", "about_chain")
                .join(founding.lazy(), on="mention_id", how="semi")
                .collect()
            )
            units = {o.head.id: o.units for o in self.books.ontologies.values() if o.units}
            merged = merge(
                *small.values(), articles=articles, mentions=mentions, units=units
            ).tables()
        with self.timed("check"):
            known = {
                book.head.id: {code.code for code in book.codes}
                for book in self.books.ontologies.values()
            }
            tables, rejects = check_tables(merged, codes=known)
            for reject in rejects:
                self._refuse(reject)
            for name, df in tables.items():
                target.write(name, df)

    def write_rest(self, target: Build) -> None:
        """Coverage, what changed since the build before, rejects, and the tables that a first build
        leaves empty."""
        with self.timed("write"):
            columns = ["article_id", "publisher", "publisher_country", "published", "coded"]
            articles = pl.read_parquet(target.file("articles"), columns=columns, glob=False)
            columns = ["article_id", "screened_out", "n_mentions"]
            sentences = pl.read_parquet(target.file("sentences"), columns=columns, glob=False)
            target.write("coverage", coverage(articles, sentences))
            target.write("event_changes", changes(target.before, target.path))
            target.write("rejects", frame("rejects", reject_rows(self.rejects)))
            for name in TABLES:
                if name not in target.written:
                    target.write(name, frame(name))

    def tidy(self, out: Path, kept: Kept) -> None:
        """Leaves what the next build can use, within its bounds. The dataset is whole by now: a
        full disk spoils nothing."""
        with self.timed("tidy"), suppress(CoderError, OSError, sqlite3.Error):
            kept.settle()
            trim(out / CACHE, self.options.cache_bytes, keep=self.model.fingerprint)

    def manifest(self, target: Build) -> Manifest:
        return make_manifest(
            build_id=target.build_id,
            written=target.written,
            codebooks=_records(self.books),
            model=ModelRecord(
                name=self.model.name, version=self.model.version, sha256=self.model.fingerprint
            ),
            command=self.options.command,
            timings=self.seconds,
            started=self.started.isoformat(timespec="seconds"),
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    # --- what they share --------------------------------------------------------------------

    def _note(self, done: CodedBatch) -> None:
        for name, frames in self.small.items():
            frames.append(done.frames[name])
        for reject in done.rejects:
            self._refuse(reject)
        for rules, n in done.ties.items():
            self.ties[rules] = self.ties.get(rules, 0) + n
        note = "the cache of parses could not be used"
        if done.cache_failed and note not in self.notes:
            self.notes.append(note)
        self.progress.advance(done.n_articles, done.n_events)

    def _small(self, name: str) -> pl.DataFrame:
        return pl.concat([frame(name), *self.small.pop(name)])

    def _refuse(self, reject: Reject) -> None:
        if self.options.strict:
            reason = f"{reject.code}: {reject.message}"
            raise CoderError(E604, place=reject.place, reason=reason)
        self.rejects.append(reject)


def _records(books: Codebooks) -> list[CodebookRecord]:
    """The files of the codebooks by name, with the version of those that have one."""
    versions = {
        Path(place.rpartition(":")[0]).name: book.head.version
        for book in books.ontologies.values()
        for place in book.places[:1]
    }
    records = []
    for name, digest in books.hashes.items():
        # A user's file is named by its path, of which only the last part is worth keeping.
        path = Path(name)
        own = path.suffix != "" and path.is_file()
        file = path.name if own or path.suffix else f"{name}.yaml"
        version = "" if "/" in name and not own else versions.get(file, "")
        records.append(CodebookRecord(id=file if own else name, version=version, sha256=digest))
    return records
