"""The command line: thin commands over the library, one file for each kind of work."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from coder.errors import E699, CoderError
from coder.harmless import visible

FINDINGS, USER_ERROR, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> None:
    """The entry point. Exit codes: 0 all right, 1 findings, 2 an error that a user can mend,
    130 stopped with Ctrl-C. Errors are one message without a traceback, unless --debug."""
    args = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in args
    if debug:
        args.remove("--debug")
    raise SystemExit(_run(args, debug))


def _run(args: list[str], debug: bool) -> int:
    try:
        # Loading the library takes a second, in which Ctrl-C must end without a traceback too.
        from coder.cli._commands import app

        code = app(args, prog_name="coder", standalone_mode=False, obj=args)
        sys.stdout.flush()
    except CoderError as error:
        if debug:
            traceback.print_exc()
        _say(error.render())
        return USER_ERROR
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has stopped; the interpreter must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last place to turn an error into a message
        return _unexpected(error, debug)
    if code == INTERRUPTED:
        _say("Stopped. What was built before is as it was.")
    return int(code or 0)


def _unexpected(error: Exception, debug: bool) -> int:
    show = getattr(error, "show", None)
    if callable(show):  # what Typer says of a wrong option or argument
        show()
        return int(getattr(error, "exit_code", USER_ERROR))
    if debug:
        traceback.print_exc()
    _say(CoderError(E699, reason=f"{type(error).__name__}: {error}").render())
    return USER_ERROR


def _say(text: str) -> None:
    typer.echo(visible(text), err=True)
