"""What can go wrong while setting up, in words that say what to do next."""

from __future__ import annotations

import errno
import re
from typing import Tuple

_DISK = re.compile(r"no space left on device|os error 28\b|disk quota exceeded|file too large|os error 27\b", re.I)
_HASH = re.compile(r"hash mismatch|do not match the hashes|mismatched hash", re.I)
_NETWORK = re.compile(
    r"error sending request|failed to fetch|client error \(connect\)|connection refused|could not connect|dns error"
    r"|name resolution|network is unreachable|newconnectionerror|max retries exceeded|timed out|tunnel error"
    r"|could not find a version that satisfies|no matching distribution",
    re.I,
)
_BUILD = re.compile(r"failed to build|build backend (failed|returned)|command .?(gcc|cc|clang).? failed", re.I)
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)

DISK_FULL = (
    "The disk is full.",
    "Free some space (about 4 gigabytes are needed), then run the same command again: it goes on where it stopped.",
)
UNREACHABLE = (
    "The package index cannot be reached.",
    "Check the network, the proxy settings and any mirror set in PIP_INDEX_URL or UV_INDEX_URL, then run it again.",
)
TAMPERED = (
    "A downloaded package is not the one that the requirement files name.",
    "Do not install it. Clear the package cache, try another network, and tell the maintainers if it happens again.",
)
NO_BUILD_TOOLS = (
    "A package could not be built.",
    "Install a C compiler and Python's header files (on Debian: build-essential python3-dev), then run it again.",
)


class SetupProblem(Exception):
    """A step failed. `message` says what happened, `remedy` what to do next."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def explain(output: str, log_name: str) -> Tuple[str, str]:
    """Message and remedy for a failed command, from what it printed."""
    for pattern, words in ((_DISK, DISK_FULL), (_HASH, TAMPERED), (_NETWORK, UNREACHABLE), (_BUILD, NO_BUILD_TOOLS)):
        if pattern.search(output):
            return words
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    last = lines[-1] if lines else "It printed nothing."
    return f"A command failed: {last[:300]}", f"Read {log_name}, put right what it names, then run it again."


def explain_os_error(error: OSError) -> Tuple[str, str]:
    """Message and remedy for a fault of the operating system."""
    if error.errno in _FULL:
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename} cannot be written.", "Change its owner or its permissions, then run it again."
    return f"{error.strerror} ({error.filename}).", "Put this right, then run it again."
