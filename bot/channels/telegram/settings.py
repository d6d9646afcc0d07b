"""The token of the bot, from the environment or a file."""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path

from bot.errors import SettingsError
from bot.settings import TelegramSettings

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{30,60}")
_REMEDY = "Copy the whole token from BotFather into SHAREWELL_TELEGRAM_TOKEN, or into the file that is named instead."


def checked_token(settings: TelegramSettings) -> str:
    """The token; empty where none is set. Raises SettingsError, which never holds the token itself."""
    if settings.token and settings.token_file is not None:
        raise SettingsError(
            "The token of the Telegram bot is set twice.",
            "Set either SHAREWELL_TELEGRAM_TOKEN or SHAREWELL_TELEGRAM_TOKEN_FILE.",
        )
    token = settings.token.strip() if settings.token_file is None else _read(settings.token_file)
    if not token and settings.token_file is None:
        return ""
    if not _TOKEN.fullmatch(token):
        raise SettingsError("The token of the Telegram bot is not a token.", _REMEDY)
    return token


def secret_of(token: str) -> str:
    """The secret that Telegram shows with each webhook: the same at every start, and no way back to the token."""
    return hmac.new(token.encode(), b"sharewell telegram webhook", hashlib.sha256).hexdigest()


def _read(path: Path) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise SettingsError(
                f"Other accounts of this machine may read the file {path} with the token of the Telegram bot.",
                f"Run `chmod 600 {path}`.",
            )
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"The file {path} with the token of the Telegram bot cannot be read.",
            "Correct SHAREWELL_TELEGRAM_TOKEN_FILE, or let this account read the file.",
        ) from None
