"""People of the organisation: accounts, roles and what they permit, sign-in, sessions, and what happened.
Imported by bot.channels and bot.cli. It imports bot.databases and bot.errors."""

from bot.accounts.accounts import Accounts
from bot.accounts.database import COPIED, Database
from bot.accounts.enrolments import Listener
from bot.accounts.errors import (
    AccountError,
    AccountsLocked,
    AccountsSchemaError,
    AccountsUnavailable,
    IdentityLinkRefused,
    InvalidAccount,
    InvitationRefused,
    NotChanged,
    OwnAccount,
    PasskeyRefused,
    ProviderError,
    SignInRefused,
    TooManyAttempts,
    UnknownAccount,
)
from bot.accounts.events import DAYS_KEPT, Event, EventKind
from bot.accounts.identity_links import HAND_IN_HOURS, IDENTITY_MINUTES, IdentityGrant, IdentityLinks
from bot.accounts.invitations import HOURS_VALID
from bot.accounts.model import (
    COMMAND_LINE,
    LONGEST_NAME,
    LONGEST_PLACE,
    Account,
    AccountState,
    Invitation,
    Passkey,
    Place,
    Session,
)
from bot.accounts.open_id_settings import OpenIdSettings, read_open_id
from bot.accounts.passkeys import Site
from bot.accounts.password_sign_in import DEVICE_DAYS, Attempt
from bot.accounts.passwords import LONGEST as LONGEST_PASSWORD
from bot.accounts.passwords import SHORTEST as SHORTEST_PASSWORD
from bot.accounts.passwords import Passwords
from bot.accounts.permissions import NEEDS_FRESH, PERMISSIONS, Action, Role, may, roles_that_may
from bot.accounts.sessions import SessionLimits
from bot.accounts.tokens import new_token

__all__ = [
    "COMMAND_LINE",
    "COPIED",
    "DAYS_KEPT",
    "DEVICE_DAYS",
    "HAND_IN_HOURS",
    "HOURS_VALID",
    "IDENTITY_MINUTES",
    "LONGEST_NAME",
    "LONGEST_PASSWORD",
    "LONGEST_PLACE",
    "NEEDS_FRESH",
    "PERMISSIONS",
    "SHORTEST_PASSWORD",
    "Account",
    "AccountError",
    "AccountState",
    "Accounts",
    "AccountsLocked",
    "AccountsSchemaError",
    "AccountsUnavailable",
    "Action",
    "Attempt",
    "Database",
    "Event",
    "EventKind",
    "IdentityGrant",
    "IdentityLinkRefused",
    "IdentityLinks",
    "InvalidAccount",
    "Invitation",
    "InvitationRefused",
    "Listener",
    "NotChanged",
    "OpenIdSettings",
    "OwnAccount",
    "Passkey",
    "PasskeyRefused",
    "Passwords",
    "Place",
    "ProviderError",
    "Role",
    "Session",
    "SessionLimits",
    "SignInRefused",
    "Site",
    "TooManyAttempts",
    "UnknownAccount",
    "may",
    "new_token",
    "read_open_id",
    "roles_that_may",
]
