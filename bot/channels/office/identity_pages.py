"""Identifying details of a record: read on record, with a reason, and shown once."""

from __future__ import annotations

from starlette.responses import Response

from bot.accounts import Action
from bot.channels.office import record_words
from bot.channels.office.declaring import Page
from bot.channels.office.record_pages import ONE, RecordPages, text_problem
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.decision_log import Record


class IdentityPages:
    """The one page on which the details of a record can be read."""

    def __init__(self, shelf: Shelf, records: RecordPages) -> None:
        self._shelf = shelf
        self._records = records

    def pages(self) -> tuple[Page, ...]:
        return (Page(f"{ONE}/identity", Action.IDENTITY_READ, get=self._ask, post=self._read),)

    def _ask(self, visit: Visit) -> Response:
        record = self._records.record_for(visit)
        return record if isinstance(record, Response) else self._form(visit, record, [])

    def _read(self, visit: Visit) -> Response:
        record = self._records.record_for(visit)
        if isinstance(record, Response):
            return record
        reason = visit.fields.one("reason")
        problem = text_problem(self._shelf, "reason", reason)
        if problem is not None:
            return self._form(visit, record, [problem])
        details = self._shelf.log.read_identity(record.reference, visit.account.id, reason, self._shelf.clock())
        rows = [(record_words.DETAILS[name], text) for name, text in details.items()]
        return visit.page(
            "identity_read.html", record_words.READ_NOW_TITLE, record=record, rows=rows, w=record_words
        )

    def _form(self, visit: Visit, record: Record, problems: list[FieldProblem]) -> Response:
        return visit.page(
            "identity.html", record_words.READ_TITLE, problems=problems, record=record, w=record_words,
            reason=visit.fields.one("reason"),
        )  # fmt: skip
