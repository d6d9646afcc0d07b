"""The conversation as a page: showing it, saying something, pressing a button, ending it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Protocol

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web import words
from bot.channels.web.forms import read_form
from bot.channels.web.guard import FRAGMENT_HEADER
from bot.channels.web.limits import Limiter, address_key, is_own
from bot.channels.web.refusals import RefusedError
from bot.channels.web.settings import WebSettings
from bot.channels.web.tokens import Tokens
from bot.channels.web.transcript import Exchange, Transcript, Transcripts
from bot.channels.web.view import Problem, View
from bot.conversation.assistant import LONGEST_MESSAGE
from bot.conversation.browsing import entry
from bot.conversation.bundle import Bundle
from bot.conversation.charts import Flowchart
from bot.conversation.messages import MAX_BUTTON_BYTES, Button, File, Message, Reply, document_named
from bot.errors import SharewellError

_NOBODY = "web:before-the-first-message"
"""The chat that the greeting is asked for when a visitor has none. Nothing is ever said in it."""

_NEWEST = "/#newest"
_BEGUN = "/?begun#newest"
_ENDED = "/ended"


class Conversation(Protocol):
    """What this channel needs of the assistant (bot.conversation.assistant.Assistant is one)."""

    async def turn(self, message: Message) -> Reply: ...

    async def opening(self, chat: str, *, private_entry: bool = True) -> Reply: ...

    async def forget(self, chat: str) -> None: ...

    async def document(self, chat: str, letter_id: str, format_name: str) -> File: ...

    async def flowcharts(self, chat: str) -> tuple[Flowchart, ...]: ...

    @property
    def bundle(self) -> Bundle: ...

    @property
    def today(self) -> date: ...


Who = Callable[[Request], Awaitable[str]]
"""The id of the account that is signed in in the browser of a request; empty where nobody is."""


@dataclass(frozen=True)
class _Posted:
    """A form that came from our own page: its fields, and the session it belongs to, new or not."""

    fields: dict[str, str]
    session: str
    begins: bool


class Chat:
    """The endpoints of the conversation."""

    def __init__(
        self, conversation: Conversation, settings: WebSettings, view: View, transcripts: Transcripts,
        chat_limit: Limiter, address_limit: Limiter, who: Who,
    ) -> None:  # fmt: skip
        self._conversation = conversation
        self._who = who
        self._settings = settings
        self._view = view
        self._tokens = Tokens(settings)
        self._transcripts = transcripts
        self._chat_limit = chat_limit
        self._address_limit = address_limit

    async def show(self, request: Request) -> Response:
        """GET /: the conversation so far, or how it begins."""
        session = self._tokens.session_of(request)
        lost = session is None and "begun" in request.query_params
        arrived = self._arrived(request.query_params.get("open", ""))
        return await self._page(session, HTTPStatus.OK, Problem(*words.NO_COOKIE) if lost else None, arrived=arrived)

    async def say(self, request: Request) -> Response:
        """POST /say: what the user typed."""
        fields = await read_form(request)
        text = fields.get("text", "")
        posted, refused = await self._admitted(request, fields, text)
        if posted is None:
            return refused
        problem = _fault_of(text)
        if problem is not None:
            return await self._problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, problem, text)
        return await self._turn(request, posted, text, "")

    async def press(self, request: Request) -> Response:
        """POST /press: the value of a button."""
        fields = await read_form(request)
        value = fields.get("value", "")
        if not value or len(value.encode()) > MAX_BUTTON_BYTES:
            raise RefusedError(HTTPStatus.BAD_REQUEST, words.BAD_REQUEST)
        posted, refused = await self._admitted(request, fields, "")
        return refused if posted is None else await self._turn(request, posted, None, value)

    async def document(self, request: Request) -> Response:
        """POST /document: a letter or form as a file to keep. Nothing of it stays here."""
        fields = await read_form(request)
        wanted = document_named(fields.get("document"))
        if wanted is None:
            raise RefusedError(HTTPStatus.BAD_REQUEST, words.BAD_REQUEST)
        posted, refused = await self._admitted(request, fields, "")
        if posted is None:
            return refused
        chat = self._tokens.chat_of(posted.session)
        try:
            file = await self._conversation.document(chat, *wanted)
        except SharewellError as error:
            return await self._problem(request, HTTPStatus.CONFLICT, Problem(error.message, error.remedy), "")
        self._transcripts.touch(chat)
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
        return Response(file.data, media_type=file.media_type, headers=headers)

    async def end(self, request: Request) -> Response:
        """POST /end: forgets the chat. It asks for no form token and waits for nothing: leaving must never fail."""
        try:
            fields = await read_form(request)
        except RefusedError:
            fields = {}
        session = self._tokens.session_of(request)
        response = _leaving(fields.get("then", ""), self._settings.exit_url)
        self._tokens.drop(response)
        if session is not None:
            self._transcripts.forget(self._tokens.chat_of(session))
            # A turn that is under way ends first: the user has gone by then.
            response.background = BackgroundTask(self._forget, session)
        return response

    async def _admitted(
        self, request: Request, fields: dict[str, str], draft: str
    ) -> tuple[_Posted, Response] | tuple[None, Response]:
        """The form, or None and the answer for a user whose page is out of date or who sends too much."""
        session = self._tokens.session_of(request)
        if not self._tokens.accepts(fields.get("csrf", ""), session):
            problem = Problem(*words.STALE, field=True)
            return None, await self._problem(request, HTTPStatus.FORBIDDEN, problem, draft)
        seconds = self._seconds_to_wait(request, session)
        if seconds:
            problem = Problem(words.TOO_OFTEN[0], words.TOO_OFTEN[1].format(seconds=seconds), field=True)
            response = await self._problem(request, HTTPStatus.TOO_MANY_REQUESTS, problem, draft)
            response.headers["Retry-After"] = str(seconds)
            return None, response
        return _Posted(fields, session or self._tokens.new_session(), session is None), Response()

    def _seconds_to_wait(self, request: Request, session: str | None) -> int:
        host = request.client.host if request.client else ""
        seconds = self._address_limit.wait(address_key(host))
        return seconds or (self._chat_limit.wait(session) if session else 0)

    async def _turn(self, request: Request, posted: _Posted, text: str | None, value: str) -> Response:
        chat = self._tokens.chat_of(posted.session)
        transcript = self._transcripts.find(chat)
        if transcript is None:
            transcript = self._transcripts.begin(chat, await self._conversation.opening(chat))
        self._transcripts.touch(chat)
        account = await self._who(request)
        pressed = value if text is None else None
        reply = await self._conversation.turn(
            Message(chat, text, pressed, account=account, source=self._source_of(request))
        )
        if reply.kind == "ended" and reply.id == "forgotten":
            return self._ended(request, chat)
        if posted.begins and await request.is_disconnected():
            await self._forget(posted.session)  # who left before the first answer has no cookie to forget it by
            return Response(status_code=HTTPStatus.NO_CONTENT)
        response = self._answered(request, posted, transcript, text, value, reply)
        if posted.begins:
            self._tokens.remember(response, posted.session)
        return response

    def _answered(
        self, request: Request, posted: _Posted, transcript: Transcript, text: str | None, value: str, reply: Reply
    ) -> Response:
        said = transcript.said(text, value, reply)
        transcript.add(said, reply)
        if FRAGMENT_HEADER not in request.headers:
            return RedirectResponse(_BEGUN if posted.begins else _NEWEST, HTTPStatus.SEE_OTHER)
        transcript.once = None
        return HTMLResponse(self._view.turn(Exchange(said, reply), self._tokens.for_form(posted.session)))

    def _ended(self, request: Request, chat: str) -> Response:
        self._transcripts.forget(chat)
        response: Response
        if FRAGMENT_HEADER in request.headers:
            response = Response(status_code=HTTPStatus.NO_CONTENT, headers={"X-Sharewell-Go": _ENDED})
        else:
            response = RedirectResponse(_ENDED, HTTPStatus.SEE_OTHER)
        self._tokens.drop(response)
        return response

    def _source_of(self, request: Request) -> str:
        """What attempts at a receipt code are counted by: a new session is free, an address is not.

        Behind a proxy every visitor has the proxy's address, and nobody may keep all the others out: there it is the
        chat, which an empty source stands for.
        """
        host = request.client.host if request.client else ""
        return f"web:{address_key(host)}" if host and not self._settings.secure and not is_own(host) else ""

    async def _forget(self, session: str) -> None:
        chat = self._tokens.chat_of(session)
        self._transcripts.forget(chat)
        await self._conversation.forget(chat)
        self._transcripts.forget(chat)  # a turn that was under way may have begun it again

    async def _problem(self, request: Request, status: HTTPStatus, problem: Problem, draft: str) -> Response:
        session = self._tokens.session_of(request)
        if FRAGMENT_HEADER in request.headers:
            return HTMLResponse(self._view.problem_fragment(problem, self._tokens.for_form(session)), status)
        return await self._page(session, status, problem, draft)

    def _arrived(self, value: str) -> Button | None:
        """The button that brings in the chat what its visitor read on a page: value is KIND:ID; None for any other."""
        found = entry(self._conversation.bundle.knowledge, *value.split(":")) if value.count(":") == 1 else None
        return None if found is None else Button(found.title, value)

    async def _page(
        self, session: str | None, status: HTTPStatus, problem: Problem | None, draft: str = "",
        arrived: Button | None = None,
    ) -> HTMLResponse:  # fmt: skip
        chat = _NOBODY if session is None else self._tokens.chat_of(session)
        transcript = self._transcripts.find(chat)
        if transcript is None:
            shown = [Exchange(None, await self._conversation.opening(chat))]
        else:
            shown = list(transcript.shown())
        html = self._view.chat(shown, self._tokens.for_form(session), problem, draft, arrived)
        return HTMLResponse(html, status)


def _fault_of(text: str) -> Problem | None:
    if not text.strip():
        return Problem(*words.EMPTY, field=True)
    if len(text) > LONGEST_MESSAGE:
        wording = words.TOO_LONG[1].format(count=f"{len(text):,}", limit=f"{LONGEST_MESSAGE:,}")
        return Problem(words.TOO_LONG[0], wording, field=True)
    return None


def _leaving(then: str, exit_url: str) -> Response:
    """Where a user goes who ends: another site, nowhere (the script has gone there already), or the closing page."""
    if then == "stay":
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return RedirectResponse(exit_url if then == "leave" else _ENDED, HTTPStatus.SEE_OTHER)
