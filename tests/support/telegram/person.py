"""A person who chats with the bot: what they do becomes an update, and what they see is what the chat now holds."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from tests.support.screen import Screen
from tests.support.telegram.web_app import init_data, opened
from tests.support.telegram.world import Kept, Query, World

MEDIA: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{"file_id": "p1", "file_unique_id": "p1", "width": 90, "height": 60, "file_size": 900}]},
    "voice": {"voice": {"file_id": "v1", "file_unique_id": "v1", "duration": 3}},
    "video": {"video": {"file_id": "d1", "file_unique_id": "d1", "width": 9, "height": 9, "duration": 3}},
    "document": {"document": {"file_id": "f1", "file_unique_id": "f1", "file_name": "notes.docx"}},
    "contact": {"contact": {"phone_number": "+447700900461", "first_name": "Thaddeus", "last_name": "Quillfeather"}},
    "location": {"location": {"longitude": -1.57, "latitude": 54.77}},
    "sticker": {
        "sticker": {"file_id": "s1", "file_unique_id": "s1", "type": "regular", "width": 9, "height": 9,
                    "is_animated": False, "is_video": False}
    },
    "video_note": {"video_note": {"file_id": "n1", "file_unique_id": "n1", "length": 90, "duration": 3}},
    "audio": {"audio": {"file_id": "a1", "file_unique_id": "a1", "duration": 3}},
    "animation": {
        "animation": {"file_id": "g1", "file_unique_id": "g1", "width": 9, "height": 9, "duration": 3},
        "document": {"file_id": "g1", "file_unique_id": "g1"},
    },
    "venue": {
        "venue": {"location": {"longitude": -1.57, "latitude": 54.77}, "title": "A house", "address": "A street"},
        "location": {"longitude": -1.57, "latitude": 54.77},
    },
    "story": {"story": {"chat": {"id": 9, "type": "private", "first_name": "Invented"}, "id": 3}},
    "poll": {
        "poll": {"id": "q1", "question": "Who?", "options": [], "total_voter_count": 0, "is_closed": False,
                 "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
                 "members_only": False}
    },
}  # fmt: skip
DICE: dict[str, Any] = {"dice": {"emoji": "🎲", "value": 3}}
"""It cannot be deleted for a day."""


@dataclass(frozen=True)
class Shown:
    """One message of the bot as the person sees it."""

    number: int
    text: str
    buttons: dict[str, str]
    links: dict[str, str]
    protected: bool
    photo: bool
    file_name: str
    file: bytes


class Person:
    """One person in a chat of their own. Every method must be called in the thread of the emulator."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.chat = world.chat(number)
        self.number = number
        self._since = 0

    def say(self, text: str, **more: Any) -> int:
        """Types `text`. Returns the number of the update."""
        self._since = self.world.next_order()
        entities: dict[str, Any] = {}
        if text.startswith("/"):
            length = len(text.split()[0])
            entities = {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
        kept = self.world.add(self.chat, {"text": text, **entities, **more}, mine=True)
        return self.world.queue({"message": copy.deepcopy(kept.shown)})

    def forward(self, text: str) -> int:
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": int(self.world.now())}
        return self.say(text, forward_origin=origin)

    def send(self, kind: str, caption: str = "", **more: Any) -> int:
        """Sends something that is no text."""
        self._since = self.world.next_order()
        content = {**(MEDIA | {"dice": DICE})[kind], **({"caption": caption} if caption else {}), **more}
        kept = self.world.add(self.chat, content, mine=True)
        return self.world.queue({"message": copy.deepcopy(kept.shown)})

    def edit(self, text: str, number: int | None = None) -> int:
        """Changes the newest message of their own, or the one with `number`."""
        self._since = self.world.next_order()
        kept = self.chat.messages[number if number is not None else self.newest_own()]
        kept.shown |= {"text": text, "edit_date": int(self.world.now())}
        return self.world.queue({"edited_message": copy.deepcopy(kept.shown)})

    def edit_caption(self, caption: str) -> int:
        """Changes what stands under the newest thing that they sent."""
        self._since = self.world.next_order()
        kept = self.chat.messages[self.newest_own()]
        kept.shown |= {"caption": caption, "edit_date": int(self.world.now())}
        return self.world.queue({"edited_message": copy.deepcopy(kept.shown)})

    def press(self, label: str) -> int:
        """Presses the newest button whose label is or begins with `label`."""
        for exact in (True, False):
            for kept in sorted(self._of_the_bot(), key=lambda kept: -kept.order):
                for shown, value in _buttons(kept).items():
                    if shown == label if exact else shown.startswith(label):
                        return self.press_value(value, kept)
        raise AssertionError(f"no button '{label}' in {[list(_buttons(kept)) for kept in self._of_the_bot()]}")

    def press_value(self, value: str, kept: Kept) -> int:
        self._since = self.world.next_order()
        id_ = f"query-{self._since}"
        self.world.queries[id_] = Query(self.number, self.world.now())
        user = {"id": self.number, "is_bot": False, "first_name": "Invented"}
        content = {
            "id": id_, "from": user, "message": copy.deepcopy(kept.shown), "chat_instance": f"i{self.number}",
            "data": value,
        }  # fmt: skip
        return self.world.queue({"callback_query": content})

    def open_web_app(self, label: str) -> str:
        """Presses the newest button that opens a page within Telegram. Returns the address that the page then has."""
        for kept in sorted(self._of_the_bot(), key=lambda kept: -kept.order):
            for row in kept.shown.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label and "web_app" in button:
                        data = init_data(self.world.token, self.number, self.world.now())
                        return opened(button["web_app"]["url"], data)
        raise AssertionError(f"no button '{label}' opens a page")

    def block(self) -> int:
        self.chat.blocked = True
        return self._membership("member", "kicked")

    def unblock(self) -> int:
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def invite(self, group: int, kind: str = "supergroup") -> int:
        """Adds the bot to a group or a channel."""
        self.chat = self.world.chat(group)
        self.chat.kind = kind
        return self._membership("left", "member")

    def _membership(self, before: str, after: str) -> int:
        bot = self.world.bot_user()
        content = {
            "chat": self.chat.as_json(), "from": {"id": self.number, "is_bot": False, "first_name": "Invented"},
            "date": int(self.world.now()), "old_chat_member": _member(before, bot),
            "new_chat_member": _member(after, bot),
        }  # fmt: skip
        return self.world.queue({"my_chat_member": content})

    def newest_own(self) -> int:
        return max(number for number, kept in self.chat.messages.items() if kept.mine)

    def own(self) -> list[str]:
        """What of their own messages still stands in the chat."""
        return [str(kept.shown.get("text", "")) for kept in self.chat.messages.values() if kept.mine]

    def new(self) -> list[Shown]:
        """What came or changed since they last did something, in the order of the chat."""
        return [_shown(kept) for kept in self._of_the_bot() if kept.order > self._since]

    def all(self) -> list[Shown]:
        """Every message of the bot that stands in the chat."""
        return [_shown(kept) for kept in self._of_the_bot()]

    def screen(self) -> Screen:
        new = self.new()
        text = " ".join(" ".join(shown.text for shown in new).split())
        return Screen(text, {label: value for shown in new for label, value in shown.buttons.items()}, "telegram")

    def _of_the_bot(self) -> list[Kept]:
        return [kept for _, kept in sorted(self.chat.messages.items()) if not kept.mine]


def _member(status: str, user: dict[str, Any]) -> dict[str, Any]:
    return {"status": status, "user": user} | ({"until_date": 0} if status == "kicked" else {})


def _buttons(kept: Kept) -> dict[str, str]:
    rows = kept.shown.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row if "callback_data" in button}


def _shown(kept: Kept) -> Shown:
    text = str(kept.shown.get("text", kept.shown.get("caption", "")))
    raw = text.encode("utf-16-le")
    links = {
        raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"): entity["url"]
        for entity in kept.shown.get("entities", []) if entity["type"] == "text_link"
    }  # fmt: skip
    return Shown(
        kept.shown["message_id"], text, _buttons(kept), links, bool(kept.shown.get("has_protected_content")),
        "photo" in kept.shown, str(kept.shown.get("document", {}).get("file_name", "")), kept.file,
    )  # fmt: skip
