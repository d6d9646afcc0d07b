"""A running application takes changed knowledge as a whole, or refuses it as a whole and goes on with what it had."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.bundle import Bundle
from bot.errors import SharewellError
from bot.knowledge import Fingerprint, KnowledgeError, fingerprint, settled, stirrings

MOST_TOLD = 20
"""Faults of a refused folder that are logged and kept for the doctor; `sharewell knowledge check` lists all."""

REFUSED_FILES = "knowledge-refused-*.json"
"""What a process leaves in the run folder while it refuses the present files; the number is the process's own."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """What was made of the files as they are now, and `outdated`: how many units the trained model knows otherwise."""

    bundle: Bundle
    outdated: int


class Renewal:
    """Watches `folder` and hands what `make` makes of its changed files to `take`.

    `make` reads and checks everything, and raises SharewellError where the files cannot be used; it runs in a thread.
    `take` runs between turns, in the event loop. `seen` is the fingerprint of the files that are in use.
    """

    def __init__(
        self, folder: Path, run_folder: Path, make: Callable[[], Made], take: Callable[[Bundle], None],
        seen: Fingerprint, version: str,
    ) -> None:  # fmt: skip
        self._folder = folder
        self._note = run_folder / REFUSED_FILES.replace("*", str(os.getpid()))
        self._make = make
        self._take = take
        self._seen = seen
        self._version = version
        self.refused: tuple[str, ...] = ()
        """Why the present files are refused, each as `path: line: reason`; empty where they are in use."""

    async def watch(self) -> None:
        """Looks at the files for as long as the application runs. Cancel it to end."""
        async for _ in stirrings(self._folder):
            with suppress(OSError):  # a disk that fails is tried again
                await self.look()

    async def look(self) -> None:
        """Takes or refuses the files if they changed since the last look."""
        if await asyncio.to_thread(fingerprint, self._folder) == self._seen:
            return
        while (seen := await settled(self._folder)) != self._seen:
            made = await asyncio.to_thread(self._made)
            if await asyncio.to_thread(fingerprint, self._folder) != seen:
                continue  # they changed while they were read: what was read may be half of one and half of the other
            self._seen = seen
            if isinstance(made, Made):
                self._accept(made)
            else:
                self._refuse(made)

    def notes(self) -> tuple[str, ...]:
        """What supervision should know: why the present files are refused; nothing where they are in use."""
        return tuple(f"knowledge refused: {reason}" for reason in self.refused)

    def close(self) -> None:
        """Leaves no note behind of a process that has ended."""
        with suppress(OSError):
            self._note.unlink(missing_ok=True)

    def _made(self) -> Made | SharewellError:
        try:
            return self._make()
        except SharewellError as error:
            return error

    def _accept(self, made: Made) -> None:
        was_refused, self.refused = bool(self.refused), ()
        self.close()
        version = made.bundle.knowledge.version
        if version == self._version:
            if was_refused:
                _LOG.info("The knowledge files are again what they were: version %s.", version[:12])
            return
        self._take(made.bundle)
        self._version = version
        _LOG.info("The changed knowledge is in use: version %s.", version[:12])
        if made.outdated:
            _LOG.warning(
                "The model is older than the knowledge: %d units are new, gone or have other examples. Typed questions "
                "find new ones by key words only. Run ./sharewell setup, then restart.", made.outdated,
            )  # fmt: skip

    def _refuse(self, error: SharewellError) -> None:
        self.refused = tuple(self._reasons(error))[:MOST_TOLD]
        _LOG.warning("The changed knowledge is refused, and version %s goes on.", self._version[:12])
        for reason in self.refused:
            _LOG.warning("Knowledge refused: %s", reason)
        with suppress(OSError):
            self._note.write_text(json.dumps({"pid": os.getpid(), "refused": self.refused}), encoding="utf-8")

    def _reasons(self, error: SharewellError) -> list[str]:
        if not isinstance(error, KnowledgeError):
            return [f"{error.message} {error.remedy}"]
        return [f"{self._within(fault.path)}: {fault.line}: {fault.reason}" for fault in error.faults]

    def _within(self, path: Path) -> str:
        """The path from the knowledge folder on: where that lies is nobody's business on a page."""
        return path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else path.name
