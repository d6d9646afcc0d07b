"""What the tests of the office are made of: a client without JavaScript, and a running site with people in it."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.accounts import Accounts
from bot.channels.office import Office
from bot.channels.web import WebSettings, create_app, listen, serve_on
from tests.channels.web.scripted import Scripted
from tests.support.people import PASSWORD

SITE = "http://localhost:8000"
COOKIE = "sharewell-office"
DEVICE = "sharewell-device"


def application(accounts: Accounts, clock: Any, more: Any = (), **settings: Any) -> Starlette:
    """The web chat with the office beside it."""
    web = WebSettings(**settings)
    office = Office(accounts, web, more=more, clock=clock)
    app = create_app(Scripted(), web, clock=clock, office=office)
    app.state.office = office
    return app


class Staff:
    """A browser of few abilities: it keeps cookies, reads form tokens, and follows what it is sent to."""

    def __init__(self, app: Starlette, runner: asyncio.Runner, address: str = "192.0.2.7", site: str = SITE) -> None:
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 50_000)), base_url=site)
        self._runner = runner
        self.csrf = ""
        self.then = ""

    @property
    def cookies(self) -> httpx.Cookies:
        return self._http.cookies

    @property
    def token(self) -> str:
        return self.cookies.get(COOKIE, default="") or ""

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self._kept(self._runner.run(self._http.get(f"/office{path}", headers=headers)))

    def post(
        self, path: str, fields: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Sends a form with the token of the last page."""
        data = {"csrf": self.csrf, **(fields or {})}
        return self._kept(self._runner.run(self._http.post(f"/office{path}", data=data, headers=headers)))

    def send(self, page: str, path: str, fields: dict[str, Any] | None = None) -> httpx.Response:
        """Opens a page, then sends a form from it."""
        opened = self.get(page)
        assert opened.status_code == 200, opened.text
        return self.post(path, fields)

    def sign_in(self, name: str, password: str = PASSWORD, then: str = "") -> httpx.Response:
        self.get(f"/sign-in{then}")
        return self.post("/sign-in", {"name": name, "password": password, **({"then": self.then} if self.then else {})})

    def _kept(self, response: httpx.Response) -> httpx.Response:
        for name in ("csrf", "then"):
            found = re.search(rf'name="{name}" value="([^"]+)"', response.text)
            if found:
                setattr(self, name, unescape(found[1]))
        return response


@contextmanager
def running(accounts: Accounts, clock: Any, more: Any = (), **settings: Any) -> Iterator[str]:
    """The site on a free port of this machine, in an event loop of its own. Its address, by name."""
    app = application(accounts, clock, more, **settings)
    listening = listen("127.0.0.1", 0)
    url = f"http://localhost:{listening.getsockname()[1]}"
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    serving: list[asyncio.Task[None]] = []

    async def main() -> None:
        serving.append(asyncio.create_task(serve_on(app, listening)))
        ready.set()
        with suppress(asyncio.CancelledError):
            await serving[0]

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()))
    thread.start()
    assert ready.wait(60), "the office did not start"
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(serving[0].cancel)
        thread.join(20)
        loop.close()
