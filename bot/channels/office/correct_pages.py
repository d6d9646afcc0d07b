"""Correcting a record: one field at a time, with the reason. What was confirmed stays in its entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from starlette.responses import Response

from bot.accounts import Action
from bot.channels.office import record_words
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.record_pages import (
    LONGEST_WORDS,
    NOT_NOW,
    ONE,
    PATH,
    RecordPages,
    not_now,
    said,
    text_problem,
)
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Fields, Visit
from bot.decision_log import NOT_RECORDED, FieldValue, Record, RecordErased, must_wait_again, new_request_id
from bot.knowledge import RecordField

LONGEST_TEXT = 2000
"""Characters of one text of a record, as the log takes them."""


@dataclass(frozen=True)
class _Given:
    """What stands in the form: options, words, a day and the reason. `request` makes sending it twice harmless."""

    chosen: tuple[str, ...]
    text: str
    day: str
    reason: str
    request: str

    def value(self, field: RecordField) -> FieldValue:
        return FieldValue(self.chosen, self.day if field.kind == "date" else self.text)


class CorrectPages:
    """The form for one field, behind the list of all fields that somebody may correct."""

    def __init__(self, shelf: Shelf, records: RecordPages) -> None:
        self._shelf = shelf
        self._records = records

    def pages(self) -> tuple[Page, ...]:
        return (Page(f"{ONE}/correct", Action.RECORD_CORRECT, get=self._ask, post=self._correct, back=ONE),)

    def _ask(self, visit: Visit) -> Response:
        record = self._record_for(visit)
        if isinstance(record, Response):
            return record
        field = self._field(visit.request.query_params.get("field", ""))
        if field is None:
            return self._list(visit, record)
        standing = record.fields.get(field.id, FieldValue())
        dated = field.kind == "date"
        given = _Given(
            standing.choices, "" if dated else standing.text, standing.text if dated else "", "", new_request_id()
        )
        return self._form(visit, record, field, given, [])

    def _correct(self, visit: Visit) -> Response:
        record = self._record_for(visit)
        if isinstance(record, Response):
            return record
        field = self._field(visit.fields.one("field"))
        if field is None:
            return self._list(visit, record)
        given = _given(visit.fields)
        problems = self._problems(record, field, given)
        if problems:
            return self._form(visit, record, field, given, problems)
        values = {field.id: given.value(field)}
        try:
            self._shelf.log.correct(
                record.reference, values, given.reason, visit.account.id, self._shelf.clock(), given.request
            )
        except NOT_NOW as error:
            return not_now(self._form(visit, record, field, given, said("reason", error)))
        return visit.go(f"{ROOT}{PATH}/{record.reference}")

    def _record_for(self, visit: Visit) -> Record | Response:
        """The record of the address where this person may correct it, or the page that says why not."""
        record = self._records.record_for(visit)
        if isinstance(record, Response):
            return record
        if not self._records.corrects(visit, record):
            visit.accounts.events.denied(Action.RECORD_CORRECT, visit.account.id)
            return visit.problem(HTTPStatus.FORBIDDEN, *record_words.NOT_TO_CORRECT)
        if record.erased_at is not None:
            return visit.failed(RecordErased(record.erased_at.date().isoformat()))
        return record

    def _field(self, field_id: str) -> RecordField | None:
        field = self._shelf.knowledge().fields.get(field_id)
        return None if field is None or field.kind == "automatic" else field

    def _problems(self, record: Record, field: RecordField, given: _Given) -> list[FieldProblem]:
        shelf, value = self._shelf, given.value(field)
        reason = text_problem(shelf, "reason", given.reason)
        problems = [self._value_problem(field, value), reason]
        # A form that was sent twice finds its own correction in place: the log answers with the first receipt.
        written = any(entry.request_id == given.request for entry in record.entries)
        if problems[0] is None and _same(value, record.fields.get(field.id)) and not written:
            problems[0] = FieldProblem(_first_id(field), record_words.SAME_VALUE)
        return [problem for problem in problems if problem is not None]

    def _value_problem(self, field: RecordField, value: FieldValue) -> FieldProblem | None:
        first = _first_id(field)
        known = {option for option, _, _ in _options(field)}
        if not known.issuperset(value.choices) or not (value.choices or value.text):
            return FieldProblem(first, record_words.NEEDS_VALUE)
        if NOT_RECORDED in value.choices and (len(value.choices) > 1 or value.text):
            return FieldProblem(first, record_words.BLANK_OR_VALUE)
        if field.kind == "date":
            return _day_problem(value)
        return text_problem(self._shelf, "text", value.text, LONGEST_TEXT) if value.text else None

    def _list(self, visit: Visit, record: Record) -> Response:
        standing = dict(self._records.shown(record.fields))
        rows = [
            (field.id, field.label, standing.get(field.label, record_words.BLANK))
            for field in self._shelf.knowledge().fields.values() if field.kind != "automatic"
        ]  # fmt: skip
        return visit.page("correct_list.html", record_words.CORRECT_TITLE, record=record, rows=rows, w=record_words)

    def _form(
        self, visit: Visit, record: Record, field: RecordField, given: _Given, problems: Sequence[FieldProblem]
    ) -> Response:
        return visit.page(
            "correct.html", record_words.CORRECT_FIELD_TITLE.format(field=field.label), problems=problems,
            record=record, field=field, given=given, w=record_words, longest=LONGEST_TEXT, longest_words=LONGEST_WORDS,
            options=_options(field), several=_several(field),
            words_too=field.kind == "text" or (field.kind in ("choice", "choices") and field.may_add_text),
            waits_again=must_wait_again(record.status, record.responsible, visit.account.id),
        )  # fmt: skip


def _given(fields: Fields) -> _Given:
    chosen = tuple(dict.fromkeys(option for option in fields.all("choice") if option))
    text, reason = (fields.one(name).replace("\r\n", "\n") for name in ("text", "reason"))
    return _Given(chosen, text, fields.one("day"), reason, fields.one("request"))


def _day_problem(value: FieldValue) -> FieldProblem | None:
    if value.choices and value.text:
        return FieldProblem("day", record_words.BLANK_OR_VALUE)
    return FieldProblem("day", record_words.BAD_DATE) if value.text and not _is_day(value.text) else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _options(field: RecordField) -> tuple[tuple[str, str, str], ...]:
    """The options to offer: id and label, without a hint.

    Those of a date are spans from the day of the decision, so a correction gives the day.
    """
    offered = () if field.kind == "date" else field.options
    return (*((option.id, option.label, "") for option in offered), (NOT_RECORDED, record_words.BLANK_OPTION, ""))


def _same(value: FieldValue, standing: FieldValue | None) -> bool:
    return standing is not None and (set(value.choices), value.text) == (set(standing.choices), standing.text)


def _several(field: RecordField) -> bool:
    """Whether the options are boxes: several may be ticked, or the only one is to leave the field blank."""
    return field.kind == "choices" or len(_options(field)) == 1


def _first_id(field: RecordField) -> str:
    """The id of the first thing in the form of a field."""
    return {"text": "text", "date": "day"}.get(field.kind, "choice")
