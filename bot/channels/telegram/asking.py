"""Asks Telegram about the bot: whether its token is right, what hinders it, and what it is called."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.calls import GivenUpError, until_answered
from bot.channels.telegram.enrolling import INVITED
from bot.channels.telegram.making import bot_of, requests_to
from bot.channels.telegram.quiet import quieten
from bot.channels.telegram.settings import checked_token
from bot.channels.telegram.webhook import PATH
from bot.errors import SettingsError
from bot.settings import TelegramSettings

_SECONDS = 3.0
_RECENT_SECONDS = 3600.0
"""A webhook that could not be reached longer ago may have been mended since."""


async def check(settings: TelegramSettings) -> bool:
    """Asks Telegram whether the token is right. False where Telegram cannot be reached now.

    Raises SettingsError where the token is refused, is no token, or cannot be read.
    """
    async with _asked(settings) as bot:
        try:
            await until_answered(bot.get_me, _SECONDS)
        except InvalidToken:
            raise SettingsError(
                "Telegram refuses the token of the bot.",
                "Ask BotFather for the present token, and set SHAREWELL_TELEGRAM_TOKEN to it.",
            ) from None
        except (TelegramError, GivenUpError):
            return False
    return True


async def hindrance(settings: TelegramSettings) -> tuple[str, str] | None:
    """What hinders the bot and how to mend it, each in words; None where it can work. Raises as `check`."""
    if not await check(settings):
        return "Telegram cannot be reached now.", "Look at the network, and at SHAREWELL_TELEGRAM_API where it is set."
    if not settings.webhook_url:
        return None
    async with _asked(settings) as bot:
        try:
            known = await until_answered(bot.get_webhook_info, _SECONDS)
        except (TelegramError, GivenUpError):
            return "Telegram does not say where it sends messages.", "Look again later."
    if known.url != f"{settings.webhook_url}{PATH}":
        return (
            "Telegram does not send its messages to SHAREWELL_TELEGRAM_WEBHOOK_URL.",
            "Start Sharewell, and see in its log whether Telegram refuses the address.",
        )
    if known.last_error_date is not None and _is_recent(known.last_error_date):
        return (
            "Telegram could not hand over a message within the last hour.",
            f"Let the proxy pass {PATH}, put the host name into SHAREWELL_HOSTS, and look at the certificate.",
        )
    return None


async def link_before(settings: TelegramSettings) -> str:
    """What stands before the token in the address that opens a chat with the bot and hands it an invitation.

    Raises SettingsError where the bot's token is missing or refused, or Telegram cannot be reached.
    """
    async with _asked(settings) as bot:
        try:
            about = await until_answered(bot.get_me, _SECONDS)
        except (TelegramError, GivenUpError):
            raise SettingsError(
                "Telegram does not say the name of the bot.", "Check the token, and that this machine reaches Telegram."
            ) from None
    return f"https://t.me/{about.username}?start={INVITED}"


@asynccontextmanager
async def _asked(settings: TelegramSettings) -> AsyncIterator[Bot]:
    """A bot for a question or two. Raises SettingsError where there is no token."""
    quieten()
    token = checked_token(settings)
    if not token:
        raise SettingsError("There is no token for Telegram.", "Set SHAREWELL_TELEGRAM_TOKEN.")
    requests = requests_to(settings.api)
    try:
        yield bot_of(token, settings.api, *requests)
    finally:
        for request in requests:
            await request.shutdown()


def _is_recent(moment: datetime) -> bool:
    return time.time() - moment.timestamp() < _RECENT_SECONDS
