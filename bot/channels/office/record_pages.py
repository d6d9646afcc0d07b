"""Records: finding them, one record as a timeline, and the screens of its walk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus

from starlette.responses import Response

from bot.accounts import Action, may
from bot.channels.office import record_words
from bot.channels.office.declaring import ROOT, Page
from bot.channels.office.finding import FIELD, Asked, asked_in, options_of, searchable
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.decision_log import (
    NOT_RECORDED,
    ClockSetBack,
    EntryKind,
    Event,
    FieldValue,
    LogUnavailable,
    Record,
    RecordStatus,
    Search,
    UnknownReference,
    parse_reference,
)
from bot.errors import SharewellError

PATH = "/records"
ONE = f"{PATH}/{{reference}}"
LONGEST_WORDS = 500
"""Characters of a reason or a note, as the log takes them."""

_ACT_FIELDS = ("note", "return-reason", "take-over-reason", "review-note")
"""The fields of the forms on the page of a record that take words."""


class RecordPages:
    """The pages that read records. Who may read which is the shelf's to say."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def pages(self) -> tuple[Page, ...]:
        listed = Action.RECORD_LIST
        return (
            Page(PATH, listed, get=self._find, nav=record_words.RECORDS_TITLE, about=record_words.RECORDS_ABOUT),
            Page(ONE, listed, get=self._one),
            Page(f"{ONE}/screens", listed, get=self._screens),
        )

    def record_for(self, visit: Visit) -> Record | Response:
        """The record of the address, or the page that says why it cannot be shown.

        Words for it that are longer than the log takes bring its page back, with what was typed.
        """
        try:
            record = self._shelf.log.show(visit.parameters["reference"])
        except UnknownReference:
            return visit.problem(HTTPStatus.NOT_FOUND, *record_words.UNKNOWN)
        if self._shelf.may_read(visit.account, record.author, record.responsible):
            typed = {name: visit.fields.one(name) for name in (*_ACT_FIELDS, "next")}
            long = [FieldProblem(name, too_long()) for name in _ACT_FIELDS if len(typed[name]) > LONGEST_WORDS]
            return self.show(visit, record, long, typed) if long else record
        visit.accounts.events.denied(Action.RECORD_READ_TEAM, visit.account.id)
        return visit.problem(HTTPStatus.FORBIDDEN, *record_words.NOT_YOURS)

    def corrects(self, visit: Visit, record: Record) -> bool:
        """Whether this person may correct the record: who made it, who answers for it, or a manager of the team.

        Whoever may read all records, and for that reason alone may read this one, does not.
        """
        account = visit.account
        if not may(account, Action.RECORD_CORRECT):
            return False
        if account.id in (record.author, record.responsible):
            return True
        if not may(account, Action.RECORD_READ_TEAM):
            return False
        return not record.author or record.author in visit.accounts.people.colleagues(account)

    def shown(self, fields: Mapping[str, FieldValue]) -> Iterator[tuple[str, str]]:
        """Label and value of each field as people read them; what was left blank says so."""
        for name, value in fields.items():
            for label, text in self._shelf.rows({name: value}):
                yield label, record_words.BLANK if value.choices == (NOT_RECORDED,) else text

    def show(self, visit: Visit, record: Record, problems: list[FieldProblem], given: Mapping[str, str]) -> Response:
        """The page of one record; with what was typed, where something is wrong with it."""
        shelf = self._shelf
        people = {event.by for event in record.events} | {record.author, record.responsible}
        return visit.page(
            "record.html", record.reference, problems=problems, record=record, given=given, w=record_words,
            check=shelf.check_title(record.check_id), names=visit.accounts.people.names(people - {""}),
            outcome=shelf.outcome_title(record.check_id, record.outcome_id), rows=tuple(self.shown(record.fields)),
            area=self._area(record.area), waiting=record.status is RecordStatus.WAITING_FOR_APPROVAL,
            own=visit.account.id in record.makers, corrected=visit.account.id in record.correctors,
            hands_in=_hands_in(visit, record), acts=_acts(visit, record), now=shelf.clock(),
            corrects=record.erased_at is None and self.corrects(visit, record), longest_words=LONGEST_WORDS,
            changes={event.sequence: self._changes(record, event) for event in record.events},
            corrections=sum(event.kind is EntryKind.CORRECTION for event in record.events),
        )  # fmt: skip

    def _find(self, visit: Visit) -> Response:
        query = visit.request.query_params
        asked = asked_in(query, self._shelf.knowledge())
        if "" in query.values():  # a form sends what was left empty, too: the address is to be short, and kept
            return visit.go(f"{ROOT}{PATH}" + (f"?{asked.query}" if asked.query else ""))
        if asked.reference:
            try:
                return visit.go(f"{ROOT}{PATH}/{parse_reference(asked.reference)}")
            except UnknownReference as error:
                return self._list(visit, asked, [FieldProblem("reference", f"{error.message} {error.remedy}")])
        return self._list(visit, asked, list(asked.days.problems()))

    def _list(self, visit: Visit, asked: Asked, problems: list[FieldProblem]) -> Response:
        search = Search() if problems else asked.search()
        page = self._shelf.found(visit.account, search)
        knowledge = self._shelf.knowledge()
        decision = knowledge.fields.get("decision")
        return visit.page(
            "records.html", record_words.RECORDS_TITLE, problems=problems, asked=asked, page=page, w=record_words,
            shelf=self._shelf, names=visit.accounts.people.names({each.author for each in page.records} - {""}),
            status_options=[(label, status.value) for status, label in record_words.STATUSES.items()],
            checks=sorted((check.title, check.id) for check in knowledge.checks.values()),
            decisions=[(option.label, option.id) for option in decision.options] if decision else [],
            outcomes=self._shelf.outcomes(), areas=sorted((area.name, area.id) for area in knowledge.areas.values()),
            fields=[
                (f"{FIELD}{field.id}", field.label, [(label, option) for option, label in options_of(field)],
                 asked.choices.get(field.id, ""))
                for field in searchable(knowledge)
            ],
        )  # fmt: skip

    def _one(self, visit: Visit) -> Response:
        record = self.record_for(visit)
        return record if isinstance(record, Response) else self.show(visit, record, [], {})

    def _screens(self, visit: Visit) -> Response:
        record = self.record_for(visit)
        if isinstance(record, Response):
            return record
        replay = self._shelf.replay(record)
        return visit.page("screens.html", record_words.SCREENS_TITLE, record=record, replay=replay, w=record_words)

    def _changes(self, record: Record, event: Event) -> list[tuple[str, str, str]]:
        """Of each field that a correction changed: its label, the earlier value and the new one."""
        changes = []
        for name in event.body["fields"] if event.kind is EntryKind.CORRECTION else ():
            versions = record.history[name]
            place = next(place for place, version in enumerate(versions) if version.sequence == event.sequence)
            earlier, later = (self._value(name, version.value) for version in versions[place - 1 : place + 1])
            field = self._shelf.knowledge().fields.get(name)
            changes.append((field.label if field else name, earlier, later))
        return changes

    def _value(self, name: str, value: FieldValue | None) -> str:
        # Words that were erased leave an empty value behind.
        return next((text for _, text in self.shown({name: value}) if text), "") if value else ""

    def _area(self, area_id: str) -> str:
        area = self._shelf.knowledge().areas.get(area_id)
        return area.name if area else area_id


def too_long(longest: int = LONGEST_WORDS) -> str:
    """What is said of words that are longer than `longest` characters."""
    return record_words.TOO_LONG.format(longest=f"{longest:,}")


NOT_NOW = (LogUnavailable, ClockSetBack)
"""What keeps the log from taking anything now. What was typed must not be lost by it."""


def not_now(page: Response) -> Response:
    """`page`, which holds what was typed, as the answer to somebody whom the log could not serve."""
    page.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return page


def said(field: str, error: SharewellError) -> list[FieldProblem]:
    """An error as what is wrong at a field."""
    return [FieldProblem(field, f"{error.message} {error.remedy}")]


def text_problem(shelf: Shelf, field: str, text: str, longest: int = LONGEST_WORDS) -> FieldProblem | None:
    """What is wrong with words that must be given: missing, too long, or about somebody who can be told from them."""
    if not text:
        return FieldProblem(field, record_words.NEEDS_TEXT)
    if len(text) > longest:
        return FieldProblem(field, too_long(longest))
    found = shelf.identifying(text)
    return FieldProblem(field, record_words.IDENTIFIES.format(found=", ".join(found).lower())) if found else None


def _hands_in(visit: Visit, record: Record) -> bool:
    """Whether this person may hand the record in here: their own, once it was returned."""
    return record.author == visit.account.id and record.status is RecordStatus.RETURNED


def _acts(visit: Visit, record: Record) -> frozenset[Action]:
    """What of the acts on a record this person may do at all; the log has the last word."""
    acts = (
        Action.APPROVAL_DECIDE, Action.RECORD_REVIEW, Action.IDENTITY_READ, Action.RECORD_CORRECT, Action.LOG_EXPORT,
    )  # fmt: skip
    gone = record.erased_at is not None
    return frozenset() if gone else frozenset(act for act in acts if may(visit.account, act))
