"""A small dataset of our own making for the tests of exports, panels and releases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from coder.codebook.home import codebooks_dir
from coder.codebook.load import file_hash
from coder.store.database import write_database
from coder.tables.coverage import coverage
from coder.tables.dataset import Build
from coder.tables.manifest import CodebookRecord, ModelRecord, make_manifest
from coder.tables.models import TABLES, frame
from coder.types import Actor, Coding, Where
from tests.merging_sample import (
    LION_FRONT,
    LOMA,
    NORLAND,
    NORLAND_JETS,
    SOUTHLAND,
    at_least,
    killed,
    merged,
    texts,
    told,
    when,
)

FORMULA = Actor("=cmd()|x", '=cmd()|"x"\tand\nmore', None, None, None)
POLICE = Actor("police", "Yemeni police", "YEMCOP", "YEM", "COP", kinds=frozenset({"armed"}))
MARCHERS = Actor("marchers", "Marchers", "YEMCVL", "YEM", "CVL", kinds=frozenset({"civilian"}))
UNITED = Actor("the UN", "United Nations", "IGOUNO", None, None)
SPOT = Where("Cape", "FJI", "town", "stated", "Western", None, -17.6, -179.9, "9")

STRIKE = (
    Coding("cameo", "195", "Employ aerial weapons", quad_class=4, score=-10.0),
    Coding("plover", "ASSAULT", modes=("aerial",), contexts=("military",), quad_class=4, score=-10),
    Coding(
        "acled",
        "Air/drone strike",
        extra={
            "event_type": "Explosions/Remote violence",
            "disorder_type": "Political violence",
            "inter1": "External/Other forces",
            "inter2": "Rebel group",
            "interaction": "External/Other forces-Rebel group",
        },
    ),
)
TALKS = (Coding("cameo", "036", "Express intent to meet", quad_class=1, score=4.0),)
CHARGE = (
    Coding("cameo", "175", "Use repression", quad_class=4, score=-7.0),
    Coding(
        "acled",
        "Protest with intervention",
        extra={
            "event_type": "Protests",
            "disorder_type": "Demonstrations",
            "inter1": "Protesters",
            "inter2": "State forces",
            "interaction": "Protesters-State forces",
        },
    ),
)
AID = (Coding("cameo", "073", "Provide humanitarian aid", quad_class=2, score=7.4),)
DAYS = {"a": (2, 3), "b": (2, 3), "d": (3, 4), "p": (3, 11), "f": (5, 2), "g": (5, 2), "y": (5, 3)}


def tables() -> dict[str, pl.DataFrame]:
    """Two strikes that ACLED counts as one; talks of two states; police against marchers, dated by
    publication; aid by the United Nations; an actor whose name is a formula; an event known to
    the year. Nothing is published in April 2024."""

    def on(name: str) -> date:
        return date(2024, *DAYS[name])

    may = when(date(2024, 5, 1))
    coded = [
        told("a", target=(LION_FRONT,), counts=killed(5), codes=STRIKE),
        told("b", target=(LION_FRONT,), counts=killed(90), codes=STRIKE),
        told(
            "d",
            type="meet",
            target=(SOUTHLAND, NORLAND_JETS),
            reciprocal=True,
            codes=TALKS,
            on=when(date(2024, 3, 1)),
            published=on("d"),
        ),
        told(
            "p",
            type="coerce.disperse",
            source=(POLICE,),
            target=(MARCHERS,),
            codes=CHARGE,
            where=(LOMA,),
            on=when(date(2024, 3, 11), basis="publication"),
            published=on("p"),
        ),
        told("f", source=(FORMULA,), on=may, published=on("f"), where=(), counts=at_least(3)),
        told(
            "g",
            type="aid",
            source=(UNITED,),
            target=(SOUTHLAND,),
            codes=AID,
            where=(SPOT,),
            on=may,
            published=on("g"),
        ),
        told(
            "y",
            type="aid",
            source=(NORLAND,),
            codes=AID,
            on=when(date(2023, 1, 1), date(2023, 12, 31), "year"),
            published=on("y"),
        ),
    ]
    made = {name: frame(name) for name in TABLES} | texts(*coded) | merged(*coded).tables()
    made["articles"] = made["articles"].with_columns(
        url=pl.lit("https://news.example/") + pl.col("article_id"),
        file=pl.lit("/home/jane/news.csv"),
        licence=pl.when(pl.col("article_id") == "a").then(pl.lit("CC BY 4.0")),
        headline=pl.lit("=2+2"),
    )
    made["rejects"] = frame(
        "rejects",
        [{"step": "read", "code": "E101", "message": "No 'x'.", "place": "/home/jane/x.txt:3"}],
    )
    made["coverage"] = coverage(made["articles"], made["sentences"])
    return made


def write_dataset(out: Path, changed: dict[str, pl.DataFrame] | None = None) -> Path:
    """A dataset of these tables with a manifest, as a build would leave it."""
    home = codebooks_dir()
    with Build(out, build_id="20240601T000000-000000Z") as build:
        for name, table in (tables() | (changed or {})).items():
            build.write(name, table)
        write_database(build.path)
        manifest = make_manifest(
            build_id=build.build_id,
            written=build.written,
            codebooks=[
                CodebookRecord(id="cameo", version="1.0.0", sha256=file_hash(home / "cameo.yaml")),
                CodebookRecord(id="acled", version="1.0.0", sha256="changed since"),
                CodebookRecord(
                    id="core/aid.yaml", version="", sha256=file_hash(home / "core" / "aid.yaml")
                ),
                CodebookRecord(id="mine.yaml", version="2", sha256="given"),
            ],
            model=ModelRecord(name="en_sample", version="3.8.0", sha256="x"),
            command=("coder", "build", "/home/jane/news.csv"),
            finished="2024-06-01T00:00:00+00:00",
        )
        build.commit(manifest.save)
    return out
