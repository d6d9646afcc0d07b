"""Confirming a draft: what is written, what is refused, and that twice is once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.decision_log import (
    ConfirmationConflict,
    DecisionLog,
    Draft,
    EntryKind,
    FieldValue,
    IdentityState,
    InvalidDraft,
    PathStep,
    RecordStatus,
    UnknownReference,
    new_request_id,
    parse_reference,
)
from tests.decision_log.decision_log_support import (
    NOW,
    Place,
    confirm_once,
    file_fields,
    make_draft,
    open_log,
    said,
    started,
)


def decisions(log: DecisionLog) -> list[str]:
    return [entry.request_id for entry in log.entries() if entry.kind is EntryKind.DECISION]


def test_a_confirmed_record_is_shown_as_it_was_confirmed(log: DecisionLog) -> None:
    draft = make_draft(text="Café, weighed")
    receipt = log.confirm(draft, NOW)
    record = log.show(receipt.reference.lower().replace("-", " "))
    assert parse_reference(receipt.reference) == receipt.reference == record.reference
    assert not receipt.already_recorded
    assert record.recorded_at == receipt.recorded_at == NOW
    assert record.path == draft.path
    assert {name: record.fields[name] for name in draft.fields} == dict(draft.fields)
    assert record.fields["when-decided"] == FieldValue((), "2026-11-20T09:30:00.000000Z")
    assert (record.check_id, record.outcome_id, record.area) == ("share-decision", "act-now", "national")
    assert (record.content_version, record.urgency) == ("2026.11.20", "now")
    assert record.status is RecordStatus.RECORDED and record.identity is IdentityState.NONE
    assert [entry.kind for entry in record.entries] == [EntryKind.DECISION]
    assert log.verify().ok


def test_not_sharing_is_recorded_too(log: DecisionLog) -> None:
    draft = make_draft(fields={"decision": FieldValue(("not-shared",)), "reasons": FieldValue(("no-purpose",))})
    reference = log.confirm(draft, NOW).reference
    assert log.show(reference).fields["decision"] == FieldValue(("not-shared",))
    assert [summary.decision for summary in log.find()] == ["not-shared"]


def test_a_record_without_words_needs_no_vault_row(log: DecisionLog) -> None:
    log.confirm(make_draft(fields={}), NOW)
    assert "sealed" not in list(log.entries())[-1].body
    assert log.verify().ok


def test_confirming_twice_gives_the_first_receipt(log: DecisionLog) -> None:
    draft = make_draft(text="Cafe\u0301")
    first = log.confirm(draft, NOW)
    again = log.confirm(draft, NOW + timedelta(minutes=5))
    assert again == replace(first, already_recorded=True)
    assert len(decisions(log)) == 1


def test_two_spellings_of_one_letter_are_one_content(log: DecisionLog) -> None:
    draft = make_draft(text="Cafe\u0301")
    reference = log.confirm(draft, NOW).reference
    assert log.confirm(make_draft(draft.draft_id, text="Caf\u00e9"), NOW).already_recorded
    assert log.show(reference).fields["reasons"].text == "Caf\u00e9"


@pytest.mark.parametrize(
    "change",
    [
        {"outcome_id": "do-not-share"},
        {"approval_needed": True},
        {"path": ()},
        {"fields": {"decision": FieldValue(("not-shared",))}},
        {"fields": make_draft(text="Other words").fields},
    ],
)
def test_the_same_id_with_other_content_is_refused(log: DecisionLog, change: dict[str, object]) -> None:
    draft = make_draft()
    log.confirm(draft, NOW)
    with pytest.raises(ConfirmationConflict):
        log.confirm(replace(draft, **change), NOW)  # type: ignore[arg-type]
    assert decisions(log) == [draft.draft_id]


def test_an_id_that_confirmed_something_else_is_refused(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    confirmation_id = new_request_id()
    log.add_identity(reference, confirmation_id, {"who-decided": "the duty manager"}, NOW)
    with pytest.raises(ConfirmationConflict):
        log.confirm(make_draft(confirmation_id), NOW)


def test_threads_that_confirm_at_once_write_once(log: DecisionLog) -> None:
    draft, start = make_draft(), threading.Barrier(8)
    receipts = []

    def tap() -> None:
        start.wait()
        receipts.append(log.confirm(draft, NOW))

    threads = [threading.Thread(target=tap) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({receipt.reference for receipt in receipts}) == 1
    assert sorted(receipt.already_recorded for receipt in receipts) == [False] + [True] * 7
    assert decisions(log) == [draft.draft_id]


def test_processes_that_confirm_at_once_on_a_new_log_write_once(place: Place) -> None:
    draft_id, output = new_request_id(), place.folder / "receipts"
    processes = [started(confirm_once, place, output, draft_id) for _ in range(4)]
    for process in processes:
        process.join(60)
    receipts = said(output)
    assert len({reference for reference, _ in receipts}) == 1
    assert sorted(already for _, already in receipts) == ["False", "True", "True", "True"]
    log = open_log(place)
    assert decisions(log) == [draft_id] and log.verify().ok
    log.close()


BAD_DRAFTS: dict[str, Draft] = {
    "unknown field": make_draft(fields={"shoe-size": FieldValue((), "9")}),
    "unknown option": make_draft(fields={"decision": FieldValue(("maybe",))}),
    "blank beside an option": make_draft(fields={"decision": FieldValue(("shared", "not-recorded"))}),
    "two options of one": make_draft(fields={"decision": FieldValue(("shared", "not-shared"))}),
    "one option twice": make_draft(fields={"reasons": FieldValue(("protect-child", "protect-child"))}),
    "text where none may stand": make_draft(fields={"decision": FieldValue(("shared",), "because")}),
    "options of a text": make_draft(fields={"test-text": FieldValue(("police",))}),
    "no value at all": make_draft(fields={"reasons": FieldValue((), "  ")}),
    "text too long": make_draft(fields={"reasons": FieldValue((), "x" * 2001)}),
    "text that is not Unicode": make_draft(fields={"reasons": FieldValue((), "\ud800")}),
    "no date": make_draft(fields={"test-date": FieldValue((), "next Monday")}),
    "automatic field": make_draft(fields={"when-decided": FieldValue((), "now")}),
    "words in an id": replace(make_draft(), outcome_id="Act now!"),
    "words in the path": replace(make_draft(), path=(PathStep("share-decision", "purpose", "she said so"),)),
    "words in the area": replace(make_draft(), area="The Hill"),
    "malformed version": replace(make_draft(), content_version="version one"),
    "unknown urgency": replace(make_draft(), urgency="soon"),
    "malformed id": replace(make_draft(), draft_id="1234"),
    "endless path": replace(make_draft(), path=(PathStep("a", "b", "c"),) * 401),
}


@pytest.mark.parametrize("draft", BAD_DRAFTS.values(), ids=BAD_DRAFTS.keys())
def test_what_may_not_be_recorded_is_refused_before_anything_is_written(log: DecisionLog, draft: Draft) -> None:
    with pytest.raises(InvalidDraft, match="Nothing was recorded"):
        log.confirm(draft, NOW)
    assert log.verify().entries == 1


def test_a_time_without_a_zone_is_refused(log: DecisionLog) -> None:
    with pytest.raises(InvalidDraft, match="time zone"):
        log.confirm(make_draft(), datetime(2026, 11, 20))


def test_times_are_kept_in_utc(log: DecisionLog) -> None:
    log.confirm(make_draft(), NOW.astimezone(timezone(timedelta(hours=5))))
    assert list(log.entries())[-1].recorded_at == "2026-11-20T09:30:00.000000Z"


def test_an_error_holds_no_words_of_the_user(log: DecisionLog) -> None:
    with pytest.raises(InvalidDraft) as caught:
        log.confirm(make_draft(fields={"marigold": FieldValue(("tulip",), "daffodil")}), NOW)
    assert not any(flower in str(caught.value) for flower in ("marigold", "tulip", "daffodil"))


def test_records_are_found_by_status_and_date(log: DecisionLog) -> None:
    plain = log.confirm(make_draft(), NOW).reference
    needing = replace(make_draft(), approval_needed=True, urgency="routine")
    waiting = log.confirm(needing, NOW + timedelta(days=2)).reference
    assert [summary.reference for summary in log.find()] == [plain, waiting]
    assert [summary.reference for summary in log.find(RecordStatus.WAITING_FOR_APPROVAL)] == [waiting]
    assert [summary.reference for summary in log.find(since=NOW + timedelta(days=1))] == [waiting]
    assert [summary.reference for summary in log.find(until=NOW + timedelta(days=2))] == [plain]


@pytest.mark.parametrize("reference", ["SW-0000-0000", "nonsense"])
def test_an_unknown_reference_is_refused(log: DecisionLog, reference: str) -> None:
    with pytest.raises(UnknownReference):
        log.show(reference)


def test_a_field_that_the_knowledge_has_lost_is_still_shown(log: DecisionLog, place: Place) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    fewer = {name: field for name, field in file_fields().items() if name != "decision"}
    later = DecisionLog.open(place.url, place.key, fewer)
    assert list(later.show(reference).fields)[-1] == "decision"
    later.close()
