"""Makes a bot of the library, with the connections of this channel."""

from __future__ import annotations

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.telegram.absent import remember_absent

_CONNECTIONS = 64
_ANSWER_SECONDS = 20.0
_CONNECT_SECONDS = 5.0


def requests_to(api: str) -> tuple[HTTPXRequest, HTTPXRequest]:
    """The connections for calls and those for polling, which must never wait for each other."""
    remember_absent()
    # A proxy of the environment is the way out of the house: it is not asked for an address of this machine.
    kwargs = {"trust_env": api.startswith("https")}
    calls = HTTPXRequest(
        _CONNECTIONS, read_timeout=_ANSWER_SECONDS, write_timeout=_ANSWER_SECONDS, connect_timeout=_CONNECT_SECONDS,
        pool_timeout=_ANSWER_SECONDS, httpx_kwargs=kwargs,
    )  # fmt: skip
    return calls, HTTPXRequest(2, connect_timeout=_CONNECT_SECONDS, pool_timeout=_CONNECT_SECONDS, httpx_kwargs=kwargs)


def bot_of(token: str, api: str, calls: HTTPXRequest, polling: HTTPXRequest) -> Bot:
    return Bot(
        token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=calls, get_updates_request=polling
    )
