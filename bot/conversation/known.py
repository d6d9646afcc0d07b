"""What a conversation knows that a letter or form may hold: of the check walked, the record in the making, or the
record just confirmed. What is not known is left out; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from bot.checks import Answer, Place, Position, Reached
from bot.conversation import checking
from bot.conversation.turn import Turn
from bot.decision_log import FieldValue, Record
from bot.knowledge import Area, Check, Knowledge, RecordField, deadline
from bot.letters import Known

_PERSONS = {"children": "child", "adults": "adult at risk"}
_HOW_SOON = {
    "now": "At once",
    "same-day": "The same day",
    "within-3-working-days": "Within 3 working days",
    "routine": "Routine",
}


def known(turn: Turn) -> Known:
    """What is known where the conversation stands. Blocks on the disk after a record was confirmed.

    Raises LogError when that record cannot be read.
    """
    place = checking.position(turn)
    if place is not None:
        drafting = turn.session.drafting
        given = {} if drafting is None else {
            name: FieldValue(tuple(value["choices"]), value["text"]) for name, value in drafting.values.items()
        }  # fmt: skip
        return known_of_walk(turn.knowledge, turn.area, place, turn.session.walk_answers, given)
    if turn.session.reference is not None:
        return _known_of_record(turn, turn.log.show(turn.session.reference))
    return Known()


def known_of_walk(
    knowledge: Knowledge, area: Area, place: Position, answers: Iterable[Answer],
    given: Mapping[str, FieldValue] | None = None,
) -> Known:  # fmt: skip
    """What the walk of a check to `place` tells. What the user has `given` for a record goes before it."""
    facts = _facts_of(place.check)
    records = _told(knowledge, answers)
    if isinstance(place, Reached):
        facts["outcome"] = place.outcome.title
        facts["urgency"] = _HOW_SOON[deadline(place.check, place.outcome, area, knowledge).urgency]
        if place.outcome.decision is not None:
            records["decision"] = _words(knowledge.fields["decision"], FieldValue((place.outcome.decision,), ""))
    return Known({**records, **_given(knowledge, given or {})}, facts)


def _known_of_record(turn: Turn, record: Record) -> Known:
    facts = {"reference": record.reference}
    check = turn.knowledge.checks.get(record.check_id)
    if check is not None:
        facts |= _facts_of(check)
        outcome = check.outcome(record.outcome_id)
        facts |= {} if outcome is None else {"outcome": outcome.title}
    facts["urgency"] = _HOW_SOON[record.urgency]
    answers = [Answer(Place(step.check, step.question), step.option) for step in record.path]
    return Known({**_told(turn.knowledge, answers), **_given(turn.knowledge, record.fields)}, facts)


def _facts_of(check: Check) -> dict[str, str]:
    facts = {"check": check.title}
    if check.audience in _PERSONS:
        facts["person"] = _PERSONS[check.audience]
    return facts


def _told(knowledge: Knowledge, answers: Iterable[Answer]) -> dict[str, str]:
    """What answers tell of fields of the record (told_by in records.yml); of several, the last one counts."""
    found: dict[str, str] = {}
    for answer in answers:
        for field in knowledge.fields.values():
            for told in field.told_by:
                if (told.at, told.answer) == (str(answer.place), answer.option):
                    found[field.id] = _words(field, FieldValue((told.means,), ""))
    return found


def _given(knowledge: Knowledge, values: Mapping[str, FieldValue]) -> dict[str, str]:
    """The values of a record in words. A field that was left blank on purpose is blank."""
    fields = knowledge.fields
    return {name: _words(fields[name], value) for name, value in values.items() if name in fields}


def _words(field: RecordField, value: FieldValue) -> str:
    labels = [option.label for name in value.choices if (option := field.option(name)) is not None]
    text = value.text
    if field.kind == "date" and text:
        text = _day(date.fromisoformat(text))
    elif field.kind == "automatic" and text:
        moment = datetime.fromisoformat(text).astimezone(UTC)
        text = f"{_day(moment.date())}, {moment:%H:%M} (UTC)"
    return "; ".join(filter(None, (*labels, text)))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
