"""Puts the office together: its pages behind the frame, as an application that is mounted beside the web chat."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router

from bot.accounts import Account, Accounts, AccountsUnavailable, new_token
from bot.channels.office import event_pages, home, joining, own_account, people_pages, signing_in, words
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.frame import Frame, redirected, token_of
from bot.channels.office.view import OfficeView
from bot.channels.office.visit import Desk, Visit
from bot.channels.web.limits import Limiter
from bot.channels.web.settings import WebSettings
from bot.channels.web.view import View

VISITORS_RATE = 60
"""Sign-ins that one address may begin in a minute, where each leaves something in the database for a while."""


class Office:
    """The organisation's own pages over `accounts`, with `more` pages of other parts of the product.

    `site_url` is the address under which people reach the pages, without a slash at its end; where it is empty, links
    carry the address of the request. `clock` gives seconds that only ever grow.
    """

    def __init__(
        self, accounts: Accounts, settings: WebSettings, *, site_url: str = "", more: Sequence[Page] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        parts = (home, signing_in, joining, own_account, people_pages, event_pages)
        built_in = [page for part in parts for page in part.pages()]
        self.pages: tuple[Page, ...] = (*more, *built_in)
        view = OfficeView(View(settings).assets.values())
        self._visitors = Limiter(VISITORS_RATE, clock)
        self._desk = Desk(accounts, view, self.pages, self._visitors, _origin(site_url), settings.secure)
        frame = Frame(self._desk)
        # A path without braces goes before one that has them: /people/invite is nobody's account.
        ordered = sorted(self.pages, key=lambda page: "{" in page.path)
        self._router = Router([frame.route(page) for page in ordered], redirect_slashes=False)
        # Not an application of its own: that would answer a fault before the guard of all pages sees it.
        self._app = ExceptionMiddleware(self._router, handlers={HTTPException: self._turned_away})

    @property
    def routes(self) -> tuple[BaseRoute, ...]:
        """What the web chat's application adds to its own routes."""
        return Route(ROOT, redirected), Mount(ROOT, app=self._app)

    @property
    def own_routes(self) -> tuple[BaseRoute, ...]:
        """The routes below /office."""
        return tuple(self._router.routes)

    async def current_account(self, request: Request) -> Account | None:
        """Who is signed in in the browser of `request`, to any page of this server; None where nobody is.

        None as well while the accounts cannot be reached: guidance never waits for an account.
        """
        token = token_of(request, secure=self._desk.secure)
        if not token:
            return None
        with suppress(AccountsUnavailable):
            session = await run_in_threadpool(self._desk.accounts.sessions.find, token)
            return None if session is None else session.account
        return None

    async def sweep(self) -> None:
        """Forget what is past its time. To be called now and then."""
        self._visitors.sweep()
        with suppress(AccountsUnavailable):  # the next time will do
            await run_in_threadpool(self._desk.accounts.sweep)

    async def _turned_away(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        wording = words.NOT_ALLOWED if status == HTTPStatus.METHOD_NOT_ALLOWED else words.MISSING
        return Visit(self._desk, request, new_token(), None).problem(status, *wording)


def _origin(site_url: str) -> str:
    """Scheme, host and port alone: paths of the office begin at the root of the site."""
    parts = urlsplit(site_url)
    return f"{parts.scheme}://{parts.netloc}" if site_url else ""
