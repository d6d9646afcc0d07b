"""What somebody asks to be exported: of which records, in which form, and with which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_RECORDS = 1000
"""Records of one export: they are put together in memory."""


class ScopeKind(StrEnum):
    """What an export is of. The values are those that the entry of the export carries."""

    RECORD = "record"
    PERIOD = "period"
    SUBJECT_ACCESS = "subject-access"


class Format(StrEnum):
    """The form of the file. A ZIP holds the other three and the proof."""

    ZIP = "zip"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


class FreeText(StrEnum):
    """Whether what was written in words is in the export. Identifying details never are."""

    LEFT_OUT = "left out"
    INCLUDED = "included"


@dataclass(frozen=True)
class Scope:
    """Records by their references, or by the moment of recording: from `since`, before `until`."""

    kind: ScopeKind
    references: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Order:
    """One export. `by` is the id of the account that asks for it."""

    scope: Scope
    format: Format
    free_text: FreeText
    by: str

    @property
    def has_words(self) -> bool:
        """Whether free text is included: whoever asks for access to what is held about them gets their words."""
        return self.free_text is FreeText.INCLUDED or self.scope.kind is ScopeKind.SUBJECT_ACCESS
