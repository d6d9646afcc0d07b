"""Asks a Rasa that somebody else runs, such as a container beside us, and notices when it goes away and comes back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

from bot.conversation.nlu_client import NluClient, NluDown, Ranked, Understood
from bot.conversation.supervisor import PATIENCE, RasaService

READY_SECONDS = 60.0
"""Seconds that a command waits for Rasa to answer for the first time."""

UP_PAUSE = 5.0
"""Seconds between two looks at a Rasa that answers. A message that it does not answer brings the next look forward."""

DOWN_PAUSE = 1.0
"""Seconds between two looks at a Rasa that does not answer."""

PROBES_MISSED = 2
"""Looks in a row without an answer after which Rasa counts as down: one may fall into a long batch."""

_LOG = logging.getLogger(__name__)


class RemoteRasa:
    """Understanding by the Rasa at `url`, which shares `key` with us. The same surface as RasaService, without a child.

    While it is down, whatever asks it gets NluDown at once, and the conversation searches by key words.
    `restarts` counts how often it came back; it is -1 until it answered for the first time.
    """

    pid: int | None = None
    """There is no child of ours."""

    def __init__(self, url: str, key: str, seconds: float = PATIENCE) -> None:
        self._url = url
        self._key = key
        self._client = NluClient(url, key, seconds)
        self._task: asyncio.Task[None] | None = None
        self._up = asyncio.Event()
        self._look_now = asyncio.Event()
        self._was_up = False
        self._told = ""
        self.restarts = -1

    @property
    def starting(self) -> bool:
        return not self._was_up

    @property
    def up(self) -> bool:
        return self._up.is_set()

    @property
    def address(self) -> tuple[str, str]:
        """The base address of Rasa and its key. Raises NluDown while it does not answer."""
        self._now_up()
        return self._url, self._key

    @property
    def client(self) -> NluClient:
        """The client of the Rasa that answers. Raises NluDown while it does not."""
        return self._now_up()

    def start(self) -> None:
        """Begins to look after Rasa. Returns at once; `wait_until_up` waits."""
        self._task = asyncio.create_task(self._watch())

    async def launched(self) -> None:
        """Returns at once: somebody else runs it."""

    async def wait_until_up(self, seconds: float = READY_SECONDS) -> bool:
        """True as soon as Rasa answers; False when it does not within `seconds`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._up.wait(), seconds)
        return self._up.is_set()

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        client = self._now_up()
        try:
            return await client.understand(sender, text, context)
        except NluDown:
            self._look_now.set()
            raise

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        client = self._now_up()
        try:
            return await client.parse(texts)
        except NluDown:
            self._look_now.set()
            raise

    async def forget(self, sender: str) -> None:
        await self._now_up().forget(sender)

    async def close(self) -> None:
        """Stops looking. Rasa itself goes on: it is not ours to end."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._up.clear()
        await self._client.close()

    def _now_up(self) -> NluClient:
        if not self._up.is_set():
            raise NluDown("it is not running")
        return self._client

    async def _watch(self) -> None:
        missed = 0
        while True:
            reason = await self._client.why_not_ready()
            missed = missed + 1 if reason else 0
            if not reason:
                self._answers()
            elif missed >= PROBES_MISSED or not self._up.is_set():
                self._is_down(reason)
            await self._pause(missed)

    async def _pause(self, missed: int) -> None:
        seconds = UP_PAUSE if self._up.is_set() and not missed else DOWN_PAUSE
        with suppress(TimeoutError):
            await asyncio.wait_for(self._look_now.wait(), seconds)
        self._look_now.clear()

    def _answers(self) -> None:
        if self._up.is_set():
            return
        self._was_up = True
        self.restarts += 1
        self._told = ""
        self._up.set()
        _LOG.info("Rasa answers.")

    def _is_down(self, reason: str) -> None:
        """Says so once for each reason: a Rasa that stays away must not fill the log."""
        self._up.clear()
        if reason != self._told:
            self._told = reason
            _LOG.warning("Rasa does not answer (%s). Free text is searched by key words until it does.", reason)


AnyRasa = RasaService | RemoteRasa
"""The Rasa of an installation: a child of ours, or one apart."""
