"""Approval: who may decide on whose record, what then stands, and what waits for how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.decision_log import (
    ClockSetBack,
    CorrectedMeanwhile,
    Deadlines,
    DecisionLog,
    Draft,
    EntryKind,
    FieldValue,
    InvalidDraft,
    NotAllowed,
    NotWaiting,
    Overtaken,
    OwnCorrection,
    OwnRecord,
    RecordErased,
    RecordStatus,
    ScheduleError,
    Search,
    UnknownReference,
    new_request_id,
    read_deadlines,
)
from tests.decision_log.decision_log_support import NOW, make_draft

AUTHOR, MANAGER, OTHER = "account-author", "account-manager", "account-other"
WAITING = RecordStatus.WAITING_FOR_APPROVAL


def needing(urgency: str = "same-day", by: str = AUTHOR) -> Draft:
    return replace(make_draft(), approval_needed=True, urgency=urgency, by=by)


def waiting(log: DecisionLog, urgency: str = "same-day", by: str = AUTHOR, now: datetime = NOW) -> str:
    return log.confirm(needing(urgency, by), now).reference


def test_a_record_that_needs_approval_waits_from_the_start(log: DecisionLog) -> None:
    record = log.show(waiting(log))
    assert record.status is WAITING and record.author == record.responsible == AUTHOR
    assert record.due_at == NOW + timedelta(hours=4)


@pytest.mark.parametrize(("urgency", "hours"), [("same-day", 4), ("within-3-working-days", 24), ("routine", 120)])
def test_the_deadline_follows_the_urgency(log: DecisionLog, urgency: str, hours: int) -> None:
    assert log.show(waiting(log, urgency)).due_at == NOW + timedelta(hours=hours)


def test_what_must_be_done_now_never_waits(log: DecisionLog) -> None:
    record = log.show(waiting(log, "now"))
    assert record.status is RecordStatus.RECORDED and record.due_at is None
    assert log.inbox(NOW).counts["waiting"] == 0
    with pytest.raises(NotWaiting):
        log.approve(record.reference, MANAGER, NOW)


def test_a_manager_approves(log: DecisionLog) -> None:
    reference = waiting(log)
    receipt = log.approve(reference, MANAGER, NOW + timedelta(hours=1), "It is well reasoned.")
    record = log.show(reference)
    assert receipt.status is record.status is RecordStatus.APPROVED and record.due_at is None
    assert (record.events[-1].by, record.events[-1].texts) == (MANAGER, {"reason": "It is well reasoned."})
    assert log.verify().ok


def test_a_manager_returns_with_a_reason_and_the_author_submits_again(log: DecisionLog) -> None:
    reference = waiting(log)
    assert log.return_(reference, MANAGER, "Say why no consent was asked.", NOW).status is RecordStatus.RETURNED
    assert log.inbox(NOW).waiting == ()
    with pytest.raises(NotAllowed, match="Only who made a record"):
        log.submit(reference, OTHER, NOW)
    later = NOW + timedelta(hours=2)
    log.correct(reference, {"reasons": FieldValue(("law-requires",), "It was unsafe.")}, "asked to", AUTHOR, later)
    assert log.show(reference).status is RecordStatus.RETURNED
    assert log.submit(reference, AUTHOR, later).status is WAITING
    assert log.show(reference).due_at == later + timedelta(hours=4)
    assert log.approve(reference, MANAGER, later).status is RecordStatus.APPROVED


def test_a_manager_takes_over_and_answers_for_it(log: DecisionLog) -> None:
    reference = waiting(log)
    assert log.take_over(reference, MANAGER, "I decide this myself.", NOW).status is RecordStatus.TAKEN_OVER
    record = log.show(reference)
    assert (record.author, record.responsible) == (AUTHOR, MANAGER)
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "decided otherwise", MANAGER, NOW)
    assert log.show(reference).status is RecordStatus.TAKEN_OVER
    log.correct(reference, {"decision": FieldValue(("shared",))}, "it was right", AUTHOR, NOW)
    assert log.show(reference).status is WAITING


@pytest.mark.parametrize(
    "act",
    [
        lambda log, reference: log.approve(reference, AUTHOR, NOW),
        lambda log, reference: log.return_(reference, AUTHOR, "reason", NOW),
        lambda log, reference: log.take_over(reference, AUTHOR, "reason", NOW),
    ],
)
def test_nobody_decides_on_their_own(log: DecisionLog, act: Callable[[DecisionLog, str], Any]) -> None:
    reference = waiting(log)
    with pytest.raises(OwnRecord, match="Nothing was recorded"):
        act(log, reference)
    assert log.show(reference).status is WAITING
    assert [entry.kind for entry in log.show(reference).entries] == [EntryKind.DECISION]


def test_a_record_of_nobody_known_is_approved_only_after_somebody_submits_it(log: DecisionLog) -> None:
    reference = waiting(log, by="")
    with pytest.raises(NotAllowed, match="Nobody has put their account"):
        log.approve(reference, MANAGER, NOW)
    log.submit(reference, AUTHOR, NOW)
    with pytest.raises(NotAllowed, match="cannot be submitted"):
        log.submit(reference, OTHER, NOW)
    with pytest.raises(OwnRecord):
        log.approve(reference, AUTHOR, NOW)
    assert log.approve(reference, MANAGER, NOW).status is RecordStatus.APPROVED


def test_a_manager_who_did_not_make_it_may_approve_a_record_of_nobody_known(log: DecisionLog) -> None:
    reference = waiting(log, by="")
    receipt = log.approve_of_unknown(reference, MANAGER, NOW, "Looked at with the team.")
    entry = log.show(reference).entries[-1]
    assert receipt.status is RecordStatus.APPROVED
    assert entry.body["declares"] == "not-the-author" and entry.by == MANAGER
    with pytest.raises(NotWaiting):
        log.approve_of_unknown(reference, OTHER, NOW)
    assert log.verify().ok


def test_handing_in_a_record_of_nobody_known_gives_no_more_time(log: DecisionLog) -> None:
    reference, later = waiting(log, by=""), NOW + timedelta(days=3)
    due = log.show(reference).due_at
    log.submit(reference, AUTHOR, later)
    assert log.show(reference).due_at == due and [one.reference for one in log.overdue(later)] == [reference]
    log.approve(reference, MANAGER, later)
    (settled,) = log.settlements(NOW, later + timedelta(days=1))
    assert (settled.waited_from, settled.due_at, settled.settled_at) == (NOW, due, later)


def test_that_declaration_is_of_no_use_where_somebody_handed_the_record_in(log: DecisionLog) -> None:
    for reference in (waiting(log), waiting(log, by="")):
        if not log.show(reference).author:
            log.submit(reference, AUTHOR, NOW)
        with pytest.raises(OwnRecord):
            log.approve_of_unknown(reference, AUTHOR, NOW)
        with pytest.raises(Overtaken, match="It is known who made"):
            log.approve_of_unknown(reference, MANAGER, NOW)
        assert log.show(reference).status is WAITING


def test_who_said_whom_the_record_is_about_cannot_declare_not_to_have_made_it(log: DecisionLog) -> None:
    reference = waiting(log, by="")
    log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW, MANAGER)
    with pytest.raises(OwnRecord):
        log.approve_of_unknown(reference, MANAGER, NOW)
    assert log.show(reference).status is WAITING
    assert log.approve_of_unknown(reference, OTHER, NOW).status is RecordStatus.APPROVED


@pytest.mark.parametrize("again", [False, True], ids=["once", "added again without signing in"])
@pytest.mark.parametrize("act", ["approve", "return_", "take_over"])
def test_who_said_whom_the_record_is_about_does_not_decide_once_another_handed_it_in(
    log: DecisionLog, act: str, again: bool
) -> None:
    reference = waiting(log, by="")
    log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW, MANAGER)
    if again:
        log.erase_identity(reference, "it was wrong", NOW)
        log.add_identity(reference, new_request_id(), {"who-decided": "another"}, NOW)
    log.submit(reference, OTHER, NOW)
    assert log.show(reference).makers == {MANAGER, OTHER}

    def decide(account: str) -> None:
        if act == "approve":
            log.approve(reference, account, NOW)
        else:
            getattr(log, act)(reference, account, "a reason", NOW)

    for account in (MANAGER, OTHER):
        with pytest.raises(OwnRecord):
            decide(account)
    assert log.show(reference).status is WAITING
    decide("account-third")
    assert log.show(reference).status is not WAITING


def test_the_log_knows_of_which_records_an_account_said_who_they_are_about(log: DecisionLog) -> None:
    one, other, third = (waiting(log, by="") for _ in range(3))
    for reference, by in ((one, MANAGER), (other, OTHER), (third, "")):
        log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW, by)
    assert log.identified(MANAGER, [one, other, third]) == {one}
    assert log.identified(MANAGER, [other]) == log.identified(MANAGER, []) == frozenset()


def test_who_is_only_too_late_is_told_so(log: DecisionLog) -> None:
    approved, handed_in, held = waiting(log, by=""), waiting(log, by=""), waiting(log)
    log.approve_of_unknown(approved, MANAGER, NOW)
    log.submit(handed_in, AUTHOR, NOW)
    log.hold(held, MANAGER, "An inquiry asks", NOW)
    log.release(held, MANAGER, "It is over", NOW)
    acts: tuple[Callable[[], object], ...] = (
        lambda: log.submit(approved, AUTHOR, NOW),
        lambda: log.approve_of_unknown(handed_in, MANAGER, NOW),
        lambda: log.approve(approved, OTHER, NOW),
        lambda: log.release(held, OTHER, "It is over", NOW),
    )
    for late in acts:
        with pytest.raises(Overtaken):
            late()


@pytest.mark.parametrize("by", [AUTHOR, ""])
def test_a_record_that_was_erased_waits_for_nobody_and_is_not_submitted(log: DecisionLog, by: str) -> None:
    reference, returned = waiting(log, by=by), waiting(log)
    log.return_(returned, MANAGER, "Say more.", NOW)
    for each in (reference, returned):
        log.erase_record(each, MANAGER, NOW)
    later = log.inbox(NOW + timedelta(days=30))
    assert (later.waiting, later.overdue, later.counts["waiting"]) == ((), (), 0)
    assert log.show(reference).due_at is None
    assert log.search(Search(status=WAITING)).records == ()
    for each in (reference, returned):
        with pytest.raises(RecordErased):
            log.submit(each, AUTHOR, NOW)
    assert log.verify().ok


@pytest.mark.parametrize("by", [AUTHOR, ""])
def test_nobody_approves_what_they_corrected(log: DecisionLog, by: str) -> None:
    reference = waiting(log, by=by)
    approve = log.approve if by else log.approve_of_unknown
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "it says the opposite", MANAGER, NOW)
    with pytest.raises(OwnCorrection, match="Nothing was recorded"):
        approve(reference, MANAGER, NOW)
    assert log.show(reference).status is WAITING
    assert approve(reference, OTHER, NOW).status is RecordStatus.APPROVED


@pytest.mark.parametrize("by", [AUTHOR, ""])
def test_nobody_approves_another_version_than_they_read(log: DecisionLog, by: str) -> None:
    reference = waiting(log, by=by)
    approve = log.approve if by else log.approve_of_unknown
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "it says the opposite", AUTHOR, NOW)
    with pytest.raises(CorrectedMeanwhile, match="Nothing was recorded"):
        approve(reference, MANAGER, NOW, corrections=0)
    assert log.show(reference).status is WAITING
    assert approve(reference, MANAGER, NOW, corrections=1).status is RecordStatus.APPROVED


def test_who_corrected_may_still_return_the_record_or_take_it_over(log: DecisionLog) -> None:
    for act, status in ((log.return_, RecordStatus.RETURNED), (log.take_over, RecordStatus.TAKEN_OVER)):
        reference = waiting(log)
        log.correct(reference, {"decision": FieldValue(("not-shared",))}, "wrong", MANAGER, NOW)
        assert act(reference, MANAGER, "as I see it", NOW).status is status


def test_a_correction_that_no_longer_stands_is_nobodys_own(log: DecisionLog) -> None:
    reference = waiting(log)
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "wrong", MANAGER, NOW)
    log.correct(reference, {"shared-with": FieldValue(("hospital",))}, "wrong", AUTHOR, NOW)
    with pytest.raises(OwnCorrection):
        log.approve(reference, MANAGER, NOW)
    log.correct(reference, {"decision": FieldValue(("shared",))}, "it was right", AUTHOR, NOW)
    assert log.approve(reference, MANAGER, NOW).status is RecordStatus.APPROVED


def test_an_approved_record_that_a_manager_corrects_waits_for_another(log: DecisionLog) -> None:
    reference = waiting(log)
    log.approve(reference, MANAGER, NOW)
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "wrong", MANAGER, NOW)
    assert log.show(reference).status is WAITING
    with pytest.raises(OwnCorrection):
        log.approve(reference, MANAGER, NOW)


def test_what_was_decided_on_is_not_decided_on_again(log: DecisionLog) -> None:
    reference = waiting(log)
    log.approve(reference, MANAGER, NOW)
    for act in (log.return_, log.take_over):
        with pytest.raises(NotWaiting, match="approved"):
            act(reference, OTHER, "reason", NOW)
    with pytest.raises(NotWaiting):
        log.approve(reference, OTHER, NOW)


def test_a_correction_undoes_an_approval(log: DecisionLog) -> None:
    reference = waiting(log)
    log.approve(reference, MANAGER, NOW)
    later = NOW + timedelta(days=3)
    log.correct(reference, {"shared-with": FieldValue(("police", "hospital"))}, "one was missing", AUTHOR, later)
    record = log.show(reference)
    assert record.status is WAITING and record.due_at == later + timedelta(hours=4)
    assert log.verify().ok


def test_a_record_that_needs_no_approval_is_not_submitted(log: DecisionLog) -> None:
    reference = log.confirm(replace(make_draft(), urgency="routine", by=AUTHOR), NOW).reference
    with pytest.raises(NotAllowed, match="needs no approval"):
        log.submit(reference, AUTHOR, NOW)


@pytest.mark.parametrize("by", ["", "a name", "someone@example.org", "x" * 65, "é", "-x"])
def test_what_is_no_account_is_refused(log: DecisionLog, by: str) -> None:
    reference = waiting(log)
    with pytest.raises(InvalidDraft, match="account id"):
        log.approve(reference, by, NOW)
    if by:
        with pytest.raises(InvalidDraft, match="account id"):
            log.confirm(needing(by=by), NOW)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "x" * 100_000])
def test_a_return_needs_a_reason_of_some_length(log: DecisionLog, reason: str) -> None:
    reference = waiting(log)
    with pytest.raises(InvalidDraft):
        log.return_(reference, MANAGER, reason, NOW)


def test_an_unknown_record_cannot_be_approved(log: DecisionLog) -> None:
    with pytest.raises(UnknownReference):
        log.approve("SW-0000-0000", MANAGER, NOW)


def test_the_inbox_lists_what_waits_with_the_most_urgent_first(log: DecisionLog) -> None:
    routine, urgent = waiting(log, "routine"), waiting(log, "same-day")
    settled = waiting(log)
    log.approve(settled, MANAGER, NOW)
    inbox = log.inbox(NOW)
    assert [one.reference for one in inbox.waiting] == [urgent, routine]
    assert inbox.overdue == () and dict(inbox.counts) == {"waiting": 2, "overdue": 0, "reviews_due": 0}
    later = log.inbox(NOW + timedelta(hours=5))
    assert [one.reference for one in later.overdue] == [urgent]
    assert later.overdue == log.overdue(NOW + timedelta(hours=5))
    assert log.inbox(NOW, limit=1).waiting == inbox.waiting[:1]


def test_a_review_is_due_until_it_is_done(log: DecisionLog) -> None:
    fields = {"decision": FieldValue(("shared",)), "review-date": FieldValue((), "2026-12-01")}
    reference = log.confirm(make_draft(fields=fields), NOW).reference
    assert log.reviews_due(date(2026, 11, 30)) == ()
    assert [one.reference for one in log.reviews_due(date(2026, 12, 1))] == [reference]
    log.review(reference, MANAGER, "Still right.", NOW, next_review=date(2027, 3, 1))
    assert log.reviews_due(date(2026, 12, 1)) == () and log.show(reference).review_on == "2027-03-01"
    log.review(reference, MANAGER, "Nothing more to do.", NOW)
    assert log.reviews_due(date(2040, 1, 1)) == ()
    assert log.verify().ok


def test_an_erased_record_is_not_reviewed(log: DecisionLog) -> None:
    reference = waiting(log)
    log.erase_record(reference, MANAGER, NOW)
    with pytest.raises(RecordErased, match="2026-11-20"):
        log.review(reference, MANAGER, "note", NOW)
    with pytest.raises(RecordErased):
        log.approve(reference, MANAGER, NOW)


def test_deadlines_are_read_from_a_setting() -> None:
    deadlines = read_deadlines(" same-day=2 , routine=48.5")
    assert deadlines.hours == {"same-day": 2, "within-3-working-days": 24, "routine": 48.5}
    assert read_deadlines("") == Deadlines()
    assert deadlines.due("same-day", datetime(2026, 11, 20, 23, tzinfo=UTC)) == "2026-11-21T01:00:00.000000Z"


@pytest.mark.parametrize("text", ["same-day", "now=1", "soon=4", "same-day=-1", "routine=nan", "routine=1e9", "=3"])
def test_a_deadline_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ScheduleError, match="deadline"):
        read_deadlines(text)


def test_a_clock_set_back_is_noticed_and_can_be_accepted(log: DecisionLog) -> None:
    log.confirm(make_draft(), NOW + timedelta(days=300))
    with pytest.raises(ClockSetBack, match="Nothing was recorded") as caught:
        log.confirm(make_draft(), NOW)
    assert "accept-clock" in caught.value.remedy
    log.confirm(make_draft(), NOW + timedelta(days=300) - timedelta(minutes=4))
    entry = log.accept_clock("command-line", NOW)
    assert entry.kind is EntryKind.CLOCK
    log.confirm(make_draft(), NOW)
    assert log.verify().ok
