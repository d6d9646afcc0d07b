"""What Telegram checks in what a bot sends: lengths, entities, keyboards, pictures."""

from __future__ import annotations

import struct
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.support.telegram.errors import bad

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_BUTTONS = 100
LONGEST_DATA = 64
LONGEST_TOAST = 200
_ENTITIES = {"bold", "italic", "underline", "strikethrough", "code", "pre", "text_link", "blockquote", "spoiler"}
_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}


def units(text: str) -> int:
    """The length of `text` as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Html(HTMLParser):
    """Text without its tags. Raises ApiError where the markup is not what Telegram takes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        if self._open:
            raise bad(f'can\'t parse entities: Can\'t find end tag corresponding to start tag "{self._open[-1]}"')

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise bad("can't parse entities: Unexpected end tag at byte offset 0")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of(given: str, parse_mode: str, entities: list[dict[str, Any]]) -> str:
    """The text as it is shown. Raises ApiError where it is empty, too long, or marked up wrongly."""
    text = given
    if parse_mode.upper() == "HTML":
        text = "".join(_Html(given).words)
    elif parse_mode:
        raise bad("unsupported parse_mode")
    text = text.strip()
    if not text:
        raise bad("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad("message is too long")
    check_entities(text, entities)
    return text


def check_entities(text: str, entities: list[dict[str, Any]]) -> None:
    for entity in entities:
        start, length = int(entity["offset"]), int(entity["length"])
        if entity["type"] not in _ENTITIES:
            raise bad(f"can't parse MessageEntity: unsupported type {entity['type']}")
        if start < 0 or length <= 0 or start + length > units(text):
            raise bad("entity beyond the end of the text")
        if entity["type"] == "text_link" and not _public(str(entity.get("url", ""))):
            raise bad("the link of an entity would be dropped without a word")


def caption_of(given: str) -> str:
    if units(given) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return given.strip()


def keyboard_of(markup: dict[str, Any] | None, kind: str = "private") -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard for a chat of `kind`. Raises ApiError for one that Telegram would not take."""
    rows: list[list[dict[str, Any]]] = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        if not str(button.get("text", "")).strip():
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        _check_button(button)
        if "web_app" in button and kind != "private":
            raise bad("BUTTON_TYPE_INVALID")
    return rows


def _check_button(button: dict[str, Any]) -> None:
    kinds = button.keys() & {"callback_data", "url", "web_app"}
    if len(kinds) != 1:
        raise bad("can't parse inline keyboard button: exactly one of the optional fields must be used")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if "web_app" in button and not str(button["web_app"].get("url", "")).startswith("https://"):
        url = button["web_app"].get("url", "")
        raise bad(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    if "url" in button and not _public(str(button["url"])):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _public(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def check_photo(data: bytes) -> None:
    """Raises ApiError where Telegram could make no photo of the PNG `data`."""
    if len(data) > 10 * 1024 * 1024:
        raise bad("file is too big")
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", data[16:24])
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
