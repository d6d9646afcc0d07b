"""One-time links: random, hashed, for three days, once."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from bot.accounts import (
    HOURS_VALID,
    Accounts,
    AccountState,
    EventKind,
    InvalidAccount,
    InvitationRefused,
    NotChanged,
    Place,
    Role,
)
from tests.support.people import OTHER_PASSWORD, PASSWORD, Clock, joined, kinds


def test_a_link_makes_an_account_once(accounts: Accounts) -> None:
    made = accounts.invitations.invite(["manager"], "Robin Marsh", Place("North", "durham", ("consent", "consent", "")))
    waiting = accounts.invitations.look(made.token)
    assert (waiting.state, waiting.name) == (AccountState.INVITED, "Robin Marsh")
    assert waiting.roles == {Role.MANAGER}
    assert (waiting.team, waiting.area, waiting.subjects) == ("North", "durham", ("consent",))
    account_id = accounts.invitations.accept_with_password(made.token, "Robin M", PASSWORD)
    found = accounts.people.find(account_id)
    assert (found.id, found.state, found.name, found.has_password) == (
        made.account_id, AccountState.ACTIVE, "Robin M", True
    )  # fmt: skip
    with pytest.raises(InvitationRefused):
        accounts.invitations.accept_with_password(made.token, "Robin M", PASSWORD)
    assert kinds(accounts) == [EventKind.ACCEPTED, EventKind.INVITED]


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é" * 50])
def test_a_guessed_link_is_refused(accounts: Accounts, token: str) -> None:
    accounts.invitations.invite(["adviser"])
    with pytest.raises(InvitationRefused):
        accounts.invitations.look(token)


def test_a_link_ends_after_three_days(accounts: Accounts, clock: Clock) -> None:
    made = accounts.invitations.invite(["adviser"])
    clock.now += HOURS_VALID * 3600 - 1
    accounts.invitations.look(made.token)
    clock.now += 1
    with pytest.raises(InvitationRefused) as late:
        accounts.invitations.accept_with_password(made.token, "Robin", PASSWORD)
    with pytest.raises(InvitationRefused) as guessed:
        accounts.invitations.look("guess")
    assert str(late.value) == str(guessed.value)


def test_only_a_hash_of_the_link_is_kept(accounts: Accounts) -> None:
    made = accounts.invitations.invite(["adviser"])
    with accounts._database.reading() as connection:
        rows = repr(connection.execute(text("SELECT * FROM invitation")).all())
    assert made.token not in rows and len(made.token) == 43


def test_a_link_still_works_after_a_mistake(accounts: Accounts) -> None:
    joined(accounts, "Ash Grove")
    made = accounts.invitations.invite(["adviser"])
    for name, password in (("", PASSWORD), ("ASH  grove", PASSWORD), ("Robin", "short"), ("x" * 41, PASSWORD)):
        with pytest.raises(InvalidAccount):
            accounts.invitations.accept_with_password(made.token, name, password)
    accounts.invitations.accept_with_password(made.token, "Robin", PASSWORD)


def test_two_at_once_use_a_link_once(accounts: Accounts) -> None:
    made = accounts.invitations.invite(["adviser"])
    done: list[str] = []
    refused: list[InvitationRefused] = []

    def accept(name: str) -> None:
        try:
            done.append(accounts.invitations.accept_with_password(made.token, name, PASSWORD))
        except InvitationRefused as error:
            refused.append(error)

    threads = [threading.Thread(target=accept, args=(f"Robin {letter}",)) for letter in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(done), len(refused)) == (1, 5)


def test_a_reset_takes_every_way_in_away(accounts: Accounts) -> None:
    account_id = joined(accounts, "Ash Grove")
    session = accounts.sessions.begin(account_id, EventKind.SIGNED_IN_PASSWORD)
    made = accounts.invitations.reset(account_id)
    assert accounts.sessions.find(session) is None
    found = accounts.people.find(account_id)
    assert (found.state, found.has_password, found.name) == (AccountState.INVITED, False, "Ash Grove")
    again = accounts.invitations.accept_with_password(made.token, "Ash Grove", OTHER_PASSWORD)
    assert again == account_id


def test_a_second_reset_ends_the_first_link(accounts: Accounts) -> None:
    account_id = joined(accounts, "Ash Grove")
    first = accounts.invitations.reset(account_id)
    second = accounts.invitations.reset(account_id)
    with pytest.raises(InvitationRefused):
        accounts.invitations.look(first.token)
    assert accounts.invitations.look(second.token).id == account_id


def test_a_suspended_account_is_not_reset_and_its_links_end(accounts: Accounts) -> None:
    made = accounts.invitations.invite(["adviser"])
    accounts.people.suspend(made.account_id)
    with pytest.raises(InvitationRefused):
        accounts.invitations.look(made.token)
    with pytest.raises(NotChanged):
        accounts.invitations.reset(made.account_id)


@pytest.mark.parametrize("roles", [[], ["boss"], ["manager", "boss"]])
def test_nobody_is_invited_without_a_role(accounts: Accounts, roles: list[str]) -> None:
    with pytest.raises(InvalidAccount, match="role"):
        accounts.invitations.invite(roles)
    assert accounts.people.all() == ()
