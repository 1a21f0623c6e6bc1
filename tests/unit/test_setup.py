"""What a newcomer and CI rely on: the two commands, the pins, and a wheel that is whole."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import coder

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ["./run build", "./run test"]


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements() -> list[str]:
    """The logical lines of requirements.lock, comments left out."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [line for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_each_locked_requirement_is_one_version_with_hashes() -> None:
    pin = re.compile(r"[a-z0-9-]+==[^\s;]+( ; [^\\]*?)?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in requirements() if not pin.fullmatch(line)] == []


def test_the_lock_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^.*(?:://|index|find-links| @ |^-).*$", text) == []


def test_the_lock_pins_every_dependency_and_the_build_backend() -> None:
    data = project()
    wanted = {name_of(d) for d in [*data["dependencies"], *data["optional-dependencies"]["dev"]]}
    assert wanted - {name_of(line) for line in requirements()} == set()
    assert {"hatchling", "editables"} <= wanted


def test_every_library_that_is_imported_is_declared() -> None:
    known = importlib.metadata.packages_distributions()
    used: set[str] = set()
    for path in (ROOT / "coder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                used.add(node.module.split(".")[0])
    libraries = used - sys.stdlib_module_names - {"coder"}
    data = project()
    optional = [
        d for name, extra in data["optional-dependencies"].items() if name != "dev" for d in extra
    ]
    declared = {name_of(d) for d in [*data["dependencies"], *optional]}
    # An extra may not be installed here; the others must be.
    known |= {name_of(d).replace("-", "_"): [name_of(d)] for d in optional}
    assert {
        module: known.get(module, [])
        for module in libraries
        if not declared & {name_of(name) for name in known.get(module, [])}
    } == {}


def test_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"(?ms)^```\w*\n(.*?)^```", readme)
    assert block
    assert block[1].splitlines()[:2] == COMMANDS


def test_ci_runs_the_second_command() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == COMMANDS[1]


def test_one_version() -> None:
    assert project()["version"] == coder.__version__


def run(root: Path, *args: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(root / "run"), *args],
        env={"PATH": path, "HOME": str(root)},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the files that `run` reads, and `bin/` with the few programs it calls."""
    for name in ("run", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "bin").mkdir()
    for program in ("dirname", "cat", "cksum", "rm"):
        found = next(d for d in ("/usr/bin", "/bin") if Path(d, program).exists())
        (tmp_path / "bin" / program).symlink_to(Path(found, program))
    return tmp_path


def fake(clone: Path, name: str, body: str) -> None:
    path = clone / "bin" / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def test_run_says_that_python_is_missing(clone: Path) -> None:
    got = run(clone, "build", path=str(clone / "bin"))
    assert got.returncode == 2
    assert "no Python 3.11, 3.12 or 3.13 found (python3 is missing)" in got.stderr


def test_run_says_that_python_is_too_old(clone: Path) -> None:
    fake(clone, "python3", '[ "$1" = --version ] && echo "Python 3.9.2" && exit; exit 1')
    got = run(clone, "build", path=str(clone / "bin"))
    assert got.returncode == 2
    assert "no Python 3.11, 3.12 or 3.13 found (python3 is Python 3.9.2)" in got.stderr


def test_run_says_that_venv_is_missing(clone: Path) -> None:
    fake(clone, "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    got = run(clone, "build", path=str(clone / "bin"))
    assert got.returncode == 2
    assert "python3 has no venv module" in got.stderr


def fake_venv(clone: Path, pip: str = "exit 0") -> None:
    """A python3 whose venv holds a `just` that prints its arguments; pip does as told."""
    inner = clone / "inner"
    inner.write_text(
        f'#!/bin/sh\nif [ "$2" = pip ]; then echo pip >>"{clone}/calls"; {pip}; fi\n',
        encoding="utf-8",
    )
    inner.chmod(0o755)
    just = clone / "just"
    just.write_text("#!/bin/sh\nprintf '[%s]' \"$@\"\n", encoding="utf-8")
    just.chmod(0o755)
    for program in ("mkdir", "cp"):
        found = next(d for d in ("/usr/bin", "/bin") if Path(d, program).exists())
        (clone / "bin" / program).symlink_to(Path(found, program))
    fake(
        clone,
        "python3",
        f'if [ "$2" = venv ]; then echo venv >>"{clone}/calls"; rm -rf .venv; mkdir -p .venv/bin; '
        f'cp "{inner}" .venv/bin/python; cp "{just}" .venv/bin/just; fi',
    )


def calls(clone: Path) -> list[str]:
    log = clone / "calls"
    return log.read_text(encoding="utf-8").split() if log.exists() else []


def test_run_sets_up_once_and_passes_arguments_unchanged(clone: Path) -> None:
    fake_venv(clone)
    for _ in range(2):
        got = run(clone, "query", "SELECT '$HOME' AS \"a b\"; *", path=str(clone / "bin"))
        assert (got.returncode, got.stdout) == (0, "[query][SELECT '$HOME' AS \"a b\"; *]")
    assert calls(clone) == ["venv", "pip", "pip"]


def test_run_follows_a_changed_lock_without_starting_anew(clone: Path) -> None:
    fake_venv(clone)
    run(clone, "x", path=str(clone / "bin"))
    with (clone / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert run(clone, "x", path=str(clone / "bin")).returncode == 0
    assert calls(clone) == ["venv", "pip", "pip", "pip", "pip"]


def test_run_does_an_interrupted_set_up_again(clone: Path) -> None:
    fake_venv(clone, pip=f'if [ ! -e "{clone}/broken" ]; then : >"{clone}/broken"; exit 1; fi')
    first = run(clone, "x", path=str(clone / "bin"))
    assert first.returncode == 2
    assert "requirements.lock could not be installed" in first.stderr
    assert run(clone, "x", path=str(clone / "bin")).returncode == 0
    assert calls(clone) == ["venv", "pip", "venv", "pip", "pip"]


def test_run_makes_the_environment_of_a_moved_folder_anew(clone: Path) -> None:
    fake_venv(clone)
    run(clone, "x", path=str(clone / "bin"))
    stamp = clone / ".venv" / "set-up"
    stamp.write_text("/elsewhere " + stamp.read_text(encoding="utf-8").split(" ", 1)[1])
    assert run(clone, "x", path=str(clone / "bin")).returncode == 0
    assert calls(clone) == ["venv", "pip", "pip"] * 2


def test_the_wheel_carries_the_codebooks_and_finds_them(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    carried = site / "coder" / "_codebooks"
    ours = ROOT / "codebooks"
    assert {p.relative_to(carried) for p in carried.rglob("*.yaml")} == {
        p.relative_to(ours) for p in ours.rglob("*.yaml")
    }
    got = subprocess.run(
        [
            sys.executable,
            "-c",
            "from coder.codebook.home import codebooks_dir; print(codebooks_dir())",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(got.stdout.strip()) == carried
