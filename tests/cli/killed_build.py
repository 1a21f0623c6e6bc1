"""`coder build` in a process of its own that dies where it is told to.

`python -m tests.cli.killed_build N ARGS` runs `coder ARGS` with small batches and kills itself at
the N-th operation on a file under the folder of the dataset (0: never). It prints how many there
were to the file named by CODER_COUNT.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import coder.intake
import coder.recode.kept
from coder.cli import main

_EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink"})
_seen = 0


def _watch(last: int, folder: str) -> None:
    def hook(event: str, args: tuple[object, ...]) -> None:
        global _seen
        if event in _EVENTS and args and folder in str(args[0]):
            _seen += 1
            if _seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    coder.intake.BATCH_CHARACTERS = 600
    coder.recode.kept.MANY = 3
    arguments = sys.argv[2:]
    _watch(int(sys.argv[1]), arguments[arguments.index("--out") + 1])
    try:
        main(arguments)
    finally:
        if "CODER_COUNT" in os.environ:
            Path(os.environ["CODER_COUNT"]).write_text(str(_seen), encoding="ascii")
