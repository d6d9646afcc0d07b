"""What Telegram hands to a page that a button opened, signed as Telegram's documentation says."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import quote, urlencode


def init_data(token: str, user: int, moment: float, /, **more: str) -> str:
    """The data for `user` at `moment`, in seconds since the epoch, with the bot's token. `more` are further fields."""
    about = {"id": user, "first_name": "Invented", "language_code": "en", "allows_write_to_pm": True}
    fields = {
        "query_id": "AAHdF6IQAAAAAN0XohDhrOrc", "user": json.dumps(about, separators=(",", ":")),
        "auth_date": str(int(moment)), "signature": "c2lnbmVk-by_Telegram", **more,
    }  # fmt: skip
    return urlencode({**fields, "hash": signed(token, fields)})


def signed(token: str, fields: dict[str, str]) -> str:
    """The hash of `fields`: all of them but the hash, by name, one a line."""
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()


def opened(url: str, data: str) -> str:
    """The address that the page has within Telegram."""
    return f"{url}#tgWebAppData={quote(data, safe='')}&tgWebAppVersion=9.1&tgWebAppPlatform=android"
