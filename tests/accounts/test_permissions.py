"""Each role, each action: who may do what, and that all else is denied."""

from __future__ import annotations

from itertools import combinations

import pytest

from bot.accounts import NEEDS_FRESH, PERMISSIONS, Accounts, Action, Role, may, roles_that_may
from tests.support.people import allowed, joined

EXPECTED = {
    Role.PRACTITIONER: "own-account record.list record.read_own record.correct",
    Role.MANAGER: "own-account record.list record.read_own record.read_team record.correct record.review "
    "approval.decide identity.read identity.erase log.export retention.read training.read",
    Role.ADVISER: "own-account advice.answer",
    Role.AUDITOR: "own-account record.list record.read_all audit.read events.read log.export retention.read",
    Role.ADMINISTRATOR: "own-account account.manage retention.read retention.run key.rotate",
}
"""Written out again, so that a slip in the table is seen."""


class _Person:
    def __init__(self, *roles: Role, active: bool = True) -> None:
        self.roles = frozenset(roles)
        self.active = active


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_role_may_do_what_it_needs_and_no_more(role: Role, action: Action) -> None:
    assert may(_Person(role), action) is (action.value in EXPECTED[role].split())


@pytest.mark.parametrize("action", Action)
def test_nobody_and_nobody_inactive_may_do_anything(action: Action) -> None:
    assert not may(None, action)
    assert not may(_Person(), action)
    assert not may(_Person(*Role, active=False), action)


@pytest.mark.parametrize("pair", list(combinations(Role, 2)))
def test_several_roles_add_up(pair: tuple[Role, Role]) -> None:
    for action in Action:
        assert may(_Person(*pair), action) is any(may(_Person(role), action) for role in pair)


def test_whoever_runs_the_service_reads_no_record() -> None:
    reads = {action for action in Action if action.value.startswith(("record.", "identity.", "advice.", "approval."))}
    assert not PERMISSIONS[Role.ADMINISTRATOR] & reads
    assert not PERMISSIONS[Role.AUDITOR] & {Action.IDENTITY_READ, Action.APPROVAL_DECIDE, Action.ACCOUNT_MANAGE}


def test_every_role_is_in_the_table_and_every_action_is_somebodys() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert all(roles_that_may(action) for action in Action)
    assert {
        Action.IDENTITY_READ, Action.IDENTITY_ERASE, Action.LOG_EXPORT, Action.RETENTION_RUN, Action.KEY_ROTATE
    } == NEEDS_FRESH  # fmt: skip


def test_an_account_has_what_its_roles_give(accounts: Accounts) -> None:
    one = joined(accounts, "Ash Grove", Role.ADVISER, Role.AUDITOR)
    joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    assert {action.value for action in allowed(accounts, one)} == {
        *EXPECTED[Role.ADVISER].split(), *EXPECTED[Role.AUDITOR].split()
    }  # fmt: skip
    accounts.people.suspend(one)
    assert allowed(accounts, one) == set()
