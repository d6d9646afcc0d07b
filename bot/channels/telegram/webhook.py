"""Takes updates that Telegram posts. It answers when the update is answered: Telegram sends it again otherwise."""

from __future__ import annotations

import asyncio
import hmac
import json
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot

from bot.channels.telegram.inbox import Inbox

PATH = "/telegram/webhook"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 1_000_000
"""Bytes of an update that are read."""

_PATIENCE = 50.0
"""Seconds that Telegram is kept waiting. It sends the update again afterwards, which is then known."""


class Webhook:
    """The endpoint. Only who shows the secret is heard."""

    def __init__(self, bot: Bot, inbox: Inbox, secret: str) -> None:
        self._bot = bot
        self._inbox = inbox
        self._secret = secret

    @property
    def route(self) -> Route:
        return Route(PATH, self.take, methods=["POST"])

    async def take(self, request: Request) -> Response:
        """POST: one update. 401 without the secret, 400 for what is no update, 503 where it is not answered in time."""
        shown = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._secret.encode()):
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        given = await self._read(request)
        if given is None:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        done = self._inbox.take_raw(given["update_id"], given, self._bot)
        if done is not None:
            await asyncio.wait([done], timeout=_PATIENCE)
            if not done.done():
                return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return Response(status_code=HTTPStatus.OK)

    async def _read(self, request: Request) -> dict[str, Any] | None:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST:
                return None
        try:
            given = json.loads(body)
        except ValueError:
            return None
        return given if isinstance(given, dict) and isinstance(given.get("update_id"), int) else None
