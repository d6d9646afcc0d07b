"""Approvals: what waits, deciding on it, handing in, and looking at a record again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from starlette.responses import Response

from bot.accounts import Action
from bot.channels.office import record_words
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.record_pages import NOT_NOW, ONE, PATH, RecordPages, not_now, said
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.decision_log import NotAllowed, Record

INBOX = "/approvals"
_Act = Callable[[Record, str], object]
"""Does something about a record, with the words that were typed."""


class ApprovalPages:
    """The list of what waits, and what managers and authors do about a record."""

    def __init__(self, shelf: Shelf, records: RecordPages) -> None:
        self._shelf = shelf
        self._records = records

    def pages(self) -> tuple[Page, ...]:
        decide, back = Action.APPROVAL_DECIDE, ONE
        return (
            Page(INBOX, decide, get=self._inbox, nav=record_words.INBOX_TITLE, about=record_words.INBOX_ABOUT),
            Page(f"{ONE}/approve", decide, post=self._approve, back=back),
            Page(f"{ONE}/approve-unknown", decide, post=self._approve_unknown, back=back),
            Page(f"{ONE}/return", decide, post=self._return, back=back),
            Page(f"{ONE}/take-over", decide, post=self._take_over, back=back),
            Page(f"{ONE}/review", Action.RECORD_REVIEW, post=self._review, back=back),
            Page(f"{ONE}/submit", Action.RECORD_CORRECT, post=self._submit, back=back),
        )

    def _inbox(self, visit: Visit) -> Response:
        shelf, now = self._shelf, self._shelf.clock()
        inbox = shelf.log.inbox(now, whose=shelf.readable(visit.account))
        overdue, reviews = inbox.overdue, inbox.reviews_due
        late = {record.reference for record in overdue}
        waiting = tuple(record for record in inbox.waiting if record.reference not in late)
        listed = {"waiting": inbox.waiting, "overdue": overdue, "reviews_due": reviews}
        people = {record.author for record in (*waiting, *overdue, *reviews)}
        return visit.page(
            "approvals.html", record_words.INBOX_TITLE, waiting=waiting, overdue=overdue, reviews=reviews, shelf=shelf,
            w=record_words, names=visit.accounts.people.names(people - {""}),
            more=any(inbox.counts[name] > len(records) for name, records in listed.items()),
        )  # fmt: skip

    def _approve(self, visit: Visit) -> Response:
        def act(record: Record, note: str) -> object:
            now, read = self._shelf.clock(), _read(visit)
            return self._shelf.log.approve(record.reference, visit.account.id, now, note, read)

        return self._done(visit, "note", act, needed=False)

    def _approve_unknown(self, visit: Visit) -> Response:
        """Approves a record of which nobody knows who made it, once the manager says that it was somebody else."""
        if visit.fields.one("not-mine") != "yes":
            return self._wrong(visit, FieldProblem("not-mine", record_words.NEEDS_NOT_MINE))

        def act(record: Record, note: str) -> object:
            now, read = self._shelf.clock(), _read(visit)
            return self._shelf.log.approve_of_unknown(record.reference, visit.account.id, now, note, read)

        return self._done(visit, "note", act, needed=False)

    def _return(self, visit: Visit) -> Response:
        def act(record: Record, reason: str) -> object:
            return self._shelf.log.return_(record.reference, visit.account.id, reason, self._shelf.clock())

        return self._done(visit, "return-reason", act)

    def _take_over(self, visit: Visit) -> Response:
        def act(record: Record, reason: str) -> object:
            return self._shelf.log.take_over(record.reference, visit.account.id, reason, self._shelf.clock())

        return self._done(visit, "take-over-reason", act)

    def _review(self, visit: Visit) -> Response:
        typed = visit.fields.one("next")
        following = _day(typed)
        if typed and following is None:
            return self._wrong(visit, FieldProblem("next", record_words.BAD_DATE))

        def act(record: Record, note: str) -> object:
            return self._shelf.log.review(record.reference, visit.account.id, note, self._shelf.clock(), following)

        return self._done(visit, "review-note", act)

    def _submit(self, visit: Visit) -> Response:
        """Hands in again what was returned. What nobody signed in for is handed in by its link (hand_in_pages.py)."""

        def act(record: Record, _: str) -> object:
            if record.author != visit.account.id:
                raise NotAllowed(*record_words.NOT_HANDED_IN_HERE)
            return self._shelf.log.submit(record.reference, visit.account.id, self._shelf.clock())

        return self._done(visit, "", act, needed=False)

    def _done(self, visit: Visit, field: str, act: _Act, *, needed: bool = True) -> Response:
        """Does `act` with the text of `field`, once nothing in it identifies anybody."""
        record = self._records.record_for(visit)
        if isinstance(record, Response):
            return record
        text = visit.fields.one(field) if field else ""
        if needed and not text:
            return self._wrong(visit, FieldProblem(field, record_words.NEEDS_TEXT))
        found = self._shelf.identifying(text) if text else ()
        if found:
            problem = FieldProblem(field, record_words.IDENTIFIES.format(found=", ".join(found).lower()))
            return self._wrong(visit, problem)
        try:
            act(record, text)
        except NOT_NOW as error:
            return not_now(self._wrong(visit, *said(field or "content", error)))
        return visit.go(f"{ROOT}{PATH}/{record.reference}")

    def _wrong(self, visit: Visit, problem: FieldProblem) -> Response:
        """The page of the record with what is wrong, and with what was typed."""
        record = self._records.record_for(visit)
        if isinstance(record, Response):
            return record
        names = ("note", "return-reason", "take-over-reason", "review-note", "next", "not-mine")
        return self._records.show(visit, record, [problem], {name: visit.fields.one(name) for name in names})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _read(visit: Visit) -> int | None:
    """How many corrections stood on the page from which the form came; None where it does not say."""
    told = visit.fields.one("corrections")
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= 9 else None
