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


@asynccontextmanager
async def step(title: str, stream: TextIO | None = None) -> AsyncIterator[None]:
    """Shows `title` and its seconds: on a terminal in one line that is renewed, elsewhere a line now and then."""
    out = stream or sys.stderr
    began = time.monotonic()
    print(f"{title} ...", file=out, flush=True)
    ticker = asyncio.create_task(_tick(title, out, began))
    try:
        yield
    finally:
        ticker.cancel()
        with suppress(asyncio.CancelledError):
            await ticker
    print(f"{_returned(out)}{title}: {time.monotonic() - began:.0f} s", file=out, flush=True)


async def _tick(title: str, out: TextIO, began: float) -> None:
    pause = _SECONDS_BETWEEN_UPDATES if out.isatty() else _SECONDS_BETWEEN_LINES
    while True:
        await asyncio.sleep(pause)
        end = "" if out.isatty() else "\n"
        print(f"{_returned(out)}{title} ... {time.monotonic() - began:.0f} s", end=end, file=out, flush=True)


def _returned(out: TextIO) -> str:
    return "\r" if out.isatty() else ""
