"""What Telegram holds: the bot, its chats and their messages, and the updates that wait for the bot."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support.telegram.errors import ApiError, bad
from tests.support.telegram.faults import Faults
from tests.support.telegram.pacing import Flood

TOKEN = "1000:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaww"
BOT = {
    "id": 1000, "is_bot": True, "first_name": "Sharewell", "username": "sharewell_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": False, "can_connect_to_business": False,
    "has_main_web_app": False,
}  # fmt: skip
DELETABLE_SECONDS = 48 * 3600.0
DICE_SECONDS = 24 * 3600.0
"""A dice of a private chat can be deleted after a day, and not before."""

QUERY_SECONDS = 30.0
UNUSUAL = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that come only to a bot that asks for them by name."""


@dataclass
class Kept:
    """A message of a chat, as Telegram keeps it. `order` grows with each change, so that the newest is known."""

    shown: dict[str, Any]
    mine: bool
    at: float
    order: int
    file: bytes = b""


@dataclass
class Chat:
    """One chat and all of its messages. `gone` holds the numbers of those that were deleted."""

    id: int
    kind: str = "private"
    blocked: bool = False
    left: bool = False
    muted: bool = False
    messages: dict[int, Kept] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        named = {"title": "A team"} if self.kind != "private" else {"first_name": "Invented"}
        return {"id": self.id, "type": self.kind, **named}


@dataclass
class Query:
    """A button that was pressed, and what the bot answered."""

    chat: int
    at: float
    answered: bool = False
    toast: str = ""


class World:
    """The state of the emulator. `ahead` puts its clock forward, in seconds."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.bot = dict(BOT)
        self.faults = Faults()
        self.flood = Flood()
        self.ahead = 0.0
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.updates: dict[int, dict[str, Any]] = {}
        self.confirmed: dict[int, float] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.about: dict[str, str] = {}
        self.webhook: dict[str, Any] = {}
        self.undelivered = 0.0
        self.hosts: dict[str, str] = {}
        self.allowed: frozenset[str] | None = None
        self.undeletable = False
        self.refusals: list[str] = []
        self.unwanted: list[str] = []
        self.calls: list[tuple[str, float]] = []
        self.sent: list[tuple[int, float]] = []
        self.changed = asyncio.Event()
        self.poll: asyncio.Event | None = None
        self._update, self._message, self._order = 700_000, 0, 0

    def now(self) -> float:
        return time.time() + self.ahead

    def chat(self, number: int) -> Chat:
        return self.chats.setdefault(number, Chat(number))

    def reach(self, number: int) -> Chat:
        """The chat that the bot writes to. Raises ApiError where it may not."""
        chat = self.chats.get(number)
        if chat is None:
            raise bad("chat not found")
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat.left:
            raise ApiError(403, f"Forbidden: bot is not a member of the {chat.kind} chat")
        return chat

    def next_order(self) -> int:
        self._order += 1
        return self._order

    def add(self, chat: Chat, content: dict[str, Any], *, mine: bool, file: bytes = b"") -> Kept:
        """A new message of the chat, of the user where it is `mine`."""
        self._message += 1
        user = {"id": chat.id if chat.kind == "private" else 77, "is_bot": False, "first_name": "Invented"}
        shown = {
            "message_id": self._message, "date": int(self.now()), "chat": chat.as_json(),
            "from": user if mine else self.bot_user(), **content,
        }  # fmt: skip
        kept = Kept(shown, mine, self.now(), self.next_order(), file)
        chat.messages[self._message] = kept
        return kept

    def bot_user(self) -> dict[str, Any]:
        return {name: self.bot[name] for name in ("id", "is_bot", "first_name", "username")}

    def message(self, chat: Chat, number: int, action: str) -> Kept:
        kept = chat.messages.get(number)
        if kept is None:
            raise bad(f"message to {action} not found")
        return kept

    def queue(self, content: dict[str, Any]) -> int:
        """A new update for the bot. Returns its number. One of a kind that the bot does not want never reaches it."""
        self._update += 1
        (kind,) = content
        if kind in UNUSUAL if self.allowed is None else kind not in self.allowed:
            self.unwanted.append(kind)
            self.confirmed[self._update] = time.time()
            return self._update
        self.updates[self._update] = {"update_id": self._update, **content}
        self.changed.set()
        return self._update

    def confirm(self, offset: int) -> None:
        """Forgets the updates before `offset`: the bot has them."""
        for number in [number for number in self.updates if number < offset]:
            del self.updates[number]
            self.confirmed[number] = time.time()

    def handled(self, update: int) -> bool:
        return update in self.confirmed

    def offer_again(self, update: int, content: dict[str, Any]) -> None:
        """Offers an update that was handled once more, as Telegram does where it did not hear so."""
        self.confirmed.pop(update, None)
        self.updates[update] = content
        self.changed.set()
