"""The methods of the Bot API that a bot may call, each refusing what Telegram refuses."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.telegram import checking
from tests.support.telegram.errors import ApiError, bad
from tests.support.telegram.world import DELETABLE_SECONDS, DICE_SECONDS, QUERY_SECONDS, Chat, Kept, World

Given = dict[str, Any]
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
MOST_UPDATES, MOST_CONNECTIONS, MOST_DELETED = 100, 100, 100
_ACTIONS = {"typing", "upload_photo", "upload_document"}


class Methods:
    """Carries the calls of the bot out on a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, Callable[[Given], Awaitable[Any]]] = {
            name.removeprefix("do_").lower(): getattr(self, name) for name in dir(self) if name.startswith("do_")
        }

    async def call(self, method: str, given: Given) -> Any:
        """The result of `method`. Raises ApiError where it is refused or unknown."""
        found = self._known.get(method)
        if found is None:
            raise ApiError(404, "Not Found: method not found")
        return await found(given)

    async def do_getMe(self, _given: Given) -> Any:
        return self._world.bot

    async def do_getUpdates(self, given: Given) -> Any:
        world = self._world
        if world.webhook:
            raise ApiError(409, _WEBHOOK_SET)
        if world.poll is not None:
            world.poll.set()
        offset, limit = int(given.get("offset") or 0), int(given.get("limit") or 100)
        if not 1 <= limit <= MOST_UPDATES:
            raise bad("limit must be between 1 and 100")
        _allow(world, given)
        ended = world.poll = asyncio.Event()
        world.confirm(offset)
        until = time.monotonic() + min(50.0, float(given.get("timeout") or 0))
        try:
            while not (found := [world.updates[number] for number in sorted(world.updates)][:limit]):
                left = until - time.monotonic()
                if left <= 0:
                    break
                world.changed.clear()
                await self._either(ended, left)
                if ended.is_set():
                    raise ApiError(409, _OTHER_POLL)
        finally:
            if world.poll is ended:
                world.poll = None
        return found

    async def _either(self, ended: asyncio.Event, seconds: float) -> None:
        waits = [asyncio.ensure_future(self._world.changed.wait()), asyncio.ensure_future(ended.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await wait

    async def do_setWebhook(self, given: Given) -> Any:
        url, secret = str(given.get("url", "")), str(given.get("secret_token", ""))
        if url and not url.startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        connections = int(given.get("max_connections") or 40)
        if not 1 <= connections <= MOST_CONNECTIONS:
            raise bad("max_connections must be between 1 and 100")
        _allow(self._world, given)
        self._world.webhook = {"url": url, "secret": secret, "connections": connections} if url else {}
        self._world.changed.set()
        return True

    async def do_deleteWebhook(self, given: Given) -> Any:
        self._world.webhook = {}
        if given.get("drop_pending_updates"):
            self._world.updates.clear()
        return True

    async def do_getWebhookInfo(self, _given: Given) -> Any:
        failed = int(self._world.undelivered)
        return {
            "url": self._world.webhook.get("url", ""), "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates), **({"last_error_date": failed} if failed else {}),
        }  # fmt: skip

    async def do_sendMessage(self, given: Given) -> Any:
        chat = self._writable(given)
        text = checking.text_of(str(given.get("text", "")), str(given.get("parse_mode", "")), _entities(given))
        rows = checking.keyboard_of(given.get("reply_markup"), chat.kind)
        self._paced(chat)
        return self._send(chat, _content(given, rows, text=text)).shown

    async def do_sendPhoto(self, given: Given) -> Any:
        return self._file(given, "photo")

    async def do_sendDocument(self, given: Given) -> Any:
        return self._file(given, "document")

    async def do_sendChatAction(self, given: Given) -> Any:
        if given.get("action") not in _ACTIONS:
            raise bad("wrong parameter action in request")
        self._chat(given).actions.append(given["action"])
        return True

    async def do_editMessageText(self, given: Given) -> Any:
        chat = self._chat(given)
        kept = self._editable(chat, given)
        if "text" not in kept.shown:
            raise bad("there is no text in the message to edit")
        text = checking.text_of(str(given.get("text", "")), str(given.get("parse_mode", "")), _entities(given))
        rows = checking.keyboard_of(given.get("reply_markup"), chat.kind)
        content = _content(given, rows, text=text)
        if all(kept.shown.get(name) == content.get(name) for name in ("text", "entities", "reply_markup")):
            raise bad(_SAME)
        self._paced(chat)
        return self._changed(kept, content)

    async def do_editMessageReplyMarkup(self, given: Given) -> Any:
        chat = self._chat(given)
        kept = self._editable(chat, given)
        rows = checking.keyboard_of(given.get("reply_markup"), chat.kind)
        markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        if kept.shown.get("reply_markup") == markup.get("reply_markup"):
            raise bad(_SAME)
        order = kept.order
        kept.shown.pop("reply_markup", None)
        kept.shown.update(markup)
        kept.order = order  # what a person reads has not changed
        return kept.shown

    async def do_answerCallbackQuery(self, given: Given) -> Any:
        query = self._world.queries.get(str(given.get("callback_query_id")))
        if query is None or query.answered or self._world.now() - query.at > QUERY_SECONDS:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(str(given.get("text", ""))) > checking.LONGEST_TOAST:
            raise bad("MESSAGE_TOO_LONG")
        query.answered, query.toast = True, str(given.get("text", ""))
        return True

    async def do_deleteMessage(self, given: Given) -> Any:
        chat = self._chat(given)
        kept = self._world.message(chat, int(given["message_id"]), "delete")
        self._check_deletable(chat, kept)
        del chat.messages[int(given["message_id"])]
        chat.gone.append(int(given["message_id"]))
        return True

    async def do_deleteMessages(self, given: Given) -> Any:
        chat = self._chat(given)
        numbers = list(given.get("message_ids") or [])
        if not 1 <= len(numbers) <= MOST_DELETED:
            raise bad("message identifiers are not specified, or too many")
        for number in [int(each) for each in numbers if int(each) in chat.messages]:
            self._check_deletable(chat, chat.messages[number])
        for number in [int(each) for each in numbers if int(each) in chat.messages]:
            del chat.messages[number]
            chat.gone.append(number)
        return True

    def _check_deletable(self, chat: Chat, kept: Kept) -> None:
        age = self._world.now() - kept.at
        if self._world.undeletable or age > DELETABLE_SECONDS:
            raise bad("message can't be deleted for everyone")
        if "dice" in kept.shown and age < DICE_SECONDS:
            raise bad("message can't be deleted")
        if chat.kind != "private" and kept.mine:
            raise bad("message can't be deleted")

    async def do_leaveChat(self, given: Given) -> Any:
        self._chat(given).left = True
        return True

    async def do_setMyCommands(self, given: Given) -> Any:
        commands = list(given.get("commands") or [])
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.commands[_scope(given)] = commands
        return True

    async def do_getMyCommands(self, given: Given) -> Any:
        return self._world.commands.get(_scope(given), [])

    async def do_setMyDescription(self, given: Given) -> Any:
        return self._describe("description", given, 512)

    async def do_setMyShortDescription(self, given: Given) -> Any:
        return self._describe("short_description", given, 120)

    def _describe(self, name: str, given: Given, most: int) -> bool:
        if len(str(given.get(name, ""))) > most:
            raise bad(f"{name} is too long")
        self._world.about[name] = str(given.get(name, ""))
        return True

    def _file(self, given: Given, kind: str) -> Any:
        chat = self._writable(given)
        file = given.get(kind)
        if not isinstance(file, tuple) or not file[1]:
            raise bad("file must be non-empty")
        name, data = file
        if kind == "photo":
            checking.check_photo(data)
        caption = checking.caption_of(str(given.get("caption", "")))
        rows = checking.keyboard_of(given.get("reply_markup"), chat.kind)
        self._paced(chat)
        id_ = f"file-{self._world.next_order()}"
        size = {"file_id": id_, "file_unique_id": id_, "file_size": len(data)}
        body = [size | {"width": 1, "height": 1}] if kind == "photo" else size | {"file_name": name}
        content = _content(given, rows, **{kind: body}, **({"caption": caption} if caption else {}))
        return self._send(chat, content, data).shown

    def _writable(self, given: Given) -> Chat:
        """The chat, where the bot may write to it."""
        chat = self._chat(given)
        if chat.kind == "channel":
            raise bad("need administrator rights in the channel chat")
        if chat.muted:
            raise bad("not enough rights to send text messages to the chat")
        return chat

    def _send(self, chat: Chat, content: Given, file: bytes = b"") -> Kept:
        kept = self._world.add(chat, content, mine=False, file=file)
        self._world.sent.append((chat.id, time.time()))
        return kept

    def _changed(self, kept: Kept, content: Given) -> Any:
        for name in ("text", "entities", "reply_markup"):
            kept.shown.pop(name, None)
        kept.shown.update(content)
        kept.shown["edit_date"] = int(self._world.now())
        kept.order = self._world.next_order()
        self._world.sent.append((kept.shown["chat"]["id"], time.time()))
        return kept.shown

    def _chat(self, given: Given) -> Chat:
        try:
            return self._world.reach(int(given["chat_id"]))
        except (KeyError, ValueError):
            raise bad("chat_id is empty") from None

    def _editable(self, chat: Chat, given: Given) -> Kept:
        kept = self._world.message(chat, int(given["message_id"]), "edit")
        if kept.mine or self._world.now() - kept.at > DELETABLE_SECONDS:
            raise bad("message can't be edited")
        return kept

    def _paced(self, chat: Chat) -> None:
        self._world.flood.admit(chat.id, time.monotonic())


def _content(given: Given, rows: list[list[Given]], **content: Any) -> Given:
    found = dict(content)
    if rows:
        found["reply_markup"] = {"inline_keyboard": rows}
    if given.get("protect_content"):
        found["has_protected_content"] = True
    if entities := _entities(given):
        found["entities"] = entities
    return found


def _entities(given: Given) -> list[Given]:
    return list(given.get("entities") or [])


def _allow(world: World, given: Given) -> None:
    """Notes which kinds of update the bot wants from now on. An empty list stands for the usual ones."""
    wanted = given.get("allowed_updates")
    if isinstance(wanted, str):
        try:
            wanted = json.loads(wanted)
        except ValueError:
            raise bad("can't parse allowed updates list") from None
    if wanted is None:
        return
    if not isinstance(wanted, list) or not all(isinstance(kind, str) for kind in wanted):
        raise bad("can't parse allowed updates list")
    world.allowed = frozenset(wanted) or None


def _scope(given: Given) -> str:
    return json.dumps(given.get("scope") or {"type": "default"}, sort_keys=True)
