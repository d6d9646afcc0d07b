"""Enrolment: the guidance is open to everybody, and the log to those who were invited; who decides may be told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.accounts import HOURS_VALID, Accounts, Place, Role
from bot.channels.office import AddingLinks, Shelf, waiting_for
from bot.channels.telegram import Organisation, words
from bot.channels.telegram.enrolling import INVITED
from bot.channels.telegram.people import KEY_NAME, People
from bot.conversation import words as said
from bot.decision_log import Draft, FieldValue, PathStep, new_request_id
from bot.errors import SettingsError
from tests.channels.telegram.conftest import Starting
from tests.support.assistants import Bench, gate, knowledge
from tests.support.people import Clock, joined, opened
from tests.support.telegram.driver import Running
from tests.support.telegram.running import Emulator, User

USER, OTHER = 4_100_200_300, 4_100_200_301
DAY = 24 * 3600.0


@dataclass
class Staffed:
    """Ash, a practitioner, and Birch, the manager of the team; a channel on which records need enrolment."""

    accounts: Accounts
    bench: Bench
    clock: Clock
    people: dict[str, str]
    organisation: Organisation
    running: Running

    def invitation(self, name: str) -> str:
        return f"/start {INVITED}{self.accounts.enrolments.invite(self.people[name]).token}"

    def record(self, by: str) -> str:
        """A record that waits for an approval."""
        fields = {"decision": FieldValue(("shared",))}
        draft = Draft(
            new_request_id(), "share-decision", "do-not-share", (PathStep("share-decision", "purpose", "no"),), fields,
            "national", knowledge().version, True, "same-day", by=self.people[by],
        )  # fmt: skip
        return self.bench.log.confirm(draft, datetime.now(UTC)).reference


@pytest.fixture
def staffed(bench: Bench, start: Starting, tmp_path: Path) -> Iterator[Staffed]:
    clock = Clock(time.time())
    accounts = opened(f"sqlite:///{tmp_path / 'accounts.db'}", clock)
    people = {"Ash": joined(accounts, "Ash", Role.PRACTITIONER), "Birch": joined(accounts, "Birch", Role.MANAGER)}
    for account_id in people.values():
        accounts.people.set_place(account_id, Place("North", "national", ()))
    shelf = Shelf(bench.log, accounts, knowledge, gate(), tmp_path / "content", lambda: datetime.now(UTC))
    links = AddingLinks(lambda: accounts.identity_links)
    organisation = Organisation(accounts, links.path, partial(waiting_for, shelf))
    yield Staffed(
        accounts, bench, clock, people, organisation, start(organisation=organisation, enrolment=True)
    )
    accounts.close()


def _enrolled(emulator: Emulator, staffed: Staffed, name: str, number: int = USER) -> User:
    user = emulator.user(number)
    user.say(staffed.invitation(name))
    user.press(words.ENROL_BUTTON)
    return user


def _outcome(user: User) -> None:
    user.say("/check share-decision")
    user.press("No")


def _in_files(folder: Path, *forms: bytes) -> list[str]:
    return [
        f"{path.name}: {form!r}" for path in folder.rglob("*") if path.is_file() for form in forms
        if form in path.read_bytes()
    ]  # fmt: skip


def test_without_enrolment_the_guidance_is_open_and_the_log_is_not(emulator: Emulator, staffed: Staffed) -> None:
    user = emulator.user(USER)
    assert words.START_ENROLMENT in user.open().text
    assert "consent" in user.say("do i need consent").text
    _outcome(user)
    refused = user.press("Record this decision")
    assert said.NOT_ENROLLED in refused.text
    assert "Record this decision" in refused.buttons, "the outcome is gone"
    assert said.NOT_ENROLLED in user.say("/record").text
    sent = user.begin(lambda: user.person.press_value("confirm:x", user.person._of_the_bot()[-1]))
    assert said.NOT_ENROLLED in user.until_done(sent).text
    assert staffed.bench.log.inbox(datetime.now(UTC)).waiting == ()


def test_who_is_enrolled_makes_records_under_the_account(emulator: Emulator, staffed: Staffed) -> None:
    user = emulator.user(USER)
    asked = user.say(staffed.invitation("Ash"))
    assert "This invitation is for Ash" in asked.text and "does not change each day" in asked.text
    assert staffed.accounts.enrolments.account_of(_name(staffed, USER)) is None, "enrolled before agreeing"
    assert "You act here as Ash" in user.press(words.ENROL_BUTTON).text
    _outcome(user)
    user.press("Record this decision")
    user.press("Go to the preview")
    reference = user.press("Confirm and record").text.split("Your reference is ")[1][:12]
    assert staffed.bench.log.show(reference).author == staffed.people["Ash"]


def test_who_loses_the_account_in_the_middle_of_a_record_cannot_confirm_it(
    emulator: Emulator, staffed: Staffed
) -> None:
    user = _enrolled(emulator, staffed, "Ash")
    _outcome(user)
    user.press("Record this decision")
    user.press("Go to the preview")
    staffed.accounts.people.suspend(staffed.people["Ash"])
    assert said.NOT_ENROLLED in user.press("Confirm and record").text
    staffed.accounts.people.restore(staffed.people["Ash"])
    assert "Your reference is" in user.press("Confirm and record").text


def test_an_invitation_serves_one_chat_once(emulator: Emulator, staffed: Staffed) -> None:
    invitation = staffed.invitation("Ash")
    user, other = emulator.user(USER), emulator.user(OTHER)
    for each in (user, other):
        each.say(invitation)
    user.press(words.ENROL_BUTTON)
    assert "This link does not work" in other.press(words.ENROL_BUTTON).text
    assert "This link does not work" in other.say(invitation).text
    _outcome(other)
    assert said.NOT_ENROLLED in other.press("Record this decision").text


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 59])
def test_a_guessed_invitation_enrols_nobody(emulator: Emulator, staffed: Staffed, token: str) -> None:
    user = emulator.user(USER)
    assert "This link does not work" in user.say(f"/start {INVITED}{token}").text
    assert words.START_TITLE in str(user.new())


def test_an_invitation_expires(emulator: Emulator, staffed: Staffed) -> None:
    user = emulator.user(USER)
    user.say(staffed.invitation("Ash"))
    staffed.clock.now += HOURS_VALID * 3600
    assert "This link does not work" in user.press(words.ENROL_BUTTON).text


def test_the_button_pressed_again_later_says_the_same_again(emulator: Emulator, staffed: Staffed) -> None:
    user = emulator.user(USER)
    user.say(staffed.invitation("Ash"))
    message = emulator.do(lambda: user.person._of_the_bot()[-1])
    value = emulator.do(lambda: message.shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    for _ in range(2):
        sent = user.begin(lambda: user.person.press_value(value, message))
        assert "You act here as Ash" in user.until_done(sent).text
        user.say("/area")  # it is no double tap then


def test_enrolment_outlives_the_names_of_chats_and_a_restart(
    emulator: Emulator, staffed: Staffed, start: Starting
) -> None:
    user = _enrolled(emulator, staffed, "Ash")
    staffed.running.stop()
    start(
        organisation=staffed.organisation, enrolment=True, clock=lambda: time.time() + 3 * DAY
    )
    assert "You act here as Ash" in user.say("/privacy").text


def test_who_leaves_is_forgotten(emulator: Emulator, staffed: Staffed) -> None:
    user = _enrolled(emulator, staffed, "Ash")
    assert words.LEFT in user.press(words.LEAVE_BUTTON).text
    _outcome(user)
    assert said.NOT_ENROLLED in user.press("Record this decision").text
    assert "You act here" not in user.say("/privacy").text
    assert staffed.accounts.enrolments.account_of(_name(staffed, USER)) is None


def test_a_manager_who_asked_is_told_once_that_something_waits_and_not_what(
    emulator: Emulator, staffed: Staffed
) -> None:
    staffed.record("Ash")
    user = _enrolled(emulator, staffed, "Birch")
    assert words.LISTENING.split(",")[0] in user.press(words.LISTEN_BUTTON).text
    seen = len(user.all())
    staffed.running.tell()
    assert len(user.all()) == seen, "told of what waited before"
    reference = staffed.record("Ash")
    for _ in range(2):
        staffed.running.tell()
    assert len(user.all()) == seen + 1
    notice = user.all()[-1]
    assert words.WAITING_TITLE in notice.text and reference not in notice.text and "share" not in notice.text.lower()
    assert notice.links == {words.WAITING_LINK: "https://advice.example.org/office/approvals"}
    staffed.record("Birch")
    staffed.running.tell()
    assert len(user.all()) == seen + 1, "told of their own"


def test_a_notice_that_a_stop_interrupts_comes_after_the_next_start(
    emulator: Emulator, staffed: Staffed, start: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = _enrolled(emulator, staffed, "Birch")
    manager.press(words.LISTEN_BUTTON)
    staffed.running.stop()
    staffed.record("Ash")
    monkeypatch.setattr("bot.channels.telegram.notices.EVERY_SECONDS", 0.1)
    emulator.do(lambda: emulator.world.faults.add("500", "sendMessage", times=1_000, chat=USER))
    interrupted = start(organisation=staffed.organisation, enrolment=True)
    emulator.wait(lambda: emulator.world.faults.had["500"] > 0, "the notice that is not taken")
    interrupted.stop()
    emulator.do(lambda: emulator.world.faults.waiting.clear())
    start(organisation=staffed.organisation, enrolment=True)
    emulator.wait(lambda: any(words.WAITING_TITLE in shown.text for shown in manager.person.all()), "the notice")
    assert sum(words.WAITING_TITLE in shown.text for shown in manager.all()) == 1


def test_who_wants_to_hear_no_more_is_told_no_more_and_the_address_goes(
    emulator: Emulator, staffed: Staffed
) -> None:
    user = _enrolled(emulator, staffed, "Birch")
    user.press(words.LISTEN_BUTTON)
    assert words.HEARS in user.say("/privacy").text
    assert words.DEAF in user.press(words.DEAFEN_BUTTON).text
    assert staffed.accounts.enrolments.listeners() == ()
    seen = len(user.all())
    staffed.record("Ash")
    staffed.running.tell()
    assert len(user.all()) == seen


@pytest.mark.parametrize(("button", "told"), [
    (words.DEAFEN_BUTTON, words.DEAF), (words.LEAVE_BUTTON, words.LEFT),
])  # fmt: skip
def test_the_address_of_who_is_suspended_goes_as_well(
    emulator: Emulator, staffed: Staffed, button: str, told: str
) -> None:
    user = _enrolled(emulator, staffed, "Birch")
    user.press(words.LISTEN_BUTTON)
    person, enrolments = _name(staffed, USER), staffed.accounts.enrolments
    staffed.accounts.people.suspend(staffed.people["Birch"])
    assert enrolments.hears(person), "nothing is left to delete"
    assert told in user.press(button).text
    assert not enrolments.hears(person)
    staffed.accounts.people.restore(staffed.people["Birch"])
    assert (enrolments.account_of(person) is None) == (button == words.LEAVE_BUTTON)


def test_a_manager_who_blocked_the_bot_is_dropped(emulator: Emulator, staffed: Staffed) -> None:
    user = _enrolled(emulator, staffed, "Birch")
    user.press(words.LISTEN_BUTTON)
    emulator.do(lambda: setattr(user.person.chat, "blocked", True))
    staffed.record("Ash")
    staffed.running.tell()
    assert staffed.accounts.enrolments.listeners() == ()


def test_only_who_decides_is_offered_to_be_told(emulator: Emulator, staffed: Staffed) -> None:
    user = _enrolled(emulator, staffed, "Ash")
    assert words.LISTEN_BUTTON not in user.say("/privacy").buttons
    message = emulator.do(lambda: user.person._of_the_bot()[-1])
    sent = user.begin(lambda: user.person.press_value("listen", message))
    assert words.DECIDES_NOTHING in user.until_done(sent).text
    assert staffed.accounts.enrolments.listeners() == ()


def test_no_number_of_who_is_enrolled_or_told_is_in_any_file(
    emulator: Emulator, staffed: Staffed, tmp_path: Path
) -> None:
    user = _enrolled(emulator, staffed, "Birch")
    user.press(words.LISTEN_BUTTON)
    forms = (b"4100200300", (4_100_200_300).to_bytes(5, "big"), (4_100_200_300).to_bytes(5, "little"))
    assert _in_files(tmp_path, *forms) == []
    assert (tmp_path / KEY_NAME).stat().st_mode & 0o077 == 0
    assert len(staffed.accounts.enrolments.listeners()) == 1


def test_where_the_accounts_cannot_be_reached_the_log_is_closed_and_the_guidance_is_not(
    emulator: Emulator, staffed: Staffed, start: Starting
) -> None:
    user = _enrolled(emulator, staffed, "Ash")
    _outcome(user)
    with staffed.accounts._database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE enrolled RENAME TO lost")
    assert said.NOT_ENROLLED in user.press("Record this decision").text
    staffed.running.stop()
    start(enrolment=True)
    assert said.NOT_ENROLLED in user.press("Record this decision").text
    assert "Which area" in user.say("/area").text


def test_without_the_setting_an_invitation_is_an_unknown_link(emulator: Emulator, user: User) -> None:
    assert words.UNKNOWN_LINK in user.say(f"/start {INVITED}{'a' * 43}").text
    assert words.START_NOBODY in str(user.new())


def test_an_address_opens_for_its_person_and_under_its_key_only(tmp_path: Path) -> None:
    people, others = People(tmp_path / "one"), People(tmp_path / "two")
    sealed = people.sealed(USER, people.name(USER))
    assert People(tmp_path / "one").opened(sealed, people.name(USER)) == USER
    assert people.opened(sealed, people.name(OTHER)) is None
    assert others.opened(sealed, people.name(USER)) is None
    assert people.opened(b"", people.name(USER)) is None
    assert people.sealed(USER, people.name(USER)) != sealed
    assert len(people.sealed(7, people.name(7))) == len(sealed) < 200
    assert people.name(USER) != others.name(USER)


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31, "é"])
def test_a_key_file_that_is_none_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match="holds no key"):
        People(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    People(path)
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="may read"):
        People(path)


def _name(staffed: Staffed, number: int) -> str:
    people = staffed.running.channel._talk._members.enrolling
    assert people is not None
    return people._people.name(number)
