"""Corrections add, and never replace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.decision_log import (
    NOT_RECORDED,
    ConfirmationConflict,
    DecisionLog,
    EntryKind,
    FieldValue,
    InvalidDraft,
    RecordErased,
    Search,
    UnknownReference,
    new_request_id,
)
from tests.decision_log.decision_log_support import NOW, make_draft

BY = "account-1"
LATER = NOW + timedelta(days=1)


def test_the_corrected_values_are_shown_and_the_first_ones_stay(log: DecisionLog) -> None:
    draft = make_draft(text="First words.")
    reference = log.confirm(draft, NOW).reference
    change = {
        "reasons": FieldValue(("law-requires",), "Better words."),
        "shared-with": FieldValue((NOT_RECORDED,)),
        "review-date": FieldValue((), "2026-12-24"),
    }
    receipt = log.correct(reference, change, "I mixed two cases up", BY, LATER)
    record = log.show(reference)
    assert (receipt.reference, receipt.sequence, receipt.recorded_at) == (reference, 3, LATER)
    assert {name: record.fields[name] for name in change} == change
    assert record.fields["decision"] == FieldValue(("shared",))
    assert {name: record.first_fields[name] for name in draft.fields} == dict(draft.fields)
    assert record.review_on == "2026-12-24"
    first, second = record.history["reasons"]
    assert first.value == draft.fields["reasons"] and (first.sequence, first.reason) == (2, "")
    assert second.value == change["reasons"]
    assert (second.sequence, second.by, second.reason, second.recorded_at) == (3, BY, "I mixed two cases up", LATER)
    assert set(record.history) == set(change)
    assert [entry.kind for entry in record.entries] == [EntryKind.DECISION, EntryKind.CORRECTION]
    assert log.verify().ok


def test_a_second_correction_stands_on_the_first(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    log.correct(reference, {"decision": FieldValue(("shared-in-part",))}, "one", BY, NOW)
    log.correct(reference, {"decision": FieldValue(("not-shared",))}, "two", BY, NOW)
    record = log.show(reference)
    assert record.fields["decision"] == FieldValue(("not-shared",))
    assert [version.value and version.value.choices for version in record.history["decision"]] == [
        ("shared",), ("shared-in-part",), ("not-shared",),
    ]  # fmt: skip


def test_a_field_that_was_not_given_before_can_be_added(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    log.correct(reference, {"purpose": FieldValue((), "To plan a visit")}, "left out", BY, NOW)
    record = log.show(reference)
    assert record.fields["purpose"].text == "To plan a visit"
    assert record.history["purpose"][0].value is None


def test_lists_follow_the_correction(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    log.correct(reference, {"decision": FieldValue(("not-shared",)), "shared-with": FieldValue(("hospital",))},
                "wrong", BY, NOW)  # fmt: skip
    for search in (Search(decision="not-shared"), Search(choices={"shared-with": "hospital"})):
        assert [one.reference for one in log.search(search).records] == [reference]
    for search in (Search(decision="shared"), Search(choices={"shared-with": "police"})):
        assert log.search(search).records == ()


def test_neither_words_nor_reason_stand_in_the_ledger(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    log.correct(reference, {"reasons": FieldValue((), "gooseberry")}, "xylophone", BY, NOW)
    text = "".join(log.export_lines())
    assert "gooseberry" not in text and "xylophone" not in text and BY in text


def test_correcting_twice_with_one_id_is_once(log: DecisionLog) -> None:
    reference, request_id = log.confirm(make_draft(), NOW).reference, new_request_id()
    change = {"reasons": FieldValue((), "Other words.")}
    first = log.correct(reference, change, "wrong", BY, NOW, request_id)
    again = log.correct(reference, change, "wrong", BY, LATER, request_id)
    assert (first.already_recorded, again.already_recorded) == (False, True) and again.sequence == first.sequence
    for other in ({"reasons": FieldValue((), "Third words.")}, {"decision": FieldValue(("not-shared",))}):
        with pytest.raises(ConfirmationConflict):
            log.correct(reference, other, "wrong", BY, NOW, request_id)
    with pytest.raises(ConfirmationConflict):
        log.correct(reference, change, "another reason", BY, NOW, request_id)
    assert len(log.show(reference).entries) == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "wrong"),
        ({"decision": FieldValue(("maybe",))}, "wrong"),
        ({"shoe-size": FieldValue((), "9")}, "wrong"),
        ({"when-decided": FieldValue((), "2026-01-01")}, "wrong"),
        ({"reasons": FieldValue((), "x" * 100_000)}, "wrong"),
        ({"decision": FieldValue(("not-shared",))}, " "),
        ({"decision": FieldValue(("not-shared",))}, "x" * 501),
    ],
    ids=str,
)
def test_what_may_not_be_corrected_is_refused(log: DecisionLog, fields: dict[str, FieldValue], reason: str) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    with pytest.raises(InvalidDraft, match="Nothing was recorded"):
        log.correct(reference, fields, reason, BY, NOW)
    assert log.verify().entries == 2


def test_an_unknown_and_an_erased_record_cannot_be_corrected(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    log.erase_record(reference, BY, NOW)
    with pytest.raises(RecordErased):
        log.correct(reference, {"decision": FieldValue(("not-shared",))}, "wrong", BY, NOW)
    with pytest.raises(UnknownReference):
        log.correct("SW-0000-0000", {"decision": FieldValue(("not-shared",))}, "wrong", BY, NOW)


def test_erased_words_of_a_correction_are_gone_and_the_log_is_whole(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(text="First."), NOW).reference
    log.correct(reference, {"reasons": FieldValue(("law-requires",), "Second.")}, "wrong", BY, NOW)
    log.erase_record(reference, BY, NOW)
    record = log.show(reference)
    assert record.fields["reasons"] == FieldValue(("law-requires",))
    assert all(not event.texts for event in record.events)
    found = log.verify()
    assert found.ok and [(one.reference, one.on) for one in found.erased] == [(reference, "2026-11-20")]
