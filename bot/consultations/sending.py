"""Sending a request: what may be sent, and the thread that it begins."""

from __future__ import annotations

import secrets
from types import SimpleNamespace

from sqlalchemy import Connection, insert, select

from bot.codes import CodeHasher, grouped, locator_of, new_code
from bot.consultations.errors import EmergencyNotQueued, InvalidRequest
from bot.consultations.hours import hour_of, times
from bot.consultations.keys import Box, new_key
from bot.consultations.model import (
    LONGEST_LABEL,
    MOST_ANSWERS,
    URGENCIES,
    Kind,
    Receipt,
    Request,
    Side,
    State,
    Subject,
    Times,
)
from bot.consultations.schema import thread
from bot.consultations.threads import Threads, insert_message, require_text, seconds

_NOW = "now"
_LONGEST_NAME = 80
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUP = 4
_TRIES = 64
"""Codes that are tried until one has a locator of its own. With so many threads that none has, two share one."""


def require_sendable(request: Request) -> None:
    """Raises EmergencyNotQueued or InvalidRequest."""
    if request.urgency == _NOW:
        raise EmergencyNotQueued()
    if request.urgency not in URGENCIES:
        raise InvalidRequest("urgency", "It is not known how soon you need advice.", "Choose how soon you need it.")
    if request.subject not in tuple(Subject):
        raise InvalidRequest("subject", "The subject is none that advisers answer on.", "Choose a subject.")
    if not request.area or len(request.area) > _LONGEST_NAME or len(request.check) > _LONGEST_NAME:
        raise InvalidRequest("area", "The area is not known.", "Choose your area.")
    require_text(request.situation)
    too_long = any(len(label) > LONGEST_LABEL for each in request.answers for label in (each.question, each.answer))
    if too_long or len(request.answers) > MOST_ANSWERS:
        raise InvalidRequest("answers", "There are more answers than can be sent.", "Send your question without them.")


def new_reference() -> str:
    """Names a thread in records and lists. It opens nothing."""
    letters = [secrets.choice(_REFERENCE_LETTERS) for _ in range(2 * _GROUP)]
    return f"A-{''.join(letters[:_GROUP])}-{''.join(letters[_GROUP:])}"


class Sending:
    """Begins threads."""

    def __init__(self, threads: Threads, hasher: CodeHasher) -> None:
        self._threads = threads
        self._hasher = hasher

    def begin(self, request: Request) -> tuple[str, Receipt]:
        """A new thread: its id, and the receipt, still without a ticket. Raises codes.Busy."""
        threads = self._threads
        code, locator = self._free_code()
        code_hash = self._hasher.hash(code)
        now = threads.now
        due = times(threads.limits(request.area, request.urgency), now)
        place = SimpleNamespace(
            id=secrets.token_hex(16), reference=new_reference(), locator=locator, code_hash=code_hash,
            area=request.area, subject=request.subject.value, urgency=request.urgency,
        )  # fmt: skip
        with threads.database.writing() as connection:
            threads.database.keys.hold(connection)
            self._write(connection, request, place, due)
        receipt = Receipt(
            grouped(code), place.reference, due.acknowledge_by, due.reply_by, due.next_working, threads.expiry(), ""
        )
        return place.id, receipt

    def _write(self, connection: Connection, request: Request, place: SimpleNamespace, due: Times) -> None:
        threads, key = self._threads, new_key()
        box = Box(key)
        answers = [[each.question, each.answer] for each in request.answers]
        values = {
            **vars(place), "wrapped_key": threads.database.keys.wrapped(key, place),
            "answers": box.seal_json({"check": request.check, "answers": answers}, "answers", place.id),
            "state": State.WAITING.value, "version": 1, "last_at": seconds(hour_of(threads.now)),
            "expires_at": seconds(threads.expiry()), "acknowledge_by": seconds(due.acknowledge_by),
            "reply_by": seconds(due.reply_by), "acknowledged": 0, "read_position": 0, "reply_position": 0,
            "told_position": 0,
        }  # fmt: skip
        connection.execute(insert(thread).values(values))
        insert_message(connection, box, place.id, 1, Side.USER, Kind.SITUATION, threads.now, request.situation)

    def _free_code(self) -> tuple[str, int]:
        with self._threads.database.reading() as connection:
            key = self._threads.database.keys.locator_key
            for _ in range(_TRIES):
                code = new_code()
                locator = locator_of(code, key)
                if connection.execute(select(thread.c.id).where(thread.c.locator == locator)).first() is None:
                    break
            return code, locator
