"""Stands around every page of the office: cookie, session, form token, permission, and recent proof of who it is."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.accounts import AccountsUnavailable, EventKind, OwnAccount, Role, Session, may, new_token, roles_that_may
from bot.channels.office import words
from bot.channels.office.addresses import local, with_return
from bot.channels.office.declaring import HOME, ROOT, Open, Page
from bot.channels.office.visit import Desk, Fields, Visit, form_token
from bot.channels.web.forms import read_fields
from bot.decision_log import NotAllowed, Overtaken
from bot.errors import SharewellError

SIGN_IN = f"{ROOT}/sign-in"
CONFIRM = f"{ROOT}/confirm"
_MOST_FIELDS = 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def cookie_name(*, secure: bool) -> str:
    """The browser holds a name that begins with __Host- to https, this host alone and the path /."""
    return "__Host-sharewell-office" if secure else "sharewell-office"


def token_of(request: Request, *, secure: bool) -> str:
    """The token of the browser's cookie; empty where there is none of our making."""
    value = request.cookies.get(cookie_name(secure=secure), "")
    return value if _TOKEN.fullmatch(value) else ""


class Frame:
    """Turns declared pages into routes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def route(self, page: Page) -> Route:
        return Route(page.path, self._endpoint(page), methods=page.methods)

    def _endpoint(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            posted = Fields(await read_fields(request, _MOST_FIELDS)) if request.method == "POST" else Fields()
            return await run_in_threadpool(self._answer, page, request, posted)

        return answer

    def _answer(self, page: Page, request: Request, posted: Fields) -> Response:
        given = token_of(request, secure=self._desk.secure)
        try:
            visit = self._visit(request, given, posted)
        except SharewellError as error:
            return _unavailable(Visit(self._desk, request, given or new_token(), None), error)
        try:
            response = self._refusal(page, visit) or self._answered(page, visit)
        except AccountsUnavailable as error:
            response = _unavailable(visit, error)
        except SharewellError as error:
            response = visit.failed(error)
        return self._finished(response, visit, given)

    def _visit(self, request: Request, given: str, posted: Fields) -> Visit:
        sessions = self._desk.accounts.sessions
        session: Session | None = sessions.find(given) if given else None
        visit = Visit(self._desk, request, given or new_token(), session, posted)
        fresh = sessions.rotated(given) if session is not None else None
        if fresh is not None:
            visit.signs_in(fresh)
        return visit

    def _refusal(self, page: Page, visit: Visit) -> Response | None:
        """The answer to somebody who may not do this, or not yet; None for all others."""
        if not isinstance(page.access, Open):
            if visit.session is None:
                return visit.go(with_return(SIGN_IN, self._return_to(page, visit)))
            if not may(visit.session.account, page.access):
                self._desk.accounts.events.denied(page.access, visit.account.id)
                roles = " or ".join(words.ROLES[role] for role in Role if role in roles_that_may(page.access))
                return visit.problem(
                    HTTPStatus.FORBIDDEN, words.DENIED[0],
                    words.DENIED[1].format(roles=roles) if roles else words.DENIED_TO_ALL,
                )  # fmt: skip
        if visit.request.method == "POST" and not _brings_token(visit):
            if visit.session is not None:
                self._desk.accounts.events.note(EventKind.FORGED, visit.account.id)
            back = self._return_to(page, visit)
            return visit.problem(HTTPStatus.FORBIDDEN, *words.STALE, link=(back, words.STALE_LINK))
        if page.needs_fresh and visit.session is not None and not self._desk.accounts.sessions.fresh(visit.session):
            return visit.go(with_return(CONFIRM, self._return_to(page, visit)))
        return None

    def _answered(self, page: Page, visit: Visit) -> Response:
        """The answer of the page. What its rules deny is written down, as what the roles deny is.

        Whoever was only too late was denied nothing.
        """
        try:
            return self._handled(page, visit)
        except (NotAllowed, OwnAccount) as error:
            if visit.session is not None and not isinstance(page.access, Open) and not isinstance(error, Overtaken):
                self._desk.accounts.events.denied(page.access, visit.account.id)
            return visit.failed(error)

    def _handled(self, page: Page, visit: Visit) -> Response:
        handler = page.post if visit.request.method == "POST" else page.get
        assert handler is not None  # the route takes no other method
        return handler(visit)

    def _finished(self, response: Response, visit: Visit, given: str) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        if visit.keeps_cookie and visit.token != given:
            self._set(response, cookie_name(secure=self._desk.secure), visit.token, None)
        for name, (value, seconds) in visit.cookies.items():
            self._set(response, name, value, seconds)
        return response

    def _set(self, response: Response, name: str, value: str, seconds: int | None) -> None:
        # Lax, not strict: whoever comes back from the organisation's sign-in comes from another site.
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self._desk.secure, httponly=True, samesite="lax"
        )

    def _return_to(self, page: Page, visit: Visit) -> str:
        """The page to come back to: never one that only takes forms."""
        if page.back:
            return local(ROOT + page.back.format(**visit.parameters))
        if page.get is None:
            above = visit.request.url.path.rpartition("/")[0]
            return HOME if above == ROOT else local(above)
        query = visit.request.url.query
        return local(visit.request.url.path + (f"?{query}" if query and visit.request.method == "GET" else ""))


def _brings_token(visit: Visit) -> bool:
    session = visit.session
    wanted = form_token(visit.token) if session is None else visit.accounts.form_token(session)
    return hmac.compare_digest(visit.fields.one("csrf").encode(), wanted.encode())


def _unavailable(visit: Visit, error: SharewellError) -> Response:
    return visit.failed(error, HTTPStatus.SERVICE_UNAVAILABLE)


def redirected(_request: Request) -> Response:
    """/office is /office/."""
    return RedirectResponse(f"{ROOT}/", HTTPStatus.TEMPORARY_REDIRECT)
