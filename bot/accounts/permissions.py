"""Who may do what: one table from role to action. What stands in no row is denied."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol


class Role(StrEnum):
    """What a person does here. One person may have several."""

    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    ADVISER = "adviser"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be done in the organisation's own pages. A page names the one that it needs."""

    OWN_ACCOUNT = "own-account"
    RECORD_LIST = "record.list"
    RECORD_READ_OWN = "record.read_own"
    RECORD_READ_TEAM = "record.read_team"
    RECORD_READ_ALL = "record.read_all"
    RECORD_CORRECT = "record.correct"
    RECORD_REVIEW = "record.review"
    APPROVAL_DECIDE = "approval.decide"
    IDENTITY_READ = "identity.read"
    IDENTITY_ERASE = "identity.erase"
    ADVICE_ANSWER = "advice.answer"
    AUDIT_READ = "audit.read"
    EVENTS_READ = "events.read"
    LOG_EXPORT = "log.export"
    RETENTION_READ = "retention.read"
    RETENTION_RUN = "retention.run"
    KEY_ROTATE = "key.rotate"
    ACCOUNT_MANAGE = "account.manage"
    TRAINING_READ = "training.read"


NEEDS_FRESH = frozenset(
    {Action.IDENTITY_READ, Action.IDENTITY_ERASE, Action.LOG_EXPORT, Action.RETENTION_RUN, Action.KEY_ROTATE}
)
"""Dangerous acts: whoever does one has signed in, or said again who they are, within the last ten minutes."""

# Reading all records is the auditor's, without identifying details; a manager reads those of the team only, and may
# read who they are about. The administrator runs the service and reads no record.
PERMISSIONS: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.PRACTITIONER: frozenset(
            {Action.OWN_ACCOUNT, Action.RECORD_LIST, Action.RECORD_READ_OWN, Action.RECORD_CORRECT}
        ),
        Role.MANAGER: frozenset(
            {
                Action.OWN_ACCOUNT, Action.RECORD_LIST, Action.RECORD_READ_OWN, Action.RECORD_READ_TEAM,
                Action.RECORD_CORRECT,
                Action.RECORD_REVIEW, Action.APPROVAL_DECIDE, Action.IDENTITY_READ, Action.IDENTITY_ERASE,
                Action.LOG_EXPORT, Action.RETENTION_READ, Action.TRAINING_READ,
            }
        ),
        Role.ADVISER: frozenset({Action.OWN_ACCOUNT, Action.ADVICE_ANSWER}),
        Role.AUDITOR: frozenset(
            {
                Action.OWN_ACCOUNT, Action.RECORD_LIST, Action.RECORD_READ_ALL, Action.AUDIT_READ, Action.EVENTS_READ,
                Action.LOG_EXPORT,
                Action.RETENTION_READ,
            }
        ),
        Role.ADMINISTRATOR: frozenset(
            {
                Action.OWN_ACCOUNT, Action.ACCOUNT_MANAGE, Action.RETENTION_READ, Action.RETENTION_RUN,
                Action.KEY_ROTATE,
            }
        ),
    }
)  # fmt: skip


class HasRoles(Protocol):
    """An account, as far as permissions go."""

    @property
    def active(self) -> bool: ...

    @property
    def roles(self) -> Collection[Role]: ...


def may(account: HasRoles | None, action: Action) -> bool:
    """Whether `account` may do `action`. Nobody may do anything, and neither may an account that is not active."""
    if account is None or not account.active:
        return False
    return any(action in PERMISSIONS.get(role, frozenset()) for role in account.roles)


def roles_that_may(action: Action) -> tuple[Role, ...]:
    """The roles that `action` needs, any one of them."""
    return tuple(role for role in Role if action in PERMISSIONS[role])
