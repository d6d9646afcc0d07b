"""The end of a record: the schedule, the review before erasure, holds, and a list that is agreed to by its digest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.decision_log import (
    DecisionLog,
    FieldValue,
    IdentityState,
    InvalidDraft,
    NotAllowed,
    Policy,
    RecordErased,
    RecordHeld,
    RetentionChanged,
    RetentionState,
    ScheduleError,
    new_request_id,
    read_schedule,
)
from tests.decision_log.decision_log_support import NOW, Place, file_fields, make_draft

BY = "account-keeper"
SEVEN_YEARS = datetime(2033, 11, 21, tzinfo=UTC)
SCHEDULE = """
rules:
  - {area: derby, decision: any, months: 12, review: none}
  - {area: any, decision: not-shared, months: 24, review: required}
  - {area: any, decision: any, months: 84, review: required}
"""


def recorded(log: DecisionLog, area: str = "national", decision: str = "shared", now: datetime = NOW) -> str:
    fields = {"decision": FieldValue((decision,)), "reasons": FieldValue((), "Words.")}
    return log.confirm(replace(make_draft(fields=fields), area=area), now).reference


@pytest.fixture
def scheduled(place: Place, tmp_path: Path) -> Iterator[DecisionLog]:
    """A log with a schedule of its own."""
    (tmp_path / "retention.yml").write_text(SCHEDULE)
    policy = Policy(schedule=read_schedule(tmp_path / "retention.yml"))
    opened = DecisionLog.open(place.url, place.key, file_fields(), 20, policy)
    yield opened
    opened.close()


def test_nothing_is_due_before_its_time(log: DecisionLog) -> None:
    recorded(log)
    assert log.retention_due(NOW + timedelta(days=7 * 365)).waiting == ()
    assert len(log.retention_due(SEVEN_YEARS).waiting) == 1


def test_nothing_is_erased_before_somebody_has_looked_at_it(log: DecisionLog) -> None:
    reference = recorded(log)
    due = log.retention_due(SEVEN_YEARS)
    assert due.erasable == () and [one.reference for one in due.waiting] == [reference]
    assert log.erase_due(due.digest, BY, SEVEN_YEARS) == ()
    assert log.show(reference).erased_at is None
    log.agree_to_erase(reference, BY, "no longer needed", SEVEN_YEARS)
    due = log.retention_due(SEVEN_YEARS)
    assert [one.reference for one in due.erasable] == [reference]
    assert [receipt.reference for receipt in log.erase_due(due.digest, BY, SEVEN_YEARS)] == [reference]
    record = log.show(reference)
    assert record.erased_at == SEVEN_YEARS and record.retention is RetentionState.ERASED
    assert "reasons" not in record.fields
    assert record.events[-1].body["ground"] == "retention"
    assert log.retention_due(SEVEN_YEARS).waiting == ()
    found = log.verify()
    assert found.ok and found.erased[0].on == "2033-11-21"


def test_a_review_may_keep_a_record_longer(log: DecisionLog) -> None:
    reference = recorded(log)
    log.keep_until(reference, BY, date(2040, 1, 1), "an inquiry", SEVEN_YEARS)
    assert log.retention_due(SEVEN_YEARS).waiting == ()
    assert len(log.retention_due(datetime(2040, 1, 1, 1, tzinfo=UTC)).waiting) == 1
    with pytest.raises(InvalidDraft, match="has passed"):
        log.keep_until(reference, BY, SEVEN_YEARS.date(), "reason", SEVEN_YEARS)


def test_what_is_done_about_a_record_begins_its_time_anew(log: DecisionLog) -> None:
    reference = recorded(log)
    log.agree_to_erase(reference, BY, "no longer needed", NOW)
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "wrong", BY, NOW + timedelta(days=100))
    assert log.retention_due(SEVEN_YEARS).erasable == log.retention_due(SEVEN_YEARS).waiting == ()
    assert log.show(reference).retention is RetentionState.KEPT


def test_a_held_record_is_not_erased_by_anybody(log: DecisionLog) -> None:
    reference = recorded(log)
    log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW)
    log.agree_to_erase(reference, BY, "no longer needed", NOW)
    log.hold(reference, BY, "a court asks for it", NOW)
    assert log.show(reference).retention is RetentionState.HELD
    due = log.retention_due(SEVEN_YEARS)
    assert due.erasable == due.waiting == ()
    acts: list[Callable[[], object]] = [
        lambda: log.erase_record(reference, BY, NOW),
        lambda: log.erase_identity(reference, "reason", NOW),
        lambda: log.agree_to_erase(reference, BY, "reason", NOW),
        lambda: log.hold(reference, BY, "again", NOW),
    ]
    for act in acts:
        with pytest.raises(RecordHeld, match="nothing was erased"):
            act()
    log.release(reference, BY, "the case is over", NOW)
    with pytest.raises(NotAllowed, match="not held"):
        log.release(reference, BY, "again", NOW)
    assert [one.reference for one in log.retention_due(SEVEN_YEARS).waiting] == [reference]  # looked at afresh
    log.erase_record(reference, BY, NOW)
    assert log.verify().ok


def test_the_digest_of_another_list_erases_nothing(log: DecisionLog) -> None:
    first, second = recorded(log), recorded(log)
    log.agree_to_erase(first, BY, "no longer needed", SEVEN_YEARS)
    digest = log.retention_due(SEVEN_YEARS).digest
    log.agree_to_erase(second, BY, "no longer needed", SEVEN_YEARS)
    for wrong in (digest, "", "0" * 16):
        with pytest.raises(RetentionChanged, match="nothing was erased"):
            log.erase_due(wrong, BY, SEVEN_YEARS)
    assert log.show(first).erased_at is None
    assert len(log.erase_due(log.retention_due(SEVEN_YEARS).digest, BY, SEVEN_YEARS)) == 2


def test_the_schedule_goes_by_area_and_decision(scheduled: DecisionLog) -> None:
    derby, withheld, shared = (
        recorded(scheduled, "derby"), recorded(scheduled, decision="not-shared"), recorded(scheduled),
    )  # fmt: skip
    after_13_months = scheduled.retention_due(datetime(2027, 12, 21, tzinfo=UTC))
    assert [one.reference for one in after_13_months.erasable] == [derby]  # its rule asks for no review
    assert after_13_months.waiting == ()
    after_25_months = scheduled.retention_due(datetime(2028, 12, 21, tzinfo=UTC))
    assert [one.reference for one in after_25_months.waiting] == [withheld]
    assert [one.reference for one in scheduled.retention_due(SEVEN_YEARS).waiting] == [withheld, shared]


def test_an_erasure_on_request_takes_all_that_a_record_holds(log: DecisionLog) -> None:
    reference = recorded(log)
    log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW)
    log.read_identity(reference, "reader", "reason", NOW)
    log.erase_record(reference, BY, NOW)
    record = log.show(reference)
    assert record.identity is IdentityState.ERASED and record.events[-1].body["ground"] == "request"
    assert len(record.events[-1].body["erased"]) == 3
    with log._store.reading() as connection:
        assert log._vault.count(connection) == 0
    with pytest.raises(RecordErased):
        log.erase_record(reference, BY, NOW)
    with pytest.raises(RecordErased):
        log.add_identity(reference, new_request_id(), {"who-decided": "someone"}, NOW)
    assert log.verify().ok


def test_the_list_can_be_cut_and_counts_by_the_oldest(log: DecisionLog) -> None:
    references = [recorded(log, now=NOW + timedelta(hours=hour)) for hour in range(3)]
    assert [one.reference for one in log.retention_due(SEVEN_YEARS, limit=2).waiting] == references[:2]


def test_the_shipped_schedule_asks_for_a_review_of_everything() -> None:
    assert all(rule.review for rule in read_schedule().rules)


@pytest.mark.parametrize(
    "text",
    [
        "", "rules: []", "rules: {}", "[]", "rules: [1]", "rules:\n  - {area: any}", ": : :", "\x00",
        "rules:\n  - {area: any, decision: any, months: 0, review: none}",
        "rules:\n  - {area: any, decision: any, months: 1201, review: none}",
        "rules:\n  - {area: any, decision: any, months: -5, review: none}",
        "rules:\n  - {area: any, decision: any, months: 12, review: maybe}",
        "rules:\n  - {area: The Hill, decision: any, months: 12, review: none}",
        "rules:\n  - {area: derby, decision: any, months: 12, review: none}",
        "rules:\n  - {area: any, decision: any, months: 12, review: none, more: 1}",
        "x" * 100_001,
    ],
)  # fmt: skip
def test_a_schedule_that_cannot_be_used_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "retention.yml").write_text(text)
    with pytest.raises(ScheduleError):
        read_schedule(tmp_path / "retention.yml")


def test_a_schedule_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScheduleError, match="cannot be read"):
        read_schedule(tmp_path / "absent.yml")
