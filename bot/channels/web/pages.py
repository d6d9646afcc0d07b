"""The fixed pages: what is kept, help, accessibility, the end; the files they load; and a sign of life."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from bot.channels.web import words
from bot.channels.web.settings import WebSettings
from bot.channels.web.view import View
from bot.conversation import words as spoken
from bot.conversation.messages import Part

_CACHED = "private, max-age=86400"
"""The path of a file changes with its content, so a day in the browser's own cache never shows an old one."""


class Pages:
    """The endpoints that need no conversation."""

    def __init__(self, settings: WebSettings, view: View, notes: Callable[[], tuple[str, ...]]) -> None:
        self._settings = settings
        self._view = view
        self._notes = notes

    async def privacy(self, request: Request) -> Response:
        kept = spoken.PRIVACY.format(minutes=self._settings.idle_minutes)
        return self._text(words.PRIVACY_TITLE, Part(kept), Part(words.PRIVACY_WEB, title=words.PRIVACY_WEB_TITLE))

    async def help(self, request: Request) -> Response:
        using = words.HELP_WEB.format(exit=urlsplit(self._settings.exit_url).hostname)
        return self._text(
            words.HELP_TITLE, Part(spoken.HELP, title=spoken.HELP_TITLE), Part(using, title=words.HELP_WEB_TITLE),
            Part(words.PERSON, title=words.PERSON_TITLE),
        )  # fmt: skip

    async def accessibility(self, request: Request) -> Response:
        return self._text(
            words.ACCESSIBILITY_TITLE, Part(words.ACCESSIBILITY),
            Part(words.ACCESSIBILITY_TESTED, title=words.ACCESSIBILITY_TESTED_TITLE),
            Part(words.ACCESSIBILITY_REPORT, title=words.ACCESSIBILITY_REPORT_TITLE),
        )  # fmt: skip

    async def ended(self, request: Request) -> Response:
        return self._text(words.ENDED_TITLE, Part(words.ENDED))

    async def asset(self, request: Request) -> Response:
        asset = self._view.assets.get(request.url.path)
        if asset is None:
            raise HTTPException(404)
        return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": _CACHED})

    async def icon(self, request: Request) -> Response:
        """What browsers ask for on pages that name no icon, such as /healthz."""
        icon = next(asset for asset in self._view.assets.values() if asset.name == "icon.svg")
        return Response(icon.body, media_type=icon.media_type, headers={"Cache-Control": _CACHED})

    async def healthz(self, request: Request) -> Response:
        return PlainTextResponse("\n".join(("ok", *self._notes())) + "\n")

    def _text(self, title: str, *parts: Part) -> Response:
        return HTMLResponse(self._view.text_page(title, parts))
