"""What can go wrong in the decision log.

LogError
├── LogUnavailable           the database cannot be used now; nothing was recorded
│   ├── LogLocked            another program held the database for too long
│   ├── LogReadOnly          the database or its folder cannot be written
│   └── DiskFull             there is no room left
├── KeyFileError             the key file is missing, malformed or open to other accounts
├── WrongKey                 the key file belongs to another log
├── SchemaError              the database is not a decision log that this program can use
│   └── SchemaTooNew         a newer version of the program wrote it
├── InvalidDraft             a field, an option or an id is not one that may be recorded
├── ConfirmationConflict     one confirmation id was used for two different contents
├── UnknownReference         no record has this reference
├── IdentityMissing          the record holds no identifying details
│   └── IdentityErased       it held them once; they are gone
├── IdentityExists           the record already holds identifying details
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


class KeyFileError(LogError):
    """The key file is missing, malformed, or open to other accounts."""


class WrongKey(LogError):
    """The key file belongs to another log."""


class SchemaError(LogError):
    """The database is not a decision log that this program can use."""


class SchemaTooNew(SchemaError):
    """A newer version of the program wrote the database."""


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
            "Erase the earlier details first if they are wrong.",
        )


class ChangedOutside(LogError):
    """The ledger or the vault is not as this program left it, so it adds nothing to it."""

    def __init__(self) -> None:
        super().__init__(
            f"The decision log was changed by something other than this program. {NOTHING_RECORDED}",
            "Run `sharewell log verify`, and tell the person who looks after the log.",
        )
