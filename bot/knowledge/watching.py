"""Notices that the files of a knowledge folder changed: at once where the system tells of it, and by looking anyway.

Containers swap a link instead of writing a file, network folders tell of nothing, and a folder may be put in the
place of another. So whatever is told, the files themselves are compared every few seconds.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

LOOK_SECONDS: Final = 3.0
"""How often the files are looked at where nothing is told."""

SETTLED_SECONDS: Final = 0.4
"""How long files must stand unchanged before they are read: an editor may write one in several goes."""

MOST_SETTLING: Final = 50
"""How often files that go on changing are waited for; then they are read as they are."""

_ENDINGS: Final = (".yml", ".yaml")

Fingerprint = frozenset[tuple[str, int, int, int, int, int]]
"""Of each file its path, device, inode, size, and when its content and its rights last changed, in nanoseconds."""


def is_hidden(path: Path, folder: Path) -> bool:
    """True for what editors and containers put beside the files: a name in the way from `folder` begins with a dot."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def fingerprint(folder: Path) -> Fingerprint:
    """What the files of `folder` are like from outside. It differs as soon as one of them may have changed."""
    return frozenset(_seen(path) for path in _files(folder) if not is_hidden(path, folder))


async def settled(folder: Path) -> Fingerprint:
    """The fingerprint of `folder` once it has stood still for SETTLED_SECONDS."""
    seen = await asyncio.to_thread(fingerprint, folder)
    for _ in range(MOST_SETTLING):
        await asyncio.sleep(SETTLED_SECONDS)
        before, seen = seen, await asyncio.to_thread(fingerprint, folder)
        if before == seen:
            break
    return seen


async def stirrings(folder: Path) -> AsyncIterator[None]:
    """Yields now and then, and at once when something stirs in `folder`. Goes on for ever, whatever becomes of it."""
    from watchfiles import awatch  # a chat must answer two seconds after its start: this is had when it is needed

    while True:
        watched = _identity(folder)
        try:
            async for _ in awatch(
                folder, watch_filter=_is_ours, debounce=400, step=100, recursive=True, yield_on_timeout=True,
                rust_timeout=int(LOOK_SECONDS * 1000),
            ):  # fmt: skip
                yield
                if _identity(folder) != watched:  # another folder stands in its place, and only the old one is watched
                    break
        except (OSError, RuntimeError):  # no such folder now, or the system has no more watches to give
            await asyncio.sleep(LOOK_SECONDS)
            yield


def _is_ours(_change: Any, path: str) -> bool:
    """Links and folders are ours too: a container swaps those."""
    return not path.endswith(("~", ".swp", ".swx", ".tmp", "#"))


def _files(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from (path for path in entry.rglob("*") if path.suffix.lower() in _ENDINGS)
        elif entry.suffix.lower() in _ENDINGS:
            yield entry


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(folder)
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _seen(path: Path) -> tuple[str, int, int, int, int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return (str(path), 0, 0, -1, 0, 0)
    return (str(path), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
