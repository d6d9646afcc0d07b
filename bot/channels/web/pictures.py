"""Paints flowcharts as PNG in another process: painting holds up every thread of the one that does it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from http import HTTPStatus
from multiprocessing import get_context

from bot.channels.web import words
from bot.channels.web.refusals import RefusedError
from bot.checks import as_png

PICTURE_WIDTH = 720
"""Pixels: two for each unit of the drawing, which is sharp on a phone."""

_SLOWEST = 60.0
"""Seconds after which a picture is given up. A long check takes a second or two."""


class Painter:
    """Paints one picture at a time. The process that paints ends with each picture, so nothing of it stays behind."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Lock()

    async def png(self, svg: str) -> bytes:
        """The drawing `svg` as PNG. Raises RefusedError when it cannot be painted now."""
        async with self._turn:
            if self._pool is None:
                # A forked process would hold the server's sockets; a fresh one holds nothing.
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1)
            loop = asyncio.get_running_loop()
            try:
                return await asyncio.wait_for(loop.run_in_executor(self._pool, as_png, svg, PICTURE_WIDTH), _SLOWEST)
            except (TimeoutError, BrokenProcessPool):
                self.close()
                raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, words.NO_PICTURE) from None

    def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
