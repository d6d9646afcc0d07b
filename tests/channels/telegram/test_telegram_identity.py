"""Details of a record never pass through Telegram: a link, or a button whose data is checked, opens the own page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest

from bot.accounts import Accounts
from bot.channels.office import AddingLinks, Shelf, record_pages
from bot.channels.telegram import Organisation, words
from bot.channels.telegram.web_app import OLDEST_SECONDS, WebAppData
from bot.conversation import words as said
from bot.decision_log import IdentityState
from tests.channels.office.support import Staff, application
from tests.channels.telegram.conftest import Starting
from tests.support.assistants import Bench, gate, knowledge
from tests.support.people import Clock, joined, opened
from tests.support.telegram.driver import SITE, Running
from tests.support.telegram.running import Emulator, User
from tests.support.telegram.web_app import init_data, signed
from tests.support.telegram.world import TOKEN

USER, MOMENT = 4_100_200_300, 1_795_000_000
DETAILS = {"whose-information": "Thaddeus Quillfeather", "step": "keep"}


@dataclass
class Side:
    """The organisation's side: its pages, and a browser that opens them."""

    accounts: Accounts
    browser: Callable[[], Staff]
    running: Running


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    found = opened(f"sqlite:///{tmp_path / 'accounts.db'}", Clock(time.time()))
    yield found
    found.close()


@pytest.fixture
def side(accounts: Accounts, bench: Bench, start: Starting, tmp_path: Path) -> Iterator[Side]:
    links = AddingLinks(lambda: accounts.identity_links)
    bench.assistant.offer_identity_page(links)
    running = start(organisation=Organisation(accounts, links.path, lambda account: ()))
    shelf = Shelf(bench.log, accounts, knowledge, gate(), tmp_path / "content", lambda: datetime.now(UTC))
    app = application(accounts, time.monotonic, record_pages(shelf, running.channel.holders))
    with asyncio.Runner() as runner:
        yield Side(accounts, lambda: Staff(app, runner), running)


def _recorded(user: User) -> str:
    """A record, and its reference."""
    user.say("/check share-decision")
    user.press("No")
    user.press("Record this decision")
    user.press("Go to the preview")
    return user.press("Confirm and record").text.split("Your reference is ")[1][:12]


def _link(user: User, reference: str) -> str:
    """The path of the link in the text, below /office."""
    links = [url for shown in user.new() for text, url in shown.links.items() if reference in text]
    assert len(links) == 1 and links[0].startswith(f"{SITE}/office/identity/")
    return links[0].removeprefix(f"{SITE}/office")


def _handed_over(address: str) -> tuple[str, str]:
    """Path below /office, and what Telegram hands over, of a page that a button opened."""
    parts = urlsplit(address)
    fields = dict(part.split("=", 1) for part in parts.fragment.split("&"))
    assert f"{parts.scheme}://{parts.netloc}" == SITE
    return parts.path.removeprefix("/office"), unquote(fields["tgWebAppData"])


def test_a_link_in_the_chat_opens_the_page_and_details_are_kept_there(
    emulator: Emulator, side: Side, bench: Bench
) -> None:
    user = emulator.user(USER)
    reference = _recorded(user)
    shown = user.press(said.IDENTITY_PAGE_BUTTON)
    assert "once, for 15 minutes" in shown.text
    assert all(message.protected for message in user.new())
    link, browser = _link(user, reference), side.browser()
    assert browser.get(link).status_code == browser.get(link).status_code == 200, "a preview used the link up"
    assert browser.post(link).status_code == 303
    assert reference in browser.get("/identity").text
    assert "The details are kept" in browser.post("/identity", DETAILS).text
    assert bench.log.show(reference).identity is IdentityState.HELD
    assert "Quillfeather" not in str(user.all())
    assert side.browser().get(link).status_code == 404
    assert "The details are kept" in user.press(said.IDENTITY_PAGE_BUTTON).text


def test_the_button_opens_the_page_for_the_user_of_the_chat_alone(
    emulator: Emulator, side: Side, bench: Bench
) -> None:
    user = emulator.user(USER)
    reference = _recorded(user)
    user.press(said.IDENTITY_PAGE_BUTTON)
    address = emulator.do(lambda: user.person.open_web_app(words.IDENTITY_WEB_APP))
    path, data = _handed_over(address)
    browser = side.browser()
    for given in ("", data.replace("Invented", "Another"), init_data(TOKEN, USER + 1, time.time()),
                  init_data("2000:" + "b" * 35, USER, time.time()),
                  init_data(TOKEN, USER, time.time() - OLDEST_SECONDS - 5)):  # fmt: skip
        refused = browser.send(path, path, {"telegram": given})
        assert refused.status_code == 404 and reference not in refused.text
    assert browser.send(path, path, {"telegram": data}).status_code == 303
    assert "The details are kept" in (browser.get("/identity"), browser.post("/identity", DETAILS))[1].text
    assert bench.log.show(reference).identity is IdentityState.HELD
    again = side.browser()
    assert again.send("/sign-in", path, {"telegram": data}).status_code == 404, "the same data opened it twice"


def test_opening_by_one_way_ends_the_other(emulator: Emulator, side: Side) -> None:
    user = emulator.user(USER)
    reference = _recorded(user)
    user.press(said.IDENTITY_PAGE_BUTTON)
    path, data = _handed_over(emulator.do(lambda: user.person.open_web_app(words.IDENTITY_WEB_APP)))
    link, browser = _link(user, reference), side.browser()
    assert browser.send(link, link).status_code == 303
    assert browser.send("/sign-in", path, {"telegram": data}).status_code == 404


def test_the_button_of_an_earlier_record_gives_no_link(emulator: Emulator, side: Side) -> None:
    user = emulator.user(USER)
    first = _recorded(user)
    message = emulator.do(lambda: next(kept for kept in user.person._of_the_bot() if first in str(kept.shown)))
    _recorded(user)
    sent = user.begin(lambda: user.person.press_value(f"identity-page:{first}", message))
    assert said.OLD_BUTTON in user.until_done(sent).text
    assert not [url for shown in user.new() for url in shown.links.values() if "/identity/" in url]


def test_a_site_without_https_gets_the_link_alone(
    emulator: Emulator, accounts: Accounts, bench: Bench, start: Starting
) -> None:
    links = AddingLinks(lambda: accounts.identity_links)
    bench.assistant.offer_identity_page(links)
    start(organisation=Organisation(accounts, links.path, lambda account: ()), site_url="http://advice.example.org")
    user = emulator.user(USER)
    _recorded(user)
    user.press(said.IDENTITY_PAGE_BUTTON)
    assert [url for shown in user.new() for url in shown.links.values() if "/identity/" in url]
    with pytest.raises(AssertionError, match="opens a page"):
        emulator.do(lambda: user.person.open_web_app(words.IDENTITY_WEB_APP))
    assert emulator.do(lambda: emulator.world.refusals) == []


def test_without_an_address_of_the_pages_nothing_is_offered_that_cannot_be_reached(
    emulator: Emulator, accounts: Accounts, bench: Bench, start: Starting
) -> None:
    links = AddingLinks(lambda: accounts.identity_links)
    bench.assistant.offer_identity_page(links)
    start(organisation=Organisation(accounts, links.path, lambda account: ()), site_url="")
    user = emulator.user(USER)
    _recorded(user)
    screen = emulator.do(user.person.screen)
    assert "Ask whoever runs Sharewell" in screen.text
    assert not {said.IDENTITY_PAGE_BUTTON, said.HAND_IN_BUTTON} & set(screen.buttons)


def test_a_record_is_handed_in_by_a_link_that_the_chat_gives(emulator: Emulator, side: Side, bench: Bench) -> None:
    joined(side.accounts, "Ash Grove")
    user = emulator.user(USER)
    reference = _recorded(user)
    assert "72 hours" in user.press(said.HAND_IN_BUTTON).text
    links = [url for shown in user.new() for text, url in shown.links.items() if reference in text]
    assert len(links) == 1 and links[0].startswith(f"{SITE}/office/hand-in/")
    path, browser = links[0].removeprefix(f"{SITE}/office"), side.browser()
    browser.sign_in("Ash Grove")
    assert browser.send(path, path).status_code == 303
    assert bench.log.show(reference).author
    assert said.HAND_IN_DONE.format(reference=reference) in user.press(said.HAND_IN_BUTTON).text


def test_accounts_that_fail_are_said_and_the_conversation_goes_on(
    emulator: Emulator, side: Side
) -> None:
    user = emulator.user(USER)
    _recorded(user)
    with side.accounts._database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE identity_link RENAME TO lost")
    assert "Nothing was changed" in user.press(said.IDENTITY_PAGE_BUTTON).text
    assert "Which area" in user.say("/area").text


# ---- what Telegram hands over, field by field


def _user(given: str, moment: float = MOMENT + 5) -> int | None:
    return WebAppData(TOKEN, lambda: moment).user(given)


def _changed(data: str, **more: str) -> str:
    return urlencode({**dict(parse_qsl(data, keep_blank_values=True)), **more})


def test_what_telegram_hands_over_names_the_user() -> None:
    assert _user(init_data(TOKEN, USER, MOMENT)) == USER
    assert _user(init_data(TOKEN, USER, MOMENT, start_param="a b&c=d", chat_type="private")) == USER


@pytest.mark.parametrize("seconds", [OLDEST_SECONDS, 0, -60])
def test_it_is_believed_while_it_is_recent(seconds: int) -> None:
    assert _user(init_data(TOKEN, USER, MOMENT), MOMENT + seconds) == USER


@pytest.mark.parametrize("seconds", [OLDEST_SECONDS + 1, 86_400, -61, -86_400])
def test_it_is_not_believed_when_it_is_old_or_of_tomorrow(seconds: int) -> None:
    assert _user(init_data(TOKEN, USER, MOMENT), MOMENT + seconds) is None


@pytest.mark.parametrize("field", ["user", "auth_date", "query_id", "signature", "hash"])
def test_one_character_of_any_field_changed_is_refused(field: str) -> None:
    data = init_data(TOKEN, USER, MOMENT)
    value = dict(parse_qsl(data))[field]
    for place in range(len(value)):
        other = "0" if value[place] != "0" else "1"
        assert _user(_changed(data, **{field: value[:place] + other + value[place + 1 :]})) is None


@pytest.mark.parametrize("field", ["user", "auth_date", "query_id", "signature", "hash"])
def test_a_field_left_out_or_twice_is_refused(field: str) -> None:
    data = init_data(TOKEN, USER, MOMENT)
    fields = dict(parse_qsl(data))
    assert _user(urlencode({name: value for name, value in fields.items() if name != field})) is None
    assert _user(f"{data}&{urlencode({field: fields[field]})}") is None


def test_a_field_added_is_refused() -> None:
    assert _user(f"{init_data(TOKEN, USER, MOMENT)}&is_admin=1") is None


def test_two_fields_made_into_one_are_refused() -> None:
    fields = dict(parse_qsl(init_data(TOKEN, USER, MOMENT)))
    shown = fields.pop("hash")
    moved = {**fields, "auth_date": f"{fields['auth_date']}\nquery_id={fields.pop('query_id')}"}
    moved.pop("query_id")
    assert signed(TOKEN, moved) == shown, "the lines that are signed are the same"
    assert _user(urlencode({**moved, "hash": shown})) is None


@pytest.mark.parametrize("user", ["", "null", "[]", "7", '{"id":"7"}', '{"id":true}', '{"id":-7}', '{"id":0}', "{"])
def test_a_user_that_is_none_is_refused_though_it_is_signed(user: str) -> None:
    assert _user(init_data(TOKEN, USER, MOMENT, user=user)) is None


@pytest.mark.parametrize("moment", ["", "soon", "1e9", "-5", "9" * 13])
def test_a_moment_that_is_none_is_refused_though_it_is_signed(moment: str) -> None:
    assert _user(init_data(TOKEN, USER, MOMENT, auth_date=moment)) is None


@pytest.mark.parametrize("given", ["", "x", "hash=", "&&", "é=1", "user=%7B%7D", "hash=" + "0" * 64, "a=1&" * 2_000])
def test_what_is_no_data_at_all_is_refused(given: str) -> None:
    assert _user(given) is None


def test_another_bots_token_proves_nothing() -> None:
    assert _user(init_data("2000:" + "b" * 35, USER, MOMENT)) is None
