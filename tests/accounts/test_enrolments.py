"""Acting under an account from another service: invited once, known by a hash, and gone when it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.accounts import HOURS_VALID, Accounts, EventKind, InvitationRefused, NotChanged, Role, UnknownAccount
from bot.accounts.schema import enrolled, enrolment_invitation
from tests.support.people import PASSWORD, Clock, joined, kinds

PERSON, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def one(accounts: Accounts) -> str:
    return joined(accounts, "Ash Grove")


def test_an_invitation_enrols_once(accounts: Accounts, one: str) -> None:
    made = accounts.enrolments.invite(one)
    assert accounts.enrolments.look(made.token).id == one
    assert accounts.enrolments.account_of(PERSON) is None
    assert accounts.enrolments.enrol(made.token, PERSON).id == one
    found = accounts.enrolments.account_of(PERSON)
    assert found is not None and found.id == one
    with pytest.raises(InvitationRefused):
        accounts.enrolments.enrol(made.token, OTHER)
    assert accounts.enrolments.account_of(OTHER) is None
    assert kinds(accounts)[:2] == [EventKind.ENROLLED, EventKind.ENROLMENT_OFFERED]


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é"])
def test_a_guessed_invitation_is_refused(accounts: Accounts, one: str, token: str) -> None:
    accounts.enrolments.invite(one)
    with pytest.raises(InvitationRefused):
        accounts.enrolments.enrol(token, PERSON)


def test_an_invitation_ends_after_three_days_and_with_the_next(accounts: Accounts, one: str, clock: Clock) -> None:
    first, second = accounts.enrolments.invite(one), accounts.enrolments.invite(one)
    with pytest.raises(InvitationRefused):
        accounts.enrolments.enrol(first.token, PERSON)
    clock.now += HOURS_VALID * 3600
    with pytest.raises(InvitationRefused):
        accounts.enrolments.enrol(second.token, PERSON)
    accounts.sweep()
    with accounts._database.reading() as connection:
        assert connection.execute(select(enrolment_invitation)).all() == []


def test_only_hashes_are_kept(accounts: Accounts, one: str) -> None:
    made = accounts.enrolments.invite(one)
    with accounts._database.reading() as connection:
        assert made.token not in str(connection.execute(select(enrolment_invitation)).all())


def test_only_an_account_in_use_is_invited_or_acted_under(accounts: Accounts, one: str) -> None:
    waiting = accounts.invitations.invite([Role.PRACTITIONER]).account_id
    with pytest.raises(NotChanged):
        accounts.enrolments.invite(waiting)
    with pytest.raises(UnknownAccount):
        accounts.enrolments.invite("nobody")
    accounts.enrolments.enrol(accounts.enrolments.invite(one).token, PERSON)
    token = accounts.enrolments.invite(one).token
    accounts.people.suspend(one)
    assert accounts.enrolments.account_of(PERSON) is None
    with pytest.raises(InvitationRefused):
        accounts.enrolments.enrol(token, OTHER)
    accounts.people.restore(one)
    assert accounts.enrolments.account_of(PERSON) is not None


def test_an_account_has_one_person_and_a_person_one_account(accounts: Accounts, one: str) -> None:
    two = joined(accounts, "Birch Lane")
    accounts.enrolments.enrol(accounts.enrolments.invite(one).token, PERSON)
    accounts.enrolments.enrol(accounts.enrolments.invite(one).token, OTHER)
    assert accounts.enrolments.account_of(PERSON) is None
    accounts.enrolments.enrol(accounts.enrolments.invite(two).token, OTHER)
    found = accounts.enrolments.account_of(OTHER)
    assert found is not None and found.id == two


def test_leaving_resetting_or_ending_takes_the_address_too(accounts: Accounts, one: str) -> None:
    ways = (
        lambda: accounts.enrolments.leave(PERSON),
        lambda: accounts.enrolments.end(one),
        lambda: accounts.invitations.reset(one),
    )
    for end in ways:
        accounts.enrolments.enrol(accounts.enrolments.invite(one).token, PERSON)
        accounts.enrolments.listen(PERSON, b"sealed", 7)
        assert [each.address for each in accounts.enrolments.listeners()] == [b"sealed"]
        end()
        assert accounts.enrolments.account_of(PERSON) is None and accounts.enrolments.listeners() == ()
        with accounts._database.reading() as connection:
            assert connection.execute(select(enrolled)).all() == []


def test_an_invitation_of_before_a_reset_opens_nothing_after_it(accounts: Accounts, one: str) -> None:
    lost = accounts.enrolments.invite(one).token
    accounts.invitations.accept_with_password(accounts.invitations.reset(one).token, "Ash Grove", PASSWORD)
    with pytest.raises(InvitationRefused):
        accounts.enrolments.enrol(lost, OTHER)
    assert accounts.enrolments.account_of(OTHER) is None


def test_an_address_is_kept_by_choice_and_forgotten_when_it_is_withdrawn(accounts: Accounts, one: str) -> None:
    accounts.enrolments.enrol(accounts.enrolments.invite(one).token, PERSON)
    assert not accounts.enrolments.hears(PERSON) and accounts.enrolments.listeners() == ()
    accounts.enrolments.listen(PERSON, b"sealed", 7)
    assert accounts.enrolments.hears(PERSON)
    accounts.enrolments.deafen(PERSON)
    assert not accounts.enrolments.hears(PERSON) and accounts.enrolments.listeners() == ()


def test_of_two_programs_one_tells(accounts: Accounts, one: str) -> None:
    accounts.enrolments.enrol(accounts.enrolments.invite(one).token, PERSON)
    accounts.enrolments.listen(PERSON, b"sealed", 7)
    assert accounts.enrolments.claim(PERSON, 7, 9)
    assert not accounts.enrolments.claim(PERSON, 7, 9)
    assert accounts.enrolments.listeners()[0].told == 9
