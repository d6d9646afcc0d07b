"""One way to write a value as bytes, so that its hash can be recomputed for ever."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from bot.decision_log.errors import InvalidDraft

JsonValue: TypeAlias = bool | int | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain
)  # fmt: skip


def normalised(value: JsonValue) -> JsonValue:
    """The value with every string, key or not, in Unicode form NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", key): normalised(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [normalised(part) for part in value]
    return value


def canonical(value: JsonValue) -> str:
    """JSON with sorted keys, no spaces and NFC strings. Raises InvalidDraft where a string is not valid Unicode."""
    text = _ENCODER.encode(value)
    if text.isascii():  # nothing in it has two forms
        return text
    text = _ENCODER.encode(normalised(value))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidDraft("A text holds a character that cannot be stored.") from None
    return text


def sha256(value: JsonValue) -> str:
    """SHA-256 of the canonical UTF-8 bytes, 64 hexadecimal digits."""
    return sha256_of_text(canonical(value))


def sha256_of_text(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of `text`. Raises UnicodeEncodeError where it has none."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def utc_text(moment: datetime) -> str:
    """A moment as UTC, always with microseconds, such as 2026-11-20T09:30:00.000000Z.

    Raises InvalidDraft for a moment without a time zone. The texts sort as the moments do.
    """
    if moment.tzinfo is None:
        raise InvalidDraft("The time given has no time zone.", "Give a time with its time zone.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(text: str) -> datetime:
    """The moment that `utc_text` wrote."""
    return datetime.fromisoformat(text)
