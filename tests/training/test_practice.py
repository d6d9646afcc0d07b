"""Practice leaves nothing in the decision log, and shows what the log would have kept."""

from __future__ import annotations

import ast
import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot.training
from bot.decision_log import DecisionLog, Draft, InvalidDraft, KeySource
from bot.knowledge import Knowledge
from bot.training import PracticeRecord, Training, TrainingSchemaError, begin, practice_record, would_keep
from tests.support.assistants import Clock
from tests.support.training import MODULE, opened
from tests.training.test_scenario import AGREED, chosen, walked_well

PACKAGE = Path(bot.training.__file__).parent
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def of(known: Knowledge) -> PracticeRecord:
    record = practice_record(known, walked_well(known, AGREED))
    assert record is not None
    return record


def log_in(folder: Path, known: Knowledge) -> DecisionLog:
    return DecisionLog.open(f"sqlite:///{folder / 'decision-log.db'}", KeySource(folder / "master.key"), known.fields)


def test_a_practice_record_holds_ids_only(known: Knowledge) -> None:
    record = of(known)
    assert (record.scenario, record.check_id, record.outcome_id) == (AGREED, "small-check", "go-on")
    assert record.answers == (("small-check", "asked", "yes"), ("small-check", "answered", "agreed"))
    assert record.content_version == known.version


def test_a_walk_without_an_outcome_leaves_no_record(known: Knowledge) -> None:
    assert practice_record(known, chosen(known, begin(AGREED), "no")) is None
    assert practice_record(known, begin(AGREED)) is None


def test_an_unknown_area_is_the_national_one(known: Knowledge) -> None:
    record = practice_record(known, walked_well(known, AGREED), "nowhere")
    assert record is not None and record.area == "national"


def test_what_the_log_would_keep_is_shown(known: Knowledge) -> None:
    shown = would_keep(known, of(known))
    assert shown is not None
    lines = {line.field_id: line.value for line in shown.lines}
    assert lines["check"] == "A small check"
    assert lines["outcome"] == "Go on"
    assert lines["path"] == "Have you asked the person? Yes; What did they say? They agreed"
    assert lines["approval"] == "Needed"
    assert lines["content-version"] == known.version
    assert lines["decision"] == "Shared"
    assert [line.field_id for line in shown.asked] == ["reasons"]


def test_what_is_gone_is_not_shown(known: Knowledge) -> None:
    assert would_keep(known, dataclasses.replace(of(known), outcome_id="gone")) is None
    assert would_keep(known, dataclasses.replace(of(known), check_id="gone")) is None


def test_a_practice_record_is_no_draft_and_the_log_refuses_it(known: Knowledge, tmp_path: Path) -> None:
    log = log_in(tmp_path, known)
    try:
        before = log.verify().entries
        assert not isinstance(of(known), Draft)
        with pytest.raises((AttributeError, TypeError, InvalidDraft)):
            log.confirm(of(known), NOW)  # type: ignore[arg-type]
        assert log.verify().entries == before
    finally:
        log.close()


def test_no_field_of_a_draft_can_be_filled_from_a_practice_record_alone() -> None:
    needed = {field.name for field in dataclasses.fields(Draft) if field.default is dataclasses.MISSING}
    held = {field.name for field in dataclasses.fields(PracticeRecord)}
    assert {"draft_id", "fields", "path", "approval_needed", "urgency"} <= needed - held


def test_the_training_imports_nothing_of_the_log() -> None:
    imported = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
    ours = {name for name in imported if name.startswith("bot.") and not name.startswith("bot.training")}
    assert ours == {"bot.checks", "bot.codes", "bot.databases", "bot.errors", "bot.knowledge", "bot.typesetting"}


def test_a_practice_walk_goes_into_a_file_of_its_own_and_leaves_the_log_as_it_was(
    known: Knowledge, tmp_path: Path, clock: Clock
) -> None:
    log = log_in(tmp_path, known)
    training = opened(f"sqlite:///{tmp_path / 'training.db'}", clock)
    try:
        before = log.verify().entries
        learner = training.begin("Quiet Heron").learner
        training.keep_walk(learner.id, known, walked_well(known, AGREED))
        assert [each.scenario for each in training.progress(learner.id, known).practice] == [AGREED]
        assert log.verify().entries == before
    finally:
        training.close()
        log.close()
    assert MODULE.encode() not in (tmp_path / "decision-log.db").read_bytes()


def test_the_training_is_refused_on_the_database_of_the_log(known: Knowledge, tmp_path: Path) -> None:
    log_in(tmp_path, known).close()
    held = (tmp_path / "decision-log.db").read_bytes()
    training = Training(f"sqlite:///{tmp_path / 'decision-log.db'}")
    with pytest.raises(TrainingSchemaError) as error:
        training.begin("Quiet Heron")
    assert "SHAREWELL_TRAINING_URL" in error.value.remedy
    assert (tmp_path / "decision-log.db").read_bytes() == held
