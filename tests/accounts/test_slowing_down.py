"""Guessing is slowed down; nobody can lock a colleague out; unknown accounts are treated alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from bot.accounts import Accounts, Attempt, EventKind, SignInRefused, TooManyAttempts
from bot.accounts.throttle import (
    FIRST_DELAY,
    FORGOTTEN_AFTER,
    FREE_FOR_ADDRESS,
    FREE_FOR_NAME,
    LONGEST_DELAY,
    delay_after,
)
from tests.support.people import ELSEWHERE, HOME, PASSWORD, Clock, Counting, joined, kinds

NAME = "Ash Grove"


def _fails(accounts: Accounts, name: str = NAME, address: str = HOME, device: str = "") -> None:
    with pytest.raises(SignInRefused) as refused:
        accounts.passwords.recognise(Attempt(name, "not the password", address, device))
    assert not isinstance(refused.value, TooManyAttempts)


def _waits(accounts: Accounts, name: str = NAME, address: str = HOME, device: str = "") -> int:
    with pytest.raises(TooManyAttempts) as refused:
        accounts.passwords.recognise(Attempt(name, PASSWORD, address, device))
    return refused.value.seconds


def test_the_delay_grows_and_ends() -> None:
    delays = [delay_after(failures, FREE_FOR_NAME) for failures in range(1, 40)]
    assert delays[:8] == [0, 0, 0, 0, 5, 10, 20, 40]
    assert delays[-1] == LONGEST_DELAY == max(delays) and delays == sorted(delays)


def test_a_right_password_recognises(accounts: Accounts) -> None:
    account_id = joined(accounts, NAME)
    found = accounts.passwords.recognise(Attempt(" ash  GROVE ", PASSWORD, HOME))
    assert found.account_id == account_id and len(found.device) == 43


def test_after_five_failures_even_the_right_password_waits(accounts: Accounts, clock: Clock) -> None:
    joined(accounts, NAME)
    for _ in range(FREE_FOR_NAME):
        _fails(accounts)
    assert _waits(accounts) == FIRST_DELAY
    clock.now += FIRST_DELAY
    _fails(accounts)
    assert _waits(accounts) == 2 * FIRST_DELAY
    clock.now += 2 * FIRST_DELAY
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))
    _fails(accounts)  # what was counted is forgotten


def test_an_attempt_while_waiting_makes_the_wait_no_longer(
    accounts: Accounts, clock: Clock, counting: Counting
) -> None:
    joined(accounts, NAME)
    for _ in range(FREE_FOR_NAME):
        _fails(accounts)
    checks = counting.checks
    for _ in range(20):
        _waits(accounts)
    assert counting.checks == checks, "a password was checked in spite of the wait"
    clock.now += FIRST_DELAY
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))


def test_a_stranger_at_another_address_does_not_delay_a_colleague(accounts: Accounts) -> None:
    joined(accounts, NAME)
    for _ in range(FREE_FOR_NAME):
        _fails(accounts, address=ELSEWHERE)
    _waits(accounts, address=ELSEWHERE)
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))


def test_a_known_browser_is_not_delayed_by_a_colleague_at_the_same_address(accounts: Accounts) -> None:
    joined(accounts, NAME)
    device = accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME)).device
    for _ in range(FREE_FOR_NAME):
        _fails(accounts)
    _waits(accounts)
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME, device))


def test_a_known_browser_has_failures_of_its_own(accounts: Accounts) -> None:
    joined(accounts, NAME)
    device = accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME)).device
    for _ in range(FREE_FOR_NAME):
        _fails(accounts, device=device)
    assert _waits(accounts, device=device) == FIRST_DELAY


def test_a_browser_known_for_one_account_is_a_stranger_to_another(accounts: Accounts) -> None:
    joined(accounts, NAME)
    joined(accounts, "Rowan Field")
    device = accounts.passwords.recognise(Attempt("Rowan Field", PASSWORD, HOME)).device
    for _ in range(FREE_FOR_NAME):
        _fails(accounts, device=device)
    _waits(accounts, device=device)


def test_one_address_cannot_try_many_names(accounts: Accounts, clock: Clock) -> None:
    joined(accounts, NAME)
    for number in range(FREE_FOR_ADDRESS):
        _fails(accounts, name=f"somebody {number}")
    assert _waits(accounts) == FIRST_DELAY
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, ELSEWHERE))
    clock.now += FIRST_DELAY
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))


def test_an_account_of_ones_own_does_not_clear_the_address(accounts: Accounts, clock: Clock) -> None:
    joined(accounts, NAME)
    for number in range(FREE_FOR_ADDRESS - 1):
        _fails(accounts, name=f"somebody {number}")
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))
    _fails(accounts, name="somebody else")
    assert _waits(accounts, name="and another") == FIRST_DELAY


def test_failures_are_forgotten_after_a_day(accounts: Accounts, clock: Clock) -> None:
    joined(accounts, NAME)
    for _ in range(FREE_FOR_NAME):
        _fails(accounts)
    clock.now += FORGOTTEN_AFTER
    _fails(accounts)
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))


def test_many_at_once_are_counted_one_by_one(accounts: Accounts, counting: Counting) -> None:
    joined(accounts, NAME)
    before = counting.checks

    def guess() -> None:
        with pytest.raises(SignInRefused):
            accounts.passwords.recognise(Attempt(NAME, "not the password", HOME))

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert counting.checks - before == FREE_FOR_NAME


@contextmanager
def _statements(accounts: Accounts) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = accounts._database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_an_unknown_account_costs_the_same_work_and_gets_the_same_answer(
    accounts: Accounts, counting: Counting
) -> None:
    joined(accounts, NAME)
    suspended = joined(accounts, "Rowan Field")
    accounts.people.suspend(suspended)
    accounts.invitations.invite(["adviser"], "Hazel Brook")
    work, answers = [], set()
    counting.hash("the decoy is made before")
    accounts.passwords._passwords.matches(None, "x")
    for name in (NAME, "Rowan Field", "Hazel Brook", "nobody at all"):
        checks, hashes = counting.checks, counting.hashes
        with _statements(accounts) as seen, pytest.raises(SignInRefused) as refused:
            accounts.passwords.recognise(Attempt(name, "not the password", HOME))
        work.append((counting.checks - checks, counting.hashes - hashes, seen))
        answers.add(str(refused.value))
    assert work[0][:2] == (1, 0)
    assert all(each == work[0] for each in work)
    assert len(answers) == 1


def test_a_wait_says_nothing_on_whether_the_account_exists(accounts: Accounts) -> None:
    joined(accounts, NAME)
    for name in (NAME, "nobody at all"):
        for _ in range(FREE_FOR_NAME):
            _fails(accounts, name=name, address=f"192.0.2.{len(name)}")
    waits = {_waits(accounts, name=name, address=f"192.0.2.{len(name)}") for name in (NAME, "nobody at all")}
    assert waits == {FIRST_DELAY}


def test_neither_names_nor_addresses_nor_passwords_are_kept_of_attempts(accounts: Accounts) -> None:
    joined(accounts, NAME)
    _fails(accounts, name="Zebra Crossing")
    with accounts._database.reading() as connection:
        tables = ("attempts", "event", "device", "ceremony", "session")
        kept = repr([connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables]).lower()
    assert "zebra" not in kept and HOME not in kept and "not the password" not in kept


def test_failures_are_events_without_content(accounts: Accounts) -> None:
    account_id = joined(accounts, NAME)
    for _ in range(FREE_FOR_NAME):
        _fails(accounts)
    _fails(accounts, name="nobody at all")
    found = accounts.events.newest(3)
    assert [(each.kind, each.account_id) for each in found] == [
        (EventKind.SIGN_IN_FAILED, ""), (EventKind.SIGN_IN_DELAYED, account_id), (EventKind.SIGN_IN_FAILED, account_id)
    ]  # fmt: skip


def test_proving_who_one_is_is_slowed_down_too(accounts: Accounts, clock: Clock) -> None:
    account_id = joined(accounts, NAME)
    for _ in range(FREE_FOR_NAME):
        with pytest.raises(SignInRefused):
            accounts.passwords.proves(account_id, "not the password")
    with pytest.raises(TooManyAttempts):
        accounts.passwords.proves(account_id, PASSWORD)
    clock.now += FIRST_DELAY
    accounts.passwords.proves(account_id, PASSWORD)
    assert kinds(accounts)[0] is EventKind.PROOF_FAILED


def test_a_hash_of_lower_cost_is_made_anew(accounts: Accounts, counting: Counting) -> None:
    account_id = joined(accounts, NAME)
    counting._parameters = type(counting)()._parameters.__class__(**{
        **{field: getattr(counting._parameters, field) for field in counting._parameters.__dataclass_fields__},
        "time_cost": 2,
    })  # fmt: skip
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))
    with accounts._database.reading() as connection:
        stored = connection.execute(text("SELECT password_hash FROM account WHERE id = :id"), {"id": account_id})
        assert "t=2" in stored.scalar_one()
    accounts.passwords.recognise(Attempt(NAME, PASSWORD, HOME))
