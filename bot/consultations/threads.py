"""Threads as rows: reading what is encrypted in them, and adding to them. For both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from bot.consultations.database import Database
from bot.consultations.errors import InvalidRequest, ThreadClosed, ThreadGone
from bot.consultations.hours import Limit, after, hour_of
from bot.consultations.keys import Box
from bot.consultations.model import LONGEST_TEXT, MOST_MESSAGES, Answer, Kind, Link, Message, Outcome, Side, State
from bot.consultations.schema import message, thread

ThreadRow = Row[Any]
Limits = Callable[[str, str], Limit]
"""How long an adviser may take, by area and urgency."""


@dataclass(frozen=True)
class Content:
    """What is encrypted in a thread."""

    check: str
    answers: tuple[Answer, ...]
    messages: tuple[Message, ...]


class Threads:
    """What both sides do with a thread's rows, on a connection that the caller holds."""

    def __init__(self, database: Database, limits: Limits, days_kept: int, clock: Callable[[], float]) -> None:
        self.database = database
        self.limits = limits
        self.days_kept = days_kept
        self._clock = clock

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    def expiry(self) -> datetime:
        """When a thread is destroyed in which the last message was written now."""
        return hour_of(self.now) + timedelta(days=self.days_kept)

    def row(self, connection: Connection, thread_id: str) -> ThreadRow:
        """Raises ThreadGone."""
        return self._required(connection.execute(select(thread).where(thread.c.id == thread_id)).first())

    def locked(self, connection: Connection, thread_id: str) -> ThreadRow:
        """The row, which nobody else changes until the transaction ends. Raises ThreadGone."""
        wanted = select(thread).where(thread.c.id == thread_id).with_for_update()
        return self._required(connection.execute(wanted).first())

    def content(self, connection: Connection, row: ThreadRow) -> Content:
        """Raises ThreadDamaged."""
        box = self.box(connection, row)
        kept = box.open_json(row.answers, "answers", row.id)
        rows = connection.execute(select(message).where(message.c.thread_id == row.id).order_by(message.c.position))
        return Content(
            kept["check"], tuple(Answer(*pair) for pair in kept["answers"]), tuple(_message(box, each) for each in rows)
        )

    def box(self, connection: Connection, row: ThreadRow) -> Box:
        """What opens the content of a thread. Raises ThreadDamaged."""
        return self.database.keys.box_of(connection, row)

    def add(
        self, connection: Connection, row: ThreadRow, side: Side, kind: Kind, text: str, links: Sequence[Link] = (),
        changes: Mapping[str, object] | None = None,
    ) -> int:  # fmt: skip
        """Add a message to a thread whose row is locked, and tell its position. `changes` are further columns.

        Raises InvalidRequest where the text or the thread is too long, and ThreadDamaged.
        """
        if kind not in (Kind.OUTCOME, Kind.REFERRED):
            require_text(text)
        last = connection.execute(select(func.max(message.c.position)).where(message.c.thread_id == row.id))
        position = int(last.scalar_one() or 0) + 1
        if position > MOST_MESSAGES:
            raise InvalidRequest("text", "This thread has as many messages as it can take.", "Ask for advice again.")
        insert_message(connection, self.box(connection, row), row.id, position, side, kind, self.now, text, links)
        values: dict[str, object] = {
            "last_at": seconds(hour_of(self.now)), "expires_at": seconds(self.expiry()), **(changes or {})
        }  # fmt: skip
        if side is Side.ADVISER:
            values["reply_position"] = position
        self.change(connection, row, values)
        return position

    def change(self, connection: Connection, row: ThreadRow, values: Mapping[str, object]) -> None:
        """Change columns of a thread whose row is locked. Whoever looked at it before is told so."""
        wanted = update(thread).where(thread.c.id == row.id)
        connection.execute(wanted.values(version=row.version + 1, **values))

    def given_up(self, row: ThreadRow) -> dict[str, object]:
        """What changes in a thread that no adviser has any more: another one is to take it, and the user is told so.

        There is time to take it anew, though never beyond the reply. What nobody had taken is due as before.
        """
        if not row.acknowledged:
            return {"adviser_id": None}
        due = after(self.limits(row.area, row.urgency).acknowledge, self.now)
        return {"adviser_id": None, "acknowledged": 0, "acknowledge_by": min(seconds(due), row.reply_by)}

    def overdue(self, row: ThreadRow) -> bool:
        """Whether an adviser should have acknowledged or replied by now."""
        if row.state != State.WAITING:
            return False
        now = self._clock()
        return now > row.reply_by or (not row.acknowledged and now > row.acknowledge_by)

    def _required(self, row: ThreadRow | None) -> ThreadRow:
        if row is None or row.expires_at <= self._clock():
            raise ThreadGone()
        return row


def insert_message(
    connection: Connection, box: Box, thread_id: str, position: int, side: Side, kind: Kind, now: datetime, text: str,
    links: Sequence[Link] = (),
) -> None:  # fmt: skip
    """Write one message, bound to its place."""
    at = seconds(hour_of(now))
    body = {"text": text, "links": [[link.kind, link.id] for link in links]}
    sealed = box.seal_json(body, "message", thread_id, position, side.value, kind.value, at)
    values = {
        "thread_id": thread_id, "position": position, "side": side.value, "kind": kind.value, "at": at, "body": sealed
    }  # fmt: skip
    connection.execute(insert(message).values(values))


def require_text(text: str) -> None:
    """Raises InvalidRequest for a text that is empty or too long."""
    if not text.strip():
        raise InvalidRequest("text", "There is no text yet.", "Write what you want to say.")
    if len(text) > LONGEST_TEXT:
        raise InvalidRequest(
            "text", f"The text has {len(text)} characters.", f"Shorten it to {LONGEST_TEXT} characters at most."
        )


def require_open(row: ThreadRow) -> None:
    """Raises ThreadClosed."""
    if row.state == State.CLOSED:
        raise ThreadClosed()


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(value: int) -> datetime:
    return datetime.fromtimestamp(value, UTC)


def outcome_of(row: ThreadRow) -> Outcome | None:
    return None if row.outcome is None else Outcome(row.outcome)


def _message(box: Box, row: ThreadRow) -> Message:
    body = box.open_json(row.body, "message", row.thread_id, row.position, row.side, row.kind, row.at)
    links = tuple(Link(*pair) for pair in body["links"])
    return Message(row.position, Side(row.side), Kind(row.kind), body["text"], moment(row.at), links)
