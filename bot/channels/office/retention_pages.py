"""Retention: what is due and on hold, deciding on one record, and erasing the list that was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.responses import Response

from bot.accounts import Account, Action, may
from bot.channels.office import record_words, retention_words
from bot.channels.office.days import day_of
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.record_pages import NOT_NOW, RecordPages, not_now, said
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.decision_log import (
    Record,
    RecordSummary,
    RetentionState,
    Search,
    UnknownReference,
    Whose,
    parse_reference,
)

PATH = "/retention"
ONE = f"{PATH}/{{reference}}"
ERASE = f"{PATH}/erase"
_LISTED = 100
_LONGEST = 500
_FIELDS = ("agree-reason", "keep-reason", "keep-day", "hold-reason", "release-reason")
_Act = Callable[[str, str], object]
"""Does something about the record of a reference, with the reason that was typed."""


class RetentionPages:
    """Managers agree, keep and hold; the administrator runs the erasure; the auditor looks."""

    def __init__(self, shelf: Shelf, records: RecordPages) -> None:
        self._shelf = shelf
        self._records = records

    def pages(self) -> tuple[Page, ...]:
        reads, review = Action.RETENTION_READ, Action.RECORD_REVIEW
        return (
            Page(
                PATH, reads, get=self._list, nav=retention_words.RETENTION_TITLE, about=retention_words.RETENTION_ABOUT
            ),
            Page(ONE, reads, get=self._one),
            Page(f"{ONE}/agree", Action.IDENTITY_ERASE, post=self._agree, back=ONE),
            Page(f"{ONE}/keep", review, post=self._keep, back=ONE),
            Page(f"{ONE}/hold", review, post=self._hold, back=ONE),
            Page(f"{ONE}/release", review, post=self._release, back=ONE),
            Page(ERASE, Action.RETENTION_RUN, get=self._ask_to_erase, post=self._erase),
        )

    # ---- the lists

    def _list(self, visit: Visit) -> Response:
        typed = visit.request.query_params.get("reference", "").replace("\0", "").strip()[:40]
        problems = []
        if typed:
            try:
                return visit.go(f"{ROOT}{PATH}/{parse_reference(typed)}")
            except UnknownReference:
                problems = [FieldProblem("reference", retention_words.UNKNOWN_REFERENCE)]
        whose = self._listed_to(visit.account)
        due = self._shelf.log.retention_due(self._shelf.clock(), whose=whose)
        held, agreed = self._in_state(RetentionState.HELD, whose), self._in_state(RetentionState.AGREED, whose)
        return visit.page(
            "retention.html", retention_words.RETENTION_TITLE, problems=problems, w=retention_words, typed=typed,
            shelf=self._shelf, erasable=due.erasable, waiting=due.waiting[:_LISTED],
            more=len(due.waiting) > _LISTED, held=held, agreed=agreed, decides=may(visit.account, Action.RECORD_LIST),
            runs=may(visit.account, Action.RETENTION_RUN) and bool(due.erasable), area=self._area,
        )  # fmt: skip

    def _in_state(self, state: RetentionState, whose: Whose | None) -> tuple[RecordSummary, ...]:
        return self._shelf.log.search(Search(retention=state, whose=whose, limit=_LISTED)).records

    def _listed_to(self, account: Account) -> Whose | None:
        """The administrator sees what the list says of every record, and reads none; others see what they may read."""
        return None if may(account, Action.RETENTION_RUN) else self._shelf.readable(account)

    def _area(self, area_id: str) -> str:
        area = self._shelf.knowledge().areas.get(area_id)
        return area.name if area else area_id

    # ---- one record

    def _one(self, visit: Visit) -> Response:
        record = self._records.record_for(visit)
        return record if isinstance(record, Response) else self._show(visit, record, [])

    def _show(self, visit: Visit, record: Record, problems: Sequence[FieldProblem]) -> Response:
        may_now = record.erased_at is None
        return visit.page(
            "retention_one.html", retention_words.ONE_TITLE.format(reference=record.reference), problems=problems,
            record=record, w=retention_words, states=record_words.RETENTION,
            given={name: visit.fields.one(name) for name in _FIELDS},
            agrees=may_now and may(visit.account, Action.IDENTITY_ERASE),
            reviews=may_now and may(visit.account, Action.RECORD_REVIEW),
        )  # fmt: skip

    def _agree(self, visit: Visit) -> Response:
        by, now = visit.account.id, self._shelf.clock()
        return self._done(visit, "agree-reason", lambda ref, why: self._shelf.log.agree_to_erase(ref, by, why, now))

    def _hold(self, visit: Visit) -> Response:
        by, now = visit.account.id, self._shelf.clock()
        return self._done(visit, "hold-reason", lambda ref, why: self._shelf.log.hold(ref, by, why, now))

    def _release(self, visit: Visit) -> Response:
        by, now = visit.account.id, self._shelf.clock()
        return self._done(visit, "release-reason", lambda ref, why: self._shelf.log.release(ref, by, why, now))

    def _keep(self, visit: Visit) -> Response:
        by, now = visit.account.id, self._shelf.clock()
        day = day_of(visit.fields.one("keep-day"))
        if day is None or day <= now.date():
            record = self._records.record_for(visit)
            wrong = [FieldProblem("keep-day", retention_words.BAD_DAY)]
            return record if isinstance(record, Response) else self._show(visit, record, wrong)
        return self._done(visit, "keep-reason", lambda ref, why: self._shelf.log.keep_until(ref, by, day, why, now))

    def _done(self, visit: Visit, field: str, act: _Act) -> Response:
        """Does `act` with the reason in `field`, once it is one, and nothing in it identifies anybody."""
        record = self._records.record_for(visit)
        if isinstance(record, Response):
            return record
        reason = visit.fields.one(field)
        problem = self._wrong_with(reason)
        if problem:
            return self._show(visit, record, [FieldProblem(field, problem)])
        try:
            act(record.reference, reason)
        except NOT_NOW as error:
            return not_now(self._show(visit, record, said(field, error)))
        return visit.go(f"{ROOT}{PATH}/{record.reference}")

    def _wrong_with(self, reason: str) -> str:
        if not reason:
            return record_words.NEEDS_TEXT
        if len(reason) > _LONGEST:
            return retention_words.TOO_LONG
        found = self._shelf.identifying(reason)
        return record_words.IDENTIFIES.format(found=", ".join(found).lower()) if found else ""

    # ---- erasing

    def _ask_to_erase(self, visit: Visit) -> Response:
        return self._ask(visit, [])

    def _ask(self, visit: Visit, problems: Sequence[FieldProblem]) -> Response:
        due = self._shelf.log.retention_due(self._shelf.clock())
        return visit.page(
            "retention_erase.html", retention_words.ERASE_TITLE, problems=problems, w=retention_words, due=due,
            shelf=self._shelf, area=self._area,
        )  # fmt: skip

    def _erase(self, visit: Visit) -> Response:
        if not visit.fields.one("read"):
            return self._ask(visit, [FieldProblem("read", retention_words.ERASE_NOT_READ)])
        # A list that has changed since it was shown has another digest: then nothing is erased.
        erased = self._shelf.log.erase_due(visit.fields.one("digest"), visit.account.id, self._shelf.clock())
        return visit.page(
            "retention_erased.html", retention_words.ERASED_TITLE, w=retention_words, erased=erased,
            traces=not all(receipt.traces_cleared for receipt in erased),
        )  # fmt: skip
