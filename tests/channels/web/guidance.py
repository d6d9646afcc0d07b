"""The pages of the guidance over the real assistant, and what a reader sees of them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

from bot.channels.web import WebSettings, create_app
from tests.channels.web.support import Client
from tests.support.assistants import Bench, knowledge, made

_MARK = re.compile(r"^(?:-|\d{1,3}[.)])\s+")
_SILENT = frozenset({"script", "style", "title", "template"})


class Page(HTMLParser):
    """The words of a page as they are read, its links, ids, pictures and headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._silent = 0
        self._open: list[str] = []
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.images: list[dict[str, str]] = []
        self.tags: list[str] = []
        self.heading = ""
        self.marked: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.tags.append(tag)
        self._silent += tag in _SILENT
        self._open.append(tag)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given)
            self.links.append(given["src"])
        if tag not in ("a", "mark", "span", "strong"):
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        while self._open and self._open.pop() != tag:
            continue

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.pieces.append(data)
        if "h1" in self._open:
            self.heading += data
        if "mark" in self._open:
            self.marked.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


@contextmanager
def pages(home: Path) -> Iterator[tuple[Client, Bench, asyncio.Runner]]:
    """A visitor of the pages, the assistant behind them, and the loop that both live in."""
    with asyncio.Runner() as runner, made(home) as bench:
        settings = WebSettings(chat_rate=100_000, address_rate=100_000)
        yield Client(create_app(bench.assistant, settings), runner), bench, runner


def addresses() -> list[str]:
    """The address of every page of the guidance."""
    known = knowledge()
    return [
        "/browse", "/search",
        *(f"/topic/{name}" for name in known.topics), *(f"/check/{name}" for name in known.checks),
        *(f"/urgent/{name}" for name in known.triggers),
        *(f"/browse/situation/{name}" for name in known.situations),
    ]  # fmt: skip


def lines_of(text: str) -> list[str]:
    """The lines of a reply's text, as a page shows them: without the dashes and numbers of lists, which are marks."""
    return [" ".join(_MARK.sub("", line).split()) for line in text.splitlines() if line.strip()]
