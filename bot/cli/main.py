"""`sharewell`: reads the command line, runs one command, and says every error in two sentences."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bot.cli import asking, chatting, doctoring, knowing, log_commands, measuring, scanning, starting, walking
from bot.errors import SharewellError

_MODULES = (starting, chatting, asking, scanning, walking, log_commands, knowing, measuring, doctoring)

FAILED = 1
INTERRUPTED = 130


def parser() -> argparse.ArgumentParser:
    """The whole command line, with help for each command."""
    top = argparse.ArgumentParser(
        prog="sharewell",
        description="Guidance on sharing information to protect children and adults, as a chat.",
        epilog="It guides; the professional decides. In immediate danger, call 999.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in _MODULES:
        module.add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0, or 1 after an error that was explained on standard error."""
    options = parser().parse_args(arguments)
    try:
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
