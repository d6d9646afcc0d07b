"""One record as an export shows it: its choices in words, and its own words only where they were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.decision_log import NOT_RECORDED, Event, FieldValue, Record
from bot.exports import words
from bot.knowledge import Knowledge

_BLANK = {NOT_RECORDED: words.BLANK}


@dataclass(frozen=True)
class Value:
    """What one field holds. `text` is None where there is text that was left out; empty where there is none."""

    field: str
    label: str
    choices: tuple[str, ...]
    labels: tuple[str, ...]
    text: str | None

    @property
    def shown(self) -> str:
        """The value as people read it."""
        text = words.WITHHELD if self.text is None else self.text
        return ", ".join(filter(None, ("; ".join(self.labels), text)))


@dataclass(frozen=True)
class Happening:
    """One entry of the record. `texts` are its words by name, empty where they were left out or erased."""

    label: str
    event: Event
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Version:
    """What a field that was corrected held at one time; None where it held nothing."""

    field: str
    sequence: int
    value: Value | None


@dataclass(frozen=True)
class Sheet:
    """One record. Labels are those of the guidance in use; an id stands where it no longer knows one."""

    record: Record
    check: str
    outcome: str
    area: str
    decision: str
    values: tuple[Value, ...]
    happenings: tuple[Happening, ...]
    versions: tuple[Version, ...]


class Sheets:
    """Makes sheets. Without `knowledge` the ids stand in the place of labels."""

    def __init__(self, knowledge: Knowledge | None, *, has_words: bool) -> None:
        self._knowledge = knowledge
        self._has_words = has_words

    def of(self, record: Record) -> Sheet:
        """The sheet of one record."""
        known = self._knowledge
        check = known.checks.get(record.check_id) if known else None
        outcome = check.outcome(record.outcome_id) if check else None
        area = known.areas.get(record.area) if known else None
        values = tuple(self._values(record.fields))
        return Sheet(
            record, check.title if check else record.check_id, outcome.title if outcome else record.outcome_id,
            area.name if area else record.area,
            next((value.shown for value in values if value.field == "decision"), ""), values,
            tuple(self._happening(event) for event in record.events),
            tuple(
                Version(name, one.sequence, next(self._values({name: one.value}), None) if one.value else None)
                for name, all_of_it in record.history.items() for one in all_of_it
            ),
        )  # fmt: skip

    def _values(self, fields: Mapping[str, FieldValue]) -> Iterator[Value]:
        for name, value in fields.items():
            field = self._knowledge.fields.get(name) if self._knowledge else None
            options = [(field.option(choice) if field else None, choice) for choice in value.choices]
            labels = tuple(option.label if option else _BLANK.get(choice, choice) for option, choice in options)
            plain = field is not None and field.kind in ("date", "automatic")
            text = value.text if self._has_words or plain or not value.text else None
            yield Value(name, field.label if field else name, tuple(value.choices), labels, text)

    def _happening(self, event: Event) -> Happening:
        label = words.APPROVED_OF_UNKNOWN if event.body.get("declares") else words.KINDS[event.kind]
        return Happening(label, event, dict(event.texts) if self._has_words else {})


def as_data(sheet: Sheet) -> dict[str, Any]:
    """The sheet for programs. A text that was left out is null."""
    record = sheet.record
    return {
        "reference": record.reference,
        "recorded_at": record.recorded_at.isoformat(),
        "check": {"id": record.check_id, "title": sheet.check},
        "outcome": {"id": record.outcome_id, "title": sheet.outcome},
        "area": {"id": record.area, "name": sheet.area},
        "status": record.status.value,
        "urgency": record.urgency,
        "approval_needed": record.approval_needed,
        "approval_due": None if record.due_at is None else record.due_at.isoformat(),
        "author": record.author,
        "responsible": record.responsible,
        "review_on": record.review_on,
        "retention": record.retention.value,
        "erased_on": None if record.erased_at is None else record.erased_at.date().isoformat(),
        "identifying_details": record.identity.value,
        "content_version": record.content_version,
        "path": [{"check": step.check, "question": step.question, "option": step.option} for step in record.path],
        "fields": [_value(value) for value in sheet.values],
        "corrected": [
            {"id": version.field, "entry": version.sequence, "value": version.value and _value(version.value)}
            for version in sheet.versions
        ],
        "entries": [
            {"sequence": one.event.sequence, "kind": one.event.kind.value, "label": one.label,
             "recorded_at": one.event.recorded_at.isoformat(), "by": one.event.by, "texts": dict(one.texts)}
            for one in sheet.happenings
        ],
    }  # fmt: skip


def _value(value: Value) -> dict[str, Any]:
    return {
        "id": value.field, "label": value.label, "choices": list(value.choices), "labels": list(value.labels),
        "text": value.text,
    }  # fmt: skip
