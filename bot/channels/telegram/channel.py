"""Puts the channel together: a bot, its inbox, and the way in which updates come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.routing import Route
from telegram import Bot, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram import commands, words
from bot.channels.telegram.absent import remember_absent
from bot.channels.telegram.api import Api
from bot.channels.telegram.arrived import ALLOWED_UPDATES, Arrived
from bot.channels.telegram.calls import GivenUpError, told, until_answered
from bot.channels.telegram.enrolling import INVITED, Enrolling, Members
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.keys import ChatKeys
from bot.channels.telegram.notices import Notices
from bot.channels.telegram.organisation import Organisation
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.people import KEY_NAME, People
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.quiet import quieten
from bot.channels.telegram.screens import Screens
from bot.channels.telegram.settings import checked_token, secret_of
from bot.channels.telegram.talk import Conversation, Talk
from bot.channels.telegram.web_app import WebAppData
from bot.channels.telegram.webhook import PATH, Webhook
from bot.errors import SettingsError
from bot.settings import TelegramSettings

_CONNECTIONS = 64
_ANSWER_SECONDS = 20.0
_CHECK_SECONDS = 3.0
_CONNECT_SECONDS = 5.0
_INTRODUCING_SECONDS = 10.0
_SWEEP_SECONDS = 30.0
_SETTLE_SECONDS = 5.0
_FOR_EVER = 10 * 365 * 24 * 3600.0
_MOST_WEBHOOKS = 40


class Telegram:
    """The chat by Telegram over `conversation`. `folder` holds its keys and its journal.

    `organisation` is None where its accounts cannot be reached. Raises SettingsError where the token is missing or
    cannot be one, and where the key of enrolments cannot be used.
    """

    def __init__(
        self, conversation: Conversation, settings: TelegramSettings, folder: Path, *, site_url: str = "",
        idle_minutes: float = 30.0, pace: Pace | None = None, clock: Callable[[], float] = time.time,
        organisation: Organisation | None = None,
    ) -> None:  # fmt: skip
        quieten()
        token = checked_token(settings)
        if not token:
            raise SettingsError("There is no token for Telegram.", "Set SHAREWELL_TELEGRAM_TOKEN.")
        self._settings = settings
        self._secret = secret_of(token)
        self._requests = _requests(settings.api)
        self._bot = _bot(token, settings.api, *self._requests)
        self._pace = pace or Pace()
        self._journal = Journal(folder / "telegram.db", clock)
        keys = self._keys = ChatKeys(folder / "telegram-keys", conversation.is_open, clock)
        self._web_app = WebAppData(token, clock)
        seconds = idle_minutes * 60
        self._screens = Screens(seconds, clock)
        api = Api(self._bot, self._pace, seconds)
        people = People(settings.key_file or folder / KEY_NAME)
        enrolling = Enrolling(organisation, people) if settings.enrolment and organisation is not None else None
        self._notices = Notices(
            people, api, keys.of, site_url, None if enrolling is None else organisation, lambda: conversation.advice
        )
        self._talk = Talk(
            conversation, api, self._screens, site_url=site_url, idle_minutes=max(1, round(idle_minutes)),
            people=people, link=None if organisation is None else organisation.link,
            members=Members(settings.enrolment, enrolling),
        )  # fmt: skip
        self._inbox = Inbox(self._journal, keys.of, self._answer)
        quieten()  # loggers that the library made meanwhile

    @property
    def routes(self) -> Sequence[Route]:
        """The routes of the web application that this channel needs: its webhook, where one is set."""
        return [Webhook(self._bot, self._inbox, self._secret).route] if self._settings.webhook_url else []

    def holders(self, given: str) -> tuple[str, ...]:
        """The names of the chat of whoever opened a page by a button of this bot, by what Telegram handed over.

        Empty where that proves nothing. It may be called from any thread.
        """
        user = self._web_app.user(given)
        return () if user is None else self._keys.names(user)

    async def tell(self) -> None:
        """Tells those who asked for it of approvals that began to wait, and of replies, since the last time."""
        await self._notices.look()

    async def run(self) -> None:
        """Answers until it is cancelled. Nothing that Telegram does ends it."""
        sweeping = asyncio.create_task(self._sweep())
        telling = asyncio.create_task(self._notices.run())
        try:
            await self._introduce()
            if self._settings.webhook_url:
                await self._listen()
            else:
                await until_answered(lambda: self._bot.delete_webhook(drop_pending_updates=False), _FOR_EVER)
                await Polling(self._bot, self._requests[1], self._inbox).run()
        except Exception as error:
            told("running", error)
        finally:
            for task in (sweeping, telling):
                task.cancel()
            await asyncio.gather(sweeping, telling, return_exceptions=True)
            await self._close()

    async def _listen(self) -> None:
        url = f"{self._settings.webhook_url}{PATH}"
        await until_answered(lambda: self._bot.set_webhook(
            url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES, max_connections=_MOST_WEBHOOKS
        ), _FOR_EVER)  # fmt: skip
        try:
            await asyncio.Event().wait()
        finally:
            await self._inbox.settled(_SETTLE_SECONDS)

    async def _introduce(self) -> None:
        """Tells Telegram the commands and what the bot is for. A chat works without."""
        scope = BotCommandScopeAllPrivateChats()
        try:
            async with asyncio.timeout(_INTRODUCING_SECONDS):
                await until_answered(lambda: self._bot.set_my_commands(commands.listed(), scope=scope), _FOR_EVER)
                await until_answered(lambda: self._bot.set_my_description(words.DESCRIPTION), _FOR_EVER)
                await until_answered(lambda: self._bot.set_my_short_description(words.SHORT_DESCRIPTION), _FOR_EVER)
        except (TelegramError, TimeoutError) as error:
            told("telling Telegram the commands", error)

    async def _answer(self, name: str, arrived: Arrived, interrupted: bool) -> None:
        await self._talk.answer(name, arrived, interrupted=interrupted)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self.sweep()

    def sweep(self) -> None:
        """Forgets what was idle too long."""
        self._screens.sweep()
        self._pace.sweep()
        self._talk.sweep()
        self._journal.sweep()
        self._inbox.sweep()

    async def _close(self) -> None:
        await self._inbox.close()
        self._journal.close()
        for request in self._requests:
            await request.shutdown()


async def check(settings: TelegramSettings) -> bool:
    """Asks Telegram whether the token is right. False where Telegram cannot be reached now.

    Raises SettingsError where the token is refused, is no token, or cannot be read.
    """
    quieten()
    requests = _requests(settings.api)
    bot = _bot(checked_token(settings), settings.api, *requests)
    try:
        await until_answered(bot.get_me, _CHECK_SECONDS)
    except InvalidToken:
        raise SettingsError(
            "Telegram refuses the token of the bot.",
            "Ask BotFather for the present token, and set SHAREWELL_TELEGRAM_TOKEN to it.",
        ) from None
    except (TelegramError, GivenUpError):
        return False
    finally:
        for request in requests:
            await request.shutdown()
    return True


async def invitation_link(settings: TelegramSettings, token: str) -> str:
    """The address that opens a chat with the bot and hands it the invitation `token`.

    Raises SettingsError where the bot's token is missing or refused, or Telegram cannot be reached.
    """
    quieten()
    known = checked_token(settings)
    if not known:
        raise SettingsError("There is no token for Telegram.", "Set SHAREWELL_TELEGRAM_TOKEN.")
    requests = _requests(settings.api)
    bot = _bot(known, settings.api, *requests)
    try:
        about = await until_answered(bot.get_me, _CHECK_SECONDS)
    except (TelegramError, GivenUpError):
        raise SettingsError(
            "Telegram does not say the name of the bot.", "Check the token, and that this machine reaches Telegram."
        ) from None
    finally:
        for request in requests:
            await request.shutdown()
    return f"https://t.me/{about.username}?start={INVITED}{token}"


def _requests(api: str) -> tuple[HTTPXRequest, HTTPXRequest]:
    """The connections for calls and those for polling, which must never wait for each other."""
    remember_absent()
    # A proxy of the environment is the way out of the house: it is not asked for an address of this machine.
    kwargs = {"trust_env": api.startswith("https")}
    calls = HTTPXRequest(
        _CONNECTIONS, read_timeout=_ANSWER_SECONDS, write_timeout=_ANSWER_SECONDS, connect_timeout=_CONNECT_SECONDS,
        pool_timeout=_ANSWER_SECONDS, httpx_kwargs=kwargs,
    )  # fmt: skip
    return calls, HTTPXRequest(2, connect_timeout=_CONNECT_SECONDS, pool_timeout=_CONNECT_SECONDS, httpx_kwargs=kwargs)


def _bot(token: str, api: str, calls: HTTPXRequest, polling: HTTPXRequest) -> Bot:
    return Bot(
        token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=calls, get_updates_request=polling
    )
