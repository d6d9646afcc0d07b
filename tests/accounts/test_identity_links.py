"""One-time links to the identity page: hashed, 15 minutes, once, and for the holder alone where there is one."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from bot.accounts import IDENTITY_MINUTES, Accounts, IdentityLinkRefused
from bot.accounts.schema import identity_link
from tests.support.people import Clock

REFERENCE = "SW-7KQ4-M2XD"


def test_a_link_is_looked_at_as_often_as_somebody_previews_it_and_opened_once(accounts: Accounts) -> None:
    links = accounts.identity_links
    token = links.make(REFERENCE)
    assert [links.look(token) for _ in range(3)] == [False] * 3
    granted = links.granted(links.open(token))
    assert (granted.reference, granted.done) == (REFERENCE, False)
    for use in (links.look, links.open, links.granted):
        with pytest.raises(IdentityLinkRefused):
            use(token)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é" * 50])
def test_a_guessed_link_or_grant_is_refused(accounts: Accounts, token: str) -> None:
    accounts.identity_links.open(accounts.identity_links.make(REFERENCE))
    for use in (accounts.identity_links.look, accounts.identity_links.open, accounts.identity_links.granted):
        with pytest.raises(IdentityLinkRefused):
            use(token)


def test_link_and_grant_end_after_fifteen_minutes_each(accounts: Accounts, clock: Clock) -> None:
    links = accounts.identity_links
    late, used = links.make(REFERENCE), links.make("SW-0000-0000")
    clock.now += IDENTITY_MINUTES * 60 - 1
    grant = links.open(used)
    links.look(late)
    clock.now += 1
    with pytest.raises(IdentityLinkRefused):
        links.open(late)
    clock.now += IDENTITY_MINUTES * 60 - 2
    links.granted(grant)
    clock.now += 1
    with pytest.raises(IdentityLinkRefused):
        links.granted(grant)
    accounts.sweep()
    with accounts._database.reading() as connection:
        assert connection.execute(select(identity_link)).all() == []


def test_only_hashes_of_link_grant_and_holder_are_kept(accounts: Accounts) -> None:
    token = accounts.identity_links.make(REFERENCE, "the holder")
    grant = accounts.identity_links.open(token, ["the holder"])
    waiting = accounts.identity_links.make("SW-0000-0000", "the holder")
    with accounts._database.reading() as connection:
        kept = str(connection.execute(select(identity_link)).all())
    for secret in (token, grant, waiting, "the holder"):
        assert secret not in kept
    assert REFERENCE in kept


def test_a_link_with_a_holder_opens_for_the_holder_alone_and_is_not_used_up_by_others(accounts: Accounts) -> None:
    links = accounts.identity_links
    token = links.make(REFERENCE, "the holder")
    assert links.look(token)
    for holders in ((), ("another",), ("",)):
        with pytest.raises(IdentityLinkRefused):
            links.open(token, holders)
    assert links.granted(links.open(token, ("another", "the holder"))).reference == REFERENCE


def test_opening_one_link_of_a_record_ends_its_others(accounts: Accounts) -> None:
    links = accounts.identity_links
    first, bound, other = links.make(REFERENCE), links.make(REFERENCE, "the holder"), links.make("SW-0000-0000")
    newest = links.make(REFERENCE)
    with pytest.raises(IdentityLinkRefused):
        links.look(first)
    assert links.look(bound)
    links.open(newest)
    with pytest.raises(IdentityLinkRefused):
        links.open(bound, ["the holder"])
    assert not links.look(other)


def test_a_grant_that_is_finished_says_so(accounts: Accounts) -> None:
    grant = accounts.identity_links.open(accounts.identity_links.make(REFERENCE))
    accounts.identity_links.finish(grant)
    assert accounts.identity_links.granted(grant).done


def test_of_many_who_open_a_link_at_once_one_gets_in(accounts: Accounts) -> None:
    token = accounts.identity_links.make(REFERENCE)
    opened: list[str] = []
    refused: list[IdentityLinkRefused] = []

    def take() -> None:
        try:
            opened.append(accounts.identity_links.open(token))
        except IdentityLinkRefused as error:
            refused.append(error)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(opened), len(refused)) == (1, 5)
