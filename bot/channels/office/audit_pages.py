"""The audit report as a page with charts, and as a PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from bot.accounts import Action
from bot.channels.office import audit_words
from bot.channels.office.days import Days, day_of
from bot.channels.office.declaring import Page
from bot.channels.office.export_pages import handed_over
from bot.channels.office.shelf import Shelf
from bot.channels.office.view import FieldProblem
from bot.channels.office.visit import Visit
from bot.exports import MOST_DAYS, Report, Table, audit_notes, audit_pdf, audit_report
from bot.exports import audit_words as report_words

PATH = "/audit"
_DAYS_SHOWN = 90
_ROW, _LABELS, _BARS = 24, 130, 150
"""Of a chart, in units of its drawing: the height of a row, and the widths of labels and of the longest bar."""


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: the place of its text, its length, its label and its number."""

    y: int
    length: float
    label: str
    shown: str


@dataclass(frozen=True)
class Chart:
    """A chart of horizontal bars. The template draws it; all of it is data."""

    height: int
    bars: tuple[Bar, ...]
    row: int = _ROW
    labels: int = _LABELS
    width: int = _LABELS + _BARS + 90


def chart_of(table: Table) -> Chart:
    """The bars of a table. A hidden number has no bar, and its text says so."""
    bars = (
        Bar(place * _ROW, round(row.share * _BARS, 1), row.label, row.shown) for place, row in enumerate(table.rows)
    )
    return Chart(len(table.rows) * _ROW, tuple(bars))


class AuditPages:
    """The report of a period: by default of the last ninety days."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def pages(self) -> tuple[Page, ...]:
        return (
            Page(
                PATH, Action.AUDIT_READ, get=self._show, post=self._save, nav=report_words.REPORT_TITLE,
                about=report_words.REPORT_ABOUT,
            ),
        )  # fmt: skip

    def _show(self, visit: Visit) -> Response:
        query = visit.request.query_params
        given = [query.get(name, "").replace("\0", "").strip()[:20] for name in ("since", "until")]
        if any(given):
            return self._page(visit, Days(*given))
        today = self._shelf.clock().date()
        return self._page(visit, Days((today - timedelta(days=_DAYS_SHOWN)).isoformat(), today.isoformat()))

    def _save(self, visit: Visit) -> Response:
        days = Days(visit.fields.one("since"), visit.fields.one("until"))
        if list(_problems(days)):
            return self._page(visit, days)
        report, now = self._report(days), self._shelf.clock()
        # What the report says is named by its period: the numbers follow from the log.
        named = json.dumps({"since": days.since, "until": days.until, "made_at": now.isoformat()})
        pdf = audit_pdf(report)
        self._shelf.log.note_export("audit-report", named, visit.account.id, now)
        return handed_over(f"sharewell-audit-{days.since}-{days.until}.pdf", "application/pdf", pdf)

    def _page(self, visit: Visit, days: Days) -> Response:
        problems = list(_problems(days))
        report = None if problems else self._report(days)
        return visit.page(
            "audit.html", report_words.REPORT_TITLE, problems=problems, given=days, w=audit_words, rw=report_words,
            report=report, notes=audit_notes(report) if report else [], counted=_tells_questions(report),
            charts=[(table, chart_of(table)) for table in report.tables] if report else [],
        )  # fmt: skip

    def _report(self, days: Days) -> Report:
        first, last = day_of(days.since), day_of(days.until)
        assert first is not None and last is not None  # _problems found none
        shelf = self._shelf
        return audit_report(shelf.log, shelf.knowledge(), first, last, shelf.clock(), shelf.asked(first, last))


def _tells_questions(report: Report | None) -> bool:
    return report is not None and any(table.title == report_words.ASKED_TITLE for table in report.tables)


def _problems(days: Days) -> Iterator[FieldProblem]:
    if not (days.since and days.until):
        yield FieldProblem("since" if not days.since else "until", audit_words.NEEDS_BOTH)
        return
    found = list(days.problems())
    yield from found
    first, last = day_of(days.since), day_of(days.until)
    if not found and first and last and (last - first).days > MOST_DAYS:
        yield FieldProblem("since", audit_words.TOO_LONG)
