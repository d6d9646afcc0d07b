"""`sharewell`: reads the command line, runs one command, and says every error in two sentences."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from bot.errors import SharewellError
from bot.settling import hold, unsettle

_MODULES = {
    "start": "starting", "chat": "chatting", "ask": "asking", "scan": "scanning", "check": "walking",
    "letter": "lettering", "account": "account_commands",
    "backup": "backing_up", "restore": "backing_up",
    "log": "log_commands", "knowledge": "knowing", "evaluate": "measuring", "bench": "benching", "doctor": "doctoring",
}  # fmt: skip
"""The module of each command. Only the one wanted is imported: a chat must answer two seconds after its start."""

_SETTLING = frozenset({"start", "chat"})
"""The commands that run until they are ended, and settle once they are up."""

FAILED = 1
INTERRUPTED = 130


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The command line with `command` alone, or with every command where that is not one."""
    top = argparse.ArgumentParser(
        prog="sharewell",
        description="Guidance on sharing information to protect children and adults, as a chat.",
        epilog="It guides; the professional decides. In immediate danger, call 999.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    names = [_MODULES[command]] if command in _MODULES else dict.fromkeys(_MODULES.values())
    for name in names:
        import_module(f"bot.cli.{name}").add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0, or 1 after an error that was explained on standard error."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given and given[0] in _SETTLING:
        hold()
    try:
        return _run(given)
    finally:
        unsettle()


def _run(given: list[str]) -> int:
    try:
        options = parser(given[0] if given else None).parse_args(given)
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # what a screen cannot show must not end the program
        return int(options.run(options) or 0)
    except SharewellError as error:
        print(f"sharewell: {error.message}\n{error.remedy}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader of our output has gone: nothing is left to be said, and nothing may be said at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
