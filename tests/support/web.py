"""Drives the real web chat over HTTP as a browser without JavaScript would: forms, redirects, the page that comes."""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser

import httpx

from bot.channels.web import WebSettings, create_app, listen, serve_on
from bot.conversation.assistant import Assistant
from tests.support.screen import Screen

_VOID = frozenset({"input", "br", "meta", "link", "img", "hr"})


class _Page(HTMLParser):
    """The words and the buttons of the newest reply, and the form's token."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.buttons: dict[str, str] = {}
        self.token = ""
        self._open: list[tuple[str, bool]] = []
        self._button: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if given.get("name") == "csrf":
            self.token = given.get("value") or ""
        if tag == "button" and given.get("name") in ("value", "document"):
            self._button = given.get("value") or ""
            self.buttons[self._button] = ""
        if tag not in _VOID:
            hidden = given.get("aria-hidden") == "true"
            inside = bool(self._open and self._open[-1][1]) or given.get("id") == "newest"
            self._open.append((tag, inside and not hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._button = None
        while self._open and self._open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            if data.strip() != "!":
                self.buttons[self._button] += data
        elif self._open and self._open[-1][1]:
            self.words.append(data)


class WebVisitor:
    """A browser without JavaScript at `url`: it keeps the cookie and sends the form's token back."""

    name = "web"

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(
            base_url=url, follow_redirects=True, timeout=30, trust_env=False, headers={"Origin": url}
        )
        self._token = ""
        self._screen = Screen("")

    def open(self) -> Screen:
        return self._look(self._http.get("/"))

    def say(self, text: str) -> Screen:
        return self._look(self._http.post("/say", data={"text": text, "csrf": self._token}))

    def press(self, label: str) -> Screen:
        return self._look(self._http.post("/press", data={"value": self._screen.number(label), "csrf": self._token}))

    def take(self, label: str) -> tuple[str, bytes]:
        """Takes the document behind a button, as a browser saves it: the page stays as it is."""
        data = {"document": self._screen.number(label), "csrf": self._token}
        response = self._http.post("/document", data=data)
        assert response.status_code == 200, f"{response.status_code}: {response.text[:500]}"
        assert response.headers["cache-control"] == "no-store"
        kind, _, name = response.headers["content-disposition"].partition("; filename=")
        assert kind == "attachment"
        return name.strip('"'), response.content

    def close(self) -> None:
        self._http.close()

    def _look(self, response: httpx.Response) -> Screen:
        assert response.status_code == 200, f"{response.status_code}: {response.text[:500]}"
        page = _Page(response.text)
        self._token = page.token
        text = " ".join(" ".join(page.words).split())
        self._screen = Screen(text, {" ".join(label.split()): value for value, label in page.buttons.items()}, "web")
        return self._screen


class WebDriver(WebVisitor):
    """One visitor of the web chat of `assistant`, served by uvicorn on a free port of this machine."""

    def __init__(self, assistant: Assistant, loop: asyncio.AbstractEventLoop) -> None:
        listening = listen("127.0.0.1", 0)
        super().__init__(f"http://127.0.0.1:{listening.getsockname()[1]}")
        app = create_app(assistant, WebSettings(chat_rate=600, address_rate=6000))
        self._loop = loop
        self._server = asyncio.run_coroutine_threadsafe(serve_on(app, listening), loop)

    def close(self) -> None:
        super().close()
        self._server.cancel()
        # Cancelling the outer future returns at once: the loop must have finished before it is asked for anything else.
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.2), self._loop).result(10)
