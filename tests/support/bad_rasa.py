"""A server in Rasa's place that misbehaves in a chosen way: slow, an error, empty, nonsense, or gone in mid-answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tests.support.rasa import Direct

_Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ANSWERS: dict[str, bytes] = {
    "an empty list": json.dumps({"directives": [], "ranking": []}).encode(),
    "no directives": json.dumps({"ranking": []}).encode(),
    "an unknown directive": json.dumps({"directives": [{"do": "launch"}], "ranking": []}).encode(),
    "a directive whose name is a list": json.dumps({"directives": [{"do": ["menu"]}], "ranking": []}).encode(),
    "a directive that is no object": json.dumps({"directives": ["menu"], "ranking": []}).encode(),
    "a ranking that is no list": json.dumps({"directives": [{"do": "menu"}], "ranking": 7}).encode(),
    "a ranking of another shape": json.dumps({"directives": [{"do": "menu"}], "ranking": [{"x": 1}]}).encode(),
    "a confidence beyond all numbers":
        b'{"directives": [{"do": "menu"}], "ranking": [{"intent": "x", "confidence": 1' + b"0" * 400 + b"}]}",
    "a list": b"[]",
    "lists without end": b"[" * 100_000,
    "no JSON": b"<html>oh</html>",
    "bytes that are no text": b"\xff\xfe\x00",
    "nothing": b"",
}
FAULTS = (*ANSWERS, "an error 500", "a refusal 403", "a closed connection", "half an answer", "silence")


@asynccontextmanager
async def bad_rasa(fault: str, seconds: float = 0.3) -> AsyncIterator[Direct]:
    """A client of a server with `fault`; it waits at most `seconds` for an answer."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await _misbehave(fault, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async with _client_of(serve, seconds) as client:
        yield client


@asynccontextmanager
async def closing_rasa(seconds: float = 0.0) -> AsyncIterator[tuple[Direct, list[str]]]:
    """A client of a server that answers one request a connection, and closes it `seconds` after the next one came.

    The list holds the path of each request that came.
    """
    came: list[str] = []
    body = json.dumps({"directives": [{"do": "menu"}], "ranking": [], "rankings": [[]]}).encode()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            for first in (True, False):
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                came.append(head.split()[1])
                if first:
                    length = int(head.lower().partition("content-length:")[2].split()[0])
                    await reader.readexactly(length)
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                    await writer.drain()
                else:
                    await asyncio.sleep(seconds)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async with _client_of(serve, 5.0) as client:
        yield client, came


@asynccontextmanager
async def _client_of(serve: _Serve, seconds: float) -> AsyncIterator[Direct]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = Direct(f"http://127.0.0.1:{port}", "key", seconds)
    try:
        yield client
    finally:
        await client.close()
        server.close()


async def _misbehave(fault: str, writer: asyncio.StreamWriter) -> None:
    if fault == "silence":
        await asyncio.sleep(2)
    elif fault == "half an answer":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"directives\": [")
    elif fault == "an error 500":
        writer.write(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
    elif fault == "a refusal 403":
        writer.write(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
    elif fault != "a closed connection":
        body = ANSWERS[fault]
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
