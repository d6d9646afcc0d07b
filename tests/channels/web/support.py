"""What the tests of the web chat are made of: a running site, a client without JavaScript, a window of Chromium."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Page
from starlette.applications import Starlette

from bot.channels.web import WebSettings, create_app, listen, serve_on
from bot.channels.web.chat import Conversation

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

Steps = tuple[str, ...]


@dataclass(frozen=True)
class Conversed:
    """An assistant to test with, and what to type or press in order to see each kind of reply.

    A step that begins with "press " presses the button with that label; any other is typed. `starts` opens the
    assistant inside the server's event loop and closes it at the end.
    """

    starts: Callable[[], AbstractContextManager[Conversation]]
    reaches: dict[str, Steps]


@dataclass
class Clock:
    """Seconds that a test moves on."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Site:
    """A running web chat: its address, its assistant, and how to reach each kind of reply."""

    url: str
    assistant: Conversation
    reaches: dict[str, Steps]


class Client:
    """A browser of few abilities: it keeps cookies, reads form tokens and follows nothing by itself."""

    def __init__(self, app: Starlette, runner: asyncio.Runner, address: str = "192.0.2.7") -> None:
        transport = httpx.ASGITransport(app, client=(address, 50_000))
        self._http = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")
        self._runner = runner
        self.token = ""

    @property
    def cookies(self) -> httpx.Cookies:
        return self._http.cookies

    def get(self, path: str = "/", headers: dict[str, str] | None = None) -> httpx.Response:
        return self._keep_token(self._runner.run(self._http.get(path, headers=headers)))

    def post(
        self, path: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:  # fmt: skip
        return self._keep_token(self._runner.run(self._http.post(path, data=fields, headers=headers, content=content)))

    def say(self, text: str, headers: dict[str, str] | None = None) -> httpx.Response:
        if not self.token:
            self.get()
        return self.post("/say", {"text": text, "csrf": self.token}, headers)

    def press(self, value: str, headers: dict[str, str] | None = None) -> httpx.Response:
        if not self.token:
            self.get()
        return self.post("/press", {"value": value, "csrf": self.token}, headers)

    def _keep_token(self, response: httpx.Response) -> httpx.Response:
        found = re.search(r'(?:name="csrf" value|data-csrf)="([^"]+)"', response.text)
        if found:
            self.token = found[1]
        elif response.has_redirect_location and response.headers["location"].startswith("/"):
            self.token = ""
        return response


MakeClient = Callable[..., Client]


@contextmanager
def running(conversed: Conversed, settings: WebSettings) -> Iterator[Site]:
    """The web chat on a free port of this machine, in an event loop of its own."""
    listening = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    started: list[Conversation] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    serving: list[asyncio.Task[None]] = []

    async def main() -> None:
        with conversed.starts() as assistant:
            started.append(assistant)
            serving.append(asyncio.create_task(serve_on(create_app(assistant, settings), listening)))
            ready.set()
            with suppress(asyncio.CancelledError):
                await serving[0]

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()))
    thread.start()
    assert ready.wait(60), "the web chat did not start"
    try:
        yield Site(url, started[0], conversed.reaches)
    finally:
        loop.call_soon_threadsafe(serving[0].cancel)
        thread.join(20)
        loop.close()


@dataclass
class Visit:
    """A page in the browser, what it asked for and what it complained of."""

    page: Page
    site: Site
    requests: list[str]
    complaints: list[str]

    def go(self, kind: str) -> None:
        """Goes to the start, then on until a reply of `kind` is shown."""
        self.page.goto(self.site.url)
        for step in self.site.reaches.get(kind, ()):
            self.take(step)

    def take(self, step: str) -> None:
        """Types or presses, and waits for the reply."""
        before = self.page.locator(".reply").count()
        if step.startswith("press "):
            self.page.get_by_role("button", name=step.removeprefix("press "), exact=True).last.click()
        else:
            self.page.locator("#text").fill(step)
            self.page.get_by_role("button", name="Send", exact=True).click()
        self.page.wait_for_function("count => document.querySelectorAll('.reply').length > count", arg=before)

    @property
    def foreign(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(self.site.url + "/")]
