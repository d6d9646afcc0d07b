"""Reading the log: one record, lists of records, the inbox, every entry, and the export."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from bot.decision_log import auditing, queries, waiting
from bot.decision_log.auditing import Settlement
from bot.decision_log.canonical import JsonValue, canonical, sha256, utc_text
from bot.decision_log.core import LogCore, require_account
from bot.decision_log.errors import InvalidDraft
from bot.decision_log.ledger import Entry, EntryKind, NewEntry
from bot.decision_log.queries import Page, Search, Whose
from bot.decision_log.records import Record, RecordSummary, summary_of
from bot.decision_log.references import new_request_id
from bot.decision_log.states import RecordStatus
from bot.decision_log.waiting import Inbox

PAGE = 500  # entries read in one short transaction
SCOPES = ("log", "record", "period", "subject-access", "audit-report")
"""What an export may be of."""


class Reading(LogCore):
    """What is asked of the log. Every method may raise ChangedOutside or LogUnavailable."""

    def show(self, reference: str) -> Record:
        """The record with all its entries, corrected, without identifying details. Raises UnknownReference."""
        with self._store.reading() as connection:
            return self._record(connection, self._entries_of(connection, reference))

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Every entry whose sequence is above `after`, oldest first, read in pages."""
        while True:
            with self._store.reading() as connection:
                page = self._ledger.page(connection, after, PAGE)
            if not page:
                return
            yield from page
            after = page[-1].sequence

    def find(
        self,
        status: RecordStatus | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[RecordSummary]:
        """Records by status, and by the moment of recording: from `since`, before `until`. Oldest first."""
        search = Search(status=status, since=since, until=until)
        after: RecordSummary | None = None
        while True:
            with self._store.reading() as connection:
                rows = connection.execute(queries.oldest_first(search, after, PAGE)).all()
            found = [summary_of(row) for row in rows]
            yield from found
            if len(found) < PAGE:
                return
            after = found[-1]

    def search(self, search: Search) -> Page:
        """One page of the records that fit, newest first."""
        with self._store.reading() as connection:
            return queries.searched(connection, search)

    def inbox(self, now: datetime, limit: int = queries.PAGE, whose: Whose | None = None) -> Inbox:
        """What waits for a manager: approvals, overdue ones, reviews; the most urgent first, and how many.

        Of the records of `whose` only, where it is given: `limit` of these.
        """
        with self._store.reading() as connection:
            return waiting.inbox(connection, now, limit, whose)

    def overdue(self, now: datetime, limit: int = queries.PAGE) -> tuple[RecordSummary, ...]:
        """Records whose approval should have been given before `now`, the longest overdue first."""
        with self._store.reading() as connection:
            return waiting.overdue(connection, now, limit)

    def reviews_due(self, today: date, limit: int = queries.PAGE) -> tuple[RecordSummary, ...]:
        """Records that should be looked at again by `today`, the longest due first."""
        with self._store.reading() as connection:
            return waiting.reviews_due(connection, today, limit)

    def identified(self, account: str, references: Collection[str]) -> frozenset[str]:
        """Those of the records `references` of which `account` said who they are about: it may not decide on them."""
        with self._store.reading() as connection:
            return waiting.identified(connection, account, references)

    def chosen(
        self, fields: Collection[str], since: datetime, until: datetime
    ) -> Mapping[int, frozenset[tuple[str, str]]]:
        """Field and option of the records of a period, by the sequence of each: from `since`, before `until`."""
        with self._store.reading() as connection:
            return auditing.chosen(connection, fields, since, until)

    def settlements(self, since: datetime, until: datetime) -> tuple[Settlement, ...]:
        """Approvals, returns and take-overs of a period, with how long each was waited for."""
        with self._store.reading() as connection:
            return auditing.settlements(connection, since, until)

    def export_lines(self) -> Iterator[str]:
        """Every entry as one line of canonical JSON, from which anybody can recompute the hashes. No free text."""
        for entry in self.entries():
            yield export_line(entry)

    def note_export(self, scope: str, content: str, by: str, now: datetime, reference: str = "") -> Entry:
        """Write down that something is exported: of what (one of SCOPES), which content it names, and by whom.

        `content` is what tells this export from others, such as its manifest; the entry holds its SHA-256 only.

        Raises InvalidDraft for another scope, UnknownReference, ClockSetBack; then nothing was recorded.
        """
        if scope not in SCOPES:
            raise InvalidDraft("That is not something that can be exported.", f"Give one of: {', '.join(SCOPES)}.")
        body: dict[str, JsonValue] = {"by": require_account(by), "scope": scope, "content": sha256(content)}
        moment = utc_text(now)
        with self._store.writing() as connection:
            if not reference:
                new = NewEntry(EntryKind.EXPORT, "", new_request_id(), moment, body)
                return self._append(connection, new, {})
            entries = self._entries_of(connection, reference)
            new = NewEntry(EntryKind.EXPORT, entries[0].reference, new_request_id(), moment, body)
            return self._append_about(connection, entries, new, {})[0]


def export_line(entry: Entry) -> str:
    """An entry as one line of canonical JSON."""
    return canonical(
        {
            "sequence": entry.sequence,
            "kind": entry.kind.value,
            "reference": entry.reference,
            "request_id": entry.request_id,
            "recorded_at": entry.recorded_at,
            "body": entry.body,
            "previous_hash": entry.previous_hash,
            "hash": entry.hash,
        }
    )
