"""What an update is to this channel: words, a press, something that is not taken, or a chat that ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram import words

ArrivedKind = Literal["typed", "edited", "forwarded", "late", "pressed", "attached", "group", "blocked"]
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


@dataclass(frozen=True)
class Pressed:
    """A press of the button `value`: the number of the press, and the label and text, where Telegram still knows them.

    `label` is empty as well where the message has no such button any more; `text` is what the message said.
    """

    query: str
    value: str
    label: str
    text: str = ""


@dataclass(frozen=True)
class Arrived:
    """One update. It lives in memory until it is answered, and nothing of it is written anywhere.

    `chat` and `message` are Telegram's numbers. `what` names what was attached; `album` ties the pieces of one sending.
    """

    kind: ArrivedKind
    chat: int
    message: int = 0
    text: str = ""
    what: str = ""
    album: str = ""
    pressed: Pressed | None = None

    def is_same_press_as(self, *others: Arrived) -> bool:
        """Whether one of `others` is a press of the same button of the same message, while that said the same.

        The next step may stand in the place of the one before, and may have the same button: Back, for one.
        """
        return self._which is not None and any(other._which == self._which for other in others)

    @property
    def _which(self) -> tuple[int, str, str] | None:
        return None if self.pressed is None else (self.message, self.pressed.value, self.pressed.text)


def read(update: Update) -> Arrived | None:
    """What `update` is; None for what asks nothing of this channel, such as a notice that a message was pinned."""
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return Arrived("group", message.chat.id)
    return _message(message, edited=update.message is None)


def _message(message: Message, *, edited: bool) -> Arrived | None:
    chat, number = message.chat.id, message.message_id
    if message.effective_attachment is not None or message.story is not None or message.checklist is not None:
        return Arrived("attached", chat, number, message.caption or "", _what(message), message.media_group_id or "")
    if message.text is None:
        return None
    besides = _brought_along(message)
    if besides or message.forward_origin is not None or message.via_bot is not None:
        return Arrived("forwarded", chat, number, "\n".join((message.text, *besides)))
    return Arrived("edited" if edited else "typed", chat, number, message.text)


def _brought_along(message: Message) -> list[str]:
    """What comes with a text from elsewhere: a quote of another chat, its contact, addresses behind words."""
    found = [entity.url for entity in message.entities if entity.url]
    other = message.external_reply
    if other is not None:
        contact = other.contact
        found += [message.quote.text] if message.quote is not None else [""]
        found += [] if contact is None else [contact.first_name, contact.last_name or "", contact.phone_number]
    return found


def _what(message: Message) -> str:
    # An animation is given as a document too, and a place as a location: the narrower word comes first.
    names = ("animation", "venue", *words.KINDS)
    return next((words.KINDS[name] for name in names if getattr(message, name, None)), words.OTHER_KIND)


def _press(query: CallbackQuery) -> Arrived | None:
    message = query.message
    if message is None or query.data is None:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return Arrived("group", message.chat.id)
    label, text = "", ""
    if isinstance(message, Message):
        text = message.text or ""
        rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
        label = next((each.text for row in rows for each in row if each.callback_data == query.data), "")
    pressed = Pressed(query.id, query.data, label, text)
    return Arrived("pressed", message.chat.id, message.message_id, pressed=pressed)


def _membership(change: ChatMemberUpdated) -> Arrived | None:
    status = change.new_chat_member.status
    if change.chat.type == ChatType.PRIVATE:
        return Arrived("blocked", change.chat.id) if status == ChatMember.BANNED else None
    return None if status in (ChatMember.BANNED, ChatMember.LEFT) else Arrived("group", change.chat.id)
