"""Advice as its user has it: sending, opening with the code, writing, and destroying."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from argon2 import PasswordHasher
from sqlalchemy import Connection, delete, func, select, update

from bot.codes import Busy, CodeHasher, Guesses, digits_of, locator_of
from bot.consultations.database import Database
from bot.consultations.desk import Desk
from bot.consultations.errors import (
    AdviceLocked,
    CodeRefused,
    InvalidRequest,
    NobodyAnswers,
    ThreadDamaged,
    TooManyGuesses,
    TooManyRequests,
)
from bot.consultations.hours import DEFAULT_LIMITS, Limit, after, times
from bot.consultations.keys import KeysAtHand
from bot.consultations.model import (
    LONGEST_NOTICE,
    OUTCOME_LABELS,
    Kind,
    Link,
    Notice,
    Numbers,
    Opened,
    Receipt,
    RecordedAdvice,
    Request,
    Side,
    State,
    Subject,
    Thread,
    Times,
)
from bot.consultations.schema import thread
from bot.consultations.sending import Sending, require_sendable
from bot.consultations.threads import Content, ThreadRow, Threads, moment, outcome_of, require_open, seconds
from bot.consultations.throttle import Requests
from bot.consultations.tickets import Tickets

DAYS_KEPT = 30
REFERRED = "The person says that they have made a referral with names, outside of this thread."
_BUSY_SECONDS = 5


class Advice:
    """Anonymous threads of advice. Safe for use by several threads; every method may wait for the database.

    `keys` gives the master keys, `limits` how long advisers may take by area and urgency, `anyone` whether somebody
    answers on a subject in an area, `known` whether a topic or check exists. `clock` gives seconds since 1970. Every
    method raises AdviceUnavailable when the database cannot be used. `desk` is the advisers' side.
    """

    def __init__(
        self, url: str, keys: KeysAtHand, *,
        limits: Callable[[str, str], Limit] = lambda area, urgency: DEFAULT_LIMITS[urgency],
        anyone: Callable[[str, Subject], bool] = lambda area, subject: True,
        known: Callable[[Link], bool] = lambda link: True,
        days_kept: int = DAYS_KEPT, clock: Callable[[], float] = time.time, hasher: PasswordHasher | None = None,
    ) -> None:  # fmt: skip
        """Opens the database at `url`, or makes its tables.

        Raises AdviceUnavailable, AdviceSchemaError or WrongAdviceKey.
        """
        self._database = Database(url, keys)
        self._threads = Threads(self._database, limits, days_kept, clock)
        self._hasher = CodeHasher(hasher)
        self._guesses = Guesses(clock)
        self._requests = Requests(clock)
        self._tickets = Tickets(clock)
        self._sending = Sending(self._threads, self._hasher)
        self.desk = Desk(self._threads, known)
        self.answered = anyone
        """Whether an adviser answers on a subject in an area."""

    @property
    def days_kept(self) -> int:
        """Days after the last message until a thread is destroyed."""
        return self._threads.days_kept

    def times(self, area: str, urgency: str) -> Times:
        """By when a request that is sent now is answered."""
        return times(self._threads.limits(area, urgency), self._threads.now)

    def send(self, request: Request, source: str) -> Receipt:
        """Begin a thread. `source` is counted only, in memory.

        Raises EmergencyNotQueued, InvalidRequest, NobodyAnswers or TooManyRequests.
        """
        require_sendable(request)
        if not self.answered(request.area, request.subject):
            raise NobodyAnswers()
        wait = self._requests.from_place(source)
        if wait:
            raise TooManyRequests(wait)
        try:
            thread_id, receipt = self._sending.begin(request)
        except Busy:
            raise AdviceLocked() from None
        return replace(receipt, ticket=self._tickets.issue(thread_id))

    def open(self, code: str, source: str) -> Opened:
        """Open a thread with its code. Raises CodeRefused, TooManyGuesses or ThreadDamaged."""
        wait = self._guesses.from_place(source)
        if wait:
            raise TooManyGuesses(wait)
        found = self._found(digits_of(code), source)
        if found is None:
            raise CodeRefused()
        self._guesses.not_a_guess(source)
        with self._database.reading() as connection:
            row = self._threads.row(connection, found)
            return Opened(self._tickets.issue(found), self._seen(row, self._threads.content(connection, row)))

    def view(self, ticket: str) -> Thread:
        """The thread as it is now. Raises TicketExpired, ThreadGone or ThreadDamaged."""
        with self._database.reading() as connection:
            return self._as_it_is(connection, self._tickets.thread_id(ticket))

    def write(self, ticket: str, text: str) -> Thread:
        """Add a masked message. Raises ThreadClosed or InvalidRequest, and what `view` raises."""
        with self._database.writing() as connection:
            row = self._threads.locked(connection, self._tickets.thread_id(ticket))
            require_open(row)
            changes: dict[str, object] = {"state": State.WAITING.value}
            if row.state != State.WAITING:  # the adviser's turn begins again
                limit = self._threads.limits(row.area, row.urgency)
                changes["reply_by"] = seconds(after(limit.reply, self._threads.now))
                if row.adviser_id is None:  # given up meanwhile: somebody is to take it first
                    taken_by = seconds(after(limit.acknowledge, self._threads.now))
                    changes.update(acknowledged=0, acknowledge_by=taken_by)
            self._threads.add(connection, row, Side.USER, Kind.MESSAGE, text, changes=changes)
            return self._as_it_is(connection, row.id)  # within the transaction: what fails here was not written either

    def mark_read(self, ticket: str, seen: Thread) -> None:
        """The user has seen every message of `seen`: an answer that came since is still to be told of."""
        last = max(each.position for each in seen.messages)
        with self._database.writing() as connection:
            row = self._threads.locked(connection, self._tickets.thread_id(ticket))
            read = {"read_position": max(row.read_position, last)}
            connection.execute(update(thread).where(thread.c.id == row.id).values(read))

    def close(self, ticket: str) -> Thread:
        """End the thread: nothing more is written in it, and it is destroyed when its time is over."""
        with self._database.writing() as connection:
            row = self._threads.locked(connection, self._tickets.thread_id(ticket))
            self._threads.change(connection, row, {"state": State.CLOSED.value})
            return self._as_it_is(connection, row.id)

    def wipe(self, ticket: str) -> None:
        """Destroy the thread now: its key, and every row of it."""
        with self._database.writing() as connection:
            row = self._threads.locked(connection, self._tickets.thread_id(ticket))
            connection.execute(delete(thread).where(thread.c.id == row.id))
        self.leave(ticket)

    def leave(self, ticket: str) -> None:
        """Forget the ticket. The thread stays."""
        self._tickets.forget(ticket)

    def referred(self, ticket: str) -> Thread:
        """Tell the adviser that the user has made a referral with names; no name comes here. Raises as `write`."""
        with self._database.writing() as connection:
            row = self._threads.locked(connection, self._tickets.thread_id(ticket))
            require_open(row)
            self._threads.add(connection, row, Side.USER, Kind.REFERRED, REFERRED)
            return self._as_it_is(connection, row.id)

    def for_record(self, ticket: str) -> RecordedAdvice:
        """What a decision record may hold of the thread. Raises as `view`."""
        seen = self.view(ticket)
        replies = [each.at.date() for each in seen.messages if each.kind is Kind.REPLY]
        label = OUTCOME_LABELS[seen.outcome] if seen.outcome else ""
        return RecordedAdvice(seen.reference, seen.outcome, label, replies[-1] if replies else None)

    def set_notice(self, ticket: str, address: bytes | None) -> None:
        """Keep where a channel may tell of replies from now on, encrypted with the thread's key; None forgets it."""
        if address is not None and not 0 < len(address) <= LONGEST_NOTICE:
            raise InvalidRequest("notice", "The address for a notice cannot be kept.", "Go on without a notice.")
        with self._database.writing() as connection:
            row = self._threads.locked(connection, self._tickets.thread_id(ticket))
            kept = None if address is None else self._threads.box(connection, row).seal(address, "notice", row.id)
            values = {"notice": kept, "told_position": row.reply_position}
            connection.execute(update(thread).where(thread.c.id == row.id).values(values))

    def pending_notices(self) -> tuple[Notice, ...]:
        """Whom to tell of a reply that they were not told of and have not read."""
        wanted = select(thread).where(
            thread.c.notice.is_not(None), thread.c.reply_position > thread.c.told_position,
            thread.c.reply_position > thread.c.read_position, thread.c.expires_at > seconds(self._threads.now),
        )  # fmt: skip
        found: list[Notice] = []
        with self._database.reading() as connection:
            for row in connection.execute(wanted).all():
                try:
                    address = self._threads.box(connection, row).open(row.notice, "notice", row.id)
                except ThreadDamaged:  # nobody is told rather than somebody else
                    continue
                found.append(Notice(f"{row.id}:{row.reply_position}", address))
        return tuple(found)

    def notice_told(self, notice: Notice) -> None:
        """The channel has told of the reply, or cannot."""
        thread_id, _, position = notice.id.partition(":")
        with self._database.writing() as connection:
            told = update(thread).where(thread.c.id == thread_id, thread.c.told_position < int(position))
            connection.execute(told.values(told_position=int(position)))

    def numbers(self) -> Numbers:
        """How many threads there are, wait, and are late."""
        with self._database.reading() as connection:
            rows = connection.execute(select(thread).where(thread.c.state == State.WAITING.value)).all()
            late = sum(self._threads.overdue(row) for row in rows)
            return Numbers(connection.execute(select(func.count()).select_from(thread)).scalar_one(), len(rows), late)

    def sweep(self) -> int:
        """Destroy the threads whose time is over, and tell how many. Follows a change of the master key, too."""
        self._tickets.sweep()
        self._guesses.sweep()
        self._requests.sweep()
        over = thread.c.expires_at <= seconds(self._threads.now)
        with self._database.reading() as connection:
            found = connection.execute(select(thread.c.id).where(over).limit(1)).first()
        changed = self._database.keys.outdated()
        if found is None and not changed:
            return 0
        with self._database.writing() as connection:
            destroyed = connection.execute(delete(thread).where(over)).rowcount
            if changed:
                self._database.keys.renew(connection)
            return destroyed

    def close_database(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _found(self, code: str, source: str) -> str | None:
        """The id of the thread that a code opens; None for a wrong one. Raises TooManyGuesses where it is not tried."""
        if not code:
            return None
        locator = locator_of(code, self._database.keys.locator_key)
        here = (thread.c.locator == locator, thread.c.expires_at > seconds(self._threads.now))
        with self._database.reading() as connection:
            rows = connection.execute(select(thread.c.id, thread.c.code_hash).where(*here)).all()
        wait = self._guesses.at_locator(locator) if rows else 0
        try:
            if not wait:
                return next((str(row.id) for row in rows if self._hasher.matches(row.code_hash, code)), None)
        except Busy:
            wait = _BUSY_SECONDS
        self._guesses.not_a_guess(source)
        raise TooManyGuesses(wait)

    def _as_it_is(self, connection: Connection, thread_id: str) -> Thread:
        row = self._threads.row(connection, thread_id)
        return self._seen(row, self._threads.content(connection, row))

    def _seen(self, row: ThreadRow, content: Content) -> Thread:
        unread = sum(each.side is Side.ADVISER and each.position > row.read_position for each in content.messages)
        return Thread(
            row.reference, row.area, Subject(row.subject), row.urgency, State(row.state), content.check,
            content.answers, content.messages, unread, bool(row.acknowledged), moment(row.acknowledge_by),
            moment(row.reply_by), self._threads.overdue(row), moment(row.expires_at), outcome_of(row),
            row.notice is not None,
        )  # fmt: skip
