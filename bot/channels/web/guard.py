"""Stands before every page: known host, same site, security headers, and no word of a fault but its place."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import MutableMapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web import words
from bot.channels.web.refusals import RefusedError, refusal
from bot.channels.web.settings import WebSettings
from bot.channels.web.view import View

FRAGMENT_HEADER = "x-sharewell"
"""Sent by the script of the page: it wants a fragment. Another site cannot send it without asking first."""

STATUSES_LOGGED_EVERY = 1_000
"""Responses after which their counts by status are logged. Nothing else of a request ever is."""

_log = logging.getLogger(__name__)


class Guard:
    """Middleware around all of the pages."""

    def __init__(self, app: ASGIApp, settings: WebSettings, view: View, statuses: Counter[int]) -> None:
        self._app = app
        self._settings = settings
        self._view = view
        self._statuses = statuses
        self._headers = _security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        started = False

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._count(message["status"])
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                message["headers"] = headers.raw
            await send(message)

        try:
            self._admit(request)
            await self._app(scope, receive, send_guarded)
        except RefusedError as refused:
            await self._refuse(request, refused)(scope, receive, send_guarded)
        except Exception as error:
            # The message of an error may hold what a user typed: only its kind and place are logged.
            _log.error("a page failed: %s", _place_of(error))
            if started:
                raise ConnectionAbortedError("the response had begun") from None
            await self._refuse(request, refusal(HTTPStatus.INTERNAL_SERVER_ERROR))(scope, receive, send_guarded)

    def _admit(self, request: Request) -> None:
        host = _host_of(request.headers.get("host", ""))
        if host not in self._settings.hosts:
            raise RefusedError(HTTPStatus.BAD_REQUEST, words.BAD_HOST)
        if request.method not in ("GET", "HEAD") and not _same_site(request):
            raise RefusedError(HTTPStatus.FORBIDDEN, words.FOREIGN)

    def _refuse(self, request: Request, refused: RefusedError) -> Response:
        if FRAGMENT_HEADER in request.headers:
            return HTMLResponse(self._view.problem_fragment(refused.problem, ""), refused.status)
        return HTMLResponse(self._view.problem_page(refused.problem), refused.status)

    def _count(self, status: int) -> None:
        self._statuses[status] += 1
        if self._statuses.total() % STATUSES_LOGGED_EVERY == 0:
            _log.info("responses by status: %s", dict(sorted(self._statuses.items())))


def _security_headers(settings: WebSettings) -> dict[str, str]:
    policy = (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        f"form-action 'self' {settings.exit_origin}", "base-uri 'none'", "frame-ancestors 'none'",
    )  # fmt: skip
    headers = {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Robots-Tag": "noindex",
    }
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return headers


def _same_site(request: Request) -> bool:
    """Whether a form came from our own page. Browsers say so themselves; our no-referrer policy makes Origin "null"."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None and fetch_site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return True  # an older browser: the form token and the SameSite cookie decide
    return urlsplit(origin).netloc.casefold() == request.headers.get("host", "").casefold()


def _host_of(header: str) -> str:
    """The host name in a Host header, in lower case, without port and brackets; nothing where there is none."""
    try:
        parts = urlsplit(f"//{header}")
        return "" if parts.netloc != header or "@" in header else (parts.hostname or "")
    except ValueError:
        return ""


def _place_of(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{where}"
