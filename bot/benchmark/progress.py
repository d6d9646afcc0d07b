"""Tells on standard error what a long step is doing, and for how long it has been doing it."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TextIO

_SECONDS_BETWEEN_LINES = 30.0
_SECONDS_BETWEEN_UPDATES = 1.0
_OVER_THE_LAST = "\r\x1b[K"
"""Goes back to the beginning of the line and empties it."""


@asynccontextmanager
async def step(title: str, stream: TextIO | None = None) -> AsyncIterator[None]:
    """Shows `title` and its seconds: on a terminal in one line that is renewed, elsewhere a line now and then."""
    out = stream or sys.stderr
    began = time.monotonic()
    print(f"{title} ...", end=_line_end(out), file=out, flush=True)
    ticker = asyncio.create_task(_tick(title, out, began))
    try:
        yield
    except BaseException:
        if out.isatty():
            print(file=out, flush=True)  # what is said of the fault begins on a line of its own
        raise
    finally:
        ticker.cancel()
        with suppress(asyncio.CancelledError):
            await ticker
    print(f"{_line_start(out)}{title}: {time.monotonic() - began:.0f} s", file=out, flush=True)


async def _tick(title: str, out: TextIO, began: float) -> None:
    pause = _SECONDS_BETWEEN_UPDATES if out.isatty() else _SECONDS_BETWEEN_LINES
    while True:
        await asyncio.sleep(pause)
        said = f"{_line_start(out)}{title} ... {time.monotonic() - began:.0f} s"
        print(said, end=_line_end(out), file=out, flush=True)


def _line_start(out: TextIO) -> str:
    return _OVER_THE_LAST if out.isatty() else ""


def _line_end(out: TextIO) -> str:
    return "" if out.isatty() else "\n"
