"""Lines as they are typed, read so that an interrupt does not have to wait for the next one."""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress
from typing import TextIO

_CHUNK = 65_536


class Lines:
    """The lines of `source`, which must be a real file. Bytes that are not text are replaced.

    The thread that waits for a line is no thread of asyncio, which would wait for it at the end of the program, and
    it reads beneath Python's buffers, whose locks would have to be free then.
    """

    def __init__(self, source: TextIO) -> None:
        self._file = source.fileno()
        self._encoding = source.encoding
        self._pending = b""

    async def next(self) -> str | None:
        """The next line without its end, or None when the input has ended."""
        loop = asyncio.get_running_loop()
        found: asyncio.Future[bytes | None] = loop.create_future()
        threading.Thread(target=self._read, args=(loop, found), daemon=True).start()
        line = await found
        return None if line is None else line.decode(self._encoding, "replace").rstrip("\r\n")

    def _read(self, loop: asyncio.AbstractEventLoop, found: asyncio.Future[bytes | None]) -> None:
        with suppress(OSError):  # a file that can no longer be read has ended
            while b"\n" not in self._pending and (read := os.read(self._file, _CHUNK)):
                self._pending += read
        line, end, self._pending = self._pending.partition(b"\n")
        with suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits any more
            loop.call_soon_threadsafe(_settle, found, line + end or None)


def _settle(found: asyncio.Future[bytes | None], line: bytes | None) -> None:
    if not found.done():
        found.set_result(line)
