"""Calls of the Bot API that are tried again until they are answered: nothing that was to be sent is lost meanwhile."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

# python-telegram-bot gives periods of time as timedelta where this is set, and otherwise warns at each of them.
os.environ.setdefault("PTB_TIMEDELTA", "1")

_T = TypeVar("_T")
_FIRST_WAIT, _LONGEST_WAIT = 0.25, 5.0
FINAL = (BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken)
"""Errors that another try would not mend."""

_log = logging.getLogger(__name__)


class GivenUpError(Exception):
    """Telegram did not answer in all the time that there was."""


class AskedToWaitError(GivenUpError):
    """Telegram asked to wait for longer than there was time: `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


async def until_answered(call: Callable[[], Awaitable[_T]], seconds: float) -> _T:
    """The result of `call`, tried again for `seconds` where Telegram is slow, down, or asks to wait.

    Raises one of FINAL where Telegram refuses, and GivenUpError at the end of the time. A message whose answer was
    lost on the way may arrive twice: Telegram has no means to tell.
    """
    until, pause = time.monotonic() + seconds, _FIRST_WAIT
    while True:
        given_up = GivenUpError()
        try:
            return await call()
        except FINAL:
            raise
        except RetryAfter as error:
            wait = seconds_of(error)
            given_up = AskedToWaitError(wait)
        except TelegramError:
            wait, pause = pause, min(_LONGEST_WAIT, pause * 2)
        if time.monotonic() + wait > until:
            raise given_up
        await asyncio.sleep(wait)


async def when_allowed(call: Callable[[], Awaitable[_T]], seconds: float) -> _T:
    """As `until_answered`; but a wait that Telegram itself asks for is kept, however long it is.

    What is to be sent stays in memory meanwhile. A process that ends before leaves the update unanswered, so that the
    next one is offered it again.
    """
    while True:
        try:
            return await until_answered(call, seconds)
        except AskedToWaitError as asked:
            _log.warning("telegram: asks to wait %.0f seconds before the next message; it is kept", asked.seconds)
            await asyncio.sleep(asked.seconds)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def told(doing: str, error: BaseException) -> None:
    """Logs that something failed: the kind of error and its place. Its words may hold the token or a message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    _log.warning("telegram: %s failed: %s%s", doing, type(error).__name__, where)
