"""Under which name a chat is kept: a keyed hash of Telegram's number, with a key that is changed every day."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.channels.telegram.calls import told
from bot.errors import SettingsError

ROTATE_SECONDS = 24 * 3600.0
_KEY_BYTES = 32


@dataclass(frozen=True)
class _Keys:
    """The present key, when it was made (seconds since the epoch), and the one before it; keys are in hex."""

    current: str
    made: float
    previous: str = ""


class ChatKeys:
    """Names for chats. The file holds two keys and nothing of any chat; without it no name can be told from another.

    A conversation that began under the key before goes on under it: `is_open` says whether there is one. After
    another rotation no name of it can be made any more.
    """

    def __init__(self, path: Path, is_open: Callable[[str], bool], clock: Callable[[], float]) -> None:
        self._path = path
        self._is_open = is_open
        self._clock = clock
        self._is_told = False
        self._keys = _read(path) or self._kept(_Keys(_new(), clock()))

    def of(self, chat: int) -> str:
        """The name of the chat now. Where a new key cannot be written, the present one serves until it can.

        One that is held in memory alone would be lost at a restart, and every conversation with it.
        """
        if self._clock() - self._keys.made >= ROTATE_SECONDS:
            self._rotate()
        name = _name(self._keys.current, chat)
        if not self._keys.previous or self._is_open(name):
            return name
        before = _name(self._keys.previous, chat)
        return before if self._is_open(before) else name

    def _rotate(self) -> None:
        try:
            self._keys, self._is_told = self._kept(_Keys(_new(), self._clock(), self._keys.current)), False
        except SettingsError as error:  # each message tries again, and the first one tells
            if not self._is_told:
                told("changing the key of chats", error)
            self._is_told = True

    def names(self, chat: int) -> tuple[str, ...]:
        """Every name that the chat may have now."""
        keys = self._keys
        return tuple(_name(key, chat) for key in (keys.current, keys.previous) if key)

    def _kept(self, keys: _Keys) -> _Keys:
        """Writes the file as a whole, readable by its owner only."""
        beside = self._path.with_name(f"{self._path.name}.new")
        try:
            with suppress(FileNotFoundError):
                beside.unlink()
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(asdict(keys), file)
            beside.replace(self._path)
        except OSError as error:
            raise SettingsError(
                f"The file {self._path} cannot be written: {error.strerror}.", "Let this account write its folder."
            ) from None
        return keys


def _name(key: str, chat: int) -> str:
    return "telegram:" + hmac.new(bytes.fromhex(key), str(chat).encode(), hashlib.sha256).hexdigest()


def _new() -> str:
    return secrets.token_hex(_KEY_BYTES)


def _read(path: Path) -> _Keys | None:
    """The keys of the file; None where there is none or it cannot be read, and open conversations are then new ones."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        keys = _Keys(str(data["current"]), float(data["made"]), str(data["previous"]))
        return keys if len(bytes.fromhex(keys.current)) == _KEY_BYTES else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
