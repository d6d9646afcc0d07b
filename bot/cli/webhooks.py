"""Sends one JSON text to an address that the organisation chose."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from bot.cli.common import InputError

SECONDS = 20.0
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def post_json(address: str, text: str) -> None:
    """Post `text`. Raises InputError where the address is not https (or of this machine), or does not accept it."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise InputError("The address does not begin with https.", "Give an https address of the witness.")
    try:
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            answer = client.post(address, content=text.encode("utf-8"), headers={"content-type": "application/json"})
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputError(
            f"The address did not answer ({type(error).__name__}). Nothing was witnessed.", "Try again later."
        ) from None
    if not answer.is_success:
        raise InputError(
            f"The address refused it with status {answer.status_code}. Nothing was witnessed.",
            "Ask whoever runs the address.",
        )
