"""The preview and what is missing: nothing is written, and nothing is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.decision_log import NOT_KEPT, FieldValue, InvalidDraft, PreviewLine, missing, preview
from tests.decision_log.decision_log_support import file_fields, make_draft


def test_every_field_is_shown_in_words_in_the_order_of_the_fields() -> None:
    draft = make_draft(
        fields={
            "follow-up": FieldValue((), "Ring on Monday"),
            "reasons": FieldValue(("protect-child", "law-requires"), "Two lines"),
            "decision": FieldValue(("shared",)),
            "review-date": FieldValue(("not-recorded",)),
            "test-date": FieldValue((), "2026-12-01"),
        }
    )
    lines = [(line.field_id, line.value_text) for line in preview(draft, file_fields())]
    assert lines[:6] == [
        ("decision", "Shared"),
        ("reasons", "To protect a child; The law or a court requires it. Two lines"),
        ("when-decided", "The time when you confirm"),
        ("follow-up", "Ring on Monday"),
        ("review-date", "Left blank for now"),
        ("test-date", "2026-12-01"),
    ]


def test_what_is_kept_beside_the_fields_is_shown_too_with_titles_where_there_are_some() -> None:
    draft = replace(make_draft(), approval_needed=True, urgency="routine")
    titles = {"share-decision": "Should I share this?", "share-decision/purpose/harm-now": "Purpose: harm"}
    rest = {line.field_id: line.value_text for line in preview(draft, file_fields(), titles)}
    assert rest["check"] == "Should I share this?"
    assert rest["outcome"] == "act-now"
    assert rest["path"] == "Purpose: harm"
    assert rest["approval"] == "Needed"
    assert rest["content-version"] == draft.content_version
    assert PreviewLine("area", "Area", "national") in preview(draft, file_fields())


def test_the_preview_refuses_what_confirming_would_refuse() -> None:
    with pytest.raises(InvalidDraft):
        preview(make_draft(fields={"decision": FieldValue(("maybe",))}), file_fields())


def test_what_is_not_kept_is_said() -> None:
    assert len(NOT_KEPT) >= 4


def test_missing_names_what_the_outcome_asks_for_and_has_no_value() -> None:
    draft = make_draft(fields={"decision": FieldValue(("shared",)), "purpose": FieldValue(("not-recorded",))})
    wanted = ["follow-up", "decision", "when-decided", "purpose", "reasons"]
    assert missing(draft, wanted, file_fields()) == ("follow-up", "reasons")


def test_missing_refuses_an_unknown_field() -> None:
    with pytest.raises(InvalidDraft):
        missing(make_draft(), ["no-such-field"], file_fields())
