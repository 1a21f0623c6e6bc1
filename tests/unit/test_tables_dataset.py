"""Builds: `latest` moves only to a whole build, and nothing of the user's is ever removed."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from coder.errors import CoderError
from coder.tables import dataset
from coder.tables.dataset import Build, builds, find_build, latest_id, load
from coder.tables.manifest import CodebookRecord, Manifest, make_manifest, read_manifest
from tests.tables_sample import coded, tables

ROOT = Path(__file__).parents[2]
IDS = [f"20240202T10000{i}-000000Z" for i in range(9)]


def build(out: Path, build_id: str | None = None, keep: int = 3) -> Path:
    with Build(out, keep=keep, build_id=build_id) as one:
        for name, df in tables().items():
            one.write(name, df)
        manifest = make_manifest(build_id=one.build_id, written=one.written)
        return one.commit(manifest.save)


def names(out: Path) -> list[str]:
    """What a user sees in a dataset folder, and what is hidden but for the lock."""
    return sorted(e.name for e in out.iterdir() if e.name != ".lock")


def test_a_build_becomes_the_latest(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "syria"
    folder = build(out, IDS[0])
    assert folder == out / IDS[0]
    assert names(out) == [IDS[0], "dataset.json", "latest"]
    assert (out / "latest").is_symlink()
    assert os.readlink(out / "latest") == IDS[0]  # noqa: PTH115
    assert load(out, "events").equals(tables()["events"])
    assert find_build(out / "latest") == find_build(folder) == folder.resolve()
    second = build(out, IDS[1])
    assert find_build(out) == second
    assert builds(out) == IDS[:2]


def test_builds_of_the_same_rows_have_the_same_bytes(tmp_path: Path) -> None:
    one, two = build(tmp_path / "a"), build(tmp_path / "b")
    for file in one.glob("*.parquet"):
        assert file.read_bytes() == (two / file.name).read_bytes()
    assert len(list(one.glob("*.parquet"))) == 13
    first, second = (read_manifest(x / "manifest.json") for x in (one, two))
    assert first.digest == second.digest
    assert first.tables == second.tables


def test_an_error_leaves_the_latest_and_no_trace(tmp_path: Path) -> None:
    out = tmp_path / "d"
    build(out, IDS[0])
    before = names(out)
    with pytest.raises(CoderError, match="E402"), Build(out) as one:
        one.write("events", tables()["mentions"])
    with Build(out) as one:
        one.write("events", tables()["events"])  # and no commit
    assert names(out) == before
    assert latest_id(out) == IDS[0]


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from coder.tables import dataset
    from coder.tables.models import frame
    out, moment, build_id = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    def die(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)
    def save(path):
        if moment == "manifest":
            die()
        path.write_text("{}")
    if moment == "switching":
        dataset.switch_latest = die
    with dataset.Build(out, build_id=build_id) as build:
        build.write("events", frame("events"))
        build.commit(save)
"""


@pytest.mark.parametrize("moment", ["manifest", "switching"])
def test_a_killed_build_leaves_the_latest(tmp_path: Path, moment: str) -> None:
    out = tmp_path / "d"
    build(out, IDS[0])
    code = textwrap.dedent(KILLED)
    ended = subprocess.run(
        [sys.executable, "-c", code, str(out), moment, IDS[1]], cwd=ROOT, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    left = IDS[1] if moment == "switching" else f".partial-{IDS[1]}"
    assert (out / left).is_dir()
    assert latest_id(out) == IDS[0]
    assert load(out, "events").height == 1
    third = build(out, IDS[2])  # the lock of a killed process is free
    assert find_build(out) == third
    assert not [n for n in names(out) if n.startswith(".partial")]


def test_a_second_build_into_one_folder_fails_at_once(tmp_path: Path) -> None:
    out = tmp_path / "d"
    with Build(out) as one:
        with pytest.raises(CoderError, match="E421") as caught, Build(out):
            pass
        assert caught.value.place == str(out)
        assert one.path.is_dir()
        one.commit(make_manifest(build_id=one.build_id, written={}).save)
    build(out)


@pytest.mark.parametrize("what", ["file", "folder", "is a file", "only hidden"])
def test_a_folder_of_the_user_is_refused(tmp_path: Path, what: str) -> None:
    out = tmp_path / "mine"
    if what == "is a file":
        out.write_text("x")
    else:
        out.mkdir()
        name = ".hidden" if what == "only hidden" else "thesis"
        (out / name).mkdir() if what == "folder" else (out / name).write_text("x")
    before = sorted(out.iterdir()) if out.is_dir() else out.read_text()
    with pytest.raises(CoderError, match="E420"), Build(out):
        pass
    assert (sorted(out.iterdir()) if out.is_dir() else out.read_text()) == before


def test_an_empty_folder_is_used_and_notes_in_a_dataset_stay(tmp_path: Path) -> None:
    out = tmp_path / "d"
    out.mkdir()
    build(out, IDS[0])
    mine = [out / "notes.txt", out / ".partial-thesis", out / "2024", out / ".trash-x"]
    for path in mine:
        path.mkdir()
    for i in range(1, 4):
        build(out, IDS[i], keep=0)
    assert all(path.is_dir() for path in mine)
    assert builds(out) == [IDS[3]]


def test_old_builds_are_kept_up_to_a_number_and_the_latest_always(tmp_path: Path) -> None:
    out = tmp_path / "d"
    for one in IDS[:6]:
        build(out, one)
    assert builds(out) == IDS[2:6]
    build(out, IDS[0], keep=1)  # a clock set back: the latest has the oldest name
    assert latest_id(out) == IDS[0]
    assert builds(out) == [IDS[0], IDS[5]]


def test_a_pointer_file_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: object, target_is_directory: bool = False) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    out = tmp_path / "d"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", refuse)
        first = build(out, IDS[0])
        assert (out / "latest").read_text() == IDS[0] + "\n"
        assert find_build(out) == find_build(out / "latest") == first
        second = build(out, IDS[1])
        assert find_build(out) == second
    build(out, IDS[2])
    assert (out / "latest").is_symlink()


def test_a_latest_of_the_user_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "d"
    build(out, IDS[0])
    (out / "latest").unlink()
    (out / "latest").write_text("mine")
    with pytest.raises(CoderError, match="E426"), Build(out):
        pass
    assert (out / "latest").read_text() == "mine"


@pytest.mark.parametrize("target", ["../../elsewhere", "nothing", IDS[5]])
def test_a_latest_that_leads_nowhere_is_no_dataset(tmp_path: Path, target: str) -> None:
    out = tmp_path / "d"
    build(out, IDS[0])
    (out / "latest").unlink()
    (out / "latest").symlink_to(target)
    with pytest.raises(CoderError, match="E423"):
        find_build(out)
    with pytest.raises(CoderError, match="E423"):
        find_build(tmp_path / "none")


@pytest.mark.parametrize("moment", ["table", "manifest", "marker", "switch", "block"])
def test_a_full_disk_leaves_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    out = tmp_path / "d"
    build(out, IDS[0])
    before = names(out)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if moment == "table":
            patch.setattr("pyarrow.parquet.ParquetWriter.write_table", full)
        elif moment == "manifest":
            patch.setattr("coder.tables.manifest.write_json", full)
        elif moment == "marker":
            patch.setattr("coder.tables.dataset.write_json", full)
        elif moment == "switch":
            patch.setattr("coder.tables.dataset.switch_latest", full)
        if moment == "block":
            with pytest.raises(CoderError, match="E422"), Build(out):
                full()
        else:
            with pytest.raises(CoderError, match="E422"):
                build(out, IDS[1])
    assert names(out) == before
    assert latest_id(out) == IDS[0]
    build(out, IDS[2])


def test_an_error_of_the_users_code_is_not_called_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), Build(tmp_path / "d"):
        (tmp_path / "none").read_text()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    parent = tmp_path / "file"
    parent.write_text("x")
    with pytest.raises(CoderError, match="E424"), Build(parent / "d"):
        pass


@pytest.mark.parametrize("bad", ["../x", "", "latest", "20240202"])
def test_build_ids_are_of_one_form(tmp_path: Path, bad: str) -> None:
    if bad == "":
        assert dataset.BUILD_ID.match(Build(tmp_path / "d", build_id=bad).build_id)
        return
    with pytest.raises(CoderError, match="E427"):
        Build(tmp_path / "d", build_id=bad)


def test_times_are_in_no_digest(tmp_path: Path) -> None:
    with Build(tmp_path / "d") as one:
        one.write("events", tables()["events"])
        made = [
            make_manifest(build_id="x", written=one.written, timings={"parse": t}, started=str(t))
            for t in (1.0, 2.0)
        ]
    assert made[0].digest == made[1].digest
    assert made[0].timings != made[1].timings


def test_manifest_round_trip_and_its_errors(tmp_path: Path) -> None:
    book = CodebookRecord(id="cameo", version="1.0.0", sha256="0" * 64)
    made = make_manifest(build_id=IDS[0], written={}, codebooks=[book], command=["coder", "build"])
    path = tmp_path / "manifest.json"
    made.save(path)
    assert read_manifest(path) == made
    assert isinstance(made, Manifest)
    assert made.versions["polars"]
    path.write_text('{"schema_version": "1"}')
    with pytest.raises(CoderError, match=r"E425.*build_id"):
        read_manifest(path)
    path.write_text("{")
    with pytest.raises(CoderError, match="E425"):
        read_manifest(path)
    with pytest.raises(CoderError, match="E425"):
        read_manifest(tmp_path / "none.json")


def test_a_reader_of_a_build_sees_the_rows_of_all_articles(tmp_path: Path) -> None:
    made = tables(coded(), coded(article_id="a2", suffix="2"))
    with Build(tmp_path / "d") as one:
        with one.writer("mentions") as writer:
            for row in made["mentions"].iter_slices(1):
                writer.append(row)
            one.written["mentions"] = writer.close()
        one.commit(make_manifest(build_id=one.build_id, written=one.written).save)
    assert load(tmp_path / "d", "mentions").equals(made["mentions"])
    with pytest.raises(CoderError, match="E411"):
        load(tmp_path / "d", "events")
