"""Workers that some words break. Nothing of the coder is imported, so that processes start fast."""

from __future__ import annotations

import faulthandler
import os
import re
import time
from collections.abc import Callable


def break_on(word: str) -> None:
    """Hangs in C code, sleeps, dies or fills memory, as the word says."""
    if "hang" in word:
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter for ages
    elif "sleep" in word:
        time.sleep(3600)
    elif "crash" in word:
        faulthandler.disable()
        os.kill(os.getpid(), 11)
    elif "exit" in word:
        os._exit(3)
    elif "bloat" in word:
        held = [bytearray(1 << 24) for _ in range(40)]
        time.sleep(3600)
        held.clear()


def upper(words: list[str]) -> list[str]:
    """A worker that some words break."""
    for word in words:
        break_on(word)
    return [word.upper() for word in words]


def make_upper() -> Callable[[list[str]], list[str]]:
    return upper
