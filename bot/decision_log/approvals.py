"""The rules of approval: who may decide on whose record, when, and by when it should have been done. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.decision_log.canonical import utc_text
from bot.decision_log.errors import (
    NOTHING_RECORDED,
    CorrectedMeanwhile,
    NotAllowed,
    NotWaiting,
    Overtaken,
    OwnCorrection,
    OwnRecord,
    RecordErased,
    RecordHeld,
    ScheduleError,
)
from bot.decision_log.states import RecordState, RecordStatus, RetentionState, never_waits

SAME_DAY_HOURS = 4.0
"""Half a working day: the practitioner must still be able to act on the day itself."""

THREE_WORKING_DAYS_HOURS = 24.0
"""A third of the time there is."""

ROUTINE_HOURS = 120.0
"""A working week."""

DEFAULT_HOURS: Mapping[str, float] = MappingProxyType(
    {"same-day": SAME_DAY_HOURS, "within-3-working-days": THREE_WORKING_DAYS_HOURS, "routine": ROUTINE_HOURS}
)
"""How long an approval may take, by urgency. An outcome of urgency "now" never waits, so it has none."""

MOST_HOURS = 24.0 * 366


@dataclass(frozen=True)
class Deadlines:
    """How long an approval may take, in hours, by urgency."""

    hours: Mapping[str, float] = field(default_factory=lambda: DEFAULT_HOURS)

    def due(self, urgency: str, now: datetime) -> str:
        """By when a record that is submitted `now` should have been decided on, as UTC text."""
        return utc_text(now + timedelta(hours=self.hours[urgency]))


def read_deadlines(text: str) -> Deadlines:
    """Deadlines from a setting such as "same-day=4,routine=72"; what it leaves out keeps its default.

    Raises ScheduleError.
    """
    hours = dict(DEFAULT_HOURS)
    for part in filter(None, (part.strip() for part in text.split(","))):
        urgency, _, number = part.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = 0.0
        if urgency.strip() not in hours or not 0 < value <= MOST_HOURS:
            raise ScheduleError(
                "A deadline for approvals cannot be read.",
                f"Give hours up to {MOST_HOURS:g}, such as same-day=4,within-3-working-days=24,routine=120.",
            )
        hours[urgency.strip()] = value
    return Deadlines(MappingProxyType(hours))


def require_waiting(state: RecordState) -> None:
    """Raises NotWaiting unless the record waits for an approval."""
    if state.status is not RecordStatus.WAITING_FOR_APPROVAL:
        raise NotWaiting(state.status.value)


def require_other(state: RecordState, by: str) -> None:
    """Raises OwnRecord where `by` made the record or had its maker's link; NotAllowed where nobody stands behind it.

    To say who a record is about takes the link that goes to whoever made it. Another may have handed it in since.
    """
    if not state.author:
        raise NotAllowed(
            f"Nobody has put their account to this record yet, so nobody can approve it. {NOTHING_RECORDED}",
            "Ask who made it to hand it in, or say that you did not make it yourself.",
        )
    if by in state.makers:
        raise OwnRecord()


def require_nobody_known(state: RecordState, by: str) -> None:
    """Raises OwnRecord as `require_other` does, and Overtaken where an account stands behind the record by now."""
    if by in state.makers:
        raise OwnRecord()
    if state.author:
        raise Overtaken(
            f"It is known who made this record. {NOTHING_RECORDED}", "Open the record again, and decide on it as usual."
        )


def require_no_correction(state: RecordState, by: str) -> None:
    """Raises OwnCorrection where something that stands in the record was put there by `by`."""
    if by in state.correctors.values():
        raise OwnCorrection()


def require_as_read(state: RecordState, corrections: int | None) -> None:
    """Raises CorrectedMeanwhile where the record has other corrections than whoever decides on it has read."""
    if corrections is not None and corrections != state.corrections:
        raise CorrectedMeanwhile()


def require_submittable(state: RecordState, by: str) -> None:
    """Raises NotAllowed unless `by` may hand the record in for approval: Overtaken where it waits for that no more."""
    if not state.approval_needed or never_waits(state.urgency):
        raise NotAllowed(f"This record needs no approval. {NOTHING_RECORDED}", "There is nothing more to do.")
    nameless = state.status is RecordStatus.WAITING_FOR_APPROVAL and not state.author
    if state.status is not RecordStatus.RETURNED and not nameless:
        raise Overtaken(
            f"This record cannot be submitted: it is {state.status.value.replace('-', ' ')}. {NOTHING_RECORDED}",
            "Open the record again to see what was done to it.",
        )
    if state.author and by != state.author:
        raise NotAllowed(
            f"Only who made a record may submit it again. {NOTHING_RECORDED}", "Take the record over instead."
        )


def require_not_erased(state: RecordState) -> None:
    """Raises RecordErased where what the record held is gone."""
    if state.erased_at:
        raise RecordErased(state.erased_at[:10])


def require_not_held(state: RecordState) -> None:
    """Raises RecordHeld where nothing of the record may be erased."""
    if state.retention is RetentionState.HELD:
        raise RecordHeld()


def must_wait_again(status: RecordStatus, responsible: str, by: str) -> bool:
    """Whether a correction by `by` undoes an approval: what was approved is then no longer what stands.

    Whoever took the record over answers for it, and corrects it without asking.
    """
    if status is RecordStatus.APPROVED:
        return True
    return status is RecordStatus.TAKEN_OVER and by != responsible
