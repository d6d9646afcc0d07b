"""Puts the channel together: a bot, its inbox, and the way in which updates come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from starlette.routing import Route
from telegram import BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.channels.telegram import commands, words
from bot.channels.telegram.api import Api
from bot.channels.telegram.arrived import ALLOWED_UPDATES
from bot.channels.telegram.calls import AskedToWaitError, GivenUpError, told, until_answered
from bot.channels.telegram.enrolling import Enrolling, Members
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.keys import ChatKeys
from bot.channels.telegram.making import bot_of, requests_to
from bot.channels.telegram.notices import Notices
from bot.channels.telegram.organisation import Organisation
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.people import KEY_NAME, People
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.quiet import quieten
from bot.channels.telegram.screens import Screens
from bot.channels.telegram.settings import checked_token, secret_of
from bot.channels.telegram.standing import Standing
from bot.channels.telegram.talk import Conversation, Talk
from bot.channels.telegram.web_app import WebAppData
from bot.channels.telegram.webhook import PATH, Webhook
from bot.errors import SettingsError
from bot.settings import TelegramSettings

_INTRODUCING_SECONDS = 10.0
_SWEEP_SECONDS = 30.0
_SETTLE_SECONDS = 5.0
_TRY_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0
_LISTENING_SECONDS = 600.0
"""The webhook is set anew as often: another program may have taken it away, or the token may have ended."""

_MOST_WEBHOOKS = 100
"""As many as Telegram opens at once, so that a few chats that send too much leave enough for the others."""


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
        self._requests = requests_to(settings.api)
        self._bot = bot_of(token, settings.api, *self._requests)
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
        self._inbox = Inbox(self._journal, keys.of, self._talk)
        self._standing = Standing()
        quieten()  # loggers that the library made meanwhile

    @property
    def routes(self) -> Sequence[Route]:
        """The routes of the web application that this channel needs: its webhook, where one is set."""
        return [Webhook(self._bot, self._inbox, self._secret).route] if self._settings.webhook_url else []

    def notes(self) -> tuple[str, ...]:
        """What supervision should know of the bot; nothing where all is well."""
        return self._standing.notes()

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
            if self._settings.webhook_url:
                await self._listen()
            else:
                await self._taken(lambda: self._bot.delete_webhook(drop_pending_updates=False))
                await self._introduce()
                await Polling(self._bot, self._requests[1], self._inbox, self._standing).run()
        except Exception as error:
            told("running", error)
        finally:
            for task in (sweeping, telling):
                task.cancel()
            await asyncio.gather(sweeping, telling, return_exceptions=True)
            await self._close()

    async def _listen(self) -> None:
        try:
            await self._set_webhook()
            await self._introduce()
            while True:
                await asyncio.sleep(_LISTENING_SECONDS)
                await self._set_webhook()
        finally:
            await self._inbox.settled(_SETTLE_SECONDS)

    async def _set_webhook(self) -> None:
        url = f"{self._settings.webhook_url}{PATH}"
        await self._taken(lambda: self._bot.set_webhook(
            url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES, max_connections=_MOST_WEBHOOKS
        ))  # fmt: skip

    async def _taken(self, call: Callable[[], Awaitable[bool]]) -> None:
        """Returns when Telegram has taken `call`. Whatever it answers before, this goes on with longer and longer
        pauses: a host name may be known tomorrow that is not today."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await until_answered(call, _TRY_SECONDS)
                self._standing.well()
                return
            except (TelegramError, GivenUpError) as error:
                self._standing.hindered(error)
                await asyncio.sleep(error.seconds if isinstance(error, AskedToWaitError) else pause)
            pause = min(_LONGEST_PAUSE, pause * 2)

    async def _introduce(self) -> None:
        """Tells Telegram the commands and what the bot is for. A chat works without."""
        scope = BotCommandScopeAllPrivateChats()
        telling: tuple[Callable[[], Awaitable[bool]], ...] = (
            lambda: self._bot.set_my_commands(commands.listed(), scope=scope),
            lambda: self._bot.set_my_description(words.DESCRIPTION),
            lambda: self._bot.set_my_short_description(words.SHORT_DESCRIPTION),
        )
        try:
            async with asyncio.timeout(_INTRODUCING_SECONDS):
                for call in telling:
                    await until_answered(call, _INTRODUCING_SECONDS)
        except (TelegramError, GivenUpError, TimeoutError) as error:
            told("telling Telegram the commands", error)

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
        await self._talk.close()
        self._journal.close()
        for request in self._requests:
            await request.shutdown()
