"""The emulator as an HTTP server: the Bot API on one side, and webhooks on the other."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.support.telegram.errors import ApiError, bad, too_many
from tests.support.telegram.faults import Fault
from tests.support.telegram.methods import Methods
from tests.support.telegram.world import World

_RETRY_SECONDS = 0.2


def api(world: World) -> Starlette:
    """The Bot API over `world`."""
    methods = Methods(world)

    async def endpoint(request: Request) -> Response:
        method = request.path_params["method"].lower()
        if request.path_params["token"] != world.token:
            return _refused(ApiError(401, "Unauthorized"))
        world.calls.append((method, time.time()))
        try:
            given = await _given(request)
            fault = world.faults.next(method, _chat(given))
            if fault is not None and fault.kind != "disconnect":
                answer = await _failed(fault)
                if answer is not None:
                    return answer
            result = await methods.call(method, given)
        except ApiError as error:
            if error.code == 400 or error.code == 404:
                world.refusals.append(f"{method}: {error.description}")
            return _refused(error)
        if fault is not None and fault.kind == "disconnect":
            return _cut_off()
        return JSONResponse({"ok": True, "result": result})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        delivering = asyncio.create_task(_deliver(world))
        yield
        delivering.cancel()
        with suppress(asyncio.CancelledError):
            await delivering

    route = Route("/bot{token}/{method}", endpoint, methods=["GET", "POST"])
    return Starlette(routes=[route], lifespan=lifespan)


async def _failed(fault: Fault) -> Response | None:
    """The answer to a request that fails; None where it is only late."""
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "429":
        return _refused(too_many(max(1, math.ceil(fault.seconds))))
    if fault.kind == "400":
        return _refused(bad("bad webhook: Failed to resolve host: Name or service not known"))
    if fault.kind == "401":
        return _refused(ApiError(401, "Unauthorized"))
    if fault.kind == "500":
        return _refused(ApiError(500, "Internal Server Error"))
    return Response("<html>not JSON</html>") if fault.kind == "garbage" else _cut_off()


def _chat(given: dict[str, Any]) -> int:
    """The chat that a call is about; 0 where it is about none."""
    number = str(given.get("chat_id", ""))
    return int(number) if number.lstrip("-").isdigit() else 0


def _refused(error: ApiError) -> JSONResponse:
    return JSONResponse(error.body(), error.code)


class _CutOff(StreamingResponse):
    """An answer that ends before its length: the other side sees a broken connection."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-length", b"400"), (b"content-type", b"application/json"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok": tr', "more_body": True})
        # Without an end of the answer the server closes the connection.


def _cut_off() -> Response:
    return _CutOff(iter(()))


async def _given(request: Request) -> dict[str, Any]:
    """The parameters of a call: in the address, as a form, as JSON, or with files."""
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0]
    if kind == "application/json":
        return given | dict(await request.json())
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return given
    files: dict[str, tuple[str, bytes]] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = (value.filename or "", await value.read())
            else:
                given[name] = _decoded(name, value)
    for name, value in given.items():
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = files[value.removeprefix("attach://")]
    return given | files


_STRUCTURED = {
    "reply_markup", "entities", "commands", "scope", "allowed_updates", "link_preview_options", "message_ids",
}  # fmt: skip


def _decoded(name: str, value: str) -> Any:
    if name in _STRUCTURED:
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None
    return {"true": True, "false": False}.get(value, value)


async def _deliver(world: World) -> None:
    """Sends each update to the webhook, where one is set, as often as it takes; as many at a time as the bot wants."""
    under_way: dict[int, asyncio.Task[None]] = {}
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http, _ended(under_way):
        while True:
            if not world.webhook:
                await asyncio.sleep(0.05)
                continue
            world.changed.clear()
            room = int(world.webhook.get("connections", 40)) - sum(not task.done() for task in under_way.values())
            for number in sorted(world.updates):
                if room <= 0:
                    break
                if number not in under_way or under_way[number].done():
                    room -= 1
                    under_way[number] = asyncio.create_task(_hand_over(world, http, number))
            for number in [number for number in under_way if number not in world.updates]:
                del under_way[number]
            with suppress(TimeoutError):
                await asyncio.wait_for(world.changed.wait(), 0.02 if under_way else 0.2)


@asynccontextmanager
async def _ended(under_way: dict[int, asyncio.Task[None]]) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for task in under_way.values():
            task.cancel()
        await asyncio.gather(*under_way.values(), return_exceptions=True)


async def _hand_over(world: World, http: httpx.AsyncClient, number: int) -> None:
    update, webhook = world.updates.get(number), world.webhook
    if update is None or not webhook:
        return
    url = str(webhook["url"])
    public = next((name for name in world.hosts if url.startswith(name)), "")
    headers = {"Host": httpx.URL(url).host}
    if webhook["secret"]:
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook["secret"]
    with suppress(httpx.HTTPError):
        address = world.hosts.get(public, public) + url.removeprefix(public)
        answer = await http.post(address, json=update, headers=headers)
        if answer.status_code == 200:
            if world.updates.pop(number, None) is not None:
                world.confirmed[number] = time.time()
            return
    world.undelivered = world.now()
    await asyncio.sleep(_RETRY_SECONDS)

