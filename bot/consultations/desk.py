"""The advisers' side: their lists, a thread, and what they do in it. Nothing here tells who asked, or from where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, insert, or_, select

from bot.consultations.errors import CannotHandOn, InvalidRequest, NotYours, SomebodyWasFirst
from bot.consultations.model import (
    EVERY_AREA,
    MOST_LINKS,
    OUTCOME_LABELS,
    Adviser,
    AdviserThread,
    Inbox,
    Kind,
    Line,
    Link,
    Outcome,
    Side,
    State,
    Subject,
)
from bot.consultations.schema import conflict, thread
from bot.consultations.threads import ThreadRow, Threads, moment, outcome_of, require_open, seconds

_SHOWN = (
    thread.c.reference, thread.c.area, thread.c.subject, thread.c.urgency, thread.c.state, thread.c.adviser_id,
    thread.c.outcome, thread.c.last_at, thread.c.acknowledge_by, thread.c.reply_by, thread.c.acknowledged,
)  # fmt: skip
"""What a list shows of a thread: nothing of it is encrypted."""

MOST_ANSWERED = 50
"""Of the threads that an adviser answered, those that the list shows."""


class Desk:
    """What advisers do. A thread is named by its reference; `version` is the one that the adviser looked at.

    A thread that does not exist, or that the adviser may not see, raises NotYours. What was changed by somebody else
    since `version` raises SomebodyWasFirst, and nothing is written. `known` says whether a topic or a check exists.
    """

    def __init__(self, threads: Threads, known: Callable[[Link], bool]) -> None:
        self._threads = threads
        self._known = known

    def inbox(self, adviser: Adviser) -> Inbox:
        """The adviser's lists. Nothing is decrypted for it."""
        with self._threads.database.reading() as connection:
            rows = connection.execute(_listed(adviser, seconds(self._threads.now))).all()
        lines = [self._line(row, adviser) for row in rows]
        overdue = sorted((line for line in lines if line.overdue), key=lambda line: line.reply_by)
        waits = (line for line in lines if line.state is State.WAITING and not line.overdue and not line.others)
        answered = (line for line in lines if line.state is not State.WAITING and line.mine)
        newest = sorted(answered, key=lambda line: line.since, reverse=True)[:MOST_ANSWERED]
        return Inbox(tuple(overdue), tuple(sorted(waits, key=lambda line: line.reply_by)), tuple(newest))

    def thread(self, adviser: Adviser, reference: str) -> AdviserThread:
        """Raises NotYours or ThreadDamaged."""
        with self._threads.database.reading() as connection:
            row = connection.execute(select(thread).where(thread.c.reference == reference)).first()
            self._require_seen(connection, row, adviser)
            assert row is not None
            content = self._threads.content(connection, row)
            return AdviserThread(
                self._line(row, adviser), content.check, content.answers, content.messages, row.version,
                row.read_position >= row.reply_position, moment(row.expires_at),
            )  # fmt: skip

    def take(self, adviser: Adviser, reference: str, version: int) -> None:
        """Say that the adviser has it: to the user, and to the other advisers."""
        with self._changing(adviser, reference, version) as (connection, row):
            require_open(row)
            self._threads.change(connection, row, {"adviser_id": adviser.id, "acknowledged": 1})

    def reply(
        self, adviser: Adviser, reference: str, text: str, *, links: Sequence[Link] = (), version: int
    ) -> None:  # fmt: skip
        """Answer. Raises InvalidRequest (`text` or `links`) or ThreadClosed."""
        self._write(adviser, reference, version, Kind.REPLY, State.ANSWERED, text, links)

    def ask(self, adviser: Adviser, reference: str, question: str, *, version: int) -> None:
        """Ask the user something back: it is their turn then. Raises InvalidRequest or ThreadClosed."""
        self._write(adviser, reference, version, Kind.QUESTION, State.ASKED, question, ())

    def mark_outcome(self, adviser: Adviser, reference: str, outcome: Outcome, *, version: int) -> None:
        """Say what the advice came to; the user sees it. Raises ThreadClosed."""
        with self._changing(adviser, reference, version) as (connection, row):
            require_open(row)
            state = State.ANSWERED if row.state == State.WAITING else State(row.state)
            changes = {"outcome": outcome.value, "adviser_id": adviser.id, "acknowledged": 1, "state": state.value}
            self._threads.add(
                connection, row, Side.ADVISER, Kind.OUTCOME, OUTCOME_LABELS[outcome], changes=changes
            )  # fmt: skip

    def hand_on(self, adviser: Adviser, reference: str, to: Adviser, *, version: int) -> None:
        """Give the thread to another adviser. Raises CannotHandOn where that one does not answer on it."""
        with self._changing(adviser, reference, version) as (connection, row):
            require_open(row)
            if to.id == adviser.id or not self._free(connection, row, to):
                raise CannotHandOn()
            self._threads.change(connection, row, {"adviser_id": to.id})

    def put_back(self, adviser: Adviser, reference: str, *, version: int) -> None:
        """Let any adviser of the area and the subject take it."""
        with self._changing(adviser, reference, version) as (connection, row):
            self._threads.change(connection, row, self._threads.given_up(row))

    def declare_conflict(self, adviser: Adviser, reference: str) -> None:
        """The adviser never sees this thread again. It goes back to the others, whatever has changed meanwhile."""
        with self._threads.database.writing() as connection:
            wanted = select(thread).where(thread.c.reference == reference).with_for_update()
            row = connection.execute(wanted).first()
            self._require_seen(connection, row, adviser)
            assert row is not None
            connection.execute(insert(conflict).values(thread_id=row.id, adviser_id=adviser.id))
            is_held = row.adviser_id not in (None, adviser.id)
            self._threads.change(connection, row, {} if is_held else self._threads.given_up(row))

    def able(self, reference: str, advisers: Sequence[Adviser]) -> tuple[Adviser, ...]:
        """Those of `advisers` who answer on a thread and have no conflict; none where there is no such thread."""
        with self._threads.database.reading() as connection:
            row = connection.execute(select(thread).where(thread.c.reference == reference)).first()
            if row is None:
                return ()
            return tuple(each for each in advisers if self._free(connection, row, each))

    def _write(
        self, adviser: Adviser, reference: str, version: int, kind: Kind, state: State, text: str,
        links: Sequence[Link],
    ) -> None:  # fmt: skip
        if len(links) > MOST_LINKS or not all(map(self._known, links)):
            raise InvalidRequest("links", "A link leads nowhere, or there are too many.", "Choose from the list.")
        with self._changing(adviser, reference, version) as (connection, row):
            require_open(row)
            changes = {"state": state.value, "adviser_id": adviser.id, "acknowledged": 1}
            self._threads.add(connection, row, Side.ADVISER, kind, text, links, changes)

    @contextmanager
    def _changing(self, adviser: Adviser, reference: str, version: int) -> Iterator[tuple[Connection, ThreadRow]]:
        """The row of a thread, locked, once it is sure that it is as the adviser saw it."""
        with self._threads.database.writing() as connection:
            wanted = select(thread).where(thread.c.reference == reference).with_for_update()
            row = connection.execute(wanted).first()
            if row is not None and row.version != version and not self._hidden(connection, row, adviser):
                raise SomebodyWasFirst()
            self._require_seen(connection, row, adviser)
            assert row is not None
            yield connection, row

    def _require_seen(self, connection: Connection, row: ThreadRow | None, adviser: Adviser) -> None:
        if row is None or self._hidden(connection, row, adviser):
            raise NotYours()
        if row.adviser_id not in (None, adviser.id) and not self._threads.overdue(row):
            raise NotYours()

    def _hidden(self, connection: Connection, row: ThreadRow, adviser: Adviser) -> bool:
        """Whether an adviser has never anything to do with a thread."""
        if row.expires_at <= seconds(self._threads.now):
            return True
        mine = row.adviser_id == adviser.id
        return not (mine or adviser.covers(row.area, Subject(row.subject))) or _conflicted(connection, row, adviser)

    def _free(self, connection: Connection, row: ThreadRow, adviser: Adviser) -> bool:
        return adviser.covers(row.area, Subject(row.subject)) and not _conflicted(connection, row, adviser)

    def _line(self, row: ThreadRow, adviser: Adviser) -> Line:
        mine = row.adviser_id == adviser.id
        return Line(
            row.reference, row.area, Subject(row.subject), row.urgency, State(row.state), moment(row.last_at),
            moment(row.acknowledge_by), moment(row.reply_by), bool(row.acknowledged), self._threads.overdue(row),
            mine, row.adviser_id is not None and not mine, outcome_of(row),
        )  # fmt: skip


def _conflicted(connection: Connection, row: ThreadRow, adviser: Adviser) -> bool:
    declared = select(conflict.c.thread_id).where(
        conflict.c.thread_id == row.id, conflict.c.adviser_id == adviser.id
    )
    return connection.execute(declared).first() is not None


def _listed(adviser: Adviser, now: int) -> Select[Any]:
    """The threads of an adviser's lists, and those of others that may be overdue."""
    about = thread.c.subject.in_([subject.value for subject in adviser.subjects])
    covered = about if EVERY_AREA in adviser.areas else and_(about, thread.c.area.in_(adviser.areas))
    mine = thread.c.adviser_id == adviser.id
    waits = and_(thread.c.state == State.WAITING.value, covered)
    declared = exists().where(conflict.c.thread_id == thread.c.id, conflict.c.adviser_id == adviser.id)
    return select(*_SHOWN).where(thread.c.expires_at > now, or_(mine, waits), ~declared)
