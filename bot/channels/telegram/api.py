"""The Bot API as this channel uses it: paced, tried again, and with refusals that it can go on from."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.calls import GivenUpError, until_answered, when_allowed
from bot.channels.telegram.deleting import Deleting
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.styled import Styled

_T = TypeVar("_T")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""Telegram would otherwise open each link to show a picture of it."""

_TOAST_SECONDS = 5.0
_BUTTONS_SECONDS = 5.0
"""Buttons that stay do no harm: the next message of the chat, which may tell of danger, does not wait for them."""

_AFTER_THE_STEP = 0.01
_TYPING_AFTER = 0.3
_TYPING_EVERY = 4.0


@dataclass(frozen=True)
class Sent:
    """A message as Telegram holds it: its number in the chat, and its text."""

    number: int
    text: str


class Api:
    """Calls of one bot. `seconds` is how long a message is kept while Telegram does not take it."""

    def __init__(self, bot: Bot, pace: Pace, seconds: float) -> None:
        self._bot = bot
        self._pace = pace
        self._seconds = seconds
        self._deleting = Deleting(bot)

    async def send(
        self, name: str, chat: int, message: Styled, keyboard: InlineKeyboardMarkup | None, *, protected: bool
    ) -> Sent:
        """Sends a message to `chat`, whose name is `name`. A wait that Telegram asks for is kept.

        Raises Forbidden where the user blocked the bot, BadRequest, and GivenUpError.
        """
        sent = await self._insist(name, lambda: self._message(chat, message, keyboard, protected=protected))
        return Sent(sent.message_id, sent.text or "")

    async def tell(self, name: str, chat: int, message: Styled, seconds: float) -> None:
        """Sends a message that is not the answer to anything, and gives it up after `seconds`. Raises as `send`."""

        async def paced() -> Message:
            await self._pace.wait(name)
            return await self._message(chat, message, None, protected=False)

        await _within(paced, seconds)

    async def edit(
        self, name: str, chat: int, number: int, message: Styled, keyboard: InlineKeyboardMarkup | None
    ) -> Sent | None:
        """Puts `message` in the place of the one with `number`. None where that one can no longer be changed."""
        try:
            edited = await self._insist(name, lambda: self._bot.edit_message_text(
                message.text, chat, number, entities=message.entities, reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            ))  # fmt: skip
        except BadRequest as refused:
            return Sent(number, message.text) if _is_so_already(refused) else None
        return Sent(number, (edited.text or "") if isinstance(edited, Message) else message.text)

    async def take_buttons(self, chat: int, number: int) -> None:
        """Takes the buttons off an earlier message, where they can still be taken."""

        async def taken() -> None:
            await self._pace.wait_overall()
            await self._bot.edit_message_reply_markup(chat, number, reply_markup=None)

        with suppress(BadRequest, GivenUpError):
            await _within(taken, _BUTTONS_SECONDS)

    async def photo(self, name: str, chat: int, data: bytes, caption: str) -> None:
        await self._insist(name, lambda: self._bot.send_photo(chat, data, caption=caption, filename="flowchart.png"))

    async def document(self, name: str, chat: int, data: bytes, file_name: str, *, protected: bool) -> None:
        await self._insist(name, lambda: self._bot.send_document(
            chat, data, filename=file_name, protect_content=protected, disable_content_type_detection=True
        ))  # fmt: skip

    async def delete(self, chat: int, number: int) -> bool:
        """Deletes a message. False where Telegram does not let us, or does not answer for too long."""
        return await self._deleting.delete(chat, number)

    async def close(self) -> None:
        """Ends the deletions that are under way."""
        await self._deleting.close()

    async def acknowledge(self, query: str, toast: str = "") -> None:
        """Ends the waiting sign of a button. Telegram forgets a press after a while, which harms nothing."""
        with suppress(TelegramError, GivenUpError):
            await _within(lambda: self._bot.answer_callback_query(query, toast or None), _TOAST_SECONDS)

    async def acknowledge_soon(self, query: str, toast: str = "") -> None:
        """The same a moment later, so that the step itself is sent first."""
        await asyncio.sleep(_AFTER_THE_STEP)
        await self.acknowledge(query, toast)

    async def leave(self, chat: int) -> None:
        with suppress(TelegramError, GivenUpError):
            await _within(lambda: self._bot.leave_chat(chat), _TOAST_SECONDS)

    async def while_busy(self, chat: int, work: Awaitable[_T], action: str = ChatAction.TYPING) -> _T:
        """The result of `work`; where it takes a while, the chat shows that something is being done."""
        showing = asyncio.create_task(self._show_busy(chat, action))
        try:
            return await work
        finally:
            showing.cancel()
            with suppress(asyncio.CancelledError):
                await showing

    async def _show_busy(self, chat: int, action: str) -> None:
        await asyncio.sleep(_TYPING_AFTER)
        while True:
            with suppress(TelegramError):
                await self._bot.send_chat_action(chat, action)
            await asyncio.sleep(_TYPING_EVERY)

    async def _insist(self, name: str, call: Callable[[], Awaitable[_T]]) -> _T:
        async def paced() -> _T:
            await self._pace.wait(name)
            return await call()

        return await when_allowed(paced, self._seconds)

    async def _message(
        self, chat: int, message: Styled, keyboard: InlineKeyboardMarkup | None, *, protected: bool
    ) -> Message:
        return await self._bot.send_message(
            chat, message.text, entities=message.entities, reply_markup=keyboard, protect_content=protected,
            link_preview_options=_NO_PREVIEW,
        )  # fmt: skip


async def _within(call: Callable[[], Awaitable[_T]], seconds: float) -> _T:
    """As `until_answered`; but `seconds` bound a call that hangs too, and not only whether it is tried again."""
    try:
        async with asyncio.timeout(seconds):
            return await until_answered(call, seconds)
    except TimeoutError:
        raise GivenUpError from None


def _is_so_already(refused: BadRequest) -> bool:
    return "message is not modified" in refused.message.lower()


__all__ = ["Api", "BadRequest", "Forbidden", "GivenUpError"]
