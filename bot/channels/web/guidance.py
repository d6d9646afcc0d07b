"""The pages of the guidance: a topic, a check and its flowchart, an urgent trigger, and the lists to browse them by.

They are the same for every visitor and take nothing from a session: no cookie is read or set.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web import words
from bot.channels.web.caching import cached
from bot.channels.web.chat import Conversation
from bot.channels.web.pictures import Painter
from bot.channels.web.view import View
from bot.conversation import browsing
from bot.conversation.library import Library, Shelf

_ID = re.compile(r"[a-z0-9-]{1,48}")
_MOST_PICTURES = 64


class Shelves:
    """The shelf of the knowledge that the assistant has now: a new one when the knowledge was changed."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._shelf = Shelf(conversation.bundle)

    @property
    def now(self) -> Shelf:
        bundle = self._conversation.bundle
        if bundle.knowledge is not self._shelf.bundle.knowledge:
            self._shelf = Shelf(bundle)
        return self._shelf

    def library(self, area: str) -> Library:
        """The library for the area `area`; the national one where there is none of that name."""
        return self.now.library(area, self._conversation.today)


class Guidance:
    """The endpoints of the guidance."""

    def __init__(self, shelves: Shelves, view: View, painter: Painter) -> None:
        self._shelves = shelves
        self._view = view
        self._painter = painter
        self._pictures: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def topic(self, request: Request) -> Response:
        library, name = self._asked(request)
        page = library.topic(name)
        if page is None:
            return self._missing(request, library, name)
        return self._page(request, library, "topic.html", page.entry.title, page=page)

    async def check(self, request: Request) -> Response:
        library, name = self._asked(request)
        page = library.check(name)
        if page is None:
            return self._missing(request, library, name)
        return self._page(request, library, "check.html", page.entry.title, page=page)

    async def urgent(self, request: Request) -> Response:
        library, name = self._asked(request)
        page = library.urgent(name)
        if page is None:
            return self._missing(request, library, name)
        return self._page(request, library, "urgent.html", page.entry.title, page=page)

    async def browse(self, request: Request) -> Response:
        library, _ = self._asked(request)
        known = library.knowledge
        kinds = [kind for kind in browsing.KINDS.values() if browsing.of_kind(known, kind.id)]
        situations = tuple(known.situations.values())
        return self._page(
            request, library, "browse.html", words.BROWSE_TITLE, situations=situations, kinds=kinds
        )  # fmt: skip

    async def situation(self, request: Request) -> Response:
        library, name = self._asked(request)
        situation = library.knowledge.situations.get(name)
        if situation is None:
            return self._missing(request, library, name)
        entries = browsing.in_situation(library.knowledge, situation)
        return self._page(request, library, "listing.html", situation.title, about=situation.about, found=entries)

    async def kind(self, request: Request) -> Response:
        library, name = self._asked(request)
        kind = browsing.KINDS.get(name)
        if kind is None:
            return self._missing(request, library, name)
        entries = browsing.of_kind(library.knowledge, name)
        return self._page(request, library, "listing.html", kind.title, about=kind.about, found=entries)

    async def flowchart_svg(self, request: Request) -> Response:
        library, name = self._asked(request)
        if name not in library.knowledge.checks:
            return self._missing(request, library, name)
        return cached(request, library.chart(name).svg.encode(), "image/svg+xml")

    async def flowchart_png(self, request: Request) -> Response:
        library, name = self._asked(request)
        if name not in library.knowledge.checks:
            return self._missing(request, library, name)
        return cached(request, await self._picture(library, name), "image/png")

    async def _picture(self, library: Library, name: str) -> bytes:
        """Each picture is painted once for a version of the knowledge."""
        key = (library.knowledge.version, name)
        picture = self._pictures.get(key)
        if picture is None:
            picture = await self._painter.png(library.chart(name).svg)
            self._pictures[key] = picture
            while len(self._pictures) > _MOST_PICTURES:
                self._pictures.popitem(last=False)
        return picture

    def _asked(self, request: Request) -> tuple[Library, str]:
        library = self._shelves.library(request.query_params.get("area", ""))
        return library, str(request.path_params.get("name", ""))

    def _page(self, request: Request, library: Library, template: str, title: str, **values: object) -> Response:
        html = self._view.guidance(template, title, library, request.url.path, **values)
        return cached(request, html.encode(), "text/html; charset=utf-8")

    def _missing(self, request: Request, library: Library, name: str) -> Response:
        """What is asked for is named nowhere on the page: an address may hold anything."""
        near = library.near(name) if _ID.fullmatch(name) else ()
        html = self._view.guidance("missing.html", words.MISSING_TITLE, library, "/browse", near=near)
        return HTMLResponse(html, HTTPStatus.NOT_FOUND)
