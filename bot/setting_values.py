"""Reads single values of the environment: addresses, files, numbers, switches. Each fault names its variable."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError

PLAIN_URL = re.compile(r"[!#-&(-~]+")
"""What an address is made of: no spaces, no quotes, nothing beyond ASCII."""


def secret_in(path: Path, variable: str) -> str:
    """The one line of the file that `variable` names. Raises SettingsError; its words never hold the line."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"The file {path} of {variable} cannot be read.", "Make it, with what it is for on one line."
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise SettingsError(f"Other accounts of this machine may use the file {path}.", f"Close it: chmod 600 {path}")
    if len(text.split()) != 1:
        raise SettingsError(f"The file {path} of {variable} does not hold one line.", "Put what it is for on one line.")
    return text


def address(values: Mapping[str, str], name: str, file_name: str) -> str:
    """The address that `name` gives, or the file that `file_name` names; empty where neither is set."""
    given, path = values.get(name, ""), path_in(values, file_name)
    if given and path:
        raise SettingsError(f"Both {name} and {file_name} are set.", "Set one of them.")
    return secret_in(path, file_name) if path else given


def is_site(text: str) -> bool:
    """Whether `text` is an http address with a host, and without an account, a query or a fragment."""
    try:
        parts = urlsplit(text)
        plain = parts.scheme in ("https", "http") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, or brackets that do not close
        return False
    return plain and not (parts.query or parts.fragment or "@" in parts.netloc) and bool(PLAIN_URL.fullmatch(text))


def switched_on(values: Mapping[str, str], name: str) -> bool:
    """Whether `name` is on. A word that is neither on nor off must not leave something open by mistake."""
    text = values.get(name, "").strip().lower()
    if text not in ("", "0", "off", "no", "false", "1", "on", "yes", "true"):
        raise SettingsError(f"{name} is '{text}'.", "Set it to on or off.")
    return text in ("1", "on", "yes", "true")


def path_in(values: Mapping[str, str], name: str) -> Path | None:
    """The path that `name` gives; None where it is not set."""
    return Path(text).absolute() if (text := values.get(name)) else None


def number(values: Mapping[str, str], name: str, default: float, least: float, most: float) -> float:
    """The number that `name` gives, or `default`. Raises SettingsError where it is none, or out of bounds."""
    text = values.get(name)
    if not text:
        return default
    try:
        found = float(text)
    except ValueError:
        found = least - 1
    if not least <= found <= most:
        raise SettingsError(f"{name} is '{text}'.", f"Give a number from {least:g} to {most:g}.")
    return found
