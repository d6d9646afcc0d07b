"""The audit report of a log: its numbers, what it hides, and its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.decision_log import DecisionLog
from bot.exports import Report, Row, audit_pdf, audit_report, audit_words
from bot.knowledge import reading
from tests.exports.export_support import NOW, knowledge, open_log, recorded
from tests.support.pdf import inside, words_of

MONDAY = NOW - timedelta(days=11)
SINCE, UNTIL = date(2026, 11, 2), date(2026, 11, 20)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DecisionLog]:
    opened = open_log(tmp_path)
    yield opened
    opened.close()


def report_of(log: DecisionLog) -> Report:
    return audit_report(log, knowledge(), SINCE, UNTIL, NOW)


def rows(report: Report, title: str) -> dict[str, Row]:
    return {row.label: row for row in next(table for table in report.tables if table.title == title).rows}


def total(report: Report, title: str) -> str:
    return next(table.total for table in report.tables if table.title == title)


def test_decisions_are_counted_by_kind_week_and_consent(log: DecisionLog) -> None:
    recorded(log, NOW - timedelta(days=60), consent="given")
    for number in range(12):
        recorded(log, MONDAY + timedelta(minutes=number), consent="given" if number < 7 else "refused")
    for number in range(6):
        recorded(log, NOW - timedelta(minutes=9 - number), decision="not-shared")
    report = report_of(log)
    kinds, weeks = rows(report, audit_words.KIND_TITLE), rows(report, audit_words.WEEK_TITLE)
    assert (kinds["Shared"].count, kinds["Not shared"].count, kinds["Shared in part"].count) == (12, 6, 0)
    assert (kinds["Shared"].share, kinds["Not shared"].share) == (1.0, 0.5)
    assert {label: row.count for label, row in weeks.items()} == {
        "2 November 2026": 0, "9 November 2026": 12, "16 November 2026": 6,
    }  # fmt: skip
    consents = rows(report, audit_words.CONSENT_TITLE)
    assert (consents[audit_words.WITH_CONSENT].count, consents[audit_words.WITHOUT_CONSENT].count) == (7, 5)
    assert (total(report, audit_words.KIND_TITLE), total(report, audit_words.CONSENT_TITLE)) == ("18", "12")


def test_small_numbers_and_what_gives_them_away_are_hidden(log: DecisionLog) -> None:
    for number in range(20):
        recorded(log, MONDAY + timedelta(minutes=number), decision="shared" if number < 17 else "request-declined")
    report = report_of(log)
    assert rows(report, audit_words.KIND_TITLE)["Request declined"].shown == "fewer than 5"
    assert rows(report, audit_words.KIND_TITLE)["Request declined"].count is None
    assert total(report, audit_words.KIND_TITLE) == total(report, audit_words.WEEK_TITLE) == "not shown"
    assert rows(report, audit_words.KIND_TITLE)["Shared"].shown == "not shown", "20 in all, less 17, are 3"
    shown = words_of(audit_pdf(report))
    assert "fewer than 5" in shown and not {"3", "17"} & set(shown.split())


def test_approvals_are_timed_from_when_they_were_waited_for(log: DecisionLog) -> None:
    begin = NOW - timedelta(days=10)
    waiting = [recorded(log, begin + timedelta(minutes=number), waits=True) for number in range(12)]
    for number, reference in enumerate(waiting[:7]):
        log.approve(reference, "account-2", begin + timedelta(hours=2, minutes=number))
    for number, reference in enumerate(waiting[7:]):
        log.take_over(reference, "account-2", "The author is away", begin + timedelta(days=9, minutes=number))
    report = report_of(log)
    outcomes, times = rows(report, audit_words.OUTCOME_TITLE), rows(report, audit_words.TIME_TITLE)
    assert (outcomes[audit_words.APPROVED].count, outcomes[audit_words.TAKEN_OVER].count) == (7, 5)
    assert (times[audit_words.HOURS_4].count, times[audit_words.LONGER].count) == (7, 5)
    late = rows(report, audit_words.LATE_TITLE)
    assert (late[audit_words.IN_TIME].count, late[audit_words.LATE].count) == (7, 5)
    assert "Half of these decisions came within 2 hours." in words_of(audit_pdf(report))


def test_a_record_that_was_handed_in_again_is_waited_for_anew(log: DecisionLog) -> None:
    begin = NOW - timedelta(days=10)
    reference = recorded(log, begin, waits=True)
    log.return_(reference, "account-2", "Say why", begin + timedelta(days=2))
    log.submit(reference, "account-1", begin + timedelta(days=7))
    log.approve(reference, "account-2", begin + timedelta(days=7, hours=1))
    waits = [one.settled_at - one.waited_from for one in log.settlements(begin, NOW)]
    assert waits == [timedelta(days=2), timedelta(hours=1)]
    assert len(log.settlements(begin + timedelta(days=5), NOW)) == 1 and log.settlements(NOW, NOW) == ()


def test_what_still_waits_is_counted_as_overdue(log: DecisionLog) -> None:
    for number in range(5):
        recorded(log, NOW - timedelta(days=10, minutes=-number), waits=True)
    waiting = rows(report_of(log), audit_words.WAITING_TITLE)
    assert (waiting[audit_words.OVERDUE].count, waiting[audit_words.STILL_IN_TIME].count) == (5, 0)


def test_a_report_of_nothing_is_a_report(log: DecisionLog) -> None:
    report = report_of(log)
    assert all(row.count == 0 and row.share == 0 for table in report.tables for row in table.rows)
    pdf = audit_pdf(report)
    assert "Audit report" in words_of(pdf) and b"pdfuaid" in inside(pdf)


@pytest.mark.parametrize("name", sorted(name for name in vars(audit_words) if name.isupper()))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    text = vars(audit_words)[name]
    assert reading.problems(text.format(since="1 May", until="2 May", day="3 May", hours=4)) == []
