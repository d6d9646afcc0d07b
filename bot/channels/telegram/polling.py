"""Asks Telegram for updates, and tells it to forget one when that one is answered, and not before."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.arrived import ALLOWED_UPDATES
from bot.channels.telegram.calls import seconds_of, told, until_answered
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.standing import Standing

_LONG_POLL = 30
_SHORT_POLL = 1
"""After trouble: it is then soon known that the trouble is over."""

_READ_SECONDS = 10
_MOST = 100
"""Updates that one answer holds, and so the most that are seen beyond one that Telegram must keep."""

_NEXT_LOOK, _LONGEST_LOOK = 0.03, 0.5
"""Seconds between two looks while something is under way: Telegram then answers at once, also with what we have. They
double while nothing new comes: one chat that must wait for a minute would else be asked about two thousand times."""

_STUCK_SECONDS = 30.0
"""Longer than the last of some hundred chats waits for its turn to be sent to."""

_CONFLICT_SECONDS, _REFUSED_SECONDS = 5.0, 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 5.0
_TOLD_PAUSE = 1.0
"""A look that fails is usual. From the third on it is told."""

_LAST_SECONDS = 2.0
_SETTLE_SECONDS = 5.0
_NUMBERED_SECONDS = 6 * 24 * 3600.0
"""After a week without an update Telegram may number the next one lower than the last."""

_log = logging.getLogger(__name__)


class Polling:
    """Long polling of one bot.

    The offset stays at the oldest update that is not answered, so that a process that is killed loses none. It passes
    those of a chat that sends too many, of which the newest stays (bot.channels.telegram.inbox), and what has been
    stuck for a while and hides a hundred others behind it; that is then held in memory alone.
    """

    def __init__(self, bot: Bot, request: BaseRequest, inbox: Inbox, standing: Standing) -> None:
        self._bot = bot
        self._request = request
        self._inbox = inbox
        self._standing = standing
        self._next = 0
        self._pause = _FIRST_PAUSE
        self._between = _NEXT_LOOK
        self._heard = time.monotonic()

    async def run(self) -> None:
        """Polls until it is cancelled. What was answered by then is confirmed."""
        try:
            while True:
                try:
                    await self._look()
                    self._standing.well()
                    self._pause = _FIRST_PAUSE
                except TelegramError as error:
                    await asyncio.sleep(self._wait_after(error))
                except Exception as error:  # whatever it is, the next look may be better
                    told("reading updates", error)
                    await asyncio.sleep(_LONGEST_PAUSE)
        finally:
            await self._inbox.settled(_SETTLE_SECONDS)
            await self._confirm()

    async def _look(self) -> None:
        offset = self._offset()
        found = await self._updates(offset, _MOST, self._seconds())
        fresh = {number: update for update in found if (number := int(update["update_id"])) >= self._next}
        for number in sorted(fresh):
            self._inbox.take_raw(number, fresh[number], self._bot)
            self._next, self._heard = number + 1, time.monotonic()
        if not fresh and len(found) >= _MOST:
            self._inbox.give_way(_STUCK_SECONDS)
        if fresh:
            self._between = _NEXT_LOOK
        if self._inbox.oldest is not None:
            await self._inbox.freed(self._between)
            self._between = min(_LONGEST_LOOK, self._between * 2)

    async def _updates(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        """The updates from `offset` on, as Telegram gives them.

        They are not read all at once, as Bot.get_updates does: one that cannot be read would hold up all others.
        """
        asked: dict[str, Any] = {"limit": limit, "timeout": seconds, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if offset:
            asked["offset"] = offset
        address = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        found = await self._request.post(address, read_timeout=seconds + _READ_SECONDS)
        return found if isinstance(found, list) else []

    def _offset(self) -> int:
        oldest = self._inbox.oldest
        if oldest is None and time.monotonic() - self._heard > _NUMBERED_SECONDS:
            self._next = 0
        return self._next if oldest is None else min(oldest, self._next)

    def _seconds(self) -> int:
        """How long Telegram may keep the next look waiting for something new."""
        if self._inbox.oldest is not None:
            return 0
        return _SHORT_POLL if self._standing.notes() else _LONG_POLL

    def _wait_after(self, error: TelegramError) -> float:
        if isinstance(error, RetryAfter):
            return seconds_of(error)
        if isinstance(error, Conflict | InvalidToken):
            self._standing.hindered(error)
            return _CONFLICT_SECONDS if isinstance(error, Conflict) else _REFUSED_SECONDS
        wait, self._pause = self._pause, min(_LONGEST_PAUSE, self._pause * 2)
        if wait >= _TOLD_PAUSE:
            self._standing.hindered(error)
        return wait

    async def _confirm(self) -> None:
        """Tells Telegram what is answered, so that the next process is not offered it again."""
        offset = self._offset()
        if not offset:
            return

        try:
            async with asyncio.timeout(_LAST_SECONDS):
                await until_answered(lambda: self._updates(offset, 1, 0), _LAST_SECONDS)
        except Exception as error:
            _log.info("telegram: the last updates were not confirmed: %s", type(error).__name__)
