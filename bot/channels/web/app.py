"""Puts the web chat together."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.chat import Chat, Conversation, Who
from bot.channels.web.guard import Guard
from bot.channels.web.guidance import Guidance, Shelves
from bot.channels.web.limits import Limiter
from bot.channels.web.pages import Pages
from bot.channels.web.pictures import Painter
from bot.channels.web.refusals import refusal
from bot.channels.web.search import Search
from bot.channels.web.settings import WebSettings
from bot.channels.web.tokens import Tokens
from bot.channels.web.transcript import Transcripts
from bot.channels.web.view import View
from bot.channels.web.walked import Walked

if TYPE_CHECKING:  # its frame is made of modules of this package
    from bot.channels.office import Office

_SWEEP_SECONDS = 30.0


def create_app(
    assistant: Conversation,
    settings: WebSettings,
    *,
    clock: Callable[[], float] = time.monotonic,
    notes: Callable[[], tuple[str, ...]] = tuple,
    office: Office | None = None,
    routes: Sequence[Route] = (),
) -> Starlette:
    """The web chat over `assistant`. `clock` gives seconds that only ever grow; `notes` are told to supervision.

    `office` are the organisation's own pages, which stand beside the chat under /office. `routes` are those of another
    channel, such as a webhook.
    """
    view = View(settings)
    transcripts = Transcripts(settings.most_chats, settings.most_turns, settings.idle_seconds, clock)
    chat_limit, address_limit = Limiter(settings.chat_rate, clock), Limiter(settings.address_rate, clock)
    chat = Chat(assistant, settings, view, transcripts, chat_limit, address_limit, _who(office))
    pages = Pages(settings, view, notes)
    painter, shelves = Painter(), Shelves(assistant)
    guidance, searches = Guidance(shelves, view, painter), Search(shelves, view, address_limit)
    walked = Walked(assistant, Tokens(settings), view, painter, address_limit)

    async def sweep_for_ever() -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            transcripts.sweep()
            chat_limit.sweep()
            address_limit.sweep()
            if office is not None:
                await office.sweep()

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(sweep_for_ever())
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        painter.close()

    statuses: Counter[int] = Counter()
    app = Starlette(
        routes=[
            Route("/", chat.show),
            Route("/say", chat.say, methods=["POST"]),
            Route("/press", chat.press, methods=["POST"]),
            Route("/document", chat.document, methods=["POST"]),
            Route("/end", chat.end, methods=["POST"]),
            Route("/topic/{name}", guidance.topic),
            Route("/check/{name}", guidance.check),
            Route("/check/{name}/flowchart.svg", guidance.flowchart_svg),
            Route("/check/{name}/flowchart.png", guidance.flowchart_png),
            Route("/urgent/{name}", guidance.urgent),
            Route("/browse", guidance.browse),
            Route("/browse/situation/{name}", guidance.situation),
            Route("/browse/kind/{name}", guidance.kind),
            Route("/search", searches.show),
            Route("/search", searches.find, methods=["POST"]),
            Route("/flowchart", walked.page),
            Route("/flowchart/{name}.svg", walked.svg),
            Route("/flowchart/{name}.png", walked.png),
            Route("/privacy", pages.privacy),
            Route("/help", pages.help),
            Route("/accessibility", pages.accessibility),
            Route("/ended", pages.ended),
            Route("/static/{name}", pages.asset),
            Route("/favicon.ico", pages.icon),
            Route("/healthz", pages.healthz),
            *(office.routes if office is not None else ()),
            *routes,
        ],
        middleware=[Middleware(Guard, settings=settings, view=view, statuses=statuses)],
        exception_handlers={HTTPException: _refuse},
        lifespan=lifespan,
    )
    app.state.statuses = statuses
    app.router.redirect_slashes = False
    return app


def _who(office: Office | None) -> Who:
    """Who is signed in, as the chat asks it: records are made under that account."""

    async def account_id(request: Request) -> str:
        account = None if office is None else await office.current_account(request)
        return "" if account is None else account.id

    return account_id


async def _refuse(_request: Request, error: Exception) -> Response:
    """Hands what the framework itself turns away to the guard, which has the words for it."""
    raise refusal(error.status_code if isinstance(error, HTTPException) else 500)
