"""Whole builds in processes of their own: time, memory and size on disk."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Build:
    """A build: seconds by the clock and of CPU, the memory of its largest process and the size of
    its dataset in megabytes."""

    workers: int
    seconds: float
    cpu: float
    memory: float
    disk: float


def build(articles: Path, out: Path, workers: int) -> Build:
    """Run `coder build` on a file without a cache of parses, into a folder that is removed.

    Raises RuntimeError where the build fails.
    """
    command = [sys.executable, "-m", "coder.cli", "build", str(articles), "--out", str(out)]
    command += ["--workers", str(workers), "--no-cache", "--quiet"]
    launcher = [sys.executable, str(Path(__file__).with_name("launch.py"))]
    done = subprocess.run(launcher + command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"the build failed: {' '.join(command)}")
    used = json.loads(done.stdout.splitlines()[-1])
    disk = sum(p.stat().st_size for p in out.rglob("*") if p.is_file() and not p.is_symlink())
    shutil.rmtree(out)
    return Build(workers, disk=disk / _MB, **used)
