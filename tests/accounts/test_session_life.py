"""Sessions: random, hashed, timed out, rotated, listed, ended."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.accounts import Accounts, EventKind, Role, SessionLimits
from tests.support.people import OTHER_PASSWORD, Clock, joined, kinds

BEGUN = EventKind.SIGNED_IN_PASSWORD
LIMITS = SessionLimits()


@pytest.fixture
def person(accounts: Accounts) -> str:
    return joined(accounts, "Ash Grove")


def test_only_a_hash_of_a_random_token_is_kept(accounts: Accounts, person: str) -> None:
    tokens = {accounts.sessions.begin(person, BEGUN) for _ in range(5)}
    assert len(tokens) == 5 and all(len(token) == 43 for token in tokens)
    with accounts._database.reading() as connection:
        kept = repr(connection.execute(text("SELECT * FROM session")).all())
    assert not any(token in kept for token in tokens)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é"])
def test_a_token_of_nobody_is_no_session(accounts: Accounts, person: str, token: str) -> None:
    accounts.sessions.begin(person, BEGUN)
    assert accounts.sessions.find(token) is None


def test_a_session_ends_without_use(accounts: Accounts, clock: Clock, person: str) -> None:
    token = accounts.sessions.begin(person, BEGUN)
    for _ in range(4):
        clock.now += LIMITS.idle - 1
        assert accounts.sessions.find(token) is not None
    clock.now += LIMITS.idle
    assert accounts.sessions.find(token) is None
    assert accounts.sessions.of(person) == ()


def test_a_session_ends_after_eight_hours_of_use(accounts: Accounts, clock: Clock, person: str) -> None:
    token = accounts.sessions.begin(person, BEGUN)
    began = clock.now
    while clock.now < began + LIMITS.absolute - 600:
        clock.now += 600
        assert accounts.sessions.find(token) is not None
    clock.now = began + LIMITS.absolute
    assert accounts.sessions.find(token) is None
    assert accounts.sessions.prove(token) is None


def test_signing_in_ends_the_session_that_the_browser_had(accounts: Accounts, person: str) -> None:
    first = accounts.sessions.begin(person, BEGUN)
    second = accounts.sessions.begin(person, BEGUN, instead_of=first)
    assert second != first
    assert accounts.sessions.find(first) is None and accounts.sessions.find(second) is not None


def test_a_change_of_roles_shows_at_once_and_gives_a_new_token(accounts: Accounts, person: str) -> None:
    token = accounts.sessions.begin(person, BEGUN)
    assert accounts.sessions.rotated(token) is None
    accounts.people.set_roles(person, ["auditor"])
    found = accounts.sessions.find(token)
    assert found is not None and found.account.roles == {Role.AUDITOR}
    fresh = accounts.sessions.rotated(token)
    assert fresh is not None and fresh != token
    assert accounts.sessions.find(token) is None
    again = accounts.sessions.find(fresh)
    assert again is not None and again.id == found.id
    assert accounts.sessions.rotated(fresh) is None and accounts.sessions.rotated(token) is None


def test_proof_counts_for_ten_minutes_and_gives_a_new_token(accounts: Accounts, clock: Clock, person: str) -> None:
    token = accounts.sessions.begin(person, BEGUN)
    found = accounts.sessions.find(token)
    assert found is not None and accounts.sessions.fresh(found)
    clock.now += LIMITS.fresh
    found = accounts.sessions.find(token)
    assert found is not None and not accounts.sessions.fresh(found)
    fresh = accounts.sessions.prove(token)
    assert fresh is not None and accounts.sessions.find(token) is None
    found = accounts.sessions.find(fresh)
    assert found is not None and accounts.sessions.fresh(found)
    assert kinds(accounts)[0] is EventKind.PROVED


def test_sessions_are_listed_and_ended_by_their_owner_alone(accounts: Accounts, clock: Clock, person: str) -> None:
    other = joined(accounts, "Rowan Field")
    here, there = accounts.sessions.begin(person, BEGUN), accounts.sessions.begin(person, BEGUN)
    theirs = accounts.sessions.begin(other, BEGUN)
    mine = accounts.sessions.find(here)
    foreign = accounts.sessions.find(theirs)
    assert mine is not None and foreign is not None
    assert len(accounts.sessions.of(person)) == 2
    accounts.sessions.end_one(person, foreign.id)
    assert accounts.sessions.find(theirs) is not None
    accounts.sessions.end_others(person, mine.id)
    assert accounts.sessions.find(there) is None and accounts.sessions.find(here) is not None
    accounts.sessions.end_one(person, mine.id)
    assert accounts.sessions.of(person) == ()
    assert kinds(accounts)[:2] == [EventKind.SESSION_ENDED, EventKind.SESSION_ENDED]


def test_signing_out_ends_the_session_once(accounts: Accounts, person: str) -> None:
    token = accounts.sessions.begin(person, BEGUN)
    accounts.sessions.end(token)
    accounts.sessions.end(token)
    assert accounts.sessions.find(token) is None
    assert kinds(accounts).count(EventKind.SIGNED_OUT) == 1


def test_a_new_password_signs_other_browsers_out(accounts: Accounts, person: str) -> None:
    here, there = accounts.sessions.begin(person, BEGUN), accounts.sessions.begin(person, BEGUN)
    found = accounts.sessions.find(here)
    assert found is not None
    accounts.passwords.change(person, OTHER_PASSWORD, found.id)
    assert accounts.sessions.find(there) is None and accounts.sessions.find(here) is not None
    accounts.passwords.proves(person, OTHER_PASSWORD)


def test_what_is_past_its_time_is_forgotten(accounts: Accounts, clock: Clock, person: str) -> None:
    accounts.sessions.begin(person, BEGUN)
    accounts.invitations.invite(["adviser"])
    accounts._ceremonies.begin("browser", "kind", {"a": "b"})
    accounts.sweep()
    counts = "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM invitation), (SELECT count(*) FROM ceremony)"
    with accounts._database.reading() as connection:
        assert tuple(connection.execute(text(counts)).one()) == (1, 1, 1)
    clock.now += 401 * 24 * 3600
    accounts.sweep()
    with accounts._database.reading() as connection:
        assert tuple(connection.execute(text(counts)).one()) == (0, 0, 0)
    assert accounts.events.newest(10) == ()
    assert accounts.people.find(person).active


def test_what_a_browser_began_is_its_own_and_taken_once(accounts: Accounts, clock: Clock) -> None:
    accounts._ceremonies.begin("one", "kind", {"a": "b"})
    assert accounts._ceremonies.take("other", "kind") is None
    assert accounts._ceremonies.take("one", "another kind") is None
    assert accounts._ceremonies.take("one", "kind") == {"a": "b"}
    assert accounts._ceremonies.take("one", "kind") is None
    accounts._ceremonies.begin("one", "kind", {"a": "b"})
    clock.now += 600
    assert accounts._ceremonies.take("one", "kind") is None
