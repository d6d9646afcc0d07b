"""The flowcharts of the visitor's own check, with the way walked: from the session, never from an address."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web import words
from bot.channels.web.chat import Conversation
from bot.channels.web.limits import Limiter, address_key
from bot.channels.web.pictures import Painter
from bot.channels.web.refusals import RefusedError
from bot.channels.web.tokens import Tokens
from bot.channels.web.view import View
from bot.conversation.charts import Flowchart


class Walked:
    """The endpoints of the walked flowcharts. Only the holder of the session's cookie gets them, and none is stored."""

    def __init__(
        self, conversation: Conversation, tokens: Tokens, view: View, painter: Painter, address_limit: Limiter
    ) -> None:
        self._conversation = conversation
        self._tokens = tokens
        self._view = view
        self._painter = painter
        self._address_limit = address_limit

    async def page(self, request: Request) -> Response:
        """GET /flowchart: each check of the way, drawn and in words."""
        charts = await self._charts(request)
        status = HTTPStatus.OK if charts else HTTPStatus.NOT_FOUND
        return HTMLResponse(self._view.walked(charts), status)

    async def svg(self, request: Request) -> Response:
        chart = await self._chart(request)
        return Response(chart.svg, media_type="image/svg+xml")

    async def png(self, request: Request) -> Response:
        chart = await self._chart(request)
        if self._address_limit.wait(address_key(request.client.host if request.client else "")):
            raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, words.NO_PICTURE)
        return Response(await self._painter.png(chart.svg), media_type="image/png")

    async def _chart(self, request: Request) -> Flowchart:
        name = request.path_params["name"]
        found = next((chart for chart in await self._charts(request) if chart.check == name), None)
        if found is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, words.NO_WALK)
        return found

    async def _charts(self, request: Request) -> tuple[Flowchart, ...]:
        session = self._tokens.session_of(request)
        return () if session is None else await self._conversation.flowcharts(self._tokens.chat_of(session))
