"""knowledge/records.yml: what the chat asks, and the lists it offers."""

from __future__ import annotations

import re

import pytest

from tests.decision_log.decision_log_support import raw_fields

KINDS = {"choice", "choices", "text", "date", "automatic"}
DECISIONS = ["shared", "shared-in-part", "not-shared", "refusal-overridden", "request-declined"]
DECISIONS += ["not-worked-together", "not-intervened"]
IDS = [field["id"] for field in raw_fields()]


def test_there_are_58_fields_each_once() -> None:
    assert len(IDS) == 58
    assert len(set(IDS)) == 58


def test_the_decision_has_its_seven_values() -> None:
    assert [option["id"] for option in raw_fields()[0]["options"]] == DECISIONS


def test_only_the_clock_fills_a_field_by_itself() -> None:
    assert [(f["id"], f["automatic"]) for f in raw_fields() if f["kind"] == "automatic"] == [("when-decided", "clock")]


@pytest.mark.parametrize("field", raw_fields(), ids=IDS)
def test_a_field_fits_the_chat(field: dict[str, object]) -> None:
    options = field.get("options", [])
    assert isinstance(options, list)
    assert field["kind"] in KINDS
    assert bool(options) == (field["kind"] in ("choice", "choices", "date"))
    assert len(str(field["label"])) <= 40
    assert len(str(field["asks"])) <= 160
    assert all(len(option["label"]) <= 40 for option in options)
    assert len({option["id"] for option in options}) == len({option["label"] for option in options}) == len(options)
    assert "not-recorded" not in {option["id"] for option in options}
    assert field.get("default") in {None, *(option["id"] for option in options)}
    assert field["identifying"] in ("true", "false") and field["may_add_text"] in ("true", "false")
    assert field["basis"] in ("stated", "implied") and field["sources"]


@pytest.mark.parametrize("field", raw_fields(), ids=IDS)
def test_a_field_speaks_plainly(field: dict[str, object]) -> None:
    assert str(field["why"]).count(".") == 1
    for sentence in re.split(r"[.?]", f"{field['asks']} {field['why']}"):
        assert len(sentence.split()) <= 25
    assert not re.search(r"n't\b|please", f"{field['label']} {field['asks']} {field['why']}", re.IGNORECASE)


def test_no_words_can_be_added_where_a_choice_says_it_all() -> None:
    plain = {field["id"] for field in raw_fields() if field["may_add_text"] == "false"}
    assert {"decision", "review-date", "consent-answer", "when-decided"} <= plain
