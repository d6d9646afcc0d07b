"""What a practice walk leaves behind, and what the decision log would have kept of it in earnest. Pure.

A PracticeRecord is no draft of the decision log and cannot become one: it holds ids only, has no reference, and this
package imports nothing of the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.checks import HARM_NOW, RETURN
from bot.knowledge import NATIONAL, Area, Check, Knowledge, Outcome, RecordField, approval, deadline
from bot.training.scenario import AtOutcome, ScenarioWalk, place

ON_CONFIRMING = "The time when you confirm"
NO_LIMIT = "No limit is set"
HARM_LABEL = "Someone may be harmed"
"""What the button says that every question of a check has."""


@dataclass(frozen=True)
class PracticeRecord:
    """Ids of what was walked in practice: no words, and nobody real. `answers` are check, question and option."""

    scenario: str
    check_id: str
    outcome_id: str
    answers: tuple[tuple[str, str, str], ...]
    area: str
    content_version: str


@dataclass(frozen=True)
class KeptLine:
    """One line of what the log would keep: the value in words, or the question that would be asked for it."""

    field_id: str
    label: str
    value: str


@dataclass(frozen=True)
class WouldKeep:
    """What the log would hold by itself, what it would ask for, and which of that may identify somebody."""

    lines: tuple[KeptLine, ...]
    asked: tuple[KeptLine, ...]
    identifying: tuple[str, ...]


def practice_record(knowledge: Knowledge, walked: ScenarioWalk, area: str = NATIONAL) -> PracticeRecord | None:
    """The practice record of a walk that reached an outcome; None of one that did not."""
    here = place(knowledge, walked)
    if not isinstance(here, AtOutcome):
        return None
    answers = tuple((given.place.check, given.place.question, given.option) for given in walked.answers)
    known = area if area in knowledge.areas else NATIONAL
    return PracticeRecord(
        walked.key, here.reached.check.id, here.reached.outcome.id, answers, known, knowledge.version
    )


def would_keep(knowledge: Knowledge, record: PracticeRecord) -> WouldKeep | None:
    """What the log would keep of such a walk in earnest; None where its check or outcome is not there any more."""
    check = knowledge.checks.get(record.check_id)
    outcome = check.outcome(record.outcome_id) if check is not None else None
    area = knowledge.areas.get(record.area)
    if check is None or outcome is None or area is None:
        return None
    fields = [knowledge.fields[name] for name in outcome.records]
    told = {field.id: value for field in fields if (value := _told(field, record, outcome))}
    asked = [field for field in fields if field.kind != "automatic" and field.id not in told]
    return WouldKeep(
        (*(KeptLine(field.id, field.label, told[field.id]) for field in fields if field.id in told),
         *_always(knowledge, record, check, outcome, area)),
        tuple(KeptLine(field.id, field.label, field.asks) for field in asked),
        tuple(field.label for field in fields if field.identifying),
    )  # fmt: skip


def _told(field: RecordField, record: PracticeRecord, outcome: Outcome) -> str:
    """What the walk says of a field by itself, in words; empty where somebody would be asked."""
    if field.kind == "automatic":
        return ON_CONFIRMING
    meant: str | None = outcome.decision if field.id == "decision" else None
    for told in field.told_by:
        if any((f"{check}/{question}", option) == (told.at, told.answer) for check, question, option in record.answers):
            meant = told.means
    option = field.option(meant) if meant is not None else None
    return option.label if option is not None else ""


def _always(
    knowledge: Knowledge, record: PracticeRecord, check: Check, outcome: Outcome, area: Area
) -> Iterator[KeptLine]:
    """What every record holds, as the log's own preview shows it."""
    soon = deadline(check, outcome, area, knowledge)
    needed = approval(outcome, area, knowledge).needed
    yield KeptLine("check", "Check", check.title)
    yield KeptLine("outcome", "Outcome", outcome.title)
    yield KeptLine("path", "Your answers", "; ".join(_answers_in_words(knowledge, record)))
    yield KeptLine("area", "Area", area.name)
    yield KeptLine("urgency", "How soon", soon.within or NO_LIMIT)
    yield KeptLine("approval", "Manager's approval", "Needed" if needed else "Not needed")
    yield KeptLine("content-version", "Version of the guidance", record.content_version)


def _answers_in_words(knowledge: Knowledge, record: PracticeRecord) -> Iterator[str]:
    for check_id, question_id, option_id in record.answers:
        check = knowledge.checks.get(check_id)
        question = check.question(question_id) if check is not None else None
        if check is not None and option_id == RETURN:
            yield f"Back from: {check.title}"
        elif question is not None:
            option = question.option(option_id)
            said = HARM_LABEL if option_id == HARM_NOW else option.text if option is not None else option_id
            yield f"{question.asks} {said}"
