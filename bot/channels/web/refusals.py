"""Reasons for which a request is turned away, each with its status and its words."""

from __future__ import annotations

from http import HTTPStatus

from bot.channels.web import words
from bot.channels.web.view import Problem
from bot.errors import SharewellError


class RefusedError(SharewellError):
    """A request that is turned away before it reaches the conversation."""

    def __init__(self, status: HTTPStatus, wording: tuple[str, str]) -> None:
        super().__init__(*wording)
        self.status = status
        self.problem = Problem(*wording)


_BY_STATUS = {
    HTTPStatus.NOT_FOUND: words.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: words.NOT_ALLOWED,
    HTTPStatus.INTERNAL_SERVER_ERROR: words.FAILED,
}


def refusal(status: int) -> RefusedError:
    """The refusal for a status that the framework chose."""
    known = HTTPStatus(status)
    return RefusedError(known, _BY_STATUS.get(known, words.BAD_REQUEST))
