"""What the log hands back when something is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.decision_log.states import RecordStatus


@dataclass(frozen=True)
class Receipt:
    """Proof that a record is written. `already_recorded` where an earlier confirmation had written it."""

    reference: str
    sequence: int
    recorded_at: datetime
    already_recorded: bool


@dataclass(frozen=True)
class IdentityReceipt:
    """Proof that identifying details are held."""

    reference: str
    sequence: int
    recorded_at: datetime
    already_recorded: bool


@dataclass(frozen=True)
class ErasureReceipt:
    """Proof that identifying details are gone. `traces_cleared` is false while a reader held the write-ahead file."""

    reference: str
    sequence: int
    recorded_at: datetime
    traces_cleared: bool


@dataclass(frozen=True)
class ActReceipt:
    """Proof that something was done about a record, and where the record stands with regard to approval since."""

    reference: str
    sequence: int
    recorded_at: datetime
    status: RecordStatus
