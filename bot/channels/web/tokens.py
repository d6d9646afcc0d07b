"""The session cookie, the chat key made from it, and the form tokens that keep other sites from posting."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.settings import WebSettings

SESSION_BYTES = 32
_NONCE_BYTES = 16
_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")


class Tokens:
    """Makes and checks the tokens of one installation.

    A form of an open chat carries a token bound to its cookie. Before the first message there is no cookie: the form
    then carries a signed token of its own.
    """

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings

    def new_session(self) -> str:
        return secrets.token_urlsafe(SESSION_BYTES)

    def session_of(self, request: Request) -> str | None:
        """The session that the request's cookie names; None without one, or when it is not of our making."""
        value = request.cookies.get(self._settings.cookie_name, "")
        return value if _SESSION.fullmatch(value) else None

    def chat_of(self, session: str) -> str:
        """The key of the chat, from which the cookie cannot be found out."""
        return "web:" + hashlib.sha256(b"sharewell web chat\0" + session.encode()).hexdigest()

    def for_form(self, session: str | None) -> str:
        if session is not None:
            return self._signed("chat", session)
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        return f"{nonce}.{self._signed('first', nonce)}"

    def accepts(self, token: str, session: str | None) -> bool:
        """Whether `token` belongs to a form that this installation gave to this session."""
        if session is not None:
            return hmac.compare_digest(token.encode(), self._signed("chat", session).encode())
        nonce, _, signature = token.partition(".")
        return hmac.compare_digest(signature.encode(), self._signed("first", nonce).encode())

    def remember(self, response: Response, session: str) -> None:
        secure = self._settings.secure
        response.set_cookie(
            self._settings.cookie_name, session, path="/", secure=secure, httponly=True, samesite="strict"
        )

    def drop(self, response: Response) -> None:
        response.delete_cookie(
            self._settings.cookie_name, path="/", secure=self._settings.secure, httponly=True, samesite="strict"
        )

    def _signed(self, use: str, value: str) -> str:
        digest = hmac.digest(self._settings.secret, f"{use}\0{value}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
