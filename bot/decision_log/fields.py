"""What a record may hold: the shape of a field, and of a value given for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

NOT_RECORDED = "not-recorded"
"""The option that means "leave blank for now". Every field takes it; it is never listed in a field's options."""

CHOICE, CHOICES, TEXT, DATE, AUTOMATIC = "choice", "choices", "text", "date", "automatic"


class FieldOption(Protocol):
    """One answer of a choice."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


class RecordField(Protocol):
    """One field of knowledge/records.yml. `kind` is choice, choices, text, date or automatic."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def options(self) -> Sequence[FieldOption]: ...
    @property
    def may_add_text(self) -> bool: ...
    @property
    def identifying(self) -> bool: ...


RecordFields: TypeAlias = Mapping[str, RecordField]
"""Every known field by its id, in the order in which a record shows them."""


@dataclass(frozen=True)
class FieldValue:
    """What the user gave for one field: ids of options, and text where the field takes it.

    A date is text of the form YYYY-MM-DD, or one option where no day was set.
    A blank left on purpose is `FieldValue((NOT_RECORDED,))`.
    """

    choices: tuple[str, ...] = ()
    text: str = ""
