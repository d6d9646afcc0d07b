"""Reads the small forms of these pages: bounded, UTF-8, each field once."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from bot.channels.web import words
from bot.channels.web.refusals import RefusedError

LARGEST_BODY = 96 * 1024
"""Bytes of a form. The longest message, 10,000 characters of three bytes each, takes 90,000 once it is encoded."""

SLOWEST_BODY = 20.0
"""Seconds in which a form must have arrived."""

_MOST_FIELDS = 8
_MEDIA_TYPE = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises RefusedError when it is no such form, is too large or too slow."""
    return dict(await read_fields(request, _MOST_FIELDS))


async def read_fields(request: Request, most: int) -> list[tuple[str, str]]:
    """The fields of a posted form in their order, of which several may have one name. Raises as `read_form` does."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA_TYPE:
        raise RefusedError(HTTPStatus.BAD_REQUEST, words.BAD_REQUEST)
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            body = await _bounded_body(request)
    except TimeoutError:
        raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, words.TOO_SLOW) from None
    except ClientDisconnect:
        raise RefusedError(HTTPStatus.BAD_REQUEST, words.BAD_REQUEST) from None
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=most)
    except ValueError:  # not ASCII, or too many fields
        raise RefusedError(HTTPStatus.BAD_REQUEST, words.BAD_REQUEST) from None
    return [(name, value.replace("\r\n", "\n")) for name, value in fields]


async def _bounded_body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > LARGEST_BODY:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words.TOO_LARGE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words.TOO_LARGE)
    return bytes(body)
