"""The search: what is typed goes in the body of a form, never in an address, and through the gate before anything."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web import words
from bot.channels.web.forms import read_form
from bot.channels.web.guidance import Shelves
from bot.channels.web.limits import Limiter, address_key
from bot.channels.web.view import Problem, View
from bot.conversation.library import Library
from bot.conversation.searching import Found, search

_LEFT_OUT = "/search?left-out"


class Search:
    """The endpoints of the search. Nothing of it is stored, and no page of it may be."""

    def __init__(self, shelves: Shelves, view: View, address_limit: Limiter) -> None:
        self._shelves = shelves
        self._view = view
        self._address_limit = address_limit

    async def show(self, request: Request) -> Response:
        """GET /search: the form; and for a link that somebody made, what its words find.

        Where the gate finds something in such an address, nothing is searched and the browser is led away from it.
        """
        area = request.query_params.get("area", "")
        text = request.query_params.get("q", "")
        library = self._shelves.library(area)
        if not text.strip():
            told = Problem(*words.SEARCH_LEFT_OUT) if "left-out" in request.query_params else None
            return self._page(library, Found(""), HTTPStatus.OK, told)
        limited = self._limited(request, library)
        if limited is not None:
            return limited
        found = search(self._shelves.now, library, text)
        if found.masked:
            return RedirectResponse(_LEFT_OUT, HTTPStatus.SEE_OTHER)
        return self._page(library, found, HTTPStatus.OK, None)

    async def find(self, request: Request) -> Response:
        """POST /search: what was typed."""
        fields = await read_form(request)
        library, text = self._shelves.library(fields.get("area", "")), fields.get("q", "")
        if not text.strip():
            told = Problem(*words.SEARCH_EMPTY, field=True)
            return self._page(library, Found(""), HTTPStatus.UNPROCESSABLE_ENTITY, told)
        limited = self._limited(request, library)
        if limited is not None:
            return limited
        return self._page(library, search(self._shelves.now, library, text), HTTPStatus.OK, None)

    def _limited(self, request: Request, library: Library) -> Response | None:
        """The answer to an address that searches too often; None for any other."""
        seconds = self._address_limit.wait(address_key(request.client.host if request.client else ""))
        if not seconds:
            return None
        told = Problem(words.SEARCH_TOO_OFTEN[0], words.SEARCH_TOO_OFTEN[1].format(seconds=seconds))
        response = self._page(library, Found(""), HTTPStatus.TOO_MANY_REQUESTS, told)
        response.headers["Retry-After"] = str(seconds)
        return response

    def _page(self, library: Library, found: Found, status: HTTPStatus, problem: Problem | None) -> Response:
        title = f"Problem: {problem.title}" if problem and problem.field else words.SEARCH_PAGE_TITLE
        html = self._view.guidance("search.html", title, library, "/search", found=found, problem=problem)
        return HTMLResponse(html, status)
