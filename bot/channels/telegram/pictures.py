"""Paints flowcharts in another process: painting takes seconds, and holds up every thread of the one that does it."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from bot.checks import as_png

WIDTH = 720
"""Pixels: two for each unit of the drawing, which is sharp on a phone."""

_SLOWEST = 60.0
_MOST_SIDES = 10_000
"""Pixels that width and height of a photo may have together."""

_LONGEST_READABLE = 2_560
"""Units of height: Telegram shrinks a photo to about as many pixels."""

_SIZE = re.compile(r'width="(?P<width>\d+)" height="(?P<height>\d+)"')


class Painter:
    """Paints one picture at a time, in a process that ends with it."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def png(self, svg: str, width: int) -> bytes | None:
        """The drawing `svg` as PNG of `width` pixels, or None where it cannot be painted now."""
        async with self._turn:
            # A forked process would hold this one's connections; a fresh one holds nothing.
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            try:
                loop = asyncio.get_running_loop()
                return await asyncio.wait_for(loop.run_in_executor(pool, as_png, svg, width), _SLOWEST)
            except (TimeoutError, BrokenProcessPool):
                return None
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def photo_width(svg: str) -> int:
    """The width in pixels at which Telegram takes the drawing as a photo: narrower where it is long."""
    width, height = _size(svg)
    return min(WIDTH, _MOST_SIDES * width // (width + height) - 1)


def is_long(svg: str) -> bool:
    """Whether a photo of the drawing is too small to read, so that it is handed over as a file as well."""
    return _size(svg)[1] > _LONGEST_READABLE


def _size(svg: str) -> tuple[int, int]:
    found = _SIZE.search(svg)
    assert found is not None  # every drawing says its size
    return int(found["width"]), int(found["height"])
