"""A draft: everything that a record would hold, before anything is written. Pure, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.decision_log.canonical import JsonValue
from bot.decision_log.errors import InvalidDraft
from bot.decision_log.fields import (
    AUTOMATIC,
    CHOICE,
    CHOICES,
    DATE,
    NOT_RECORDED,
    FieldValue,
    RecordField,
    RecordFields,
)
from bot.decision_log.references import require_request_id

MAX_TEXT = 2000  # characters of one text
MAX_STEPS = 400  # answers of one walk; the longest walk of the checks is far below
URGENCIES = ("now", "same-day", "within-3-working-days", "routine")
# Ids only: nothing that a person typed can come into the ledger by way of them.
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+:-]{0,99}")


@dataclass(frozen=True)
class PathStep:
    """One answer on the way: ids of the check, its question and the option chosen."""

    check: str
    question: str
    option: str


@dataclass(frozen=True)
class Draft:
    """A record that has not been written. `draft_id` (new_request_id) makes confirming it twice harmless."""

    draft_id: str
    check_id: str
    outcome_id: str
    path: tuple[PathStep, ...]
    fields: Mapping[str, FieldValue]
    area: str
    content_version: str
    approval_needed: bool
    urgency: str
    by: str = ""
    """The account id of who records it; empty where nobody signed in."""


@dataclass(frozen=True)
class FieldParts:
    """Field values, parted: options and dates go into the ledger as they are, texts only encrypted."""

    choices: Mapping[str, JsonValue]
    dates: Mapping[str, JsonValue]
    texts: Mapping[str, str]

    def public(self) -> dict[str, JsonValue]:
        """What the ledger holds of them."""
        return {"choices": self.choices, "dates": self.dates, "texts": sorted(self.texts)}


@dataclass(frozen=True)
class Content:
    """A valid draft, parted: `public` goes into the ledger as it is, `texts` only encrypted."""

    public: Mapping[str, JsonValue]
    texts: Mapping[str, str]


def content_of(draft: Draft, fields: RecordFields) -> Content:
    """The parts of a draft that would be kept.

    Free text may identify a person whatever the field, so all of it goes to the vault; the ledger keeps ids and dates.
    Raises InvalidDraft for an unknown field or option, a malformed id, a text where none may stand.
    """
    _require_ids(draft)
    parts = parts_of(draft.fields, fields)
    public: dict[str, JsonValue] = {
        "check": draft.check_id,
        "outcome": draft.outcome_id,
        "path": [[step.check, step.question, step.option] for step in draft.path],
        **parts.public(),
        "area": draft.area,
        "content_version": draft.content_version,
        "approval_needed": draft.approval_needed,
        "urgency": draft.urgency,
    }
    return Content(public, parts.texts)


def parts_of(given: Mapping[str, FieldValue], fields: RecordFields) -> FieldParts:
    """The parts of field values. Raises InvalidDraft for an unknown field or option, or a text where none may stand."""
    choices: dict[str, JsonValue] = {}
    dates: dict[str, JsonValue] = {}
    texts: dict[str, str] = {}
    for field_id, value in given.items():
        field = _known(field_id, fields)
        _require_fitting(field, value)
        if value.choices:
            choices[field_id] = list(value.choices)
        if not value.text:
            continue
        if field.kind == DATE:
            dates[field_id] = value.text
        else:
            texts[field_id] = value.text
    return FieldParts(choices, dates, texts)


def is_blank(value: FieldValue) -> bool:
    """Whether the user gave nothing at all, not even "leave blank for now"."""
    return not value.choices and not value.text.strip()


def _require_ids(draft: Draft) -> None:
    require_request_id(draft.draft_id)
    ids = [draft.check_id, draft.outcome_id, draft.area]
    ids += [part for step in draft.path for part in (step.check, step.question, step.option)]
    if not all(ID.fullmatch(part) for part in ids):
        raise InvalidDraft("A check, question, option, outcome or area id is malformed.")
    if not VERSION.fullmatch(draft.content_version):
        raise InvalidDraft("The content version is malformed.")
    if draft.urgency not in URGENCIES:
        raise InvalidDraft("The urgency is not one of the four that exist.")
    if len(draft.path) > MAX_STEPS:
        raise InvalidDraft(f"The path has more than {MAX_STEPS} steps.")


def _known(field_id: str, fields: RecordFields) -> RecordField:
    field = fields.get(field_id)
    if field is None:
        raise InvalidDraft("The draft has a field that no record can hold.")
    if field.kind == AUTOMATIC:
        raise InvalidDraft(f"The field {field.id} is filled by the log itself.", "Leave it out of the draft.")
    return field


def _require_fitting(field: RecordField, value: FieldValue) -> None:
    if is_blank(value):
        raise InvalidDraft(f"The field {field.id} is empty.", "Leave it out, or leave it blank on purpose.")
    if value.choices == (NOT_RECORDED,) and not value.text:
        return
    _require_choices(field, value.choices)
    if value.text:
        _require_text(field, value.text)


def _require_choices(field: RecordField, choices: tuple[str, ...]) -> None:
    known = {option.id for option in field.options}
    if not known.issuperset(choices):
        raise InvalidDraft(f"The field {field.id} has no such option.")
    if len(set(choices)) != len(choices):
        raise InvalidDraft(f"The field {field.id} holds one option twice.")
    if field.kind in (CHOICE, DATE) and len(choices) > 1:
        raise InvalidDraft(f"The field {field.id} takes one option only.")
    if field.kind not in (CHOICE, CHOICES, DATE) and choices:
        raise InvalidDraft(f"The field {field.id} takes no options.")


def _require_text(field: RecordField, text: str) -> None:
    if field.kind in (CHOICE, CHOICES) and not field.may_add_text:
        raise InvalidDraft(f"The field {field.id} takes options only.")
    if len(text) > MAX_TEXT:
        raise InvalidDraft(f"The text of the field {field.id} is longer than {MAX_TEXT} characters.", "Shorten it.")
    if field.kind == DATE and not _is_date(text):
        raise InvalidDraft(f"The field {field.id} needs a date as year, month and day.", "For example 2026-12-01.")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
