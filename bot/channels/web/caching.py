"""Public pages may be kept by a browser, but are asked after each time: what has not changed is not sent again."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

_ASKED_AFTER = "no-cache"
"""Kept, and never shown without asking. So a change of the guidance, or of the day, is seen at once."""


def cached(request: Request, body: bytes, media_type: str) -> Response:
    """`body`, or 304 where the browser has just this. The tag is of what is shown, the guidance's version included."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": _ASKED_AFTER}
    if tag in [each.strip() for each in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
