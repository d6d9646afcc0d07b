"""What can go wrong in the decision log.

LogError
├── LogUnavailable           the database cannot be used now; nothing was recorded
│   ├── LogLocked            another program held the database for too long
│   ├── LogReadOnly          the database or its folder cannot be written
│   ├── DiskFull             there is no room left
│   └── LogUncertain         the connection was lost at the last moment: it may be recorded
├── LogMissing               there is no decision log at this address
├── KeyFileError             the key file is missing, malformed or open to other accounts
├── WrongKey                 the key file belongs to another log
├── SchemaError              the database is not a decision log that this program can use
│   ├── SchemaTooNew         a newer version of the program wrote it
│   └── SchemaTooOld         an older version of the program wrote it, and it was not upgraded
├── InvalidDraft             a field, an option or an id is not one that may be recorded
├── ClockSetBack             the clock of this machine is behind the last entry
├── ConfirmationConflict     one confirmation id was used for two different contents
├── UnknownReference         no record has this reference
├── IdentityMissing          the record holds no identifying details
│   └── IdentityErased       it held them once; they are gone
├── IdentityExists           the record already holds identifying details
├── RecordErased             what the record held was erased, so nothing can be added to it
├── NotAllowed               what was asked for may not be done to this record, or not by this person
│   ├── OwnRecord            nobody approves, returns or takes over what they recorded themselves
│   ├── OwnCorrection        nobody approves what they corrected themselves
│   ├── RecordHeld           the record is held, so it may not be erased
│   └── Overtaken            somebody else was first: what was asked for could have been done before
│       ├── NotWaiting           the record does not wait for an approval
│       ├── CorrectedMeanwhile   the record is no longer what was read before it was approved
│       └── RetentionChanged     the list that was agreed to is no longer the list of what is due
├── CheckpointError          a checkpoint cannot be read, made or sent
├── ScheduleError            the retention schedule or a deadline cannot be read
├── BackupError              a backup cannot be made, read or restored
└── ChangedOutside           the ledger or the vault is not as this program left it

No message holds text that a user typed.
"""

from __future__ import annotations

from bot.errors import SharewellError

NOTHING_RECORDED = "Nothing was recorded."


class LogError(SharewellError):
    """Any fault of the decision log."""


class LogUnavailable(LogError):
    """The database cannot be used now. Nothing was recorded, and what was recorded before is unharmed."""


class LogLocked(LogUnavailable):
    """Another program held the database for longer than the wait that was allowed."""


class LogReadOnly(LogUnavailable):
    """The database or its folder cannot be written."""


class DiskFull(LogUnavailable):
    """There is no room left for the database."""


class LogUncertain(LogUnavailable):
    """The connection was lost while the last step was under way: it may or may not be recorded."""

    def __init__(self) -> None:
        super().__init__(
            "The connection to the decision log was lost at the last moment. It may or may not have been recorded.",
            "Confirm it again: the same confirmation is never recorded twice.",
        )


class LogMissing(LogError):
    """There is no decision log at this address. None was made."""


class KeyFileError(LogError):
    """The key file is missing, malformed, or open to other accounts."""


class WrongKey(LogError):
    """The key file belongs to another log."""


class SchemaError(LogError):
    """The database is not a decision log that this program can use."""


class SchemaTooNew(SchemaError):
    """A newer version of the program wrote the database."""


class SchemaTooOld(SchemaError):
    """An older version of the program wrote the database, and it has not been upgraded yet."""


class ClockSetBack(LogError):
    """The clock of this machine is behind the last entry. Nothing was recorded."""


class InvalidDraft(LogError):
    """A field, an option, an id or a detail is not one that may be recorded. Nothing was written."""

    def __init__(self, message: str, remedy: str = "Correct it, then confirm again.") -> None:
        super().__init__(f"{message} {NOTHING_RECORDED}", remedy)


class ConfirmationConflict(LogError):
    """One confirmation id was used for two different contents. The first stands."""

    def __init__(self) -> None:
        super().__init__(
            "This confirmation was already used for other content. The first record stands, and nothing was added.",
            "Start a new record for the new content.",
        )


class UnknownReference(LogError):
    """No record has this reference, or it is not a reference at all."""


class IdentityMissing(LogError):
    """The record holds no identifying details."""

    def __init__(self, message: str = "This record holds no identifying details.") -> None:
        super().__init__(message, "Check the reference number.")


class IdentityErased(IdentityMissing):
    """The record once held identifying details, which have been erased."""

    def __init__(self) -> None:
        super().__init__("The identifying details of this record were erased. They cannot be brought back.")


class IdentityExists(LogError):
    """The record already holds identifying details."""

    def __init__(self) -> None:
        super().__init__(
            f"This record already holds identifying details. {NOTHING_RECORDED}",
            "If they are wrong, add a correction that says so, without the details themselves.",
        )


class RecordErased(LogError):
    """What the record held was erased."""

    def __init__(self, day: str) -> None:
        super().__init__(f"What this record held was erased on {day}. {NOTHING_RECORDED}", "Make a new record.")


class NotAllowed(LogError):
    """What was asked for may not be done to this record, or not by this person."""


class Overtaken(NotAllowed):
    """The record has changed since: who asked is too late, and was denied nothing."""


class NotWaiting(Overtaken):
    """The record does not wait for an approval."""

    def __init__(self, status: str) -> None:
        super().__init__(
            f"This record does not wait for an approval: it is {status.replace('-', ' ')}. {NOTHING_RECORDED}",
            "Open the record again to see what was done to it.",
        )


class OwnRecord(NotAllowed):
    """Nobody decides on their own record."""

    def __init__(self) -> None:
        super().__init__(f"Nobody approves their own record. {NOTHING_RECORDED}", "Ask another manager.")


class OwnCorrection(NotAllowed):
    """Nobody approves the words or choices that they put into a record themselves."""

    def __init__(self) -> None:
        super().__init__(
            f"You corrected this record, so you cannot approve it as it stands. {NOTHING_RECORDED}",
            "Ask another manager to approve it, or take the record over.",
        )


class CorrectedMeanwhile(Overtaken):
    """The record is no longer what was read before it was approved."""

    def __init__(self) -> None:
        super().__init__(
            f"This record was corrected while you looked at it. {NOTHING_RECORDED}",
            "Open the record again, and read what it says now.",
        )


class RecordHeld(NotAllowed):
    """The record is held, so it may not be erased."""

    def __init__(self) -> None:
        super().__init__("This record is held, so nothing was erased.", "End the hold first, if you may.")


class RetentionChanged(Overtaken):
    """The list that was agreed to is no longer the list of what is due."""

    def __init__(self) -> None:
        super().__init__(
            "The list of what is due has changed since it was shown, so nothing was erased.",
            "Run `sharewell log retention --dry-run`, read the list, and confirm its digest.",
        )


class CheckpointError(LogError):
    """A checkpoint cannot be read, made or sent."""


class ScheduleError(LogError):
    """The retention schedule or a deadline cannot be read."""


class BackupError(LogError):
    """A backup cannot be made, read or restored."""


class ChangedOutside(LogError):
    """The ledger or the vault is not as this program left it, so it adds nothing to it."""

    def __init__(self) -> None:
        super().__init__(
            f"The decision log was changed by something other than this program. {NOTHING_RECORDED}",
            "Run `sharewell log verify`, and tell the person who looks after the log.",
        )
