"""Export: choosing records, and handing the file over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from starlette.responses import Response

from bot.accounts import Action
from bot.channels.office import export_words
from bot.channels.office.days import Days
from bot.channels.office.declaring import Page
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.decision_log import Record, RecordSummary, UnknownReference, parse_reference
from bot.exports import ExportError, ExportRefused, Format, FreeText, Made, Order, Scope, ScopeKind, make_export

PATH = "/export"
_WHATS = [(kind.value, *told) for kind, told in export_words.WHATS.items()]
_FORMATS = [(form.value, *told) for form, told in export_words.FORMATS.items()]


@dataclass(frozen=True)
class _Given:
    """What stands in the form."""

    what: str = ""
    references: str = ""
    since: str = ""
    until: str = ""
    format: str = ""
    text: str = ""

    @property
    def days(self) -> Days:
        return Days(self.since, self.until)

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(self.references.replace(",", " ").split())

    def problems(self) -> Iterator[FieldProblem]:
        """What is missing or wrong, in the order of the form."""
        if self.what not in {kind.value for kind in export_words.WHATS}:
            yield FieldProblem("what", export_words.NEEDS_WHAT)
        elif self.what != ScopeKind.PERIOD.value:
            yield from self._reference_problems()
        elif not (self.since or self.until):
            yield FieldProblem("since", export_words.NEEDS_DAYS)
        else:
            yield from self.days.problems()
        if self.format not in {form.value for form in Format}:
            yield FieldProblem("format", export_words.NEEDS_FORMAT)

    def _reference_problems(self) -> Iterator[FieldProblem]:
        if not self.named:
            yield FieldProblem("references", export_words.NEEDS_REFERENCE)
        for reference in self.named:
            try:
                parse_reference(reference)
            except UnknownReference as error:
                yield FieldProblem("references", f"{error.message} {error.remedy}")
                return

    def order(self, by: str) -> Order:
        """What is asked for, once nothing is wrong with it."""
        kind, days = ScopeKind(self.what), self.days
        period = kind is ScopeKind.PERIOD
        scope = Scope(kind, since=days.begin, until=days.end) if period else Scope(kind, self.named)
        return Order(scope, Format(self.format), FreeText.INCLUDED if self.text else FreeText.LEFT_OUT, by)


class ExportPages:
    """One form, and the file that it makes."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def pages(self) -> tuple[Page, ...]:
        return (
            Page(
                PATH, Action.LOG_EXPORT, get=self._ask, post=self._make, nav=export_words.EXPORT_TITLE,
                about=export_words.EXPORT_ABOUT,
            ),
        )  # fmt: skip

    def _ask(self, visit: Visit) -> Response:
        reference = visit.request.query_params.get("reference", "").replace("\0", "")[:20]
        return _form(visit, _Given(ScopeKind.RECORD.value, reference, format=Format.ZIP.value), [])

    def _make(self, visit: Visit) -> Response:
        given = _Given(**{name: visit.fields.one(name) for name in vars(_Given())})
        problems = list(given.problems())
        if problems:
            return _form(visit, given, problems)
        try:
            made = self._made(visit, given)
        except (ExportError, UnknownReference) as error:
            if isinstance(error, ExportRefused):
                visit.accounts.events.denied(Action.LOG_EXPORT, visit.account.id)
            field = "since" if given.what == ScopeKind.PERIOD.value else "references"
            return _form(visit, given, [FieldProblem(field, f"{error.message} {error.remedy}")])
        return handed_over(made.name, made.media_type, made.content)

    def _made(self, visit: Visit, given: _Given) -> Made:
        shelf, account = self._shelf, visit.account

        @cache
        def readable(author: str, responsible: str) -> bool:
            return shelf.may_read(account, author, responsible)

        def may_read(record: Record | RecordSummary) -> bool:
            return readable(record.author, record.responsible)

        return make_export(shelf.log, given.order(account.id), shelf.knowledge(), shelf.clock(), may_read)


def handed_over(name: str, media_type: str, content: bytes) -> Response:
    """A file for the browser to save. The frame adds that nobody may keep it on the way."""
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _form(visit: Visit, given: _Given, problems: list[FieldProblem]) -> Response:
    return visit.page(
        "export.html", export_words.EXPORT_TITLE, problems=problems, given=given, w=export_words, whats=_WHATS,
        formats=_FORMATS,
    )  # fmt: skip
