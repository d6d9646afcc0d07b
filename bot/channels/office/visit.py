"""One request to a page of the office: who asks, what they sent, and the ways to answer."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.accounts import Account, Accounts, Session, Site, may
from bot.channels.office.addresses import local, origin_of, site_of, takes_passkeys
from bot.channels.office.declaring import HOME, Open, Page
from bot.channels.office.view import FieldProblem, OfficeView
from bot.channels.web.limits import Limiter
from bot.errors import SharewellError


@dataclass(frozen=True)
class Desk:
    """What every page works with. `site_url` is empty where the address of the request is the one to give."""

    accounts: Accounts
    view: OfficeView
    pages: Sequence[Page]
    visitors: Limiter
    site_url: str
    secure: bool


class Fields:
    """The fields of a posted form, without spaces around what was typed, and without NUL, which no database keeps."""

    def __init__(self, fields: Sequence[tuple[str, str]] = ()) -> None:
        self._fields = [(name, value.replace("\0", "")) for name, value in fields]

    def one(self, name: str) -> str:
        """The first value under a name; empty where there is none."""
        return next((value.strip() for key, value in self._fields if key == name), "")

    def exact(self, name: str) -> str:
        """The same as it was typed, spaces included: for passwords."""
        return next((value for key, value in self._fields if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value under a name, as ticked boxes send them."""
        return tuple(value.strip() for key, value in self._fields if key == name)


@dataclass
class Visit:
    """One request. `token` is the one of the browser's cookie; it stands for nobody until somebody signs in."""

    desk: Desk
    request: Request
    token: str
    session: Session | None
    fields: Fields = field(default_factory=Fields)
    keeps_cookie: bool = False
    """Whether the browser must have the token to go on from the answer."""

    cookies: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Further cookies to set: a value and the seconds that it lasts, by name."""

    @property
    def account(self) -> Account:
        """Who is signed in. Only pages that need an action may ask."""
        assert self.session is not None  # the frame lets nobody else in
        return self.session.account

    @property
    def accounts(self) -> Accounts:
        return self.desk.accounts

    @property
    def parameters(self) -> dict[str, str]:
        """The parts of the path that stand in braces."""
        return {name: str(value).replace("\0", "") for name, value in self.request.path_params.items()}

    @property
    def then(self) -> str:
        """Where to go on afterwards: a page of the office, whatever was asked for."""
        return local(self.fields.one("then") or self.request.query_params.get("then", ""))

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else ""

    @cached_property
    def origin(self) -> str:
        return origin_of(self.request, self.desk.site_url, secure=self.desk.secure)

    @property
    def site(self) -> Site:
        return site_of(self.origin)

    @property
    def csrf(self) -> str:
        """What a form must bring back: of the session, or before one of the cookie, which no other site reads."""
        self.keeps_cookie = True
        return form_token(self.token) if self.session is None else self.accounts.form_token(self.session)

    def signs_in(self, token: str) -> None:
        """Go on under the token of a session that has just begun, or has a new token."""
        self.token = token
        self.keeps_cookie = True

    def page(
        self, template: str, title: str, *, status: int = HTTPStatus.OK, problems: Sequence[FieldProblem] = (),
        **values: Any,
    ) -> HTMLResponse:  # fmt: skip
        """A page in the frame. With `problems` it says them first, each with a link to its field, under status 422."""
        html = self.desk.view.page(
            template, title=f"Problem: {title}" if problems else title, heading=title, visit=self, problems=problems,
            wrong={problem.field: problem.text for problem in problems}, nav=self.nav,
            account=self.session.account if self.session else None,
            passkeys=takes_passkeys(self.site), **values,
        )  # fmt: skip
        return HTMLResponse(html, HTTPStatus.UNPROCESSABLE_ENTITY if problems else status)

    def problem(self, status: int, title: str, text: str, link: tuple[str, str] = (HOME, "")) -> HTMLResponse:
        """A page that says what went wrong and what to do next."""
        return self.page("office_problem.html", title, status=status, text=text, link=link)

    def failed(self, error: SharewellError, status: int = HTTPStatus.CONFLICT) -> HTMLResponse:
        """The same from an error of ours: its first sentence is the heading."""
        title, _, rest = error.message.partition(". ")
        return self.problem(status, title.rstrip("."), f"{rest} {error.remedy}".strip())

    def go(self, path: str) -> Response:
        """Send the browser to a page of the office."""
        return RedirectResponse(path, HTTPStatus.SEE_OTHER)

    @property
    def nav(self) -> list[Page]:
        """The pages of the navigation that this person may open."""
        account = self.session.account if self.session else None
        named = [page for page in self.desk.pages if page.nav and not isinstance(page.access, Open)]
        return [page for page in named if not isinstance(page.access, Open) and may(account, page.access)]


def form_token(token: str) -> str:
    """The token of the forms of a browser in which nobody is signed in."""
    return hmac.digest(token.encode(), b"sharewell office form", "sha256").hex()
