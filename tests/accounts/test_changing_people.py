"""Names, roles, teams, suspending: what may be changed, by whom, and that it is written down."""

from __future__ import annotations

import pytest

from bot.accounts import Accounts, AccountState, EventKind, InvalidAccount, NotChanged, Place, Role, UnknownAccount
from tests.support.people import PASSWORD, joined, kinds


def test_ids_are_random_and_say_nothing(accounts: Accounts) -> None:
    ids = {joined(accounts, f"Person {letter}") for letter in "abcdef"}
    assert len(ids) == 6
    assert all(len(each) == 16 and each.isalnum() and "person" not in each for each in ids)


@pytest.mark.parametrize("name", ["ash grove", "ASH\tGROVE", "Ａsh Grove", "Ash\u200b Grove", " Ash  Grove "])
def test_no_two_people_have_names_that_read_the_same(accounts: Accounts, name: str) -> None:
    joined(accounts, "Ash Grove")
    other = joined(accounts, "Rowan Field")
    with pytest.raises(InvalidAccount, match="Somebody else"):
        accounts.people.rename(other, name)
    assert accounts.people.find(other).name == "Rowan Field"


@pytest.mark.parametrize("name", ["", " ", "x", "1234", "\u200b\u200b", "y" * 41, "z" * 100_000])
def test_a_name_that_cannot_be_kept_is_refused(accounts: Accounts, name: str) -> None:
    account_id = joined(accounts, "Ash Grove")
    with pytest.raises(InvalidAccount) as refused:
        accounts.people.rename(account_id, name)
    assert refused.value.field == "name"
    assert EventKind.NAME_CHANGED not in kinds(accounts)


def test_a_name_of_ones_own_may_be_written_anew(accounts: Accounts) -> None:
    account_id = joined(accounts, "ash grove")
    accounts.people.rename(account_id, "Ash Grove")
    assert accounts.people.find(account_id).name == "Ash Grove"


def test_roles_are_replaced_and_written_down(accounts: Accounts) -> None:
    administrator = joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    one = joined(accounts, "Ash Grove", Role.PRACTITIONER)
    accounts.people.set_roles(one, ["manager", "adviser"], administrator)
    assert accounts.people.find(one).roles == {Role.MANAGER, Role.ADVISER}
    event = accounts.events.newest(1)[0]
    assert (event.kind, event.account_id, event.about_id) == (EventKind.ROLES_CHANGED, administrator, one)
    with pytest.raises(InvalidAccount):
        accounts.people.set_roles(one, [], administrator)


def test_nobody_changes_suspends_or_resets_themselves(accounts: Accounts) -> None:
    one = joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    joined(accounts, "Ash Grove", Role.ADMINISTRATOR)
    with pytest.raises(NotChanged):
        accounts.people.set_roles(one, ["administrator", "manager"], one)
    with pytest.raises(NotChanged):
        accounts.people.suspend(one, one)
    with pytest.raises(NotChanged):
        accounts.invitations.reset(one, one)
    assert accounts.people.find(one).roles == {Role.ADMINISTRATOR}


def test_the_only_administrator_stays_one(accounts: Accounts) -> None:
    one = joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    accounts.invitations.invite(["administrator"])  # who has not joined yet does not count
    with pytest.raises(NotChanged, match="only administrator"):
        accounts.people.suspend(one)
    with pytest.raises(NotChanged, match="only administrator"):
        accounts.people.set_roles(one, ["manager"])
    joined(accounts, "Ash Grove", Role.ADMINISTRATOR)
    accounts.people.suspend(one)
    assert accounts.people.find(one).state is AccountState.SUSPENDED


def test_suspending_ends_sessions_and_restoring_brings_the_ways_in_back(accounts: Accounts) -> None:
    one = joined(accounts, "Ash Grove")
    token = accounts.sessions.begin(one, EventKind.SIGNED_IN_PASSWORD)
    accounts.people.suspend(one)
    assert accounts.sessions.find(token) is None
    accounts.people.restore(one)
    assert accounts.sessions.find(token) is None
    accounts.passwords.proves(one, PASSWORD)
    with pytest.raises(NotChanged):
        accounts.people.restore(one)
    assert kinds(accounts)[:2] == [EventKind.RESTORED, EventKind.SUSPENDED]


def test_who_had_not_joined_is_invited_again_after_restoring(accounts: Accounts) -> None:
    made = accounts.invitations.invite(["adviser"])
    accounts.people.suspend(made.account_id)
    accounts.people.restore(made.account_id)
    assert accounts.people.find(made.account_id).state is AccountState.INVITED


def test_colleagues_share_a_team(accounts: Accounts) -> None:
    one, two, three = (joined(accounts, name) for name in ("Ash Grove", "Rowan Field", "Hazel Brook"))
    assert accounts.people.colleagues(accounts.people.find(one)) == {one}
    accounts.people.set_place(one, Place("North"))
    accounts.people.set_place(two, Place(" North "))
    accounts.people.set_place(three, Place("South"))
    assert accounts.people.colleagues(accounts.people.find(one)) == {one, two}


def test_north_and_north_in_small_letters_are_one_team(accounts: Accounts) -> None:
    one, two, three = (joined(accounts, name) for name in ("Ash Grove", "Rowan Field", "Hazel Brook"))
    for account_id, team in ((one, "Café North"), (two, "CAFE\u0301  north"), (three, "ｃａｆé north")):
        accounts.people.set_place(account_id, Place(team))
    invited = accounts.invitations.invite(["manager"], place=Place("café north")).account_id
    assert {accounts.people.find(each).team for each in (one, two, three, invited)} == {"Café North"}
    assert accounts.people.colleagues(accounts.people.find(two)) == {one, two, three, invited}
    accounts.people.set_place(one, Place("South"))
    accounts.people.set_place(one, Place("south"))
    assert accounts.people.find(one).team == "south", "who is alone in a team names it anew"


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (Place("x" * 61), "team"), (Place(area="y" * 61), "area"), (Place(subjects=("z" * 61,)), "subjects"),
        (Place(subjects=tuple(map(str, range(21)))), "subjects"),
    ],
)  # fmt: skip
def test_a_place_that_is_too_long_is_refused(accounts: Accounts, place: Place, field: str) -> None:
    one = joined(accounts, "Ash Grove")
    with pytest.raises(InvalidAccount) as refused:
        accounts.people.set_place(one, place)
    assert refused.value.field == field


def test_an_unknown_id_is_said_to_be_one(accounts: Accounts) -> None:
    for change in (
        lambda: accounts.people.find("nobody"), lambda: accounts.people.suspend("nobody"),
        lambda: accounts.people.set_roles("nobody", ["manager"]), lambda: accounts.invitations.reset("nobody"),
        lambda: accounts.people.set_place("nobody", Place("x")),
    ):  # fmt: skip
        with pytest.raises(UnknownAccount):
            change()


def test_there_is_nobody_until_somebody_has_joined(accounts: Accounts) -> None:
    assert not accounts.people.anyone()
    accounts.invitations.invite(["administrator"])
    assert not accounts.people.anyone()
    joined(accounts, "Ash Grove")
    assert accounts.people.anyone()


def test_events_hold_ids_and_no_names(accounts: Accounts) -> None:
    one = joined(accounts, "Ash Grove")
    accounts.people.rename(one, "Zebra Crossing")
    assert "Ash" not in repr(accounts.events.newest(50)) and "Zebra" not in repr(accounts.events.newest(50))
    assert accounts.people.names([one, "nobody"]) == {one: "Zebra Crossing"}
