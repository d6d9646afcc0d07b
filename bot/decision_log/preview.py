"""What the user sees before confirming: every value that would be kept, what would not, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.decision_log.drafts import Draft, content_of, is_blank
from bot.decision_log.errors import InvalidDraft
from bot.decision_log.fields import AUTOMATIC, NOT_RECORDED, FieldValue, RecordField, RecordFields
from bot.decision_log.states import never_waits

BLANK = "Left blank for now"
FILLED_ON_CONFIRMING = "The time when you confirm"

NOT_KEPT: tuple[str, ...] = (
    "The messages that you typed in this chat",
    "Your name, your account and your telephone number",
    "Anything that was masked before it was read",
    "Answers that you went back on",
)
"""What a record never holds, as the preview says it."""


@dataclass(frozen=True)
class PreviewLine:
    """One line of the preview: the id of what is kept, its label, and the value in words."""

    field_id: str
    label: str
    value_text: str


def preview(draft: Draft, fields: RecordFields, titles: Mapping[str, str] | None = None) -> tuple[PreviewLine, ...]:
    """Everything that confirming `draft` would keep: first the fields in the order of `fields`, then the rest.

    `titles` gives words for ids of checks, outcomes and areas, and for a step of the path ("check/question/option");
    an id without a title is shown as it is. Raises InvalidDraft as confirming would, so nothing is shown that fails.
    """
    content_of(draft, fields)
    lines = [
        PreviewLine(field.id, field.label, _words(field, draft.fields.get(field.id)))
        for field in fields.values()
        if field.kind == AUTOMATIC or field.id in draft.fields
    ]
    return (*lines, *_rest(draft, titles or {}))


def missing(draft: Draft, outcome_records: Iterable[str], fields: RecordFields) -> tuple[str, ...]:
    """Ids of the fields that the outcome asks for and the draft has no value for, in the outcome's order.

    A field left blank on purpose is not missing; a field that fills itself never is.
    Raises InvalidDraft for an id that is no field.
    """
    wanted = []
    for field_id in outcome_records:
        field = fields.get(field_id)
        if field is None:
            raise InvalidDraft("The outcome asks for a field that no record can hold.")
        if field.kind != AUTOMATIC and is_blank(draft.fields.get(field_id, FieldValue())):
            wanted.append(field_id)
    return tuple(wanted)


def _words(field: RecordField, value: FieldValue | None) -> str:
    if value is None:
        return FILLED_ON_CONFIRMING
    if value.choices == (NOT_RECORDED,):
        return BLANK
    labels = {option.id: option.label for option in field.options}
    chosen = "; ".join(labels[choice] for choice in value.choices)
    return ". ".join(part for part in (chosen, value.text) if part)


def _rest(draft: Draft, titles: Mapping[str, str]) -> tuple[PreviewLine, ...]:
    needed = draft.approval_needed and not never_waits(draft.urgency)
    steps = (f"{step.check}/{step.question}/{step.option}" for step in draft.path)
    return (
        PreviewLine("check", "Check", titles.get(draft.check_id, draft.check_id)),
        PreviewLine("outcome", "Outcome", titles.get(draft.outcome_id, draft.outcome_id)),
        PreviewLine("path", "Your answers", "; ".join(titles.get(step, step) for step in steps)),
        PreviewLine("area", "Area", titles.get(draft.area, draft.area)),
        PreviewLine("urgency", "How soon", draft.urgency.replace("-", " ")),
        PreviewLine("approval", "Manager's approval", "Needed" if needed else "Not needed"),
        PreviewLine("content-version", "Version of the guidance", draft.content_version),
    )
