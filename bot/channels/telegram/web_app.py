"""Who opened a page by a button of this bot: what Telegram hands over is checked before anything in it is believed.

By https://core.telegram.org/bots/webapps, "Validating data received via the Mini App".
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

OLDEST_SECONDS = 600
"""Telegram says when the page was opened. Older data may have been kept by somebody."""

_AHEAD_SECONDS = 60
"""Seconds by which Telegram's clock may be ahead of ours."""

_LONGEST = 4_096
_MOST_FIELDS = 40
_HASH = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{1,12}")


class WebAppData:
    """Checks what a page was handed with the token of the bot. `clock` gives seconds since the epoch."""

    def __init__(self, token: str, clock: Callable[[], float]) -> None:
        self._key = hmac.digest(b"WebAppData", token.encode(), "sha256")
        self._clock = clock

    def user(self, given: str) -> int | None:
        """Telegram's number of the user whom `given` proves; None where it proves nobody, whatever the reason."""
        fields = _fields(given)
        shown = fields.pop("hash", "")
        if not _HASH.fullmatch(shown):
            return None
        checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
        wanted = hmac.new(self._key, checked.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, shown) or not self._is_recent(fields.get("auth_date", "")):
            return None
        return _number_in(fields.get("user", ""))

    def _is_recent(self, moment: str) -> bool:
        if not _MOMENT.fullmatch(moment):
            return False
        return -_AHEAD_SECONDS <= self._clock() - int(moment) <= OLDEST_SECONDS


def _fields(given: str) -> dict[str, str]:
    """The fields by name; none where one comes twice, or holds a line end, by which two could be made of one."""
    if len(given) > _LONGEST or not given.isascii():
        return {}
    try:
        pairs = parse_qsl(given, keep_blank_values=True, strict_parsing=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    fields = dict(pairs)
    whole = len(fields) == len(pairs) and not any("\n" in part for pair in pairs for part in pair)
    return fields if whole else {}


def _number_in(user: str) -> int | None:
    try:
        number = json.loads(user)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return number if type(number) is int and number > 0 else None
