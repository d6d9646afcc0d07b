"""What an audit asks of the log, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.decision_log import DecisionLog, EntryKind, FieldValue, RetentionState, Search
from tests.decision_log.decision_log_support import NOW, make_draft

LATER = NOW + timedelta(days=30)


def waiting(log: DecisionLog) -> str:
    draft = replace(make_draft(), urgency="routine", approval_needed=True, by="account-1")
    return log.confirm(draft, NOW).reference


def test_the_options_of_a_period_are_those_that_stand(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "Misread.", "account-1", NOW)
    sequence = log.show(reference).sequence
    assert log.chosen(("decision", "shared-with"), NOW, LATER) == {
        sequence: frozenset({("decision", "not-shared"), ("shared-with", "police")})
    }
    assert log.chosen(("decision",), NOW + timedelta(seconds=1), LATER) == {}


def test_a_settlement_tells_how_long_it_was_waited_for_and_by_when(log: DecisionLog) -> None:
    reference = waiting(log)
    log.return_(reference, "account-2", "Say why", NOW + timedelta(hours=2))
    log.submit(reference, "account-1", NOW + timedelta(days=3))
    log.take_over(reference, "account-2", "Away", NOW + timedelta(days=3, hours=5))
    returned, taken = log.settlements(NOW, LATER)
    assert (returned.kind, returned.waited_from, returned.settled_at) == (
        EntryKind.RETURN, NOW, NOW + timedelta(hours=2)
    )  # fmt: skip
    assert returned.due_at == NOW + timedelta(hours=120)
    assert (taken.kind, taken.settled_at - taken.waited_from) == (EntryKind.TAKE_OVER, timedelta(hours=5))
    assert log.settlements(NOW + timedelta(days=1), LATER) == (taken,)


def test_a_correction_after_an_approval_is_waited_for_anew(log: DecisionLog) -> None:
    reference = waiting(log)
    log.approve(reference, "account-2", NOW + timedelta(hours=1))
    log.correct(
        reference, {"decision": FieldValue(("not-shared",))}, "Misread.", "account-1", NOW + timedelta(days=2)
    )
    log.approve(reference, "account-2", NOW + timedelta(days=2, hours=3))
    waits = [one.settled_at - one.waited_from for one in log.settlements(NOW, LATER)]
    assert waits == [timedelta(hours=1), timedelta(hours=3)]


def test_records_are_found_by_where_they_stand_with_erasure(log: DecisionLog) -> None:
    held, _ = (log.confirm(make_draft(), NOW).reference for _ in range(2))
    log.hold(held, "account-2", "A court", NOW)
    assert [one.reference for one in log.search(Search(retention=RetentionState.HELD)).records] == [held]
