"""How much memory processes take."""

from __future__ import annotations

from contextlib import suppress

import psutil

_MEGABYTE = 1e6


def megabytes(process: psutil.Process) -> float:
    """The memory that the process holds now, in megabytes."""
    return float(process.memory_info().rss) / _MEGABYTE


def megabytes_with_children(pid: int) -> float:
    """The same for a process and all that it started."""
    process = psutil.Process(pid)
    total = megabytes(process)
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            total += megabytes(child)
    return total
