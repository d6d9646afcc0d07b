"""Passkeys: what a device may answer, and every answer that is refused."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.accounts import (
    Accounts,
    Attempt,
    EventKind,
    InvalidAccount,
    InvitationRefused,
    NotChanged,
    PasskeyRefused,
    SignInRefused,
    Site,
)
from tests.support.authenticator import PRESENT, Device, encoded
from tests.support.people import HOME, Clock, joined, kinds

SITE = Site("advice.example.org", "https://advice.example.org")
BROWSER = "the browser's token"


@pytest.fixture
def device() -> Device:
    return Device(SITE.origin, SITE.host)


@pytest.fixture
def person(accounts: Accounts, device: Device) -> str:
    """Somebody who has joined with a password, and has added a passkey."""
    account_id = joined(accounts, "Ash Grove")
    _add(accounts, account_id, device)
    return account_id


def _add(accounts: Accounts, account_id: str, device: Device, label: str = "") -> None:
    name = accounts.people.find(account_id).name
    options = accounts.passkeys.options_to_add(BROWSER, SITE, account_id, name)
    accounts.passkeys.add(BROWSER, SITE, account_id, device.make(options), label)


def _used(accounts: Accounts, device: Device, browser: str = BROWSER, site: Site = SITE) -> str:
    options = accounts.passkeys.options_to_use(BROWSER, site)
    return accounts.passkeys.recognise(browser, SITE, device.use(options))


def test_a_passkey_signs_in(accounts: Accounts, device: Device, person: str) -> None:
    for _ in range(3):
        device.count += 1
        assert _used(accounts, device) == person
    assert [each.label for each in accounts.passkeys.of(person)] == ["Passkey 1"]


def test_a_passkey_is_asked_for_by_nobodys_name(accounts: Accounts, person: str) -> None:
    asked = json.loads(accounts.passkeys.options_to_use(BROWSER, SITE))
    assert asked["allowCredentials"] == [] and asked["userVerification"] == "required"
    assert asked["rpId"] == SITE.host


def test_joining_with_a_passkey_uses_the_link_up(accounts: Accounts, device: Device) -> None:
    made = accounts.invitations.invite(["adviser"])
    options = accounts.passkeys.options_to_add(BROWSER, SITE, made.account_id, "Ash Grove")
    account_id = accounts.passkeys.accept(BROWSER, SITE, made.token, "Ash Grove", device.make(options))
    found = accounts.people.find(account_id)
    assert found.active and not found.has_password
    device.count += 1
    assert _used(accounts, device) == account_id
    with pytest.raises(InvitationRefused):
        accounts.passkeys.accept(BROWSER, SITE, made.token, "Ash Grove", device.make(options))


def test_a_taken_name_is_told_before_a_device_makes_anything(accounts: Accounts, person: str) -> None:
    made = accounts.invitations.invite(["adviser"])
    with pytest.raises(InvalidAccount, match="Somebody else"):
        accounts.passkeys.options_to_add(BROWSER, SITE, made.account_id, "ash grove")


def _other_challenge(device: Device) -> None:
    device.challenge = encoded(b"x" * 64)


def _other_origin(device: Device) -> None:
    device.origin = "https://advice.example.org.elsewhere.example"


def _plain_http(device: Device) -> None:
    device.origin = "http://advice.example.org"


def _other_host(device: Device) -> None:
    device.host = "elsewhere.example"


def _unverified(device: Device) -> None:
    device.flags = PRESENT


def _absent(device: Device) -> None:
    device.flags = 0


def _other_key(device: Device) -> None:
    device.key = Device("", "").key


def _copied(device: Device) -> None:
    device.count = 0


def _unknown(device: Device) -> None:
    device.id = b"y" * 16


LIES = (_other_challenge, _other_origin, _plain_http, _other_host, _unverified, _absent)


@pytest.mark.parametrize("lie", [*LIES, _other_key, _copied, _unknown])
def test_a_device_that_lies_does_not_sign_in(
    accounts: Accounts, device: Device, person: str, lie: Callable[[Device], None]
) -> None:
    device.count += 1
    lie(device)
    with pytest.raises(PasskeyRefused):
        _used(accounts, device)
    event = accounts.events.newest(1)[0]
    assert (event.kind, event.account_id) == (EventKind.SIGN_IN_FAILED, "" if lie is _unknown else person)


@pytest.mark.parametrize("lie", LIES)
def test_a_device_that_lies_adds_no_passkey(accounts: Accounts, device: Device, lie: Callable[[Device], None]) -> None:
    account_id = joined(accounts, "Ash Grove")
    lie(device)
    with pytest.raises(PasskeyRefused):
        _add(accounts, account_id, device)
    assert accounts.passkeys.of(account_id) == ()


@pytest.mark.parametrize(
    "answer",
    ["", "null", "[]", "{}", '{"id": 5}', '{"id": "abc"}', "[" * 19_000, "x" * 100_000,
     '{"id": "abc", "rawId": "abc", "type": "public-key", "response": {}}'],
)  # fmt: skip
def test_what_is_no_answer_is_refused(accounts: Accounts, person: str, answer: str) -> None:
    accounts.passkeys.options_to_use(BROWSER, SITE)
    with pytest.raises(PasskeyRefused):
        accounts.passkeys.recognise(BROWSER, SITE, answer)
    accounts.passkeys.options_to_add(BROWSER, SITE, person, "Ash Grove")
    with pytest.raises(PasskeyRefused):
        accounts.passkeys.add(BROWSER, SITE, person, answer, "")


def test_an_answer_serves_once(accounts: Accounts, device: Device, person: str) -> None:
    device.count += 1
    answer = device.use(accounts.passkeys.options_to_use(BROWSER, SITE))
    accounts.passkeys.recognise(BROWSER, SITE, answer)
    with pytest.raises(PasskeyRefused):
        accounts.passkeys.recognise(BROWSER, SITE, answer)


def test_an_answer_serves_the_browser_that_asked(accounts: Accounts, device: Device, person: str) -> None:
    device.count += 1
    with pytest.raises(PasskeyRefused):
        _used(accounts, device, browser="another browser's token")


def test_an_answer_that_took_too_long_is_refused(
    accounts: Accounts, device: Device, person: str, clock: Clock
) -> None:
    device.count += 1
    answer = device.use(accounts.passkeys.options_to_use(BROWSER, SITE))
    clock.now += 600
    with pytest.raises(PasskeyRefused):
        accounts.passkeys.recognise(BROWSER, SITE, answer)


def test_a_passkey_of_somebody_suspended_does_not_sign_in(accounts: Accounts, device: Device, person: str) -> None:
    accounts.people.suspend(person)
    device.count += 1
    with pytest.raises(PasskeyRefused):
        _used(accounts, device)


def test_a_passkey_is_added_once_and_for_the_account_that_asked(
    accounts: Accounts, device: Device, person: str
) -> None:
    other = joined(accounts, "Rowan Field")
    with pytest.raises(PasskeyRefused):
        _add(accounts, other, device)
    options = accounts.passkeys.options_to_add(BROWSER, SITE, person, "Ash Grove")
    with pytest.raises(PasskeyRefused):
        accounts.passkeys.add(BROWSER, SITE, other, Device(SITE.origin, SITE.host).make(options), "")


def test_ten_passkeys_are_enough(accounts: Accounts, person: str) -> None:
    for number in range(9):
        _add(accounts, person, Device(SITE.origin, SITE.host), f"phone {number}")
    with pytest.raises(PasskeyRefused):
        _add(accounts, person, Device(SITE.origin, SITE.host))
    assert len(accounts.passkeys.of(person)) == 10


def test_the_last_way_in_stays(accounts: Accounts, device: Device, person: str) -> None:
    accounts.passwords.remove(person)
    one = accounts.passkeys.of(person)[0]
    with pytest.raises(NotChanged, match="only way"):
        accounts.passkeys.remove(person, one.id)
    _add(accounts, person, Device(SITE.origin, SITE.host))
    other = joined(accounts, "Rowan Field")
    accounts.passkeys.remove(other, one.id)  # that of somebody else stays
    assert len(accounts.passkeys.of(person)) == 2
    accounts.passkeys.remove(person, one.id)
    assert len(accounts.passkeys.of(person)) == 1
    assert kinds(accounts)[0] is EventKind.PASSKEY_REMOVED


def test_failed_passwords_do_not_delay_a_passkey(accounts: Accounts, device: Device, person: str) -> None:
    for _ in range(8):
        with pytest.raises(SignInRefused):
            accounts.passwords.recognise(Attempt("Ash Grove", "not the password", HOME))
    device.count += 1
    assert _used(accounts, device) == person
