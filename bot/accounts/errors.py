"""What can go wrong with accounts.

AccountError
├── AccountsUnavailable      the database of the accounts cannot be used now; nothing was changed
│   └── AccountsLocked       another program held the database for too long
├── AccountsSchemaError      the database is not one of accounts that this program can use
├── UnknownAccount           no account has this id
├── InvalidAccount           a name, a role, a place or a password is not one that may be kept
├── NotChanged               what was asked for may not be done to this account
│   └── OwnAccount           nobody does that to their own account
├── InvitationRefused        the link was used, has expired, or is none of ours
├── IdentityLinkRefused      the same of a link to the identity page of a record
├── SignInRefused            who signs in could not be told; says nothing on whether the account exists
│   └── TooManyAttempts      wait before the next attempt
├── PasskeyRefused           the passkey, or the answer of the device, was not accepted
└── ProviderError            the organisation's sign-in service did not answer, or its answer was refused

No message holds text that a person typed.
"""

from __future__ import annotations

from bot.errors import SharewellError

NOTHING_CHANGED = "Nothing was changed."


class AccountError(SharewellError):
    """Any fault of the accounts."""


class AccountsUnavailable(AccountError):
    """The database of the accounts cannot be used now. Nothing was changed."""


class AccountsLocked(AccountsUnavailable):
    """Another program held the database for longer than the wait that was allowed."""

    def __init__(self) -> None:
        super().__init__(f"The database of the accounts is busy. {NOTHING_CHANGED}", "Try again in a minute.")


class AccountsSchemaError(AccountError):
    """The database is not one of accounts that this program can use. Nothing in it was touched."""


class UnknownAccount(AccountError):
    """No account has this id."""

    def __init__(self) -> None:
        super().__init__("There is no account with this id.", "Run `sharewell account list` to see the ids.")


class InvalidAccount(AccountError):
    """Something typed or chosen is not one that may be kept. `field` names what it was."""

    def __init__(self, field: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.field = field


class NotChanged(AccountError):
    """What was asked for may not be done to this account."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {NOTHING_CHANGED}", remedy)


class OwnAccount(NotChanged):
    """Nobody does that to their own account."""


class InvitationRefused(AccountError):
    """The link was used, has expired, or is none of ours: which of these it is, is not said."""

    def __init__(self) -> None:
        super().__init__(
            "This link does not work. It has expired, it was used already, or it is not complete.",
            "Ask the person who sent it for a new link.",
        )


class IdentityLinkRefused(AccountError):
    """A link about a record was used, has expired, or is none of ours: which of these it is, is not said."""

    def __init__(self) -> None:
        super().__init__(
            "This link does not work. It has expired, it was used already, or it is not complete.",
            "Ask for a new one in the chat in which you made the record.",
        )


class SignInRefused(AccountError):
    """Who signs in could not be told. It says nothing on whether the account exists."""

    def __init__(
        self,
        message: str = "The name or the password is not right.",
        remedy: str = "Check both, then try again. If you cannot sign in, ask an administrator for a new link.",
    ) -> None:
        super().__init__(message, remedy)


class TooManyAttempts(SignInRefused):
    """Wait `seconds` before the next attempt."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"There were too many attempts to sign in. Wait {waiting(seconds)}.",
            "Then try again. A passkey works at once.",
        )
        self.seconds = seconds


class PasskeyRefused(AccountError):
    """The passkey, or the answer of the device, was not accepted."""

    def __init__(self) -> None:
        super().__init__(
            "The passkey was not accepted.", "Try again. If it fails again, sign in in another way, or ask for help."
        )


class ProviderError(AccountError):
    """The organisation's sign-in service did not answer, or its answer was refused. `reason` is for events only."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Your organisation's sign-in did not work.",
            "Try again. If it fails again, tell the person who looks after this service.",
        )
        self.reason = reason


def waiting(seconds: int) -> str:
    """A wait in words."""
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
